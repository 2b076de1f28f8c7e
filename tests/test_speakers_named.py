"""Whom sources name: names in brackets, in handles, after long titles, side by side."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from retold import marked
from retold.reading import roster, speakers
from retold.types import Span
from tests import readings
from tests.test_speakers import article_of, cast_of, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peter Brandt wrote: “[T]{s1 he Coast League} {c1 urges} {q1 it}.”", "Coast League"),
        ("Peter Brandt fell. “({s1 Brandt)} {c1 wants} {q1 a tax},” Holt said.", "Peter Brandt"),
        ("“Soup,” {s1 Peter Brandt said}, {c1 referring to} {q1 a dish}.", "Peter Brandt"),
        ("The Coast League fell. {s1 The Coast League alone} {c1 said} {q1 no}.", "Coast League"),
    ],
)
def test_the_source_is_taken_whole_and_bare(text: str, expected: str) -> None:
    """A letter in brackets is the word’s; a verb, a bracket and an adverb are no part of a name."""
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{s1 @SpeakerPelham} {c1 says} {q1 no}.", "Anna Pelham"),
        ("{s1 @RepAnnaPelham} {c1 says} {q1 no}.", "Anna Pelham"),
        ("{s1 @AnnaPelham22} {c1 says} {q1 no}.", "Anna Pelham"),
        ("{s1 @SpeakingNow} {c1 says} {q1 no}.", "SpeakingNow"),
    ],
)
def test_a_handle_is_whom_it_names(text: str, expected: str) -> None:
    """Title, first name and last name are told apart by their capitals."""
    assert told("Anna Pelham came. " + text) == [expected]


@pytest.mark.parametrize(
    "source",
    [
        "Entrepreneur Anna Lind",
        "White House Counselor Anna Lind",
        "Harbour National Committee Chair Anna Lind",
        "University of Norhaven Political Science Professor Anna Lind",
        "District of Columbia Mayor Anna Lind",
        "The Norhaven Organization for Tides President Anna Lind",
        "Joint Chiefs of Staff Chairman Gen. Anna Lind",
        "Health and Human Services Secretary Anna Lind",
        "Tides and Harbours Committee Chairman Anna Lind (D., Mass.)",
    ],
)
def test_a_long_title_is_no_part_of_a_name(source: str) -> None:
    """Whoever is named after a title speaks, whatever body or noun the title begins with."""
    text = f"{{s1 {source}}} {{c1 said}} {{q1 no}}. {{s2 Lind}} {{c2 said}} {{q2 so}}."
    assert told(text) == ["Anna Lind", "Anna Lind"]


@pytest.mark.parametrize(
    "source",
    [
        "Karl Reed, the local lawmaker, and Anna Lind, the former sheriff,",
        "Rep. Karl Reed, Ohio Democrat, and Rep. Anna Lind, Ohio Republican,",
        "Reed (R-Ky.) and Tides and Harbours Chairman Anna Lind (D-Mass.), who led the talks,",
    ],
)
def test_two_speak_together_whatever_is_said_of_each(source: str) -> None:
    """What the text says of the first, and the office of the second, part nobody from nobody."""
    text = f"Karl Reed left. {{s1 {source}}} {{c1 said}} {{q1 no}}."
    assert told(text) == ["Karl Reed and Anna Lind"]


@pytest.mark.parametrize(
    "text",
    [
        "This month, Ada Reed wrote to Trade Minister {s1 Karl Lind} {c1 warning} {q1 of war}.",
        "Ada Reed has hit back at {s1 President Karl Lind} {c1 by announcing} {q1 new tariffs}.",
        "Karl Lind rose. Councillor Ada Reed tweeted back at {s1 him} {c1 saying} {q1 no}.",
    ],
)
def test_whom_words_are_sent_to_does_not_speak(text: str) -> None:
    """A participle after the one to whom somebody wrote is that of the writer."""
    assert told(text) == ["Ada Reed"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It fell for Karl Lind, a Bernd Marsh-backed actor {s1 who} {c1 sought} {q1 it}.",
            "Karl Lind",
        ),
        ("In Norhaven, those for it {c1 say} {q1 it could go}. Norhaven is a city.", None),
        (
            "{s1 The Centers for Tide Control and Harbours} {c1 said} {q1 no}.",
            "Centers for Tide Control and Harbours",
        ),
    ],
)
def test_what_a_name_only_stands_beside(text: str, expected: str | None) -> None:
    """Whose candidate somebody is does not speak, nor does a place; a body has its whole name."""
    assert told(text) == [expected]


def test_a_post_is_not_gone_on_with() -> None:
    """A quotation below the name of who posted something has no speaker by that."""
    post = "{q1 The bridge will be closed.} {c1 —} {s1 Karl Lind} (@karllind) May 6, 2031\n\n"
    assert told(post + "{q2 “It was a pity.”}") == ["Karl Lind", None]
    diver = "The diver Tom Reuter was there.\n\n"
    assert told(diver + post + "{s2 He} {c2 said} {q2 no}.") == ["Karl Lind", "Tom Reuter"]


FAMILY = (
    "Mayor Karl Lind spoke. Lind left. Lind came back. Lind laughed.\n\n"
    "His daughter Eva Lind was there. “No,” Ms. Lind said. “No.”\n\n"
)


def called(text: str, last: str, published: dt.date | None = None) -> str:
    """Whom the last name means that stands last in a text."""
    article = dataclasses.replace(article_of(text), published=published)
    at = text.rindex(last)
    ((_, figure),) = roster.find(article, ()).within(Span(at, at + len(last)))
    return figure.name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The harbour opened. Lind said no.", "Karl Lind"),
        ("Eva Lind paints. Lind said no.", "Eva Lind"),
        ("Ms. Lind said no.", "Eva Lind"),
    ],
)
def test_a_last_name_alone_is_whom_the_article_calls_so(text: str, expected: str) -> None:
    """Who is told of by the way keeps her first name, but where the paragraph names her."""
    assert called(FAMILY + text, "Lind") == expected


def test_the_last_name_of_the_president_is_his() -> None:
    """Of a family with the president of the article's time no other goes by its name alone."""
    text = "Donald Trump left. Ivanka Trump denied that she would go to Norhaven. Trump said no."
    assert called(text, "Trump", dt.date(2018, 10, 9)) == "Donald Trump"
    assert called(text, "Trump", dt.date(2025, 1, 9)) == "Ivanka Trump"
    text = "Donald Trump left. Ivanka Trump stayed.\n\nTrump said she told him."
    assert called(text, "Trump", dt.date(2018, 10, 9)) == "Donald Trump"


