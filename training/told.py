"""How often passages that seem to tell the same do: what a claim's score is fitted to.

    python -m training.told [--kept FOLDER]

Prints the weights that `comparing/alignment.py` holds, and how often readers found that claims of
each score tell one thing, by the mean of their pairs as it is and on folds of stories apart from
the fit. It learns from `marked.jsonl`, whose readers say of a claim whether its passages tell the
same, and from `judged.jsonl`, whose readers say of a difference whether it sets two things beside
each other. The scorer of pairs learned from neither. `--kept` holds readings made before.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from retold.comparing import alignment, facts, stories, tellings
from retold.comparing.alignment import MANY, NEVER_SURE, Told
from retold.spans import contains, shared
from retold.types import Reading, Span
from training import allsides, judged, marked
from training.confidence import fitted

MIN_SHARED = 0.6  # of the longer of two passages, to be the one that was marked
STRENGTH = 10.0
BOUNDS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


def rows(kept: Path | None) -> Iterator[tuple[str, Told, bool]]:
    """What is told in common in each story that readers saw, and whether it is one thing."""
    held = defaultdict(list)
    for line in marked.MARKED.read_text("utf8").splitlines():
        one = json.loads(line)
        if "passages" in one:
            held[one["story"]].append(one)
    seen = judged.labels()
    for name, articles in allsides.stories({*held, *seen}):
        readings = judged.readings(name, articles, kept)
        order = {reading.article.id: at for at, reading in enumerate(readings)}
        for told in _told(readings):
            is_one = _of_marked(told, held[name], order)
            if is_one is None:
                is_one = _of_judged(told, seen.get(name, ()), order)
            if is_one is not None:
                yield name, told, is_one


def _told(readings: Sequence[Reading]) -> tuple[Told, ...]:
    held = stories.in_order(readings)
    again = {reprint.article_id for reprint in tellings.reprints(held)}
    voices = [reading for reading in held if reading.article.id not in again]
    return alignment.align(alignment.judge(voices, [facts.of(reading) for reading in voices]))


def _of_marked(told: Told, claims: Sequence[Any], order: dict[str, int]) -> bool | None:
    """What the reader says of the marked claim with these passages, an article each."""
    here = [(order[p.article_id], p.span) for p in told.passages]
    accounts = {article for article, _ in here}
    for claim in claims:
        places = [(article, Span(start, end)) for article, start, end in claim["passages"]]
        met = {
            article
            for article, span in places
            for other, passage in here
            if article == other
            and shared(span, passage) >= MIN_SHARED * max(len(span), len(passage))
        }
        if met == accounts == {article for article, _ in places}:
            return bool(claim["same"])
    return None


def _of_judged(told: Told, shown: Sequence[Any], order: dict[str, int]) -> bool | None:
    """What most of the differences say that were shown in these passages, a side in each article;
    of three sides and more only those of which each side was judged."""
    here = [(order[p.article_id], p.span) for p in told.passages]
    accounts = {article for article, _ in here}
    votes = []
    for one in shown:
        sides = [(article, Span(start, end)) for article, start, end in one["sides"]]
        met = {a for a, side in sides for b, span in here if a == b and contains(span, side)}
        if met == accounts == {article for article, _ in sides}:
            if "fit" in one:
                votes.append(judged.APART not in one["fit"])
            elif len(sides) == 2:
                votes.append(one["label"] != judged.APART)
    return 2 * sum(votes) > len(votes) if votes else None


def _features(told: Told) -> tuple[float, ...]:
    """The same in all, the odds of the mean of the pairs, and whether three or more tell it."""
    mean = min(max(told.score, NEVER_SURE), 1 - NEVER_SURE)
    is_of_more = told.accounts >= MANY
    return 1.0, math.log(mean / (1 - mean)), float(is_of_more)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kept", type=Path)
    found = list(rows(parser.parse_args().kept))
    learned = [(story, (_features(told), is_one)) for story, told, is_one in found]
    weights, folds, truth = fitted(learned, strength=STRENGTH)
    of_two, odds, more = weights
    print(f"{len(found)} claims of {len({story for story, *_ in found})} stories")
    print(f"odds {odds:.3f}, of more {of_two + more:.3f}, of two {of_two:.3f}")
    means = np.array([told.score for _, told, _ in found])
    are_two = np.array([not features[2] for _, (features, _) in learned])
    for name, here in (("two accounts", are_two), ("three and more", ~are_two)):
        print(f"{name}: claims and the share that tells one thing, by the mean; by the score")
        for low, high in itertools.pairwise(BOUNDS):
            cells = [truth[here & (low <= by) & (by < high)] for by in (means, folds)]
            shares = [
                f"{len(cell):4d} {cell.mean():.2f}" if len(cell) else "   0     " for cell in cells
            ]
            print(f"  {low:.1f}–{min(high, 1.0):.1f}  {'   '.join(shares)}")


if __name__ == "__main__":
    main()
