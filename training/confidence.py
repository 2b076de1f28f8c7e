"""Fit how sure an attribution is to a careful reader's statements.

    python -m training.confidence --shared ../shared --model src/retold/models/news-2

Writes `confidence`, `confidence_within` (for what is said within contents) and their least scores
into the config; with `--only-within` the second alone. The model has seen no story but for single
contents of those not kept out (training.pieces). What is printed was judged on folds of stories
apart from those that it was fitted to.

`hearsay.jsonl` beside this file holds what a reader judged of children that were shown in stories
of the AllSides corpus: a line an article, `{"story", "article", "items": [{"within", "around",
"content", "cue", "label"}]}`, where `article` is its place in the story, `within` the content of
the statement around, `around` its score, and places are lists of [start, end]. The labels "right"
and "speaker" (another says it) stand for something said.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from retold import spans, text
from retold.reading import attributions, nesting
from retold.reading import confidence as within
from retold.reading.encoder import Encoder
from retold.types import Span
from training import allsides, stories

HEARSAY = Path(__file__).with_name("hearsay.jsonl")
_WORD = re.compile(r"\w+")
MATCH = 0.5
# of what scores less one in ten is a statement for the reader; asking for more would drop thoughts
# and wishes that PolNeAR counts and the reader calls marginal
MIN = 0.2
# recall within contents is near three in five; of what scores 0.12 to 0.15 one in seven is right,
# and leaving out all under 0.22, of which one in eight is, costs ten of 110 chains that are told
MIN_WITHIN = 0.15


Words = set[tuple[int, int]]
Row = tuple[tuple[float, ...], bool]  # the features of a finding, and whether it is right


def words(source: str, held: tuple[Span, ...]) -> Words:
    """The places of the words in some spans."""
    return {m.span() for s in held for m in _WORD.finditer(source, s.start, s.end)}


def likeness(one: Words, other: Words) -> float:
    """The share of their words that two have in common (Jaccard)."""
    return len(one & other) / max(1, len(one | other))


def nearest(one: Words, others: Sequence[Words]) -> Words | None:
    """The likest of some statements to one, if it matches."""
    near = max(others, key=lambda other: likeness(one, other), default=None)
    return near if near is not None and likeness(one, near) >= MATCH else None


def judged(read: stories.Read, encoder: Encoder) -> list[Row]:
    """The features of each attribution of an article, and whether the reader has it too.

    What the reader has as marginal is left out: it is neither right nor wrong.
    """
    source = read.article.text
    states = encoder.encode(read.article)
    bounds = text.paragraphs_of(read.article)
    gold = [words(source, (span,)) for span in read.spans]
    out = []
    for each in attributions.linked(source, states, encoder, bounds):
        pieces = spans.merge(piece.span for piece in each.contents)
        forms = [words(source, pieces), *(words(source, (piece,)) for piece in pieces)]
        matches = [
            statement
            for statement, held in zip(read.statements, gold, strict=True)
            if any(likeness(f, held) >= MATCH for f in forms)
        ]
        if matches and all(statement.get("marginal") for statement in matches):
            continue
        out.append((each.features, bool(matches)))
    return out


def judged_within(read: stories.Read, encoder: Encoder) -> list[Row]:
    """The features of what may be said within each content, and whether the reader has it too.

    What the reader has as marginal counts: whether it is a statement or only a thought is judged
    of all statements alike, and here it is asked whether anything is said at all.
    """
    source = read.article.text
    states = encoder.encode(read.article)
    gold = [words(source, (span,)) for span in read.spans]
    out = []
    for parent in attributions.extract(read.article, states, encoder):
        for piece in parent.content if parent.parent is None else ():
            inner = nesting.inner(source, piece)
            if len(inner) < nesting.MIN_CHARS:
                continue
            own = [nearest(words(source, held), gold) for held in (parent.content, (piece,))]
            inside = [held for held in gold if held not in own]
            (again,) = encoder.encode_pieces(source, [inner])
            seen = attributions.within(source, inner, again, encoder, around=parent.score)
            for each in seen:
                content = each.triple.content
                if sum(map(len, content)) < nesting.MAX_SHARE * len(inner):
                    forms = [words(source, content), *(words(source, (c,)) for c in content)]
                    is_right = any(likeness(f, g) >= MATCH for f in forms for g in inside)
                    out.append((each.features, is_right))
    return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Children that were shown in an article, as a reader judged them."""

    story: str
    text: str
    items: tuple[dict[str, Any], ...]


