"""Dates as a reader would say them; files keep them as they are, in EDTF."""

from __future__ import annotations

import re

SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
DOUBTS = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}
_SEASON = re.compile(r"(\d{4})-(2[1-4])")
_UNNUMBERED = re.compile(r"(\d{2}|\d{3})(X+)")


def words(date: str) -> str:
    """`summer 2012` for `2012-22`, `about 2004` for `2004~`, `1990–1995` for `1990/1995`.

    Years, months and days stay as ISO 8601 writes them; what is no EDTF stays as it is.
    """
    start, slash, end = date.partition("/")
    if not slash:
        return _one(date)
    if start == "..":
        return f"until {_one(end)}"
    if end == "..":
        return f"from {_one(start)}"
    between = "–" if start.isdecimal() and end.isdecimal() else " – "
    return f"{_one(start)}{between}{_one(end)}"


def _one(date: str) -> str:
    plain = date.rstrip("~?%")
    doubt = DOUBTS.get(date[len(plain) :], "")
    if season := _SEASON.fullmatch(plain):
        return f"{doubt}{SEASONS[season[2]]} {season[1]}"
    if era := _UNNUMBERED.fullmatch(plain):
        years = len(era[2])
        return f"{doubt}{era[1]}0s" if years == 1 else f"{doubt}{era[1]}00–{era[1]}99"
    if re.fullmatch(r"-\d{4}", plain):
        return f"{doubt}{1 - int(plain)} BCE"  # EDTF has a year nought, and no calendar of people
    return f"{doubt}{plain}" if doubt or plain == date else date
