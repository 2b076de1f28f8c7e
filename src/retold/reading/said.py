"""When something was said, apart from when the thing happened that it tells of.

1. The expression of its own: "said on Friday", "told Frost in 2000", "In a speech in May, he said",
   never one within the content.
2. Else the one of the account that the statement goes on with: the same speaker, paragraph after
   paragraph, or "In a November 2021 interview …, Robertson told a story" before it.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass

from retold import spans
from retold.reading import calendar
from retold.text import paragraphs_of, sentences
from retold.types import Article, Span, TimeExpression, Triple

MAX_REACH_CHARS = 120
MAX_LEAD_CHARS = 90
# a week is a time at which one speaks; a decade is not
MAX_DAYS = 366
MAX_QUIET_PARAGRAPHS = 1

# what begins a clause of its own between the cue and the expression, which then dates that clause
_OWN_CLAUSE = re.compile(
    r"[;:—“”\"]|,?\s\b(?:who|whose|which|when|where|while|because|if|that|whether|how|why|what|but"
    r"|and|after|before|since|until|following|ahead of)\s",
    re.IGNORECASE,
)
# "spoke of the 2008 election": of what was said, not when
_TOPIC = re.compile(r"\b(?:about|over|of|on the|regarding)\s+(?:the\s)?$", re.IGNORECASE)
_LEAD_CLAUSE = re.compile(
    r"(?:after|when|since|before|as|while|if|although|though|because|once|until|between|despite)\b",
    re.IGNORECASE,
)
_APPOSITION = re.compile(r",\s*(?:who|whose|which|a|an|the|then|former|now|\d)\b", re.IGNORECASE)
_TOLD = (
    r"(?:also |then |later |first |once )?(?:told|recalled|said|gave|recounted|related|repeated"
    r"|wrote|spoke|mentioned|explained|described|testified|tweeted|argued|claimed)\b"
)
_FRAME = re.compile(rf"\b(?P<name>[A-Z][\w'’-]+)(?:, [^,.;\n]{{1,120}},)? {_TOLD}")
_VENUE = re.compile(
    r"\b(?:interview|speech|statement|letter|address|testimony|conference|hearing|memoir|book|post"
    r"|remarks|tweet|email|e-mail|memo|report|briefing|debate|anecdote|account|told)\b"
)


def said(
    article: Article,
    source: Sequence[Span],
    cue: Sequence[Span],
    content: Sequence[Span],
    times: Sequence[TimeExpression],
) -> TimeExpression | None:
    """The expression that dates the saying itself, None where the text gives none beside it."""
    anchor = _anchor(source, cue)
    return _own(article.text, _Places(article), anchor, source, cue, content, times)


def assign(
    article: Article,
    triples: Sequence[Triple],
    names: Sequence[str | None],
    times: Sequence[TimeExpression],
) -> tuple[TimeExpression | None, ...]:
    """When each of `triples` was said, by itself or by the account that it goes on with.

    Args:
        names: for each triple the name of its speaker, None where it is unresolved.
    """
    places = _Places(article)
    own = [_own_of(article.text, places, triples, at, times) for at in range(len(triples))]
    marks = sorted(
        [
            _Mark(start=triple.content[0].start, name=_last_name(name), index=at, time=time)
            for at, (triple, name, time) in enumerate(zip(triples, names, own, strict=True))
            if triple.parent is None
        ]
        + _frames(article.text, places, triples, times),
        key=lambda mark: (mark.start, mark.index),
    )
    running: dict[str, tuple[TimeExpression, int]] = {}  # by speaker: the time, the last paragraph
    for mark in marks:
        if not mark.name:
            continue
        paragraph = places.paragraph_at(mark.start)
        held = running.get(mark.name)
        if mark.time:
            running[mark.name] = mark.time, paragraph
        elif held and paragraph - held[1] <= 1 + MAX_QUIET_PARAGRAPHS:
            own[mark.index] = held[0]
            running[mark.name] = held[0], paragraph
        else:
            running.pop(mark.name, None)
    return tuple(own)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """A place where somebody speaks: a statement, or (`index` -1) the opening of an account."""

    start: int
    name: str
    index: int
    time: TimeExpression | None


class _Places:
    """The paragraphs of an article, and their sentences once somebody asks."""

    def __init__(self, article: Article) -> None:
        self.text = article.text
        self.paragraphs = paragraphs_of(article)
        self._sentences: dict[int, tuple[Span, ...]] = {}

    def paragraph_at(self, at: int) -> int:
        """The number of the paragraph that holds the character, -1 if none does."""
        number = bisect.bisect_right(self.paragraphs, at, key=lambda p: p.start) - 1
        return number if number >= 0 and at < self.paragraphs[number].end else -1

    def sentences_of(self, paragraph: int) -> tuple[Span, ...]:
        """The sentences of one paragraph."""
        if paragraph not in self._sentences:
            self._sentences[paragraph] = sentences(self.text, self.paragraphs[paragraph])
        return self._sentences[paragraph]

    def sentence_at(self, span: Span) -> Span | None:
        """The sentence, or the sentences together, in which `span` lies."""
        paragraph = self.paragraph_at(span.start)
        if paragraph < 0:
            return None
        touched = [s for s in self.sentences_of(paragraph) if spans.overlaps(s, span)]
        return spans.hull(touched) if touched else None


def _anchor(source: Sequence[Span], cue: Sequence[Span]) -> Span | None:
    return spans.hull([*source, *cue]) if source or cue else None


def _last_name(name: str | None) -> str:
    words = re.findall(r"[\w’'-]+", name or "")
    return words[-1] if words else ""


def _own_of(
    text: str,
    places: _Places,
    triples: Sequence[Triple],
    at: int,
    times: Sequence[TimeExpression],
) -> TimeExpression | None:
    """The expression of one triple; what stands in another's content belongs to that one."""
    triple = triples[at]
    within = triples[triple.parent].content if triple.parent is not None else ()
    usable = [x for x in times if not within or any(spans.contains(o, x.span) for o in within)]
    anchor = _anchor(triple.source, triple.cue)
    return _own(text, places, anchor, triple.source, triple.cue, triple.content, usable)


