"""Sentences that somebody else is said to have told, at their end. Texts are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold import marked, spans
from retold.reading import tags
from retold.types import Span, Triple


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{s1 Anna Holt} {c1 told} Karl Weiss {q1 that it was late}, Weiss testified.",
            "Weiss",
        ),
        (
            "{s1 The firms} {c1 complained of} {q1 the noise at night}, said Karl Weiss on Monday.",
            "Karl Weiss",
        ),
        ("{s1 Anna Holt} {c1 said} {q1 it was late}, her letter added.", "her letter"),
    ],
)
def test_who_tells_a_sentence_at_its_end_tells_what_is_said_in_it(text: str, expected: str) -> None:
    """The words at the end of a sentence are the source of a statement around it."""
    bare, triples = marked.parse(text)
    inner, outer = tags.embed(bare, triples)
    assert (inner.parent, spans.cut(bare, outer.source[0])) == (1, expected)


def test_the_whole_sentence_before_is_what_is_told() -> None:
    """The statement at the end reaches from the head of the sentence to its comma."""
    bare, triples = marked.parse(
        "It rained. Then {s1 Holt} {c1 told} Weiss {q1 it was late}, Weiss testified."
    )
    outer = tags.embed(bare, triples)[-1]
    told = [spans.cut(bare, s) for s in (*outer.source, *outer.cue, *outer.content)]
    assert told == ["Weiss", "testified", "Then Holt told Weiss it was late"]


@pytest.mark.parametrize(
    "text",
    [
        "{s1 Holt} {c1 said} {q1 it was late}, Holt said.",
        "{s1 Holt} {c1 said} {q1 it was late}, saying so.",
        "{s1 Holt} {c1 said} {q1 it was late}, but did not say why.",
        "{s1 Holt} {c1 said} {q1 it was late}, which Weiss denied.",
        "{s1 Holt} {c1 said} {q1 it was late}, a claim she said was not hers.",
        "{s1 Holt} {c1 said} {q1 it was late}. Weiss testified.",
        "{q1 It was late}, {s1 Holt} {c1 said}, Weiss testified.",
        "{s1 Holt} {c1 said} {q1 it was late}, {s2 Weiss} {c2 said} {q2 so}.",
        "{c1 Saying} {q1 it was late}, Weiss left.",
    ],
)
def test_other_ends_tell_nothing(text: str) -> None:
    """Neither the speaker himself nor a clause that hangs on tells the sentence."""
    bare, triples = marked.parse(text)
    assert tags.embed(bare, triples) == list(triples)


def test_two_who_speak_in_one_sentence_are_told_by_one() -> None:
    """Both stand within one and the same statement."""
    bare, triples = marked.parse(
        "{s1 Holt} {c1 said} {q1 that it was late} and {s2 the mayor} {c2 said} {q2 it rained}, "
        "Weiss testified."
    )
    told = tags.embed(bare, triples)
    assert [t.parent for t in told] == [2, 2, None]


@given(st.lists(st.sampled_from(["Holt", "said", "it was late", ", ", "Weiss", ". ", "\n", "”"])))
def test_whatever_the_words_all_that_was_there_stays(words: list[str]) -> None:
    """Nothing is lost or changed but what a statement stands in."""
    text = " ".join(["Holt", "said", "so", *words])
    triple = Triple(source=(Span(0, 4),), cue=(Span(5, 9),), content=(Span(10, 12),), score=0.5)
    first, *others = tags.embed(text, [triple])
    assert (first.source, first.cue, first.content) == (triple.source, triple.cue, triple.content)
    assert all(spans.contains(Span(0, len(text)), s) for t in others for s in t.content)
