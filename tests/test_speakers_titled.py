"""Whom long titles name, and whom offices do not mean. Texts are invented."""

from __future__ import annotations

import pytest

from retold import marked, spans
from retold.reading import speakers
from retold.types import Article, Section, SectionKind, Span


def told(text: str) -> list[str | None]:
    """The name of the speaker of each attribution, in the order of their numbers."""
    bare, triples = marked.parse(text)
    body = Section(kind=SectionKind.BODY, span=Span(0, len(bare)))
    cast = speakers.resolve(Article(id="a", text=bare, sections=(body,)), triples, ())
    names = {speaker.id: speaker.name for speaker in cast.speakers}
    return [names.get(r.speaker_id or "") for r in cast.resolutions]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Chairman of the Joint Chiefs of Staff General Karl Weiss", "Karl Weiss"),
        ("White House chief of staff Karl Weiss", "Karl Weiss"),
        ("then-Secretary of Defense Anna Holt", "Anna Holt"),
        ("University of Westmere law professor Anna Holt", "Anna Holt"),
        ("counsel to the president Karl Weiss", "Karl Weiss"),
        ("Deputy counsel to the President Karl Weiss", "Karl Weiss"),
        ("Coast Attorney General and U.S. Senate candidate Karl Weiss", "Karl Weiss"),
        ("Tides and Harbour Reform Committee spokesman Karl Weiss", "Karl Weiss"),
        ("March for Tides president Anna Holt", "Anna Holt"),
        ("Constitutional scholar and Westmere School of Law Dean Anna Holt", "Anna Holt"),
    ],
)
def test_a_name_at_the_end_of_a_title_is_who_speaks(source: str, expected: str) -> None:
    """Whatever "of", "and" or "for" join before it."""
    assert told(f"It was late. {{s1 {source}}} {{c1 said}} {{q1 it was late}}.") == [expected]


def test_a_long_title_is_not_another_who_is_called_so() -> None:
    """ "Chairman of the Joint Chiefs of Staff" is the one named after it, whoever else is one."""
    assert told(
        "Tom Reuter, chairman of the Tide Committee, left. {s1 Chairman of the Joint Chiefs of "
        "Staff General Ada Ito} {c1 said} {q1 so}."
    ) == ["Ada Ito"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Maria HoltGOP members left. {s1 Holt} {c1 said} {q1 so}.", "Anna Maria Holt"),
        ("Anna HoltReuter slams vote MORE left. {s1 Holt} {c1 said} {q1 so}.", "Anna Holt"),
        ("{s1 Anna DeWine} {c1 said} {q1 so}. Holt left.", "Anna DeWine"),
    ],
)
def test_a_headline_that_runs_into_a_name_is_none_of_it(text: str, expected: str) -> None:
    """Where the text has the last name alone too; a name with a capital within stays whole."""
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "source",
    [
        "Lawyer for former agent Karl Weiss",
        "Supporters of Senator Anna Holt",
        "Coast lawmakers and Republican Gov. Anna Holt",
        "Wife of Westmere Senator Karl Weiss",
    ],
)
def test_whom_somebody_belongs_to_does_not_speak(source: str) -> None:
    """ "Lawyer for {Karl Weiss}" is another than Karl Weiss."""
    assert told(f"It was late. {{s1 {source}}} {{c1 said}} {{q1 it was late}}.") == [source]


def test_only_who_is_called_so_is_meant_by_an_office() -> None:
    """Where the text calls one a congressman, the one who spoke last is not he."""
    text = (
        "Karl Weiss called on Rep. Tom Reuter to resign, as {s1 the Republican congressman} "
        "{c1 vowed} {q1 to stay}."
    )
    assert told(text) == ["Tom Reuter"]


def test_an_office_is_none_of_those_known_for_another() -> None:
    """ "The inspector general" is not the only one who speaks, a lawyer."""
    text = (
        "{s1 Anna Holt, a former lawyer,} {c1 said} {q1 it was late}. She left.\n\n"
        "Later {s2 the Harbour Department inspector general} {c2 found} {q2 that it was not}."
    )
    assert told(text) == ["Anna Holt", "Harbour Department inspector general"]


def test_who_holds_an_office_still_is_meant_before_who_held_it() -> None:
    """ "The mayor" is not the former mayor, whoever is named last."""
    text = (
        "Mayor Anna Holt met Bo Marsh, the former mayor. Marsh left. "
        "{s1 The mayor} {c1 said} {q1 it was late}."
    )
    assert told(text) == ["Anna Holt"]


def test_a_president_is_nobody_of_his_family() -> None:
    """Of a president no first name need be given; the first lady is another."""
    text = (
        "{s1 President Trump} {c1 said} {q1 it was late}. First lady Melania Trump went to the "
        "coast. {s2 Trump} {c2 said} {q2 it was early}."
    )
    assert told(text) == ["Trump", "Trump"]
    assert told("{s1 President Trump} {c1 said} {q1 so}. Donald Trump left.") == ["Donald Trump"]
    works = "{s1 President Wilson} {c1 said} {q1 so}. Anna Wilson, the president of the yard, left."
    assert told(works) == ["Anna Wilson"]


def test_a_clause_after_a_name_is_no_apposition() -> None:
    """ "In talks with Mr. Weiss, {the governor} pointed to …": Weiss is no governor."""
    text = (
        "Gov. Anna Holt spoke on Monday. Defending the law in talks with the host Karl Weiss, "
        "{s1 the governor} {c1 pointed to} {q1 its origins}."
    )
    assert told(text) == ["Anna Holt"]


