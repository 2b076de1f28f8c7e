"""What cannot both be right as written: numbers, dates and quoted words in the same slot.

Nothing here is trained. Two values are put against each other only where the same words stand
beside them in sentences that are alike; two numbers that count different things are no conflict.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from retold import lexicons
from retold.comparing import contrast, facts, slots
from retold.comparing.contrast import Contrasts, Floats
from retold.comparing.numbers import Bound, NumberKind
from retold.comparing.slots import Slot, SlotKind
from retold.reading import calendar
from retold.types import Difference, DifferenceKind, Facet, Value

MIN_LIKENESS = 0.2
MIN_LIKENESS_LED_IN = 0.1
# in sentences that are less alike, the dates must be of the same word
MIN_LIKENESS_OF_DATES = 0.3
# "on Wednesday" stands in half of all sentences, and is but reckoned: those must be alike
MIN_LIKENESS_RECKONED = 0.4
# two sums that are close by stand in any two lists of what was bought
MIN_LIKENESS_NEAR = 0.3
MIN_SCORE = 0.5
MAX_RATIO = 5.0
NEAR_RATIO, NEAR_LEAST = 1.25, 20.0
STRETCH_CHARS = 150  # changes of a quotation that are nearer are of one stretch
MIN_SHARE = 0.6  # of the words of the shorter quotation, for a change in it to be a conflict


def find(pairs: Contrasts, odds: Floats) -> tuple[Difference, ...]:
    """The conflicts among the pairs of slots, the surest first; what one account sets against
    several others is one conflict."""
    column = {name: pairs.features[:, n] for n, name in enumerate(contrast.NAMES)}
    apart = np.maximum(column["number"], column["date"]) == contrast.CONFLICT
    turned = column["turn"] >= 1 + MIN_SHARE
    found: list[Difference] = []
    rows = np.flatnonzero(apart | turned).tolist()
    for row in sorted(rows, key=lambda row: not _is_denied(pairs, row)):
        a, b = pairs.slots[pairs.left[row]], pairs.slots[pairs.right[row]]
        likeness, beside = float(column["sentences"][row]), float(column["beside"][row])
        score = min(1.0, MIN_SCORE + 0.5 * likeness + 0.2 * float(odds[row]))
        if a.kind is SlotKind.TURN and _is_fitted(a.form, b.form):
            continue
        if a.kind is SlotKind.TURN:
            # one change of a stretch is shown as a conflict, all of them in the apparatus
            if not any(_is_beside(d, a, b) for d in found):
                facet = Facet.POLARITY if _is_denied(pairs, row) else Facet.WORDING
                found.append(_conflict(facet, a, b, score))
        elif _is_told_by_both(pairs, row):
            continue
        elif are_near(a, b) and (beside > 0 or likeness >= MIN_LIKENESS_NEAR):
            found.append(_conflict(Facet.NUMBER, a, b, score))
        elif not _is_same_place(a, b, likeness, beside):
            continue
        elif date_as_exactly(a, b) and (likeness >= MIN_LIKENESS_OF_DATES or a.head == b.head):
            found.append(_conflict(Facet.DATE, a, b, score))
        elif _counts_the_same(a, b):
            found.append(_conflict(Facet.NUMBER, a, b, score))
    return _joined(sorted(found, key=lambda d: -d.score))


def values(held: Sequence[Slot]) -> tuple[Value, ...]:
    """What the slots show, in order of article and place."""
    found = [Value(article_id=s.article_id, span=s.span, value=compared(s)) for s in held]
    return tuple(sorted(found, key=lambda value: (value.article_id, value.span)))


def compared(slot: Slot) -> str:
    """The form in which the slot was compared."""
    if slot.time and slot.time.date:
        return slot.time.date
    if slot.number:
        low, high = slot.number.low, slot.number.high
        value = f"{low:g}" if low == high else f"{low:g}–{high:g}"
        return f"{value} {slot.number.unit}".strip()
    return slot.form


def are_near(a: Slot, b: Slot) -> bool:
    """True for two figures that differ by little and must count one thing: 412 and 421 tickets.

    Where one of them names no unit ("421 of them") both have three figures to the last.
    """
    x, y = a.number, b.number
    if (
        not x
        or not y
        or not a.kind is b.kind is SlotKind.NUMBER
        or Bound.VAGUE in (x.bound, y.bound)
    ):
        return False
    # of a poll every candidate has a share
    if x.kind in (NumberKind.ORDINAL, NumberKind.PERCENT) or (
        x.unit != y.unit and not _are_full(x.low, y.low)
    ):
        return False
    low, high = sorted((x.low, y.low))
    return 0 < low < high <= low * NEAR_RATIO and high >= NEAR_LEAST


def date_as_exactly(a: Slot, b: Slot) -> bool:
    """True for two dates of one precision: a day is no conflict with a week or a year.

    The same day of the week ("Tuesday", "Tuesday night") is none either: which one is but reckoned.
    """
    if not (a.kind is b.kind is SlotKind.DATE and a.time and b.time) or a.form == b.form:
        return False
    if any(day in a.form and day in b.form for day in calendar.WEEKDAYS):
        return False
    first, second = a.time.date or "", b.time.date or ""
    return len(first) == len(second) > 0 and "/" not in first + second


# --- inside ---------------------------------------------------------------------------------------


def _is_beside(difference: Difference, a: Slot, b: Slot) -> bool:
    """True if the difference shows words of the same stretch of the same two articles."""
    near = {
        slot.article_id
        for slot in (a, b)
        for value in difference.values
        if value.article_id == slot.article_id
        and abs(value.span.start - slot.span.start) <= STRETCH_CHARS
    }
    return difference.facet in (Facet.WORDING, Facet.POLARITY) and len(near) > 1


def _is_denied(pairs: Contrasts, row: int) -> bool:
    """True for two quoted words of which one says "not"."""
    a, b = pairs.slots[pairs.left[row]], pairs.slots[pairs.right[row]]
    return a.kind is b.kind is SlotKind.TURN and _negates(a.form) != _negates(b.form)


def _negates(form: str) -> bool:
    return any(word in slots.negations() or word.endswith("n't") for word in form.split())


def _joined(found: Sequence[Difference]) -> tuple[Difference, ...]:
    """The conflicts, those of one facet that share a value made one: a value an article."""
    out: list[Difference] = []
    for one in found:
        at = next((n for n, other in enumerate(out) if _share_a_value(one, other)), None)
        if at is None:
            out.append(one)
            continue
        held = {value.article_id for value in out[at].values}
        more = [value for value in one.values if value.article_id not in held]
        joined = sorted((*out[at].values, *more), key=lambda value: (value.article_id, value.span))
        out[at] = dataclasses.replace(out[at], values=tuple(joined))
    return tuple(out)


def _share_a_value(one: Difference, other: Difference) -> bool:
    return one.facet is other.facet and bool(set(one.values) & set(other.values))


def _is_fitted(a: str, b: str) -> bool:
    """True for {my} and {his}, {look} and {looks}, {end} and {ending}: the sentence around the
    words has changed, not what is said."""
    persons, first = lexicons.words("persons"), lexicons.words("first_persons")
    if (a in persons and b in persons) or a in first or b in first:
        return True
    return " " not in a + b and min(len(a), len(b)) > 2 and facts.stem(a) == facts.stem(b)


def _is_same_place(a: Slot, b: Slot, likeness: float, beside: float) -> bool:
    """True if the same words stand beside both in sentences that are somewhat alike.

    Where the same grammar leads in, less will do: "became President {in} [1999]" answers "becoming
    president of Russia {in} [2000]" in sentences that share little else.
    """
    if beside <= 0 or (a.governor and b.governor and a.governor != b.governor):
        return False
    is_led_in = a.governor == b.governor != "" and bool(a.left & b.left)
    if any(slot.time and slot.time.is_relative for slot in (a, b)):
        return likeness >= MIN_LIKENESS_RECKONED
    return likeness >= (MIN_LIKENESS_LED_IN if is_led_in else MIN_LIKENESS)


def _are_full(*values: float) -> bool:
    return all(value >= 100 and value % 10 for value in values)


def _is_told_by_both(pairs: Contrasts, row: int) -> bool:
    """True if either article gives the other's value there too: then it is of another thing."""
    a, b = pairs.slots[pairs.left[row]], pairs.slots[pairs.right[row]]
    return any(
        compared(other) == compared(one)
        for one, there in ((a, b.article_id), (b, a.article_id))
        for other in pairs.slots
        if other.article_id == there and other.kind is one.kind
    )


def _counts_the_same(a: Slot, b: Slot) -> bool:
    """True if both give an exact number of the same unit, or of the same kind that needs none.

    Numbers of another order count other things: "$200,000" does not contradict "$5.4 million".
    """
    if (
        not a.number
        or not b.number
        or a.kind is not SlotKind.NUMBER
        or b.kind is not SlotKind.NUMBER
    ):
        return False
    if Bound.VAGUE in (a.number.bound, b.number.bound):
        return False
    if a.number.kind is NumberKind.ORDINAL:
        return False
    low, high = sorted((max(a.number.high, 1.0), max(b.number.high, 1.0)))
    if high > low * MAX_RATIO:
        return False
    needs_unit = a.number.kind is NumberKind.COUNT
    return not needs_unit or bool(a.number.unit and a.number.unit == b.number.unit)


def _conflict(facet: Facet, a: Slot, b: Slot, score: float) -> Difference:
    return Difference(
        facet=facet,
        kind=DifferenceKind.CONFLICT,
        values=values((a, b)),
        score=round(score, 4),
    )
