"""Spans that overlap, flattened into segments that do not; and stretches cut to a length."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from retold import spans
from retold.reading import hidden
from retold.types import Span

Key = TypeVar("Key")
HIDDEN_CHARS = 2000  # that a page hides at one place, at the most
ENDS = (".", "!", "?", "…", "”", "’", '"', "'")  # of a sentence, or of what is quoted


@dataclass(frozen=True, slots=True)
class Segment(Generic[Key]):
    """A stretch of text under one set of marks, in the order in which they were given.

    `opens` are those of `keys` whose span begins here.
    """

    span: Span
    keys: tuple[Key, ...]
    opens: tuple[Key, ...]


def flatten(bounds: Span, marks: Iterable[tuple[Span, Key]]) -> tuple[Segment[Key], ...]:
    """Segments that cover `bounds` without gap or overlap, split where a mark begins or ends."""
    clipped = [
        (inside, key, span.start)
        for span, key in marks
        if (inside := spans.clip(span, bounds)) is not None
    ]
    edges = sorted(
        {bounds.start, bounds.end}.union(*((s.start, s.end) for s, _, _ in clipped))
        if clipped
        else {bounds.start, bounds.end}
    )
    starting: dict[int, list[int]] = {}
    for number, (span, _, _) in enumerate(clipped):
        starting.setdefault(span.start, []).append(number)
    out: list[Segment[Key]] = []
    active: list[int] = []
    for start, end in pairwise(edges):
        active = [n for n in active if clipped[n][0].end > start] + starting.get(start, [])
        active.sort()
        out.append(
            Segment(
                span=Span(start, end),
                keys=tuple(clipped[n][1] for n in active),
                opens=tuple(clipped[n][1] for n in active if clipped[n][2] == start),
            )
        )
    return tuple(out)


def around(text: str, focus: Span, within: Span, *, reach: int) -> Span:
    """`focus` with up to `reach` characters of `within` on either side, cut between words.

    The result holds `focus` whole and no line break that `focus` does not hold.
    """
    low, high = min(within.start, focus.start), max(within.end, focus.end)
    start, end = max(low, focus.start - reach), min(high, focus.end + reach)
    start = max(start, text.rfind("\n", start, focus.start) + 1)
    stop = text.find("\n", focus.end, end)
    end = stop if stop >= 0 else end
    if start > low and not text[start - 1].isspace():
        blank = _first_blank(text, start, focus.start)
        start = focus.start if blank is None else blank + 1
    if end < high and not text[end].isspace():
        blank = _last_blank(text, focus.end, end)
        end = focus.end if blank is None else blank
    inner = spans.snap(text, Span(start, end))
    return spans.hull((inner, focus)) if inner else focus


def unseen(text: str, span: Span) -> tuple[Span, ...]:
    """The stretches within `span` that the page hides from its readers, in text order."""
    if text.find("\n", span.start, span.end) >= 0:
        return tuple(hidden.within(text, span))
    line = line_of(text, span)
    near = Span(max(line.start, span.start - HIDDEN_CHARS), min(line.end, span.end + HIDDEN_CHARS))
    found = (spans.clip(each, span) for each in hidden.within(text, near))
    return tuple(each for each in found if each is not None)


def shorten(text: str, span: Span, *, length: int) -> Span:
    """The beginning of `span`, at most `length` characters besides what the page hides, cut between
    words, on one line."""
    stop = text.find("\n", span.start, span.end)
    end = stop if stop > span.start else span.end
    for each in unseen(text, Span(span.start, end)) if end > span.start else ():
        length += len(each) if each.start < span.start + length else 0
    if end - span.start > length:
        blank = _last_blank(text, span.start + 1, span.start + length + 1)
        end = blank if blank is not None else span.start + length
    return spans.snap(text, Span(span.start, end)) or span


def whole_of(text: str, span: Span) -> Span:
    """The span, wider by the rest of its line on each side on which it breaks off in a sentence:
    before a small letter, behind a word or a comma that no mark of an end follows."""
    line = line_of(text, span)
    first, last = text[span.start], text[span.end - 1]
    before, after = text[line.start : span.start], text[span.end : line.end]
    goes_on = last.isalnum() or last in ",;:-–—"
    is_ended = after.lstrip(",;").startswith(ENDS)
    return Span(
        line.start if before.strip() and first.islower() else span.start,
        line.end if after.strip() and goes_on and not is_ended else span.end,
    )


def line_of(text: str, span: Span) -> Span:
    """The line, from break to break, that holds the beginning of `span`; all of `span` with it."""
    start = text.rfind("\n", 0, span.start) + 1
    stop = text.find("\n", span.end)
    return Span(start, stop if stop >= 0 else len(text))


def _first_blank(text: str, start: int, end: int) -> int | None:
    return next((i for i in range(start, end) if text[i].isspace()), None)


def _last_blank(text: str, start: int, end: int) -> int | None:
    return next(
        (i for i in range(min(end, len(text)) - 1, start - 1, -1) if text[i].isspace()), None
    )
