"""What an archive holds on some words is found, and shown where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from retold import spans
from retold.archive import people, quotations, search
from retold.archive.said import Filters, Said
from retold.archive.store import Archive
from retold.errors import FormatError
from tests import readings

MONDAY = """Bridge talks

{q1 “We will vote on the northern bridge,} {s1 Ana Río} {c1 said}, {q1 in spring.”} The \
council elected her in May."""
TUESDAY = """Bridge votes counted

{s1 Ben Olsen} {c1 said} {q1 the people vote for no second bridge}. {s2 Río} {c2 said} {q2 she had \
voted for the tunnel}."""


@pytest.fixture
def archive(new_archive: Callable[[], Archive]) -> Archive:
    archive = new_archive()
    archive.keep_all(
        (
            readings.read(MONDAY, outlet="Post", day=1, speakers=("Ana Río",)),
            readings.read(TUESDAY, outlet="Sun", day=2, speakers=("Ben Olsen", "Río")),
        )
    )
    return archive


def marked(said: Said) -> list[str]:
    return [said.stretch.cut(mark) for mark in said.marks]


def test_words_find_statements_with_their_place(archive: Archive) -> None:
    """Every piece and mark of a statement is a span of its article, in any form of the word."""
    found = search.find(archive, "vote").statements
    assert sorted(word for one in found for word in marked(one)) == ["vote", "vote", "voted"]
    for one in found:
        text = archive.reading(one.article.id).article.text
        for span in (*one.pieces, *one.marks):
            assert spans.cut(text, span) == one.stretch.cut(span)


def test_a_content_in_pieces_keeps_its_pieces(archive: Archive) -> None:
    """A quotation that is broken off by its speaker's name is two spans, each marked in place."""
    (one,) = search.find(archive, "northern spring").statements
    assert [one.stretch.cut(piece) for piece in one.pieces] == [
        "“We will vote on the northern bridge,",
        "in spring.”",
    ]
    assert marked(one) == ["northern", "spring"]


def test_a_text_may_hold_any_character(new_archive: Callable[[], Archive]) -> None:
    """A NUL or a character beyond the first plane before a statement moves none of its spans."""
    archive = new_archive()
    archive.keep(readings.read("Odd\n\n\0 𝄞 \0 {q1 the bridge \0 stays} {c1 said} {s1 Ana Río}."))
    (one,) = search.find(archive, "bridge").statements
    assert [one.stretch.cut(piece) for piece in one.pieces] == ["the bridge \0 stays"]


def test_articles_are_found_by_all_words(archive: Archive) -> None:
    """An article must have every word; what was found is marked in its text."""
    (hit,) = search.find(archive, "council bridge").articles
    assert hit.article.outlet == "Post"
    assert {spans.cut(hit.text, mark).casefold() for mark in hit.marks} == {"council", "bridge"}
    assert search.find(archive, "council tunnel").articles == ()


@pytest.mark.parametrize(
    ("words", "outlets"),
    [
        ('"northern bridge"', ["Post"]),
        ("“bridge northern”", []),
        ("elect*", ["Post"]),
        ("second tunnel", ["Sun"]),
        ("NEAR(vote OR bridge)", []),
        ('"" OR bridge AND text:', []),
        ("río", ["Post", "Sun"]),
        ("RIO", ["Post", "Sun"]),
    ],
)
def test_phrases_beginnings_and_nothing_else(
    archive: Archive, words: str, outlets: list[str]
) -> None:
    """Phrases, beginnings, case and accents work; the operators of the index are only words."""
    found = {hit.article.outlet for hit in search.find(archive, words).articles}
    assert sorted(str(outlet) for outlet in found) == outlets


@pytest.mark.parametrize("words", ['""', "!? *", "“”"])
def test_no_word_is_said_so(archive: Archive, words: str) -> None:
    """Without anything to look for there is an error that says what to give."""
    with pytest.raises(FormatError, match="no word"):
        search.find(archive, words)


def test_too_many_words_are_refused(archive: Archive) -> None:
    """A page of words is no search, and what takes it is named."""
    with pytest.raises(FormatError, match="too many"):
        search.find(archive, "bridge " * 33)


@settings(
    deadline=None,  # no test asserts a time
    max_examples=50,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # nothing is written to it
)
@given(st.text(max_size=60))
@example('"')
@example("bridge\0 vote*")
@example("NEAR(\ud800")
def test_whatever_is_asked_is_answered_or_refused(archive: Archive, words: str) -> None:
    """No words break the index: they find something, nothing, or are refused with a reason."""
    for ask in (
        lambda: search.find(archive, words),
        lambda: search.find(archive, "bridge", filters=Filters(about=search.terms(words))),
        lambda: people.find(archive, words),
        lambda: quotations.check(archive, f"{words} northern bridge in spring"),
    ):
        with suppress(FormatError):
            ask()


def test_a_speaker_asks_for_their_statements(archive: Archive) -> None:
    """By last name, without accents: what one person said, by all names, the newest first."""
    (person,) = people.find(archive, "rio")
    assert (person.name, person.articles) == ("Ana Río", 2)
    found = search.find(archive, "", filters=Filters(forms=person.forms))
    assert [one.speaker for one in found.statements] == ["Río", "Ana Río"]
    assert found.articles == ()


def test_a_speakers_statements_are_those_of_the_newest_articles(
    new_archive: Callable[[], Archive],
) -> None:
    """Under several names, the newest articles first, those without a day last, each in order; a
    limit keeps the newest."""
    archive = new_archive()
    text = (
        "Ferry\n\n{s1 X} {c1 said} {q1 that ferry %d leaves}. {q2 It is late}, {c2 added} {s2 X}."
    )
    names = ("Ana Río", "Río", "Ben Olsen")
    for n, day in enumerate((3, None, 9, 1, 9, 4)):
        speakers = (names[n % 3], names[n % 3])
        archive.keep(readings.read(text % n, day=day, speakers=speakers))
    everything = search.find(archive, "", filters=Filters(forms=("ana rio", "rio", "ben olsen")))
    order = [
        (one.article.published or dt.date.min, one.article.id, one.stretch.start)
        for one in everything.statements
    ]
    days = [day for day, _, _ in order]
    assert (len(order), days) == (12, sorted(days, reverse=True))
    for start in range(0, 12, 2):
        first, second = order[start : start + 2]
        assert (first[1], first[2] < second[2]) == (second[1], True)
    own = [one for one in everything.statements if one.speaker in names[:2]]
    few = search.find(archive, "", filters=Filters(forms=("ana rio", "rio")), most=3)
    assert (list(few.statements), few.has_more) == (own[:3], True)


@pytest.mark.parametrize(
    ("filters", "speakers"),
    [
        (Filters(outlet="post"), ["Ana Río"]),
        (Filters(since=dt.date(2031, 5, 2)), ["Ben Olsen", "Río"]),
        (Filters(until=dt.date(2031, 5, 1)), ["Ana Río"]),
        (Filters(about=search.terms("council")), ["Ana Río"]),
        (Filters(outlet="Post", since=dt.date(2031, 5, 2)), []),
    ],
)
def test_filters_hold_together(archive: Archive, filters: Filters, speakers: list[str]) -> None:
    """Outlet, days and what the article is about narrow what is found."""
    found = search.find(archive, "vote", filters=filters).statements
    assert sorted(str(one.speaker) for one in found) == speakers


def test_a_limit_says_that_there_is_more(archive: Archive) -> None:
    """What a limit keeps back is not kept secret."""
    assert search.find(archive, "vote", most=1).has_more
    assert not search.find(archive, "vote", most=3).has_more
