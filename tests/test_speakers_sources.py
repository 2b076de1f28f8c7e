"""What the words of a source tell: where a name ends, whose it is, who only stands beside it.

Texts are invented.
"""

from __future__ import annotations

import re

import pytest

from retold import marked
from retold.reading import speakers
from retold.types import Mention, MentionKind, Span
from tests.test_speakers import article_of


def told(text: str) -> list[str | None]:
    """The name of the speaker of each attribution, in the order of their numbers."""
    bare, triples = marked.parse(f"It was late at the port.\n\n{text}")
    cast = speakers.resolve(article_of(bare), triples, ())
    names = {speaker.id: speaker.name for speaker in cast.speakers}
    return [names.get(r.speaker_id or "") for r in cast.resolutions]


@pytest.mark.parametrize(
    "source",
    [
        "Westhaven (CNN) Minister Edda Holt",
        "Westhaven (CNN) -- Minister Edda Holt",
        "(CNN) Edda Holt",
        "The founder and chief executive Edda Holt",
        "The mayor’s sister-in-law and senior adviser Edda Holt",
        "Centers for Tides and Storms spokeswoman Edda Holt",
        "Karl Marsh’s ex-wife, Edda Holt,",
        "The harbour’s chief of information, Rear Adm. Edda Holt,",
        "Justice Edda Holt -- joined by Justice Elena Marsh --",
        "I. Edda Holt, a clerk,",
        "The U.S. Ambassador to Norway Edda Holt",
        "One member, freshman Rep. Edda Holt of Tolmouth,",
        "One candidate, U.S. Senator Edda Holt,",
    ],
)
def test_a_name_stands_out_of_what_is_around_it(source: str) -> None:
    """A dateline, a title of several words and an aside are no part of who speaks."""
    assert told(f"{{s1 {source}}} {{c1 said}} {{q1 it was late}}.")[0].endswith("Edda Holt")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("The mayor and governor Edda Holt", "mayor and governor Edda Holt"),
        ("Karl Marsh and Harbour House press secretary Edda Holt", "Karl Marsh and Edda Holt"),
        ("Karl Marsh and New Tolmouth Gov. Edda Holt", "Karl Marsh and Edda Holt"),
        ("A lawyer for activist Edda Holt", "lawyer for activist Edda Holt"),
        ("Plenty of ferrymen", "Plenty of ferrymen"),
        ("The young, ambitious lawyer", "young, ambitious lawyer"),
        ("The clerk, a man of few words,", "clerk"),
    ],
)
def test_who_is_named_in_a_source_may_not_be_alone(source: str, expected: str) -> None:
    """Two offices may be two persons; a comma between adjectives ends nothing."""
    assert told(f"{{s1 {source}}} {{c1 said}} {{q1 it was late}}.") == [expected]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Some of the mayor’s", "Edda Holt"),
        ("Some of her", "Edda Holt"),
        ("Most of Holt’s", "Edda Holt"),
    ],
)
def test_a_share_of_claims_is_whose_the_claims_are(source: str, expected: str) -> None:
    """ "Some of the mayor’s claims" are the mayor's."""
    text = f"Mayor Edda Holt spoke. {{s1 {source}}} {{c1 claims about}} {{q1 the dam were false}}."
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{s1 The aides} {c1 were warned about} {q1 the storm}.", None),
        ("{s1 The aides} {c1 were told by} {q1 the dam broke}.", None),
        ("{s1 Holt’s office} faces fear and {c1 accusations} {q1 that it was late}.", None),
        ("He said no, {c1 citing} {q1 an audit}. {s1 The Harbour Board} had written.", None),
        ("Anna Holt came. {q1 “No,”} {c1 said} Capt. {s1 Holt}.", "Anna Holt"),
        ("{s1 Minister Edda Holt has become the latest member} {c1 to say} {q1 no}.", "Edda Holt"),
        ("{q1 “It is safe,”} Edda Holt {c1 was quoted} by {s1 the Herald} as saying.", "Edda Holt"),
        ("{s1 The aides} {c1 warned of} {q1 the storm}.", "aides"),
        ("{s1 The aides} faced accusations and {c1 said} {q1 no}.", "aides"),
    ],
)
def test_who_is_told_or_quoted_is_told_from_who_tells(text: str, expected: str | None) -> None:
    """Whoever is warned, accused or quoted stands where a speaker would."""
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It won over rivals including Karl Marsh, {s1 who} {c1 said} {q1 yes}.", "Karl Marsh"),
        ("It met in Norway, a grave step {s1 which} {c1 suggests} {q1 a war}.", None),
        ("It met at the Harbour Board, {s1 which} {c1 said} {q1 no}.", "Harbour Board"),
        ("The chants {s1 that ring through the port} {c1 express} {q1 a wish}.", None),
        ("{s1 That clerk} {c1 said} {q1 no}.", "clerk"),
        ("It met the concerns of parents {s1 who} {c1 said} {q1 no}.", "parents"),
        ("It fell to a judge in Norway, {s1 who} {c1 said} {q1 no}.", "judge in Norway"),
        ("It won over Mayor Karl Marsh of Norway, {s1 who} {c1 said} {q1 no}.", "Karl Marsh"),
        ("It sat with Mayor Karl Marsh in May, {s1 who} {c1 said} {q1 no}.", None),
        ("The port in Norway will likely please Sweden, {s1 who} {c1 said} {q1 no}.", None),
    ],
)
def test_a_relative_clause_is_of_what_stands_before_it(text: str, expected: str | None) -> None:
    """ "A step which" is no country, "including Marsh, who" is Marsh."""
    assert told(text) == [expected]


