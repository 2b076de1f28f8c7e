"""Denials of a few words, of which the labels leave out one in five: “{Holt} {denied} {the claim}.”

What is denied stands before; hardly anything marks the words for it as said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retold import spans
from retold.reading import subjects
from retold.types import Span, Triple

# set, not fitted: all of 18 that it found in 450 stories stood as found
SCORE = 0.6
_DENIED = re.compile(
    r"(?P<cue>\b(?:(?:has|have|had|also|later|then|\w+ly) ){0,3}"
    r"(?:denied|denies|disputed|disputes)) "
    r"(?P<content>(?:that|this|it|them)(?= *[.,;]|$)"
    r"|(?:the|that|this|these|those|any|all|such|all of the|his|her|their)(?: [a-z-]+){0,2}? "
    r"(?:accounts?|accusations?|allegations?|assertions?|charges?|claims?|story|suggestions?|"
    r"wrongdoing)\b|wrongdoing\b)"
)


def found(text: str, bounds: Sequence[Span], told: Sequence[Triple]) -> Iterator[Triple]:
    """The denials of paragraphs that none of the statements holds or tells, in text order."""
    taken = [span for triple in told for span in (*triple.cue, *triple.content)]
    for paragraph in bounds:
        for denial in _DENIED.finditer(text, paragraph.start, paragraph.end):
            whole = Span(*denial.span())
            if any(spans.overlaps(whole, span) for span in taken):
                continue
            first = max(paragraph.start, whole.start - subjects.MAX_LEAD_CHARS)
            end = first + len(text[first : whole.start].rstrip())
            who = subjects.subject(text, Span(first, end)) if first < end else None
            if who is not None:
                cue, content = Span(*denial.span("cue")), Span(*denial.span("content"))
                yield Triple(source=(who,), cue=(cue,), content=(content,), score=SCORE)
