"""What a reader sees at first sight: how much is sure, by what a page is known, who is who."""

from __future__ import annotations

import dataclasses
import re

import pytest

from retold.showing import html, terminal, view
from retold.types import DifferenceKind, Facet, Place, Report
from tests import stories


def varying(*scores: float) -> Report:
    """The story of the bridge, its differences variations with these scores."""
    report = stories.bridge()
    left = iter(scores)
    claims = tuple(
        dataclasses.replace(
            claim,
            differences=tuple(
                dataclasses.replace(d, kind=DifferenceKind.VARIATION, score=next(left, 0.2))
                for d in claim.differences
            ),
        )
        for claim in report.claims
    )
    return dataclasses.replace(report, claims=claims)


def text(page: str) -> str:
    """The words of the page."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ((0.9, 0.9, 0.9), "3 variations"),
        ((0.9, 0.2, 0.2), "3 variations, 2 of them less sure"),
        ((0.2, 0.2, 0.2), "3 variations, all less sure"),
    ],
)
def test_differences_that_are_not_sure_are_counted_as_such(
    scores: tuple[float, ...], said: str
) -> None:
    """Beside how many were found stands how many of them wait to be asked for."""
    report = varying(*scores)
    assert len(view.differences(view.of(report))) == len(scores)
    assert re.search(f"DIFFERENCES  {said} ─", terminal.render(report))
    assert f"No conflict, {said}." in text(html.render(report))


def test_a_narrow_terminal_shows_all_that_is_counted() -> None:
    """What does not fit beside a heading stands below it, and labels leave room for the words."""
    shown = terminal.render(varying(0.2, 0.2, 0.2), width=40)
    assert "  3 variations, all less sure\n" in shown
    told = shown.partition("TOLD BY SEVERAL")[2]
    assert re.search(r"^    Harbour    “a good bridge, before", told, re.MULTILINE)


@pytest.mark.parametrize(
    ("scores", "left"), [((0.9, 0.2, 0.2), "… 2 less sure (--all)"), ((0.9, 0.9, 0.9), None)]
)
def test_a_terminal_says_what_waits(scores: tuple[float, ...], left: str | None) -> None:
    """Of what is not shown how much is less sure; nothing where all is shown."""
    told = terminal.render(varying(*scores)).partition("TOLD BY SEVERAL")[0]
    assert [line.strip() for line in told.splitlines() if "--all" in line] == [left] * bool(left)


def test_the_head_of_a_page_counts_what_is_sure() -> None:
    """The numbers beside the sections are those of what is shown unasked."""
    head = text(html.render(varying(0.9, 0.2, 0.2)).partition("</header>")[0])
    assert "Differences 1 Articles 3" in head


def test_what_is_left_is_said_to_be_less_sure() -> None:
    """Below the first differences stands how many more are sure, and how many are not."""
    assert "and 2 less sure" in text(html.render(varying(0.9, 0.2, 0.2)))
    assert "No sure difference found. 3 less sure" in text(html.render(varying(0.2, 0.2, 0.2)))
    assert "less sure" not in text(html.render(varying(0.9, 0.9, 0.9))).partition("Articles")[0]


@pytest.mark.parametrize(
    ("facet", "expected"), [(Facet.DATE, (2, 0)), (Facet.WORDING, (0, 2))], ids=["date", "wording"]
)
def test_what_is_quoted_elsewhere_is_nobodys_own_voice(
    facet: Facet, expected: tuple[int, int]
) -> None:
    """The words of a quotation may stand as a block without marks: who says them is not known."""
    report = stories.bridge()
    *others, begun = report.claims
    (difference,) = begun.differences
    parted = dataclasses.replace(begun, differences=(dataclasses.replace(difference, facet=facet),))
    page = html.render(dataclasses.replace(report, claims=(*others, parted)))
    assert (page.count("the outlet’s own voice"), page.count("no speaker found")) == expected


def test_a_page_is_known_by_its_first_headline() -> None:
    """Of ten open pages each says which story it is."""
    assert "<title>Veldmoor to get new crossing, and 2 more · retold</title>" in html.render(
        stories.bridge()
    )


def test_an_account_has_its_headline_also_where_its_text_has_none() -> None:
    """A title that only the source names stands above the text; one that the text holds once."""
    report = stories.bridge()
    post, *others = report.articles
    bare = dataclasses.replace(post, title="Crossing to be built", sections=post.sections[1:])
    page = html.render(dataclasses.replace(report, articles=(bare, *others)))
    accounts = page[page.index('<section id="articles"') :].split("<article")[1:4]
    assert [account.count("<h3") for account in accounts] == [1, 1, 1]
    assert "Crossing to be built" in text(accounts[0])


def test_the_words_of_an_outlet_stand_in_one_column() -> None:
    """Of few accounts each has its place for every actor, also where it has no words for him."""
    page = html.render(stories.bridge())
    wording = page[page.index('<section id="wording"') : page.index('<section id="aside"')]
    columns = [
        re.findall('<bdi class="outlet">([^<]+)', actor) for actor in wording.split("<h3>")[1:]
    ]
    assert set(map(tuple, columns)) == {("Northern Wire", "Harbour Post", "Evening Ledger")}
    assert "nothing found" in wording


def test_what_somebody_is_stands_whole() -> None:
    """An office is no clause that breaks off: no … before or behind it."""
    report = stories.bridge()
    wire = report.articles[0]
    office = Place(wire.id, stories.find(wire, "Minister"))
    speakers = tuple(
        dataclasses.replace(s, roles=(office,) if s.name == "Jon Aske" else ())
        for s in report.speakers
    )
    page = html.render(dataclasses.replace(report, speakers=speakers))
    assert re.findall('<a class="role" [^>]*>(.*?)</a>', page) == ["<bdi>Minister</bdi>"]


def test_the_menu_counts_no_nothing() -> None:
    """Where differences are found and none is sure the menu has no number, not "0"."""
    assert "Differences 1 Articles" in text(html.render(varying(0.9, 0.2, 0.2)))
    assert "Differences Articles" in text(html.render(varying(0.2, 0.2, 0.2)))
