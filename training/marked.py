"""What readers marked where accounts part, claim by claim: `marked.jsonl` beside this file.

A line is a claim of a story of the AllSides corpus: the places of its passages (article, start and
end), whether they tell the same, and every difference in which they part, each with its facet, its
kind, whether it is useful or trivial, and the places of the fewest words that show it. Lines with
`missed` are differences that stand in no claim of the file.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retold.types import Passage, Place, Reading, Span
from training import allsides, judged

MIN_SAME = 0.3  # of the characters of both, for words to be those that were marked
MARKED = Path(__file__).with_name("marked.jsonl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Passages that were put together, and in what a reader says that they part: facet, kind, and
    article and words of each side."""

    passages: tuple[Passage, ...]
    parted: tuple[tuple[str, str, list[tuple[str, Span]]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story with those of its claims that a reader marked."""

    name: str
    readings: Sequence[Reading]
    claims: tuple[Claim, ...]


def stories(kept: Path | None) -> Iterator[Story]:
    """The marked stories; none where there is no research data."""
    rows: dict[str, list[Any]] = defaultdict(list)
    for line in MARKED.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        if "passages" in one:
            rows[one["story"]].append(one)
    for name, articles in allsides.stories(rows):
        readings = judged.readings(name, articles, kept)
        order = [reading.article.id for reading in readings]
        claims = tuple(_claim(row, order) for row in rows[name])
        yield Story(name=name, readings=readings, claims=claims)


def is_real(places: Sequence[Place], claims: Sequence[Claim], order: Sequence[str]) -> bool | None:
    """True if a reader marked the words, None if they stand in no claim that he saw."""

    def meet(sides: Iterable[tuple[str, Span]], least: float) -> bool:
        numbered = [(order.index(article), span.start, span.end) for article, span in sides]
        return judged.meet(places, numbered, order, least)

    seen = [one for one in claims if meet(((p.article_id, p.span) for p in one.passages), 0.0)]
    if not seen:
        return None
    return any(meet(sides, MIN_SAME) for one in seen for _, _, sides in one.parted)


def _claim(row: Any, order: Sequence[str]) -> Claim:
    return Claim(
        passages=tuple(
            Passage(id="p", article_id=order[article], span=Span(start, end), attribution_id=None)
            for article, start, end in row["passages"]
        ),
        parted=tuple(
            (
                one["facet"],
                one["kind"],
                [(order[article], Span(start, end)) for article, start, end in one["sides"]],
            )
            for one in row["differences"]
        ),
    )
