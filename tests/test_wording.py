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
