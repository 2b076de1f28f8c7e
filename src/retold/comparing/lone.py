"""Where each of several accounts gives one figure of a kind and size, and they are not the same.

    the {more than 500-page} bill would | The proposal -- {nearly 700 pages} -- calls for

What an account counts but once is the thing it counts: no other figure of its unit stands anywhere
in the article that is half as large to twice as large, and both stand in passages that rather tell
the same. Where these surely do, the one figure of its unit in each sentence is that thing too, if
neither account has the other's, as it is or in two parts. Whether both can be right is left open,
but for one that only rounds the other: at least 13 here and 17 there is what a reader wants to see.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from retold.comparing import agreements, counts, partings
from retold.comparing.alignment import Judged
from retold.comparing.numbers import Bound, Number, NumberKind
from retold.comparing.partings import Parting
from retold.comparing.slots import Sentence, Slot, SlotKind
from retold.types import Facet, Place, Reading, Span

APART = 1.4  # the larger is at most so many times the smaller: else it is another thing
ALONE = 2.0  # and no other figure of the article is so near to its own
LEAST, LEAST_SUM = 5.0, 1000.0
# of 16 such figures in 218 stories 13 count one thing; under it, of nine, one
MIN_JUDGED = 0.5
# where the same plain word stands beside both and they cannot both be right: of seven more in 535
# stories six
HARDLY_JUDGED = 0.1
SAID_APART = 1.1, 2.0  # of the one figure of its unit in each of two sentences: no mere rounding
SURELY_JUDGED = 0.75
SCORE = 0.6

Kind = tuple[NumberKind, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """All places where an article gives a value, those where its sentence gives no other of its
    kind, and whether the article gives none that is near."""

    article_id: str
    value: float
    slots: Sequence[Slot]
    single: Sequence[Slot]
    is_alone: bool


def find(
    readings: Sequence[Reading], sentences: Mapping[str, Sequence[Sentence]], judged: Judged
) -> tuple[Parting, ...]:
    """The figures that part, one an account, in order of article and place."""
    texts = {r.article.id: r for r in readings}
    rows: dict[Kind, list[Counted]] = defaultdict(list)
    for reading in readings:
        for kind, counted in _counted(reading.article.id, sentences.get(reading.article.id, ())):
            rows[kind].append(counted)
    joined: dict[tuple[Kind, str, float], list[Slot]] = {}
    for kind, one, other in _near(rows):
        pair = _of_one_thing(one, other, sentences, judged)
        if pair is None or _is_given(rows[kind], one, other):
            continue
        keys = [(kind, counted.article_id, counted.value) for counted in (one, other)]
        group = joined.get(keys[0]) or joined.get(keys[1]) or []
        held = {slot.article_id for slot in group}
        group += [slot for slot in pair if slot.article_id not in held]
        joined.update(dict.fromkeys(keys, group))
    found = {id(group): group for group in joined.values()}.values()
    parted = (partings.varying(group, texts, facet=Facet.NUMBER, score=SCORE) for group in found)
    return tuple(filter(None, parted))


# --- inside ---------------------------------------------------------------------------------------


def _counted(article_id: str, sentences: Sequence[Sentence]) -> Iterator[tuple[Kind, Counted]]:
    """The values that the article gives of each kind."""
    given: dict[Kind, dict[float, list[Slot]]] = defaultdict(lambda: defaultdict(list))
    single: set[Span] = set()
    for sentence in sentences:
        held: dict[Kind, list[Slot]] = defaultdict(list)
        for slot in sentence.slots:
            if slot.kind is SlotKind.NUMBER and slot.number:
                held[slot.number.kind, slot.number.unit].append(slot)
        for kind, slots in held.items():
            single.update([slots[0].span] if len(slots) == 1 else ())
            for slot in slots:
                if slot.number and _is_counted(slot.number):
                    given[kind][slot.number.low].append(slot)
    for kind, by_value in given.items():
        for value, slots in by_value.items():
            yield (
                kind,
                Counted(
                    article_id=article_id,
                    value=value,
                    slots=slots,
                    single=[slot for slot in slots if slot.span in single],
                    is_alone=not any(
                        value / ALONE <= other <= value * ALONE
                        for other in by_value
                        if other != value
                    ),
                ),
            )


def _is_counted(number: Number) -> bool:
    """True for a sum of money, or for so many of what is named."""
    if number.bound is Bound.VAGUE or not number.unit:
        return False
    least = {NumberKind.MONEY: LEAST_SUM, NumberKind.COUNT: LEAST}.get(number.kind)
    return least is not None and number.low >= least


def _near(rows: Mapping[Kind, list[Counted]]) -> Iterator[tuple[Kind, Counted, Counted]]:
    """Pairs of values of one kind in two articles, close and not the same."""
    for kind, of_kind in rows.items():
        held = sorted(of_kind, key=lambda counted: (counted.value, counted.article_id))
        for one, other in itertools.combinations(held, 2):
            are_two = one.article_id != other.article_id and one.value < other.value
            if are_two and other.value <= one.value * SAID_APART[1]:
                yield kind, one, other


def _is_given(of_kind: Sequence[Counted], one: Counted, other: Counted) -> bool:
    """True if one of the two articles gives the other's value as well, or two that make it up."""
    mine, theirs = (
        [counted for counted in of_kind if counted.article_id == article_id]
        for article_id in (one.article_id, other.article_id)
    )
    return _gives(mine, one, other) or _gives(theirs, other, one) or _is_part(mine, one, other)


