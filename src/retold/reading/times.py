"""The time expressions of an article, and what they mean on the calendar.

    text ──rules──▶ Timex (TIMEX3, everything) ──▶ TimeExpression (EDTF, what a reader is shown)

`read` finds all of them, lengths and repetitions included, which is what the corpora measure;
`find` keeps those that name a time. Without a publication date, what is relative stays relative.
"""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from retold import spans
from retold.reading import (
    calendar,
    times_absolute,
    times_counted,
    times_relative,
    times_yearly,
)
from retold.reading.time_words import TRIGGERS
from retold.reading.timex import Kind, Meaning, Rule, Surroundings, Timex, pattern
from retold.text import paragraphs_of, quotations
from retold.types import Article, Span, TimeExpression

_RULES = tuple(
    (rule, frozenset(rule.needs.split()))
    for rules in (times_absolute, times_yearly, times_relative, times_counted)
    for rule in rules.RULES
)
# how far back the date may lie from which "two days later" counts
MAX_ANCHOR_CHARS = 600
# words in a quotation beside a date older than this do not count from the publication date
MAX_RECENT_DAYS = 31


def _matches(text: str, bounds: Span) -> list[tuple[re.Match[str], Rule]]:
    """Every match of every rule, in text order, the longer first."""
    kinds = {found.lastgroup for found in TRIGGERS.finditer(text, bounds.start, bounds.end)}
    found = [
        (match, rule)
        for rule, needs in _RULES
        if not needs.isdisjoint(kinds)
        for match in pattern(rule.form).finditer(text, bounds.start, bounds.end)
    ]
    return sorted(found, key=lambda pair: (pair[0].start(), -pair[0].end()))


@dataclass(slots=True)
class _Memory:
    """What later expressions may count from: the date and the quarter last named, and the year in
    which a day of each month was told last."""

    last: Timex | None = None
    quarter: str | None = None
    years: dict[int, int] = field(default_factory=dict)

    def near(self, at: int) -> str | None:
        """The value last named, if that was not long before `at`."""
        if not self.last or at - self.last.span.end > MAX_ANCHOR_CHARS:
            return None
        return self.last.meaning.value

    def keep(self, timex: Timex, words: str) -> None:
        """Remember `timex`, told in these words, if something may count from it."""
        meaning = timex.meaning
        if meaning.is_guess or not meaning.value or meaning.kind not in (Kind.DATE, Kind.TIME):
            return
        unit = calendar.unit_of(meaning.value)
        if unit in ("day", "week", "month", "quarter", "year"):
            self.last = timex
        if unit == "quarter":
            self.quarter = meaning.value
        year, month = meaning.value[:4], meaning.value[5:7]
        if unit == "day" and year in words:
            self.years[int(month)] = int(year)


def read(text: str, paragraphs: Sequence[Span], published: dt.date | None) -> tuple[Timex, ...]:
    """All time expressions within `paragraphs`, in text order; none overlaps another."""
    memory = _Memory()
    return tuple(
        timex
        for paragraph in paragraphs
        for timex in _paragraph(text, paragraph, published, memory)
    )


def _paragraph(
    text: str, paragraph: Span, published: dt.date | None, memory: _Memory
) -> list[Timex]:
    """The expressions of one paragraph; what it names is left in `memory`."""
    out: list[Timex] = []
    read_again: list[tuple[int, Callable[[dt.date | None], Meaning | None]]] = []
    end = paragraph.start
    for match, rule in _matches(text, paragraph):
        if match.start() < end:
            continue
        around = Surroundings(
            text=text,
            published=published,
            last=memory.near(match.start()),
            quarter=memory.quarter,
            years=memory.years,
        )
        meaning = rule.read(match, around)
        if meaning is None:
            continue
        out.append(Timex(span=Span(*match.span()), meaning=meaning))
        end = match.end()
        memory.keep(out[-1], match.group())
        if meaning.is_relative and published:
            read_again.append((len(out) - 1, partial(_read_on, match, rule, around)))
    if read_again and published:
        _count_from_speech(text, paragraph, published, out, read_again)
    return out


