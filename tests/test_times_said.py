"""When something was said: the time beside the cue, and the account that goes on."""

from __future__ import annotations

import datetime as dt

import pytest

from retold import marked
from retold.reading import said, times
from retold.types import Article, Section, SectionKind, Span

# a Tuesday
PUBLISHED = dt.date(2015, 3, 31)


def dates(text: str, *names: str | None) -> list[str | None]:
    """The words that date each statement of a marked text."""
    plain, triples = marked.parse(text)
    section = Section(kind=SectionKind.BODY, span=Span(0, len(plain)))
    article = Article(id="a", text=plain, sections=(section,), published=PUBLISHED)
    found = said.assign(article, triples, names or [None] * len(triples), times.find(article))
    return [plain[x.span.start : x.span.end] if x else None for x in found]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{s1 Mr. Oakes} {c1 said} on Friday that {q1 the dam would hold}.", "Friday"),
        ("“{q1 It will hold},” {s1 Oakes} {c1 told} the Courier in 2010.", "2010"),
        ("On Monday, {s1 Oakes} {c1 said} {q1 the dam would hold}.", "Monday"),
        ("In a May 2010 interview seen by us, {s1 Oakes} {c1 said} {q1 it held}.", "May 2010"),
        ("{s1 Oakes} on Friday {c1 said} {q1 it held}.", "Friday"),
        ("{s1 Oakes} {c1 said Friday} {q1 that it held}.", "Friday"),
        ("{s1 The Courier on May 3, 2006,} {c1 said} {q1 that it held}.", "May 3, 2006"),
        (
            "{s1 The Courier on May 3, 2006,} had it and on May 4, 2007, {c1 said} {q1 it held}.",
            "May 4, 2007",
        ),
        ("It was calm on Friday, when {s1 Oakes} {c1 said} {q1 it held}.", "Friday"),
        ("Asked on Friday why it broke, {s1 Oakes} {c1 said} {q1 it held}.", "Friday"),
        ("When pressed Friday about what broke, {s1 Oakes} {c1 said} {q1 it held}.", "Friday"),
    ],
)
def test_beside_the_cue(text: str, words: str) -> None:
    """The expression in the clause of the cue dates the saying."""
    assert dates(text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "{s1 Oakes} {c1 said} {q1 the dam was built in 1999}.",
        "{s1 Oakes}, who has run the dam since 1999, {c1 said} {q1 it held}.",
        "{s1 Oakes}, a minister from 1999 to 2003, {c1 said} {q1 it held}.",
        "After the dam broke on Friday, {s1 Oakes} {c1 said} {q1 it had held}.",
        "Asked why it broke on Friday, {s1 Oakes} {c1 said} {q1 it had held}.",
        "“{q1 It held},” {s1 Oakes} {c1 said}, and on Friday it broke.",
        "“{q1 It held},” {c1 said} {s1 Oakes}, who was elected in 2010.",
        "{s1 Oakes, a minister in 2003,} {c1 said} {q1 it held}.",
        "{s1 Oakes} {c1 demanded} by June 2016 {q1 that the dam be shut}.",
        "The talks ended on Monday, {q1 so it made sense to build}, {s1 Oakes} {c1 said}.",
        "The first of them came six months after {s1 Oakes} {c1 said} {q1 it held}.",
    ],
)
def test_another_event(text: str) -> None:
    """The time of what is told, of the speaker's office or of another event does not count."""
    assert dates(text) == [None]


def test_what_another_statement_tells_of() -> None:
    """A day in the words of one statement is no time of the next in the sentence."""
    text = (
        "{s1 Oakes} {c1 said} {q1 it took less than on Friday}, {c2 adding} {q2 that it held}. "
        "{s3 He} {c3 said} {q3 no}."
    )
    assert dates(text, "Ann Oakes", "Ann Oakes", "Ann Oakes") == [None, None, None]


def test_a_clause_between_the_day_and_the_speaker() -> None:
    """A day that opens a sentence is that of its main clause, whatever is told in between."""
    text = (
        "On Friday, {s1 Oakes} {c1 said} {q1 it held}. "
        "But on Saturday, after the dam broke, {s2 she} {c2 said} {q2 it leaked}."
    )
    assert dates(text, "Ann Oakes", "Ann Oakes") == ["Friday", "Saturday"]


def test_two_of_one_last_name() -> None:
    """What the one said on Friday dates nothing that another of that last name says."""
    text = (
        "The {s1 Coast Courier} {c1 reported} on Friday {q1 that it held}. "
        "The {s2 Lake Courier} {c2 reports} {q2 that it leaks}."
    )
    assert dates(text, "Coast Courier", "Lake Courier") == ["Friday", None]


def test_inner_time_is_the_inner_speaker_s() -> None:
    """In a chain each saying has its own time: the interview, and the conversation it tells of."""
    text = (
        "{s1 Oakes} {c1 said} in a talk this week that {q1 {s2 he} {c2 asked} the king in 2000 "
        "{q2 if the dam would hold}}."
    )
    assert dates(text, "Oakes", "Oakes") == ["this week", "2000"]


def test_the_account_goes_on() -> None:
    """A speaker who goes on without a new time is still speaking at the last."""
    text = (
        "“{q1 It holds},” {s1 Oakes} {c1 said} on Friday.\n"
        "“{q2 It will always hold},” {s2 he} {c2 added}.\n"
        "“{q3 It leaks},” {s3 Ms. Reed} {c3 said}."
    )
    assert dates(text, "Ann Oakes", "Ann Oakes", "Eve Reed") == ["Friday", "Friday", None]


def test_an_account_is_opened() -> None:
    """What an interview is said to have told is dated by the interview."""
    text = (
        "In a November 2010 interview printed by the Courier, Ann Oakes, who ran the dam from 1999 "
        "to 2003, told a story of her own.\n"
        "{s1 Oakes} {c1 said} {q1 the king had wept}."
    )
    assert dates(text, "Ann Oakes") == ["November 2010"]


def test_an_account_given_twice() -> None:
    """The same account given to another outlet starts a new time."""
    text = (
        "Oakes recalled the same story about the flood to the Weekly Herald in January 2012. "
        "{s1 She} also {c1 said} {q1 the king had laughed}.\n"
        "{s2 Oakes} {c2 added} {q2 that it had rained}."
    )
    assert dates(text, "Ann Oakes", "Ann Oakes") == ["January 2012", "January 2012"]


def test_thoughts_are_not_dated_by_speech() -> None:
    """What somebody feels is not said at the time of their last words."""
    text = "“{q1 It holds},” {s1 Oakes} {c1 said} on Friday. {s2 She} {c2 dislikes} {q2 the dam}."
    assert dates(text, "Ann Oakes", "Ann Oakes") == ["Friday", None]


def test_what_somebody_says_now_is_no_part_of_what_he_said_then() -> None:
    """Of a film or a recording is told in the present."""
    text = "“{q1 It holds},” {s1 Oakes} {c1 said} on Friday. In the film {s2 he} {c2 says} {q2 no}."
    assert dates(text, "Ann Oakes", "Ann Oakes") == ["Friday", None]


def test_the_account_ends() -> None:
    """After two paragraphs without the speaker, the time is not carried on."""
    text = (
        "“{q1 It holds},” {s1 Oakes} {c1 said} on Friday.\nIt rained.\nIt snowed.\nIt thawed.\n"
        "“{q2 It leaks},” {s2 Oakes} {c2 said}."
    )
    assert dates(text, "Ann Oakes", "Ann Oakes") == ["Friday", None]
