"""Each outlet's own words for the main actors."""

from __future__ import annotations

import dataclasses

import pytest

from retold.comparing import people, wording
from retold.types import Place, Reading, Span
from tests import readings


def _read(text: str, name: str) -> Reading:
    """An article in marked text whose only speaker is `name`, with every mention of the name."""
    reading = readings.read(f"News\n\n{text}", speakers=(name,) * text.count("{c"))
    plain, (speaker, *_) = reading.article.text, reading.speakers
    last = name.split()[-1]
    mentions = []
    at = plain.find(last)
    while at >= 0:
        start = at - len(name) + len(last) if plain[: at + len(last)].endswith(name) else at
        mentions.append(Place(reading.article.id, Span(start, at + len(last))))
        at = plain.find(last, at + 1)
    return dataclasses.replace(
        reading, speakers=(dataclasses.replace(speaker, mentions=tuple(mentions)),)
    )


def _listed(text: str, name: str = "Ada Berg") -> list[tuple[str, bool, bool]]:
    reading = _read(text, name)
    found = wording.collect([reading], people.merge([reading]))
    plain = reading.article.text
    return [(plain[w.span.start : w.span.end], w.in_quotation, w.is_loaded) for w in found]


def test_a_nominal_that_speaks_for_the_actor_is_listed() -> None:
    """What an outlet calls a speaker in its own voice is listed, loaded or not."""
    listed = _listed(
        "{s1 Ada Berg} {c1 said} {q1 the harbor was closed}. {s2 The reckless despot} {c2 mused} "
        "{q2 that Berg would stay}."
    )
    assert ("The reckless despot", False, True) in listed


def test_a_name_with_its_deck_is_listed() -> None:
    """Words that lead up to a name from an article are listed with it."""
    listed = _listed("{s1 A younger Ada Berg} {c1 said} {q1 no}. Berg left.")
    assert ("A younger Ada Berg", False, False) in listed


def test_cues_of_the_actor_are_listed() -> None:
    """How an outlet says that somebody said something is listed."""
    listed = _listed("{s1 Ada Berg} {c1 claimed} {q1 that the harbor was closed}. Berg left.")
    assert ("claimed", False, True) in listed


def test_words_in_quotation_marks_are_somebody_elses() -> None:
    """A loaded word in a quotation says so."""
    listed = _listed("{s1 Ada Berg} {c1 said}: {q1 “Berg is no tyrant.”}")
    assert ("tyrant", True, True) in listed


def test_a_plain_name_is_no_wording() -> None:
    """Names and pronouns alone are not listed."""
    listed = [words for words, _, _ in _listed("{s1 Ada Berg} {c1 said} {q1 no}. Berg left.")]
    assert listed == ["said"]


@pytest.mark.parametrize(
    ("words", "expected"), [("a reckless plan", True), ("a plan", False), ("doubled down", True)]
)
def test_loaded_words_are_those_of_the_list(words: str, expected: bool) -> None:
    """Single words and phrases are looked up as whole words."""
    assert wording.is_loaded(words) == expected


def _said_of(text: str, name: str = "Ada Berg") -> list[tuple[str, bool]]:
    """The loaded words of a text, and whether each is said of the actor."""
    reading = _read(text, name)
    found = wording.collect([reading], people.merge([reading]))
    plain = reading.article.text
    return [(plain[w.span.start : w.span.end], w.about is not None) for w in found if w.is_loaded]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Many saw in {s1 Ada Berg} {c1 a note}: {q1 no}. Berg is a reckless woman.", "reckless"),
        ("Many saw {s1 Ada Berg} {c1 write}: {q1 no}. Berg, a notorious miser, left.", "notorious"),
        ("Many saw {s1 Ada Berg} {c1 write}: {q1 no}. They called Berg a coward.", "coward"),
        ("Many saw {s1 Ada Berg} {c1 write}: {q1 no}. Berg lashed out at them.", "lashed out"),
        ("Many saw {s1 Ada Berg} {c1 write}: {q1 no}. Berg (R) lashed out.", "lashed out"),
        ("Many saw {s1 Ada Berg} {c1 write}: {q1 no}. Berg, who is desperate, left.", "desperate"),
    ],
)
def test_what_is_said_of_an_actor(text: str, word: str) -> None:
    """A loaded word that modifies or predicates a name is listed under it."""
    assert _said_of(text) == [(word, True)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Many saw {s1 Ada Berg} {c1 write}: {q1 no}. Berg left in a dramatic storm.", "dramatic"),
        ("Many saw {s1 Ada Berg} {c1 write}: {q1 no}. Rivals of Berg are reckless.", "reckless"),
        ("Many saw {s1 Ada Berg} {c1 write}: {q1 no}. Berg’s brutal rival won.", "brutal"),
        ("Many saw {s1 Ada Berg} {c1 write}: {q1 no}. Rivals slammed Berg.", "slammed"),
        ("Many saw {s1 Ada Berg} {c1 write}: {q1 no}. Berg is told the plan is evil.", "evil"),
    ],
)
def test_what_only_stands_near_an_actor(text: str, word: str) -> None:
    """A loaded word that is said of somebody else, or of a thing, is listed under nobody."""
    assert _said_of(text) == [(word, False)]


@pytest.mark.parametrize(
    "text",
    [
        "Many saw {s1 Ada Berg} {c1 write}: {q1 no}. Berg woke up early.",
        "Many saw {s1 Ada Berg} {c1 write}: {q1 no}. Berg joined an anti-racist march.",
        "Many saw {s1 Ada Berg} {c1 write}: {q1 no}. Berg wrote The Dangerous Sea.",
    ],
)
def test_what_judges_nobody(text: str) -> None:
    """Halves of longer words, parts of titles, and phrases that do not judge are not listed."""
    assert _said_of(text) == []


def test_a_word_of_a_cue_is_said_of_who_speaks() -> None:
    """ "…, Berg slammed the plan" with a cue of several words goes to Berg."""
    said = (
        "{q1 The pier is shut}, {s1 Ada Berg} {c1 brazenly told a crowd of her friends}. Berg left."
    )
    assert _said_of(said) == [("brazenly", True)]
