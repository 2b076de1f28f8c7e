"""Quotations that go to whoever stands after their comma."""

from __future__ import annotations

import pytest

from retold import marked, spans
from retold.reading import handed


def contents(text: str) -> list[tuple[str, list[str]]]:
    """The source of each triple with its contents, once quotations are handed over."""
    source, triples = marked.parse(text)
    return [
        (
            spans.cut(source, triple.source[0]) if triple.source else "",
            [spans.cut(source, piece) for piece in triple.content],
        )
        for triple in handed.over(source, triples)
    ]


@pytest.mark.parametrize("after", ["{s2 Lind} {c2 said}", "{c2 said} {s2 Lind}"])
def test_a_quotation_goes_to_whoever_stands_after_its_comma(after: str) -> None:
    """A cue of the paragraph above has what stands there, and no more."""
    assert contents(
        "{s1 The mayor} {c1 disclosed} {q1 that the bridge was shut}.\n\n"
        f"{{q1 “We knew,”}} {after}. {{q2 “But we kept quiet.”}}"
    ) == [
        ("The mayor", ["that the bridge was shut"]),
        ("Lind", ["“We knew,”", "“But we kept quiet.”"]),
    ]


def test_who_had_nothing_else_said_nothing() -> None:
    """What keeps no content is no attribution."""
    assert contents(
        "{s1 The mayor} {c1 left}.\n\n{q1 “We knew,”} {s2 Lind} {c2 said}. {q2 “For years.”}"
    ) == [("Lind", ["“We knew,”", "“For years.”"])]


@pytest.mark.parametrize(
    "text",
    [
        "{q1 “We knew,”} {s1 Lind} {c1 said}, {c2 adding} {q2 that she was sorry}.",
        "In a letter {c1 acknowledging} {q1 “my defeat,”} {s2 Lind} {c2 said} {q2 it was late}.",
        "{s1 The mayor} {c1 spoke}.\n\n{q1 “At this point,”} {s2 Lind} {c2 chose} {q2 to go}.",
        "{s1 The mayor} {c1 spoke}.\n\n{q1 “We knew.”} {s2 Lind} {c2 said} {q2 it was late}.",
        "{s1 Lind} {c1 said}, {q1 “We knew,”} {s2 the mayor} {c2 said} {q2 nothing}.",
    ],
    ids=["its own", "within a sentence", "no verb of saying", "a full stop", "said before it"],
)
def test_what_the_comma_does_not_hand_over_stays(text: str) -> None:
    """Only the beginning of a sentence, left without a source of its own, is open."""
    source, triples = marked.parse(text)
    assert handed.over(source, triples) == sorted(
        triples, key=lambda triple: (triple.content[0], triple.cue, triple.source)
    )


@pytest.mark.parametrize(
    ("between", "after", "who"),
    [
        (". ", "Port spokesman Karl Marsh told the Herald", "Port spokesman Karl Marsh"),
        (". ", "Lind, who was there, said", "Lind"),
        (": ", "says the head of the port", "the head of the port"),
    ],
)
def test_a_quotation_in_another_statement_is_its_speakers(
    between: str, after: str, who: str
) -> None:
    """What a cue before it draws to itself goes to the source and cue right behind it."""
    told = contents(f"{{s1 The port}} {{c1 said}} {{q1 no{between}“We knew of it,”}} {after}.")
    assert [source for source, _ in told] == ["The port", who]
    assert told[1][1] == ["“We knew of it,”"]


@pytest.mark.parametrize("after", ["he said", "which was late", "and said so"])
def test_a_quotation_without_another_behind_it_stays(after: str) -> None:
    """A pronoun may be whoever spoke before."""
    text = f"{{s1 The port}} {{c1 said}} {{q1 no. “We knew of it,”}} {after}."
    assert contents(text) == [("The port", ["no. “We knew of it,”"])]
