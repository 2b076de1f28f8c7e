"""Rules for what is counted in units: "two years ago", "a month later", "for three days".

Lengths and repetitions have no place on the calendar; they are read so that no part of them is
taken for one, and because the corpora mark them.
"""

from __future__ import annotations

import datetime as dt
import re

from retold.reading import calendar, time_words
from retold.reading.timex import Kind, Meaning, Rule, Surroundings, relative

_TIMEX_UNITS = {
    "minute": "TM",
    "hour": "TH",
    "day": "D",
    "week": "W",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "E",
    "century": "C",
}
# "a few weeks ago" names a month, and that roughly
_COARSER = {"day": "week", "week": "month"}


def duration(count: float | None, unit: str) -> str:
    """The TIMEX3 value of a length of time; X where the count is not said."""
    letters = _TIMEX_UNITS[unit]
    number = "X" if count is None else f"{count:g}"
    if unit == "decade" and count is not None:
        return f"P{count * 10:g}Y"
    return f"P{'T' if letters[0] == 'T' else ''}{number}{letters[-1]}"


def moved(
    anchor: dt.date, count: float | None, unit: str, sign: int, *, about: bool = False
) -> Meaning:
    """The time `count` units from `anchor`, no more precise than its words.

    "five weeks ago" is a week, "two years ago" a year; "a few weeks ago" nothing that a calendar
    holds.
    """
    if count is None or unit in ("minute", "hour", "century"):
        return relative(None)
    part = "~" if about else ""
    if count % 1:  # three and a half years is 42 months
        smaller = {"year": ("month", 12), "decade": ("year", 10), "month": ("week", 4)}.get(unit)
        if not smaller:
            return relative(None)
        unit, count, part = smaller[0], count * smaller[1], "~"
    return relative(calendar.unit_at(anchor, sign * round(count), unit), part=part)


# --- counted from somewhere -----------------------------------------------------------------------


_MONEY = re.compile(r"[$£€%]|\b(?:million|billion|cents|sales|revenue|profit|earnings|income)\b")


def _year_earlier(match: re.Match[str], at: Surroundings) -> Meaning | None:
    """The quarter a year before the one reported, where figures are compared; else None."""
    if not at.quarter or not _MONEY.search(at.text, max(0, match.start() - 80), match.start()):
        return None
    year, quarter = int(at.quarter[:4]), int(at.quarter[-1])
    return Meaning(value=calendar.of_quarter(year - 1, quarter), is_relative=True, is_guess=True)


def _ago(match: re.Match[str], at: Surroundings) -> Meaning | None:
    unit = time_words.unit_of(match["unit"])
    if not at.published:
        return relative(None)
    count = time_words.count_of(match["count"]) if match["count"] else None
    compared = _year_earlier(match, at) if (unit, count) == ("year", 1) else None
    if compared:
        return compared
    if match["count"] and re.search("couple", match["count"]):
        return moved(at.published, count, unit, -1, about=True)
    if count is None:
        return _vague_ago(match, at, unit)
    return moved(at.published, count, unit, -1, about=bool(match["about"]))


def _vague_ago(match: re.Match[str], at: Surroundings, unit: str) -> Meaning:
    """ "a few weeks ago": three of them back, told as the next larger unit, roughly."""
    words = (match["count"] or "").lower()
    if not at.published or "few" not in words or unit not in _COARSER:
        return relative(None)
    shifted = calendar.add_days(at.published, -3 * (7 if unit == "week" else 1))
    if not shifted:
        return relative(None)
    return relative(calendar.unit_at(shifted, 0, _COARSER[unit]), part="~")


def _later(match: re.Match[str], at: Surroundings) -> Meaning | None:
    """ "two days later": from the date last named, if it is precise enough."""
    unit = time_words.unit_of(match["unit"])
    count = time_words.count_of(match["count"]) if match["count"] else None
    side = (match["side"] or match["end"]).lower()
    sign = -1 if side in ("earlier", "before", "previously", "prior") else 1
    compared = _year_earlier(match, at) if (unit, count, sign) == ("year", 1, -1) else None
    if compared:
        return compared
    held = calendar.widen(at.last, unit) if at.last and unit in calendar.UNITS else None
    ends = calendar.span_of(held) if held else None
    if ends and count is not None:
        return moved(ends[0], count, unit, sign, about=bool(match["about"]))
    if at.published and unit == "year" and count == 1 and sign < 0:
        year = calendar.unit_at(at.published, -1, "year")
        return Meaning(value=year, is_relative=True, is_guess=True)
    return relative(None)


def _from_now(match: re.Match[str], at: Surroundings) -> Meaning | None:
    count = time_words.count_of(match["count"])
    if not at.published:
        return relative(None)
    return moved(at.published, count, time_words.unit_of(match["unit"]), 1)


def _offset(match: re.Match[str], at: Surroundings) -> Meaning | None:
    """ "a few months before the conversation": from an event that no calendar holds."""
    count = time_words.count_of(match["count"])
    unit = time_words.unit_of(match["unit"])
    return Meaning(value=duration(count, unit), kind=Kind.DURATION, is_relative=True, is_guess=True)


