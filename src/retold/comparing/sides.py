"""How sure it is that each side of a difference belongs to it, where there are more than two.

    One: “raised to {48 pages}” | Two: “of {47 pages}” | Three: “in {forty rooms}”   1.0  1.0  0.3

A third account is joined to two that part for standing in the place of either; it may tell another
thing, or the words may stand beside what parts. Trained on what readers judged side by side
(`training/sides.py`).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from retold.comparing import trees
from retold.comparing.alignment import Judged
from retold.comparing.slots import Slot
from retold.comparing.units import Floats
from retold.types import Place

MODEL = "sides"
# a third account that does not belong spoils the two that do: of stories unseen, the sides that are
# left from here on all belong in seven of ten differences, where it is six with every side
SURE = 0.7
NAMES = (
    "surest judged", "least judged", "mean judged", "others judged", "judged beside others",
    "most words shared", "least words shared", "told", "odds", "sides", "chars", "chars of others",
    "given by another",
)  # fmt: skip
"""What the columns of the measures are called, in order."""


def judge(shown: Sequence[Slot], judged: Judged, *, told: float, odds: float) -> tuple[float, ...]:
    """For each slot the probability that it belongs to what the others show; of two both do."""
    if len(shown) < 3:
        return (1.0,) * len(shown)
    rows = measure(shown, judged, told=told, odds=odds)
    return tuple(trees.load(MODEL).judge(rows).tolist())


def measure(shown: Sequence[Slot], judged: Judged, *, told: float, odds: float) -> Floats:
    """What is known of each of three slots or more, a row each: the columns of `NAMES`."""
    if len(shown) < 3:
        return np.zeros((0, len(NAMES)), np.float32)
    places = [Place(slot.article_id, slot.span) for slot in shown]
    alike = {
        frozenset(pair): judged.likeliest(places[pair[0]], places[pair[1]])
        for pair in itertools.combinations(range(len(shown)), 2)
    }
    return np.array([_row(at, shown, alike, told, odds) for at in range(len(shown))], np.float32)


def sure(scores: Sequence[float]) -> tuple[bool, ...]:
    """Of each side whether it surely belongs; the two surest do."""
    least = min(SURE, *sorted(scores, reverse=True)[:2])
    return tuple(score >= least for score in scores)


# --- inside ---------------------------------------------------------------------------------------


def _row(
    at: int, shown: Sequence[Slot], alike: dict[frozenset[int], float], told: float, odds: float
) -> list[float]:
    slot = shown[at]
    others = [n for n in range(len(shown)) if n != at]
    own = [alike[frozenset((at, n))] for n in others]
    rest = max(alike[frozenset(pair)] for pair in itertools.combinations(others, 2))
    shared = [_shared(slot, shown[n]) for n in others]
    return [
        max(own),
        min(own),
        sum(own) / len(own),
        rest,
        max(own) - rest,
        max(shared),
        min(shared),
        told,
        odds,
        len(shown),
        len(slot.span),
        sum(len(shown[n].span) for n in others) / len(others),
        any(slot.form == shown[n].form for n in others),
    ]


def _shared(a: Slot, b: Slot) -> float:
    """The part of the words of meaning of the shorter slot that the other has."""
    return len(a.stems & b.stems) / max(1, min(len(a.stems), len(b.stems)))