def shown() -> list[Shown]:
    """The articles with judged children, in the order of the file."""
    lines = [json.loads(line) for line in HEARSAY.read_text("utf8").splitlines()]
    held = dict(allsides.stories({line["story"] for line in lines}))
    return [
        Shown(
            story=line["story"],
            text=held[line["story"]][line["article"]].text,
            items=tuple(line["items"]),
        )
        for line in lines
        if line["story"] in held
    ]


def judged_shown(article: Shown, encoder: Encoder) -> list[Row]:
    """The features of each child that was shown and is found still, and whether it is something
    said: the same cue, and a content that begins at the same place."""
    out = []
    for item in article.items:
        first = item["content"][0][0]
        around = [Span(a, b) for a, b in item["within"] if a <= first < b]
        if not around:
            continue
        inner = nesting.inner(article.text, around[0])
        (again,) = encoder.encode_pieces(article.text, [inner])
        seen = attributions.within(article.text, inner, again, encoder, around=item["around"])
        cue = tuple(Span(a, b) for a, b in item["cue"])
        for each in seen:
            if each.triple.cue == cue and each.triple.content[0].start == first:
                out.append((each.features, item["label"] in ("right", "speaker")))
    return out


def fitted(
    held: Sequence[tuple[str, Row]], *, strength: float
) -> tuple[list[float], np.ndarray, np.ndarray]:
    """Weights for rows by story; scores on folds of stories apart from the fit; the truth."""
    groups, features, right = zip(*((story, *row) for story, row in held), strict=True)
    table, truth = np.array(features), np.array(right)
    scale = np.maximum(table.std(axis=0), 1e-6)
    scale[0] = 1.0  # the first is the same in all
    model = LogisticRegression(C=strength, fit_intercept=False, max_iter=5000)
    folds = cross_val_predict(
        model, table / scale, truth, groups=groups, cv=GroupKFold(8), method="predict_proba"
    )[:, 1]
    weights = model.fit(table / scale, truth).coef_[0] / scale
    return [round(float(w), 4) for w in weights], folds, truth


def show(folds: np.ndarray, truth: np.ndarray, *, bounds: Sequence[float], gold: int) -> None:
    for bound in bounds:
        kept = folds >= bound
        print(f"from {bound:.2f}: {kept.sum():5d}, precision {truth[kept].mean():.3f}, "
              f"recall {truth[kept].sum() / gold:.3f}")  # fmt: skip
    for low in np.arange(0.0, 1.0, 0.2):
        held = (folds >= low) & (folds < low + 0.2)
        if held.any():
            print(
                f"  said {low:.1f}–{low + 0.2:.1f}: {held.sum():5d}, right {truth[held].mean():.2f}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--only-within", action="store_true")
    options = parser.parse_args()
    encoder = Encoder(options.model, threads=1)
    read = list(stories.stories(options.shared))
    path = options.model / "config.json"
    config = encoder.config
    if not options.only_within:
        rows = [(each.story, row) for each in read for row in judged(each, encoder)]
        config["confidence"], *judged_unseen = fitted(rows, strength=10.0)
        config["min_confidence"] = MIN
        gold = sum(not s.get("marginal") for each in read for s in each.statements)
        show(*judged_unseen, bounds=(0.0, 0.1, MIN, 0.3, 0.5, 0.7), gold=gold)
    config["min_within"] = 1.0  # the parents alone
    config["confidence_within"] = [0.0] * len(within.WITHIN)
    rows = [(each.story, row) for each in read for row in judged_within(each, encoder)]
    others = shown()
    more = [(each.story, row) for each in others for row in judged_shown(each, encoder)]
    config["confidence_within"], folds, truth = fitted([*rows, *more], strength=0.1)
    config["min_within"] = MIN_WITHIN
    bounds = (0.0, 0.05, 0.12, MIN_WITHIN, 0.2, 0.3, 0.5)
    nested = sum(len(s.get("chain") or ()) > 1 for each in read for s in each.statements)
    show(folds[: len(rows)], truth[: len(rows)], bounds=bounds, gold=nested)
    if more:
        print("judged in other stories:")
        right = truth[len(rows) :]
        show(folds[len(rows) :], right, bounds=bounds, gold=int(right.sum()))
    path.write_text(json.dumps(config, indent=1) + "\n", "utf8")


if __name__ == "__main__":
    main()
