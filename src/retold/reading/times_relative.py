"""Rules for what is dated from somewhere else: "yesterday", "last Friday", "two days later".

Words that count from the day of writing are anchored on the publication date; words that count
from a time in the text ("two days later", "that year") on the date last named near them. Without an
anchor they keep no date.
"""

from __future__ import annotations

import datetime as dt
import re

from retold.reading import calendar, time_words
from retold.reading.timex import Kind, Meaning, Rule, Surroundings, pattern
from retold.reading.times_absolute import part_of

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
# one coarser unit: "a few weeks ago" names a month, and that roughly
_COARSER = {"day": "week", "week": "month", "month": "year", "quarter": "year", "year": "decade"}


def _relative(value: str | None, *, part: str = "", kind: Kind = Kind.DATE) -> Meaning:
    return Meaning(value=value, part=part, kind=kind, is_relative=True)


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
        return _relative(None)
    part = "~" if about else ""
    if count % 1:  # three and a half years is 42 months
        smaller = {"year": ("month", 12), "decade": ("year", 10), "month": ("week", 4)}.get(unit)
        if not smaller:
            return _relative(None)
        unit, count, part = smaller[0], count * smaller[1], "~"
    return _relative(calendar.unit_at(anchor, sign * round(count), unit), part=part)


# --- the day of writing ------------------------------------------------------------------------------

_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


def _named_day(match: re.Match[str], at: Surroundings) -> Meaning | None:
    if not at.published:
        return _relative(None)
    shift = _DAYS[match["named"].lower()]
    if match["beyond"]:
        shift += -1 if shift < 0 else 1
    day = calendar.unit_at(at.published, shift, "day")
    letters = time_words.day_part_of(match["daypart"] or "")
    if not letters and match["named"].lower() == "tonight":
        letters = ""
    return _relative(f"{day}{letters}" if day else None)


def _this_morning(match: re.Match[str], at: Surroundings) -> Meaning | None:
    if not at.published:
        return _relative(None)
    shift = -1 if match["which"].lower() == "last" else 0
    day = calendar.unit_at(at.published, shift, "day")
    letters = time_words.day_part_of(match["daypart"])
    return _relative(f"{day}{letters}", kind=Kind.TIME)


def _weekday(match: re.Match[str], at: Surroundings) -> Meaning | None:
    """The weekday on or before publication, or after it where the clause looks ahead."""
    if not at.published:
        return _relative(None)
    wanted, today = time_words.weekday_of(match["weekday"]), at.published.weekday()
    back, ahead = (today - wanted) % 7, (wanted - today) % 7
    which = (match["which"] or "").lower()
    if which in ("the previous", "the following"):
        return _weekday_from(match, at, wanted)
    if which.endswith("last") or which.endswith("past"):
        shift = -(back or 7)
    elif which.endswith("next"):
        shift = ahead or 7
    elif which.endswith("coming"):
        shift = ahead
    elif which.endswith("this"):
        shift = ahead if ahead <= 3 or at.direction(match) > 0 else -back
    else:
        shift = ahead if at.direction(match) > 0 else -back
    day = calendar.unit_at(at.published, shift, "day")
    letters = time_words.day_part_of(match["daypart"] or "")
    return _relative(f"{day}{letters}" if day else None)


def _weekday_from(match: re.Match[str], at: Surroundings, wanted: int) -> Meaning:
    anchor = at.last and calendar.span_of(at.last)
    if not anchor or calendar.unit_of(str(at.last)) != "day":
        return _relative(None)
    day = anchor[0]
    back, ahead = (day.weekday() - wanted) % 7 or 7, (wanted - day.weekday()) % 7 or 7
    shift = -back if match["which"].lower() == "the previous" else ahead
    return _relative(calendar.unit_at(day, shift, "day"))


