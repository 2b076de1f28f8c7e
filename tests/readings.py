"""Readings of invented articles, made without a model: vectors count words."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Sequence

import numpy as np

from retold import marked
from retold.comparing import facts, slots, units
from retold.comparing.slots import Sentence, Slot
from retold.reading import passages, times
from retold.types import Reading, Span, Speaker, SpeakerKind
from tests import stories


def read(
    text: str, *, outlet: str = "Post", day: int | None = 1, speakers: Sequence[str] = ()
) -> Reading:
    """The reading of an article in marked text; `speakers` names who speaks in each attribution.

    `day` is that of a month of 2031 on which the article appeared.
    """
    plain, triples = marked.parse(text)
    published = dt.date(2031, 5, day) if day else None
    article = stories.article(plain, outlet=outlet, published=published)
    names = list(dict.fromkeys(speakers))
    ids = {name: f"{article.id}.s{at}" for at, name in enumerate(names)}
    chains: list[tuple[str, ...]] = [(ids[name],) for name in speakers]
    chains += [()] * (len(triples) - len(chains))
    said = stories.attributions(article, text, chains)
    units_of_text = passages.split(article, said)
    return Reading(
        article=article,
        model="counted words",
        attributions=said,
        speakers=tuple(
            Speaker(id=ids[name], name=name, kind=SpeakerKind.PERSON, mentions=()) for name in names
        ),
        mentions=(),
        times=(),
        passages=units_of_text,
        vectors=vectors(plain, [p.span for p in units_of_text]),
    )


def dated(text: str, outlet: str, day: int = 9) -> Reading:
    """The reading of an article with a title before `text`, its times found."""
    reading = read(f"News\n\n{text}", outlet=outlet, day=day)
    return dataclasses.replace(reading, times=times.find(reading.article))


def parted(*texts: str) -> tuple[list[Sentence], list[Slot]]:
    """The last sentence of each article, and of each the slot of the words in brackets."""
    held, shown = [], []
    for n, bracketed in enumerate(texts):
        start, end = bracketed.index("["), bracketed.index("]") - 1
        plain = bracketed.replace("[", "").replace("]", "")
        whole = slots.of(dated(plain, f"Outlet {n}", day=9 + 7 * n), {})[-1]
        words = Span(whole.span.start + start, whole.span.start + end)
        inside = [slot for slot in whole.slots if slot.span == words]
        bare = dataclasses.replace(whole.slots[0], span=words, form=whole.form_at(words), marks={})
        slot = inside[0] if inside else bare
        held.append(whole)
        shown.append(slot)
    return held, shown


def again(reading: Reading, url: str) -> Reading:
    """The same text at another address: another article, word for word."""
    article = dataclasses.replace(reading.article, id=hashlib.sha256(url.encode()).hexdigest()[:12])
    return dataclasses.replace(
        reading,
        article=dataclasses.replace(article, url=url, outlet="Reprint"),
        attributions=(),
        speakers=(),
        passages=tuple(
            dataclasses.replace(
                p, id=f"{article.id}.p{at}", article_id=article.id, attribution_id=None
            )
            for at, p in enumerate(reading.passages)
        ),
    )


def vectors(text: str, spans: Sequence[Span]) -> bytes:
    """A vector for each span in which every content word has a direction of its own."""
    rows = np.zeros((len(spans), units.VECTOR_SIZE))
    for row, span in enumerate(spans):
        for word in text[span.start : span.end].split():
            form = "".join(c for c in word.casefold() if c.isalnum())
            if form and form not in facts.function_words():
                seed = int(hashlib.sha256(facts.stem(form).encode()).hexdigest()[:8], 16)
                rows[row] += np.random.default_rng(seed).standard_normal(units.VECTOR_SIZE)
    norms = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return np.round(rows / norms * 127).astype(np.int8).tobytes()


COURIER = """Fire closes the Ostrel ferry terminal

A fire closed the Ostrel ferry terminal on Tuesday and injured 14 passengers. {q1 The blaze began \
in a kiosk}, {c1 said} {s1 fire chief Dana Holm}. {q2 “We will reopen within a week,”} {s2 Holm} \
{c2 said}.

The terminal, which opened in 1994, serves the island of Varn. Two ferries were moved to Lindhaven.

Mayor Petra Quill visited the passengers in the county hospital on Tuesday evening."""

HERALD = """Ostrel ferry terminal shut after blaze

Seventeen passengers were injured when fire shut the Ostrel ferry terminal on Tuesday. \
{c1 According to} {s1 fire chief Dana Holm}, {q1 the blaze started in a kiosk}.

{q2 “We will reopen within a month,”} {s2 Holm} {c2 told} the Herald. The terminal opened in 1996 \
and serves the island of Varn.

Insurers expect a long dispute over who pays for the roof, which was repaired only last spring."""


def fire() -> tuple[Reading, Reading]:
    """Two accounts of one fire, with two numbers, two years and two wordings."""
    return (
        read(COURIER, outlet="Courier", day=6, speakers=("Dana Holm", "Dana Holm")),
        read(HERALD, outlet="Herald", day=7, speakers=("Dana Holm", "Dana Holm")),
    )
