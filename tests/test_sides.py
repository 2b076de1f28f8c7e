"""How sure it is that each side of a difference belongs to it."""

from __future__ import annotations

import numpy as np
import pytest

from retold.comparing import alignment, facts, sides
from retold.comparing.alignment import Judged
from retold.comparing.slots import Slot
from tests import readings

PAGES = (
    "The indictment of the harbor master ran to [48 pages].",
    "On Monday the harbor master was indicted on [47 pages].",
    "The harbor master has kept [forty rooms] at the inn.",
)


def _shown(*texts: str) -> tuple[list[Slot], Judged]:
    held = [
        readings.dated(text.replace("[", "").replace("]", ""), f"Outlet {n}", day=9 + 7 * n)
        for n, text in enumerate(texts)
    ]
    _, shown = readings.parted(*texts)
    return shown, alignment.judge(held, [facts.of(r) for r in held])


def test_of_two_sides_both_belong() -> None:
    """Where there are but two nothing is judged."""
    shown, judged = _shown(*PAGES[:2])
    assert sides.judge(shown, judged, told=0.7, odds=0.5) == (1.0, 1.0)
    assert sides.measure(shown, judged, told=0.7, odds=0.5).shape == (0, len(sides.NAMES))


def test_each_of_three_sides_has_its_measures() -> None:
    """A row a side; the columns hold what they are called."""
    shown, judged = _shown(*PAGES)
    rows = sides.measure(shown, judged, told=0.7, odds=0.5)
    row = dict(zip(sides.NAMES, rows[2].tolist(), strict=True))
    assert rows.shape == (3, len(sides.NAMES))
    assert (row["told"], row["odds"]) == pytest.approx((0.7, 0.5))
    assert (row["sides"], row["chars"], row["chars of others"]) == (3, 11, 8)
    assert row["most words shared"] == row["given by another"] == 0


def test_every_side_is_judged_for_itself() -> None:
    """In another order the sides have the same scores, between 0 and 1."""
    shown, judged = _shown(*PAGES)
    scores = sides.judge(shown, judged, told=0.7, odds=0.5)
    back = sides.judge(shown[::-1], judged, told=0.7, odds=0.5)
    assert np.allclose(scores, back[::-1])
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ((1.0, 1.0), (True, True)),
        ((0.9, 0.8, 0.75), (True, True, True)),
        ((0.9, 0.3, 0.6), (True, False, True)),
        ((0.2, 0.1, 0.1), (True, True, True)),
    ],
    ids=["two", "all sure", "one that is not", "two of them alike"],
)
def test_two_sides_at_least_are_sure(scores: tuple[float, ...], expected: tuple[bool, ...]) -> None:
    """The two surest belong whatever their scores, and what is no less sure than they."""
    assert sides.sure(scores) == expected
