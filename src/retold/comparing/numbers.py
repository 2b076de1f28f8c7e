"""Numbers in words and figures: what they count, and how exactly they are meant.

Dates, years, times of day and labels ("Section 5") are not numbers here; times are found in
`reading.times`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from math import inf

from retold import lexicons, spans
from retold.comparing import counted
from retold.types import Span


class NumberKind(StrEnum):
    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    ORDINAL = "ordinal"
    AGE = "age"
    SCORE = "score"


class Bound(StrEnum):
    """How the writer means the number."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number where it stands. `span` holds hedge and currency, `digits` the numeral alone.

    `low` and `high` are one value but for ranges ("40 to 60") and vague words ("dozens"); a score
    ("218-213") has its two sides there. `unit` is the folded word that is counted, or a currency,
    "" where the text does not say; `unit_span` is that word's place.
    """

    kind: NumberKind
    span: Span
    digits: Span
    low: float
    high: float
    bound: Bound
    unit: str = ""
    unit_span: Span | None = None


CURRENCIES = {"$": "dollar", "US$": "dollar", "£": "pound", "€": "euro", "¥": "yen"}
_MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_IN_A_DATE = re.compile(
    rf"{_MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s*(?:[-–]|to|and|or)\s*\d{{1,2}})?(?!\d)(?:,?\s+\d{{4}})?"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTHS}(?:,?\s+\d{{4}})?"
    r"|\b\d{1,2}:\d{2}\b|\b\d{1,2}(?::\d{2})?\s*(?:[ap]\.m\.?|[ap]m\b)|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b"
    r"|\b(?:1[5-9]|20)\d\ds?\b(?![,.]\d)(?!\s*(?:million|billion|percent|%))|['’]?\b\d0s\b"
    r"|\b(?:\d{3}[-.])?\d{3}[-.]\d{4}\b|\b(?:call|dial)\w*\s+(?:911|999|112)\b"
    r"|\b911\s+(?:call|dispatch|operator)\w*"
    r"|\bone[- ](?:another|day|time|of\s+the\s+(?:most|best))\b"
    r"|\b(?:no|this|that|the|any|every|each|which)\s+ones?\b|\bone['’]s\b|\bones\b"
    rf"|\b(?:(?:five|ten|quarter|twenty|twenty-five|half)\s+past|(?:quarter|twenty|twenty-five)\s+to)"
    rf"\s+(?:{_HOURS})\b"
    r"|\b(?:so|too|as|how|that)\s+many\b|\bin\s+the\s+first\s+place\b|\bat\s+first\b"
    r"|\b(?:two|three)-(?:thirds|quarters|fourths|fifths)\s+(?:super)?(?:majority|margin|vote)\b"
    r"|\bnot\s+(?:a\s+)?few\b|\bsecond[- ](?:guess\w*|hand)\b|\bfirst\s+(?:lady|name|amendment)\b",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"\b[A-Z][A-Za-z.]*[\s-]?$")
_LABEL_WORD_BEFORE = re.compile(
    r"(?:\bNos?\.|#|\b(?:number|section|article|chapter|page|volume|channel|room|route))\s?$",
    re.IGNORECASE,
)
_AGE_BEFORE = re.compile(r"\b(?:aged?|age of)\s+$|\b[A-Z][\w’'.-]+,\s$")
_AGE_AFTER = re.compile(r"[- ]years?[- ]olds?\b")
_PERCENT_AFTER = re.compile(r"\s?%|[- ](?:percent(?:age)?|per cent)(?:[- ]points?)?\b")
_CURRENCY_AFTER = re.compile(r"[- ](dollars?|euros?|pounds?|yen|rubles?|cents?)\b", re.IGNORECASE)
_PARTS = {
    ("minute", "second"): 60, ("hour", "minute"): 60, ("day", "hour"): 24, ("year", "month"): 12,
    ("foot", "inch"): 12, ("pound", "ounce"): 16,
}  # fmt: skip
"""How many of the second unit make one of the first."""
_AND = re.compile(r",?\s(?:and\s)?")
_IN_RANGES = (NumberKind.MONEY, NumberKind.PERCENT, NumberKind.COUNT)
MAX_RANGE = 20.0  # the larger end of a range is at most so many times the smaller
_PART = re.compile(
    r"\b(?P<many>an?|one|two|three|four|five)"
    r"(?:-(?P<part>third|quarter|fourth|fifth|sixth|eighth|tenth)s?\b"
    r"|\s(?P<open>third|quarter|fourth|fifth|sixth|eighth|tenth)s?(?=\s+of\s+(?!an?\b)))",
    re.IGNORECASE,
)
_SCORE = re.compile(r"(?<![\w$.,-])(\d{1,3})\s?(?:-|–|\sto\s)\s?(\d{1,3})(?![\w,]|\.\d|-\d)")
THOUSAND = 1000.0
WHOLE = 100.0  # per cent
_SCALED = re.compile(r"\D{0,3}([\d,.]*\d)[- ][a-z]+", re.IGNORECASE)
_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


@cache
def _words() -> dict[str, tuple[str, str]]:
    """Of each number word: its value as written in the list, and its role."""
    return {word: (value, role) for word, value, role in lexicons.rows("number_words")}


@cache
def _numeral() -> re.Pattern[str]:
    """Matches one numeral: figures with a scale word, or a run of number words."""
    roles: dict[str, list[str]] = {}
    for word, (_, role) in _words().items():
        roles.setdefault(role, []).append(word)
    small = "|".join(roles["unit"] + roles["ten"])
    scale = "|".join(roles["scale"])
    words = (
        rf"(?:{small}|(?:half\s+)?a(?=\s+(?:{scale})\b))"
        rf"(?:[- ](?:{small})|[- ](?:{scale})(?:\s+and\s+(?:{small}))?)*"
    )
    ordinal = "|".join(roles["ordinal"])
    vague = "|".join(roles["vague"])
    figure_scale = "|".join(roles["figure-scale"])
    return re.compile(
        rf"(?P<currency>US\$|[$£€¥])?\s?(?<![\w.,/:])(?P<figure>{_FIGURE})"
        rf"(?:(?P<rank>st|nd|rd|th)\b"
        rf"|(?:[- ](?P<scale>{scale})|(?P<short>{figure_scale}))\b)?(?![\d/])"
        rf"|\b(?P<vague>(?:(?:tens|hundreds)\s+of\s+)?(?:{vague}))\b"
        rf"|\b(?P<words>{words})\b(?![-](?:{ordinal})\b)"
        rf"|\b(?P<ordinal>(?:(?:{'|'.join(roles['ten'])})-)?(?:{ordinal}))\b",
        re.IGNORECASE,
    )


@cache
def _hedges() -> tuple[re.Pattern[str], dict[str, Bound]]:
    """Matches a hedge that ends where a numeral starts, and the bound of each."""
    bounds = {words: Bound(bound) for words, bound in lexicons.rows("number_hedges")}
    longest_first = "|".join(sorted(map(re.escape, bounds), key=len, reverse=True))
    return re.compile(rf"\b({longest_first})\s+(?:a\s+)?$", re.IGNORECASE), bounds


def find(text: str, bounds: Span) -> tuple[Number, ...]:
    """The numbers within `bounds`, in order, none overlapping another."""
    dates = _IN_A_DATE.finditer(text, bounds.start, bounds.end)
    taken = {at for match in dates for at in range(*match.span())}
    found: list[Number] = []
    for number in (*_scores(text, bounds), *_parts(text, bounds), *_single(text, bounds)):
        own = range(number.digits.start, number.digits.end)
        if taken.isdisjoint(own):
            taken.update(own)
            found.append(number)
    return tuple(_joined(text, sorted(found, key=lambda number: number.span)))


def _joined(text: str, found: Sequence[Number]) -> list[Number]:
    """The numbers, two that give one value made one: "$2 million to $6 million", "8 minutes and 46
    seconds"."""
    out: list[Number] = []
    for number in found:
        both = _range(text, out[-1], number) or _measure(text, out[-1], number) if out else None
        if both:
            out[-1] = both
        else:
            out.append(number)
    return out


