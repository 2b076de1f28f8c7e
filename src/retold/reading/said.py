"""When something was said, apart from when the thing happened that it tells of.

1. The expression of its own: "said on Friday", "told Frost in 2000", "In a speech in May, he said",
   never one within the content.
2. Else the one of the account that the statement goes on with: the same speaker, paragraph after
   paragraph, or "In a November 2021 interview …, Robertson told a story" before it.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retold import lexicons, spans
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
# "{Asked on} Friday why it broke, Oakes said": he was asked when he said it
_ASKED = re.compile(
    r"(?:when )?(?:asked|pressed|questioned) (?:on |in |late |early )?", re.IGNORECASE
)
_APPOSITION = re.compile(r",\s*(?:who|whose|which|a|an|the|then|former|now|\d)\b", re.IGNORECASE)
_VENUE = re.compile(
    r"\b(?:interview|speech|statement|letter|address|testimony|conference|hearing|memoir|book|post"
    r"|remarks|tweet|e-?mail|memo|briefing|debate|talk)\b"
)
_OPENS_ACCOUNT = re.compile(r"(?:in|at|during|on)\b", re.IGNORECASE)
_TELLER = re.compile(
    r"\b(?P<name>[A-Z][\w'’-]+)(?:, [^,.;\n]{1,120},)? (?:also |then |later |first |once )?"
    r"(?:told|recalled|said|gave|recounted|related|repeated|spoke|explained|described|testified)\b"
)
# "recalled the same anecdote to the Courier in January": an account, and when it was given
_RETOLD = re.compile(
    r"\b(?P<name>[A-Z][\w'’-]+) (?:also |then |later |first |once )?"
    r"(?:told|recalled|gave|recounted|related|repeated) (?:the|a|an|this|that|his|her)"
    r" (?:same |similar )?(?:story|anecdote|account|tale|version)\b[^.;:“”\"\n]{0,80}"
    r" (?:to|with) (?:the )?[A-Z][^.;:“”\"\n]{0,60}(?:in|on) $"
)
# "{On} Friday, {after the dam broke,} Oakes said": the day is that of the main clause
_OPENING = re.compile(
    r"(?:(?:and|but|then|early|late|earlier|later|in|on|at|by|during|the|end|beginning|of) ?)*",
    re.IGNORECASE,
)
_PASSING = re.compile(r", (?:after|as|before|hours|days|when|while)\b[^,;:“”\"]*, ")
# "came a day {after} Oakes said": how long from then on, not when
_FROM_THEN = re.compile(r"\b(?:after|before|since|until)$")
_AND_ON = re.compile(r"\band (?:on|in) $")
_PRONOUN = re.compile(r"(?:he|she|they|it|we|i)$", re.IGNORECASE)


def said(
    article: Article,
    source: Sequence[Span],
    cue: Sequence[Span],
    content: Sequence[Span],
    times: Sequence[TimeExpression],
) -> TimeExpression | None:
    """The expression that dates the saying itself, None where the text gives none beside it."""
    usable = [x for x in times if _is_moment(x, article)]
    return _own(_Places(article), source, cue, content, usable)


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
    usable = [x for x in times if _is_moment(x, article)]
    dated_at = spans.finder(usable, key=lambda time: time.span)
    told_at = spans.finder(
        ((n, piece) for n, triple in enumerate(triples) for piece in triple.content),
        key=lambda told: told[1],
    )
    out = [_own_of(places, triples, at, dated_at, told_at) for at in range(len(triples))]
    marks = _frames(places, triples, usable) + [
        _Mark(start=triple.content[0].start, name=_last_name(name), index=at)
        for at, (triple, name) in enumerate(zip(triples, names, strict=True))
        if triple.parent is None and name
    ]
    running: dict[str, _Account] = {}
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.index)):
        paragraph = places.paragraph_at(mark.start)
        own = mark.time if mark.index < 0 else out[mark.index]
        if own:
            teller = None if mark.index < 0 else names[mark.index]
            is_now = mark.index >= 0 and _is_now(article.text, triples[mark.index])
            running[mark.name] = _Account(own, paragraph, teller, is_now)
            continue
        triple, account = triples[mark.index], running.get(mark.name)
        if not account or not _is_speech(article.text, triple):
            continue
        if account.teller not in (None, names[mark.index]):
            continue  # another of that last name
        if account.teller and _is_now(article.text, triple) and not account.is_now:
            continue  # "On Friday Oakes said … In the film, he {says} …"
        if account.is_continued(places, triple, paragraph):
            out[mark.index] = account.time
            account.paragraph = paragraph
        else:
            del running[mark.name]
    return tuple(out)


@dataclass(slots=True)
class _Account:
    """What one speaker tells at one time, as far as it has been followed; `teller` is None where
    the words that opened it give his last name alone, `is_now` true of what he "says"."""

    time: TimeExpression
    paragraph: int
    teller: str | None
    is_now: bool

    def is_continued(self, places: _Places, triple: Triple, paragraph: int) -> bool:
        """True if `triple` clearly goes on with it.

        An account that was opened ("told a story") lasts until its teller is silent; what was only
        dated goes on within its paragraph, and into the next by a quotation or a pronoun.
        """
        quiet = paragraph - self.paragraph
        if self.teller is None or not quiet:
            return quiet <= 1 + MAX_QUIET_PARAGRAPHS
        opens = triple.content[0].start == places.paragraphs[paragraph].start
        source = (
            places.text[triple.source[0].start : triple.source[-1].end] if triple.source else ""
        )
        return quiet == 1 and (opens or bool(_PRONOUN.match(source)))


def _is_now(text: str, triple: Triple) -> bool:
    """True for "says" and other verbs of the present."""
    words = spans.cut(text, triple.cue[-1]).lower().split() if triple.cue else []
    return any(w.endswith("s") and w in lexicons.words("reporting") for w in words)


def _is_speech(text: str, triple: Triple) -> bool:
    """True for words that were spoken or written, and not merely thought."""
    words = [w for cue in triple.cue for w in spans.cut(text, cue).lower().split()]
    opening = text[triple.content[0].start]
    return opening in '“"‘«' or not lexicons.words("reporting").isdisjoint(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """A place where somebody speaks: a statement, or (`index` -1) the opening of an account."""

    start: int
    name: str
    index: int
    time: TimeExpression | None = None


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


def _last_name(name: str | None) -> str:
    words = re.findall(r"[\w’'-]+", name or "")
    return words[-1] if words else ""


def _own_of(
    places: _Places,
    triples: Sequence[Triple],
    at: int,
    dated_at: Callable[[Span], list[TimeExpression]],
    told_at: Callable[[Span], list[tuple[int, Span]]],
) -> TimeExpression | None:
    """The expression of one triple; what stands in another's content belongs to that one."""
    triple = triples[at]
    if not triple.source and not triple.cue:
        return None
    around = _around(triples, at)
    sentence = places.sentence_at(spans.hull([*triple.source, *triple.cue]))
    times = dated_at(sentence) if sentence else []
    usable = [x for x in times if {n for n, _ in told_at(x.span)} - {at} == around]
    return _own(places, triple.source, triple.cue, triple.content, usable)


