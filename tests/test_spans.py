"""Arithmetic on spans."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold import spans
from retold.errors import SpanError
from retold.types import Span

some = st.builds(
    lambda start, length: Span(start, start + length), st.integers(0, 3000), st.integers(1, 900)
)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (4, 2)])
def test_a_span_that_holds_nothing_is_refused(start: int, end: int) -> None:
    """A span runs from a place in the text to a later one."""
    with pytest.raises(SpanError):
        Span(start, end)


@given(some, some)
def test_two_spans_overlap_where_they_share_characters(a: Span, b: Span) -> None:
    """Overlapping, sharing and clipping agree."""
    common = spans.clip(a, b)
    assert spans.overlaps(a, b) == (spans.shared(a, b) > 0) == (common is not None)
    assert common is None or len(common) == spans.shared(a, b)


@given(st.lists(some), some)
def test_what_is_found_near_is_what_a_search_of_all_finds(held: list[Span], span: Span) -> None:
    """The finder gives just those that overlap, in their order."""
    find = spans.finder(held, key=lambda each: each)
    assert find(span) == [each for each in held if spans.overlaps(each, span)]


@given(st.lists(some, min_size=1), st.integers(0, 20))
def test_merged_spans_lie_apart(held: list[Span], gap: int) -> None:
    """Merged spans are in order, further apart than the gap, and hold all that was given."""
    merged = spans.merge(held, gap=gap)
    assert all(a.end + gap < b.start for a, b in itertools.pairwise(merged))
    assert all(any(spans.contains(m, each) for m in merged) for each in held)
    assert spans.hull(merged) == spans.hull(held)


def test_a_blank_span_snaps_to_nothing() -> None:
    """Blanks at the ends are left out; all blanks are nothing."""
    assert spans.snap("  a b ", Span(0, 6)) == Span(2, 5)
    assert spans.snap("    ", Span(1, 3)) is None