def _range(text: str, a: Number, b: Number) -> Number | None:
    """From the one to the other, None if they are no such range.

    What rises "from $2 million to $6 million" was the one and is the other.
    """
    low = _low_end(text, a, b)
    if low is None or not low < b.low == b.high <= low * MAX_RANGE:
        return None
    between = text[a.span.end : b.span.start]
    before = text[max(0, a.span.start - len("between ")) : a.span.start]
    is_range = (between == " and " and before.endswith("between ")) or (
        between in (" to ", " or ", "-", "–") and before[-5:] != "from "
    )
    return replace(_over(a, b), low=low) if is_range else None


def _low_end(text: str, a: Number, b: Number) -> float | None:
    """The lower end in the measure of the upper: of "$2 to $3 million" two million, of "5 to 10
    percent" five; None where the two count two things."""
    is_bare = a.kind is NumberKind.COUNT and not a.unit and b.kind is not NumberKind.MONEY
    is_alike = a.kind is b.kind and a.unit == b.unit
    if a.low != a.high or b.kind not in _IN_RANGES or not (is_bare or is_alike):
        return None
    figure = _SCALED.fullmatch(spans.cut(text, b.digits))
    scale = b.low / float(figure[1].replace(",", "")) if figure and a.low < THOUSAND else 1.0
    return a.low * scale


