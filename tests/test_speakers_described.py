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
            "Karl Weiss left. {s1 An email from a spokeswoman for the port, Eva Reuter,} "
            "{c1 said} {q1 so}.",
            ["Eva Reuter"],
        ),
        (
            "Karl Weiss heads the Coast League. {s1 A statement from the harbour board} "
            "{c1 said} {q1 so}.",
            ["harbour board"],
        ),
        (
            "Karl Weiss heads the Coast League. {s1 A statement released by the Coast League} "
            "{c1 said} {q1 so}.",
            ["Coast League"],
        ),
        (
            "Karl Weiss left. {s1 A letter from last year} {c1 says} {q1 that he would}.",
            ["letter from last year"],
        ),
        (
            "Anna Holt signed Karl Weiss’s letter. {s1 The letter} {c1 says} {q1 that}.",
            ["Karl Weiss"],
        ),
        (
            "Anna Holt sent a letter to the port authority. {s1 The Norhaven Port Authority} "
            "{c1 said} {q1 it was reviewing the letter}.\n\n{s2 The letter} {c2 offers} {q2 it}.",
            ["Norhaven Port Authority", "Anna Holt"],
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "President Anna Holt came. {s1 The president’s campaign} {c1 said} {q1 so}.",
            "Anna Holt’s campaign",
        ),
        (
            "{s1 Anna Holt} {c1 said}: “{q1 {s2 Many of my friends} {c2 say} {q2 it was late}}.”",
            "Many of Anna Holt’s friends",
        ),
        ("It is late. {s1 Some of their friends} {c1 said} {q1 so}.", "friends"),
    ],
)
def test_an_owner_who_can_be_told_is_named(text: str, expected: str) -> None:
    """ "The president’s" and "my" become a name; who cannot be told is left out."""
    assert told(text)[-1] == expected


def test_you_is_who_spoke_last_before() -> None:
    """In "You said …" the one who speaks quotes the other."""
    assert told(
        "{s1 Anna Holt} {c1 said} {q1 the bridge was safe}. "
        "“{q2 {s3 You} {c3 said} {q3 it was not}},” {s2 Karl Weiss} {c2 replied}."
    ) == ["Anna Holt", "Karl Weiss", "Anna Holt"]


def test_a_name_in_brackets_is_whom_the_pronoun_means() -> None:
    """ "He (Karl Weiss) said" is said by Karl Weiss."""
    assert told(
        "{s1 Tom Reuter} {c1 said}: “{q1 {s2 He (Karl Weiss)} {c2 said} {q2 it was late}}.”"
    ) == ["Tom Reuter", "Karl Weiss"]


def test_who_is_named_after_by_speaks() -> None:
    """ "Holt criticised by her sister": the sister speaks."""
    assert told("{s1 Anna Holt} {c1 criticised} by Karl Weiss {q1 for the delay}.") == [
        "Karl Weiss"
    ]


def test_the_group_that_says_so_is_no_other() -> None:
    """A clause that tells which group is meant leads back to none."""
    assert told(
        "{s1 The Harbour League} {c1 spoke}: {q1 so}. I belong to the group {s2 that} {c2 says} "
        "{q2 wait}."
    ) == ["Harbour League", "group"]


def test_a_headline_does_not_keep_its_office_from_the_one_named_below() -> None:
    """ "Coast Governor" in the headline is no second governor."""
    text = (
        "{s1 Coast Governor} {c1 Says} {q1 Law Will Change Before Long}\n\n"
        "Gov. Karl Weiss of Coast spoke. {s2 The governor} {c2 told} us {q2 so}."
    )
    assert told(text) == ["Karl Weiss", "Karl Weiss"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Nell Tarrant {c1 said} that her husband had called her from the bridge. "
            "“{q1 {s2 He} {c2 told} me {q2 it was late}},” {s1 she} said.",
            "husband",
        ),
        (
            "I met a former clerk of the court, who left in May. {s1 He} {c1 told} me {q1 so}.",
            "former clerk of the court",
        ),
        (
            "A former clerk of the court came. {s1 The former clerk} {c1 said} {q1 so}.",
            "former clerk of the court",
        ),
        ("A clerk, Tom Reuter, came. {s1 The clerk} {c1 said} {q1 so}.", "Tom Reuter"),
    ],
)
def test_who_is_brought_in_by_a_noun_may_be_meant(text: str, expected: str) -> None:
    """ "Her husband" and "a former clerk" are there for "he", and for their noun again."""
    assert told(text)[-1] == expected


