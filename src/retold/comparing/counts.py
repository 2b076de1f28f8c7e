"""What says of two numbers in the same place that both can be right: that they count two things.

{both} got $66,500 | the two of them got $133,000
196,000 jobs in {May} | 211,000 jobs in {April}
414 points on {Monday} | 440 points on {Tuesday}
at {least} 40 pages | 120 pages
132 {of the} dead were children | 141 people were dead
the {other} three senators | four senators
400 miles south {of Elm} | 325 miles {from Oak}
18 boats {and seven rafts} | 25 boats and rafts
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from retold.comparing import agreements, facts
from retold.comparing.numbers import Number, NumberKind
from retold.comparing.slots import Sentence, Slot, SlotKind
from retold.reading import calendar

NEAR_CHARS = 40  # so far from a number its "each" may stand
MONTH_CHARS = len("2031-05")  # what is no longer is a month or a year
_EACH = frozenset(("each", "apiece", "both", "every", "per", "combined", "together", "altogether"))
_OF_SOME = re.compile(r"\s+of\s(?!\d)")
# up to four words to what a number is of, or is reckoned from
_FROM = re.compile(r"\s+(?:[\w-]+\s+){0,4}?(?:of|from|off)\s+(?:the\s+)?")
_MORE_AFTER = re.compile(r"\s+(?:more|others?|additional|further)\b")
_MORE_BEFORE = re.compile(r"\b(?:an)?other\W*$|\b(?:additional|further|remaining)\W*$")
WHOLE = 100.0  # per cent
TELLING = 100.0  # from here on a number that is not round is given of one thing
_TOLLS = (
    "arrested", "cases", "confirmed", "dead", "deaths", "died", "infected", "injured", "injuries",
    "killed", "missing", "toll", "wounded",
)  # fmt: skip

Told = Mapping[str, Sequence[Sentence]]
"""The sentences of each article."""


def can_both_be_right(a: Slot, b: Slot, told: Told) -> bool:
    """True if something says that the two numbers are of two things, or leaves room for both."""
    x, y = a.number, b.number
    if not x or not y or agreements.can_both_hold(x, y):
        return True
    are_converted = any(_is_converted(slot, host(slot, told)) for slot in (a, b))
    return are_converted or count_two_things(a, b, told)


def count_two_things(a: Slot, b: Slot, told: Told) -> bool:
    """True if something says that the two numbers are of two things."""
    x, y = a.number, b.number
    if not x or not y:
        return True
    first, second = host(a, told), host(b, told)
    return (
        _gives(told[b.article_id], x)
        or _gives(told[a.article_id], y)
        or _is_of_each(a, first) != _is_of_each(b, second)
        or _is_of_some(x, first) != _is_of_some(y, second)
        or _is_of_others(x, first) != _is_of_others(y, second)
        or _is_the_rest(x, y)
        or _is_part_of(x, y, first)
        or _is_part_of(y, x, second)
        or _are_reckoned_apart(a, b, first, second)
        or _are_of_other_times(first, second)
        or (_is_bare(x, y) and _is_one_of_many(x, y, first, second))
        or (x.kind is NumberKind.AGE and not _name_the_same(a, b, first, second))
    )


def stand_apart(a: Slot, b: Slot, told: Told) -> bool:
    """True for two numbers beside which no plain word is the same, or that stand in two lists.

    What is close by value needs no more; "200 people were rescued in Elm" and "500 were in peril in
    Elm" have but the name in common.
    """
    first, second = host(a, told), host(b, told)
    x, y = a.number, b.number
    is_count = bool(x and x.kind is NumberKind.COUNT)
    is_of_many = bool(x and y and _is_one_of_many(x, y, first, second))
    return (is_count and not share_a_word(a, b, told)) or is_of_many


def share_a_word(a: Slot, b: Slot, told: Told) -> bool:
    """True if the same plain word stands beside both: one that is of no name."""
    names = _names(host(a, told)) | _names(host(b, told))
    return bool(((a.left | a.right) & (b.left | b.right)) - names)


def is_toll(a: Slot, b: Slot, told: Told) -> bool:
    """True for numbers of what goes on being counted: the dead, the arrested, the cases."""
    return all(host(slot, told).stems & _toll_stems() for slot in (a, b))


def has_risen(a: Slot, b: Slot, published: Mapping[str, dt.date | None]) -> bool:
    """True if the account of the later day gives the greater number; `published` is the day of each
    article."""
    x, y = published.get(a.article_id), published.get(b.article_id)
    if not a.number or not b.number or not x or not y or x == y:
        return False
    earlier, later = (a.number, b.number) if x < y else (b.number, a.number)
    return earlier.low < later.low


def host(slot: Slot, told: Told) -> Sentence:
    """The sentence in which the slot begins."""
    return next(s for s in told[slot.article_id] if s.span.start <= slot.span.start < s.span.end)


def before(slot: Slot, sentence: Sentence) -> str:
    """What of the sentence stands before the slot, in the form in which it is compared."""
    return sentence.form[: slot.span.start - sentence.span.start].rstrip()


# --- inside ---------------------------------------------------------------------------------------


@cache
def _toll_stems() -> frozenset[str]:
    return frozenset(map(facts.stem, _TOLLS))


def _numbers(sentence: Sentence) -> Iterator[Number]:
    return (s.number for s in sentence.slots if s.kind is SlotKind.NUMBER and s.number)


def _gives(sentences: Sequence[Sentence], number: Number) -> bool:
    """True if the article has the number too: then the other one is of another thing."""
    return any(
        (one.low, one.high) == (number.low, number.high)
        and one.kind is number.kind
        and (one.unit == number.unit or not one.unit or not number.unit or _is_telling(number))
        for sentence in sentences
        for one in _numbers(sentence)
    )


def _is_bare(x: Number, y: Number) -> bool:
    """True for shares, and for what names nothing that it counts: the levels of two markets."""
    return x.kind is NumberKind.PERCENT or not x.unit or not y.unit


def _is_converted(slot: Slot, sentence: Sentence) -> bool:
    """True for the same measure in another unit: "30 kilometres (18.6 miles)"."""
    return before(slot, sentence).endswith("(") and any(
        one.kind is SlotKind.NUMBER and 0 < slot.span.start - one.span.end <= len(" (")
        for one in sentence.slots
    )


def _is_telling(number: Number) -> bool:
    """True for a number that two things rarely share: 239, not 240."""
    return number.low >= TELLING and number.low % 10 != 0


def _is_of_some(number: Number, sentence: Sentence) -> bool:
    """True for a number of some out of more: "three of the videos"."""
    return bool(_OF_SOME.match(sentence.form, number.digits.end - sentence.span.start))


def _is_of_others(number: Number, sentence: Sentence) -> bool:
    """True for a number of those beside others: "the other three", "three more"."""
    start, end = (at - sentence.span.start for at in (number.digits.start, number.digits.end))
    return bool(_MORE_AFTER.match(sentence.form, end) or _MORE_BEFORE.search(sentence.form[:start]))


def _is_the_rest(x: Number, y: Number) -> bool:
    """True for two shares that make a whole: 70 percent keep it, 30 percent do not."""
    are_shares = x.kind is y.kind is NumberKind.PERCENT
    return are_shares and x.low == x.high and y.low == y.high and x.low + y.low == WHOLE


def _is_part_of(part: Number, whole: Number, sentence: Sentence) -> bool:
    """True for a number that with another of its sentence makes exactly the whole: "18 boats and
    seven rafts" of "25 boats and rafts"."""
    return part.kind is whole.kind is NumberKind.COUNT and any(
        one.kind is NumberKind.COUNT and one.low == whole.low - part.low > 0
        for one in _numbers(sentence)
        if one.span != part.span
    )