def _in_the_day(match: re.Match[str], at: Surroundings) -> Meaning | None:
    """ "later in the day": the day last named, else none that is sure."""
    unit = time_words.unit_of(match["unit"])
    if unit == "day" and at.last and calendar.unit_of(at.last) == "day":
        return relative(at.last[:10])
    if not at.published:
        return relative(None)
    if unit == "day":
        day = calendar.of_day(at.published)
        return Meaning(value=day, is_relative=True, is_guess=True)
    return relative(calendar.unit_at(at.published, 0, unit), part="")


# --- lengths, repetitions, references -------------------------------------------------------------


def _duration(match: re.Match[str], at: Surroundings) -> Meaning | None:
    if re.match(r"[ -]old\b", at.text[match.end() : match.end() + 5]):
        return None
    words = match["count"]
    return Meaning(
        value=duration(
            time_words.count_of(words) if words else None, time_words.unit_of(match["unit"])
        ),
        kind=Kind.DURATION,
    )


def _running(match: re.Match[str], at: Surroundings) -> Meaning | None:
    """ "the quarter", "the year-earlier period", "the week": which one, only the business knows."""
    unit = time_words.unit_of(match["unit"])
    if not at.published:
        return Meaning(value=None, is_guess=True)
    unit = "quarter" if unit == "period" else unit
    if at.quarter and unit == "quarter" and "current" not in match.group().lower():
        year, number = int(at.quarter[:4]), int(at.quarter[-1])
        return Meaning(value=calendar.of_quarter(year - bool(match["back"]), number), is_guess=True)
    shift = -1 if unit == "quarter" and "current" not in match.group().lower() else 0
    if match["back"]:
        shift -= 4 if unit == "quarter" else 1
    value = calendar.unit_at(at.published, shift, unit)
    return Meaning(value=value, is_guess=True)


_SETS = {"hourly": "PT1H", "daily": "P1D", "weekly": "P1W", "monthly": "P1M", "yearly": "P1Y"}


def _repeated(match: re.Match[str], at: Surroundings) -> Meaning | None:
    if match["adverb"]:
        return Meaning(value=_SETS[match["adverb"].lower()], kind=Kind.SET)
    if match["weekday"]:
        number = time_words.weekday_of(match["weekday"]) + 1
        return Meaning(value=f"XXXX-WXX-{number}", kind=Kind.SET)
    return Meaning(value=duration(1, time_words.unit_of(match["unit"])), kind=Kind.SET)


_REFERENCES = {"recently": "PAST_REF", "the future": "FUTURE_REF"}


def _reference(match: re.Match[str], at: Surroundings) -> Meaning | None:
    """ "now", "recently": TIMEX3 marks them, but they name no time that a reader could be shown."""
    words = " ".join(match.group().lower().split())
    return Meaning(value=_REFERENCES.get(words, "PRESENT_REF"), is_guess=True)


RULES = (
    Rule(
        "unit",
        r"(?:<about>)?(?:<count>[ -])?(?:(?i:full|short|long) )?<units> (?i:ago|back(?! to))",
        _ago,
    ),
    Rule(
        "unit",
        r"(?:<about>)?<count>[ -]<units> "
        r"(?:(?P<side>(?i:later|earlier|previously|afterwards?))(?! than\b)"
        r"|(?P<end>(?i:before|after|prior))(?=[,.;:”\"\n]|$))",
        _later,
    ),
    Rule("unit", r"<count>[ -]<units> (?i:from now|hence)", _from_now),
    Rule(
        "unit",
        r"(?:<about>)?<count> <units>(?= (?i:before|after|prior to|since|following) )",
        _offset,
    ),
    Rule(
        "unit",
        r"(?i:earlier|later|late|early) (?i:in|on in|that|on) (?:(?i:the) )?"
        r"(?P<unit>(?i:day|week|month|year))",
        _in_the_day,
    ),
    Rule(
        "unit",
        r"(?:(?i:the) )?(?:<about>)?(?:(?i:last|past|next|first|coming|recent|latest|another) )?"
        r"<count>(?: |-)(?:(?i:more|full|whole|straight|consecutive|trading|working) )?<units>",
        _duration,
    ),
    Rule(
        "unit",
        r"(?i:the last|the past|the next|recent|coming|past) (?P<count>(?!))?<units>",
        _duration,
    ),
    Rule("unit", r"(?<=for )(?P<count>(?!))?<units>(?<=s)", _duration),
    Rule(
        "weekday unit adverb",
        r"(?:(?P<adverb>(?i:daily|weekly|monthly|hourly|yearly))"
        r"|(?i:every|each) (?:<weekday>|<calendar-unit>))",
        _repeated,
    ),
    Rule(
        "unit",
        r"(?i:the|its|this) (?:(?P<back>(?i:year-ago|year-earlier|corresponding|comparable))"
        r"|(?i:latest|current|full|most recent))?[ ]?(?:(?i:fiscal) )?"
        r"(?P<unit>(?i:quarter|period|year|week))(?=[ ,.;:'’\"”])(?![ ]of\b|[ ]\w+ed\b)",
        _running,
    ),
    Rule("adverb", r"(?i:now|currently|these days|recently|the future)", _reference),
)
