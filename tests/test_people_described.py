"""Whom one account describes and another names. Texts are invented."""

from __future__ import annotations

import pytest

from retold import marked
from retold.comparing import described, people
from retold.reading import speakers, statements
from retold.types import Article, Reading, Section, SectionKind, Span


def read(number: int, text: str) -> Reading:
    """A reading of `text`, its statements as they are marked."""
    bare, triples = marked.parse(text)
    body = Section(kind=SectionKind.BODY, span=Span(0, len(bare)))
    article = Article(id=f"a{number}", text=bare, sections=(body,))
    cast = speakers.resolve(article, triples, ())
    return Reading(
        article=article,
        model="",
        attributions=statements.assemble(article, triples, cast, ()),
        speakers=cast.speakers,
        mentions=(),
        times=(),
        passages=(),
        vectors=b"",
    )


def together(*texts: str) -> list[str]:
    """The names of all who speak in the texts, each once."""
    readings = [read(number, text) for number, text in enumerate(texts)]
    merged = people.merge(readings)
    names = {member: s.name for s in merged.speakers for member in s.members}
    spoke = [a.speaker_id for r in readings for a in r.attributions]
    return sorted({names[i] for i in spoke if i is not None})


NAMED = "{s1 Anna Holt’s lawyer, Karl Weiss,} {c1 said} {q1 the server was wiped clean of letters}."


@pytest.mark.parametrize(
    "description", ["A lawyer for Ms. Holt", "Anna Holt’s lawyer", "An attorney for Mayor Holt"]
)
def test_who_is_described_as_another_account_names_him_is_he(description: str) -> None:
    """The same noun of the same owner, and nobody else is called so."""
    other = f"Mayor Anna Holt left. {{s1 {description}}} {{c1 said}} {{q1 it was late}}."
    assert together(NAMED, other) == ["Karl Weiss"]


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("A lawyer for Mr. Reuter", "lawyer for Mr. Reuter"),
        ("A lawyer", "lawyer"),
        ("A spokeswoman for Ms. Holt", "spokeswoman for Ms. Holt"),
    ],
)
def test_another_noun_or_owner_is_another(description: str, expected: str) -> None:
    """And so is a description that says nothing of whose."""
    other = f"Tom Reuter met Anna Holt. {{s1 {description}}} {{c1 said}} {{q1 it was late}}."
    assert together(NAMED, other) == ["Karl Weiss", expected]


def test_of_two_who_are_called_so_it_is_neither() -> None:
    """Two candidates equally good."""
    second = "{s1 Anna Holt’s lawyer, Tom Marsh,} {c1 said} {q1 it was not}."
    other = "{s1 A lawyer for Anna Holt} {c1 said} {q1 it was late}."
    assert together(NAMED, second, other) == ["Karl Weiss", "Tom Marsh", "lawyer for Anna Holt"]


def test_one_whom_the_same_account_names_is_not_described_by_another() -> None:
    """Two whom one article keeps apart stay apart."""
    text = (
        "{s1 Anna Holt’s lawyer, Karl Weiss,} {c1 said} {q1 so}. "
        "{s2 Another lawyer for Anna Holt} {c2 said} {q2 not}."
    )
    assert together(text) == ["Another lawyer for Anna Holt", "Karl Weiss"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("the mayor planned to close the western harbour on Monday", ["Karl Weiss"]),
        ("nobody knew anything", ["Karl Weiss", "adviser to Anna Holt"]),
    ],
)
def test_one_of_many_is_told_by_what_he_says(content: str, expected: list[str]) -> None:
    """Advisers are many: only the one who says the same."""
    named = (
        "{s1 Karl Weiss, an adviser to Anna Holt,} {c1 said} "
        "{q1 the mayor planned to close the harbour}."
    )
    other = f"{{s1 An adviser to Anna Holt}} {{c1 said}} {{q1 {content}}}."
    assert together(named, other) == expected