def _gives(beside: Sequence[Counted], one: Counted, other: Counted) -> bool:
    """True if the article of `one` gives, beside it, what `other` says, the same or nearer to it:
    "1,464.94 points" of "over 1,400"."""
    return any(
        abs(near.value - other.value) < abs(one.value - other.value) and _can_both_hold(near, other)
        for near in beside
    )


def _is_part(beside: Sequence[Counted], one: Counted, whole: Counted) -> bool:
    """True if `one` is clearly less and its article gives, beside it, another value that makes it
    about the whole: those killed in Elm and those killed in Oak."""
    low, high = whole.value / SAID_APART[0], whole.value * SAID_APART[0]
    return one.value * APART < whole.value and any(
        near.value != one.value and low <= one.value + near.value <= high for near in beside
    )


def _of_one_thing(
    one: Counted, other: Counted, sentences: Mapping[str, Sequence[Sentence]], judged: Judged
) -> tuple[Slot, Slot] | None:
    """The two places where both are likeliest given for one thing, None if they hardly are."""
    ratio = other.value / one.value
    if ratio < SAID_APART[0] and _is_rounded(one, other):
        return None
    pair = None
    if one.is_alone and other.is_alone and ratio <= APART:
        ranked = _ranked(one.slots, other.slots, judged)
        pair = next(
            (
                pair
                for score, pair in ranked
                if score >= MIN_JUDGED or (score >= HARDLY_JUDGED and _are_alike(*pair, sentences))
            ),
            None,
        )
    if pair is None and ratio >= SAID_APART[0]:
        ranked = _ranked(one.single, other.single, judged)
        pair = next((pair for score, pair in ranked if score >= SURELY_JUDGED), None)
    return pair if pair and not counts.count_two_things(*pair, sentences) else None


def _is_rounded(one: Counted, other: Counted) -> bool:
    """True if one account gives exactly what the other gives as a least, a most, or about so."""
    exact = [
        all(slot.number and slot.number.bound is Bound.EXACT for slot in counted.slots)
        for counted in (one, other)
    ]
    return exact[0] != exact[1] and _can_both_hold(one, other)


def _can_both_hold(one: Counted, other: Counted) -> bool:
    """True if the two values can both be right wherever they are given."""
    return any(
        a.number and b.number and agreements.can_both_hold(a.number, b.number)
        for a, b in itertools.product(one.slots, other.slots)
    )


def _are_alike(a: Slot, b: Slot, sentences: Mapping[str, Sequence[Sentence]]) -> bool:
    """True if the same word stands beside both and only one of them can be right."""
    is_beside = counts.share_a_word(a, b, sentences)
    return is_beside and not counts.can_both_be_right(a, b, sentences)


def _ranked(
    first: Sequence[Slot], second: Sequence[Slot], judged: Judged
) -> list[tuple[float, tuple[Slot, Slot]]]:
    """The pairs with how surely their passages tell the same thing, the surest first."""
    scored = [
        (judged.likeliest(*(Place(slot.article_id, slot.span) for slot in pair)), pair)
        for pair in itertools.product(first, second)
    ]
    return sorted(scored, key=lambda row: -row[0])