def test_the_president_is_a_man_though_his_last_name_alone_is_given() -> None:
    """ "She" is another, in an article of his time."""
    text = "President Trump met Mayor Anna Reed on Monday. {s1 She} {c1 said} {q1 no}."
    bare, triples = marked.parse(text)
    article = dataclasses.replace(article_of(bare), published=dt.date(2018, 10, 9))
    cast = speakers.resolve(article, triples, ())
    assert [s.name for s in cast.speakers if s.id == cast.resolutions[0].speaker_id] == [
        "Anna Reed"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{s1 Speaker Anna Lind Anna Maria LindCouncil says no} {c1 said} {q1 no}.", "Anna Lind"),
        (
            "Mayor Anna Lind Anna (Annie) LindCouncil hears no more MORE (D) left. "
            "{s1 Lind} {c1 said} {q1 no}.",
            "Anna Lind",
        ),
        ("Mr. Lind Karl Maria LindCouncil left. {s1 Lind} {c1 said} {q1 no}.", "Lind"),
    ],
)
def test_headlines_hidden_behind_a_name_are_no_part_of_it(text: str, expected: str) -> None:
    """A page that repeats the name before them lets it be told where it ends."""
    assert told(text) == [expected]


def test_what_is_cited_speaks_only_if_it_can() -> None:
    """ "Politico reported {…}, citing tests that dated to May": nobody but Politico says so."""
    text = "{s1 Politico} {c1 reported} {q1 that it was unsafe}, citing tests that dated to May."
    assert told(text) == ["Politico"]


