"""Every record, in the order in which the data meets them.

All are frozen and complete from birth: ids point backwards, checks run in `__post_init__`, and
nothing is filled in later. A span counts Unicode code points of the text of its article.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from retold.errors import SpanError

# --- ground --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch `[start, end)` of an article's text, in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise SpanError(f"a span runs from start to a later end, not {self.start}–{self.end}.")

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A span in a named article: what every shown word leads back to."""

    article_id: str
    span: Span


# --- from the world to articles ------------------------------------------------------------------


class SectionKind(StrEnum):
    TITLE = "title"
    BYLINE = "byline"
    BODY = "body"
    CAPTION = "caption"
    COMMENT = "comment"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A stretch of an article's text that is of one kind."""

    kind: SectionKind
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A text from an outlet, made once and never changed.

    `text` is NFC with `\\n` line ends. `sections` are in order, do not overlap, and hold every
    non-blank character: what is not the article is kept in a section of its own kind.
    """

    id: str
    text: str
    sections: tuple[Section, ...]
    path: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: dt.date | None = None
    language: str = "en"

    def __post_init__(self) -> None:
        end = 0
        for section in self.sections:
            if section.span.start < end or section.span.end > len(self.text):
                raise SpanError(f"{self.id}: section {section.span} is out of place.")
            end = section.span.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A source of a batch that gave no article: which one, what is wrong, what to do."""

    source: str
    message: str
    hint: str = ""


# --- one article ---------------------------------------------------------------------------------


class MentionKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span that names someone or something, as the model saw it."""

    kind: MentionKind
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Triple:
    """Source, cue and content as the model linked them, before anyone knows who speaks.

    Each is in text order; `source` and `cue` may be empty, `content` may not. `parent` is the
    index, in the same tuple of triples, of the triple in whose content this one stands.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float
    parent: int | None = None

    def __post_init__(self) -> None:
        if not self.content:
            raise SpanError("an attribution needs content.")


class SpeakerKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    GROUP = "group"
    DOCUMENT = "document"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Whom sources resolve to. `name` is the fullest form that the text itself gives, with the
    first name that it uses most.

    `mentions` are the places that name them, `roles` those that say what they are ("the
    secretary-general of NATO from 1999 to 2003"). In a report `members` are the speakers of the
    single articles that were found to be one, and `why` says by what rule.
    """

    id: str
    name: str
    kind: SpeakerKind
    mentions: tuple[Place, ...]
    roles: tuple[Place, ...] = ()
    members: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """Words that give a time. `date` is EDTF (`2000`, `2021-11`, `1990/1995`, `2004~`).

    `date` is None where the words cannot be anchored: they stay relative, and say so.
    """

    span: Span
    date: str | None
    is_relative: bool = False


class QuotationKind(StrEnum):
    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Act(StrEnum):
    """What the cue does with the content."""

    STATED = "stated"
    ASKED = "asked"
    ORDERED = "ordered"
    DENIED = "denied"
    WISHED = "wished"
    THOUGHT = "thought"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One link of a chain of hearsay: who, and the span that establishes it."""

    speaker_id: str
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who said what: source, cue, content, and the speakers through whom it came.

    `chain` runs from the outermost reporter to the innermost speaker, the outlet left out; it has
    the speaker alone where nobody else stands between. `parent` is the attribution in whose
    content this one stands. `is_asserted` is False for what is said with "if". `score` is the
    model's for the words, `speaker_score` the resolver's for the speaker, `chain_score` how sure it
    is that the words came through the last two of the chain, all 0..1.
    """

    id: str
    article_id: str
    quotation: QuotationKind
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker_id: str | None
    speaker_score: float
    chain: tuple[Hop, ...]
    parent: str | None
    said: TimeExpression | None
    act: Act
    hedged: bool
    is_asserted: bool
    score: float
    addressee: Span | None = None
    venue: Span | None = None
    chain_score: float = 0.0  # of a reading from before it was told: nothing is known

    def __post_init__(self) -> None:
        if not self.content:
            raise SpanError(f"{self.id}: an attribution needs content.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The unit that is aligned: the content of an attribution, or a sentence or clause in the
    outlet's own voice. `attribution_id` is the attribution whose words it holds, if any."""

    id: str
    article_id: str
    span: Span
    attribution_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was found in one article, from that article alone.

    `vectors` holds one int8 vector a passage, row after row, unit length at 127; `notes` say in
    plain words what could not be done ("no publication date: ...").
    """

    article: Article
    model: str
    attributions: tuple[Attribution, ...]
    speakers: tuple[Speaker, ...]
    mentions: tuple[Mention, ...]
    times: tuple[TimeExpression, ...]
    passages: tuple[Passage, ...]
    vectors: bytes
    notes: tuple[str, ...] = ()


# --- several articles ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Readings of one event."""

    id: str
    readings: tuple[Reading, ...]


class Facet(StrEnum):
    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    PERSON = "person"
    WORDING = "wording"
    POLARITY = "polarity"
    ATTRIBUTION = "attribution"
    MODALITY = "modality"
    DETAIL = "detail"


class DifferenceKind(StrEnum):
    """CONFLICT: both cannot be right as written. VARIATION: wording, precision, one says more."""

    CONFLICT = "conflict"
    VARIATION = "variation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One side of a difference. `value` is the form that was compared; the text shown is
    `text[span]` of the article. `score` is how sure it is that it belongs beside the others."""

    article_id: str
    span: Span
    value: str
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Where tellings of a claim are not the same. Values in order of article and place."""

    facet: Facet
    kind: DifferenceKind
    values: tuple[Value, ...]
    score: float


class ChangeKind(StrEnum):
    CASE_OR_PUNCTUATION = "case or punctuation"
    ELLIPSIS = "ellipsis"
    CUT = "cut without ellipsis"
    INSERTION = "insertion"
    SUBSTITUTION = "substitution"
    NUMBER = "number"
    NAME = "name"
    NEGATION = "negation"
    SPLICE = "splice"
    ORDER = "changed order"


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """One article's wording of a quotation, in pieces, and what it quotes it from."""

    article_id: str
    attribution_id: str
    pieces: tuple[Span, ...]
    date: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change between the first witness (`base`) and `witness`, by index.

    A side is None where that witness has nothing: an insertion has no `base`, a cut no `other`.
    """

    kind: ChangeKind
    witness: int
    base: Span | None
    other: Span | None
    is_substantive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """The collation of one quotation's wordings; the earliest dated witness comes first, as just
    that and nothing more."""

    witnesses: tuple[Witness, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Why accounts that are independent on the whole are one telling of a claim: "same interview:
    CNN". `evidence` are the words that say so, or that are the same, in each account."""

    article_ids: tuple[str, ...]
    why: str
    evidence: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Passages, across articles, that tell the same thing, and where they part.

    `tellings` groups the articles that tell it into independent origins, `origins` says why where
    the claim's own words join them; `silent` are the articles that do not tell it though they were
    long enough to be expected to; `doubtful` the ids of passages that may tell something else.
    """

    id: str
    passages: tuple[Passage, ...]
    tellings: tuple[tuple[str, ...], ...]
    silent: tuple[str, ...]
    differences: tuple[Difference, ...]
    variants: tuple[Variant, ...]
    score: float
    origins: tuple[Origin, ...] = ()
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """Words in no claim that other accounts may tell, in words too different to be sure."""

    article_id: str
    span: Span
    article_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A dated passage on the timeline of a story."""

    article_id: str
    span: Span
    date: str
    claim_id: str | None
    attribution_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """An outlet's words for an actor, `in_quotation` when they are somebody else's; `about` is None
    for a loaded word that is said of no main actor."""

    article_id: str
    span: Span
    about: str | None
    in_quotation: bool
    is_loaded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One independent origin: same wire copy, same interview, same document."""

    id: str
    article_ids: tuple[str, ...]
    why: str
    evidence: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The comparison of one story, the same for any order of its articles.

    `passages` are all passages of all articles in text order; those in no claim are what only one
    account tells, but for those among `echoes`.
    """

    articles: tuple[Article, ...]
    speakers: tuple[Speaker, ...]
    attributions: tuple[Attribution, ...]
    passages: tuple[Passage, ...]
    claims: tuple[Claim, ...]
    timeline: tuple[Event, ...]
    wording: tuple[Wording, ...]
    tellings: tuple[Telling, ...]
    notes: tuple[str, ...] = ()
    echoes: tuple[Echo, ...] = ()