def _unit(match: re.Match[str], at: Surroundings) -> Meaning | None:
    """ "last week", "this year", "next month", "the previous day"."""
    unit = time_words.unit_of(match["unit"])
    which = match["which"].lower().split()[-1]
    if which in ("following", "previous", "preceding", "same", "that"):
        return _unit_from(match, at, unit, which)
    if which in ("past", "last", "next") and match["the"] and unit != "weekend":
        return _relative(duration(1, unit), kind=Kind.DURATION)
    if not at.published or unit == "day":
        return _relative(None) if unit != "day" else None
    shift = {"last": -1, "past": -1, "next": 1, "coming": 1}.get(which, 0)
    if unit == "weekend":
        return _weekend(match, at)
    return _relative(calendar.unit_at(at.published, shift, unit), part=part_of(match))


def _unit_from(match: re.Match[str], at: Surroundings, unit: str, which: str) -> Meaning:
    shift = {"following": 1, "previous": -1, "preceding": -1}.get(which, 0)
    held = calendar.widen(at.last, unit) if at.last and unit != "weekend" else None
    ends = calendar.span_of(held) if held else None
    if not ends:
        return _relative(None)
    value = calendar.unit_at(ends[0], shift, unit)
    letters = time_words.day_part_of(match.groupdict().get("daypart") or "")
    return _relative(f"{value}{letters}" if value else None, part=part_of(match))


def _weekend(match: re.Match[str], at: Surroundings) -> Meaning | None:
    """The weekend that has begun or is past, or the coming one where the clause looks ahead."""
    if not at.published:
        return _relative(None)
    words = match.group().lower()
    is_weekend = at.published.weekday() >= 5
    if "last" in words or "past" in words:
        shift = -1
    elif "next" in words or "coming" in words:
        shift = 1 if is_weekend else 0
    else:
        looks = at.direction(match)
        late = at.published.weekday() >= 3 and "this" in words
        shift = 0 if is_weekend or looks > 0 or (late and not looks) else -1
    return _relative(calendar.unit_at(at.published, shift, "weekend"))


def _end_of_unit(match: re.Match[str], at: Surroundings) -> Meaning | None:
    """ "by the end of the year", "year-end"."""
    if not at.published:
        return _relative(None)
    unit = time_words.unit_of(match["unit"])
    return _relative(calendar.unit_at(at.published, 0, unit), part=part_of(match) or "end")


# --- counted from somewhere --------------------------------------------------------------------------


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
        return _relative(None)
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
    if not at.published or "few" not in words or unit not in ("day", "week"):
        return _relative(None)
    shifted = calendar.add_days(at.published, -3 * (7 if unit == "week" else 1))
    if not shifted:
        return _relative(None)
    return _relative(calendar.unit_at(shifted, 0, _COARSER[unit]), part="~")


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
    return _relative(None)


def _from_now(match: re.Match[str], at: Surroundings) -> Meaning | None:
    count = time_words.count_of(match["count"])
    if not at.published:
        return _relative(None)
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
        return _relative(at.last[:10])
    if unit == "day" or not at.published:
        day = at.published and calendar.of_day(at.published)
        return Meaning(value=day, is_relative=True, is_guess=True)
    return _relative(calendar.unit_at(at.published, 0, unit), part="")


# --- the hour ----------------------------------------------------------------------------------------


def _clock(match: re.Match[str], at: Surroundings) -> Meaning | None:
    """The hour of a day: of the day beside it, or the one last named."""
    if match["noon"]:
        hour, minute = (12 if match["noon"].lower() == "noon" else 24), 0
    else:
        hour, minute = int(match["hour"]) % 12, int(match["minute"] or 0)
        hour += 12 if match["half"].lower().startswith("p") else 0
    if minute > 59:
        return None
    if match["weekday"]:
        day = _weekday(match, at)
        value = day.value if day else None
    elif match["named"]:
        shift = _DAYS[match["named"].lower()]
        value = calendar.unit_at(at.published, shift, "day") if at.published else None
    elif at.last and calendar.unit_of(at.last) == "day":
        value = at.last[:10]
    else:
        day_value = calendar.of_day(at.published) if at.published else None
        value = f"{day_value}T{hour:02}:{minute:02}" if day_value else None
        return Meaning(value=value, kind=Kind.TIME, is_relative=True, is_guess=True)
    return _relative(f"{value[:10]}T{hour:02}:{minute:02}" if value else None, kind=Kind.TIME)