def _are_reckoned_apart(a: Slot, b: Slot, first: Sentence, second: Sentence) -> bool:
    """True for so many miles from one place and so many from another."""
    x, y = _reckoned_from(a, first), _reckoned_from(b, second)
    return bool(x and y) and not x & y


def _reckoned_from(slot: Slot, sentence: Sentence) -> frozenset[str]:
    """The name that the number is of, or is reckoned from; empty if there is none."""
    found = _FROM.match(sentence.form, slot.span.end - sentence.span.start)
    if not found:
        return frozenset()
    start = sentence.span.start + found.end()
    after = (word for word in sentence.words if word.span.start >= start)
    return frozenset(word.stem for word in itertools.takewhile(lambda w: w.is_name, after))


def _is_of_each(slot: Slot, sentence: Sentence) -> bool:
    return any(
        word.form in _EACH
        for word in sentence.words
        if slot.span.start - NEAR_CHARS <= word.span.start
        and word.span.end <= slot.span.end + NEAR_CHARS
    )


def _are_of_other_times(first: Sentence, second: Sentence) -> bool:
    """True if each sentence names a day, or each a month, a quarter or a year, and none that the
    other does."""
    for are_days in (True, False):
        a, b = ([*_times(sentence, are_days=are_days)] for sentence in (first, second))
        if a and b and not any(x[0] <= y[1] and y[0] <= x[1] for x in a for y in b):
            return True
    return False


def _times(sentence: Sentence, *, are_days: bool) -> Iterator[tuple[int, int]]:
    for slot in sentence.slots:
        date = slot.time.date if slot.time else None
        if not date or (max(map(len, date.split("/"))) > MONTH_CHARS) is not are_days:
            continue
        if days := calendar.days(date):
            yield days[0].toordinal(), days[1].toordinal()


def _is_one_of_many(x: Number, y: Number, first: Sentence, second: Sentence) -> bool:
    """True if either sentence has more numbers of the kind that the other has not: of two lists
    only the odd ones out answer each other."""
    a, b = (
        {one.low for one in _numbers(sentence) if one.kind is x.kind and one.unit == number.unit}
        for sentence, number in ((first, x), (second, y))
    )
    return len(a - b) > 1 or len(b - a) > 1


def _name_the_same(a: Slot, b: Slot, first: Sentence, second: Sentence) -> bool:
    """True if the same name stands beside both: two ages are mostly two people."""
    return bool((a.left | a.right) & (b.left | b.right) & _names(first) & _names(second))


def _names(sentence: Sentence) -> frozenset[str]:
    return frozenset(word.stem for word in sentence.words if word.is_name)
