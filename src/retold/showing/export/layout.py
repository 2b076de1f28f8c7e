"""The public file format, record by record: what `report.schema.json` is made from.

Offsets are Unicode code points of the article's text, `start` inclusive, `end` exclusive. Fields
are only ever added within one version of the format; readers leave alone what they do not know.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from msgspec import Meta, Struct

from retold.types import (
    Act,
    ChangeKind,
    DifferenceKind,
    Facet,
    MentionKind,
    QuotationKind,
    SectionKind,
    SpeakerKind,
)

Offset = Annotated[int, Meta(ge=0)]
Score = Annotated[float, Meta(ge=0.0, le=1.0)]


class Spot(Struct, frozen=True, kw_only=True):
    """A stretch of the text of the article that the record names."""

    start: Offset
    end: Offset


class SpotOf(Spot, frozen=True, kw_only=True):
    """A stretch of the text of `article`."""

    article: str


class SectionEntry(Spot, frozen=True, kw_only=True):
    """A stretch of the article that is of one kind."""

    kind: SectionKind


class ArticleEntry(Struct, frozen=True, kw_only=True):
    """An article with its whole text, to which every offset leads."""

    id: str
    path: str | None
    url: str | None
    outlet: str | None
    title: str | None
    published: dt.date | None
    language: str
    text: str
    sections: tuple[SectionEntry, ...]


class SpeakerEntry(Struct, frozen=True, kw_only=True):
    """Whom sources resolve to; in a report, across its articles."""

    id: str
    name: str
    kind: SpeakerKind
    mentions: tuple[SpotOf, ...]
    roles: tuple[SpotOf, ...]
    members: tuple[str, ...]
    why: str


class TimeEntry(Spot, frozen=True, kw_only=True):
    """Words that give a time; `date` in EDTF, null where they stay relative."""

    date: str | None
    is_relative: bool


class HopEntry(Struct, frozen=True, kw_only=True):
    """One link of a chain, and the words that establish it."""

    speaker: str
    at: Spot | None


class AttributionEntry(Struct, frozen=True, kw_only=True):
    """Who said what; `chain` runs from the outermost speaker to the innermost."""

    id: str
    article: str
    quotation: QuotationKind
    source: tuple[Spot, ...]
    cue: tuple[Spot, ...]
    content: Annotated[tuple[Spot, ...], Meta(min_length=1)]
    speaker: str | None
    speaker_score: Score
    chain: tuple[str, ...]
    hops: tuple[HopEntry, ...]
    parent: str | None
    said: TimeEntry | None
    act: Act
    hedged: bool
    is_asserted: bool
    addressee: Spot | None
    venue: Spot | None
    score: Score
    chain_score: Score = 0.0  # files from before it was told do not have it


class PassageEntry(SpotOf, frozen=True, kw_only=True):
    """The unit that is compared; `attribution` is the statement whose words it holds."""

    id: str
    attribution: str | None


class ValueEntry(SpotOf, frozen=True, kw_only=True):
    """One side of a difference; `value` is the form that was compared, `score` how sure it is that
    it belongs beside the others."""

    value: str
    score: Score = 1.0


class DifferenceEntry(Struct, frozen=True, kw_only=True):
    """Where tellings of a claim are not the same."""

    facet: Facet
    kind: DifferenceKind
    values: tuple[ValueEntry, ...]
    score: Score


class WitnessEntry(Struct, frozen=True, kw_only=True):
    """One article's wording of a quotation, in pieces."""

    article: str
    attribution: str
    pieces: tuple[Spot, ...]
    date: str | None


class ChangeEntry(Struct, frozen=True, kw_only=True):
    """One change between the first witness and `witness`, by index."""

    kind: ChangeKind
    witness: Offset
    base: Spot | None
    other: Spot | None
    is_substantive: bool


class VariantEntry(Struct, frozen=True, kw_only=True):
    """The wordings of one quotation, the earliest dated first."""

    witnesses: tuple[WitnessEntry, ...]
    changes: tuple[ChangeEntry, ...]


class OriginEntry(Struct, frozen=True, kw_only=True):
    """Why accounts are one telling of a claim, and the words that show it."""

    articles: tuple[str, ...]
    why: str
    evidence: tuple[SpotOf, ...]


class ClaimEntry(Struct, frozen=True, kw_only=True):
    """Passages that tell the same thing, who is silent, and where they part."""

    id: str
    passages: tuple[PassageEntry, ...]
    tellings: tuple[tuple[str, ...], ...]
    silent: tuple[str, ...]
    differences: tuple[DifferenceEntry, ...]
    variants: tuple[VariantEntry, ...]
    score: Score
    origins: tuple[OriginEntry, ...] = ()
    doubtful: tuple[str, ...] = ()


class EchoEntry(SpotOf, frozen=True, kw_only=True):
    """Words in no claim that other articles may tell, in words too different to be sure."""

    articles: tuple[str, ...]


class EventEntry(SpotOf, frozen=True, kw_only=True):
    """A dated passage on the timeline."""

    date: str
    claim: str | None
    attribution: str | None


class WordingEntry(SpotOf, frozen=True, kw_only=True):
    """An outlet's words for an actor; loaded words about no main actor have none."""

    about: str | None
    in_quotation: bool
    is_loaded: bool


class TellingEntry(Struct, frozen=True, kw_only=True):
    """One independent origin of what is told, and the words that show it."""

    id: str
    articles: tuple[str, ...]
    why: str
    evidence: tuple[SpotOf, ...]


class MentionEntry(Spot, frozen=True, kw_only=True):
    """Words that name someone or something."""

    kind: MentionKind


class ReportFile(Struct, frozen=True, kw_only=True):
    """The comparison of one story."""

    format: Literal["retold-report/1"]
    articles: tuple[ArticleEntry, ...]
    speakers: tuple[SpeakerEntry, ...]
    attributions: tuple[AttributionEntry, ...]
    passages: tuple[PassageEntry, ...]
    claims: tuple[ClaimEntry, ...]
    timeline: tuple[EventEntry, ...]
    wording: tuple[WordingEntry, ...]
    tellings: tuple[TellingEntry, ...]
    notes: tuple[str, ...]
    echoes: tuple[EchoEntry, ...] = ()


class ReadingFile(Struct, frozen=True, kw_only=True):
    """All that was found in one article."""

    format: Literal["retold-reading/1"]
    model: str
    articles: Annotated[tuple[ArticleEntry, ...], Meta(min_length=1, max_length=1)]
    speakers: tuple[SpeakerEntry, ...]
    attributions: tuple[AttributionEntry, ...]
    mentions: tuple[MentionEntry, ...]
    times: tuple[TimeEntry, ...]
    passages: tuple[PassageEntry, ...]
    notes: tuple[str, ...]
