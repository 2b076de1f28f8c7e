"""Whose a statement is that no words give a source. Texts are invented."""

from __future__ import annotations

import pytest

from tests.test_speakers import told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Holt rejected Karl Weiss’s {c1 first claim} {q1 that it sank}.", "Karl Weiss"),
        ("Weiss met Anna Holt’s words {c1 with a warning} {q1 that it sank}.", None),
        ("Anna Holt rejected an old {c1 claim} {q1 that it sank}.", None),
        ("Anna Holt was angry amid earlier {c1 reports} {q1 that it sank}.", None),
        ("Anna Holt waited until the decision of Weiss {c1 indicated} {q1 that it sank}.", None),
        ("Anna Holt met clerks in a port that {c1 said} {q1 that it sank}.", None),
        ("After Karl Weiss left, Anna Holt reportedly {c1 said} {q1 that it sank}.", "Anna Holt"),
        ("Anna Holt spoke in May and then also {c1 warned} {q1 that it sank}.", "Anna Holt"),
        ("Anna Holt declined to {c1 say} {q1 whether it sank}.", "Anna Holt"),
        ("Anna Holt left, {c1 openly suggesting} {q1 that it sank}.", "Anna Holt"),
    ],
)
def test_a_verb_goes_on_with_its_subject_and_a_noun_does_not(
    text: str, expected: str | None
) -> None:
    """Whose claim it is stands beside the noun, and another verb has a subject of its own."""
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{s1 Some} {c1 fear} {q1 that it sank}.\n\n{q2 “We knew.”}", None),
        ("{q1 “It sank,”} {s1 some clerks} {c1 said}.\n\n{q2 “We knew.”}", "some clerks"),
        ("{s1 Anna Holt} {c1 fears} {q1 that it sank}.\n\n{q2 “We knew.”}", "Anna Holt"),
        ("{s1 Anna Holt} {c1 fears} {q1 that it sank}. One concern: {q2 “old” ships}.", None),
    ],
)
def test_a_quotation_goes_on_with_one_who_speaks(text: str, expected: str | None) -> None:
    """Not with what many think, and a word in marks is no quotation."""
    assert told(text)[1] == expected
