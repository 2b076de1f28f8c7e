"""What one speaker is reported to have said over time, and where their own account changed.

    statements of one person ──nearest in meaning, far apart in time──▶ articles
        ──alignment, of their statements alone──▶ the same thing told ──differences──▶ Changed

The stages are those that compare a story, on what one person is reported to have said.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retold.archive import rows, said
from retold.archive.said import Filters, Said
from retold.archive.store import Archive
from retold.comparing import (
    alignment,
    differences,
    facts,
    people,
    slots,
    stories,
    units,
    variants,
)
from retold.spans import contains, finder
from retold.types import Attribution, Difference, Facet, Passage, Reading, Value, Variant

DAYS_APART = 30  # tellings that are nearer are of one story, which `compare` shows
MOST_READ = 300  # articles, of those that give most of the person's statements
MOST_PASSAGES = 4000
MOST_ALIGNED = 40
ALIKE = 0.6  # cosine from which two statements may tell the same thing
SURE_TOLD = 0.5  # alignment was tuned within stories; across years it has to be sure
SURE_SCORE = 0.5
UNTOLD = (Facet.ATTRIBUTION, Facet.WORDING)  # who reports it, and in which words, is no change

ARTICLES = "SELECT a.id FROM statements st JOIN articles a ON a.number = st.article"
MOST_FIRST = "GROUP BY a.number ORDER BY count(*) DESC, a.published LIMIT ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What a person told more than once, with days or years between, and not in the same way.

    `passages` are the tellings by day; `differences` and `variants` where they part, if they do;
    `days` lie between the first and the last. `readings` are those of the passages' articles.
    """

    passages: tuple[Passage, ...]
    differences: tuple[Difference, ...]
    variants: tuple[Variant, ...]
    days: int
    readings: tuple[Reading, ...]


def statements(archive: Archive, forms: Sequence[str], *, most: int) -> tuple[Said, ...]:
    """What whoever is known by one of the names is reported to have said, the earliest report
    first; of more than `most` the latest."""
    filters = Filters(forms=tuple(forms))
    found = said.newest(archive, filters, most=most, is_backward=True)
    return said.listed(archive, reversed(found))


def changed(
    archive: Archive, forms: Sequence[str], *, apart: int = DAYS_APART, show_all: bool = False
) -> tuple[Changed, ...]:
    """Where the person's own accounts part, those furthest apart in time first.

    Only what is reported of them `apart` days apart or more, in articles with a date. With
    `show_all` also what they surely told again, with differences that are not sure or none.
    """
    own = (_own(reading, forms) for reading in archive.readings(_articles(archive, forms)))
    chosen = _chosen(_few([reading for reading in own if reading.passages]), apart)
    if len(chosen) < 2:
        return ()
    found = [facts.of(reading) for reading in chosen]
    judged = alignment.judge(chosen, found)
    by_id = {reading.article.id: reading for reading in chosen}
    told = [
        one
        for one in alignment.align(judged)
        if one.score >= SURE_TOLD and _apart(one.passages, by_id) >= apart
    ]
    if not told:
        return ()
    ids = {passage.article_id for one in told for passage in one.passages}
    named = people.merge([_named_in(reading, told) for reading in chosen])
    wordings = variants.find(chosen)
    accounts = differences.Accounts(
        sentences={id: slots.of(by_id[id], named.of) for id in ids},
        published={id: reading.article.published for id, reading in by_id.items()},
        rarity=facts.rarity(found),
        judged=judged,
    )
    out = []
    for one in told:
        parting = tuple(
            difference
            for difference in differences.find(one.passages, accounts, told=one.score)
            if (show_all or _is_sure(difference, one.passages))
            and difference.facet not in UNTOLD
            and _gap((value.article_id for value in difference.values), by_id) >= apart
        )
        if parting or show_all:
            out.append(_changed(one.passages, parting, wordings, by_id))
    return tuple(sorted(out, key=lambda one: (-one.days, one.passages[0].id)))


# --- which articles -------------------------------------------------------------------------------


def _articles(archive: Archive, forms: Sequence[str]) -> list[str]:
    """The dated articles with most statements of the person, at most `MOST_READ`."""
    where, values = said.conditions(archive, Filters(forms=tuple(forms)))
    where.append("a.published IS NOT NULL")
    found = archive.database.rows(
        f"{ARTICLES} WHERE {' AND '.join(where)} {MOST_FIRST}", (*values, MOST_READ)
    )
    return [row["id"] for row in found]