def _around(triples: Sequence[Triple], at: int) -> set[int]:
    """The triples in whose contents one stands."""
    held: set[int] = set()
    parent = triples[at].parent
    while parent is not None and parent not in held:
        held.add(parent)
        parent = triples[parent].parent
    return held


def _own(
    places: _Places,
    source: Sequence[Span],
    cue: Sequence[Span],
    content: Sequence[Span],
    times: Sequence[TimeExpression],
) -> TimeExpression | None:
    """The nearest of `times` that stands with source and cue, outside the content."""
    if not source and not cue:
        return None
    anchor = spans.hull([*source, *cue])
    sentence, near = places.sentence_at(anchor), cue[0] if cue else anchor
    if not sentence:
        return None
    fitting = [
        (abs(x.span.start - near.start), x)
        for x in times
        if spans.contains(sentence, x.span)
        and not any(spans.overlaps(x.span, piece) for piece in content)
        and (
            _ends_source(places.text, source, x.span)
            if any(spans.overlaps(x.span, piece) for piece in source)
            else _is_attached(places.text, sentence, anchor, cue, content, x.span)
        )
    ]
    return min(fitting, key=lambda pair: pair[0])[1] if fitting else None


def _ends_source(text: str, source: Sequence[Span], at: Span) -> bool:
    """True for "The Courier on May 3, 2006," where the source was marked too far."""
    piece = next(piece for piece in source if spans.overlaps(at, piece))
    before, after = text[piece.start : at.start], text[at.end : piece.end]
    return not after.strip(" ,") and bool(re.fullmatch(r"[^,;:—–]+ (?:on|in) ", before))


def _is_moment(time: TimeExpression, article: Article) -> bool:
    """True for a time at which one can have spoken: not a decade, "since", or after print."""
    if _FROM_THEN.search(spans.cut(article.text, time.span)):
        return False
    if time.date is None:
        return True
    ends = calendar.days(time.date)
    if ends is None or (ends[1] - ends[0]).days > MAX_DAYS:
        return False
    return article.published is None or ends[0] <= article.published


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
    if any(spans.contains(piece, at) for piece in cue):
        return True
    touches = at.end <= verb.start and text[at.end : verb.start].strip() in ("", ",")
    if touches and _AND_ON.search(text, max(0, at.start - 8), at.start):
        return True  # and on April 6 said
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
    if _ASKED.fullmatch(lead) and between.endswith(", "):
        return True
    opens = _OPENING.fullmatch(lead) is not None
    if opens and _PASSING.fullmatch(between):
        return True
    if not opens and any(at.end <= piece.start < anchor.start for piece in content):
        return False  # "It ended on Friday, {so we met}," Oakes said
    return (
        at.end <= anchor.start
        and (
            between == ", when "
            or ((len(between) <= 2 or "," in between) and not _OWN_CLAUSE.search(between))
        )
        and len(lead) <= MAX_LEAD_CHARS
        and not _LEAD_CLAUSE.match(lead)
        and not any(sentence.start <= piece.start < at.start for piece in content)
        and not _OWN_CLAUSE.search(lead)
    )


def _frames(
    places: _Places, triples: Sequence[Triple], times: Sequence[TimeExpression]
) -> list[_Mark]:
    """The sentences that open an account and say when it was given, with the name of the teller."""
    told_at = spans.finder((p for t in triples for p in t.content), key=lambda piece: piece)
    out = []
    for time in times:
        sentence = places.sentence_at(time.span)
        if not sentence:
            continue
        retold = _RETOLD.search(places.text, sentence.start, time.span.start)
        teller = retold or (
            None if told_at(time.span) else _teller(places.text, sentence, time.span)
        )
        if teller:
            out.append(_Mark(start=sentence.start, name=teller["name"], index=-1, time=time))
    return out


def _teller(text: str, sentence: Span, at: Span) -> re.Match[str] | None:
    """Who tells, in a sentence that opens "In a May 2010 interview with us, Oakes"."""
    comma = text.find(",", at.end, sentence.end)
    opening = Span(sentence.start, comma if comma > 0 else sentence.end)
    if not (
        at.start - sentence.start <= MAX_LEAD_CHARS
        and _OPENS_ACCOUNT.match(text, sentence.start)
        and _VENUE.search(text, opening.start, opening.end)
    ):
        return None
    return _TELLER.search(text, opening.end, sentence.end)
