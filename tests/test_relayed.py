"""Who spoke the words that somebody else reports. Texts are invented."""

from __future__ import annotations

import pytest

from retold import marked, spans
from retold.reading import relayed
from tests.test_chains import chains_of


def within(text: str) -> list[tuple[str, list[str]]]:
    """Who speaks within what is reported, and what."""
    bare, triples = marked.parse(text)
    return [
        (spans.cut(bare, t.source[0]), [spans.cut(bare, s) for s in t.content])
        for t in relayed.add(bare, triples)
        if t.parent is not None
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{q1 “We knew,” Karl Lind told the board}, {c1 according to} {s1 the Herald}.",
            ("Karl Lind", ["“We knew,”"]),
        ),
        (
            "{q1 “We knew,” he reportedly said}, {s1 the Herald} {c1 reported}. {q1 “Yes.”}",
            ("he", ["“We knew,”", "“Yes.”"]),
        ),
        (
            "{q1 “We knew,” said Karl Lind}, {c1 according to} {s1 the Herald}.",
            ("Karl Lind", ["“We knew,”"]),
        ),
        (
            "{q1 “We knew,” Lind was quoted as saying by Fars}, {s1 the Herald} {c1 reported}.",
            ("Lind", ["“We knew,”"]),
        ),
        (
            "{q1 The guard slept all night}, {q1 Lind told Holm}, {c1 according to} {s1 a clerk}.",
            ("Lind", ["The guard slept all night"]),
        ),
    ],
)
def test_who_is_named_before_the_reporter_speaks(
    text: str, expected: tuple[str, list[str]]
) -> None:
    """The words are whoever’s is said right behind them, what is quoted behind the reporter too."""
    assert within(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "It rained{q1 , Lind said}, {c1 according to} {s1 the Herald}.",
        "{q1 “We knew”}, {c1 according to} {s1 the Herald}.",
        "{q1 The guard, Lind’s cousin, slept}, {c1 according to} {s1 the Herald}.",
        "{q1 Karl Lind, a guard, said the bridge was late}, {c1 according to} {s1 the Herald}.",
        "{q1 When the guard came, Lind told Holm}, {c1 according to} {s1 the Herald}.",
        "{q1 “We knew,” Lind said}, {c1 according to} {s1 Lind}.",
        "{s1 The Herald} {c1 reported} {q1 that it knew}, Lind said.",
    ],
)
def test_where_nobody_is_named_so_nobody_speaks_within(text: str) -> None:
    """An aside, a clause of time and the reporter himself are no speakers of the words."""
    assert within(text) == []


def test_what_was_found_within_goes_on_behind_the_reporter() -> None:
    """A child that is known keeps its place, and takes what is quoted afterwards."""
    text = "{q1 {q2 “We knew,”} {s2 Lind} {c2 said}}, {c1 according to} {s1 Holm}. {q1 “Always.”}"
    assert within(text) == [("Lind", ["“We knew,”", "“Always.”"])]


def test_a_middle_reporter_keeps_its_place() -> None:
    """Of two who report, the one who quotes stands between the other and the speaker."""
    text = (
        "{q1 {q2 “We knew,”} Minister {s2 Karl Lind} {c2 was quoted as saying} by Fars}, "
        "{c1 according to} {s1 Reuters}."
    )
    assert chains_of(text)[1] == ["Reuters", "Fars", "Karl Lind"]


def test_who_reported_a_thing_does_not_report_who_speaks_of_it() -> None:
    """ "The plan, first reported by the Herald" within what somebody says is no report of him."""
    text = "{s1 Karl Lind} {c1 said} {q1 the plan}, first reported by Reuters, {q1 was old}."
    assert chains_of(text) == [["Karl Lind"]]
