"""The report as text."""

from __future__ import annotations

import dataclasses
import re

import pytest

from retold.showing import terminal, terminal_reading
from retold.types import Report, SpeakerKind
from tests import stories

HEADINGS = [
    "DIFFERENCES",
    "TOLD BY SEVERAL",
    "TOLD BY ONE ONLY",
    "WHO TOLD IT",
    "QUOTATIONS",
    "TIMELINE",
    "WORDING",
    "NOTES",
]


@pytest.fixture(scope="module")
def shown() -> str:
    return terminal.render(stories.bridge())


def rows(shown: str) -> list[str]:
    return [" ".join(line.split()) for line in shown.splitlines() if line.strip()]


def test_differences_stand_first(shown: str) -> None:
    """The sections come in the order in which an editor reads them."""
    found = [line.split("  ")[0].rstrip(" ─") for line in shown.splitlines() if "──" in line]
    assert found == HEADINGS


def test_values_stand_side_by_side_with_their_outlets(shown: str) -> None:
    """Each value is marked by more than colour, among its words, after its outlets."""
    assert [row for row in rows(shown) if "million" in row][:2] == [
        "Northern Wire, The bridge will cost ‹14 million crowns›",
        "Harbour Post The bridge will cost ‹12 million crowns›",
    ]


def test_what_several_tell_says_according_to_whom(shown: str) -> None:
    """Below the words stands the chain; who is silent is named where not all tell it."""
    at = rows(shown).index("2 of 3 articles; silent: Evening Ledger")
    assert rows(shown)[at + 1] == "Harbour Post Work begins in 2031."
    assert "— Jon Aske › Orsolya Tarn" in rows(shown)


def test_a_chain_names_everyone_on_the_way(shown: str) -> None:
    """outlet › speaker › quoted speaker."""
    assert "Harbour Post › Jon Aske › Orsolya Tarn 1 statement" in rows(shown)


def test_who_has_a_name_comes_first() -> None:
    """Of those whom an account heard itself, then whoever said most; a few of each account."""
    report = stories.bridge()
    post = report.articles[1]
    minister = next(a for a in report.attributions if a.article_id == post.id)
    crowd = stories.speaker("s0", "others", SpeakerKind.GROUP)
    unnamed = [
        dataclasses.replace(minister, id=f"x{n}", speaker_id="s0", chain=()) for n in range(5)
    ]
    more = dataclasses.replace(
        report, speakers=(crowd, *report.speakers), attributions=(*unnamed, *report.attributions)
    )
    assert any("Jon Aske 2 · others 5" in row for row in rows(terminal.render(more)))


def test_the_changed_word_of_a_quotation_is_marked(shown: str) -> None:
    """Both wordings show the word that changed, and the change is typed."""
    assert {
        "Northern Wire “a ‹new› bridge, before winter”",
        "Harbour Post “a ‹good› bridge, before winter”",
        "substitution: new → good",
    } <= set(rows(shown))


def test_copies_are_one_telling(shown: str) -> None:
    """The head counts tellings apart from articles and says why two are one."""
    head = rows(shown)
    assert (head[0], head[2], head[4]) == (
        "3 articles, 2 tellings",
        "Harbour Post 2031-05-06 A bridge for Veldmoor (an interview)",
        "One telling: Northern Wire, Evening Ledger (the same text)",
    )


def test_what_was_set_aside_is_counted(shown: str) -> None:
    """Comments and boilerplate are named at the end."""
    assert rows(shown)[-1] == "· Evening Ledger: set aside, 1 comment, 1 boilerplate"


@pytest.mark.parametrize("report", [stories.bridge(), stories.hostile(), stories.bare()])
@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_asked(report: Report, width: int) -> None:
    """The page keeps its width, whatever stands in it."""
    lines = terminal.render(report, width=width).splitlines()
    assert max(map(len, lines)) <= width


def test_nothing_in_an_article_reaches_the_terminal_as_a_command() -> None:
    """Escapes and turns of direction are shown, not obeyed."""
    shown = terminal.render(stories.hostile(), all=True)
    assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", shown) == []


def test_without_colour_there_is_no_escape(shown: str) -> None:
    """A pipe gets plain text."""
    assert "\x1b" not in shown


def test_with_colour_the_same_words_stand() -> None:
    """Colour adds nothing but colour."""
    coloured = terminal.render(stories.bridge(), colour=True)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert rows(plain) == rows(terminal.render(stories.bridge()))


def test_nothing_found_is_said() -> None:
    """Two accounts without a difference give a page that says so."""
    assert any(
        row.startswith("DIFFERENCES none found") for row in rows(terminal.render(stories.bare()))
    )


def test_what_may_be_two_things_is_told_as_such() -> None:
    """A claim that is rather several things than one is counted apart, and stands as what it is."""
    report = stories.bridge()
    doubtful = stories.dataclasses.replace(report.claims[0], score=0.3)
    one = stories.dataclasses.replace(report, claims=(doubtful, report.claims[1]))
    found = rows(terminal.render(one, all=True))
    assert any(row.startswith("TOLD BY SEVERAL 2 claims, 1 of them less sure") for row in found)
    assert found.count("perhaps one thing, score 0.30") == 1


def test_a_limit_counts_what_it_keeps_back() -> None:
    """What is not shown is counted, and `--all` named."""
    report = stories.bridge()
    wire, post, _ = (
        [p for p in report.passages if p.article_id == article.id] for article in report.articles
    )
    claims = tuple(
        stories.dataclasses.replace(report.claims[0], id=f"c{a}{b}", passages=(one, other))
        for a, one in enumerate(wire)
        for b, other in enumerate(post)
    )
    many = stories.dataclasses.replace(report, claims=claims)
    assert "… and 9 more (--all)" in rows(terminal.render(many))


def test_a_reading_shows_who_speaks_by_what_words() -> None:
    """A statement shows its chain, its content, and the words that attribute it."""
    shown = rows(terminal_reading.render(stories.bridge_reading()))
    at = shown.index("the minister › Orsolya Tarn")
    assert shown[at + 1 : at + 4] == [
        "“a good bridge, before winter”",
        "direct · source ‹Mayor Orsolya Tarn› · cue ‹promised him› · score 0.95 ·",
        "chain 0.90",
    ]