# --- lengths, repetitions, references ---------------------------------------------------------------


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
        return _relative(None)
    unit = "quarter" if unit == "period" else unit
    if at.quarter and unit == "quarter" and "current" not in match.group().lower():
        year, number = int(at.quarter[:4]), int(at.quarter[-1])
        return Meaning(value=calendar.of_quarter(year - bool(match["back"]), number), is_guess=True)
    shift = -1 if unit == "quarter" and "current" not in match.group().lower() else 0
    if match["back"]:
        shift -= 4 if unit == "quarter" else 1
    value = calendar.unit_at(at.published, shift, unit)
    return Meaning(value=value, is_guess=True)


_SETS = {"daily": "P1D", "weekly": "P1W", "monthly": "P1M", "annually": "P1Y", "hourly": "PT1H"}
_SETS |= {"quarterly": "P3M", "yearly": "P1Y", "annual": "P1Y"}


def _repeated(match: re.Match[str], at: Surroundings) -> Meaning | None:
    if match["adverb"]:
        return Meaning(value=_SETS[match["adverb"].lower()], kind=Kind.SET)
    if match["weekday"]:
        number = time_words.weekday_of(match["weekday"]) + 1
        return Meaning(value=f"XXXX-WXX-{number}", kind=Kind.SET)
    return Meaning(value=duration(1, time_words.unit_of(match["unit"])), kind=Kind.SET)


_REFERENCES = {
    "PRESENT_REF": "now currently current these days at this time this time at the moment",
    "PAST_REF": "recently recent previously once the past formerly",
    "FUTURE_REF": "soon the future future",
}


def _reference(match: re.Match[str], at: Surroundings) -> Meaning | None:
    words = " ".join(match.group().lower().split())
    found = next((key for key, held in _REFERENCES.items() if words in held), "PRESENT_REF")
    return Meaning(value=found, is_guess=True)


def _anaphoric(match: re.Match[str], at: Surroundings) -> Meaning | None:
    """ "that day", "the same year", "the next morning": from the date last named."""
    which = match["which"].lower().split()[-1]
    if which == "next":
        which = "following"
    if match["daypart"]:
        if which == "same" or (which == "that" and not at.last):
            return _relative(None)
        return _unit_from(match, at, "day", which)
    unit = time_words.unit_of(match["unit"])
    if which == "following" and unit != "day" and not at.last and at.published:
        return _relative(calendar.unit_at(at.published, 1, unit)) if unit != "weekend" else None
    return _unit_from(match, at, unit, which)


def _end(match: re.Match[str], at: Surroundings) -> Meaning | None:
    if match["yearend"]:
        return _relative(f"{at.published.year:04}-12-31" if at.published else None)
    return _end_of_unit(match, at)


