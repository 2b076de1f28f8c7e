"""Rules for what names a place on the calendar: days, months, years, decades, quarters, holidays.

A month or day without its year is in the year that lies nearest, on the side to which the clause
looks.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from retold.reading import calendar, time_words
from retold.reading.timex import (
    Meaning,
    Rule,
    Surroundings,
    dated,
    nearest,
    part_of,
)

MAX_LATE_DAYS = 31  # beside the day of publication: such a day is of its year


def _in_last_year(at: Surroundings, match: re.Match[str]) -> str | None:
    """The year last named, for "that March"."""
    if re.search(r"\b[Tt]hat $", at.text[max(0, match.start() - 5) : match.start()]) and at.last:
        return calendar.widen(at.last, "year")
    return None


_FRAME = re.compile(
    r"(?:^|[.!?\n][”\"’']? |\n)(?:In|Back in|(?:But|And)(?: back)? in) "
    r"(?P<year>[12]\d{3}),? "
    r"(?:(?! will | is | are )[^.!?;“”\"\n\d]){0,160}$"
)


def _in_framing_year(at: Surroundings, match: re.Match[str]) -> str | None:
    """The year with which the sentence begins, before any other figure: "In 2008, he won in
    {February}"."""
    found = _FRAME.search(at.text[max(0, match.start() - 180) : match.start()])
    is_past = found and (not at.published or int(found["year"]) < at.published.year)
    return found["year"] if found and is_past else None


def _in_told_year(at: Surroundings, month: int, day: int) -> str | None:
    """The year in which a day of the month was told before, for a day that is not of late: in 330
    articles there are eight of these, and all are of that year."""
    year = at.years.get(month)
    if year is None or not at.published:
        return str(year) if year else None
    near = [at.published.year - 1, at.published.year, at.published.year + 1]
    days = [dt.date(y, month, day) for y in near if calendar.exists(y, month, day)]
    is_late = any(abs((each - at.published).days) <= MAX_LATE_DAYS for each in days)
    return None if is_late else str(year)


# --- days -----------------------------------------------------------------------------------------


def _month_day(match: re.Match[str], at: Surroundings) -> Meaning | None:
    month, day = time_words.month_of(match["month"]), int(match["day"])
    year = match["year"] or match.groupdict().get("early") or _in_last_year(at, match)
    year = year or _in_framing_year(at, match) or _in_told_year(at, month, day)
    if year:
        known = calendar.exists(int(year), month, day)
        return Meaning(value=f"{int(year):04}-{month:02}-{day:02}") if known else None
    if not calendar.exists(2000, month, day):
        return None
    if (month, day) == (9, 11):
        return _september_11(match, at)

    def make(year: int) -> tuple[dt.date, str] | None:
        if not calendar.exists(year, month, day):
            return None
        found = dt.date(year, month, day)
        return found, calendar.of_day(found)

    return dated(at, match, make)


_ATTACKS = re.compile(
    r"[^.\n]{0,40}\b(?:attack|terror|hijack|victim|plot|commission)", re.IGNORECASE
)


def _september_11(match: re.Match[str], at: Surroundings) -> Meaning:
    """The one day of the year whose bare name means another year than the nearest."""
    if _ATTACKS.match(at.text, match.end()):
        return Meaning(value="2001-09-11")
    return Meaning(value=None, is_relative=True)


def _weekday_month_day(match: re.Match[str], at: Surroundings) -> Meaning | None:
    """ "Friday, Oct. 23": the year is the nearest in which that day is a Friday, if any is near."""
    meaning = _month_day(match, at)
    if match["year"] or not at.published or not meaning:
        return meaning
    month, day = time_words.month_of(match["month"]), int(match["day"])
    weekday = time_words.weekday_of(match["weekday"])
    fitting = [
        (found, calendar.of_day(found))
        for year in range(at.published.year - 1, at.published.year + 2)
        if calendar.exists(year, month, day)
        and (found := dt.date(year, month, day)).weekday() == weekday
    ]
    near = nearest(fitting, at.published)
    return Meaning(value=near[1]) if near else meaning


