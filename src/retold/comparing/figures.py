"""Where two articles count one thing differently, in whatever sentences they do.

    a {47-page} indictment unsealed in federal court | the {48-page} indictment says

A careful reader sees such a pair at once, though the sentences around it tell of other things and
no claim holds both. Only figures are put against each other that are close and exact, of which
neither article gives the other's, and beside which the same rare word stands; or that are long, and
so close that one is likely to be a slip for the other.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from retold.comparing import conflicts, counts, partings, units
from retold.comparing.numbers import Bound, Number, NumberKind
from retold.comparing.partings import Parting
from retold.comparing.slots import Sentence, Slot, SlotKind
from retold.types import Difference, DifferenceKind, Facet, Reading

NEAR, LEAST = 1.25, 20.0  # the larger at most so many times the smaller, and at least so much
SLIP, LONG = 1.03, 1000.0
MIN_RARITY = 0.4  # of the word beside both, 0..1 over the news of many outlets
SCORE = 0.5  # a rule without a measure of its own: no surer than even


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An exact number where it stands. `beside` are the stems next to it, `names` those of them
    that are of names."""

    slot: Slot
    number: Number
    beside: frozenset[str]
    names: frozenset[str]


def find(
    readings: Sequence[Reading], sentences: Mapping[str, Sequence[Sentence]]
) -> tuple[Parting, ...]:
    """The pairs of figures that part, in order of article and place; each figure in one at most."""
    placed = {r.article.id: list(_exact(sentences.get(r.article.id, ()))) for r in readings}
    given = {article: {one.number.low for one in held} for article, held in placed.items()}
    texts = {r.article.id: r for r in readings}
    out: list[Parting] = []
    taken: set[tuple[str, int]] = set()
    for a, b in _near(placed):
        s, t = a.slot, b.slot
        first, second = s.article_id, t.article_id
        is_told = a.number.low in given[second] or b.number.low in given[first]
        if is_told or not _count_the_same(a, b) or counts.can_both_be_right(s, t, sentences):
            continue
        places = {(first, s.span.start), (second, t.span.start)}
        passages = partings.around((s, t), texts)
        if taken & places or passages is None:
            continue
        taken |= places
        out.append(Parting(passages=passages, difference=_difference(s, t)))
    return tuple(out)


# --- inside ---------------------------------------------------------------------------------------


def _exact(sentences: Sequence[Sentence]) -> Iterator[Placed]:
    """The numbers that are given as one value, and that count or price something: ages stand beside
    names, and two ages are two people."""
    for sentence in sentences:
        for slot in sentence.slots:
            number = slot.number
            if (
                number
                and slot.kind is SlotKind.NUMBER
                and number.bound is Bound.EXACT
                and number.kind not in (NumberKind.ORDINAL, NumberKind.AGE)
                and number.low == number.high >= LEAST / NEAR
            ):
                beside = slot.left | slot.right
                names = beside & {word.stem for word in sentence.words if word.is_name}
                yield Placed(slot=slot, number=number, beside=beside, names=names)


def _near(placed: Mapping[str, Sequence[Placed]]) -> Iterator[tuple[Placed, Placed]]:
    """Pairs of close values of different articles: of each article in order of value, so that only
    neighbours meet."""
    by_value: dict[NumberKind, list[tuple[float, int, Placed]]] = defaultdict(list)
    for at, held in enumerate(placed.values()):
        for one in held:
            by_value[one.number.kind].append((one.number.low, at, one))
    for rows in by_value.values():
        rows.sort(key=lambda row: (row[0], row[1], row[2].slot.span))
        for n, (low, at, one) in enumerate(rows):
            for high, other_at, other in itertools.takewhile(
                lambda row: row[0] <= low * NEAR,  # noqa: B023 - used before the loop goes on
                rows[n + 1 :],
            ):
                if at != other_at and low < high >= LEAST:
                    yield (one, other) if at < other_at else (other, one)


def _count_the_same(a: Placed, b: Placed) -> bool:
    """True for one unit beside the same rare word, or two where they are of names: what is paid in
    two places is paid by the same person."""
    x, y = a.number, b.number
    if x.unit and y.unit and x.unit != y.unit:
        return False
    shared = {stem for stem in a.beside & b.beside if _is_rare(stem)}
    if x.unit and x.unit == y.unit and (len(shared) > 1 or shared - a.names - b.names):
        return True
    low, high = sorted((x.low, y.low))
    return low >= LONG and high <= low * SLIP and bool(low % 10) and bool(high % 10)


def _is_rare(stem: str) -> bool:
    return units.lexicon().rarity(stem) >= MIN_RARITY


def _difference(a: Slot, b: Slot) -> Difference:
    return Difference(
        facet=Facet.NUMBER,
        kind=DifferenceKind.CONFLICT,
        values=conflicts.values((a, b)),
        score=SCORE,
    )
