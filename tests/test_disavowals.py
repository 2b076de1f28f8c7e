"""What is denied in words of its own, beside what others say."""

from __future__ import annotations

import pytest

from retold.comparing import disavowals, people, report, slots
from retold.types import DifferenceKind, Facet, Reading
from tests import readings

TOLD = "{s1 Mara Lind} {c1 told the inquiry} {q1 that Achter sold the boat in Elm}."


def _read(text: str, outlet: str, *speakers: str) -> Reading:
    return readings.read(f"News\n\n{text}", outlet=outlet, speakers=speakers)


def _shown(*held: Reading) -> list[list[str]]:
    """The words of both sides of each difference."""
    told = report.compile(held)
    cast = people.merge(held)
    found = disavowals.find(
        held,
        {a.id: a for a in told.attributions},
        {s.id: s for s in told.speakers},
        {r.article.id: slots.of(r, cast.of) for r in held},
    )
    texts = {r.article.id: r.article.text for r in held}
    return [
        sorted(texts[v.article_id][v.span.start : v.span.end] for v in one.difference.values)
        for one in found
    ]


@pytest.mark.parametrize(
    ("verb", "denied"),
    [
        ("sells", "selling the boat"),
        ("sold", "having sold the boat"),
        ("sold", "that he sold the boat"),
        ("sold", "he had ever sold the boat"),
        ("sold", "reports that he sold the boat"),
        ("sells", "that Achter tried to sell the boat"),
    ],
)
def test_what_is_denied_stands_beside_who_says_it(verb: str, denied: str) -> None:
    """In two accounts, whatever else they tell."""
    found = _shown(
        _read(TOLD.replace("sold", verb), "Post", "Mara Lind"),
        _read(f"{{s1 Tom Achter}} {{c1 denied}} {{q1 {denied}}}.", "Herald", "Tom Achter"),
    )
    assert found == [
        [
            f"Mara Lind told the inquiry that Achter {verb} the boat in Elm",
            f"Tom Achter denied {denied}",
        ]
    ]


@pytest.mark.parametrize(
    ("told", "denied"),
    [
        ("that Achter perhaps sold the boat in Elm", "having sold the boat"),
        ("that Achter allegedly sold the boat in Elm", "having sold the boat"),
        ("that Achter sold the boat in Elm", "that she sold the boat"),
        ("that Achter sold the boat in Elm", "that it sold the boat"),
    ],
)
def test_what_is_left_open_or_of_another_is_not_denied(told: str, denied: str) -> None:
    """A hedge, and a pronoun that is not whoever denies."""
    found = _shown(
        _read(f"{{s1 Mara Lind}} {{c1 said}} {{q1 {told}}}.", "Post", "Mara Lind"),
        _read(f"{{s1 Tom Achter}} {{c1 denied}} {{q1 {denied}}}.", "Herald", "Tom Achter"),
    )
    assert found == []


def test_what_another_is_denied_to_have_done_is_of_him() -> None:
    """The denial names who did not do it."""
    denial = "{s1 Ida Brandt} {c1 denied} {q1 that Achter sold the boat}."
    found = _shown(_read(TOLD, "Post", "Mara Lind"), _read(denial, "Herald", "Ida Brandt"))
    assert len(found) == 1


@pytest.mark.parametrize(
    ("told", "denied"),
    [
        ("that the money was a loan for the ferry", "that the money was a loan"),
        ("that Achter had a hidden interest in the ferry", "any hidden interest"),
        ("that Achter spoke of his interest in the ferry", "any quiet interest in the ferry"),
    ],
    ids=["of no person", "any", "any of a kind"],
)
def test_what_is_denied_may_be_a_thing(told: str, denied: str) -> None:
    """Of what is no person nobody need be named; of "any quiet interest" the interest will do."""
    found = _shown(
        _read(f"{{s1 Mara Lind}} {{c1 said}} {{q1 {told}}}.", "Post", "Mara Lind"),
        _read(f"{{s1 Tom Achter}} {{c1 denied}} {{q1 {denied}}}.", "Herald", "Tom Achter"),
    )
    assert len(found) == 1


def test_both_may_stand_in_one_article() -> None:
    """And are one difference of the report, called a conflict."""
    text = f"{TOLD} The board met. {{s2 Achter}} {{c2 has denied}} {{q2 that he sold the boat}}."
    told = report.compile([_read(text, "Post", "Mara Lind", "Tom Achter")])
    found = [d for claim in told.claims for d in claim.differences]
    assert [(d.facet, d.kind) for d in found] == [(Facet.POLARITY, DifferenceKind.CONFLICT)]


@pytest.mark.parametrize(
    ("told", "denial"),
    [
        (TOLD, "{s1 Tom Achter} {c1 denied} {q1 the sale of the boat}."),
        (TOLD, "{s1 Tom Achter} {c1 denied} {q1 that he sold the harbour office of Ravenhall}."),
        (TOLD, "{s1 Tom Achter} {c1 denied} {q1 that he ever sold}."),
        (TOLD, "{s1 Tom Achter} {c1 denied} {q1 that Brandt sold the boat}."),
        (TOLD, "{s1 Tom Achter} {c1 denied} {q1 any knowledge of the boat that he sold}."),
        (TOLD, "{s1 Tom Achter} {c1 could not deny} {q1 that he sold the boat}."),
        (TOLD, "{s1 Mara Lind} {c1 denied} {q1 that Achter sold the boat}."),
        (TOLD, "{s1 Tom Achter} {c1 confirmed} {q1 that he sold the boat}."),
        (
            "{s1 Mara Lind} {c1 said} {q1 that Achter may have sold the boat}.",
            "{s1 Tom Achter} {c1 denied} {q1 that he sold the boat}.",
        ),
        (
            "{s1 Mara Lind} {c1 said} {q1 that Achter never sold the boat}.",
            "{s1 Tom Achter} {c1 denied} {q1 that he sold the boat}.",
        ),
        (
            "{s1 Mara Lind} {c1 said} {q1 that somebody sold the boat}.",
            "{s1 Tom Achter} {c1 denied} {q1 that he sold the boat}.",
        ),
    ],
    ids=[
        "refused",
        "another thing",
        "hardly told",
        "another actor",
        "of what he knew",
        "no denial",
        "of one source",
        "confirmed",
        "left open",
        "denied by both",
        "nobody named",
    ],
)
def test_what_may_be_no_denial_of_it_is_none(told: str, denial: str) -> None:
    """It is of something else, or nobody says the opposite."""
    names = ["Mara Lind" if "Mara Lind" in denial else "Tom Achter"]
    held = (_read(told, "Post", "Mara Lind"), _read(denial, "Herald", *names))
    assert _shown(*held) == []