def test_a_relative_clause_tells_of_the_one_before_it() -> None:
    """Who is described, and named only below, is the same in the clause that hangs on it."""
    text = (
        "Nobody is to blame.\n\n{s2 The Harbour Service official} {s1 who} {c1 disclosed} "
        "{q1 that it leaked} {c2 denied} {q2 that she knew}.\n\n"
        "As the official, Anna Holt, left, it rained."
    )
    assert told(text) == ["Anna Holt", "Anna Holt"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Mayor Holt last year", "Anna Holt"),
        ("the harbour board meeting in Westmere", "harbour board meeting in Westmere"),
        ("The son of the pilot Karl Weiss,", "son of the pilot Karl Weiss"),
        ("the committee probing the leaks", "committee probing the leaks"),
        ("the chief was Karl Weiss. Holt", "Anna Holt"),
        ("Holt, along with Reps. Karl Weiss and Tom Reuter,", "Anna Holt"),
    ],
)
def test_what_hangs_on_a_source_is_none_of_it(source: str, expected: str) -> None:
    """Not a time, a comma, or the end of the sentence before."""
    text = f"Anna Holt came. It was late. {{s1 {source}}} {{c1 said}} {{q1 it was late}}."
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("other", "expected"), [("the ACLU", "Tide Party"), ("the Divers Group", "Divers Group")]
)
def test_the_group_is_the_one_that_the_sentence_before_is_about(other: str, expected: str) -> None:
    """Though another that may be called so is named nearer, but not one that is named so."""
    text = f"The Tide Party answered {other}. {{s1 The group}} {{c1 said}} {{q1 it was late}}."
    assert told(text) == [expected]


def test_a_panel_of_judges_is_no_committee() -> None:
    """What "of" says is not in the name."""
    text = "The Ethics Committee met. {s1 The panel of judges} {c1 said} {q1 it was late}."
    assert told(text) == ["panel of judges"]


@pytest.mark.parametrize(
    "source",
    ["Duplin County Sheriff’s Office", "the Harbour Department inspector general’s office"],
)
def test_the_office_of_an_office_keeps_its_words(source: str) -> None:
    """The owner is no place, and no "General"."""
    text = f"Duplin County is large. {{s1 {source}}} {{c1 said}} {{q1 it was late}}."
    assert told(text) == [source.removeprefix("the ")]


def test_a_lone_noun_for_a_body_is_no_name() -> None:
    """ "Committee Chairman Anna Holt" brings in no body of the name "Committee"."""
    text = (
        "{s1 The harbour committee} {c1 asked} {q1 for the papers}. Committee Chairman Anna Holt "
        "wrote. {s2 The committee} {c2 said} {q2 it was late}."
    )
    assert told(text) == ["harbour committee", "harbour committee"]


def test_spans_of_sources_are_left_as_they_are() -> None:
    """Mentions are places of the text."""
    bare, triples = marked.parse("{s1 Chief of Staff General Karl Weiss} {c1 said} {q1 so}.")
    body = Section(kind=SectionKind.BODY, span=Span(0, len(bare)))
    cast = speakers.resolve(Article(id="a", text=bare, sections=(body,)), triples, ())
    shown = {spans.cut(bare, m.span) for s in cast.speakers for m in s.mentions}
    assert "Karl Weiss" in shown


def test_who_opens_the_paragraph_below_a_lead_is_whom_it_describes() -> None:
    """Though he does not speak there under his name."""
    text = (
        "{s1 One of the highest-profile Republicans in the Senate} {c1 said} {q1 it was late}.\n\n"
        "Majority Whip Karl Weiss, the third Republican in the Senate, came in May."
    )
    assert told(text) == ["Karl Weiss"]


def test_a_paper_in_a_cue_speaks() -> None:
    """ "…," reads the letter: not who spoke last."""
    text = (
        "{s1 Anna Holt} {c1 said} {q1 it was late}. Divers sent the mayor a letter.\n\n"
        "{q2 “We are concerned,”} {c2 reads the letter}."
    )
    assert told(text) == ["Anna Holt", "Divers"]


@pytest.mark.parametrize("source", ["The panel", "The 41-member panel", "The committee"])
def test_a_panel_is_the_committee(source: str) -> None:
    """However many members it has."""
    text = f"The Harbour Ethics Committee met. {{s1 {source}}} {{c1 said}} {{q1 it was late}}."
    assert told(text) == ["Harbour Ethics Committee"]


def test_the_company_is_the_one_in_the_sentence() -> None:
    """Before the one that the sentence before is about."""
    text = (
        "Nordwing Airlines met. In a statement on the Seawing Motors site, {s1 the company} "
        "{c1 said} {q1 it was late}."
    )
    assert told(text) == ["Seawing Motors"]


def test_a_description_met_again_cut_short_keeps_its_name() -> None:
    """ "A joint report from the U.S., Britain …" is none from the U."""
    text = (
        "It came, {c1 according to} {s1 a joint report from the U.S., Westmere, and the Coast}, "
        "{q1 in May}."
    )
    assert told(text) == ["joint report from the U.S."]


def test_sir_stands_before_a_first_name() -> None:
    """ "Sir Karl" is Karl Weiss, as no "Mr. Karl" is."""
    assert told(
        "The chairman, Sir Karl Weiss, left. {s1 Sir Karl} {c1 said} {q1 so}. {s2 Mr. Karl} "
        "{c2 said} {q2 no}."
    ) == ["Karl Weiss", "Karl"]