def _read_on(
    match: re.Match[str], rule: Rule, around: Surroundings, day: dt.date | None
) -> Meaning | None:
    return rule.read(match, replace(around, published=day))


def _count_from_speech(
    text: str,
    paragraph: Span,
    published: dt.date,
    out: list[Timex],
    read_again: Sequence[tuple[int, Callable[[dt.date | None], Meaning | None]]],
) -> None:
    """Date "tomorrow" within a quotation from the day on which it was spoken.

    “Tomorrow he is going,” he said on Sunday.
    """
    quoted = [x.inner for x in quotations(text, paragraph) if not x.depth]
    inside = [(index, on) for index, on in read_again if _is_within(out[index].span, quoted)]
    if not inside:
        return
    day = _spoken_on(published, [x for x in out if not _is_within(x.span, quoted)])
    if day == published:
        return
    for index, read_on in inside:
        meaning = read_on(day)
        if meaning:
            out[index] = replace(out[index], meaning=meaning)


def _spoken_on(published: dt.date, outside: Sequence[Timex]) -> dt.date | None:
    """The one day that a paragraph names outside its quotations; else that of publication.

    None where it only names times long past.
    """
    spoken = {ends for x in outside if (ends := calendar.span_of(x.meaning.value or ""))}
    days = {first for first, last in spoken if first == last}
    if len(days) == 1:
        return days.pop()
    recent = calendar.add_days(published, -MAX_RECENT_DAYS)
    is_old = recent and spoken and all(last < recent for _, last in spoken)
    return None if is_old else published


def _is_within(span: Span, quoted: Sequence[Span]) -> bool:
    """True if one of the `quoted`, which are in order and apart, holds `span`."""
    at = bisect.bisect_right(quoted, span.start, key=lambda outer: outer.start) - 1
    return at >= 0 and spans.contains(quoted[at], span)


# --- what a reader is shown -----------------------------------------------------------------------

# between the ends of a range: "from 1999 to 2003", "March 31-April 4", "between 1997 and 2009"
_TO = re.compile(r"\s?[-–—]\s?|\s(?:to|through|until|till)\s")
_FROM = re.compile(r"\bfrom\s(?:the\s)?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s(?:the\s)?$", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:ever\s)?since\s(?:the\s)?$", re.IGNORECASE)
_COUNTED = re.compile(r"\s(?:before|after|prior to|since|following)\b")
_SECOND = re.compile(r"[-–](\d{1,2})(?![\d/:%-]|[.,]\d)")
_DIGITS = frozenset("0123456789")
_STATE_AFTER = re.compile(r"['’]s\b|\s+(?:is|are|than ever)\b", re.IGNORECASE)
_STATE_BEFORE = re.compile(
    r"\b(?:is|are|am|be|lives?|exists?|remains?|world|society|america|place|even|of|until|than|as"
    r"|here|have|has|like)(?:\s(?:a|an|the|very|different|still|now|here|\w+ly)){0,3}(?:\s\w+)?\s$",
    re.IGNORECASE,
)


# “This Week”, "Fox News Sunday", the “Today” show
_OPENS_TITLE = re.compile(r"[“‘\"'](?:[A-Z]\w*\s){0,3}$")
_CLOSES_TITLE = re.compile(r"[.,]?[”’\"'](?!s\b)")


def _is_title(timex: Timex, text: str) -> bool:
    """True for words that are the name of a programme."""
    start, end = timex.span.start, timex.span.end
    words = spans.cut(text, timex.span)
    return (
        words[0].isupper()
        and bool(_OPENS_TITLE.search(text, max(0, start - 40), start))
        and bool(_CLOSES_TITLE.match(text, end))
    )


def find(article: Article) -> tuple[TimeExpression, ...]:
    """The expressions in title and body that name a time, in text order, none overlapping another.

    Lengths ("for two years") and repetitions ("every Friday") are not among them. A date is no more
    precise than the words; where they cannot be anchored it is None.
    """
    found = read(article.text, paragraphs_of(article), article.published)
    named = [timex for timex in found if _names_a_time(timex, article.text)]
    return tuple(_expressions(article.text, named))


