"""What readers judged of differences that were shown, one by one: `judged.jsonl` beside this file.

A line is a difference: the story of the AllSides corpus, what the reader made of it, the places of
the words that were shown (article, start and end), the facet where the passages do part, and the
places that part where others were shown, or fewer words would do. `fit` says of each side whether
it belongs ("ok"), shows words beside those that part ("mark"), or tells of something else
("apart").
"""

from __future__ import annotations

import json
import pickle
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from retold import read
from retold.comparing import people, slots
from retold.comparing.facets import Side
from retold.comparing.slots import Sentence
from retold.spans import clip, shared
from retold.types import Article, Facet, Place, Reading, Span
from training import allsides

JUDGED = Path(__file__).with_name("judged.jsonl")
MISSED = "mark"  # what was shown is not what parts
APART = "apart"  # it is of something else


def labels() -> dict[str, list[Any]]:
    """The judgements of each story, in the order of the file."""
    out: dict[str, list[Any]] = defaultdict(list)
    for line in JUDGED.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        out[one["story"]].append(one)
    return out


def facets_of(kept: Path | None) -> list[tuple[list[Side], Facet]]:
    """The words that part as readers saw them, and what they part in."""
    judged = labels()
    return [
        found
        for story, articles in allsides.stories(judged)
        for found in parted(judged[story], readings(story, articles, kept))
    ]


def meet(places: Sequence[Place], sides: Sequence[Any], order: Sequence[str], least: float) -> bool:
    """True if two articles or more show about the same words on both: at least that part of the
    characters of the longer, and one. `sides` are article, by its place in `order`, start and end.
    """
    met = {
        place.article_id
        for place in places
        for article, start, end in sides
        if order[article] == place.article_id
        and (both := shared(place.span, span := Span(start, end))) > 0
        and both >= least * max(len(place.span), len(span))
    }
    return len(met) > 1


def readings(story: str, articles: Sequence[Article], kept: Path | None) -> list[Reading]:
    """The readings of a story, from `kept` where they lie there."""
    path = kept / f"{story}.pkl" if kept else None
    if path and path.exists():
        return list(pickle.loads(path.read_bytes()))  # noqa: S301 - written by this program
    found = [read(article) for article in articles]
    if path:
        path.write_bytes(pickle.dumps(found))
    return found


def parted(
    judged: Sequence[Any], readings: Sequence[Reading]
) -> Iterator[tuple[list[Side], Facet]]:
    """The words that part of one story: those shown, or those that should have been."""
    named = people.merge(readings).of
    sentences = [slots.of(reading, named) for reading in readings]
    for one in judged:
        shown = () if one["label"] == MISSED else _belonging(one)
        for places in (shown, one.get("right", ())):
            held = _sides(places, sentences)
            if "facet" in one and len(held) > 1:
                yield held, Facet(one["facet"])


def _belonging(one: Any) -> list[Any]:
    """The sides that do not tell of something else."""
    fit = one.get("fit") or [""] * len(one["sides"])
    return [side for side, how in zip(one["sides"], fit, strict=True) if how != APART]


def _sides(places: Sequence[Any], sentences: Sequence[Sequence[Sentence]]) -> list[Side]:
    """One a place, in the first sentence that it touches."""
    out = []
    for article, start, end in places:
        clipped = ((one, clip(Span(start, end), one.span)) for one in sentences[article])
        out += [Side(span=span, host=one) for one, span in clipped if span][:1]
    return out
