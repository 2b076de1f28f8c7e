"""Articles that give little or too much to go by: who speaks and when. Texts are invented."""

from __future__ import annotations

import datetime as dt
import string
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold import marked, spans
from retold.reading import hearsay, speakers, statements, times
from retold.types import Article, Attribution, Section, SectionKind, Span, Triple

PUBLISHED = dt.date(2015, 3, 31)


def article_of(text: str, published: dt.date | None = PUBLISHED) -> Article:
    body = Section(kind=SectionKind.BODY, span=Span(0, len(text)))
    return Article(id="a", text=text, sections=(body,), published=published)


def read(
    text: str, published: dt.date | None = PUBLISHED
) -> tuple[list[str | None], tuple[Attribution, ...]]:
    """The speakers' names and the attributions of a marked text, as the pipeline makes them."""
    bare, found = marked.parse(text)
    article = article_of(bare, published)
    triples = hearsay.add(article, found)
    cast = speakers.resolve(article, triples, ())
    said = statements.assemble(article, triples, cast, times.find(article))
    names = {speaker.id: speaker.name for speaker in cast.speakers}
    return [names.get(a.speaker_id or "") for a in said], said


def test_an_article_without_any_name() -> None:
    """Where nobody is named, the unnamed are called what the text calls them, and "he" is open."""
    names, said = read(
        "{s1 he} {c1 said} {q1 it was late}. {s2 Two drivers} {c2 said} {q2 it was not}. "
        "“{q3 It was},” {c3 said} {s3 one of them}."
    )
    assert names[:2] == [None, "Two drivers"]
    assert said[0].chain == ()


def test_an_article_with_forty_names() -> None:
    """Each of forty persons speaks for himself, by full name and by last name."""
    lasts = [a + b + "en" for a in "BDFGHKLMNP" for b in ("ra", "lo", "ti", "vu")]
    told = "".join(
        f"{{s{n} Karl {last}}} {{c{n} said}} {{q{n} it was late}}.\n\n"
        f"{{s{n + 40} Mr. {last}}} {{c{n + 40} added}} {{q{n + 40} little more}}.\n\n"
        for n, last in enumerate(lasts, start=1)
    )
    names, _ = read(told)
    assert sorted(names) == sorted([f"Karl {last}" for last in lasts] * 2, key=str)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Weiss and Karl Weiss came. {s1 Ms. Weiss} {c1 said} {q1 so}.", "Anna Weiss"),
        ("Anna Weiss and Karl Weiss came. {s1 He} {c1 said} {q1 so}.", "Karl Weiss"),
        ("Paul Weiss and Karl Weiss came. {s1 Weiss} {c1 said} {q1 so}.", None),
        ("Karl Weiss met Anna Weiss. {s1 Weiss}, 54, {c1 said} {q1 he was late}.", "Karl Weiss"),
        ("Anna Weiss met Karl Weiss. {s1 Weiss} {c1 told} me {q1 that she left}.", "Anna Weiss"),
        ("Paul Weiss and Karl Weiss came. {s1 Karl Weiss} {c1 said} {q1 so}.", "Karl Weiss"),
    ],
)
def test_two_persons_of_one_surname(text: str, expected: str | None) -> None:
    """A title, a first name or the next pronoun tells them apart; the last name alone does not."""
    assert read(text)[0] == [expected]


@pytest.mark.parametrize(
    "source",
    [
        "owner Anna Holt 👩🏽‍🍳",
        "WESTERHAVEN — Mayor Anna Holt, who led it from 2003,",
        "PORT LANE, Westmere (Courier) -- Anna Holt",
    ],
)
def test_what_stands_around_a_name_is_no_part_of_it(source: str) -> None:
    """Neither a picture after a name nor the place before it speaks."""
    assert read(f"Anna Holt is here. {{s1 {source}}} {{c1 said}} {{q1 so}}.")[0] == ["Anna Holt"]