def test_current_and_former_clerks_are_clerks() -> None:
    """What hangs on a noun ends at "and", but not between two words of one kind."""
    text = (
        "{s1 The New York Times} {c1 reported} Sunday, citing five current and former port clerks, "
        "{q1 that it was unsafe}."
    )
    assert told(text) == ["five current and former port clerks"]


def test_whoever_is_cited_may_stand_before_the_verb() -> None:
    """ "Politico, citing a clerk, reported {…}": it has it from the clerk."""
    text = "{s1 Politico}, citing an unnamed clerk at the port, {c1 reported} {q1 no}."
    (resolution,) = (cast := cast_of(text)).resolutions
    names = {s.id: s.name for s in cast.speakers}
    chain = [names[hop.speaker_id] for hop in resolution.chain]
    assert chain == ["Politico", "unnamed clerk at the port"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("When {c1 pressed on} {q1 whether it was late}, {s1 Holt} said no.", None),
        ("“No,” {s1 Holt} said when {c1 asked} {q1 whether it was late}.", None),
        ("“No,” Holt said when {c1 asked} {q1 whether it was late}.", None),
        ("{c1 Asked} by {s1 Holt} {q1 whether it was late}, Ito left.", "Anna Holt"),
        ("{s1 Holt} {c1 asked} {q1 whether it was late}.", "Anna Holt"),
        ("Weiss Says {s1 Holt} {c1 Asked} {q1 If It Was Late}", "Holt"),
        ("{q1 “Why was it late?”} {c1 asked} {s1 Mayor Holt}.", "Anna Holt"),
    ],
)
def test_whoever_is_asked_does_not_ask(text: str, expected: str | None) -> None:
    """Who answers a question did not put it; who is named after "by" did."""
    assert told("Mayor Anna Holt was late. " + text) == [expected]


@pytest.mark.parametrize(
    ("called", "expected"),
    [("Sleepy Karl Weiss", ["Karl Weiss"]), ("Mark Karl Weiss", ["Mark Karl Weiss"])],
)
def test_what_somebody_calls_him_is_no_part_of_his_name(called: str, expected: list[str]) -> None:
    """A word before the first name is one of his names only if it is a name."""
    article = readings.dated(f"Karl Weiss spoke. “It is sad to see {called},” they sang.", "Post")
    figures = roster.find(article.article, ()).figures
    assert [figure.name for figure in figures if "Weiss" in figure.name] == expected


def test_a_paper_is_not_they_in_the_words_that_it_quotes() -> None:
    """A body that spoke may be "they", but not within a quotation."""
    text = (
        "{s1 Politico} {c1 reported} {q1 a fall}. "
        "{q2 “It seems {s3 they} {c3 say} {q3 it will rise},”} {s2 Mayor Anna Holt} {c2 said}."
    )
    assert told(text) == ["Politico", "Anna Holt", None]


@pytest.mark.parametrize(
    ("full", "source", "expected"),
    [
        ("Mayor Karl de Holt came.", "De Holt", "Karl de Holt"),
        ("Mayor Karl de Holt came.", "Mr. de Holt", "Karl de Holt"),
        ("Anna Van Holt came.", "Van Holt", "Anna Van Holt"),
        ("Anna Van Holt came.", "Holt", "Anna Van Holt"),
        ("Mayor von der Holt came.", "Von der Holt", "von der Holt"),
        ("Van Holt came.", "Van Holt", "Van Holt"),
    ],
)
def test_a_particle_belongs_to_the_last_name(full: str, source: str, expected: str) -> None:
    """However it is written, and at the head of a sentence too; "Van" may be a first name."""
    assert told(f"{full} {{s1 {source}}} {{c1 said}} {{q1 it was late}}.") == [expected]
