"""Dates as they are shown."""

from __future__ import annotations

import pytest

from retold.showing import dates


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("2012", "2012"),
        ("2012-05", "2012-05"),
        ("2012-05-06", "2012-05-06"),
        ("2012-22", "summer 2012"),
        ("2012-24~", "about winter 2012"),
        ("2004~", "about 2004"),
        ("2004?", "perhaps 2004"),
        ("2004%", "perhaps about 2004"),
        ("1990/1995", "1990–1995"),
        ("1990/1993~", "1990 – about 1993"),
        ("2012-01/2012-03", "2012-01 – 2012-03"),
        ("../2031", "until 2031"),
        ("2031/..", "from 2031"),
        ("199X", "1990s"),
        ("19XX", "1900–1999"),
        ("-0043", "44 BCE"),
        ("0000~~", "0000~~"),
        ("", ""),
        ("no date", "no date"),
    ],
)
def test_a_date_is_shown_in_words(date: str, shown: str) -> None:
    """Seasons, doubts and stretches are said; years, months and days stay."""
    assert dates.words(date) == shown