def test_an_article_in_which_everyone_is_he() -> None:
    """Two men named side by side leave "he" open, or the one who spoke goes on; no error either
    way, and nobody is named who is not in the text."""
    names, _ = read(
        "Karl Weiss and Tom Reuter met. {s1 He} {c1 said} {q1 it was late}. {s2 He} {c2 said} "
        "{q2 it was not}.\n\n{s3 He} {c3 told} him {q3 that he had told him so}."
    )
    assert set(names) <= {None, "Karl Weiss", "Tom Reuter"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge fell in 1954. It fell in 1962.", ["1954", "1962"]),
        ("It fell on March 31, 2015, not on May 1, 2014.", ["2015-03-31", "2014-05-01"]),
        ("The abbey, of 976 AD, burned on 3 May 987 and in 1043.", ["0976", "0987-05-03", "1043"]),
        ("The tomb is of 44 BC.", ["-0043"]),
        ("Waste is kept until 2150, or the year 3000.", ["2150", "3000"]),
        ("On 3 May 987 people will come.", ["2015-05-03"]),
    ],
)
def test_dates_that_contradict_or_lie_far_off(text: str, expected: list[str]) -> None:
    """Each date stands as the text has it: none is mended, none is refused."""
    assert [x.date for x in times.find(article_of(text))] == expected


def test_without_a_publication_date_what_is_relative_stays_so() -> None:
    """A statement made "on Friday" says so, without a date."""
    _, said = read("{s1 Anna Holt} {c1 said} on Friday {q1 that it was late}.", None)
    assert said[0].said is not None
    assert (said[0].said.date, said[0].said.is_relative) == (None, True)


@pytest.mark.parametrize("mark", ["“", '"', "‘", "«", "„"])
def test_quotation_marks_that_never_close(mark: str) -> None:
    """A mark that never closes ends with its paragraph and lets those after it speak."""
    names, _ = read(
        f"{{q1 {mark}It was late}}, {{s1 Anna Holt}} {{c1 said}}.\n\n"
        "{s2 Karl Weiss} {c2 said} {q2 it was not}. {s3 He} {c3 left} {q3 it at that}."
    )
    assert names == ["Anna Holt", "Karl Weiss", "Karl Weiss"]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "he she said told that “ ” ’ ‘ , . Holt Weiss Mr. Anna claims by in".split()  # noqa: SIM905
        )
        | st.sampled_from(["according to", "1999", "\n\n", "the Herald reports", *"{}[]()…—é😀"])
        | st.text(string.printable, max_size=6),
        max_size=40,
    ),
    st.randoms(use_true_random=False),
)
def test_no_order_of_words_breaks_it(words: list[str], random: Random) -> None:
    """Whatever the words and wherever source, cue and content are found, every span lies in the
    text, every chain ends with its speaker, and every parent is there."""
    text = "x " + " ".join(words).replace("{", "(").replace("}", ")") + " x"
    article = article_of(text)
    triples = hearsay.add(article, _triples(text, random))
    cast = speakers.resolve(article, triples, ())
    triples, cast = statements.without_own_minds(article, triples, cast)
    said = statements.assemble(article, triples, cast, times.find(article))
    ids, known = {a.id for a in said}, {s.id for s in cast.speakers}
    whole = Span(0, len(text))
    for a in said:
        assert a.parent is None or a.parent in ids
        assert not a.chain or a.speaker_id is None or a.chain[-1].speaker_id == a.speaker_id
        assert {hop.speaker_id for hop in a.chain} <= known
        assert all(spans.contains(whole, s) for s in (*a.source, *a.cue, *a.content))


def _triples(text: str, random: Random) -> tuple[Triple, ...]:
    """Up to four triples that share no character, at any place."""
    cuts = sorted(random.sample(range(len(text)), min(12, len(text) // 2 * 2)))
    pieces = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if a < b]
    return tuple(
        Triple(source=(s,), cue=(c,), content=(q,), score=1.0)
        for s, c, q in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=False)
    )
