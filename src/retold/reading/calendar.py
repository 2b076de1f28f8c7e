"""Arithmetic on calendar values: where they begin and end, what lies n units away, how they print.

A value is written as TIMEX3 writes it (TimeML 1.2.1): `1998`, `1998-02`, `1998-02-06`, `1998-W05`,
`1998-W05-WE`, `1998-Q3`, `1998-SU`, `199` (a decade), `19` (a century), `1998-02-06TNI` (a part
of a day). What leaves this project is EDTF (ISO 8601-2), made by `edtf` and read by `days`.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # the month in which each begins
EDTF_SEASONS = {"21": "SP", "22": "SU", "23": "FA", "24": "WI"}
UNITS = ("day", "week", "month", "quarter", "year", "decade", "century")

_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:"
    r"W(?P<week>\d\d)(?P<weekend>-WE)?|Q(?P<quarter>[1-4])|(?P<season>SP|SU|FA|WI)"
    r"|(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T.*)?)?))?$"
)
Days = tuple[dt.date, dt.date]

# --- making values --------------------------------------------------------------------------------


def of_day(day: dt.date) -> str:
    """The value of one day."""
    return day.isoformat()


def of_month(year: int, month: int) -> str:
    """The value of one month; months beyond twelve run into the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return f"{year:04}-{month:02}"


def of_week(day: dt.date) -> str:
    """The value of the ISO week, Monday to Sunday, that holds `day`."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def of_quarter(year: int, quarter: int) -> str:
    """The value of a quarter; quarters below one run into the year before."""
    year, quarter = year + (quarter - 1) // 4, (quarter - 1) % 4 + 1
    return f"{year:04}-Q{quarter}"


def exists(year: int, month: int, day: int) -> bool:
    """True if the calendar has that day."""
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


# --- reading values -------------------------------------------------------------------------------


def unit_of(value: str) -> str:
    """The unit that `value` names: one of UNITS, or `season`."""
    if re.fullmatch(r"\d{2}", value):
        return "century"
    if re.fullmatch(r"\d{3}", value):
        return "decade"
    found = _VALUE.match(value)
    if not found:
        return ""
    if found["week"]:
        return "week"
    for name in ("quarter", "season", "day", "month"):
        if found[name]:
            return name
    return "year"


def _month_days(year: int, first: int, last: int) -> Days:
    return dt.date(year, first, 1), dt.date(year, last, monthrange(year, last)[1])


def span_of(value: str) -> Days | None:
    """The first and the last day of a TIMEX3 value, None if it names no stretch of the calendar."""
    if re.fullmatch(r"\d{2,3}", value):
        size = 10 ** (4 - len(value))
        first = int(value) * size
        return (dt.date(max(first, 1), 1, 1), dt.date(first + size - 1, 12, 31))
    found = _VALUE.match(value)
    if not found or int(found["year"]) < 1:
        return None
    year = int(found["year"])
    if found["week"]:
        if int(found["week"]) > dt.date(year, 12, 28).isocalendar().week or found["week"] == "00":
            return None
        monday = dt.date.fromisocalendar(year, int(found["week"]), 1)
        first = add_days(monday, 5 if found["weekend"] else 0)
        return (first or monday), (add_days(monday, 6) or dt.date.max)
    if found["quarter"]:
        last = 3 * int(found["quarter"])
        return _month_days(year, last - 2, last)
    if found["season"]:
        first = SEASONS[found["season"]]
        if first == 12:
            return dt.date(year, 12, 1), dt.date(min(year + 1, 9999), 2, 28)
        return _month_days(year, first, first + 2)
    if found["day"]:
        if not exists(year, int(found["month"]), int(found["day"])):
            return None
        day = dt.date(year, int(found["month"]), int(found["day"]))
        return day, day
    if found["month"]:
        month = int(found["month"])
        return _month_days(year, month, month) if 1 <= month <= 12 else None
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


# --- moving ---------------------------------------------------------------------------------------


def add_months(day: dt.date, months: int) -> dt.date | None:
    """The same day `months` later, or the month's last; None beyond the calendar."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    if not 1 <= year <= 9999:
        return None
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_days(day: dt.date, days: int) -> dt.date | None:
    """The day `days` later, None beyond the calendar."""
    ordinal = day.toordinal() + days
    return dt.date.fromordinal(ordinal) if 1 <= ordinal <= dt.date.max.toordinal() else None


