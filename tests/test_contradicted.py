"""What one says and another says not to be so."""

from __future__ import annotations

import pytest

from retold.comparing import contradicted
from tests import parting


def _found(*told: tuple[str, str]) -> list[list[str]]:
    """Who parts, each by what the article of his own says that he said."""
    return parting.who(contradicted.find, *told)


HELD = ("Ann Lind", "{s1 Ann Lind} {c1 said} {q1 the council had flooded the lower meadow}.")


def test_who_says_it_and_who_says_that_it_is_not_so_part() -> None:
    """Most words of the two are the same, and the one has a "not" before what the other tells."""
    other = "{s1 Bo Achter} {c1 said} {q1 the council had not flooded the meadow}."
    assert _found(HELD, ("Bo Achter", other)) == [["Ann Lind", "Bo Achter"]]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Bo Achter", "{s1 Bo Achter} {c1 said} {q1 the council had flooded the meadow}."),
        ("Ann Lind", "{s1 Ann Lind} {c1 said} {q1 the council had not flooded the meadow}."),
        ("Bo Achter", "{s1 Bo Achter} {c1 said} {q1 the council might not flood the meadow}."),
        ("Bo Achter", "{s1 Bo Achter} {c1 said} {q1 the council not only flooded the meadow}."),
        ("Bo Achter", "{s1 Bo Achter} {c1 said} {q1 by not flooding the meadow the council won}."),
        ("Bo Achter", "{s1 Bo Achter} {c1 said} {q1 no council refused to flood the meadow}."),
        ("Bo Achter", "{s1 Bo Achter} {c1 said} {q1 the harbour fees had not flooded in}."),
        (
            "Bo Achter",
            "{q1 “Has the council not flooded the meadow?”} {s1 Bo Achter} {c1 recalled}.",
        ),
        (
            "Bo Achter",
            "{s1 Bo Achter} {c1 never said} {q1 the council had not flooded the meadow}.",
        ),
    ],
    ids=[
        "no not",
        "one speaker",
        "left open",
        "not only",
        "by not",
        "turned twice",
        "other words",
        "asked",
        "not said",
    ],
)
def test_what_is_no_contrary_is_left_alone(name: str, text: str) -> None:
    """The same speaker, what is left open or turned in another way, and what shares too little."""
    assert _found(HELD, (name, text)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "the council flooded the meadow on Tuesday",
            "the council did not flood the meadow on Monday",
        ),
        ("Karl Weiss flooded the lower meadow", "Tom Berg did not flood the lower meadow"),
        ("the ferry carried passengers in 2024", "the ferry did not carry passengers in 2019"),
        ("I am satisfied with the ferry", "I am not satisfied with the ferry"),
        ("he received the ferry papers", "she had not received the ferry papers"),
    ],
    ids=["days", "persons", "years", "each of himself", "he and she"],
)
def test_two_things_are_no_contraries(one: str, other: str) -> None:
    """Each has a name, a day or a year of its own, or is of whoever says it."""
    told = ("Ann Lind", f"{{s1 Ann Lind}} {{c1 said}} {{q1 {one}}}.")
    assert _found(told, ("Bo Achter", f"{{s1 Bo Achter}} {{c1 said}} {{q1 {other}}}.")) == []