def test_a_man_is_not_she() -> None:
    """ "A spokesman" is no woman."""
    named = "{s1 Ms. Anna Holt, a spokeswoman for the Tide Party,} {c1 said} {q1 so}."
    other = "{s1 A spokesman for the Tide Party} {c1 said} {q1 it was late}."
    assert together(named, other) == ["Anna Holt", "spokesman for the Tide Party"]


@pytest.mark.parametrize(
    ("description", "name", "expected"),
    [
        ("congressional panel on Benford", "House Select Committee on Benford", True),
        ("congressional panel on Benford", "House Select Committee on Ethics", False),
        ("Westmere elections board", "Westmere County Board of Elections", True),
        ("elections board", "Westmere County Board of Elections", True),
        ("committee", "House Select Committee on Benford", False),
        ("", "House Select Committee on Benford", False),
        ("harbour", "", False),
    ],
)
def test_a_body_is_one_whose_name_holds_all_that_is_said(
    description: str, name: str, expected: bool
) -> None:
    """All words but those that any such body may have."""
    assert described.is_body(description, name) == expected


MINISTER = "{s1 Tom Reuter, the transport minister,} {c1 said} {q1 that the ferry was sound}."


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("{s1 The minister} {c1 said} {q1 it was late}.", ["Tom Reuter"]),
        ("{s1 The transport minister} {c1 said} {q1 it was late}.", ["Tom Reuter"]),
        ("{s1 The justice minister} {c1 said} {q1 it was}.", ["Tom Reuter", "justice minister"]),
        ("{s1 A minister} {c1 said} {q1 it was late}.", ["Tom Reuter", "minister"]),
        ("{s1 The former minister} {c1 said} {q1 it was}.", ["Tom Reuter", "former minister"]),
        ("{s1 The other minister} {c1 said} {q1 it was}.", ["Tom Reuter", "other minister"]),
        ("{s1 The minister} {c1 said} {q1 Reuter was ill}.", ["Tom Reuter", "minister"]),
    ],
)
def test_the_minister_is_the_only_one_of_whom_another_account_says_so(
    told: str, expected: list[str]
) -> None:
    """Of one whom the account names as well, by every word, and not by what he says of himself."""
    assert together(MINISTER, f"Tom Reuter left at noon. {told}") == expected


def test_the_minister_is_nobody_whom_the_account_does_not_name() -> None:
    """Nor one of two, nor he who tells of him."""
    late = "{s1 The minister} {c1 said} {q1 it was late}."
    other = "{s1 Eva Marsh, the harbour minister,} {c1 said} {q1 it was not}."
    within = "{s1 Tom Reuter} {c1 said} {q1 that {s2 the minister} {c2 knew} {q2 it was late}}."
    assert together(MINISTER, late) == ["Tom Reuter", "minister"]
    assert "minister" in together(MINISTER, other, f"Tom Reuter left. {late}")
    assert "minister" in together(MINISTER, within)


def test_an_official_may_be_anybody() -> None:
    """By a word more he is not."""
    named = "{s1 Tom Reuter, a harbour official,} {c1 said} {q1 that the ferry was sound}."
    left = "Tom Reuter left at noon."
    one = f"{left} {{s1 The official}} {{c1 said}} {{q1 it was late}}."
    more = f"{left} {{s1 The harbour official}} {{c1 said}} {{q1 it was late}}."
    assert together(named, one) == ["Tom Reuter", "official"]
    assert together(named, more) == ["Tom Reuter"]


def test_a_deputy_minister_is_not_the_minister() -> None:
    """Nor is a former one."""
    for phase in ("deputy", "former"):
        named = f"{{s1 Tom Reuter, a {phase} minister,}} {{c1 said}} {{q1 it was sound}}."
        other = "Tom Reuter left at noon. {s1 The minister} {c1 said} {q1 it was late}."
        assert together(named, other) == ["Tom Reuter", "minister"]
