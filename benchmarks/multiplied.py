"""A corpus of any size: the same articles again and again, with other words, names and days.

No machine at hand reads a hundred thousand articles in an hour, so no model reads these. `stand_in`
finds by patterns as many passages, statements and speakers as the model finds in real ones, where
`python -m benchmarks.archive like` prints both side by side; its vectors tell which words passages
share, and nothing of what they mean. What an archive keeps, indexes and looks up is then of the
size and kind of the real, and no figure that is taken on it says how well anything was found.
"""

from __future__ import annotations

import datetime as dt
import functools
import gzip
import itertools
import json
import random
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from retold import sources, spans, text
from retold.comparing.units import VECTOR_SIZE
from retold.sources.metadata import date_of
from retold.types import (
    Act,
    Article,
    Attribution,
    Hop,
    Mention,
    MentionKind,
    Passage,
    Place,
    QuotationKind,
    Reading,
    Span,
    Speaker,
    SpeakerKind,
)

STEP = 4  # articles of the corpus apart
WORD = re.compile(r"\b[a-z]{5,}\b")
NAME_WORD = re.compile(r"\b[A-Z][a-z]{3,}\b")
EVERY = 4  # one long word in so many is changed
IN_THE_NEWS = 300  # names, and words that begin sentences, that stand in every round
DAYS_LATER = 31  # each round, so that none tells the events of the one before

NAME = re.compile(r"\b[A-Z][\w.’'-]+(?: [A-Z][\w’'-]+){0,2}")
CUE = re.compile(
    r"\b(?:sa(?:id|ys?)|told|asked|added|wrote|according|w(?:arned|ants?)|call(?:s|ed)"
    r"|think|believed?|report(?:s|ed)|announced|argue[ds]?|agreed?|show(?:s|ed)|want(?:s|ed))\b"
)
CLAUSE = re.compile(r"(?:[,;:—–]|\b(?:and|that|but|which|who|as|while|for|to|in|of|on|with))\s")
LEAST_CLAUSE_CHARS = 20

TOKEN = re.compile(r"[^\W_]+")
DIRECTIONS = 1 << 14  # into one of which each word points
MOST_LETTERS = 10  # of a word that count for its weight
LEAST_WEIGHT = 0.5  # that of words of three letters or fewer
AROUND = 0.2  # of the vector of an article in that of each of its passages
# as in vectors of the model, where two of chance have a cosine of 0.14:
COMMON = 0.4  # of what all share
DECAY = 0.4  # of the directions, by their rank to that power


def readings(corpus: Path) -> Iterator[Reading]:
    """Articles of a gzipped file of JSON lines, each with the stand-in for its reading, round after
    round without end."""
    for reading in multiply(map(stand_in, articles(corpus))):
        units = [passage.span for passage in reading.passages]
        yield replace(reading, vectors=vectors(reading.article.text, units).tobytes())


def articles(corpus: Path) -> Iterator[Article]:
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for entry in map(json.loads, itertools.islice(lines, 0, None, STEP)):
            yield sources.article(
                f"{entry['title']}\n\n{entry['text']}",
                url=entry["url"],
                outlet=entry["outlet"],
                title=entry["title"],
                published=date_of(entry["published"]),
            )


# --- other words ----------------------------------------------------------------------------------


def multiply(held: Iterable[Reading]) -> Iterator[Reading]:
    """The readings as they are, then round after round with other words of the same length, so that
    every span holds, under other names, on other days, at other addresses."""
    first: list[tuple[str, bytes]] = []
    for reading in held:
        first.append((reading.article.id, msgspec.msgpack.encode(reading)))
        yield reading
    other = _Words.of(_decoded(packed).article.text for _, packed in first)
    for number in itertools.count(len(first)):
        turn, at = divmod(number, len(first))
        id, packed = first[at]
        new = f"{number:0{len(id)}x}"
        copy = _decoded(packed.replace(id.encode(), new.encode()))
        yield _otherwise(copy, number, turn, other)


def _decoded(packed: bytes) -> Reading:
    return msgspec.msgpack.decode(packed, type=Reading)


