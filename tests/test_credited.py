"""Quotations that the layout alone credits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold import marked, spans, text
from retold.reading import credited
from retold.types import Span, Triple


def found(value: str) -> list[Triple]:
    bounds = text.paragraphs(value, Span(0, len(value))) if value else ()
    return list(credited.found(value, bounds))


@pytest.mark.parametrize(
    "value",
    [
        "{q1 “We were never asked.”}\n{c1 ―} {s1 Ada Holm}",
        "{q1 “We were never asked.”}\n\n{c1 —}{s1 Ada Holm}.",
        "{q1 “We were never asked.”} {c1 --} {s1 Ada Holm, who runs the ferry}",
        '{q1 "We were never asked."} {c1 -} {s1 Juan de la Cruz}',
        "{q1 “No, not ever again.”} {c1 –} {s1 J. P. Holm}\n{q2 “Nor will we go.”} {c2 –} {s2 I}",
        "{q1 We were never asked.} {c1 —} {s1 Ada Holm} (@adaholm) May 6, 2031",
        "{q1 We were never asked!} pic.twitter.com/aB1 {c1 —} {s1 Ada Holm} (@adaholm) May 6, 2031",
        "Skip Twitter post by @adaholm {q1 We were not asked.} {c1 —} {s1 Ada Holm} (@adaholm)"
        " May 6, 2031 Report",
    ],
)
def test_a_dash_credits_a_quotation(value: str) -> None:
    """The name is the source, the dash the cue."""
    bare, _ = marked.parse(value)
    assert marked.mark(bare, found(bare)) == value


@pytest.mark.parametrize(
    "value",
    [
        "“We were never asked,” Ada Holm said.",
        "“Voices of Hope” — Ada Holm",
        "“We were never asked” — that is what they wrote",
        "“We were never asked” — Ada Holm said so, and so did he.",
        "Related: “We were never asked.”",
        "He said: “We were never asked.” ― Ada Holm",
        "“We were never asked.”\nThe council met.",
        "“We were never asked.” “Nor was I.” ― Ada Holm",
        "“We were never asked ― Ada Holm",
        "https://t.co/aB1 — Ada Holm (@adaholm) May 6, 2031",
        "― Ada Holm",
        "“We were never asked.” — Ada Holm (@adaholm) May 6, 2031",
        "Not asked. — Ada Holm (@adaholm) May 6, 2031",
        "",
    ],
)
def test_nothing_else_is_a_credit(value: str) -> None:
    """A verb, a title, a clause after the dash, two quotations: the labels decide."""
    assert found(value) == []


@given(st.text(alphabet='“”"―—-: AaB.\n', max_size=60))
def test_whatever_the_text_its_spans_hold(value: str) -> None:
    """Every span lies in the text and is not empty."""
    for triple in found(value):
        for span in (*triple.source, *triple.cue, *triple.content):
            assert spans.cut(value, span).strip()


def test_a_credit_takes_the_place_of_what_was_found_in_its_quotation() -> None:
    """What nobody is named for in the quotation is inside it; what stands elsewhere stays."""
    value = (
        "“{s1 Holm} {c1 wants} {q1 to close the ferry}. {q2 We were never asked}.”\n― Ida\n"
        "{q2 “Good,”} {s2 he} {c2 said}."
    )
    bare, labelled = marked.parse(value)
    kept = credited.preferred(bare, labelled, found(bare))
    assert marked.mark(bare, kept) == (
        "{q1 “{s2 Holm} {c2 wants} {q2 to close the ferry}. We were never asked.”}\n"
        "{c1 ―} {s1 Ida}\n"
        "{q3 “Good,”} {s3 he} {c3 said}."
    )
