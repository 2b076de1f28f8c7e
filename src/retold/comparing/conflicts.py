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


def find(pairs: Contrasts, odds: Floats) -> tuple[Difference, ...]:
    """The conflicts among the pairs of slots, the surest first."""
    column = contrast.NAMES.index
    likeness = pairs.features[:, column("sentences")]
    beside = pairs.features[:, column("beside")]
    typed = pairs.features[:, [column("number"), column("date")]].max(axis=1) == contrast.CONFLICT
    turned = pairs.features[:, column("turn")] > 1
    out = []
    for row in np.flatnonzero((typed & (likeness >= MIN_LIKENESS)) | turned).tolist():
        a, b = pairs.slots[pairs.left[row]], pairs.slots[pairs.right[row]]
        score = min(1.0, MIN_SCORE + 0.5 * float(likeness[row]) + 0.2 * float(odds[row]))
        if a.kind is SlotKind.TURN:
            out.append(_conflict(Facet.WORDING, a, b, score))
        elif a.number and b.number and _counts_the_same(a, b) and beside[row] > 0:
            out.append(_conflict(Facet.NUMBER, a, b, score))
        elif a.time and b.time and a.kind is b.kind is SlotKind.DATE and beside[row] > 0:
            out.append(_conflict(Facet.DATE, a, b, score))
    return tuple(sorted(out, key=lambda d: -d.score))


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
