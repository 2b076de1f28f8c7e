"""Whether another body of a kind was named since. Texts are invented."""

from __future__ import annotations

import pytest

from retold import marked
from retold.reading import asked, overtaken, profiles
from retold.reading import stage as stages
from retold.types import Article, Section, SectionKind, Span


def _is_overtaken(text: str, name: str) -> bool:
    """Whether the last source of `text` rather means another than the body of that name."""
    plain, triples = marked.parse(text)
    body = Section(kind=SectionKind.BODY, span=Span(0, len(plain)))
    stage = stages.open_stage(Article(id="a", text=plain, sections=(body,)), triples, ())
    index = len(triples) - 1
    question = asked.of(stage, index, stage.forms[index])
    [character] = [c for c in stage.characters if c.name == name]
    return overtaken.by_another(stage, question, character)


SAID = "{s1 The court} {c1 said} {q1 it was late}."
HIGH, LOW = "Norland Supreme Court", "Westmere Appeals Court"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"The {HIGH} met on Monday. {SAID}", False),
        (f"The {HIGH} met. The {LOW} had ruled before. {SAID}", True),
        (f"The {LOW} had ruled before. The {HIGH} met. {SAID}", False),
        (f"The {HIGH} overturned what the {LOW} had ruled. {SAID}", False),
        (f"The {LOW} ruled on Monday. The case is like one at the {HIGH}. {SAID}", True),
        (f"The {LOW}’s ruling came when the {HIGH} met. {SAID}", True),
    ],
)
def test_a_court_is_the_one_that_the_text_is_about(text: str, expected: bool) -> None:
    """Not one named before another, nor one named beside the matter where there are two."""
    assert _is_overtaken(text, HIGH) == expected


def test_other_bodies_are_overtaken_by_a_later_one_alone() -> None:
    """Of two agencies the last named is meant, beside the matter or not."""
    one, two = "Tide Agency", "Harbour Agency"
    said = "{s1 The agency} {c1 said} {q1 it was late}."
    assert _is_overtaken(f"The {one} rang. A clerk of the {two} came. {said}", one)
    assert not _is_overtaken(f"The {one} rang. A clerk of the {two} came. {said}", two)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Tide Protection Agency", False), ("Norhaven News Agency", True), ("Coastal Courier", True)],
)
def test_an_agency_is_an_outlet_where_it_is_one_of_news(name: str, expected: bool) -> None:
    """So that "the agency" need not be a newspaper."""
    assert profiles.is_outlet(name) == expected