def _own(reading: Reading, forms: Iterable[str]) -> Reading:
    """The reading with the passages of the person's statements alone."""
    named = set(forms)
    ids = {speaker.id for speaker in reading.speakers if rows.folded(speaker.name) in named}
    own = {a.id for a in reading.attributions if _is_own(a, ids)}
    kept = [n for n, p in enumerate(reading.passages) if p.attribution_id in own]
    return dataclasses.replace(
        reading,
        passages=tuple(reading.passages[n] for n in kept),
        vectors=_vectors(reading)[kept].tobytes(),
    )


def _named_in(reading: Reading, told: Sequence[alignment.Told]) -> Reading:
    """The reading with those speakers alone who stand in what is compared: to tell who is who, each
    is held against all others, and of years of articles there are thousands."""
    held = [p for one in told for p in one.passages if p.article_id == reading.article.id]
    said = {p.attribution_id for p in held}
    speaking = {a.speaker_id for a in reading.attributions if a.id in said}
    within = finder([p.span for p in held], key=lambda span: span)
    speakers = tuple(
        speaker
        for speaker in reading.speakers
        if speaker.id in speaking or any(within(place.span) for place in speaker.mentions)
    )
    return dataclasses.replace(reading, speakers=speakers)


def _is_own(attribution: Attribution, ids: Collection[str]) -> bool:
    """True if the person says it, or tells what another said: both are their account."""
    return attribution.speaker_id in ids or any(hop.speaker_id in ids for hop in attribution.chain)


def _vectors(reading: Reading) -> NDArray[np.int8]:
    return np.frombuffer(reading.vectors, np.int8).reshape(-1, units.VECTOR_SIZE)


def _few(held: Sequence[Reading]) -> list[Reading]:
    """The first of the readings, so many that all their passages can be held against each other."""
    totals = itertools.accumulate(len(reading.passages) for reading in held)
    return [reading for reading, total in zip(held, totals, strict=True) if total <= MOST_PASSAGES]


def _chosen(held: Sequence[Reading], apart: int) -> tuple[Reading, ...]:
    """The articles whose statements are alike though far apart in time, at most `MOST_ALIGNED`."""
    if len(held) < 2:
        return ()
    owner = np.concatenate([np.full(len(r.passages), n) for n, r in enumerate(held)])
    day = np.array([_day(reading) for reading in held])[owner]
    rows_of = np.concatenate([_vectors(reading) for reading in held]).astype(np.float32)
    unit = rows_of / np.maximum(np.linalg.norm(rows_of, axis=1, keepdims=True), 1e-6)
    alike = unit @ unit.T
    alike[np.abs(day[:, None] - day[None, :]) < apart] = 0
    left, right = np.nonzero(np.triu(alike >= ALIKE))
    taken: Counter[int] = Counter()
    for at in np.argsort(-alike[left, right], kind="stable").tolist():
        pair = {int(owner[left[at]]), int(owner[right[at]])}
        if len(taken.keys() | pair) > MOST_ALIGNED:
            break
        taken.update(pair)
    return stories.in_order([held[n] for n in taken])


# --- what changed ---------------------------------------------------------------------------------


def _changed(
    passages: Sequence[Passage],
    parting: tuple[Difference, ...],
    wordings: Iterable[Variant],
    by_id: dict[str, Reading],
) -> Changed:
    ids = {passage.article_id for passage in passages}
    told = {passage.attribution_id for passage in passages}
    return Changed(
        passages=tuple(sorted(passages, key=lambda p: (_day(by_id[p.article_id]), p.span))),
        differences=parting,
        variants=tuple(
            variant
            for variant in wordings
            if sum(witness.attribution_id in told for witness in variant.witnesses) > 1
        ),
        days=_gap(ids, by_id),
        readings=tuple(reading for id, reading in by_id.items() if id in ids),
    )


def _is_sure(difference: Difference, passages: Sequence[Passage]) -> bool:
    """True if a reader surely takes it for one, between the person's own words alone."""
    return difference.score >= SURE_SCORE and all(
        _is_told(value, passages) for value in difference.values
    )


def _is_told(value: Value, passages: Iterable[Passage]) -> bool:
    """True if the value is in the person's words, not in those of the article around them."""
    return any(p.article_id == value.article_id and contains(p.span, value.span) for p in passages)


def _apart(passages: Iterable[Passage], by_id: dict[str, Reading]) -> int:
    return _gap((passage.article_id for passage in passages), by_id)


def _gap(ids: Iterable[str], by_id: dict[str, Reading]) -> int:
    """The days between the first and the last of the articles."""
    days = [_day(by_id[id]) for id in ids]
    return max(days) - min(days)


def _day(reading: Reading) -> int:
    return (reading.article.published or dt.date.min).toordinal()
