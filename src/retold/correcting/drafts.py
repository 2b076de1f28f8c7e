"""Corrections made of what a reader sees: a record of the report, and what should be there."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Sequence

from retold.correcting import places
from retold.correcting.records import (
    Correction,
    DateFix,
    Deed,
    Join,
    Part,
    Remark,
    Ruling,
    SpanFix,
    SpeakerFix,
    Split,
)
from retold.errors import FormatError
from retold.reading import calendar
from retold.types import (
    Article,
    Attribution,
    Claim,
    Difference,
    Event,
    Report,
    Span,
    SpeakerKind,
)


def record(deed: Deed, *, who: str, at: dt.datetime) -> Correction:
    """The deed as a record, its id from who did what when."""
    at = at.astimezone(dt.UTC)
    told = f"{who}\0{at.isoformat()}\0{deed!r}"
    id = hashlib.sha256(told.encode()).hexdigest()[:12]
    return Correction(id=id, who=who.strip(), at=at, deed=deed)


def speaker(
    report: Report,
    attribution: Attribution,
    now: str | None,
    *,
    kind: SpeakerKind = SpeakerKind.PERSON,
    original: Attribution | None = None,
) -> SpeakerFix:
    """Whoever made the statement is `now`; None or blank where it cannot be told.

    `original` is the statement before any correction, whose words are held on to.
    """
    name = " ".join((now or "").split()) or None
    return SpeakerFix(
        statement=places.of_statement(report, original or attribution),
        was=speaker_name(report, attribution),
        now=name,
        kind=kind,
    )


def speaker_name(report: Report, attribution: Attribution) -> str | None:
    """The name of whoever made the statement, None where it is not known."""
    names = {s.id: " ".join(s.name.split()) for s in report.speakers}
    return names.get(attribution.speaker_id or "")


def span(
    report: Report,
    attribution: Attribution,
    part: Part,
    pieces: Sequence[str],
    *,
    original: Attribution | None = None,
) -> SpanFix:
    """A part of the statement is these words of the article, each at its nearest place.

    `original` is the statement before any correction, whose words are held on to.

    Raises:
        FormatError: words that do not stand in the article.
    """
    article = _article(report, attribution.article_id)
    was = parts(attribution)[part]
    near = (was or attribution.content)[0].start
    now = []
    for words in pieces:
        found = places.nearest(article.text, words, to=near)
        if found is None:
            raise FormatError(
                f"“{_short(words)}” does not stand in the article.",
                hint="Copy the words from it exactly, a piece a line.",
            )
        now.append(places.anchor(article, found))
        near = found.end
    return SpanFix(
        statement=places.of_statement(report, original or attribution),
        part=part,
        was=tuple(places.anchor(article, s) for s in was),
        now=tuple(now),
    )


def parts(attribution: Attribution) -> dict[Part, tuple[Span, ...]]:
    """The spans of each part of a statement."""
    return {
        Part.SOURCE: attribution.source,
        Part.CUE: attribution.cue,
        Part.CONTENT: attribution.content,
    }


def date(report: Report, event: Event, now: str | None) -> DateFix:
    """What the passage tells happened at `now`, in EDTF; None or blank takes it off the timeline.

    Raises:
        FormatError: no EDTF date.
    """
    date = (now or "").strip() or None
    if date and calendar.days(date) is None:
        raise FormatError(
            f"“{_short(date)}” is no date as retold writes them.",
            hint="Write 2021, 2021-11, 2021-11-05, 1990/1995, or 2004~ for about 2004.",
        )
    article = _article(report, event.article_id)
    return DateFix(
        article_id=article.id,
        passage=places.anchor(article, event.span),
        was=event.date,
        now=date,
    )


def published(article: Article, now: str | None) -> DateFix:
    """The article appeared on the day `now`.

    Raises:
        FormatError: no day.
    """
    day = (now or "").strip() or None
    try:
        told = dt.date.fromisoformat(day).isoformat() if day else None
    except ValueError:
        raise FormatError(f"“{_short(day or '')}” is no day such as 2031-05-05.") from None
    was = article.published.isoformat() if article.published else None
    return DateFix(article_id=article.id, passage=None, was=was, now=told)


def split(report: Report, claim: Claim, apart: Collection[str]) -> Split:
    """Of the passages of the claim, those with the ids `apart` tell something else.

    Raises:
        FormatError: none of them, or all.
    """
    moved = places.of_spans(report, (p for p in claim.passages if p.id in apart))
    if not moved or len(moved) == len(claim.passages):
        raise FormatError(
            "this parts nothing.", hint="Choose some of the passages, and leave some."
        )
    return Split(claim=places.of_claim(report, claim), apart=moved)


def join(report: Report, claim: Claim, other: Claim) -> Join:
    """The two claims tell the same thing."""
    if claim.id == other.id:
        raise FormatError("a claim cannot be joined with itself.", hint="Choose another one.")
    return Join(claim=places.of_claim(report, claim), other=places.of_claim(report, other))


def ruling(report: Report, difference: Difference, *, is_difference: bool) -> Ruling:
    """The difference is one, or is none."""
    values = places.of_spans(report, difference.values)
    return Ruling(facet=difference.facet, values=values, is_difference=is_difference)


def remark(article: Article, span: Span, note: str) -> Remark:
    """A note beside these words."""
    return Remark(about=places.anchor(article, span), note=note.strip())


def _article(report: Report, id: str) -> Article:
    return next(article for article in report.articles if article.id == id)


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:59]}…"