def _iso(match: re.Match[str], at: Surroundings) -> Meaning | None:
    year, month, day = (int(match[name]) for name in ("y", "m", "d"))
    return Meaning(value=match.group()[:10]) if calendar.exists(year, month, day) else None


def _slashes(match: re.Match[str], at: Surroundings) -> Meaning | None:
    """04/13/2021 and 13/04/2021 are clear; 03/04/2021 is not, and gets no date."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    if year < 100:
        year += 1900 if year > 50 else 2000
    readings = {
        f"{year:04}-{month:02}-{day:02}"
        for month, day in ((a, b), (b, a))
        if calendar.exists(year, month, day)
    }
    if not readings:
        return None
    return Meaning(value=readings.pop() if len(readings) == 1 else None)


def _week_of(match: re.Match[str], at: Surroundings) -> Meaning | None:
    meaning = _month_day(match, at)
    day = calendar.span_of(meaning.value) if meaning and meaning.value else None
    return Meaning(value=calendar.of_week(day[0])) if day else meaning


# --- months, years and more -----------------------------------------------------------------------

_BEFORE_MONTH = re.compile(
    r"\b(?:in|last|next|this|past|since|until|till|by|of|from|through|to|before|after|during|for"
    r"|every|each|that|between|early|late|mid|back in|around|ending|ended|beginning)[ \n-]$",
    re.IGNORECASE,
)
_MONTH_AND = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?:,| and| or)[ \n]$"
)
_DETERMINER = re.compile(r"\b(?:a|an|the|its|his|her|their|our|televised)[ \n]$", re.IGNORECASE)
_SAFE_MONTHS = frozenset((1, 2, 7, 9, 10, 11, 12))


def _is_month_here(match: re.Match[str], text: str, month: int) -> bool:
    """True unless the word may be a name or a verb: "April Ryan", "May said", "the March on"."""
    before, after = (
        text[max(0, match.start("month") - 20) : match.start("month")],
        text[match.end() :],
    )
    if match.group() != match["month"] or _BEFORE_MONTH.search(before) or _MONTH_AND.search(before):
        return True
    follows = after[:40]
    if _DETERMINER.search(before) and re.match(r"[ -][a-z]", follows):
        return True
    if re.match(r" [A-Z]", follows) and month not in _SAFE_MONTHS:
        return False
    if re.search(r"[A-Z][\w.]*\.? $", before) and month not in _SAFE_MONTHS:
        return False
    return month in _SAFE_MONTHS or match["month"][:3].lower() in ("aug", "jun")


def _month(match: re.Match[str], at: Surroundings) -> Meaning | None:
    month = time_words.month_of(match["month"])
    if not _is_month_here(match, at.text, month):
        return None
    year = _in_last_year(at, match) or _in_framing_year(at, match)
    if year:
        return Meaning(value=calendar.of_month(int(year), month), part=part_of(match))

    def make(year: int) -> tuple[dt.date, str]:
        return dt.date(year, month, 15), calendar.of_month(year, month)

    return replace(dated(at, match, make, slack_days=16), part=part_of(match))


def _which_month(match: re.Match[str], at: Surroundings) -> Meaning | None:
    """ "last November", "this March", "July last year"."""
    month = time_words.month_of(match["month"] or match["month2"])
    number = match["day"] or match["day2"]
    if not at.published:
        return Meaning(value=None, is_relative=True)
    year, which = at.published.year, (match["rel"] or match["rel2"]).lower()
    if match["rel2"]:
        year += {"last": -1, "next": 1}.get(which, 0)
    elif which == "next":
        year += month <= at.published.month
    elif which != "this":
        year -= month >= at.published.month
    value = calendar.of_month(year, month)
    if number:
        value = f"{value}-{int(number):02}"
    return Meaning(value=value, is_relative=True) if calendar.span_of(value) else None


def _month_year(match: re.Match[str], at: Surroundings) -> Meaning | None:
    month = time_words.month_of(match["month"])
    return Meaning(value=calendar.of_month(int(match["year"]), month), part=part_of(match))


_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|until|till|by|of|from|through|before|after|during|for|between|late|early|mid"
    r"|back in|around|spring|summer|fall|winter|year|and|to|or|fiscal|the|circa)[ \n]|[(‘'\"“])$",
    re.IGNORECASE,
)
_NOT_A_YEAR_BEFORE = re.compile(
    r"(?:\b(?:[Nn]o\.?|[Nn]umber|Windows|Office|Route|Highway|Flight|Room|Section|Article|Bill"
    r"|Resolution|[HSAJ]\.?[BR]\.?|Act|Channel|page|at|than|nearly|about|some|almost|over|least|all"
    r"|up to|only|just|to \d{1,6}|Boeing|Airbus|[Mm]odel|[Pp]hone|scored|[Tt]op|Rule|Form|cost)"
    r"[ \n]|(?<!\d)\d{1,3}-)$"
)
_COUNTED = re.compile(
    r"(?:[ \n-](?:[a-z]+ )?(?:people|percent|per|miles?|feet|foot|metres?|meters?|yards?|pounds?"
    r"|tons?|tonnes|dollars?|euros?|cents?|acres?|soldiers|troops|men|women|children|votes?|jobs|homes"
    r"|houses|workers|points|pages|calories|words|km|kg|m\b|mph|block|hours?|GMT|UTC|local|degrees"
    r"|square|more|million|others?|B\.?C)|['’]\d|/\d|-\d{1,2}-|-\d{3}\b|-\d{5}"
    r"| [A-Z]\w*\.? (?:St|Ave|Street"
    r"|Avenue|Road|Blvd)\b| (?:[A-Z] )?(?:St|Ave|Street|Avenue|Road|Blvd)\b)"
)


def _year(match: re.Match[str], at: Surroundings) -> Meaning | None:
    year = int(match["year"])
    before, after = at.text[max(0, match.start() - 14) : match.start()], at.text[match.end() :][:40]
    named = match.group() != match["year"] or bool(_YEAR_BEFORE.search(before))
    if _COUNTED.match(after) or _NOT_A_YEAR_BEFORE.search(before):
        return None
    if not named and not 1800 <= year <= 2100:
        return None
    if not named and year % 100 == 0 and re.match(r"[ \n](?:[a-z]+ )?[a-z]+s\b", after):
        return None  # 2000 soldiers
    return Meaning(value=f"{year:04}", part=part_of(match))


def _era_year(match: re.Match[str], at: Surroundings) -> Meaning | None:
    year = int(match["ce"] or match["ad"] or match["far"])
    return Meaning(value=f"{year:04}") if 1 <= year <= 9999 else None


def _bce_year(match: re.Match[str], at: Surroundings) -> Meaning | None:
    return Meaning(value=f"-{int(match['bce']) - 1:04}")


def _fiscal(match: re.Match[str], at: Surroundings) -> Meaning | None:
    return Meaning(value=match["year"], part="~")  # whose year it is, the text does not say


_DECADES = {"twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7}
_DECADES |= {"eighties": 8, "nineties": 9}


def _decade(match: re.Match[str], at: Surroundings) -> Meaning | None:
    if match["decade"] and match["decade"].endswith("00") and match["decade"] < "2000":
        return Meaning(value=match["decade"][:2], part=part_of(match))  # the 1800s are a century
    if match["decade"]:
        return Meaning(value=match["decade"][:3], part=part_of(match))
    digit = int(match["tens"][0]) if match["tens"] else _DECADES[match["word"].lower()]
    return Meaning(value=f"19{digit}" if digit >= 2 else f"20{digit}", part=part_of(match))


def _century(match: re.Match[str], at: Surroundings) -> Meaning | None:
    ordinal = match["nth"].lower()
    number = {"nineteenth": 19, "twentieth": 20, "twenty-first": 21, "eighteenth": 18}.get(ordinal)
    number = number or int(re.match(r"\d+", ordinal)[0])  # type: ignore[index]
    if match["bc"] or not 1 <= number <= 99:
        return Meaning(value=None)
    return Meaning(value=f"{number - 1:02}", part=part_of(match))


_SPOKEN_TENS = {"nineteen": 1900, "eighteen": 1800, "seventeen": 1700, "twenty": 2000}


_ENDS = re.compile(r"[,.;:!?)”\"]|$")


def _spoken_year(match: re.Match[str], at: Surroundings) -> Meaning | None:
    if match["thousand"]:
        before = at.text[max(0, match.start() - 14) : match.start()]
        is_year = match["rest"] or match.group().lower().startswith("the year")
        if not is_year and not (_YEAR_BEFORE.search(before) and _ENDS.match(at.text, match.end())):
            return None  # two thousand times
        rest = time_words.count_of(match["rest"]) if match["rest"] else 0
        return Meaning(value=f"{2000 + int(rest or 0):04}")
    rest = time_words.count_of(match["two"])
    if rest is None or rest < 10:
        return None
    return Meaning(value=f"{_SPOKEN_TENS[match['hundreds'].lower()] + int(rest):04}")


_TAIL = r"(?:,? (?:of )?<year>)?"
# "early May 3" is the morning of a day, "in early May 30 boats" a part of the month
_HOUR = r"(?:(?<!\bin )(?<!\bIn )(?<!\bof )(?<!\bby )(?i:early|late) (?:on )?)?"
# "3 May 987" is a year, "3 May 987 people" is not
_EARLY = (
    r"(?:,? (?:of )?<year>"
    r"| (?P<early>\d{3})(?![\d%:,]|\.\d| (?:[a-z]+ )?(?:people|[a-z]+s)\b))?"
)
RULES = (
    Rule("month", rf"<wd>,? (?:the )?<month> (?:the )?<day>{_TAIL}", _weekday_month_day),
    Rule("month", rf"{_HOUR}<month> (?:the )?<day>{_TAIL}", _month_day),
    Rule("month", rf"<wd>,? (?:the )?<day> (?:of )?<month>{_TAIL}", _weekday_month_day),
    Rule("month", rf"(?:the )?<day> (?:day )?(?:of )?<month>{_EARLY}", _month_day),
    Rule("digit", r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:T\d\d:\d\d(?::\d\d)?Z?)?", _iso),
    Rule("digit", r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4}|\d\d)(?![/\d])", _slashes),
    Rule("month", r"<part>?<month>,? (?:of )?<year>", _month_year),
    Rule("month", r"(?:<part>)?<month>", _month),
    Rule(
        "month",
        r"(?:(?P<rel>(?i:this past|last|next|this)) <month>(?: <day>)?"
        r"|<month2>(?: <day2>)? (?:(?i:of) )?(?P<rel2>(?i:last|this|next)) (?i:year))",
        _which_month,
    ),
    Rule("month", rf"(?i:the week of) <month> <day>{_TAIL}", _week_of),
    Rule("digit", r"(?:<part>|(?i:the year) |<about>)?<year>", _year),
    Rule("digit", r"(?i:fiscal(?: year)?) <year>", _fiscal),
    Rule(
        "digit",
        r"(?:A\.?D\.? (?P<ad>\d{1,4})|(?P<ce>\d{1,4}) (?:A\.?D\.?|C\.?E\.?))"
        r"|(?i:the year) (?P<far>\d{1,4})(?![\d%:]|[.,]\d)",
        _era_year,
    ),
    Rule("digit", r"(?P<bce>\d{1,4}) B\.?C\.?(?:E\.?)?", _bce_year),
    Rule(
        "digit number",
        r"(?:(?i:the) )?<part>?(?:(?P<decade>[12]\d\d0)['’]?s|['‘’](?P<tens>[0-9]0)s"
        r"|(?<=[Tt]he )(?P<word>(?i:twenties|thirties|forties|fifties|sixties|seventies|eighties"
        r"|nineties)))",
        _decade,
    ),
    Rule(
        "unit",
        r"(?:(?i:the) )?<part>?(?P<nth>\d{1,2}(?:st|nd|rd|th)|(?i:eighteenth|nineteenth|twentieth"
        r"|twenty-first))(?: |-)(?i:century)(?P<bc> B\.?C)?",
        _century,
    ),
    Rule(
        "number",
        r"(?i:(?P<hundreds>nineteen|eighteen|seventeen|twenty) (?P<two>(?:ten|eleven|twelve"
        r"|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty"
        r"|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?))"
        r"|(?:the year )?(?P<thousand>two thousand)(?: (?:and )?(?P<rest>one|two|three|four|five"
        r"|six|seven|eight|nine|ten|eleven|twelve))?)",
        _spoken_year,
    ),
)
