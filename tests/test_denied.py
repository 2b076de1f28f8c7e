"""Denials of a few words, by their form alone."""

from __future__ import annotations

import pytest

from retold import spans
from retold.reading import denied
from retold.types import Span, Triple


def found(text: str, told: tuple[Triple, ...] = ()) -> list[tuple[str, str, str]]:
    """Source, cue and content of each denial."""
    bounds = [Span(0, len(text))]
    return [
        (
            spans.cut(text, one.source[0]),
            spans.cut(text, one.cue[0]),
            spans.cut(text, one.content[0]),
        )
        for one in denied.found(text, bounds, told)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was empty. The clerk denied the account.", [("The clerk", "denied", "the account")]),
        (
            "They said he lied, but Karl Weiss has flatly denied the earlier allegations.",
            [("Karl Weiss", "has flatly denied", "the earlier allegations")],
        ),
        ("The fund was empty. Weiss denies that.", [("Weiss", "denies", "that")]),
        (
            "Weiss, who ran the fund for ten years, denied it.",
            [("Weiss", "denied", "it")],
        ),
        ("Weiss denied that it was empty.", []),
        ("Weiss denied the town its money.", []),
        ("It was denied the account.", []),
        ("denied the account", []),
        ("… — denied the account.", []),
    ],
    ids=[
        "the account", "an adverb", "that", "an aside", "a clause", "no saying", "a passive",
        "nobody", "marks",
    ],
)  # fmt: skip
def test_a_short_denial_is_a_statement(text: str, expected: list[tuple[str, str, str]]) -> None:
    """Who denies is the subject; what is denied points back."""
    assert found(text) == expected


def test_what_is_told_already_is_not_told_again() -> None:
    """Within a statement, or found by its labels."""
    text = "Holt said that the clerk denied the account."
    start = text.index("that")
    told = Triple(
        source=(Span(0, 4),), cue=(Span(5, 9),), content=(Span(start, len(text) - 1),), score=0.9
    )
    assert found(text) != []
    assert found(text, (told,)) == []
