"""The words of which time expressions are made, as fragments of patterns and as numbers."""

from __future__ import annotations

import datetime as dt
import re

from retold.reading import calendar

_MONTH_STEMS = {name[:3]: number for number, name in enumerate(calendar.MONTHS, start=1)}
_WEEKDAY_STEMS = {name[:3]: number for number, name in enumerate(calendar.WEEKDAYS)}
_SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
_DAY_PARTS = {
    "morning": "TMO",
    "afternoon": "TAF",
    "evening": "TEV",
    "night": "TNI",
    "midday": "TMI",
}

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_COUNTS: dict[str, float] = {word: number for number, word in enumerate(_ONES)}
_COUNTS |= {word: 10.0 * number for number, word in enumerate(_TENS, start=2)}
_COUNTS |= {"a": 1, "an": 1, "half a": 0.5, "half": 0.5, "a half": 0.5}
_COUNTS |= {
    "couple": 2,
    "a couple": 2,
    "a couple of": 2,
    "couple of": 2,
    "dozen": 12,
    "a dozen": 12,
}

ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
}

_ONES_PATTERN = "|".join(sorted(_ONES[1:], key=len, reverse=True))
_NUMBER = (
    rf"(?:\d{{1,3}}(?:\.\d)?|(?i:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_ONES[1:10])}))?"
    rf"|{_ONES_PATTERN}|hundred))"
)
_VAGUE = r"(?i:a few|few|several|many|some|a number of|a handful of|numerous|countless)"

FRAGMENTS = {
    # "may" and "march" in lower case are verbs; a short form needs its point or a number after it
    "month": r"(?P<month>(?i:january|february|april|june|july|september|october|november|december)"
    r"|March|MARCH|May|MAY|August|AUGUST"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)(?:\.|(?= [\d])))",
    "day": r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)",
    "day2": r"(?P<day2>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)",
    "year": r"(?P<year>1\d{3}|2[01]\d{2})(?![\d%]|[.,]\d)",
    "weekday": r"(?P<weekday>(?i:monday|tuesday|wednesday|wednedsay|thursday|friday|saturday"
    r"|sunday))",
    "wd": r"(?P<weekday>(?i:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"|(?:Mon|Tues|Tue|Wed|Thurs|Thur|Thu|Fri|Sat|Sun)\b\.?)",
    "season": r"(?P<season>(?i:spring|summer|fall|autumn|winter))",
    "daypart": r"(?P<daypart>(?i:morning|afternoon|evening|night|midday))s?",
    "unit": r"(?P<unit>(?i:day|week|month|quarter|year|decade|century|weekend))",
    "units": r"(?P<unit>(?:minute|hour"
    r"|(?i:day|week|month|quarter|year|decade|centurie|century))s?)",
    "calendar-unit": r"(?P<unit>(?i:day|week|month|quarter|year|decade|centurie|century)s?)",
    "count": rf"(?P<count>{_NUMBER}(?: (?i:and a half|1/2|½))?|(?i:a couple of|a couple|couple of"
    rf"|half a|a half|a dozen|an?)|{_VAGUE})",
    "part": r"(?:(?P<part>(?i:early|earlier|mid|middle|late|later|beginning|start|end|close))"
    r"(?:-| )(?:(?i:of|in|on) )?(?:(?i:the) )?)",
    "about": r"(?:(?P<about>(?i:about|around|roughly|nearly|almost|some|approximately|circa|more"
    r" than|less than|over|at least|just over|just under|c\.)) )",
}

# one of these words stands in every expression; the name of the group is what a rule `needs`
TRIGGERS = re.compile(
    r"(?P<digit>\d)|\b(?:(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec(?!ad))"
    r"|(?P<weekday>mon(?!th)|tue|wed|thu|fri|sat|sun)|(?P<season>spring|summer|fall|autumn|winter)"
    r"|(?P<named>today|yesterday|tomorrow|tonight)|(?P<noon>noon|midnight)"
    r"|(?P<holiday>christmas|new year|halloween|valentine|veterans|fourth of|thanksgiving|labor"
    r"|memorial)"
    r"|(?P<number>nineteen|eighteen|seventeen|twent|two thousand"
    r"|(?:thirt|fort|fift|sixt|sevent|eight|ninet)ies)"
    r"|(?P<adverb>dail|weekl|monthl|hourl|yearl|ever|each|now|current|these|recent|the future))"
    r"|(?P<unit>minute|hour|day|week|month|quarter|year|decade|centur)"
    r"|(?P<daypart>morning|afternoon|evening|night|midday)",
    re.IGNORECASE,
)


def month_of(word: str) -> int:
    """The number of the month that `word`, or its first three letters, names."""
    return _MONTH_STEMS[word[:3].lower()]


def weekday_of(word: str) -> int:
    """The number of the weekday, Monday being 0."""
    return _WEEKDAY_STEMS[word[:3].lower()]


def season_of(word: str) -> str:
    """The TIMEX3 letters of a season."""
    return _SEASONS[word.lower()]


def day_part_of(word: str) -> str:
    """The TIMEX3 letters of a part of the day, with the T; empty for no word."""
    return _DAY_PARTS[word.lower()] if word else ""


def unit_of(word: str) -> str:
    """The unit in the singular: "weeks" is week."""
    word = word.lower()
    return "century" if word.startswith("centur") else word.removesuffix("s")


def count_of(words: str) -> float | None:
    """The number that `words` give; None for "a few" and its like."""
    words = " ".join(words.lower().replace("-", " ").split())
    for half in (" and a half", " 1/2", " ½"):
        if words.endswith(half):
            whole = count_of(words.removesuffix(half))
            return None if whole is None else whole + 0.5
    if words in _COUNTS:
        return _COUNTS[words]
    if re.fullmatch(r"\d+(?:\.\d+)?", words):
        return float(words)
    tens, _, ones = words.partition(" ")
    if tens in _TENS and ones in _COUNTS:
        return _COUNTS[tens] + _COUNTS[ones]
    return None


# --- holidays -------------------------------------------------------------------------------------

_FIXED = {
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "new year's": (1, 1),
    "halloween": (10, 31),
    "valentine's day": (2, 14),
    "veterans day": (11, 11),
    "fourth of july": (7, 4),
}
# month, weekday, which one in the month (-1: the last)
_MOVING = {
    "thanksgiving": (11, 3, 4),
    "thanksgiving day": (11, 3, 4),
    "labor day": (9, 0, 1),
    "memorial day": (5, 0, -1),
}
FRAGMENTS["month2"] = FRAGMENTS["month"].replace("P<month>", "P<month2>")
FRAGMENTS["part2"] = r"(?:(?P<part2>(?i:early|mid|late))[- ])"
FRAGMENTS["holiday"] = (
    r"(?P<holiday>(?i:christmas(?: eve| day)?|new year['’]s(?: eve| day)|halloween"
    r"|valentine['’]s day|veterans day|fourth of july)|Thanksgiving(?: Day)?|Labor Day"
    r"|Memorial Day)"
)


def holiday(name: str, year: int) -> dt.date:
    """The day on which a holiday falls in `year`."""
    name = " ".join(name.lower().replace("’", "'").split())
    if name in _FIXED:
        return dt.date(year, *_FIXED[name])
    month, weekday, which = _MOVING[name]
    if which < 0:
        last = calendar.span_of(calendar.of_month(year, month))
        end = last[1] if last else dt.date(year, month, 28)
        return end - dt.timedelta((end.weekday() - weekday) % 7)
    first = dt.date(year, month, 1)
    return first + dt.timedelta((weekday - first.weekday()) % 7 + 7 * (which - 1))
