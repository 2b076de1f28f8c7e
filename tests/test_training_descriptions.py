"""Whom readers say that descriptions mean, as it is kept, and how answers are counted."""

from __future__ import annotations

import pytest

from evaluation import descriptions as measured
from evaluation.descriptions import Outcome
from retold.types import Span, Triple
from tests import readings
from training import descriptions
from training.descriptions import Found, Label, Story

TEXT = (
    "Anna Holt, the mayor of Westmere, left. The mayor said it rained. The clerk said it did not."
)
TITLE = "News\n\n"


def _span(words: str) -> Span:
    at = (TITLE + TEXT).index(words)
    return Span(at, at + len(words))


def test_every_label_has_its_places() -> None:
    """Each is of a kind that there is; what it names or describes has a place, and no place where
    the words are no source."""
    held = [label for told in descriptions.labels().values() for label in told]
    assert {label.kind for label in held} == {*measured.KINDS, "none"}
    assert all(0 <= number < descriptions.ARTICLES for one in held for number, _ in one.named)
    assert not any(one.named or one.described for one in held if one.kind == "none")


def test_a_third_of_the_stories_is_held_out() -> None:
    """Every story is on one side, and nothing of the third that is held out is learned from."""
    apart = [name for name in descriptions.labels() if descriptions.is_held_out(name)]
    assert len(apart) == 141
    assert len(descriptions.labels()) == 415


@pytest.mark.parametrize(
    ("told", "wanted", "expected"),
    [
        ("Anna Holt", ["Holt"], Outcome.RIGHT),
        ("Karl Weiss", ["Holt", "Weiss"], Outcome.RIGHT),
        ("mayor", ["Holt"], Outcome.SILENT),
        (None, ["Holt"], Outcome.SILENT),
        ("Karl Weiss", ["Holt"], Outcome.WRONG),
        ("Karl Weiss", [], Outcome.INVENTED),
        ("Anna Holt’s lawyer", [], Outcome.RIGHT),
        (None, [], Outcome.RIGHT),
    ],
)
def test_an_outcome_tells_a_wrong_name_from_none(
    told: str | None, wanted: list[str], expected: Outcome
) -> None:
    """A name is right, wrong or invented; a description is silent of somebody who is named."""
    assert measured.outcome(told, wanted) is expected


def test_answers_are_those_of_sure_labels() -> None:
    """A label of which the reader was not sure, and words that are no source, are left out."""

    def says(who: str, what: str) -> Triple:
        return Triple(source=(_span(who),), cue=(), content=(_span(what),), score=1.0)

    def means(words: str, kind: str, *named: str, sure: bool = True) -> Label:
        return Label(
            article=0,
            span=_span(words),
            kind=kind,
            named=tuple((0, _span(name)) for name in named),
            described=None,
            is_sure=sure,
        )

    article = readings.dated(TEXT, "Outlet", day=9).article
    triples = says("The mayor", "it rained"), says("The clerk", "it did not")
    story = Story(
        name="story",
        told=(Found(article=article, triples=triples, mentions=()),),
        labels=(
            means("The mayor", "person", "Anna Holt"),
            means("The mayor", "person", "Anna Holt", sure=False),
            means("The clerk", "person"),
            means("The clerk", "none"),
            means("Westmere", "body", "Westmere"),
        ),
    )
    found = [(one.told, one.outcome) for one in measured.answers(story)]
    assert found == [("Anna Holt", Outcome.RIGHT), ("clerk", Outcome.RIGHT)]
