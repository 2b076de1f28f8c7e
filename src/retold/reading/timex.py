"""What a time expression is before it is shown: its words, and what they mean where they stand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from retold.reading import calendar, tense
from retold.reading.time_words import FRAGMENTS
from retold.types import Span


class Kind(StrEnum):
    """The types of TIMEX3."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What an expression says: a TIMEX3 value and the `part` of it ("early", "late", "~").

    `value` is None where nothing anchors it. `is_guess`: the value is the likely one and not what
    the words and their surroundings give, so no reader is shown it.
    """

    value: str | None
    kind: Kind = Kind.DATE
    part: str = ""
    is_relative: bool = False
    is_guess: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex:
    """A time expression in the text."""

    span: Span
    meaning: Meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The dates around an expression: when it was written, what was last named near it.

    `published` is None, or the day beside it, for words in a quotation from another time;
    `quarter` is the quarter that a report on earnings speaks of, `years` the year in which a day
    of each month was told last.
    """

    text: str
    published: dt.date | None
    last: str | None
    quarter: str | None = None
    years: Mapping[int, int] = field(default_factory=dict)

    def direction(self, match: re.Match[str]) -> int:
        """1 if the clause looks ahead, -1 if back, 0 if nothing tells."""
        return tense.direction(self.text, Span(*match.span()))


@dataclass(frozen=True, slots=True)
class Rule:
    """A form of words, and what it means. It means nothing where `read` returns None.

    `needs` names the kinds of trigger words (`time_words.TRIGGERS`) of which the form has at least
    one; a paragraph without them is not searched. In `form` a `<name>` is that fragment of
    `time_words`. A blank stands for up to three blanks or a line break, so a wrapped line is no
    obstacle and a page of blanks no trap.
    """

    needs: str
    form: str
    read: Callable[[re.Match[str], Surroundings], Meaning | None]


_FRAGMENT = re.compile(r"(?<!\?P)<([a-z0-9-]+)>")
# a blank, unless it stands in a class or a look-behind
_BLANK = re.compile(r"(\[[^\]]*\]|\(\?<[=!][^)]*\))| ")


@cache
def pattern(form: str) -> re.Pattern[str]:
    """The form of a rule, compiled when it is first needed."""
    form = _FRAGMENT.sub(lambda found: FRAGMENTS[found[1]], form)
    form = _BLANK.sub(lambda found: found[1] or r"[ \n\u00a0]{1,3}", form)
    return re.compile(rf"(?<![\w$€£#.])(?<![A-Za-z]-)(?:{form})(?!\w)")


def relative(value: str | None, *, part: str = "", kind: Kind = Kind.DATE) -> Meaning:
    """The meaning of words that are dated from somewhere else."""
    return Meaning(value=value, part=part, kind=kind, is_relative=True)


# --- which year -----------------------------------------------------------------------------------

MakeDay = Callable[[int], tuple[dt.date, str] | None]

_PARTS = {
    "earlier": "",  # "earlier this month" is not early in it
    "later": "",
    "middle": "mid",
    "beginning": "start",
    "close": "end",
}


def part_of(match: re.Match[str]) -> str:
    """`early`, `mid`, `late`, `start`, `end` or, for "about", `~`; empty for the whole."""
    groups = match.groupdict()
    part = (groups.get("part") or "").lower()
    return _PARTS.get(part, part) or ("~" if groups.get("about") else "")


# A day against the sense of its clause is meant if it is this near ("the speech he announced for
# Dec. 27"); where it is only so many times nearer than the other, there is no telling (on the
# timelines of the training stories all four such days are the near ones, `evaluation.times`)
NEAR_DAYS = 21
AGAINST = 3


def nearest(candidates: Sequence[tuple[dt.date, str]], day: dt.date) -> tuple[int, str] | None:
    """How far the candidate nearest to `day` lies from it, and its value; the past comes first."""
    distances = [(abs((at - day).days), at > day, value) for at, value in candidates]
    if not distances:
        return None
    days, _, value = min(distances)
    return days, value


def dated(at: Surroundings, match: re.Match[str], make: MakeDay, slack_days: int = 0) -> Meaning:
    """A day or month of every year, in the year that its clause means.

    Within `slack_days` of publication it is neither past nor to come: "in November", written in
    November, is this one. Where sense and nearness part, the nearer one is a guess.
    """
    if not at.published:
        return relative(None)
    years = range(max(1, at.published.year - 1), min(9999, at.published.year + 1) + 1)
    candidates = [made for year in years if (made := make(year))]
    direction = at.direction(match)
    anchor = calendar.add_days(at.published, -direction * slack_days) or at.published
    side = [(day, value) for day, value in candidates if (day - anchor).days * direction >= 0]
    meant, near = nearest(side, at.published), nearest(candidates, at.published)
    if not meant or not near:
        return Meaning(value=near[1] if near else None)
    if meant[1] != near[1] and meant[0] > AGAINST * near[0]:
        is_guess = near[0] > NEAR_DAYS
        return Meaning(value=near[1], is_guess=is_guess, is_relative=is_guess)
    return Meaning(value=meant[1])