def _own(
    text: str,
    places: _Places,
    anchor: Span | None,
    source: Sequence[Span],
    cue: Sequence[Span],
    content: Sequence[Span],
    times: Sequence[TimeExpression],
) -> TimeExpression | None:
    if not anchor:
        return None
    sentence = places.sentence_at(anchor)
    if not sentence:
        return None
    held = [*content, *source]
    fitting = [
        (abs(x.span.start - anchor.start), x)
        for x in times
        if spans.contains(sentence, x.span)
        and not any(spans.overlaps(x.span, span) for span in held)
        and is_moment(x)
        and _is_attached(text, sentence, anchor, list(cue), content, x.span)
    ]
    return min(fitting, key=lambda pair: pair[0])[1] if fitting else None


def is_moment(time: TimeExpression) -> bool:
    """True for a time at which one can speak: a day, a week, a year, not "since" or a decade."""
    if time.date is None:
        return True
    ends = calendar.days(time.date)
    return ends is not None and (ends[1] - ends[0]).days <= MAX_DAYS


def _is_attached(
    text: str,
    sentence: Span,
    anchor: Span,
    cue: Sequence[Span],
    content: Sequence[Span],
    at: Span,
) -> bool:
    """True if the expression stands in the clause of the cue."""
    verb = cue[0] if cue else anchor
    if at.start >= verb.end:  # said on Friday
        between = text[verb.end : at.start]
        crossed = any(verb.end <= piece.start < at.start for piece in content)
        return not (
            crossed
            or len(between) > MAX_REACH_CHARS
            or _OWN_CLAUSE.search(between)
            or _TOPIC.search(between)
        )
    if at.end <= verb.start and at.start >= anchor.start:  # Smith on Friday said
        between = text[anchor.start : at.start]
        return not _APPOSITION.search(between) and not _OWN_CLAUSE.search(between)
    lead = text[sentence.start : at.start]  # On Friday, Smith said
    between = text[at.end : anchor.start]
    return (
        at.end <= anchor.start
        and (len(between) <= 2 or "," in between)
        and not _OWN_CLAUSE.search(between)
        and len(lead) <= MAX_LEAD_CHARS
        and not _LEAD_CLAUSE.match(lead)
        and not any(sentence.start <= piece.start < at.start for piece in content)
        and not _OWN_CLAUSE.search(lead)
    )


def _frames(
    text: str, places: _Places, triples: Sequence[Triple], times: Sequence[TimeExpression]
) -> list[_Mark]:
    """The sentences that open an account and say when it was given, with the name of the teller."""
    contents = [piece for triple in triples for piece in triple.content]
    out = []
    for time in times:
        sentence = places.sentence_at(time.span)
        if (
            not sentence
            or not is_moment(time)
            or any(spans.overlaps(time.span, piece) for piece in contents)
        ):
            continue
        frame = _FRAME.search(text, sentence.start, sentence.end)
        around = text[max(sentence.start, time.span.start - 90) : time.span.end + 40]
        if not frame or not _VENUE.search(around):
            continue
        if frame.start() <= time.span.start < frame.end():
            continue  # in what is said of the teller: "Robertson, who served in 2003, told"
        out.append(_Mark(start=sentence.start, name=frame["name"], index=-1, time=time))
    return out
