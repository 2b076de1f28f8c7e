"""The events of a story in the order in which they happened, by what each account says itself."""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Sequence

from retold import spans, text
from retold.reading import calendar
from retold.types import Claim, Event, Passage, Reading, Span, TimeExpression

MIN_CLAUSE_CHARS = 40
# what is longer than two decades is an age, not an event
MAX_DAYS = 20 * 366
# where a sentence comes apart without losing the sense of its parts
_JOINT = re.compile(
    r"(?:\s(?:and|but|or))?(?:[;:]\s|\s[—–]\s|—"
    r"|,\s(?:(?:and|but|so|yet)\s|(?=(?:while|whereas|although|though|after|before|nor)\s)"
    r"|(?=(?P<relative>who|which|when|where)\s)))",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"(?:who|which)\b[^,]*,")


def draw(readings: Sequence[Reading], claims: Sequence[Claim]) -> tuple[Event, ...]:
    """Every dated passage of the story, by first day, then the narrower date, article and place.

    What keeps no date (“a few months before the conversation”) is not among them.
    """
    order = {reading.article.id: at for at, reading in enumerate(readings)}
    found = [event for reading in readings for event in _events(reading, claims)]
    return tuple(sorted(found, key=lambda e: (calendar.order(e.date), order[e.article_id], e.span)))


def _events(reading: Reading, claims: Sequence[Claim]) -> list[Event]:
    """The events of one article, in text order."""
    article = reading.article
    said = {x.said.span: x.id for x in reversed(reading.attributions) if x.said}
    held = [p for claim in claims for p in claim.passages if p.article_id == article.id]
    owner = {p.id: claim.id for claim in claims for p in claim.passages}
    out = []
    for expression, sentence in _placed(reading):
        if not _is_placed(expression.date):
            continue
        passage = _passage_of(expression, held)
        event = Event(
            article_id=article.id,
            span=clause(article.text, sentence, expression.span),
            date=str(expression.date),
            claim_id=owner[passage.id] if passage else None,
            attribution_id=said.get(expression.span),
        )
        if event not in out:
            out.append(event)
    return out


def _is_placed(date: str | None) -> bool:
    """True for a date that puts an event somewhere; "in the 21st century" does not."""
    ends = calendar.days(date) if date else None
    if not ends:
        return False
    is_open = dt.date.max in ends or dt.date.min in ends
    return is_open or (ends[1] - ends[0]).days <= MAX_DAYS


def _placed(reading: Reading) -> list[tuple[TimeExpression, Span]]:
    """Each time expression with the sentence in which it stands."""
    article = reading.article
    out = []
    for paragraph in text.paragraphs_of(article):
        start = bisect.bisect_left(reading.times, paragraph.start, key=lambda x: x.span.start)
        end = bisect.bisect_left(reading.times, paragraph.end, key=lambda x: x.span.start)
        within = reading.times[start:end]
        if not within:
            continue
        sentences = text.sentences(article.text, paragraph)
        for expression in within:
            touched = [s for s in sentences if spans.overlaps(s, expression.span)]
            out.append((expression, spans.hull(touched) if touched else expression.span))
    return out


def clause(words: str, sentence: Span, expression: Span) -> Span:
    """The part of `sentence` between two joints that holds `expression`, never a mere scrap."""
    start, end = sentence.start, sentence.end
    for joint in _JOINT.finditer(words, sentence.start, sentence.end):
        if joint.end() <= expression.start and sentence.end - joint.end() >= MIN_CLAUSE_CHARS:
            start = joint.end()
        elif joint.start() >= expression.end and joint.start() - start >= MIN_CLAUSE_CHARS:
            # what goes on after "George Robertson, who led it, told" is the same clause
            if joint["relative"] and "," in words[joint.end() : sentence.end]:
                continue
            end = joint.start()
            break
    aside = _ASIDE.match(words, start, end)
    if aside and aside.end() - 1 >= expression.end:  # ", who led it from 1999 to 2003, said"
        end = aside.end() - 1
    if end - start < MIN_CLAUSE_CHARS:
        return sentence
    return spans.snap(words, Span(start, end)) or sentence


def _passage_of(expression: TimeExpression, held: Sequence[Passage]) -> Passage | None:
    """The smallest passage of a claim that holds the expression."""
    around = [p for p in held if spans.overlaps(p.span, expression.span)]
    return min(around, key=lambda p: (len(p.span), p.span, p.id)) if around else None