_WHICH = r"(?P<which>(?i:last|next|this past|this coming|this|past|coming))"
_PARTED = r"(?:(?P<part>(?i:early|earlier|mid|late|later))[ -](?:(?i:on) )?)?"
_DAYPART = r"(?: <daypart>)?"
RULES = (
    Rule(
        pattern(
            _PARTED + r"(?:(?i:the )?(?P<beyond>(?i:day (?:before|after))) )?"
            r"(?P<named>(?i:today|yesterday|tomorrow|tonight))" + _DAYPART
        ),
        _named_day,
    ),
    Rule(
        pattern(r"(?:(?i:late|early|earlier|later) )?(?P<which>(?i:this|last)) <daypart>"),
        _this_morning,
    ),
    Rule(
        pattern(
            _PARTED
            + r"(?:(?P<which>(?i:(?:this )?last|(?:this )?next|this past|this coming|this|past"
            r"|coming|the previous|the following)) )?(?:(?i:mid-)?(?i:morning|afternoon) )?<weekday>"
            + _DAYPART
        ),
        _weekday,
    ),
    Rule(pattern(r"(?:(?P<the>(?i:the|its|his|her)) )?" + _PARTED + _WHICH + r" <unit>"), _unit),
    Rule(
        pattern(
            r"(?P<the>(?i:the) )?(?:(?P<part>(?i:early|earlier|late|later)) )?"
            r"(?P<which>(?i:following|previous|preceding|(?:the |that |this )?same|that|(?<=the )next))"
            r" (?:<unit>|<daypart>)"
        ),
        _anaphoric,
    ),
    Rule(pattern(r"(?:(?i:over|for|on|during|through) )(?:(?i:the) )(?i:weekend)"), _weekend),
    Rule(
        pattern(
            r"(?:(?i:the) )?(?P<part>(?i:end|beginning|start|close|middle)) (?i:of) (?i:the|this) <unit>"
            r"|(?P<yearend>(?i:year[ -]end))"
        ),
        _end,
    ),
    Rule(
        pattern(
            r"(?:<about>)?(?:<count>[ -])?(?:(?i:full|short|long) )?<units> (?i:ago|back(?! to))"
        ),
        _ago,
    ),
    Rule(
        pattern(
            r"(?:<about>)?<count>[ -]<units> (?:(?P<side>(?i:later|earlier|previously|afterwards?))(?! than\b)"
            r"|(?P<end>(?i:before|after|prior))(?=[,.;:”\"\n]|$))"
        ),
        _later,
    ),
    Rule(pattern(r"<count>[ -]<units> (?i:from now|hence)"), _from_now),
    Rule(
        pattern(r"(?:<about>)?<count> <units>(?= (?i:before|after|prior to|since|following) )"),
        _offset,
    ),
    Rule(
        pattern(
            r"(?i:earlier|later|late|early) (?i:in|on in|that|on) (?:(?i:the) )?(?P<unit>(?i:day|week|month|year))"
        ),
        _in_the_day,
    ),
    Rule(
        pattern(
            r"(?:(?:(?P<hour>1[0-2]|0?[1-9])(?::(?P<minute>\d\d))? ?(?P<half>[ap]\.?m\b\.?|[AP]\.?M\b\.?))"
            r"|(?P<noon>(?i:noon|midnight)))"
            r"(?:,? (?:(?:EST|EDT|ET|GMT|CT|PT|local time|Eastern),? )?(?:(?i:on) )?"
            r"(?:(?P<which>(?i:last|next|this)) )?"
            r"(?:<weekday>|(?P<named>(?i:today|yesterday|tomorrow)))" + _DAYPART + r")?"
        ),
        _clock,
    ),
    Rule(
        pattern(
            r"(?:(?i:the) )?(?:<about>)?(?:(?i:last|past|next|first|coming|recent|latest|another) )?"
            r"<count>(?: |-)(?:(?i:more|full|whole|straight|consecutive|trading|working) )?<units>"
        ),
        _duration,
    ),
    Rule(
        pattern(r"(?i:the last|the past|the next|recent|coming|past) (?P<count>(?!))?<units>"),
        _duration,
    ),
    Rule(pattern(r"(?<=for )(?P<count>(?!))?<units>(?<=s)"), _duration),
    Rule(
        pattern(
            r"(?:(?P<adverb>(?i:daily|weekly|monthly|hourly|yearly))"
            r"|(?i:every|each) (?:<weekday>|<calendar-unit>))"
        ),
        _repeated,
    ),
    Rule(
        pattern(
            r"(?i:the|its|this) (?:(?P<back>(?i:year-ago|year-earlier|corresponding|comparable))"
            r"|(?i:latest|current|full|most recent))?[ ]?(?:(?i:fiscal) )?"
            r"(?P<unit>(?i:quarter|period|year|week))(?=[ ,.;:'’\"”])(?![ ]of\b|[ ]\w+ed\b)"
        ),
        _running,
    ),
    Rule(pattern(r"(?i:now|currently|these days|recently|the future)"), _reference),
)
