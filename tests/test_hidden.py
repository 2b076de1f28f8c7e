"""Headlines that a page hides behind a name, and its text shows."""

from __future__ import annotations

import pytest

from retold import spans
from retold.comparing import facts
from retold.reading import hidden, roster
from retold.types import Span
from tests import readings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mayor Anna Holt Anna Maria HoltCouncil says no Harbour is closed MORE left.",
            [" Anna Maria HoltCouncil says no Harbour is closed MORE"],
        ),
        ("Anna Holt Anna (Annie) HoltMORE’s boat left.", [" Anna (Annie) HoltMORE"]),
        ("Anna Holt Anna Maria HoltCouncil says no.", []),
        ("Anna Holt came. MORE was said.", []),
        ("Anna Holt met Anna Holt. There is MORE.", []),
    ],
    ids=["headlines", "none", "open", "no name", "twice"],
)
def test_headlines_behind_a_name_are_hidden(text: str, expected: list[str]) -> None:
    """From behind the name to the link that ends them."""
    found = hidden.within(text, Span(0, len(text)))
    assert [spans.cut(text, one) for one in found] == expected


def test_nobody_is_named_in_what_is_hidden() -> None:
    """Whoever stands in a hidden headline is no figure of the article."""
    text = "Anna Holt Anna Maria HoltCouncil thanks Karl Weiss today MORE left port."
    article = readings.dated(text, "Post").article
    assert "Karl Weiss" not in [figure.name for figure in roster.find(article, ()).figures]


def test_nothing_is_compared_in_what_is_hidden() -> None:
    """The words around stand side by side."""
    reading = readings.dated("Anna Holt Anna Maria HoltCouncil says no MORE left port.", "Post")
    assert [word.form for word in facts.words(reading)][1:] == ["anna", "holt", "left", "port"]
