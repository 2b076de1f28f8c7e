"""Whom descriptions, lists and papers mean. Texts are invented; the marks are those of `marked`."""

from __future__ import annotations

import pytest

from retold import marked
from retold.reading import speakers
from retold.types import Article, Section, SectionKind, Span


def cast_of(text: str) -> speakers.Cast:
    bare, triples = marked.parse(text)
    body = Section(kind=SectionKind.BODY, span=Span(0, len(bare)))
    return speakers.resolve(Article(id="a", text=bare, sections=(body,)), triples, ())


def told(text: str) -> list[str | None]:
    """The name of the speaker of each attribution, in the order of their numbers."""
    cast = cast_of(text)
    names = {speaker.id: speaker.name for speaker in cast.speakers}
    return [names.get(r.speaker_id or "") for r in cast.resolutions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Two senators, Anna Lee and Karl Marsh, came. {s1 The senators} {c1 said} {q1 so}.",
            "Anna Lee and Karl Marsh",
        ),
        (
            "The harbour was left to Anna Lee and Karl Marsh. {s1 Both} {c1 said} {q1 no}.",
            "Anna Lee and Karl Marsh",
        ),
        (
            "Anna Lee, Karl Marsh and Tom Fox came. {s1 They} {c1 said} {q1 so}.",
            "Anna Lee, Karl Marsh and Tom Fox",
        ),
        (
            "Anna Lee, Karl Marsh and Tom Fox came. {s1 The two men} {c1 said} {q1 so}.",
            "two men",
        ),
    ],
)
def test_several_named_side_by_side_are_meant_by_their_noun(text: str, expected: str) -> None:
    """ "The senators", "both" and "they" go back to the list, if their number fits."""
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{s1 One of the best-known Republicans in Westmere} {c1 said} {q1 it was late}. "
            "Anna Holt, a Westmere Republican, sits in the council. {s2 Holt} {c2 said} {q2 so}.",
            ["Anna Holt", "Anna Holt"],
        ),
        (
            "{s1 A harbour captain} {c1 said} {q1 it was late}.\n\n"
            "Karl Weiss, a judge, {c2 said} {q2 nothing}.",
            ["harbour captain", "Karl Weiss"],
        ),
    ],
)
def test_a_lead_that_only_describes_goes_to_the_one_named_below(
    text: str, expected: list[str]
) -> None:
    """Whom the first sentences describe is named later, if all that is said of him agrees."""
    assert told(text)[:1] == expected[:1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "On Monday, the owners of nine ships sent a letter to the mayor, Anna Holt.\n\n"
            "“{q1 We are concerned},” {c1 reads} {s1 the letter}.",
            ["owners of nine ships"],
        ),
        (
            "{s1 A statement from the mayor’s lawyer, Tom Reuter,} {c1 said} {q1 so}.",
            ["Tom Reuter"],
        ),
        (
            "Anna Holt signed Karl Weiss’s letter. {s1 The letter} {c1 says} {q1 that}.",
            ["Karl Weiss"],
        ),
    ],
)
def test_a_letter_is_its_sender_s(text: str, expected: list[str]) -> None:
    """Who sent, owns or signs the paper speaks in it."""
    assert told(text) == expected


def test_a_name_of_a_kin_leaves_the_last_name_to_the_other() -> None:
    """In "Mark Holt, whose son, Jim Holt, …" the last name alone is not even."""
    assert told(
        "They called Mark Holt, whose son, Jim Holt, died. {s1 Holt} {c1 praised} {q1 the crew}."
    ) != [None]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Some officers – all of them retired – ", "Some officers"),
        ("One captain who sailed in May", "captain who sailed in May"),
        ("A growing group of sailors that", "growing group of sailors"),
    ],
)
def test_a_description_ends_where_an_aside_begins(source: str, expected: str) -> None:
    """An unnamed speaker is called neither by an aside nor by a clause left open."""
    assert told(f"{{s1 {source.strip()}}} {{c1 said}} {{q1 it was late}}.") == [expected]


def test_what_follows_a_party_is_no_name() -> None:
    """ "R-Wis." after a name is no person."""
    cast = cast_of("Rep. Tom Reuter, R-Wis., {c1 said} {q1 so}.")
    assert [s.name for s in cast.speakers] == ["Tom Reuter"]
