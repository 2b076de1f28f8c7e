"""Rules for what comes every year: quarters, seasons and holidays."""

from __future__ import annotations

import datetime as dt
import re

from retold.reading import calendar, time_words
from retold.reading.timex import Meaning, Rule, Surroundings, dated, part_of, relative


def _quarter(match: re.Match[str], at: Surroundings) -> Meaning | None:
    quarter = int(match["q"]) if match["q"] else time_words.ORDINALS[match["nth"].lower()]
    if match["year"] or match["year2"]:
        return Meaning(value=calendar.of_quarter(int(match["year"] or match["year2"]), quarter))
    if not at.published:
        return Meaning(value=None, is_relative=True)
    if match["back"]:
        return Meaning(value=calendar.of_quarter(at.published.year - 1, quarter), is_relative=True)
    year = at.published.year + {"last": -1, "next": 1}.get((match["rel"] or "").lower(), 0)
    begun = (at.published.month + 2) // 3
    if not match["rel"] and quarter > begun and at.direction(match) == 0:
        value = calendar.of_quarter(year, quarter)
        return Meaning(value=value, is_relative=True, is_guess=True)
    if not match["rel"] and quarter > begun and at.direction(match) < 0:
        year -= 1
    elif not match["rel"] and quarter < begun and at.direction(match) > 0 and quarter == 1:
        year += 1
    return Meaning(value=calendar.of_quarter(year, quarter))


def _season(match: re.Match[str], at: Surroundings) -> Meaning | None:
    season = time_words.season_of(match["season"])
    return Meaning(value=f"{match['year']}-{season}", part=part_of(match))


def _bare_season(match: re.Match[str], at: Surroundings) -> Meaning | None:
    """ "last summer" is the last one begun before; "this fall" and "the fall" are this year's."""
    season = time_words.season_of(match["season"])
    if not at.published:
        return Meaning(value=None, is_relative=True)
    if re.match(r"\sof\s['’‘]\d\d", at.text[match.end() : match.end() + 8]):
        return relative(None)  # the summer of '42
    year, which = at.published.year, match["rel"].lower().split()[0]
    ends = calendar.span_of(f"{year}-{season}")
    if not ends:
        return None
    if which in ("last", "past") and ends[0] > at.published.replace(day=1):
        year -= 1
    elif which == "next" and ends[0] <= at.published:
        year += 1
    elif which == "that" and at.last:
        year = int((calendar.widen(at.last, "year") or str(year))[:4])
    elif which == "the" and at.direction(match) < 0 and ends[0] > at.published:
        year -= 1
    return Meaning(value=f"{year}-{season}", part=part_of(match), is_relative=True)


_BEFORE_HOLIDAY = re.compile(
    r"\b(?:on|by|before|after|since|until|till|for|at|around|over|during|between|from)[ \n]$",
    re.IGNORECASE,
)


def _holiday(match: re.Match[str], at: Surroundings) -> Meaning | None:
    """The day of a holiday; "to celebrate Christmas" names none."""
    name, year = match["holiday"], match["year"]
    before = at.text[max(0, match.start() - 12) : match.start()]
    if not (year or match["rel"] or _BEFORE_HOLIDAY.search(before)):
        return None
    if not year and match["rel"] and at.published:
        which = match["rel"].lower()
        this = time_words.holiday(name, at.published.year)
        shift = -(this >= at.published) if which == "last" else this <= at.published
        year = str(at.published.year + (0 if which == "this" else int(shift)))
    if year and not dt.MINYEAR <= int(year) <= dt.MAXYEAR:
        return relative(None)
    if year:
        return Meaning(value=calendar.of_day(time_words.holiday(name, int(year))))

    def make(year: int) -> tuple[dt.date, str] | None:
        day = time_words.holiday(name, year)
        return day, calendar.of_day(day)

    return dated(at, match, make)


RULES = (
    Rule(
        "unit digit",
        r"(?:(?:(?i:the|this|its|a|their) )?(?P<rel>(?i:last|next|this)) (?:(?i:year)['’]s )?"
        r"|(?i:the|its|their|a) )?(?:(?:(?i:fiscal)|(?P<back>(?i:year-earlier|year-ago))"
        r"|(?P<year2>1\d{3}|20\d{2}))[ -])?"
        r"(?:Q(?P<q>[1-4])|(?P<nth>(?i:first|second|third|fourth))[ -](?i:quarter))"
        r"(?:,? (?:(?i:of )|(?i:of fiscal ))?<year>)?",
        _quarter,
    ),
    Rule("season", r"(?:(?i:the) )?<part>?<season>(?:,| of)? <year>", _season),
    Rule(
        "season",
        r"<part>?(?P<rel>(?i:last|this past|this coming|past|this|next|the|that)) <part2>?<season>",
        _bare_season,
    ),
    Rule("holiday", r"(?:(?P<rel>(?i:last|this|next)) )?<holiday>(?:,? <year>)?", _holiday),
)
