"""Rules for what is dated from somewhere else: "yesterday", "last Friday", "two days later".

Words that count from the day of writing are anchored on the publication date; words that count
from a time in the text ("two days later", "that year") on the date last named near them. Without an
anchor they keep no date.
"""

from __future__ import annotations

import re

from retold.reading import calendar, time_words
from retold.reading.timex import Kind, Meaning, Rule, Surroundings, part_of, relative

# --- the day of writing ---------------------------------------------------------------------------

_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


def _named_day(match: re.Match[str], at: Surroundings) -> Meaning | None:
    if not at.published:
        return relative(None)
    shift = _DAYS[match["named"].lower()]
    if match["beyond"]:
        shift += -1 if shift < 0 else 1
    day = calendar.unit_at(at.published, shift, "day")
    letters = time_words.day_part_of(match["daypart"] or "")
    if not letters and match["named"].lower() == "tonight":
        letters = ""
    return relative(f"{day}{letters}" if day else None)


def _this_morning(match: re.Match[str], at: Surroundings) -> Meaning | None:
    if not at.published:
        return relative(None)
    shift = -1 if match["which"].lower() == "last" else 0
    day = calendar.unit_at(at.published, shift, "day")
    letters = time_words.day_part_of(match["daypart"])
    return relative(f"{day}{letters}", kind=Kind.TIME)


_NAMED_DAY = re.compile(
    r"\b(?:Ash|Black|Bloody|Cyber|Easter|Fat|Giving|Good|Holy|Maundy|Palm|Shrove|Spy|Super) $"
)


def _weekday(match: re.Match[str], at: Surroundings) -> Meaning | None:
    """The weekday on or before publication, or after it where the clause looks ahead; none for a
    day with a name of its own, "Bloody Sunday"."""
    if _NAMED_DAY.search(at.text[max(0, match.start() - 8) : match.start()]):
        return None
    if not at.published:
        return relative(None)
    wanted, today = time_words.weekday_of(match["weekday"]), at.published.weekday()
    back, ahead = (today - wanted) % 7, (wanted - today) % 7
    which = (match["which"] or "").lower()
    if which in ("the previous", "the following"):
        return _weekday_from(match, at, wanted)
    if which.endswith("last") or which.endswith("past"):
        shift = -(back or 7)
    elif which.endswith("next"):
        shift = ahead if ahead > 1 else ahead + 7  # the very next day is "tomorrow"
    elif which.endswith("coming"):
        shift = ahead
    elif which.endswith("this"):
        shift = ahead if ahead <= 3 or at.direction(match) > 0 else -back
    else:
        shift = ahead if at.direction(match) > 0 else -back
    day = calendar.unit_at(at.published, shift, "day")
    letters = time_words.day_part_of(match["daypart"] or "")
    return relative(f"{day}{letters}" if day else None)


def _weekday_from(match: re.Match[str], at: Surroundings, wanted: int) -> Meaning:
    anchor = at.last and calendar.span_of(at.last)
    if not anchor or calendar.unit_of(str(at.last)) != "day":
        return relative(None)
    day = anchor[0]
    back, ahead = (day.weekday() - wanted) % 7 or 7, (wanted - day.weekday()) % 7 or 7
    shift = -back if match["which"].lower() == "the previous" else ahead
    return relative(calendar.unit_at(day, shift, "day"))


def _unit(match: re.Match[str], at: Surroundings) -> Meaning | None:
    """ "last week", "this year", "next month", "the previous day"."""
    unit = time_words.unit_of(match["unit"])
    which = match["which"].lower().split()[-1]
    if which in ("following", "previous", "preceding", "same", "that"):
        return _unit_from(match, at, unit, which)
    if unit == "day":
        return None
    if which in ("past", "last", "next") and match["the"] and unit != "weekend":
        return Meaning(value=f"P1{unit[0].upper()}", kind=Kind.DURATION)
    if not at.published:
        return relative(None)
    shift = {"last": -1, "past": -1, "next": 1, "coming": 1}.get(which, 0)
    if unit == "weekend":
        return _weekend(match, at)
    return relative(calendar.unit_at(at.published, shift, unit), part=part_of(match))


def _unit_from(match: re.Match[str], at: Surroundings, unit: str, which: str) -> Meaning:
    shift = {"following": 1, "previous": -1, "preceding": -1}.get(which, 0)
    held = calendar.widen(at.last, unit) if at.last and unit != "weekend" else None
    ends = calendar.span_of(held) if held else None
    if not ends:
        return relative(None)
    value = calendar.unit_at(ends[0], shift, unit)
    letters = time_words.day_part_of(match.groupdict().get("daypart") or "")
    return relative(f"{value}{letters}" if value else None, part=part_of(match))


