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
    "text",
    [
        ACCUSED + " {s2 Achter} {c2 denied} {q2 that he had been there}.",
        ACCUSED + " {s2 Achter} {c2 denied} {q2 any wrongdoing}.",
        ACCUSED + " {s2 Achter} {c2 repeated} {q2 the allegation}.",
        "{s1 Mara Lind} {c1 said} {q1 that Achter was late}. "
        "{s2 Achter} {c2 denied} {q2 the claim}.",
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
