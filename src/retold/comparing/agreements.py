"""Whether two numbers agree, as they are meant, rounded and hedged; and whether two dates do."""

from __future__ import annotations

from enum import StrEnum
from math import floor, inf, log10

from retold.comparing.numbers import Bound, Number, NumberKind
from retold.comparing.slots import Slot
from retold.reading import calendar
from retold.types import TimeExpression

ROUNDED = 0.5
FAR_APART = 3.0  # of a conflict, where agreeing is 0


class Agreement(StrEnum):
    """SAME: one value. COMPATIBLE: both can be right ("more than 40", "48"). CONFLICT: they
    cannot. INCOMPARABLE: they do not count the same thing."""

    SAME = "same"
    COMPATIBLE = "compatible"
    CONFLICT = "conflict"
    INCOMPARABLE = "incomparable"


def of(a: Number, b: Number) -> Agreement:
    """How the values of two numbers go together, their units taken as they are known."""
    if a.kind is not b.kind or (a.unit and b.unit and a.unit != b.unit):
        return Agreement.INCOMPARABLE
    if (a.low, a.high) == (b.low, b.high):
        return Agreement.SAME if a.bound is b.bound else Agreement.COMPATIBLE
    if a.kind in (NumberKind.SCORE, NumberKind.ORDINAL):
        return Agreement.CONFLICT
    (a_low, a_high), (b_low, b_high) = _reach(a), _reach(b)
    if a_low <= b_high and b_low <= a_high:
        return Agreement.COMPATIBLE
    return Agreement.CONFLICT


def can_both_hold(a: Number, b: Number) -> bool:
    """True for two values of one thing that can both be right as they are written.

    Of "at least 40" and "120" both are, and of "43" and "43.4"; that `of` sets them apart is a
    measure, not a verdict.
    """
    if _is_rounded(a, b) or _is_rounded(b, a):
        return True
    (a_low, a_high), (b_low, b_high) = _allowed(a), _allowed(b)
    return a_low <= b_high and b_low <= a_high


def of_dates(a: TimeExpression | None, b: TimeExpression | None) -> Agreement | None:
    """How two dates go together: one within the other is no conflict, and a day and its anniversary
    that is but reckoned ("Wednesday is the fifth") are two. None if either is unknown."""
    if a is None or b is None or not a.date or not b.date:
        return None
    if a.date == b.date:
        return Agreement.SAME
    days_a, days_b = calendar.days(a.date), calendar.days(b.date)
    if not days_a or not days_b:
        return None
    if days_a[0] <= days_b[1] and days_b[0] <= days_a[1]:
        return Agreement.COMPATIBLE
    if (a.is_relative or b.is_relative) and _are_days_of_a_year(days_a, days_b):
        return Agreement.INCOMPARABLE
    return Agreement.CONFLICT


def go_together(a: Slot, b: Slot) -> bool:
    """True for two numbers or two dates that can both be right and say it otherwise: "forty" is 40,
    but "Tuesday" is not all that "May 6" says."""
    if a.number and b.number:
        return of(a.number, b.number) is Agreement.COMPATIBLE
    return of_dates(a.time, b.time) in (Agreement.SAME, Agreement.COMPATIBLE)


def numbers_apart(a: Slot, b: Slot) -> float:
    """How far the numbers of two slots go apart, from 0 for the same to `FAR_APART`; below 0 where
    a slot has none."""
    found = of(a.number, b.number) if a.number and b.number else None
    return _SCALE[found] if found else _missing(a.number, b.number)


def dates_apart(a: Slot, b: Slot) -> float:
    """How far the dates of two slots go apart, as for numbers."""
    found = of_dates(a.time, b.time)
    return _SCALE[found] if found else _missing(a.time, b.time)


# --- inside ---------------------------------------------------------------------------------------


_SCALE = {
    Agreement.SAME: 0.0,
    Agreement.COMPATIBLE: 1.0,
    Agreement.INCOMPARABLE: 2.0,
    Agreement.CONFLICT: FAR_APART,
}


def _missing(a: object, b: object) -> float:
    return -1.0 + (a is not None) * 0.5 + (b is not None) * 0.5


def _are_days_of_a_year(a: calendar.Days, b: calendar.Days) -> bool:
    """True for the same day of two years."""
    (first, last), (other, end) = a, b
    are_days = first == last and other == end
    return are_days and (first.month, first.day) == (other.month, other.day)


def _is_rounded(whole: Number, exact: Number) -> bool:
    """True for a whole number next to one with a point that rounds to it."""
    is_whole = whole.low == whole.high == floor(whole.low)
    return is_whole and exact.low != floor(exact.low) and abs(exact.low - whole.low) <= ROUNDED


def _allowed(number: Number) -> tuple[float, float]:
    """The values that the number, taken at its word, does not rule out."""
    if number.bound is Bound.AT_LEAST:
        return number.low, inf
    if number.bound is Bound.AT_MOST:
        return 0.0, number.high
    return _reach(number)


def _reach(number: Number) -> tuple[float, float]:
    """The values that the number, as it is meant, leaves open.

    A round number stands for what rounds to it ("$140 million" for $139.6 million); "about" gives
    five in a hundred more.
    """
    low, high = number.low, number.high
    if number.bound is Bound.VAGUE:
        return low, high
    if number.bound is Bound.AT_LEAST:
        return low, low * 1.5
    if number.bound is Bound.AT_MOST:
        return high * 0.5, high
    slack = 0.05 if number.bound is Bound.ABOUT else 0.0
    return (
        low - max(_half_step(low), abs(low) * slack),
        high + max(_half_step(high), abs(high) * slack),
    )


def _half_step(value: float) -> float:
    """Half the step of the last figure that is written, where the number looks rounded.

    Whole numbers under 100 and those with no zeros at the end are meant as they are.
    """
    if value != floor(value):
        decimals = len(f"{value:.6f}".rstrip("0").split(".")[1])
        return 0.5 * 10.0**-decimals
    if value < 100:
        return 0.0
    step = 1.0
    while value % (step * 10) == 0:
        step *= 10
    return step / 2 if step > 1 and log10(step) >= 1 else 0.0