def _weekend(match: re.Match[str], at: Surroundings) -> Meaning | None:
    """The weekend that has begun or is past, or the coming one where the clause looks ahead."""
    if not at.published:
        return relative(None)
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
    return relative(calendar.unit_at(at.published, shift, "weekend"))


def _end_of_unit(match: re.Match[str], at: Surroundings) -> Meaning | None:
    """ "by the end of the year", "year-end"."""
    if not at.published:
        return relative(None)
    unit = time_words.unit_of(match["unit"])
    return relative(calendar.unit_at(at.published, 0, unit), part=part_of(match) or "end")


# --- the hour -------------------------------------------------------------------------------------


# "6 p.m. on Nov. 9, 2021": the date that follows is the day, and stands for itself
_DATE_FOLLOWS = re.compile(
    r",? (?:on )?(?:the )?(?:\d{1,2}\b|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b)"
)


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
    elif _DATE_FOLLOWS.match(at.text, match.end()):
        return relative(None, kind=Kind.TIME)
    elif at.last and calendar.unit_of(at.last) == "day":
        value = at.last[:10]
    else:
        day_value = calendar.of_day(at.published) if at.published else None
        value = f"{day_value}T{hour:02}:{minute:02}" if day_value else None
        return Meaning(value=value, kind=Kind.TIME, is_relative=True, is_guess=True)
    return relative(f"{value[:10]}T{hour:02}:{minute:02}" if value else None, kind=Kind.TIME)


def _anaphoric(match: re.Match[str], at: Surroundings) -> Meaning | None:
    """ "that day", "the same year", "the next morning": from the date last named."""
    which = match["which"].lower().split()[-1]
    if which == "next":
        which = "following"
    if match["daypart"]:
        if which == "same" or (which == "that" and not at.last):
            return relative(None)
        return _unit_from(match, at, "day", which)
    unit = time_words.unit_of(match["unit"])
    if which == "following" and unit != "day" and not at.last and at.published:
        return relative(calendar.unit_at(at.published, 1, unit)) if unit != "weekend" else None
    return _unit_from(match, at, unit, which)


def _end(match: re.Match[str], at: Surroundings) -> Meaning | None:
    if match["yearend"]:
        return relative(f"{at.published.year:04}-12-31" if at.published else None)
    return _end_of_unit(match, at)


_WHICH = r"(?P<which>(?i:last|next|this past|this coming|this|past|coming))"
_PARTED = r"(?:(?P<part>(?i:early|earlier|mid|late|later))[ -](?:(?i:on) )?)?"
_DAYPART = r"(?: <daypart>)?"
RULES = (
    Rule(
        "named",
        _PARTED + r"(?:(?i:the )?(?P<beyond>(?i:day (?:before|after))) )?"
        r"(?P<named>(?i:today|yesterday|tomorrow|tonight))" + _DAYPART,
        _named_day,
    ),
    Rule(
        "daypart",
        r"(?:(?i:late|early|earlier|later) )?(?P<which>(?i:this|last)) <daypart>",
        _this_morning,
    ),
    Rule(
        "weekday",
        _PARTED + r"(?:(?P<which>(?i:(?:this )?last|(?:this )?next|this past|this coming|this|past"
        r"|coming|the previous|the following)) )?(?:(?i:mid-)?(?i:morning|afternoon) )?<weekday>"
        + _DAYPART,
        _weekday,
    ),
    Rule("unit", r"(?:(?P<the>(?i:the|its|his|her)) )?" + _PARTED + _WHICH + r" <unit>", _unit),
    Rule(
        "unit daypart",
        r"(?P<the>(?i:the) )?(?:(?P<part>(?i:early|earlier|late|later)) )?"
        r"(?P<which>(?i:following|previous|preceding|(?:the |that |this )?same|that|(?<=the )next))"
        r" (?:<unit>|<daypart>)",
        _anaphoric,
    ),
    Rule("unit", r"(?:(?i:over|for|on|during|through) )(?:(?i:the) )(?i:weekend)", _weekend),
    Rule(
        "unit",
        r"(?:(?i:the) )?(?P<part>(?i:end|beginning|start|close|middle)) (?i:of) (?i:the|this)"
        r" <unit>|(?P<yearend>(?i:year[ -]end))",
        _end,
    ),
    Rule(
        "digit noon",
        r"(?:(?:(?P<hour>1[0-2]|0?[1-9])(?::(?P<minute>\d\d))? ?"
        r"(?P<half>[ap]\.?m\b\.?|[AP]\.?M\b\.?))"
        r"|(?P<noon>(?i:noon|midnight)))"
        r"(?:,? (?:(?:EST|EDT|ET|GMT|CT|PT|local time|Eastern),? )?(?:(?i:on) )?"
        r"(?:(?P<which>(?i:last|next|this)) )?"
        r"(?:<weekday>|(?P<named>(?i:today|yesterday|tomorrow)))" + _DAYPART + r")?",
        _clock,
    ),
)
