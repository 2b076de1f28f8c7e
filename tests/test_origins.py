"""Which outlets and papers an account credits. All are invented."""

from __future__ import annotations

import pytest

from retold.comparing import newsrooms, origins
from retold.spans import cut
from tests import readings


def _credits(text: str, *, outlet: str = "Varn Ledger", beside: str = "") -> list[tuple[str, str]]:
    """Kind and name of each credit in a text; `beside` is another article of the story."""
    one = readings.read(f"News\n\n{text}", outlet=outlet)
    story = [one, readings.read("Rain\n\nIt rained.", outlet=beside)] if beside else [one]
    return [(c.kind, c.name) for c in origins.find(one, newsrooms.of(story))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Wall Street Journal reported Friday that the pier will close.", "report"),
        ("The Wall Street Journal, citing a clerk, reported that it will close.", "report"),
        ("It will close, according to a report in The Wall Street Journal.", "report"),
        ("It will close, according to a new Wall Street Journal report.", "report"),
        ("It will close (via the Wall Street Journal):", "report"),
        ("It will close, per the Wall Street Journal.", "report"),
        ("In documents reviewed by the Wall Street Journal the pier is closed.", "report"),
        ("Quill told the Wall Street Journal that it will close.", "interview"),
        ("Quill said so in an interview with The Wall Street Journal.", "interview"),
        ("In a Wall Street Journal interview Quill said so.", "interview"),
    ],
)
def test_an_outlet_that_is_credited(text: str, expected: str) -> None:
    """An outlet is an origin where the words say that the account has something from it."""
    assert _credits(text) == [(expected, "Wall Street Journal")]


@pytest.mark.parametrize(
    "text",
    [
        "The Wall Street Journal moved to Varn in May.",
        "It will close, according to a Wall Street Journal poll.",
        "Holm, a CNN contributor, told CNN affiliate WVRN that it will close.",
        "Quill said: “I read that the Wall Street Journal reported that the pier will close.”",
    ],
)
def test_an_outlet_that_is_only_mentioned(text: str) -> None:
    """A mention, a poll, an affiliate, and what stands in a quotation credit nobody."""
    assert _credits(text) == []


def test_a_short_name_is_that_of_the_outlet_named_before() -> None:
    """ "The Times" is the outlet that the account called in full, else its own."""
    text = "The New York Times reported it. The pier closes, according to the Times."
    assert _credits(text, beside="Washington Times") == [("report", "New York Times")] * 2
    assert _credits("It closes, the Times reported.", outlet="Tampa Bay Times") == [
        ("report", "Tampa Bay Times")
    ]


def test_a_short_name_without_an_owner() -> None:
    """ "The Times", where nobody can tell which, is no credit."""
    assert _credits("The pier closes, the Times reported.") == []


def test_programmes_go_by_their_station() -> None:
    """A programme and its station are one outlet under two names."""
    assert _credits("Quill told “Fox & Friends” so. Quill told Fox News so.") == [
        ("interview", "Fox News"),
        ("interview", "Fox News"),
    ]


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        ("CNN (Web News)", "It rained.", {"CNN"}),
        ("Fox Online News", "It rained.", {"Fox News"}),
        ("Varn Ledger", "LINDHAVEN (AP) — It rained.", {"Varn Ledger", "Associated Press"}),
    ],
)
def test_the_newsroom_of_an_article(label: str, text: str, expected: set[str]) -> None:
    """An article is of the outlet that its label names, and of the agency in its dateline."""
    one = readings.read(f"News\n\n{text}", outlet=label)
    assert newsrooms.of([one]).own[one.article.id] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quill regretted it in a written statement.", ("statement", "in a written statement")),
        ("The pier closes, Quill tweeted.", ("tweet", "tweeted")),
        ("Quill wrote so in a letter to the port.", ("letter", "in a letter")),
    ],
)
def test_papers(text: str, expected: tuple[str, str]) -> None:
    """What one gives out in writing is found with the words that say so."""
    one = readings.read(f"News\n\n{text}")
    (found,) = origins.find(one, newsrooms.of([one]))
    assert (found.kind, cut(one.article.text, found.place.span)) == expected
