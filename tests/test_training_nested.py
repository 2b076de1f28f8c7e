"""How much of what is labelled as said through others is found. Texts are invented."""

from __future__ import annotations

import pytest

from retold.types import Article
from tests.test_speakers import article_of
from training import nested

TEXT = (
    "Anna Holt said on Monday that Karl Weiss had told her that the bridge would be closed for a "
    "year. It rained."
)
NAMES = ["Anna Holt", "Karl Weiss"]
WORDS = "that the bridge would be closed for a year"


def _counted(article: Article, *words: str) -> dict[str, int]:
    places = ([article.text.index(w), article.text.index(w) + len(w)] for w in words)
    return dict(nested.count(article, [{"content": place, "chain": NAMES} for place in places]))


def test_what_is_labelled_and_told_through_another_is_counted() -> None:
    """A labelled statement is told where one through another holds the same words."""
    counted = _counted(article_of(TEXT), WORDS)
    assert (counted["labelled"], counted["told"], counted["shown, labelled"]) == (1, 1, 1)
    assert (counted["told, right"], counted["shown, right"]) == (1, 1)


def test_what_is_labelled_elsewhere_is_not_told() -> None:
    """Other words are none that were found; what is shown there is not labelled."""
    counted = _counted(article_of(TEXT), "It rained.")
    assert (counted["labelled"], counted["told"], counted["shown, labelled"]) == (1, 0, 0)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Holt", "Anna Holt", True),
        ("FBI", "Federal Bureau of Investigation", True),
        ("FDA", "Federal Bureau of Investigation", False),
        ("Anna Holt", "Karl Holt", False),
    ],
)
def test_a_name_is_like_its_short_form(one: str, other: str, expected: bool) -> None:
    """A part of a name and its first letters may stand for it, another's may not."""
    assert (nested.is_like(one, other), nested.is_like(other, one)) == (expected, expected)
