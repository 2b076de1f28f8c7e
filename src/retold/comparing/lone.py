"""Where each of several accounts gives one figure of a kind and size, and they are not the same.

    the {more than 500-page} bill would | The proposal -- {nearly 700 pages} -- calls for

What an account counts but once is the thing it counts: no other figure of its unit stands anywhere
in the article that is half as large to twice as large. Both stand in passages that rather tell the
same, and whether both can be right is left open: at least 13 here and 17 there is what a reader
wants to see.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from retold.comparing import conflicts, partings
from retold.comparing.alignment import Judged
from retold.comparing.numbers import Bound, Number, NumberKind
from retold.comparing.partings import Parting
from retold.comparing.slots import Sentence, Slot, SlotKind
from retold.types import Difference, DifferenceKind, Facet, Place, Reading

APART = 1.4  # the larger is at most so many times the smaller: else it is another thing
ALONE = 2.0  # and no other figure of the article is so near to its own
LEAST, LEAST_SUM = 5.0, 1000.0
# of 16 such figures in 218 stories 13 count one thing; under it, of nine, one
MIN_JUDGED = 0.5
SCORE = 0.6

Kind = tuple[NumberKind, str]


def find(
    readings: Sequence[Reading], sentences: Mapping[str, Sequence[Sentence]], judged: Judged
) -> tuple[Parting, ...]:
    """The figures that part, one an account, in order of article and place."""
    texts = {r.article.id: r for r in readings}
    placed = {r.article.id: _lone(sentences.get(r.article.id, ())) for r in readings}
    joined: dict[tuple[Kind, str, float], list[Slot]] = {}
    for kind, first, second in _near(placed):
        a, b = max(itertools.product(first, second), key=lambda pair: _judged(pair, judged))
        if _judged((a, b), judged) < MIN_JUDGED:
            continue
        group = joined.get(_key(kind, a)) or joined.get(_key(kind, b)) or []
        held = {slot.article_id for slot in group}
        group += [slot for slot in (a, b) if slot.article_id not in held]
        joined[_key(kind, a)] = joined[_key(kind, b)] = group
    found = {id(group): group for group in joined.values()}.values()
    return tuple(one for group in found if (one := _parting(group, texts)))


# --- inside ---------------------------------------------------------------------------------------


def _lone(sentences: Sequence[Sentence]) -> dict[Kind, list[list[Slot]]]:
    """Of each kind the values that stand alone in the article, with all places that give each."""
    given: dict[Kind, dict[float, list[Slot]]] = defaultdict(lambda: defaultdict(list))
    for sentence in sentences:
        for slot in sentence.slots:
            if slot.kind is SlotKind.NUMBER and slot.number and _is_counted(slot.number):
                kind = slot.number.kind, slot.number.unit
                given[kind][slot.number.low].append(slot)
    return {
        kind: [
            slots
            for value, slots in by_value.items()
            if not any(
                value / ALONE <= other <= value * ALONE for other in by_value if other != value
            )
        ]
        for kind, by_value in given.items()
    }


def _is_counted(number: Number) -> bool:
    """True for a sum of money, or for so many of what is named."""
    if number.bound is Bound.VAGUE or not number.unit:
        return False
    least = {NumberKind.MONEY: LEAST_SUM, NumberKind.COUNT: LEAST}.get(number.kind)
    return least is not None and number.low >= least


def _near(
    placed: Mapping[str, Mapping[Kind, Sequence[Sequence[Slot]]]],
) -> Iterator[tuple[Kind, Sequence[Slot], Sequence[Slot]]]:
    """Pairs of values of one kind, close and not the same, with the places that give them in two
    articles."""
    rows: dict[Kind, list[tuple[float, Sequence[Slot]]]] = defaultdict(list)
    for held in placed.values():
        for kind, values in held.items():
            rows[kind] += [(_value(slots[0]), slots) for slots in values]
    for kind, of_kind in rows.items():
        of_kind.sort(key=lambda row: (row[0], row[1][0].article_id))
        for n, (low, slots) in enumerate(of_kind):
            for high, others in itertools.takewhile(
                lambda row: row[0] <= low * APART,  # noqa: B023 - used before the loop goes on
                of_kind[n + 1 :],
            ):
                if low < high and slots[0].article_id != others[0].article_id:
                    yield kind, slots, others


def _value(slot: Slot) -> float:
    return slot.number.low if slot.number else 0.0


def _key(kind: Kind, slot: Slot) -> tuple[Kind, str, float]:
    return kind, slot.article_id, _value(slot)


def _judged(pair: tuple[Slot, Slot], judged: Judged) -> float:
    """How surely the passages around both tell the same thing."""
    one, other = (Place(slot.article_id, slot.span) for slot in pair)
    return judged.likeliest(one, other)


def _parting(group: Sequence[Slot], texts: Mapping[str, Reading]) -> Parting | None:
    passages = partings.around(group, texts)
    if passages is None:
        return None
    difference = Difference(
        facet=Facet.NUMBER,
        kind=DifferenceKind.VARIATION,
        values=conflicts.values(group),
        score=SCORE,
    )
    return Parting(passages=passages, difference=difference)
