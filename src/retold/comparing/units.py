"""The passages of a story as arrays: what is weighed when two of them are held side by side.

A row is a passage; all arrays have as many rows as the story has passages, article after article.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from retold.comparing import facts
from retold.comparing.facts import Facts
from retold.types import Passage, Reading

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

VECTOR_SIZE = 384
MAX_STEMS = 28  # a sentence of the training stories has 13 stems that carry meaning; 1 in 60 more
MAX_FORMS = 48
NOTHING = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """What is known of words beforehand: how common a stem is in news, and what is like it.

    `rows` gives the row of a stem in `vectors` (unit length) and `idf` (0..1).
    """

    rows: Mapping[str, int]
    idf: Floats
    vectors: Floats

    def rarity(self, stem: str) -> float:
        """How rare the stem is in the news, 0..1: 1 for one that is not known."""
        row = self.rows.get(stem)
        return 1.0 if row is None else float(self.idf[row])


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """The passages of a story, row by row.

    `article` is the index of the reading; `host` the row of the widest passage that holds this one
    (itself for a sentence); `order` the place of the host among the hosts of its article.
    `stems` and `forms` hold indices of `vocabulary` words, `NOTHING` where a passage has fewer;
    `weight` says how telling each stem is. `runs` marks forms in quotation marks.
    `speaker` is the index of who says it, `NOTHING` in the outlet's own voice.
    """

    passages: tuple[Passage, ...]
    facts: tuple[Facts, ...]
    article: Ints
    host: Ints
    order: Ints
    place: Floats
    start: Ints
    end: Ints
    vectors: Floats
    stems: Ints
    weight: Floats
    meanings: Floats
    forms: Ints
    quoted: NDArray[np.bool_]
    speaker: Ints
    is_said: NDArray[np.bool_]
    is_title: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.passages)

    def of_host(self, host: int) -> range:
        """The rows of the passages in a host, itself the first: they follow one another."""
        return range(host, int(np.searchsorted(self.host, host, side="right")))


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the package."""
    with (files("retold.models") / "words.npz").open("rb") as file, np.load(file) as stored:
        stems = bytes(stored["stems"]).decode("utf-8").split("\n")
        vectors = stored["vectors"].astype(np.float32)
        return Lexicon(
            rows={stem: row for row, stem in enumerate(stems)},
            idf=stored["idf"].astype(np.float32),
            vectors=vectors / np.linalg.norm(vectors, axis=1, keepdims=True),
        )


def gather(readings: Sequence[Reading], found: Sequence[Sequence[Facts]]) -> Units:
    """The passages of `readings` as arrays; `found` are the facts of each reading."""
    known = lexicon()
    told = facts.rarity(found) or {"": 0.0}  # where no word weighs, NOTHING needs a row too
    flat = tuple(fact for of_article in found for fact in of_article)
    stem_index = {stem: row for row, stem in enumerate(told)}
    form_index: dict[str, int] = {}
    size = len(flat)
    stems = np.full((size, MAX_STEMS), NOTHING, np.int32)
    forms = np.full((size, MAX_FORMS), NOTHING, np.int32)
    quoted = np.zeros((size, MAX_FORMS), bool)
    for row, fact in enumerate(flat):
        held = list(dict.fromkeys(fact.stems))[:MAX_STEMS]
        stems[row, : len(held)] = [stem_index[stem] for stem in held]
        words = fact.words[:MAX_FORMS]
        forms[row, : len(words)] = [form_index.setdefault(w.form, len(form_index)) for w in words]
        quoted[row, : len(words)] = [w.is_quoted for w in words]
    weights, meanings = _words(tuple(told), told, known)
    spans = [fact.passage.span for fact in flat]
    host, order = _hosts(found)
    return Units(
        passages=tuple(fact.passage for fact in flat),
        facts=flat,
        article=_rows(found, [index for index, of_article in enumerate(found) for _ in of_article]),
        host=host,
        order=order,
        place=_places(readings, found),
        start=np.array([s.start for s in spans], np.int32),
        end=np.array([s.end for s in spans], np.int32),
        vectors=_vectors(readings),
        stems=stems,
        weight=np.where(stems >= 0, weights[stems], 0).astype(np.float32),
        meanings=meanings,
        forms=forms,
        quoted=quoted,
        speaker=_speakers(readings, found),
        is_said=np.array([fact.passage.attribution_id is not None for fact in flat], bool),
        is_title=np.array([fact.is_title for fact in flat], bool),
    )


# --- inside ---------------------------------------------------------------------------------------


def _rows(found: Sequence[Sequence[Facts]], values: Sequence[int]) -> Ints:
    return np.array(values, np.int32).reshape(sum(len(of_article) for of_article in found))


def _words(
    stems: Sequence[str], told: Mapping[str, float], known: Lexicon
) -> tuple[Floats, Floats]:
    """The weight of each stem of the story, and its vector; zeros where nothing is known of it.

    A word weighs when it is rare in news and does not stand in every passage of the story.
    """
    rows = np.array([known.rows.get(stem, NOTHING) for stem in stems], np.int32)
    idf = np.where(rows >= 0, known.idf[rows], 1.0)
    here = np.array([told[stem] for stem in stems])
    meanings = np.where(rows[:, None] >= 0, known.vectors[rows], 0.0)
    return (idf * here).astype(np.float32), meanings.astype(np.float32)


def _hosts(found: Sequence[Sequence[Facts]]) -> tuple[Ints, Ints]:
    """The row of each passage's host, and the host's place among those of its article."""
    host, order = [], []
    row = 0
    for of_article in found:
        last, count, end = row, -1, -1
        for fact in of_article:
            if fact.passage.span.end > end:
                last, count, end = row, count + 1, fact.passage.span.end
            host.append(last)
            order.append(count)
            row += 1
    return _rows(found, host), _rows(found, order)


def _places(readings: Sequence[Reading], found: Sequence[Sequence[Facts]]) -> Floats:
    """How far into its article each passage begins, 0..1."""
    places = [
        fact.passage.span.start / max(1, of_article[-1].passage.span.end)
        for of_article in found
        for fact in of_article
    ]
    return np.array(places, np.float32)


def _vectors(readings: Sequence[Reading]) -> Floats:
    """The vectors of all passages, unit length."""
    rows = [np.frombuffer(r.vectors, np.int8).reshape(-1, VECTOR_SIZE) for r in readings]
    vectors = np.concatenate(rows).astype(np.float32)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Floats = (vectors / np.maximum(norms, 1e-6)).astype(np.float32)
    return unit


def _speakers(readings: Sequence[Reading], found: Sequence[Sequence[Facts]]) -> Ints:
    """An index of the last name of who says each passage: the same for the same last name."""
    index: dict[str, int] = {}
    out = []
    for reading, of_article in zip(readings, found, strict=True):
        name = {s.id: s.name.casefold().split()[-1] for s in reading.speakers if s.name.strip()}
        said = {a.id: name.get(a.speaker_id or "") for a in reading.attributions}
        for fact in of_article:
            key = said.get(fact.passage.attribution_id or "")
            out.append(index.setdefault(key, len(index)) if key else NOTHING)
    return _rows(found, out)
