"""What a time expression is before it is shown: its words, and what they mean where they stand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from retold.reading import tense
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
    `quarter` is the quarter that a report on earnings speaks of.
    """

    text: str
    published: dt.date | None
    last: str | None
    quarter: str | None = None

    def direction(self, match: re.Match[str]) -> int:
        """1 if the clause looks ahead, -1 if back, 0 if nothing tells."""
        return tense.direction(self.text, Span(*match.span()))


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern of words, and what it means. It means nothing where `read` returns None."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Surroundings], Meaning | None]


_FRAGMENT = re.compile(r"(?<!\?P)<([a-z0-9-]+)>")
# a blank, unless it stands in a class or a look-behind
_BLANK = re.compile(r"(\[[^\]]*\]|\(\?<[=!][^)]*\))| ")


def pattern(form: str) -> re.Pattern[str]:
    """`form` compiled, each `<name>` in it replaced by that fragment of `time_words`.

    A blank stands for up to three blanks or a line break, so a wrapped line is no obstacle and a
    page of blanks no trap.
    """
    form = _FRAGMENT.sub(lambda m: FRAGMENTS[m[1]], form)
    form = _BLANK.sub(lambda m: m[1] or r"[ \n\u00a0]{1,3}", form)
    return re.compile(rf"(?<![\w$€£#.-])(?:{form})(?!\w)")
