"""What a reader corrects: each correction a record of its own, about the exact words it is about.

A correction never alters a text nor what the machine found: it is laid over a report and can be
undone. What was there stands in the record, so that it can be read without the report.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from retold.errors import FormatError
from retold.types import Facet, Span, SpeakerKind

MAX_NAME_CHARS = 200
MAX_NOTE_CHARS = 4000


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Anchor:
    """Words of an article, by place and as they stand there: what a correction holds on to."""

    article_id: str
    span: Span
    words: str

    def __post_init__(self) -> None:
        if len(self.words) != len(self.span):
            raise FormatError(
                f"{self.article_id}: {len(self.words)} characters stand for "
                f"{self.span.start}–{self.span.end}.",
                hint="A correction quotes its words exactly; export it again.",
            )


class Part(StrEnum):
    """The parts of a statement."""

    SOURCE = "source"
    CUE = "cue"
    CONTENT = "content"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerFix:
    """Whoever said these words is `now`; None where a reader holds that it cannot be told."""

    statement: tuple[Anchor, ...]
    was: str | None
    now: str | None
    kind: SpeakerKind = SpeakerKind.PERSON

    def __post_init__(self) -> None:
        _need(self.statement, "a statement")
        _name(self.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanFix:
    """The source, the cue or the content of a statement is `now`."""

    statement: tuple[Anchor, ...]
    part: Part
    was: tuple[Anchor, ...]
    now: tuple[Anchor, ...]

    def __post_init__(self) -> None:
        _need(self.statement, "a statement")
        if self.part is Part.CONTENT:
            _need(self.now, "the words that are said")
        if len({a.article_id for a in (*self.statement, *self.now)}) > 1:
            raise FormatError("the words of a statement stand in one article.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFix:
    """What `passage` tells happened at `now`; without a passage, the article appeared then.

    Dates are EDTF, a day where it is the article's. None: no date can be told.
    """

    article_id: str
    passage: Anchor | None
    was: str | None
    now: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Of the passages of a claim, those `apart` tell something else."""

    claim: tuple[Anchor, ...]
    apart: tuple[Anchor, ...]

    def __post_init__(self) -> None:
        _need(self.apart, "passages to part")
        if not set(self.apart) < set(self.claim):
            raise FormatError("a claim is split into some of its passages and the others.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Two claims tell the same thing."""

    claim: tuple[Anchor, ...]
    other: tuple[Anchor, ...]

    def __post_init__(self) -> None:
        _need(self.claim, "a claim")
        _need(self.other, "another claim")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A reader holds that the difference between these words is one, or that it is none."""

    facet: Facet
    values: tuple[Anchor, ...]
    is_difference: bool

    def __post_init__(self) -> None:
        _need(self.values, "the words that differ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A note of the reader's beside words of an article."""

    about: Anchor
    note: str

    def __post_init__(self) -> None:
        if not self.note.strip() or len(self.note) > MAX_NOTE_CHARS:
            raise FormatError(f"a note has between 1 and {MAX_NOTE_CHARS:,} characters.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """A correction no longer holds; an undo that is undone makes it hold again."""

    correction_id: str


Deed = SpeakerFix | SpanFix | DateFix | Split | Join | Ruling | Remark | Undo


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A deed of a reader: who did it, when (UTC), and what was there before."""

    id: str
    who: str
    at: dt.datetime
    deed: Deed

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise FormatError(f"{self.id}: the time of a correction needs its zone.")
        _name(self.who)


def anchors(deed: Deed) -> tuple[Anchor, ...]:
    """The words that a deed is about, in the order in which it names them."""
    match deed:
        case SpeakerFix() | SpanFix():
            return deed.statement
        case DateFix():
            return (deed.passage,) if deed.passage else ()
        case Split():
            return deed.claim
        case Join():
            return deed.claim + deed.other
        case Ruling():
            return deed.values
        case Remark():
            return (deed.about,)
        case Undo():
            return ()


def article_ids(deed: Deed) -> frozenset[str]:
    """The articles that a deed is about; none for an undo."""
    own = {deed.article_id} if isinstance(deed, DateFix) else set()
    return frozenset(own | {anchor.article_id for anchor in anchors(deed)})


def _need(held: tuple[Anchor, ...], what: str) -> None:
    if not held:
        raise FormatError(f"a correction needs {what}.")


def _name(name: str | None) -> None:
    if name is not None and (
        not name.strip() or len(name) > MAX_NAME_CHARS or not all(c.isprintable() for c in name)
    ):
        raise FormatError(
            f"a name has between 1 and {MAX_NAME_CHARS} characters, all of them printable."
        )
