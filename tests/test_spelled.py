"""Names that two accounts spell otherwise."""

from __future__ import annotations

import dataclasses

import pytest

from retold.comparing import slots, spelled
from retold.types import Mention, MentionKind, Reading, Span
from tests import readings


def _read(text: str, outlet: str) -> Reading:
    """The reading of "… [Name] …": the words in brackets are a person's."""
    start, end = text.index("["), text.index("]") - 1
    reading = readings.dated(text.replace("[", "").replace("]", ""), outlet)
    lead = len("News\n\n")
    span = Span(start + lead, end + lead)
    person = Mention(span=span, kind=MentionKind.PERSON)
    return dataclasses.replace(reading, mentions=(person,))


def _found(*texts: str) -> list[list[str]]:
    held = [_read(text, f"Outlet {n}") for n, text in enumerate(texts)]
    sentences = {r.article.id: slots.of(r, {}) for r in held}
    written = {r.article.id: r.article.text for r in held}
    return [
        sorted(written[v.article_id][v.span.start : v.span.end] for v in one.difference.values)
        for one in spelled.find(held, sentences)
    ]


def test_one_person_by_two_spellings_is_shown() -> None:
    """The first account that has each spelling shows it, once however often it is written."""
    assert _found(
        "It was too late, said [Bettina Hallström].",
        "It was too late, the pilot [Bettina Halstrom] said. Bettina Halstrom left.",
        "A pilot, [Bettina Halstrom], left.",
    ) == [["Bettina Hallström", "Bettina Halstrom", "Bettina Halstrom"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the pilot [Sergei Holtov] left", "the pilot [Sergey Holtov] left"),
        ("the pilot [Steven Achter] left", "the pilot [Steve Achter] left"),
        ("the pilot [Karl Weiss] left", "the pilot [Karl Weber] left"),
        ("the pilot [Karl Hallman] left", "the pilot [Karl Halman] met Karl Hallman"),
        ("the pilot [Karl Hallman] left", "the clerk [Otto Halman] left"),
        ("the pilot [André Hallman] left", "the pilot [Andre Hallman] left"),
        ("[Karl Stephens], 21, left", "[Karl Stevens], aged 45, left"),
    ],
    ids=[
        "sounds",
        "a short form",
        "another name",
        "both in one",
        "another person",
        "accents",
        "ages",
    ],
)
def test_other_names_are_left_alone(one: str, other: str) -> None:
    """House style, short forms, and names that may be of two people."""
    assert _found(f"In May {one}.", f"On that day {other}.") == []
