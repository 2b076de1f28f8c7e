"""What cannot both be right as written: numbers, dates and quoted words in the same slot.

Nothing here is trained. Two values are put against each other only where the same words stand
beside them in sentences that are alike; two numbers that count different things are no conflict.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from retold.comparing import contrast
from retold.comparing.contrast import Contrasts, Floats
from retold.comparing.numbers import Bound, NumberKind
from retold.comparing.slots import Slot, SlotKind
from retold.types import Difference, DifferenceKind, Facet, Value

MIN_LIKENESS = 0.2
MIN_SCORE = 0.5
MIN_SHARE = 0.6  # of the words of the shorter quotation, for a change in it to be a conflict


def find(pairs: Contrasts, odds: Floats) -> tuple[Difference, ...]:
    """The conflicts among the pairs of slots, the surest first."""
    column = {name: pairs.features[:, n] for n, name in enumerate(contrast.NAMES)}
    apart = np.maximum(column["number"], column["date"]) == contrast.CONFLICT
    turned = column["turn"] >= 1 + MIN_SHARE
    found = []
    for row in np.flatnonzero(apart | turned).tolist():
        a, b = pairs.slots[pairs.left[row]], pairs.slots[pairs.right[row]]
        likeness, beside = float(column["sentences"][row]), float(column["beside"][row])
        score = min(1.0, MIN_SCORE + 0.5 * likeness + 0.2 * float(odds[row]))
        if a.kind is SlotKind.TURN:
            found.append(_conflict(Facet.WORDING, a, b, score))
        elif not _is_same_place(a, b, likeness, beside):
            continue
        elif a.kind is b.kind is SlotKind.DATE:
            found.append(_conflict(Facet.DATE, a, b, score))
        elif _counts_the_same(a, b):
            found.append(_conflict(Facet.NUMBER, a, b, score))
    return tuple(sorted(found, key=lambda d: -d.score))


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


# --- inside ---------------------------------------------------------------------------------------


def _is_same_place(a: Slot, b: Slot, likeness: float, beside: float) -> bool:
    """True if the same words stand beside both, or in alike sentences the same word of grammar.

    "became President {in} [1999]" answers "becoming president of Russia {in} [2000]" in sentences
    that share little else.
    """
    if a.governor and b.governor and a.governor != b.governor:
        return False
    return beside > 0 and likeness >= (MIN_LIKENESS if a.governor != b.governor else 0.0)


def _counts_the_same(a: Slot, b: Slot) -> bool:
    """True if both give an exact number of the same unit, or of the same kind that needs none."""
    if (
        not a.number
        or not b.number
        or a.kind is not SlotKind.NUMBER
        or b.kind is not SlotKind.NUMBER
    ):
        return False
    if Bound.VAGUE in (a.number.bound, b.number.bound):
        return False
    needs_unit = a.number.kind in (NumberKind.COUNT, NumberKind.ORDINAL)
    return not needs_unit or bool(a.number.unit and a.number.unit == b.number.unit)


def _conflict(facet: Facet, a: Slot, b: Slot, score: float) -> Difference:
    return Difference(
        facet=facet,
        kind=DifferenceKind.CONFLICT,
        values=values((a, b)),
        score=round(score, 4),
    )