@dataclass(frozen=True, slots=True)
class _Words:
    """What may stand in the place of a word: words and names by their length."""

    words: dict[int, list[str]]
    names: dict[int, list[str]]
    places: dict[str, int]  # of a name in the list of those that are as long

    @classmethod
    def of(cls, texts: Iterable[str]) -> _Words:
        words, names = set[str](), Counter[str]()
        for each in texts:
            words.update(WORD.findall(each))
            names.update(NAME_WORD.findall(each))
        stay = {name for name, _ in names.most_common(IN_THE_NEWS)}
        by_length = _by_length(names.keys() - stay)
        places = {name: n for held in by_length.values() for n, name in enumerate(held)}
        return cls(_by_length(words), by_length, places)

    def word(self, word: re.Match[str], chance: random.Random) -> str:
        found = word.group()
        return found if chance.random() * EVERY > 1 else chance.choice(self.words[len(found)])

    def name(self, name: re.Match[str], turn: int) -> str:
        """The same name for the same one throughout a round."""
        found = name.group()
        if (at := self.places.get(found)) is None:
            return found
        as_long = self.names[len(found)]
        return as_long[(at + turn) % len(as_long)]


def _by_length(words: Iterable[str]) -> dict[int, list[str]]:
    out: dict[int, list[str]] = {}
    for word in sorted(words):
        out.setdefault(len(word), []).append(word)
    return out


def _otherwise(reading: Reading, number: int, turn: int, other: _Words) -> Reading:
    chance, old = random.Random(number), reading.article  # noqa: S311 words
    written = WORD.sub(lambda word: other.word(word, chance), old.text)
    written = NAME_WORD.sub(lambda name: other.name(name, turn), written)
    article = replace(
        old,
        text=written,
        url=f"https://paper{number % 50}.example/{number}",
        title=written[: len(old.title)] if old.title else None,
        published=old.published and old.published + dt.timedelta(days=DAYS_LATER * turn),
    )
    speakers = tuple(
        replace(s, name=spans.cut(written, s.mentions[0].span)) if s.mentions else s
        for s in reading.speakers
    )
    return replace(reading, article=article, speakers=speakers)


# --- in the place of a reading --------------------------------------------------------------------


def stand_in(article: Article) -> Reading:
    """What has the size and shape of a reading of the article."""
    sentences = [
        sentence
        for paragraph in text.paragraphs_of(article)
        for sentence in text.sentences(article.text, paragraph)
    ]
    named = _named(article, sentences)
    speakers = tuple(
        Speaker(
            id=f"{article.id}.s{n}",
            name=name,
            kind=SpeakerKind.PERSON,
            mentions=tuple(Place(article.id, span) for span in places),
        )
        for n, (name, places) in enumerate(named.items())
    )
    statements = tuple(_statements(article, sentences, speakers))
    units = list(_units(article.text, sentences))
    return Reading(
        article=article,
        model="a stand-in",
        attributions=statements,
        speakers=speakers,
        mentions=tuple(
            Mention(kind=MentionKind.PERSON, span=span)
            for found in named.values()
            for span in found
        ),
        times=(),
        passages=_passages(article, units, statements),
        vectors=vectors(article.text, units).tobytes(),
    )


def _named(article: Article, sentences: Sequence[Span]) -> dict[str, list[Span]]:
    """Names, and where they stand; a single word is one if it is found again within a sentence."""
    starts = {sentence.start for sentence in sentences}
    out: dict[str, list[Span]] = {}
    for found in NAME.finditer(article.text):
        if found.start() not in starts:
            out.setdefault(found.group(), []).append(Span(*found.span()))
    return {name: held for name, held in out.items() if " " in name or len(held) > 1}


