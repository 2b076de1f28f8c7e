"""Numbers in words and figures, what they count, and whether two agree."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.comparing import agreements, numbers
from retold.comparing.agreements import Agreement
from retold.comparing.numbers import Bound, Number, NumberKind
from retold.types import Span


def _found(text: str) -> tuple[Number, ...]:
    return numbers.find(text, Span(0, len(text))) if text else ()


def _only(text: str) -> Number:
    (number,) = _found(text)
    return number


@pytest.mark.parametrize(
    ("text", "shown", "value", "unit"),
    [
        ("a 48-page report", "48-page", 48, "page"),
        ("the 48-page report details it", "48-page", 48, "page"),
        ("A 48-page report", "48-page", 48, "page"),
        ("some 20-odd boats", "some 20-odd boats", 20, "boat"),
        ("some 1,200 pages", "some 1,200 pages", 1200, "page"),
        (
            "two hundred and forty-one people fled",
            "two hundred and forty-one people",
            241,
            "person",
        ),
        ("it cost $139 million", "$139 million", 139e6, "dollar"),
        ("half a million dollars went", "half a million dollars", 5e5, "dollar"),
        ("only 3.5 percent voted", "3.5 percent", 3.5, "percent"),
        ("nearly two dozen boats", "nearly two dozen boats", 24, "boat"),
        ("a 44-year-old clerk", "44-year-old", 44, "year"),
        ("the third vote this week", "third vote", 3, "vote"),
        ("nearly two-thirds of the boats", "nearly two-thirds", 66.67, "percent"),
        ("a quarter of the boats", "a quarter", 25, "percent"),
    ],
)
def test_a_number_is_found_with_its_value_and_unit(
    text: str, shown: str, value: float, unit: str
) -> None:
    """Words and figures give one value, and the span shows hedge, currency and counted noun."""
    number = _only(text)
    assert (text[number.span.start : number.span.end], number.low, number.unit) == (
        shown,
        value,
        unit,
    )


@pytest.mark.parametrize(
    "text",
    [
        "on Jan. 5, 2014",
        "in 1999 and the 1990s",
        "at 4:30 p.m.",
        "at twenty to eight or half past nine",
        "Section 5 of the act",
        "on Channel 4",
        "an F-16 and COVID-19",
        "call 555-1234",
        "he called 911, and the 911 operator answered",
        "no one came",
        "a woman in her 90s and a man in his mid-30s",
        "it needs a two-thirds majority",
        "a quarter of an hour",
    ],
)
def test_dates_times_and_labels_are_not_numbers(text: str) -> None:
    """What dates, times or names is left to others."""
    assert _found(text) == ()


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("more than 40 boats", Bound.AT_LEAST),
        ("about 40 boats", Bound.ABOUT),
        ("up to 40 boats", Bound.AT_MOST),
        ("dozens of boats", Bound.VAGUE),
        ("40 boats", Bound.EXACT),
    ],
)
def test_a_hedge_says_how_exactly_a_number_is_meant(text: str, bound: Bound) -> None:
    """The words before a number bound it."""
    assert _only(text).bound == bound


def test_a_share_in_words_agrees_with_what_rounds_to_it() -> None:
    """ "Two-thirds" is given roughly: 68 percent is so much, 75 percent is not."""
    share, near, other, word = (
        _only(text) for text in ("two-thirds", "68 percent", "75 percent", "three-quarters")
    )
    assert [agreements.of(share, one) for one in (near, other, word)] == [
        Agreement.COMPATIBLE,
        Agreement.CONFLICT,
        Agreement.CONFLICT,
    ]


def test_a_vote_has_two_sides() -> None:
    """A result is a score, a range of something counted a count."""
    kinds = [(n.kind, n.low, n.high) for n in _found("They voted 218-213 for 40 to 60 hours.")]
    assert kinds == [(NumberKind.SCORE, 218, 213), (NumberKind.COUNT, 40, 60)]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("$139 million", "$141 million", Agreement.CONFLICT),
        ("48 pages", "47 pages", Agreement.CONFLICT),
        ("forty-eight pages", "48 pages", Agreement.SAME),
        ("$140 million", "$139.6 million", Agreement.COMPATIBLE),
        ("more than 40 pages", "48 pages", Agreement.COMPATIBLE),
        ("dozens of pages", "48 pages", Agreement.COMPATIBLE),
        ("48 pages", "47 boats", Agreement.INCOMPARABLE),
        ("48 percent", "47 pages", Agreement.INCOMPARABLE),
    ],
)
def test_two_numbers_agree_within_what_their_writers_mean(
    a: str, b: str, expected: Agreement
) -> None:
    """Rounding and hedges are no conflict, and two things counted are not compared."""
    assert agreements.of(_only(a), _only(b)) == expected


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("between seven and nine years", 7, 9),
        ("seven to nine years", 7, 9),
        ("two or three days", 2, 3),
        ("a stretch of 310 to 3,100 miles", 310, 3100),
        ("3,000-4,000 boats", 3000, 4000),
        ("between 5 and 10 percent", 5, 10),
        ("$2 to $3 million", 2e6, 3e6),
    ],
)
def test_a_range_is_one_number(text: str, low: float, high: float) -> None:
    """From the least to the most, in the measure of the last."""
    number = _only(text)
    assert (number.low, number.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("nineteen and twenty boats", [19, 20]),
        ("it rose from 310 to 3,100 miles", [310, 3100]),
        ("it fell from 20 percent to 15 percent", [20, 15]),
        ("$900 to $3 million", [900, 3e6]),
    ],
)
def test_two_numbers_stay_two(text: str, values: list[float]) -> None:
    """Two counted one after the other, what was and what is, and what is of no one measure."""
    assert [number.low for number in _found(text)] == values


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("at least 40 pages", "120 pages", True),
        ("up to 40 pages", "3 pages", True),
        ("at least 40 pages", "30 pages", False),
        ("nearly nine minutes", "8 minutes and 46 seconds", True),
        ("48 pages", "47 pages", False),
        ("43 percent", "43.4 percent", True),
        ("43 percent", "44 percent", False),
        ("43 percent", "44.4 percent", False),
    ],
)
def test_what_a_bound_does_not_rule_out_can_hold(a: str, b: str, expected: bool) -> None:
    """A least leaves all that is more, a most all that is less."""
    assert agreements.can_both_hold(_only(a), _only(b)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sold $1.5 million to $6 million in stock", [("$1.5 million to $6 million", 1.5e6, 6e6)]),
        ("between 40 and 60 boats sank", [("40 and 60 boats", 40, 60)]),
        (
            "rose from $2 million to $6 million",
            [("$2 million", 2e6, 2e6), ("$6 million", 6e6, 6e6)],
        ),
        ("gave $2 million to 3 banks", [("$2 million", 2e6, 2e6), ("3 banks", 3, 3)]),
        ("knelt 8 minutes and 30 seconds", [("8 minutes and 30 seconds", 8.5, 8.5)]),
        ("two hours, 15 minutes later", [("two hours, 15 minutes", 2.25, 2.25)]),
        ("two boats and 15 minutes", [("two boats", 2, 2), ("15 minutes", 15, 15)]),
    ],
)
def test_two_numerals_may_give_one_value(
    text: str, expected: list[tuple[str, float, float]]
) -> None:
    """Ranges and compound measures are one number; a rise and a list are two."""
    found = [(text[n.span.start : n.span.end], n.low, n.high) for n in _found(text)]
    assert found == expected


@given(st.text(alphabet="0123456789,.-$ %abcdefgh of more than two million five\n", max_size=80))
def test_every_number_lies_in_its_text_in_order(text: str) -> None:
    """Spans are within the text, in order, and apart by their digits."""
    found = _found(text)
    assert all(
        n.span.start <= n.digits.start < n.digits.end <= n.span.end <= len(text) for n in found
    )
    assert all(a.digits.end <= b.digits.start for a, b in itertools.pairwise(found))


def test_a_number_of_too_many_digits_is_none() -> None:
    """What no figure can hold counts nothing, and stops nothing."""
    assert _found("The code " + "9" * 400 + " was sent to 40 people.")[0].low == 40
