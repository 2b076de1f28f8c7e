"""The report of a story, put together without a model. All accounts are invented."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator

import pytest

import retold
from retold.comparing import report
from retold.errors import FormatError
from retold.showing import view
from retold.types import Place, Report, Span
from tests import readings

NOTE = """Ostrel blaze under control

The fire at the Ostrel ferry terminal injured 17 passengers on Tuesday, police said. The terminal \
opened in 1996. The mayor, Petra Quill, was in the capital when the kiosk burned."""


def three() -> tuple[readings.Reading, ...]:
    return (*readings.fire(), readings.read(NOTE, outlet="Note", day=None))


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_any_order(order: tuple[int, ...]) -> None:
    """The report is the same for any order of the articles."""
    held = three()
    assert report.compile([held[at] for at in order]) == report.compile(held)


def test_nothing_given() -> None:
    """Who gives no reading is told where to look, and gets no error of the language."""
    with pytest.raises(FormatError, match="nothing to compare") as caught:
        retold.compare([])
    assert "failures" in caught.value.hint


def test_given_twice() -> None:
    """An article that is given twice changes nothing."""
    held = three()
    assert report.compile((*held, held[0])) == report.compile(held)


def test_reprint() -> None:
    """A reprint adds its passages to what its first print tells, and no telling."""
    held = three()
    copy = readings.again(held[0], "https://reprint.example/1")
    before, after = report.compile(held), report.compile((*held, copy))
    assert len(after.tellings) == len(before.tellings)
    assert len(after.claims) == len(before.claims)
    for one, other in zip(before.claims, after.claims, strict=True):
        own = tuple(p for p in other.passages if p.article_id != copy.article.id)
        assert own == one.passages
        assert len(other.tellings) == len(one.tellings)


def test_what_a_reprint_tells_again_is_told_by_no_one_alone() -> None:
    """What only the first print told before, it and the reprint tell now."""
    held = three()
    copy = readings.again(held[0], "https://reprint.example/1")
    again = view.of(report.compile((*held, copy)))
    first, second = held[0].article.id, copy.article.id
    assert view.of(report.compile(held)).lone[first]
    assert [view.unclaimed(again, article) for article in (first, second)] == [(), ()]


def test_a_note_says_of_which_article() -> None:
    """What could not be done is said after the label of the article, where there are several."""
    first, second = (
        dataclasses.replace(held, notes=("one date stays relative.",)) for held in readings.fire()
    )
    assert report.compile((first,)).notes == ("one date stays relative.",)
    assert report.compile((first, second)).notes == tuple(
        f"{outlet}: one date stays relative."
        for outlet in (first.article.outlet, second.article.outlet)
    )


def places(found: Report) -> Iterator[Place]:
    """Every place that the report names."""
    for passage in found.passages:
        yield Place(passage.article_id, passage.span)
    for claim in found.claims:
        yield from (Place(p.article_id, p.span) for p in claim.passages)
        yield from (Place(v.article_id, v.span) for d in claim.differences for v in d.values)
        for variant in claim.variants:
            yield from (Place(w.article_id, s) for w in variant.witnesses for s in w.pieces)
    yield from (p for t in found.tellings for p in t.evidence)
    yield from (Place(e.article_id, e.span) for e in found.timeline)
    yield from (Place(w.article_id, w.span) for w in found.wording)


def test_every_place_lies_in_its_text() -> None:
    """Whatever the report names, its text is there, with no blank at its ends."""
    found = report.compile(three())
    text = {a.id: a.text for a in found.articles}
    for place in places(found):
        assert 0 <= place.span.start < place.span.end <= len(text[place.article_id])
        shown = text[place.article_id][place.span.start : place.span.end]
        assert shown == shown.strip()


def test_one_speaker_of_two_articles() -> None:
    """The chief, who speaks in two accounts, is one speaker, named by all her attributions."""
    found = report.compile(readings.fire())
    chief = next(s for s in found.speakers if s.name == "Dana Holm")
    assert len(chief.members) == 2
    assert {a.speaker_id for a in found.attributions} == {chief.id}


def test_numbered_from_one() -> None:
    """Claims are numbered in the order in which they are shown."""
    found = report.compile(three())
    assert [c.id for c in found.claims] == [f"c{n}" for n in range(1, len(found.claims) + 1)]


def test_two_or_more_articles() -> None:
    """A claim is told by two articles or more, and nobody who tells it is silent."""
    for claim in report.compile(three()).claims:
        telling = {p.article_id for p in claim.passages}
        assert len(telling) > 1
        assert not telling & set(claim.silent)


def test_nothing_to_compare() -> None:
    """One article alone has passages and no claims."""
    found = report.compile(readings.fire()[:1])
    assert found.claims == ()
    assert found.passages[0].span == Span(0, 37)


def test_no_claim_is_made_of_what_another_shows() -> None:
    """Two rules find 47 and 48 pages, one of them in a third account too."""
    texts = (
        "A 47-page indictment was unsealed in Elm on the sale of boats by the council.",
        "The council of Elm met, and the 47-page indictment was read aloud to ferrymen.",
        "Lind billed the town for nothing, the 48-page indictment says.",
    )
    held = [readings.dated(text, f"Outlet {n}") for n, text in enumerate(texts)]
    of_pages = [
        claim.differences[:1]
        for claim in report.compile(held).claims
        if any(passage.article_id == held[2].article.id for passage in claim.passages)
        and not any(passage.span.start == 0 for passage in claim.passages)
    ]
    assert [[one.facet.value for one in found] for found in of_pages] == [["number"]]
