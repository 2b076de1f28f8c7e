"""Passages of an archive that mean much the same as some words: the nearest by vector.

    a vector ──sketches, of few lists──▶ the nearest few ──the cosine of their vectors──▶ Alike

Where filters leave few articles, all their vectors are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from retold import spans
from retold.archive import lists, rows, said, sketches, vectors
from retold.archive.database import Database
from retold.archive.lists import Floats, Mask
from retold.archive.rows import Passages
from retold.archive.said import Filters
from retold.archive.store import Archive
from retold.types import Article, Passage

FEW = 100  # articles
LEAST = 0.4  # cosine from which a passage has to do with the words

Scored = tuple[float, int, int]


class Encoder(Protocol):
    """What makes a vector of words: the model that reads, of which this package knows no more."""

    name: str

    def vector(self, words: str) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """A passage that is near to some words, `score` its cosine.

    `statement` is the id of the attribution whose words it holds, `chain` the names through whom
    they came; None and empty in the outlet's own voice.
    """

    article: Article
    passage: Passage
    chain: tuple[str, ...]
    score: float

    @property
    def statement(self) -> str | None:
        return self.passage.attribution_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The passages that mean much the same as some words, the nearest first.

    `left_out` counts the articles that could not be asked, since another model has read them.
    """

    alike: tuple[Alike, ...]
    left_out: int


def ask(
    archive: Archive,
    words: str,
    encoder: Encoder,
    *,
    filters: Filters | None = None,
    most: int = 20,
) -> Found:
    """The passages nearest in meaning to some words, at most `most`."""
    vector = encoder.vector(words)
    return Found(
        alike=find(archive, vector, model=encoder.name, filters=filters, most=most),
        left_out=left_out(archive, model=encoder.name),
    )


def find(
    archive: Archive,
    vector: bytes,
    *,
    model: str,
    filters: Filters | None = None,
    most: int = 20,
) -> tuple[Alike, ...]:
    """The passages nearest to an int8 vector of a model, the nearest first; of two that share words
    the nearer.

    Articles that another model has read are left out: their vectors are not to be compared.
    """
    filters = filters or Filters()
    asked = lists.unit(np.frombuffer(vector, np.int8))
    allowed = _allowed(archive, filters, model)
    near = nearest(archive.database, asked, allowed=allowed)
    out: list[Alike] = []
    for alike in _alikes(archive, [each for each in near if each[0] >= LEAST], most):
        if len(out) == most:
            break
        is_new = not any(_share_words(alike, other) for other in out)
        if is_new and _is_by(alike, filters.forms):
            out.append(alike)
    return tuple(out)


def left_out(archive: Archive, *, model: str) -> int:
    """How many articles `find` cannot ask for this model, since another one has read them."""
    sql = "SELECT count(*) FROM articles WHERE model < ? OR model > ?"  # as an index tells it
    return int(archive.database.value(sql, (model, model)))


# --- the nearest ----------------------------------------------------------------------------------


def nearest(database: Database, asked: Floats, *, allowed: Mask | None = None) -> list[Scored]:
    """Cosine, article and row of the passages that are nearest to a vector, by cosine downward."""
    places, held = vectors.chosen(database, _likely(database, asked, allowed))
    scores = (lists.unit(held) @ asked).tolist()
    found = [(score, *place) for score, place in zip(scores, places, strict=True)]
    return sorted(found, key=lambda each: (-each[0], each))


def _likely(
    database: Database, asked: Floats, allowed: Mask | None
) -> Mapping[int, list[int] | None]:
    """Articles with those of their passages that may be the nearest, None for all of them."""
    if allowed is not None and np.count_nonzero(allowed) <= FEW:
        return dict.fromkeys(np.flatnonzero(allowed).tolist())
    near: dict[int, list[int]] = {}
    for number, row in sketches.near(database, asked, allowed=allowed):
        near.setdefault(number, []).append(row)
    return dict(sorted(near.items()))  # as they lie on the disk


def _allowed(archive: Archive, filters: Filters, model: str) -> Mask | None:
    """By number of article, whether the model has read it and the filters leave it; None if that
    is so for all."""
    if filters == Filters() and not left_out(archive, model=model):
        return None
    where, values = said.conditions(archive, filters)
    joined = "JOIN statements st ON st.article = a.number" if filters.forms is not None else ""
    sql = (
        f"SELECT DISTINCT a.number FROM articles a {joined}"  # noqa: S608 ours
        f" WHERE {' AND '.join([*where, 'a.model = ?'])}"
    )
    out = np.zeros(1 + vectors.newest(archive.database), bool)
    out[[row[0] for row in archive.database.rows(sql, (*values, model))]] = True
    return out


def _passages(archive: Archive, numbers: Iterable[int]) -> dict[int, Passages]:
    """What passages need of articles, by their number; nothing of those just forgotten."""
    asked = sorted(set(numbers))
    sql = "SELECT text, reading FROM articles WHERE number = ?"
    found = archive.database.rows_of_each(sql, [(number,) for number in asked])
    return {
        number: rows.unpack_passages(text, packed)
        for number, each in zip(asked, found, strict=True)
        for text, packed in each
    }


def _alikes(archive: Archive, scored: Sequence[Scored], most: int) -> Iterator[Alike]:
    """What was scored, in its order; as many articles as are wanted are read at once, the others
    one by one when it comes to them."""
    held = _passages(archive, [number for _, number, _ in scored[:most]])
    for score, number, row in scored:
        if number not in held:
            held |= _passages(archive, [number])
        if number in held:
            yield _alike(held[number], row, score)


def _alike(held: Passages, row: int, score: float) -> Alike:
    passage = held.passage(row)
    return Alike(
        article=held.article,
        passage=passage,
        chain=held.chains.get(passage.attribution_id or "", ()),
        score=round(score, 4),
    )


def _share_words(one: Alike, other: Alike) -> bool:
    return one.article.id == other.article.id and spans.overlaps(
        one.passage.span, other.passage.span
    )


def _is_by(alike: Alike, forms: Sequence[str] | None) -> bool:
    return forms is None or bool(alike.chain and rows.folded(alike.chain[-1]) in forms)
