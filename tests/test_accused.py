"""What somebody denies all part in, and somebody else accuses him of."""

from __future__ import annotations

import pytest

from retold.comparing import accused
from tests import parting


def _found(*told: tuple[str, str]) -> list[list[str]]:
    """Who parts, each by what the article of his own says that he said."""
    return parting.who(accused.find, *told)


DENIED = ("Ann Lind", "Then {s1 Ann Lind} {c1 denied} {q1 any involvement in the sale}.")


@pytest.mark.parametrize(
    "denial",
    [
        DENIED,
        ("Ann Lind", "Then {s1 Ann Lind} {c1 denied} {q1 playing a role in it}."),
        ("Ann Lind", "Then {s1 Ann Lind} {c1 denied} {q1 that she was responsible}."),
    ],
)
def test_who_accuses_somebody_of_it_parts_from_his_denial(denial: tuple[str, str]) -> None:
    """In whatever account the accusation stands."""
    charge = "Then {s1 Bo Achter} {c1 accused} {q1 Mrs. Lind of selling the ferry}."
    assert _found(denial, ("Bo Achter", charge)) == [["Ann Lind", "Bo Achter"]]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Bo Achter", "Then {s1 Bo Achter} {c1 said} {q1 Lind sold the ferry}."),
        ("Bo Achter", "Then {s1 Bo Achter} {c1 accused} {q1 Mr. Holm of selling it to Lind}."),
        ("Bo Achter", "Then {s1 Bo Achter} {c1 alleged} {q1 they had met on board with Lind}."),
        ("Ann Lind", "Then {s1 Ann Lind} {c1 accused} {q1 Lind and Sons of selling it}."),
        ("Bo Achter", "Then {s1 Bo Achter} {c1 did not accuse} {q1 Lind of selling it}."),
        ("Bo Achter", "Then {s1 Bo Achter} {c1 refused to blame} {q1 Lind for the sale}."),
        ("Bo Achter", "Then {s1 Bo Achter} {c1 accused} {q1 Eva Lind of selling the ferry}."),
        ("Bo Achter", "Then {s1 Bo Achter} {c1 accused} {q1 Lind’s friends of selling it}."),
        ("Bo Achter", "Then {s1 Bo Achter} {c1 accused} {q1 the Lind Foundation of the sale}."),
    ],
    ids=[
        "no accusation",
        "another",
        "others",
        "one speaker",
        "not accused",
        "not blamed",
        "a relative",
        "friends",
        "a body of that name",
    ],
)
def test_what_accuses_nobody_who_denies_is_left_alone(name: str, text: str) -> None:
    """Other verbs, accusations of others, and her own words."""
    assert _found(DENIED, (name, text)) == []


def test_what_is_denied_of_others_is_no_denial_of_it() -> None:
    """ "Denied that the mayor played a role" says nothing of who denies."""
    denial = "Then {s1 Ann Lind} {c1 denied} {q1 that the mayor played any role in it}."
    charge = "Then {s1 Bo Achter} {c1 accused} {q1 Lind of selling the ferry}."
    assert _found(("Ann Lind", denial), ("Bo Achter", charge)) == []


def test_mere_wrongdoing_may_be_another_in_another_account() -> None:
    """What is denied so is what its own article tells of."""
    denial = "Then {s1 Ann Lind} {c1 denied} {q1 any wrongdoing}."
    charge = "Then {s1 Bo Achter} {c1 accused} {q1 Lind of selling the ferry}."
    assert _found(("Ann Lind", denial), ("Bo Achter", charge)) == []
