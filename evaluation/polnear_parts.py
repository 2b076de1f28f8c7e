"""Content and source both right, by kind of quotation, by outlet and by length, with intervals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from evaluation.figures import Tally
from evaluation.polnear_gold import Scored, Side

RESAMPLES, SEED = 1000, 1
LABEL = 30
# words of the content, from which on
LENGTHS = ((25, "content of 25 words or more"), (10, "of 10 to 24 words"), (0, "of 1 to 9 words"))
_MARKS = frozenset('“”"«»„')


def render(articles: Iterable[Scored]) -> str:
    """A row a part; the interval holds 95 % of the F1 over articles drawn anew."""
    held = [tallies(it) for it in articles]
    names = sorted({name for each in held for name in each})
    table = np.array(
        [[_counts(each.get(name, Tally())) for name in names] for each in held], dtype=np.int64
    ).reshape(len(held), len(names), 4)
    drawn = np.random.default_rng(SEED).integers(0, len(held), (RESAMPLES, len(held)))
    scores = np.sort(np.array([_f1(table[rows].sum(axis=0)) for rows in drawn]), axis=0)
    whole = table.sum(axis=0)
    edges = scores[[round(0.025 * RESAMPLES), round(0.975 * RESAMPLES) - 1]]
    out = [f"{'polnear dev, source+content':<{LABEL}}    P     R    F1   95 % of F1    of"]
    for place, (_, label) in enumerate(names):
        right, predicted, found, gold = (int(count) for count in whole[place])
        tally = Tally(right, predicted, found, gold)
        values = "".join(f"{100 * v:6.1f}" for v in (tally.precision, tally.recall, tally.f1))
        interval = f"{100 * edges[0, place]:.1f}–{100 * edges[1, place]:.1f}"
        out.append(f"{label:<{LABEL}}{values:>17}{interval:>12}{gold:>7}")
    return "\n".join(out) + "\n"


def tallies(it: Scored) -> dict[tuple[int, str], Tally]:
    """The counts of an article by part; a part is its place among the parts and its label."""
    out: dict[tuple[int, str], Tally] = defaultdict(Tally)
    hit = set(it.pairs.values())
    for i in range(len(it.gold.records)):
        for part in _parts(it, it.gold, i):
            out[part] += Tally(found=int(i in it.pairs), gold=1)
    for j in range(len(it.found.records)):
        for part in _parts(it, it.found, j):
            out[part] += Tally(right=int(j in hit), predicted=1)
    return out


def _parts(it: Scored, side: Side, number: int) -> Iterator[tuple[int, str]]:
    """The parts that an attribution belongs to."""
    content = "".join(it.text[start:end] for start, end in side.records[number]["content"])
    kind = "mixed" if _MARKS & set(content) else "indirect"
    yield 0, "all"
    yield 1, "direct" if side.is_direct[number] else kind
    yield 2, it.name.split("_")[0]
    size = len(side.words[number]["content"])
    yield next((3 + at, label) for at, (least, label) in enumerate(LENGTHS) if size >= least)


def _counts(tally: Tally) -> tuple[int, int, int, int]:
    return tally.right, tally.predicted, tally.found, tally.gold


def _f1(counts: Any) -> Any:
    """F1 for rows of right, predicted, found, gold; 0 where nothing is right."""
    right, predicted, found, gold = counts.T
    precision, recall = right / np.maximum(predicted, 1), found / np.maximum(gold, 1)
    return 2 * precision * recall / np.maximum(precision + recall, 1e-9)
