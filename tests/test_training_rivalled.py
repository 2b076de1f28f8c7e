"""What rivals are learned from, of what a reader judged in stories as they are."""

from __future__ import annotations

import pytest

from retold.comparing import differences, facts, people, rivals
from retold.comparing.rivals import Rivals
from tests import readings
from training import rivalled

TEXTS = (
    "Ada Lindholm signed the contract for the ferry. It runs to 48 pages.",
    "Ada Lindholm signed the ferry contract. It runs to 47 pages.",
)
TITLE = "News\n\n"


def _pair() -> tuple[Rivals, list[str]]:
    """The one pair of the two texts, and the ids of their articles in order."""
    held = [readings.dated(text, f"Outlet {n}") for n, text in enumerate(TEXTS)]
    accounts = differences.prepare(held, [facts.of(r) for r in held], people.merge(held))
    (one,) = rivals.candidates(held, accounts.sentences, accounts.judged, accounts.rarity)
    return one, [r.article.id for r in held]


def _places(*words: str) -> list[list[int]]:
    starts = [(TITLE + text).index(one) for text, one in zip(TEXTS, words, strict=True)]
    return [[n, start, start + len(words[n])] for n, start in enumerate(starts)]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"rivals": [_places("48", "47")]}, "rivals"),
        ({"doubtful": [_places("48 pages", "47 pages")]}, "doubtful"),
        ({"rivals": [_places("48", "ferry")]}, None),
        ({}, None),
    ],
    ids=["of one thing", "no clear case", "another value", "not named"],
)
def test_a_pair_is_what_it_was_judged_to_be(
    row: dict[str, list[list[list[int]]]], expected: str | None
) -> None:
    """By the places of both values; of what is not named the two are of two things."""
    one, order = _pair()
    assert rivalled.judged_as(one, row, order) == expected


def test_every_pair_can_be_learned_from() -> None:
    """Each has two places, of two articles."""
    pairs = [
        pair
        for row in rivalled.labels().values()
        for kind in (rivalled.RIVALS, rivalled.DOUBTFUL)
        for pair in row.get(kind, ())
    ]
    assert {len({article for article, _, _ in pair}) for pair in pairs} == {2}