def unit_at(day: dt.date, count: int, unit: str) -> str | None:
    """The value of the `unit` that lies `count` units from the one that holds `day`.

    None beyond the calendar.
    """
    if unit == "day":
        moved = add_days(day, count)
        return of_day(moved) if moved else None
    if unit == "week":
        moved = add_days(day, 7 * count)
        return of_week(moved) if moved else None
    if unit == "weekend":
        week = unit_at(day, count, "week")
        return f"{week}-WE" if week else None
    if unit == "month":
        moved = add_months(day.replace(day=1), count)
        return of_month(moved.year, moved.month) if moved else None
    if unit == "quarter":
        moved = add_months(day.replace(day=1), 3 * count)
        return of_quarter(moved.year, (moved.month + 2) // 3) if moved else None
    size = {"year": 1, "decade": 10, "century": 100}[unit]
    year = day.year + size * count
    if not 1 <= year <= 9999:
        return None
    return f"{year:04}"[: {"year": 4, "decade": 3, "century": 2}[unit]]


def widen(value: str, unit: str) -> str | None:
    """The `unit` that holds `value`, None where `value` is the larger one or spans several."""
    ends = span_of(value)
    if not ends:
        return None
    first, last = (unit_at(end, 0, unit) for end in ends)
    return first if first == last else None


# --- EDTF -----------------------------------------------------------------------------------------

# The stretch that "early", "mid" and "late" mean is a convention; the "~" says that it is one.
# A stretch is given in parts of the whole: years of a decade or century, months of a year, days.
_STRETCHES = {
    "century": {"early": (1, 33), "mid": (34, 66), "late": (67, 100)},
    "decade": {"early": (0, 3), "mid": (4, 6), "late": (7, 9)},
    "year": {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "start": (1, 1), "end": (12, 12)},
    "month": {
        "early": (1, 10),
        "mid": (11, 20),
        "late": (21, 31),
        "end": (31, 31),
        "start": (1, 1),
    },
}


def _stretch(value: str, part: str) -> str | None:
    """EDTF of the `part` of `value`: "early 1990s" is `1990/1993~`."""
    unit = unit_of(value)
    first, last = _STRETCHES.get(unit, {}).get(part, (0, 0))
    if not last:
        return None
    if unit in ("decade", "century"):
        base = int(value) * (10 if unit == "decade" else 100)
        start, end = f"{max(base + first, 1):04}", f"{min(base + last, 9999):04}"
    elif unit == "year":
        start, end = of_month(int(value), first), of_month(int(value), last)
    else:
        days = monthrange(int(value[:4]), int(value[5:7]))[1]
        start, end = f"{value}-{min(first, days):02}", f"{value}-{min(last, days):02}"
    if start == end:
        return f"{start}~"
    if part in ("early", "start"):
        return f"{start}/{end}~"
    return f"{start}~/{end}~" if part == "mid" else f"{start}~/{end}"


def edtf(value: str, part: str = "") -> str | None:
    """EDTF of a TIMEX3 value, or of its `part`: early, mid, late, start, end, or `~` for "about".

    Weeks and quarters, which EDTF level 1 cannot name, become intervals.
    """
    if value.startswith("-"):  # a year before the common era, astronomically counted
        return value
    ends = span_of(value)
    if not ends:
        return None
    if part and part != "~":
        stretch = _stretch(value, part)
        if stretch:
            return stretch
    mark = "~" if part == "~" else ""
    unit = unit_of(value)
    if unit == "century":  # the 20th century is 19 in TIMEX3, and runs from 1901 to 2000
        return f"{int(value) * 100 + 1:04}/{min(int(value) * 100 + 100, 9999):04}"
    if unit == "decade":
        return f"{ends[0].year:04}/{ends[1].year:04}"
    if unit == "week":
        return f"{ends[0]}/{ends[1]}"
    if unit == "quarter":
        return f"{of_month(ends[0].year, ends[0].month)}/{of_month(ends[1].year, ends[1].month)}"
    if unit == "season":
        number = next(k for k, v in EDTF_SEASONS.items() if v == value[5:])
        return f"{value[:4]}-{number}"
    return value[:10] + mark


def days(date: str) -> Days | None:
    """The first and the last day of an EDTF date as this project writes them.

    An open end reaches to the end of the calendar, and what came before the common era lies on its
    first day. None if `date` is not in that form.
    """
    start, slash, end = date.partition("/")
    if slash:
        first = (dt.date.min, dt.date.min) if start == ".." else days(start)
        last = (dt.date.max, dt.date.max) if end == ".." else days(end)
        if "/" in end or not first or not last or first[0] > last[1]:
            return None
        return first[0], last[1]
    plain = date.rstrip("~?%")
    if re.fullmatch(r"-\d{4}", plain):
        return dt.date.min, dt.date.min
    if len(plain) == 7 and plain[5:] in EDTF_SEASONS:
        plain = f"{plain[:5]}{EDTF_SEASONS[plain[5:]]}"
    if plain.endswith("X") and re.fullmatch(r"\d{3}X|\d{2}XX", plain):
        plain = plain.rstrip("X")
    return span_of(plain) if unit_of(plain) and not re.search(r"[WQT]", plain) else None


def order(date: str) -> tuple[int, Days]:
    """The key by which EDTF dates are in order: an earlier first day, then the narrower date.

    What came before the common era is told apart by its year alone; what is no date comes last.
    """
    before = int(date[:5]) if re.match(r"-\d{4}", date) else 0
    return before, days(date) or (dt.date.max, dt.date.max)