def test_one_official_is_not_several() -> None:
    """ "The official" is none of the "officials" who spoke before."""
    text = (
        "{s1 Some officials} {c1 said} {q1 it was late}. {s2 One port official} {c2 said} {q2 no}. "
        "{s3 Two officials} {c3 said} {q3 yes}. {s4 The official} {c4 said} {q4 it again}."
    )
    assert told(text) == ["Some officials", "port official", "Two officials", "port official"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Edda Holt, the president’s sister, left. "
            "{s1 The president’s sister} {c1 said} {q1 no}.",
            "Edda Holt",
        ),
        (
            "Edda Holt, the president’s sister, left. "
            "{s1 The vice president’s sister} {c1 said} {q1 no}.",
            "vice president’s sister",
        ),
        (
            "Edda Holt, a rising star, left. {s1 The star} {c1 told} Holt {q1 to go}.",
            "star",
        ),
    ],
)
def test_a_description_may_be_of_another(text: str, expected: str) -> None:
    """Whose sister she is tells them apart, and nobody is told by himself."""
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Minister Adel al-Marshi left. {s1 Marshi} {c1 said} {q1 no}.", "Adel al-Marshi"),
        ("Theresa Hale May left. {s1 Mrs May} {c1 said} {q1 no}.", "May"),
        (
            "The 8th U.S. Circuit Court of Appeals sat. {s1 The 8th Circuit} {c1 said} {q1 no}.",
            "8th U.S. Circuit Court of Appeals",
        ),
        ("The 8th Circuit sat. {s1 The 5th Circuit} {c1 said} {q1 no}.", "5th Circuit"),
    ],
)
def test_a_name_has_more_than_one_form(text: str, expected: str) -> None:
    """An article, a month and a number may be part of one."""
    assert told(text) == [expected]


def test_whose_son_a_lead_tells_of_is_not_the_son() -> None:
    """ "The former mayor’s son" is not the former mayor, who is named below."""
    text = (
        "{s1 The former mayor’s son} {c1 said} {q1 no}.\n\nFormer Mayor Karl Marsh came. "
        "{s2 Marsh} {c2 said} {q2 yes}."
    )
    assert told(text)[0] != "Karl Marsh"


def test_a_name_in_the_words_of_a_quotation_is_rather_not_its_speakers() -> None:
    """“The mayor won it,” {he} said: it is not the mayor who goes on."""
    text = (
        "Mayor Tom Holt won. {q1 “It is plain,”} {s1 spokesman Karl Marsh} {c1 said}.\n\n"
        "{q2 “It was settled. The mayor won it fairly,”} {s2 he} {c2 said}. {q3 “It ends.”}"
    )
    assert told(text)[1] == "Karl Marsh"


def test_who_says_his_own_name_may_speak() -> None:
    """ "If my last name wasn’t Marsh" is said by a Marsh."""
    text = (
        "Edda Holt wrote to the port. Karl Marsh answered. "
        "{q1 “I would not sit here if my last name wasn’t Marsh,”} {s1 he} {c1 said}."
    )
    assert told(text) == ["Karl Marsh"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("The Tide Office and the Harbour Board", "Tide Office and Harbour Board"),
        ("Both Norland and Westmere", "Norland and Westmere"),
        (
            "The Tide Office (TO), the Harbour Board, and Norland",
            "Tide Office, Harbour Board and Norland",
        ),
        ("The Tides and Harbours Committee", "Tides and Harbours Committee"),
        ("The Tide Office and its clerks", "Tide Office"),
    ],
)
def test_bodies_named_side_by_side_speak_together(source: str, expected: str) -> None:
    """Where they are all that the source names, and not the halves of one name."""
    names = ("Tide Office", "Harbour Board", "Norland", "Westmere", "Tides", "Harbours Committee")
    before = "It was late at the port.\n\n"
    bare, triples = marked.parse(f"{before}{{s1 {source}}} {{c1 said}} {{q1 it was late}}.")
    mentions = tuple(
        Mention(kind=MentionKind.ORGANISATION, span=Span(m.start(), m.end()))
        for name in names
        for m in re.finditer(name, bare)
    )
    cast = speakers.resolve(article_of(bare), triples, mentions)
    speaker = next(s for s in cast.speakers if s.id == cast.resolutions[0].speaker_id)
    assert speaker.name == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{s1 Clerks advising Anna Holt} {c1 thought} {q1 it was late}.",
            "Clerks advising Anna Holt",
        ),
        ("{s1 Weiss’s daughter, the Rev. Anna Holt,} {c1 said} {q1 it was late}.", "Anna Holt"),
        (
            "Anna Holt, {s1 whose first ship sank in a storm,} {c1 said} {q1 it was late}.",
            "Anna Holt",
        ),
        ("{s1 At the Tide Office, Chairman Anna Holt} {c1 said} {q1 it was late}.", "Anna Holt"),
        ("{s1 One by one, the clerks} {c1 said} {q1 it was late}.", "clerks"),
    ],
)
def test_a_source_is_who_speaks_and_not_who_stands_in_it(text: str, expected: str) -> None:
    """Whom clerks advise does not speak, and a clause beside a name is no name."""
    assert told(text) == [expected]