def _measure(text: str, a: Number, b: Number) -> Number | None:
    """The one with its rest in a smaller unit, None if that is not what follows."""
    parts = _PARTS.get((a.unit, b.unit))
    if not parts or not _AND.fullmatch(text[a.span.end : b.span.start]) or b.high >= parts:
        return None
    if a.low != a.high or b.low != b.high:
        return None
    value = a.low + b.low / parts
    return replace(_over(a, b), low=value, high=value, unit=a.unit, unit_span=a.unit_span)


def _over(a: Number, b: Number) -> Number:
    """The hedge of the first, the unit of the second, and the words of both."""
    span, digits = Span(a.span.start, b.span.end), Span(a.digits.start, b.digits.end)
    return replace(b, span=span, digits=digits, bound=a.bound)


def _scores(text: str, bounds: Span) -> Iterator[Number]:
    """Votes and results ("218-213"), no ranges ("40 to 60 hours")."""
    for match in _SCORE.finditer(text, bounds.start, bounds.end):
        digits = Span(*match.span())
        low, high = float(match[1]), float(match[2])
        is_counted = bool(_counted(text, digits, bounds, "", low)[1])
        if low > high or (low < high and not is_counted):
            yield _number(text, digits, bounds, NumberKind.SCORE, (low, high))


def _parts(text: str, bounds: Span) -> Iterator[Number]:
    """Shares in words ("two-thirds", "a quarter of"), which are given roughly; what a vote needs is
    none ("a two-thirds majority")."""
    for match in _PART.finditer(text, bounds.start, bounds.end):
        many, part = match["many"].casefold(), (match["part"] or match["open"]).casefold()
        whole = 4.0 if part == "quarter" else float(_words()[part][0])
        count = 1.0 if many in ("a", "an") else float(_words()[many][0])
        share = round(100 * count / whole, 2)
        if share < WHOLE:
            found = _number(
                text, Span(*match.span()), bounds, NumberKind.PERCENT, (share, share), "percent"
            )
            yield replace(found, bound=Bound.ABOUT) if found.bound is Bound.EXACT else found


def _single(text: str, bounds: Span) -> Iterator[Number]:
    for match in _numeral().finditer(text, bounds.start, bounds.end):
        digits = Span(*match.span())
        if text[digits.start].isspace():
            digits = Span(digits.start + 1, digits.end)
        if match["figure"] and not match["currency"] and not match["scale"]:
            before = text[max(bounds.start, digits.start - 30) : digits.start]
            if _is_label(before):
                continue
        if match["vague"]:
            low, high = _vague_reach(match["vague"])
            kind, unit, unit_span = _counted(text, digits, bounds, "", low)
            yield _number(text, digits, bounds, kind, (low, high), unit, unit_span, vague=True)
            continue
        value = _value(match)
        if value == inf:  # so many digits count nothing
            continue
        if match["ordinal"] or match["rank"]:
            unit, unit_span = (
                counted.head(text, Span(digits.end, bounds.end))
                if digits.end < bounds.end
                else ("", None)
            )
            if unit:
                yield _number(
                    text, digits, bounds, NumberKind.ORDINAL, (value, value), unit, unit_span
                )
            continue
        kind, unit, unit_span = _counted(text, digits, bounds, match["currency"] or "", value)
        yield _number(text, digits, bounds, kind, (value, value), unit, unit_span)


