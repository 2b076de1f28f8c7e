"""Where accounts give another number of dead, or of hurt."""

from __future__ import annotations

import pytest

from retold.comparing import people, slots, tolls
from retold.types import Difference, DifferenceKind
from tests import readings

DAY = 9


def _found(*texts: str, days: tuple[int, ...] = ()) -> list[tuple[Difference, list[str]]]:
    """The differences, with the words that each shows."""
    held = [
        readings.dated(text, f"Outlet {n}", day=days[n] if days else DAY)
        for n, text in enumerate(texts)
    ]
    cast = people.merge(held)
    found = tolls.find(held, {r.article.id: slots.of(r, cast.of) for r in held})
    text_of = {r.article.id: r.article.text for r in held}
    return [
        (
            one.difference,
            [text_of[v.article_id][v.span.start : v.span.end] for v in one.difference.values],
        )
        for one in found
    ]


def test_the_dead_are_found_in_whatever_words() -> None:
    """All who give one of the numbers that part are shown."""
    ((difference, shown),) = _found(
        "The ferry went down with the loss of 48 lives.",
        "The storm sank the ferry, killing 48 people.",
        "Forty-seven people drowned when a captain would not wait.",
    )
    assert sorted(shown) == ["48 lives", "48 people", "Forty-seven people"]
    assert difference.kind is DifferenceKind.CONFLICT


def test_the_hurt_are_not_the_dead() -> None:
    """Each kind is set against its own."""
    found = _found(
        "The fire killed 12 people and wounded 40 people.",
        "The fire killed 12 people, and 42 people were injured.",
    )
    assert [sorted(shown) for _, shown in found] == [["40 people", "42 people"]]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The ferry took 48 lives.", "In all, 48 people died."),
        ("The ferry took 48 lives.", "As in 1994, when 852 people drowned, nobody had warned."),
        ("The ferry took 48 lives.", "In all 48 people died; 47 people drowned."),
        ("The fire left 141 people dead.", "Of the children, 132 of the dead were in one class."),
        ("The fire killed 40 soldiers.", "The fire killed 42 people."),
        ("The fire killed at least 40 people.", "The fire killed 42 people."),
        ("The ferry had 48 people aboard.", "Nobody but 47 people died."),
        ("The fire killed 12 people.", "Nobody was hurt."),
        ("Nobody came.", "Nobody came."),
    ],
    ids=[
        "the same", "far apart", "told by both", "some of them", "some people", "a bound",
        "no toll", "one only", "nothing",
    ],
)  # fmt: skip
def test_what_is_of_others_or_the_same_is_none(first: str, second: str) -> None:
    """Numbers that agree, that leave room for each other, or that count something else."""
    assert _found(first, second) == []


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [(12, 14, DifferenceKind.VARIATION), (14, 12, DifferenceKind.CONFLICT)],
)
def test_a_toll_that_rises_is_no_conflict(
    earlier: int, later: int, expected: DifferenceKind
) -> None:
    """What an account of a later day gives may have become true since."""
    ((difference, _),) = _found(
        f"The fire killed {earlier} people.",
        f"The fire killed {later} people.",
        days=(DAY, DAY + 1),
    )
    assert difference.kind is expected


def test_of_several_numbers_the_one_given_most_often_counts() -> None:
    """Who tells of an older fire once, and of this one twice, tells of this one."""
    found = _found(
        "A fire in Elm killed 11 people. This one killed 14 people, and 14 people died in bed.",
        "The fire killed 13 people.",
    )
    assert [sorted(shown) for _, shown in found] == [["13 people", "14 people"]]