def _names_a_time(timex: Timex, text: str) -> bool:
    meaning = timex.meaning
    if meaning.kind is Kind.SET or (meaning.is_guess and not meaning.is_relative):
        return False
    if meaning.kind is Kind.DURATION:
        return meaning.is_relative
    if _is_title(timex, text):
        return False
    if spans.cut(text, timex.span).lower() == "today":  # "the world is a different place today"
        before = text[max(0, timex.span.start - 60) : timex.span.start]
        return not (_STATE_BEFORE.search(before) or _STATE_AFTER.match(text, timex.span.end))
    return True


def _expressions(text: str, named: Sequence[Timex]) -> list[TimeExpression]:
    """Each expression, the two ends of a range made one and "since" an open one."""
    out: list[TimeExpression] = []
    at = 0
    while at < len(named):
        first = named[at]
        second = named[at + 1] if at + 1 < len(named) else None
        made = _range(text, first, second) if second else None
        at += 2 if made else 1
        out.append(made or _expression(text, first))
    return out


def _date(timex: Timex) -> str | None:
    meaning = timex.meaning
    if not meaning.value or meaning.is_guess or meaning.kind is Kind.DURATION:
        return None
    return calendar.edtf(meaning.value, meaning.part)


def _expression(text: str, timex: Timex) -> TimeExpression:
    date, span = _date(timex), timex.span
    counted = _COUNTED.match(text, span.end) if timex.meaning.kind is Kind.DURATION else None
    if counted:  # "a few months before", which only says so with its preposition
        return TimeExpression(span=Span(span.start, counted.end()), date=None, is_relative=True)
    if date and (stretch := _up_to(text, span, date)):
        return stretch
    since = _SINCE.search(text, max(0, span.start - 20), span.start)
    if since and date and "/" not in date:
        date, span = f"{date}/..", Span(since.start(), span.end)
    return TimeExpression(span=span, date=date, is_relative=timex.meaning.is_relative)


def _up_to(text: str, span: Span, date: str) -> TimeExpression | None:
    """ "March 5-7" and "2013-14" as intervals, None where no second number follows."""
    second = _SECOND.match(text, span.end)
    if not second:
        return None
    unit, number = calendar.unit_of(date), second[1]
    if unit not in ("day", "year") or (len(number) != 2 and unit == "year"):
        return None
    other = f"{date[:-2]}{int(number):02}"
    ends, start = calendar.span_of(other), calendar.span_of(date)
    if not ends or not start or ends <= start or text[span.start : span.end][-1] not in _DIGITS:
        return None
    return TimeExpression(span=Span(span.start, second.end()), date=f"{date}/{other}")


def _range(text: str, first: Timex, second: Timex) -> TimeExpression | None:
    """ "from 1999 to 2003" as one interval, None where the two are not its ends."""
    start, end = _date(first), _date(second)
    if not start or not end or "/" in start or "/" in end:
        return None
    between = text[first.span.end : second.span.start]
    opened = max(0, first.span.start - 20), first.span.start
    word = _FROM.search(text, *opened) or _BETWEEN.search(text, *opened)
    if between.strip() == "and":
        word = _BETWEEN.search(text, *opened)
    elif not _TO.fullmatch(between):
        word = None
    is_dashed = between.strip() in ("-", "–", "—") and between != " — "
    if not (word or (is_dashed and _TO.fullmatch(between))):
        return None
    days = calendar.days(start), calendar.days(end)
    if not days[0] or not days[1] or days[0][0] > days[1][0]:
        return None
    return TimeExpression(
        span=Span(word.start() if word else first.span.start, second.span.end),
        date=f"{start}/{end}",
        is_relative=first.meaning.is_relative or second.meaning.is_relative,
    )


def notes(article: Article, found: Sequence[TimeExpression]) -> tuple[str, ...]:
    """What could not be dated, in plain words; empty where all could."""
    if article.published:
        return ()
    relative = [x for x in found if x.is_relative and not x.date]
    if not relative:
        return ()
    shown = f"“{spans.cut(article.text, relative[0].span)}”"
    stays = f"and {len(relative) - 1} more stay" if len(relative) > 1 else "stays"
    return (f"no publication date: {shown} {stays} relative.",)
