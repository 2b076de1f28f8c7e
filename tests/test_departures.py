"""Who was sent away here and left of his own will there."""

from __future__ import annotations

import pytest

from retold.comparing import departures, differences, facts, people
from tests import readings

LEFT = "Harbour master Karl Weiss {} in May after eleven days in the office of Lindholm."
SENT = "The Lindholm council {} in May after eleven days in the office."


def _found(*texts: str) -> list[list[str]]:
    held = [readings.dated(text, f"Outlet {n}") for n, text in enumerate(texts)]
    accounts = differences.prepare(held, [facts.of(r) for r in held], people.merge(held))
    own = {r.article.id: r.article.text for r in held}
    return [
        sorted(own[v.article_id][v.span.start : v.span.end] for v in one.difference.values)
        for one in departures.find(held, accounts.sentences, accounts.judged)
    ]


@pytest.mark.parametrize("went", ["resigned", "has resigned", "quit"])
def test_who_resigned_here_and_was_fired_there_is_shown(went: str) -> None:
    """Of one departure, told in passages that surely tell the same."""
    assert _found(LEFT.format(went), LEFT.format("was fired")) == [["fired", went.split()[-1]]]


def test_words_of_two_are_shown_whole() -> None:
    """To have stepped down is what somebody did; that he was fired may stand before who it was."""
    texts = LEFT.format("stepped down"), SENT.format("fired harbour master Karl Weiss")
    assert _found(*texts) == [["fired", "stepped down"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LEFT.format("resigned"), LEFT.format("quit")),
        (LEFT.format("resigned"), LEFT.format("was not fired")),
        (LEFT.format("should have resigned"), LEFT.format("was fired")),
        (LEFT.format("resigned"), LEFT.format("was fired") + " Weiss had resigned, he said."),
        (LEFT.format("resigned"), LEFT.format("was fired").replace("Karl Weiss", "Ada Holm")),
        (LEFT.format("resigned"), "Snow fell on the ferry when Weiss was fired."),
        (LEFT.format("stepped back"), LEFT.format("was fired")),
    ],
    ids=["the same", "denied", "not done", "both", "two people", "two things", "other words"],
)
def test_other_departures_are_left_alone(one: str, other: str) -> None:
    """What is not told as done, of one, and in one way only by each account."""
    assert _found(one, other) == []
