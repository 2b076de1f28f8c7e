"""What readers marked where accounts part, as it is kept and learned from."""

from __future__ import annotations

import json

import pytest

from retold.types import DifferenceKind, Facet, Passage, Place, Span
from tests import readings
from training import marked

TEXTS = ("The yard sold 48 boats in May. It rained.", "The yard sold 52 boats in spring.")
SOLD = ("sold 48 boats", "52 boats")
TOLD = [readings.dated(text, f"Outlet {n}", day=9 + n) for n, text in enumerate(TEXTS)]


def test_every_difference_has_two_sides() -> None:
    """Each claim and difference of the file is of two articles or more, and of a known kind."""
    for line in marked.MARKED.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        if "passages" in one:
            assert len({article for article, *_ in one["passages"]}) > 1
        for parted in [*one.get("differences", ()), *filter(None, [one.get("missed")])]:
            assert len({article for article, *_ in parted["sides"]}) > 1
            assert all(start < end for _, start, end in parted["sides"])
            assert parted["facet"] in tuple(Facet)
            assert parted["kind"] in tuple(DifferenceKind)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("48 boats", "52 boats"), True),
        (("May", "spring"), False),
        (("It rained", "spring"), None),
    ],
    ids=["as marked", "not marked", "in no claim that was read"],
)
def test_what_is_shown_of_a_marked_claim_is_real_where_it_is_marked(
    words: tuple[str, str], expected: bool | None
) -> None:
    """Words that a reader marked are a difference, others of his claims none; of others nothing is
    known."""
    order = [reading.article.id for reading in TOLD]
    first = Span(TOLD[0].article.text.index("The yard"), TOLD[0].article.text.index(" It rained"))
    whole = Span(TOLD[1].article.text.index("The yard"), len(TOLD[1].article.text))
    claim = marked.Claim(
        passages=tuple(
            Passage(id="p", article_id=article, span=span, attribution_id=None)
            for article, span in zip(order, (first, whole), strict=True)
        ),
        parted=(("number", "conflict", [(order[n], _place(n, w)) for n, w in enumerate(SOLD)]),),
    )
    places = [Place(order[n], _place(n, w)) for n, w in enumerate(words)]
    assert marked.is_real(places, [claim], order) is expected


def _place(number: int, words: str) -> Span:
    start = TOLD[number].article.text.index(words)
    return Span(start, start + len(words))
