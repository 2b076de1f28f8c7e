"""Whom readers say that a description means: `descriptions.jsonl`, `descriptions_news.jsonl`.

A line is the source of a statement that names nobody ("the governor", "the report"), of a story of
the AllSides corpus or, in the second file, of a single article of `news.py`: its place (article,
start and end), what speaks there (`kind`: person, body, document, group, or none where the words
are no source), the places of a mention of each one meant (`named`: for a paper those whose words it
holds), else that of the fuller description of the same unnamed speaker (`described`), and whether
the reader was sure. Of the single articles some were read whole (`drawn` is "all"), of the others
what seemed to mean somebody named ("likely").
"""

from __future__ import annotations

import hashlib
import json
import pickle
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from retold.reading import attributions, hearsay
from retold.reading.encoder import Encoder, States
from retold.types import Article, Mention, Span, Triple
from training import allsides, news

LABELS = tuple(
    Path(__file__).with_name(name) for name in ("descriptions.jsonl", "descriptions_news.jsonl")
)
ARTICLES = 3  # of each story, the first ones, were read
HELD_OUT = 3  # one story in so many


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Whom the source at `span` of article number `article` means: `named` are mentions, each with
    the number of its article. `is_drawn` is False for one that was read because somebody named
    seemed to be meant, which makes those who are named more than their share."""

    article: int
    span: Span
    kind: str
    named: tuple[tuple[int, Span], ...]
    described: Span | None
    is_sure: bool
    is_drawn: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article with what the model finds in it, before anybody is resolved."""

    article: Article
    triples: tuple[Triple, ...]
    mentions: tuple[Mention, ...]
    states: States | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story with its labels."""

    name: str
    told: tuple[Found, ...]
    labels: tuple[Label, ...]


def is_held_out(story: str) -> bool:
    """True for the stories from which nothing is learned and that nobody looks into."""
    return hashlib.sha256(story.encode()).digest()[0] % HELD_OUT == 0


@cache
def labels() -> dict[str, tuple[Label, ...]]:
    """The labels of each story, in the order of the file."""
    out: dict[str, list[Label]] = defaultdict(list)
    for line in (line for file in LABELS for line in file.read_text("utf-8").splitlines()):
        one = json.loads(line)
        out[one["story"]].append(_label(one))
    return {story: tuple(held) for story, held in out.items()}


def stories(kept: Path | None, *, held_out: bool) -> Iterator[Story]:
    """The labelled stories of several accounts of one part; none where there is no research data.

    What the model finds is kept in the folder `kept`, and read from there if it lies there.
    """
    yield from _stories(allsides.stories(_names(held_out)), kept)


def single(kept: Path | None, *, held_out: bool) -> Iterator[Story]:
    """The labelled single articles of one part, otherwise like `stories`."""
    yield from _stories(news.articles(_names(held_out)), kept)


def _names(held_out: bool) -> set[str]:
    return {name for name in labels() if is_held_out(name) == held_out}


def _stories(told: Iterable[tuple[str, tuple[Article, ...]]], kept: Path | None) -> Iterator[Story]:
    for name, articles in told:
        yield Story(name=name, told=_found(name, articles[:ARTICLES], kept), labels=labels()[name])


def _label(one: Any) -> Label:
    article, start, end = one["source"]
    described = one["described"]
    return Label(
        article=article,
        span=Span(start, end),
        kind=one["kind"],
        named=tuple((number, Span(start, end)) for number, start, end in one["named"]),
        described=Span(*described[1:]) if described else None,
        is_sure=one["sure"],
        is_drawn=one.get("drawn", "all") == "all",
    )


def _found(story: str, articles: tuple[Article, ...], kept: Path | None) -> tuple[Found, ...]:
    path = kept / f"{story}.pkl" if kept else None
    if path and path.exists():
        return tuple(pickle.loads(path.read_bytes()))  # noqa: S301 - written by this program
    told = tuple(_look(article) for article in articles)
    if path:
        path.write_bytes(pickle.dumps(told))
    return told


def _look(article: Article) -> Found:
    encoder = Encoder.default()
    states = encoder.encode(article)
    return Found(
        article=article,
        triples=hearsay.add(article, attributions.extract(article, states, encoder)),
        mentions=attributions.mentions(article, states, encoder),
        states=states,
    )
