"""Names: where they stand, their parts, and who may be one. All names are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.reading import capitals, names
from retold.reading.names import Gender
from retold.types import MentionKind, Span


def found(text: str) -> list[tuple[str, MentionKind | None]]:
    """The names of a paragraph, with their kind."""
    return [
        (text[n.span.start : n.span.end], n.kind) for n in capitals.find(text, Span(0, len(text)))
    ]


PERSON, BODY, PLACE = MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.PLACE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Then Sen. Karl Weiss spoke.", [("Karl Weiss", PERSON)]),
        ("It was Mr. Weiss’s idea.", [("Weiss", PERSON)]),
        ("So harbour spokesman Tom Reuter left.", [("Tom Reuter", PERSON)]),
        ("But Anna B. O’Malley-Holt stayed.", [("Anna B. O’Malley-Holt", PERSON)]),
        ("It asked Karl von der Heide today.", [("Karl von der Heide", PERSON)]),
        ("It named Don Reed Jr. today.", [("Don Reed Jr.", PERSON)]),
        ("We met Secretary of State Anna Holt here.", [("Anna Holt", PERSON)]),
        ("It joined the Centre for Coastal Policy in May.", [("Centre for Coastal Policy", BODY)]),
        (
            "It asked the American Federation of Divers today.",
            [("American Federation of Divers", BODY)],
        ),
        (
            "It asked the United Daughters of the Harbour today.",
            [("United Daughters of the Harbour", BODY)],
        ),
        (
            "The Office of the Tides and the Harbour Police met.",
            [("Office of the Tides", BODY), ("Harbour Police", BODY)],
        ),
        ("All of New York slept.", [("New York", PLACE)]),
        (
            "The Prime Minister of Norway, Anna Holt, spoke.",
            [("Norway", PLACE), ("Anna Holt", PERSON)],
        ),
        ("He said It rained on Monday in May.", []),
        ("Separately, Karl Weiss left. Unfortunately, it rained.", [("Karl Weiss", PERSON)]),
    ],
)
def test_names_are_found_by_their_form(
    text: str, expected: list[tuple[str, MentionKind | None]]
) -> None:
    """Titles, particles, initials and suffixes are told from the name."""
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The White House Chief of Staff Karl Weiss left.", [("Karl Weiss", PERSON)]),
        ("The envoy to Norway Karl Weiss left.", [("Karl Weiss", PERSON)]),
        ("The ambassador to Saudi Arabia Anna Holt left.", [("Anna Holt", PERSON)]),
        (
            "The director of the Centre for Tides and Currents Anna Holt left.",
            [("Centre for Tides and Currents", BODY), ("Anna Holt", PERSON)],
        ),
        (
            "The president of St. John Holt College left.",
            [("St. John Holt College", BODY)],
        ),
        ("The wife of Lee Harvey Holt left.", [("Lee Harvey Holt", PERSON)]),
    ],
)
def test_a_name_begins_after_what_its_office_is_of(
    text: str, expected: list[tuple[str, MentionKind | None]]
) -> None:
    """What closes an office is no part of the name that follows; a body named after somebody and a
    person with two first names stay whole."""
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Hopefully Anna is well.”", ["Anna"]),
        ("Reportedly Karl Weiss was there.", ["Karl Weiss"]),
        ("Emily Anna Holt was there.", ["Emily Anna Holt"]),
        ("Reilly was there.", ["Reilly"]),
        ("So Daily Anna was there.", ["Daily Anna"]),
    ],
)
def test_an_adverb_before_a_first_name_is_no_part_of_it(text: str, expected: list[str]) -> None:
    """A first name in -ly is one, and so is a lone name or a paper’s."""
    assert [name for name, _ in found(text)] == expected


def test_headlines_give_no_names() -> None:
    """Where every word has a capital a capital tells nothing."""
    assert found("Mayor Says New Bridge Over Harbour Will Open") == []


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("So Mrs. Weiss left.", Gender.FEMALE),
        ("So Mr. Weiss left.", Gender.MALE),
        ("So Anna Weiss left.", Gender.FEMALE),
        ("So spokeswoman Kim Weiss left.", Gender.FEMALE),
        ("So Kim Weiss left.", Gender.EITHER),
    ],
)
def test_titles_and_first_names_tell_the_gender(text: str, gender: Gender) -> None:
    """A title comes before a first name; what tells nothing stays open."""
    assert capitals.find(text, Span(0, len(text)))[0].gender is gender


def test_parts_are_given_middle_family_suffix() -> None:
    """Particles belong to the family name, a lone word is one."""
    assert names.parts(("Karl", "M.", "von", "Heide", "Jr.")) == names.Parts(
        given="karl", middle=("m",), family="von heide", suffix="jr"
    )
    assert names.parts(("Weiss",)).family == "weiss"


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Kim Jun-ho", "jun-ho", "kim"),
        ("Kim Jun Ho", "jun-ho", "kim"),
        ("Teng Mei-hua", "mei-hua", "teng"),
        ("Anna Holt-Reuter", "anna", "holt-reuter"),
        ("Kim Weiss", "kim", "weiss"),
        ("Kim Anna Reuter", "kim", "reuter"),
        ("Kim Ann Holt", "kim", "holt"),
        ("Jo Ann Lind", "jo", "lind"),
        ("Karl Tom Holt", "karl", "holt"),
    ],
)
def test_a_family_name_may_stand_first(name: str, given: str, family: str) -> None:
    """As Korean names do; what stands behind tells which."""
    found = names.parts(tuple(name.split()))
    assert (found.given, found.family) == (given, family)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Bill Marsh", "William Marsh", True),
        ("W. Marsh", "William Marsh", True),
        ("W. Mitt Marsh", "Mitt Marsh", True),
        ("Marsh", "William Marsh", True),
        ("José Núñez", "Jose Nunez", True),
        ("Bill Marsh", "Helen Marsh", False),
        ("Don Reed Jr.", "Don Reed", False),
        ("Don Reed", "Don Reid", False),
        ("Reed Jr.", "Don Reed", False),
        ("Reed Jr.", "Reed", False),
        ("Reed Jr.", "Don Reed Jr.", True),
        ("Reed", "Don Reed Jr.", True),
        ("Kim Jun-ho", "Kim Jun Ho", True),
        ("Kim", "Kim Jun-ho", True),
        ("Kim Jun-ho", "Kim Jun-il", False),
    ],
)
def test_two_names_may_be_one_unless_a_part_speaks_against_it(
    a: str, b: str, expected: bool
) -> None:
    """Short forms and initials fit; another first name, family name or suffix does not."""
    one, two = names.parts(tuple(a.split())), names.parts(tuple(b.split()))
    assert names.may_be_one(one, two) is expected
    assert names.may_be_one(two, one) is expected


@pytest.mark.parametrize(
    ("short", "words", "expected"),
    [
        ("CHP", ("Coastal", "Harbour", "Police"), True),
        ("C.H.P.", ("Coastal", "Harbour", "Police"), True),
        ("FP", ("Foreign", "Policy"), True),
        ("CHP", ("Coastal", "Police"), False),
        ("Fox", ("Foreign", "Office"), False),
    ],
)
def test_an_acronym_is_made_of_first_letters(
    short: str, words: tuple[str, ...], expected: bool
) -> None:
    """Dots do not matter, missing letters do."""
    assert names.is_acronym_of(short, words) is expected


@given(st.text(max_size=80))
def test_names_lie_in_their_text(text: str) -> None:
    """Any text: spans in order, none empty, none outside."""
    if not text:
        return
    held = capitals.find(text, Span(0, len(text)))
    assert held == sorted(held, key=lambda n: n.span.start)
    assert all(n.span.end <= len(text) and n.whole.start <= n.span.start for n in held)
