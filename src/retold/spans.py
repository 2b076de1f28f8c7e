"""Arithmetic on spans. Nothing here knows what a span means."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from retold.types import Span

T = TypeVar("T")

SHELF_CHARS = 512


def contains(outer: Span, inner: Span) -> bool:
    """True if every character of `inner` is one of `outer`."""
    return outer.start <= inner.start and inner.end <= outer.end


def overlaps(a: Span, b: Span) -> bool:
    """True if the two share a character."""
    return a.start < b.end and b.start < a.end


def shared(a: Span, b: Span) -> int:
    """The number of characters that the two share."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def clip(span: Span, bounds: Span) -> Span | None:
    """The part of `span` within `bounds`, None if there is none."""
    start, end = max(span.start, bounds.start), min(span.end, bounds.end)
    return Span(start, end) if start < end else None


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span that holds all of `spans`, of which there is at least one."""
    held = tuple(spans)
    return Span(min(s.start for s in held), max(s.end for s in held))


def snap(text: str, span: Span) -> Span | None:
    """`span` without the blanks at its ends, None if it is all blank."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def cut(text: str, span: Span) -> str:
    """The characters of `span`: the contract, in one place."""
    return text[span.start : span.end]


def merge(spans: Iterable[Span], *, gap: int = 0) -> tuple[Span, ...]:
    """The spans in order, those that touch or lie at most `gap` characters apart made one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end + gap:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def finder(held: Iterable[T], *, key: Callable[[T], Span]) -> Callable[[Span], list[T]]:
    """A function that gives those of `held` that share a character with a span, in their order.

    It looks at what stands near the span only, so that a book is no slower by the page than a page.
    """
    shelves: dict[int, list[tuple[int, T]]] = {}
    for number, each in enumerate(held):
        span = key(each)
        for shelf in range(span.start // SHELF_CHARS, (span.end - 1) // SHELF_CHARS + 1):
            shelves.setdefault(shelf, []).append((number, each))

    def find(span: Span) -> list[T]:
        near: dict[int, T] = {}
        for shelf in range(span.start // SHELF_CHARS, (span.end - 1) // SHELF_CHARS + 1):
            near.update(shelves.get(shelf, ()))
        return [near[number] for number in sorted(near) if overlaps(key(near[number]), span)]

    return find
