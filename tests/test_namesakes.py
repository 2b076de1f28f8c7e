"""Whom a lone last name means that may be a body's or a place's as well."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

import pytest

from retold.reading import roster
from retold.types import Mention, MentionKind, Span, SpeakerKind
from tests.test_speakers import article_of, cast_of

KINDS = {
    "P": MentionKind.PERSON,
    "O": MentionKind.ORGANISATION,
    "L": MentionKind.PLACE,
}


def named(marked: str, day: dt.date | None = None) -> dict[str, tuple[SpeakerKind, int]]:
    """Everyone named, with kind and number of mentions; "O[Holt]" is what the model takes for a
    body."""
    mentions, text, at = [], "", 0
    for found in re.finditer(r"([POL])\[([^\]]+)\]", marked):
        text += marked[at : found.start()]
        span = Span(len(text), len(text) + len(found[2]))
        mentions.append(Mention(kind=KINDS[found[1]], span=span))
        text, at = text + found[2], found.end()
    article = dataclasses.replace(article_of(text + marked[at:]), published=day)
    figures = roster.find(article, mentions).figures
    return {f.name: (f.kind, len(f.mentions)) for f in figures}


PERSON, BODY, PLACE = SpeakerKind.PERSON, SpeakerKind.ORGANISATION, SpeakerKind.PLACE
HEAD = {"Trump": (PERSON, 2)}  # of an article that appeared while he was president


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mayor Anna Holt owns O[Holt Industries]. P[Holt] spoke. We met O[Holt].",
            {"Anna Holt": (PERSON, 3), "Holt Industries": (BODY, 1)},
        ),
        (
            "Mayor Anna Holt owns O[Holt Industries]. We bought O[Holt].",
            {"Anna Holt": (PERSON, 1), "Holt Industries": (BODY, 1), "Holt": (BODY, 1)},
        ),
        (
            "Karl Holt met O[Holt Jr.] there. We met O[Holt] too.",
            {"Karl Holt": (PERSON, 2), "Holt Jr.": (PERSON, 1)},
        ),
    ],
)
def test_a_lone_name_beside_a_body_that_has_it(
    text: str, expected: dict[str, tuple[SpeakerKind, int]]
) -> None:
    """Holt is the mayor, though a body has her name, once the word is told to be a person's
    anywhere; an heir is no body."""
    assert named(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rep. Jim Jordan spoke. L[Jordan] said no.", {"Jim Jordan": (PERSON, 2)}),
        (
            "Rep. Jim Jordan spoke. They met in L[Jordan]. L[Jordan] said no.",
            {"Jim Jordan": (PERSON, 1), "Jordan": (PLACE, 2)},
        ),
        ("Mike Bloomberg, the mayor, ran. O[Bloomberg] won.", {"Mike Bloomberg": (PERSON, 2)}),
        (
            "Mike Bloomberg, the mayor, told O[Bloomberg News] so. O[Bloomberg] asked why.",
            {
                "Mike Bloomberg": (PERSON, 1),
                "Bloomberg News": (BODY, 1),
                "Bloomberg": (BODY, 1),
            },
        ),
        ("Thieves took a P[Mercedes SUV]. The O[SUV] burnt.", {"SUV": (BODY, 1)}),
    ],
)
def test_a_lone_name_that_looks_like_a_body_s(
    text: str, expected: dict[str, tuple[SpeakerKind, int]]
) -> None:
    """Whoever is surely named in full is meant, but for what stands after "in", and beside a longer
    name of the body."""
    found = named(text)
    assert {name: found.get(name) for name in expected} == expected


def test_the_president_of_the_day_is_no_body() -> None:
    """His last name alone is he, though the model takes it for a body and nobody names him in full;
    of another time it is not."""
    text = "The O[Trump] administration fell. O[Trump] left."
    assert named(text, dt.date(2018, 3, 4)) == HEAD
    assert named(text, dt.date(2001, 3, 4)) == {"Trump": (BODY, 2)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Will Holt resign? Holt did not say.", {"Holt"}),
        ("Will Anna Holt resign? Mayor Anna Holt did not say.", {"Anna Holt"}),
        ("Will Holt said no. Holt left.", {"Will Holt"}),
        ("Will Reuter resign? Holt did not say.", {"Will Reuter", "Holt"}),
    ],
)
def test_the_verb_that_asks_is_no_first_name(text: str, expected: set[str]) -> None:
    """ "Will Holt resign?" asks about one who is named elsewhere without it."""
    assert set(named(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("North Korea fired. P[The North] said no.", {"North Korea": (PLACE, 2)}),
        ("North Carolina voted. Then the O[North] won.", {"North Carolina": (PLACE, 1)}),
        ("John Kelly came. P[General Kelly] left.", {"John Kelly": (PERSON, 2)}),
        ("John Kelly came. O[General Motors] left.", {"General Motors": (BODY, 1)}),
        ("The O[Westmere Assembly] met. O[General Assembly] met.", {"General Assembly": (BODY, 1)}),
        ("Supt Anna Lind came. Lind left.", {"Anna Lind": (PERSON, 2)}),
        ("N. Korea fired.", {"N. Korea": (PLACE, 1)}),
        ("P[The 8th Circuit] said no.", {"8th Circuit": (BODY, 1)}),
        ("P[The 25th Amendment] says that all may leave.", {"25th Amendment": None}),
        ("Kim Jong-Un left. Kim Jong Un came back.", {"Kim Jong Un": (PERSON, 2)}),
        (
            "Judge Amy Berman Lind spoke. P[Berman Lind] left. P[Berman Lind] came.",
            {"Amy Berman Lind": (PERSON, 3)},
        ),
        ("The O[White House] on the Supreme Court seat: no.", {"White House": (BODY, 1)}),
        ("Fort Benning is there. Henry Benning fell.", {"Fort Benning": (PLACE, 1)}),
        ("Anna Lowell spoke. P[Continued Lowell]: no.", {"Anna Lowell": (PERSON, 2)}),
        ("Justin Trudeau spoke. P[Echoing Trudeau], he left.", {"Justin Trudeau": (PERSON, 2)}),
        ("LTC Anna Lind came. Lind left.", {"Anna Lind": (PERSON, 2)}),
    ],
)
def test_what_a_word_in_a_name_is(
    text: str, expected: dict[str, tuple[SpeakerKind, int] | None]
) -> None:
    """ "General" before the last name of somebody is a rank; "the North" is the Korea that is
    named; a hyphen and a left-out first name make nobody else; a court has a number, and what else
    has one is nobody."""
    found = named(text)
    assert {name: found.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{s1 The Iranians} {c1 said} {q1 no}.", "Iranians"),
        ("{s1 Many South Koreans} {c1 said} {q1 no}.", "Many South Koreans"),
        ("{s1 Plenty of sailors} {c1 said} {q1 no}.", "Plenty of sailors"),
    ],
)
def test_a_people_is_nobody_by_name(text: str, expected: str) -> None:
    """Peoples and crowds are groups, whatever capital they have."""
    cast = cast_of(text)
    assert [(s.name, s.kind) for s in cast.speakers] == [(expected, SpeakerKind.GROUP)]