def _statements(
    article: Article, sentences: Sequence[Span], speakers: Sequence[Speaker]
) -> Iterator[Attribution]:
    """Each stretch in quotation marks, and each sentence with a cue and none, as somebody's."""
    if not speakers:
        return
    at = {place.span.start: speaker.id for speaker in speakers for place in speaker.mentions}
    quoted = [q.inner for q in text.quotations(article.text, Span(0, len(article.text)))]
    speaking, numbers = speakers[0].id, itertools.count()
    for sentence in sentences:
        speaking = next((at[n] for n in range(sentence.start, sentence.end) if n in at), speaking)
        pieces = [span for span in quoted if spans.contains(sentence, span)]
        if CUE.search(article.text, sentence.start, sentence.end):
            pieces = pieces or [sentence]
        for piece in pieces:
            yield _statement(article, next(numbers), piece, speaking)


def _statement(article: Article, number: int, content: Span, speaker_id: str) -> Attribution:
    return Attribution(
        id=f"{article.id}.a{number}",
        article_id=article.id,
        quotation=QuotationKind.DIRECT,
        source=(),
        cue=(),
        content=(content,),
        speaker_id=speaker_id,
        speaker_score=1.0,
        chain=(Hop(speaker_id=speaker_id, span=None),),
        parent=None,
        said=None,
        act=Act.STATED,
        hedged=False,
        is_asserted=True,
        score=1.0,
    )


def _units(written: str, sentences: Iterable[Span]) -> Iterator[Span]:
    """The sentences and their clauses."""
    for sentence in sentences:
        yield sentence
        start = sentence.start
        for found in CLAUSE.finditer(written, sentence.start, sentence.end):
            if found.start() - start >= LEAST_CLAUSE_CHARS:
                yield Span(start, found.start())
                start = found.start()
        if start > sentence.start:
            yield Span(start, sentence.end)


def _passages(
    article: Article, units: Iterable[Span], statements: Sequence[Attribution]
) -> tuple[Passage, ...]:
    said = spans.finder(statements, key=lambda one: spans.hull(one.content))
    return tuple(
        Passage(
            id=f"{article.id}.p{n}",
            article_id=article.id,
            span=unit,
            attribution_id=next((one.id for one in said(unit)), None),
        )
        for n, unit in enumerate(units)
    )


# --- in the place of what words mean --------------------------------------------------------------


def vectors(written: str, units: Sequence[Span]) -> NDArray[np.int8]:
    """A vector of length 127 for each unit of a text: its words', the long ones the more, with
    some of those around them."""
    tokens = list(TOKEN.finditer(written))
    weights = [max(LEAST_WEIGHT, min(len(t.group()), MOST_LETTERS) - 3) for t in tokens]
    each = _directions()[[zlib.crc32(t.group().casefold().encode()) % DIRECTIONS for t in tokens]]
    each *= np.array(weights, np.float32)[:, None]
    upto = np.zeros((len(tokens) + 1, VECTOR_SIZE), np.float32)
    np.cumsum(each, axis=0, out=upto[1:])
    starts = np.array([token.start() for token in tokens])
    first = np.searchsorted(starts, [unit.start for unit in units])
    end = np.searchsorted(starts, [unit.end for unit in units])
    whole = upto[-1] / max(1e-6, float(np.linalg.norm(upto[-1])))
    held = _of_length(upto[end] - upto[first], 1.0) + AROUND * whole + COMMON * _common()
    return np.rint(_of_length(held, 127.0)).astype(np.int8)


def _of_length(rows: NDArray[np.floating[Any]], length: float) -> NDArray[np.float32]:
    norms = np.linalg.norm(rows, axis=-1, keepdims=True)
    return (rows * (length / np.maximum(norms, 1e-6))).astype(np.float32)


@functools.cache
def _directions() -> NDArray[np.float32]:
    chance = np.random.default_rng(1)
    drawn = chance.standard_normal((DIRECTIONS, VECTOR_SIZE), dtype=np.float32)
    turned, _ = np.linalg.qr(chance.standard_normal((VECTOR_SIZE, VECTOR_SIZE)))
    return (drawn * np.arange(1, VECTOR_SIZE + 1) ** -DECAY @ turned).astype(np.float32)


@functools.cache
def _common() -> NDArray[np.float32]:
    return _of_length(np.random.default_rng(2).standard_normal(VECTOR_SIZE), 1.0)