def test_what_stands_in_a_role_is_no_subject() -> None:
    """In "White House Press Secretary Karl Weiss met the crew" it is Weiss who met it."""
    assert told(
        "White House Press Secretary Karl Weiss met the crew and {c1 warned} {q1 that it was late}."
    ) == ["Karl Weiss"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Nordwing Airlines lost a ship, and Coast Airlines won. {s1 Karl Weiss, president of "
            "Nordwing Airlines,} {c1 said} {q1 that {s2 the company} {c2 promised} {q2 to pay}}.",
            "Nordwing Airlines",
        ),
        (
            "Nordwing Airlines will show the ship that {s1 it} {c1 said} {q1 was late}.",
            "Nordwing Airlines",
        ),
        (
            "Nordwing Airlines will show the ship {s1 they} {c1 plan} {q1 to sell}.",
            "Nordwing Airlines",
        ),
    ],
)
def test_a_body_is_meant_by_its_officer_and_its_sentence(text: str, expected: str) -> None:
    """ "The company" in its president’s mouth is his; "it" and "they" may be who the sentence is
    about."""
    assert told(text)[-1] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [("The inquiry", "inquiry"), ("The 43-year-old", "Karl Weiss"), ("The mayor", "Karl Weiss")],
)
def test_a_noun_for_no_person_means_no_person(source: str, expected: str) -> None:
    """ "The inquiry" is not the mayor, "the 43-year-old" may be."""
    opening = "{s1 Mayor Karl Weiss} {c1 said} {q1 no}. {s2 Weiss} {c2 said} {q2 so}.\n\n"
    assert told(opening + f"{{s3 {source}}} {{c3 found}} {{q3 that it was late}}.")[-1] == expected


def test_after_a_name_that_is_no_subject_another_is_meant() -> None:
    """In "After the loss to Tom Reuter, the mayor said" the mayor is not Reuter."""
    assert told(
        "Mayor Karl Weiss came. After the loss to Tom Reuter, {s1 the mayor} {c1 said} {q1 so}."
    ) == ["Karl Weiss"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“{q2 {s1 The mayor} {c1 understands} {q1 that it was late}},” {s2 she} {c2 said}.", True),
        (
            "“{q2 {s1 The judge} {c1 understands} {q1 that it was late}},” {s2 she} {c2 said}.",
            False,
        ),
    ],
)
def test_who_is_called_by_the_office_of_the_one_who_speaks_is_the_same(
    text: str, expected: bool
) -> None:
    """The mayor who speaks of the mayor is no second hop; another office is."""
    inner = cast_of(f"Mayor Anna Holt was asked. {text}").resolutions[0]
    assert (len(inner.chain) == 1) is expected


def test_an_owner_before_a_relative_clause_is_part_of_the_description() -> None:
    """ "Mayor Holt’s aides who said so" are not "s aides"."""
    text = "It came from some of Mayor Anna Holt’s aides {s1 who} {c1 said} {q1 it was late}."
    assert told(text) == ["some of Mayor Anna Holt’s aides"]


def test_what_is_one_of_its_signers_does_not_write_a_letter() -> None:
    """A paper is by those who sent it, not by who is said to be one of its many signers."""
    assert (
        told(
            "The clerks sent a letter. {q1 “No,”} {c1 said} {s1 Karl Weiss}, one of the signers of "
            "the letter.\n\n{s2 The letter} {c2 said} {q2 so}."
        )[1]
        == "clerks"
    )


def test_a_handle_of_two_names_names_the_person() -> None:
    """ "@AnnaHolt" is Anna Holt."""
    assert (
        told("Anna Holt came. {q1 “{s2 @AnnaHolt} {c2 says} {q2 no},”} {s1 Bo Lund} {c1 wrote}.")[1]
        == "Anna Holt"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Attorney General Anna Holt rose. {s1 The A.G.} {c1 said} {q1 no}.", "Anna Holt"),
        ("Attorney General Anna Holt rose. {s1 The AG} {c1 said} {q1 no}.", "Anna Holt"),
        ("District Attorney Anna Holt rose. {s1 The DA} {c1 said} {q1 no}.", "Anna Holt"),
        ("AG Anna Holt rose. {s1 The attorney general} {c1 said} {q1 no}.", "Anna Holt"),
        ("VP Anna Holt rose. {s1 The vice president} {c1 said} {q1 no}.", "Anna Holt"),
        ("Prime Minister Anna Holt rose. {s1 The PM’s} {c1 claim} {q1 so} fell.", "Anna Holt"),
        ("At 5 P.M. Mayor Anna Holt rose. {s1 The PM} {c1 said} {q1 no}.", "PM"),
        ("Prime Minister Anna Holt rose. {s1 The outgoing PM} {c1 said} {q1 no}.", "outgoing PM"),
    ],
)
def test_an_office_has_a_short_form(text: str, expected: str) -> None:
    """ "The A.G." is the attorney general, and nobody’s name."""
    assert told(text) == [expected]


def test_an_office_may_own_what_is_said() -> None:
    """ "The mayor’s claim" is hers who is the mayor."""
    text = "Mayor Anna Holt rose. {s1 The mayor’s} {c1 claim} {q1 that it was late} is doubted."
    assert told(text) == ["Anna Holt"]


def test_a_word_in_marks_ends_before_what_hangs_on_it() -> None:
    """“Allies” of Holt are not Holt."""
    assert told("Anna Holt left. {s1 “allies” of Holt} {c1 said} {q1 no}.") != ["Anna Holt"]


def test_a_party_by_its_short_name_is_no_person() -> None:
    """ "The GOP" is many, whoever spoke last."""
    text = "{q1 “It is so,”} {s1 Anna Holt} {c1 said}. {s2 The GOP} {c2 says} {q2 so}."
    assert told(text)[1] == "GOP"