def _is_label(before: str) -> bool:
    """True after a name that the number belongs to ("Channel 4"), or a word like "page"."""
    if _LABEL_WORD_BEFORE.search(before):
        return True
    if not _NAME_BEFORE.search(before) or _hedges()[0].search(before):
        return False
    return not re.search(r"(?:^|[.!?]\s+)(?:A|[A-Z][a-z]+)\s$", before)


def _number(
    text: str,
    digits: Span,
    bounds: Span,
    kind: NumberKind,
    reach: tuple[float, float],
    unit: str = "",
    unit_span: Span | None = None,
    *,
    vague: bool = False,
) -> Number:
    """The number with the hedge before it and the mark of its kind behind it in its span."""
    pattern, bounds_of = _hedges()
    hedge = pattern.search(text, max(bounds.start, digits.start - 30), digits.start)
    bound = bounds_of[hedge[1].casefold()] if hedge else Bound.EXACT
    end = digits.end
    if kind is NumberKind.PERCENT and (after := _PERCENT_AFTER.match(text, end, bounds.end)):
        end = after.end()
    if kind is NumberKind.AGE and (after := _AGE_AFTER.match(text, end, bounds.end)):
        end = after.end()
    if unit_span and unit_span.end - end <= 30:
        end = max(end, unit_span.end)
    start = hedge.start() if hedge else digits.start
    return Number(
        kind=kind,
        span=Span(start, end),
        digits=digits,
        low=reach[0],
        high=reach[1],
        bound=Bound.VAGUE if vague else bound,
        unit=unit,
        unit_span=unit_span,
    )


def _counted(
    text: str, digits: Span, bounds: Span, currency: str, value: float
) -> tuple[NumberKind, str, Span | None]:
    """The kind of number that stands at `digits`, its unit, and where the unit stands."""
    if currency:
        return NumberKind.MONEY, CURRENCIES[currency.upper()], None
    if _PERCENT_AFTER.match(text, digits.end, bounds.end):
        return NumberKind.PERCENT, "percent", None
    if after := _CURRENCY_AFTER.match(text, digits.end, bounds.end):
        return NumberKind.MONEY, counted.unit_of(after[1]), Span(*after.span(1))
    if _AGE_AFTER.match(text, digits.end, bounds.end):
        return NumberKind.AGE, "year", None
    before = _AGE_BEFORE.search(text, max(bounds.start, digits.start - 30), digits.start)
    if (
        before
        and (5 <= value <= 110 or before[0].startswith("age"))
        and not re.match(r"\s+[a-z]", text[digits.end : digits.end + 3])
    ):
        return NumberKind.AGE, "year", None
    if digits.end >= bounds.end:
        return NumberKind.COUNT, "", None
    return NumberKind.COUNT, *counted.head(text, Span(digits.end, bounds.end))


def _value(match: re.Match[str]) -> float:
    if match["figure"]:
        scale = match["scale"] or match["short"]
        factor = float(_words()[scale.casefold()][0]) if scale else 1.0
        return float(match["figure"].replace(",", "")) * factor
    total = group = 0.0
    for word in re.split(r"[-\s]+", (match["words"] or match["ordinal"]).casefold()):
        if word == "half":
            group = 0.5
            continue
        if word in ("a", "and"):
            continue
        value, role = float(_words()[word][0]), _words()[word][1]
        if role != "scale":
            group += value
        elif value < 1000:
            group = (group or 1) * value
        else:
            total += (group or 1) * value
            group = 0.0
    return total + group


def _vague_reach(words: str) -> tuple[float, float]:
    """ "several" is 3 to 10, "tens of thousands" 20,000 and more."""
    *factor, word = re.split(r"\s+of\s+", words.casefold())
    low, high = (float(x) for x in _words()[word][0].split("-"))
    if factor:
        low = low / 2 * {"tens": 20, "hundreds": 200}[factor[0]]
    return low, high or inf
