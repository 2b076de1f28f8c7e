"""One line that is said on two occasions."""

from __future__ import annotations

import dataclasses

import pytest

from retold.comparing import occasions, vouched
from retold.types import Difference, DifferenceKind, Facet, Span, TimeExpression, Value
from tests import readings


def _kind(*said: str | None, facet: Facet = Facet.WORDING) -> DifferenceKind:
    """Of a conflict between the words of two accounts, said on these days."""
    held, values = [], []
    for day, word in zip(said, ("harbour", "town"), strict=True):
        text = f"{{s1 Lind}} {{c1 called}} it {{q1 “a battle for the soul of this {word}.”}}"
        reading = readings.read(f"News\n\n{text}", outlet=word, speakers=["Mara Lind"])
        time = TimeExpression(span=Span(0, 4), date=day, is_relative=False) if day else None
        told = tuple(dataclasses.replace(a, said=time) for a in reading.attributions)
        held.append(dataclasses.replace(reading, attributions=told))
        start = reading.article.text.index(word)
        span = Span(start, start + len(word))
        values.append(Value(article_id=reading.article.id, span=span, value=word))
    found = Difference(facet=facet, kind=DifferenceKind.CONFLICT, values=tuple(values), score=0.6)
    statements = vouched.prepare(held, {a.id: a for r in held for a in r.attributions}, (), {})
    (weighed,) = occasions.weigh([found], statements)
    return weighed.kind


@pytest.mark.parametrize("days", [("2031-05-06", "2031-03"), ("2030", "2031-03-02")])
def test_words_of_two_occasions_are_no_conflict(days: tuple[str, str]) -> None:
    """Both may be right: he said the one in March and the other in May."""
    assert _kind(*days) is DifferenceKind.VARIATION


@pytest.mark.parametrize(
    "days",
    [("2031-05-06", "2031-05-12"), ("2031-05-06", "2031"), ("2031-05-06", None), (None, None)],
    ids=["a week", "the same year", "not told", "told by neither"],
)
def test_words_that_may_be_of_one_occasion_are(days: tuple[str | None, str | None]) -> None:
    """Days apart one says it again, and another tells of it late."""
    assert _kind(*days) is DifferenceKind.CONFLICT


def test_a_number_is_weighed_by_nothing_of_that() -> None:
    """What is told on two days is still of one thing."""
    assert _kind("2031-05-06", "2030", facet=Facet.NUMBER) is DifferenceKind.CONFLICT
