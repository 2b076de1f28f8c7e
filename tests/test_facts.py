"""What can be compared in a passage. All texts are invented."""

from __future__ import annotations

import pytest

from retold import spans
from retold.comparing import facts
from tests import readings


@pytest.mark.parametrize(
    ("form", "same_as"),
    [("votes", "voted"), ("voting", "vote"), ("parties", "party"), ("stopped", "stop")],
)
def test_stem(form: str, same_as: str) -> None:
    """Number, person and tense do not tell words apart."""
    assert facts.stem(form) == facts.stem(same_as)


@pytest.mark.parametrize("word", ["press", "bus", "crisis", "is"])
def test_no_ending(word: str) -> None:
    """An s that is no ending stays."""
    assert facts.stem(word) == word


def of_sentence(body: str) -> facts.Facts:
    reading = readings.read(f"Nothing here\n\n{body}")
    found = facts.of(reading)
    return max(found, key=lambda f: len(f.passage.span))


def test_names() -> None:
    """A run of capitalised words is one name; the first word of a sentence alone is none."""
    found = of_sentence("Yesterday Mayor Petra Quill met Dana Holm of the Lindhaven Ferry Company.")
    assert [n.key for n in found.names] == [
        "mayor petra quill",
        "dana holm",
        "lindhaven ferry company",
    ]


def test_quoted_words() -> None:
    """What stands in quotation marks is known, and its words with it."""
    found = of_sentence("The mayor called it “a small fire” and went home.")
    text = "Nothing here\n\nThe mayor called it “a small fire” and went home."
    assert [spans.cut(text, q) for q in found.quoted] == ["a small fire"]
    assert [w.form for w in found.words if w.is_quoted] == ["a", "small", "fire"]


def test_who_signs_a_post_is_none_of_its_words() -> None:
    """ "— Ada Holm (@adaholm) May 6, 2031" under a post is told by nobody."""
    found = of_sentence("The ferry is late again — Ada Holm (@adaholm) May 6, 2031")
    assert [w.form for w in found.words] == ["the", "ferry", "is", "late", "again"]


def test_numbers_in_the_passage_alone() -> None:
    """A passage has the numbers that stand in it and no others."""
    reading = readings.read("Fire\n\nSome 14 passengers were hurt, while 3 cars burned.")
    found = {spans.cut(reading.article.text, f.passage.span): f for f in facts.of(reading)}
    assert [n.low for n in found["while 3 cars burned."].numbers] == [3.0]


def test_rarity() -> None:
    """A word of every passage tells nothing; one of a single passage tells most."""
    found = [facts.of(r) for r in readings.fire()]
    rare = facts.rarity(found)
    assert rare["mayor"] > rare["terminal"]
    assert all(0 <= weight <= 1 for weight in rare.values())
