"""Calendar values: where they begin and end, and how they are written."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.reading import calendar


@pytest.mark.parametrize(
    ("value", "part", "date"),
    [
        ("1998", "", "1998"),
        ("1998-02", "", "1998-02"),
        ("1998-02-06TNI", "", "1998-02-06"),
        ("1998-W05", "", "1998-01-26/1998-02-01"),
        ("1998-W05-WE", "", "1998-01-31/1998-02-01"),
        ("1998-Q3", "", "1998-07/1998-09"),
        ("1998-FA", "", "1998-23"),
        ("199", "", "1990/1999"),
        ("19", "", "1901/2000"),
        ("199", "late", "1997~/1999"),
        ("1998", "early", "1998-01/1998-04~"),
        ("1998-02", "end", "1998-02-28~"),
        ("1998", "~", "1998~"),
        ("1998-02-30", "", None),
        ("P3D", "", None),
    ],
)
def test_edtf(value: str, part: str, date: str | None) -> None:
    """A TIMEX3 value prints as EDTF of its own precision, or not at all."""
    assert calendar.edtf(value, part) == date


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2000", "2000-01-01", "2000-12-31"),
        ("2021-11", "2021-11-01", "2021-11-30"),
        ("1990/1993~", "1990-01-01", "1993-12-31"),
        ("2004~", "2004-01-01", "2004-12-31"),
        ("2011-22", "2011-06-01", "2011-08-31"),
        ("1954/..", "1954-01-01", "9999-12-31"),
        ("../1954", "0001-01-01", "1954-12-31"),
        ("199X", "1990-01-01", "1999-12-31"),
    ],
)
def test_days(date: str, first: str, last: str) -> None:
    """An EDTF date reaches from its first day to its last."""
    assert calendar.days(date) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize("date", ["", "soon", "2003/1999", "1998-W05", "2000/2001/2002", "2000-13"])
def test_not_a_date(date: str) -> None:
    """What is no EDTF date of this project's kind has no days."""
    assert calendar.days(date) is None


UNIT = st.sampled_from([*calendar.UNITS, "weekend"])


@given(st.dates(), UNIT)
def test_unit_holds_its_day(day: dt.date, unit: str) -> None:
    """The unit at a day holds it; the weekend of a day lies in its week."""
    ends = calendar.span_of(calendar.unit_at(day, 0, unit) or "")
    assert ends
    held = calendar.unit_at(ends[0], 0, "week") == calendar.unit_at(day, 0, "week")
    assert held if unit == "weekend" else ends[0] <= day <= ends[1]


@given(st.dates(), st.integers(-(10**7), 10**7), UNIT)
def test_moving_stays_on_the_calendar(day: dt.date, count: int, unit: str) -> None:
    """However far one goes, there is a value on the calendar or none."""
    value = calendar.unit_at(day, count, unit)
    assert value is None or calendar.span_of(value)


@given(st.dates(), UNIT, st.sampled_from(["", "~", "early", "mid", "late", "start", "end"]))
def test_edtf_is_read_back(day: dt.date, unit: str, part: str) -> None:
    """What is written as EDTF is read again, and lies within the value."""
    value = calendar.unit_at(day, 0, unit) or ""
    whole, read = calendar.span_of(value), calendar.days(calendar.edtf(value, part) or "")
    assert whole
    assert read
    assert read[0] >= whole[0]
    assert unit == "century" or read[1] <= whole[1]  # the 20th century ends with the year 2000


def test_order() -> None:
    """The earlier first day comes first, then the narrower date; of two years before the common
    era the one farther off; what is no date comes last."""
    dates = ["-0044", "-0043", "0987-05-03", "1950/1959", "1954", "1954/..", "2004~", "soon"]
    assert sorted(set(dates), key=calendar.order) == dates
