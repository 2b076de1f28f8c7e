"""Accusations that are denied in the same article."""

from __future__ import annotations

import pytest

from retold.comparing import denials, report
from tests import readings

ACCUSED = "{s1 Mara Lind} {c1 alleges} {q1 that Achter took the money of the board}."


def shown(text: str) -> list[tuple[str, ...]]:
    """The words of both sides, where the first speaker is Mara Lind and the others Tom Achter."""
    count = text.count("{s")
    names = ["Mara Lind", *["Tom Achter"] * (count - 1)]
    held = [readings.read(f"News\n\n{text}", outlet="Post", speakers=names)]
    told = report.compile(held)
    found = denials.find(
        held, {a.id: a for a in told.attributions}, {s.id: s for s in told.speakers}
    )
    own = held[0].article.text
    return [tuple(own[v.span.start : v.span.end] for v in one.difference.values) for one in found]


@pytest.mark.parametrize(
    "denied", ["the allegation", "it", "those claims", "all of these charges", "Lind’s accusation"]
)
def test_an_accusation_stands_beside_its_denial(denied: str) -> None:
    """Where the denial points back to it."""
    text = f"{ACCUSED} The board met. {{s2 Achter}} {{c2 has denied}} {{q2 {denied}}}."
    assert shown(text) == [
        ("Mara Lind alleges that Achter took the money of the board", f"Achter has denied {denied}")
    ]


@pytest.mark.parametrize(
    ("between", "denial", "shown_as"),
    [
        (". ", "{s2 Achter} {c2 denied} {q2 that}", "Achter denied that"),
        (". But ", "{s2 Achter} {c2 denied} {q2 this account}", "Achter denied this account"),
        (", ", "{q2 which} {s2 Achter} {c2 denies}", "which Achter denies"),
    ],
)
def test_a_denial_of_what_was_just_said_is_of_that(
    between: str, denial: str, shown_as: str
) -> None:
    """By whatever verb it was said, and whoever is named in it."""
    text = "{s1 Mara Lind} {c1 said} {q1 that she had warned the board}" + between + denial + "."
    assert shown(text) == [("Mara Lind said that she had warned the board", shown_as)]


@pytest.mark.parametrize(
    "text",
    [
        ACCUSED + " {s2 Achter} {c2 denied} {q2 that he had been there}.",
        ACCUSED + " {s2 Achter} {c2 denied} {q2 any wrongdoing}.",
        ACCUSED + " {s2 Achter} {c2 repeated} {q2 the allegation}.",
        "{s1 Mara Lind} {c1 said} {q1 that Achter was late}. "
        "{s2 Achter} {c2 denied} {q2 the claim}.",
        "{s1 Mara Lind} {c1 said} {q1 that the board was late}. The board met. "
        "{s2 Achter} {c2 denied} {q2 that claim}.",
        "{s1 Mara Lind} {c1 denied} {q1 that the board was late}. {s2 Achter} {c2 denied} {q2 it}.",
        "{s1 Mara Lind} {c1 alleges} {q1 that the board took it}. "
        "{s2 Achter} {c2 denied} {q2 the claim}.",
        "{s1 Mara Lind} {c1 saw} {q1 the board speak of allegations and of Achter}. "
        "{s2 Achter} {c2 denied} {q2 the claim}.",
        ACCUSED + " The board met." * 20 + " {s2 Achter} {c2 has denied} {q2 the allegation}.",
    ],
    ids=[
        "says what",
        "of anything",
        "no denial",
        "no accusation",
        "not just said",
        "another denial",
        "of another",
        "told of",
        "far off",
    ],
)
def test_a_denial_that_may_be_of_something_else_is_none(text: str) -> None:
    """It says itself what it denies, or what it points to is not surely told."""
    assert shown(text) == []


def test_both_stand_in_the_report_once() -> None:
    """Two accounts that tell both show it once."""
    texts = [
        f"{ACCUSED} {{s2 Achter}} {{c2 denied}} {{q2 {what}}}." for what in ("it", "the claim")
    ]
    held = [
        readings.read(f"News\n\n{text}", outlet=outlet, speakers=["Mara Lind", "Tom Achter"])
        for text, outlet in zip(texts, ("Post", "Herald"), strict=True)
    ]
    found = [d for c in report.compile(held).claims for d in c.differences]
    assert [d.facet.value for d in found if len({v.article_id for v in d.values}) == 1] == [
        "polarity"
    ]
