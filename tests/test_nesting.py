"""Contents read as texts of their own."""

from __future__ import annotations

import pytest

from retold import marked, spans
from retold.reading import nesting
from retold.types import Span, Triple


def whole(value: str) -> Span:
    return Span(0, len(value))


def test_the_inner_text_of_a_content_stands_without_frame() -> None:
    """What is read again has neither the marks nor the "that" of its content."""
    quoted, reported = "“He said no,”", "that he said no"
    assert spans.cut(quoted, nesting.inner(quoted, whole(quoted))) == "He said no,"
    assert spans.cut(reported, nesting.inner(reported, whole(reported))) == "he said no"


def test_two_quotations_run_together_are_parted() -> None:
    """Each quotation within a content goes to the one who is said to speak right before it."""
    value = "I asked her: ‘Will it hold?’ And then she said, ‘It will.’"
    quotations = (Span(13, 28), Span(48, 58))
    together = Triple(source=(Span(38, 41),), cue=(Span(42, 46),), content=quotations, score=0.5)
    found = nesting.children(value, whole(value), [together])
    assert marked.mark(value, tuple(found)) == (
        "{s1 I} {c1 asked her:} {q1 ‘Will it hold?’} And then {s2 she} {c2 said}, {q2 ‘It will.’}"
    )


def test_the_whole_content_is_not_its_own_child() -> None:
    """A statement as long as the content that holds it is that content."""
    value = "she said the bridge would hold"
    same = Triple(source=(Span(0, 3),), cue=(Span(4, 8),), content=(whole(value),), score=0.9)
    assert nesting.children(value, whole(value), [same]) == []


def test_a_joined_cue_has_the_subject_of_its_clause() -> None:
    """A cue joined on by "and" belongs to whom the clause begins with."""
    value = "Holt met her in May and expressed a wish to leave"
    found = Triple(source=(), cue=(Span(24, 40),), content=(Span(41, 49),), score=0.5)
    (child,) = nesting.children(value, whole(value), [found])
    assert spans.cut(value, child.source[0]) == "Holt"


def test_of_two_readings_of_the_same_words_the_surer_one_stays() -> None:
    """Children that share most of their words are one statement, read twice."""
    value = "Holt wrote that the bridge would fall and that it would be soon"
    source, cue = (Span(0, 4),), (Span(5, 10),)
    short = Triple(source=source, cue=cue, content=(Span(11, 37),), score=0.4)
    long = Triple(source=source, cue=cue, content=(Span(11, 63),), score=0.3)
    assert nesting.children(value, whole(value), [long, short]) == [short]


@pytest.mark.parametrize(
    ("value", "is_said"),
    [
        ("{s1 an office} {c1 called} {q1 the Harbour Watch} was shut", False),
        ("{s1 one of the boats,} {c1 named} {q1 “Mary Ann,”} sank", False),
        ("{s1 the mayor} {c1 called} {q1 the Harbour Watch a shame} in May", True),
        ("{s1 an official} {c1 said} {q1 the Harbour Watch} was shut", True),
    ],
)
def test_what_something_is_called_is_no_statement(value: str, is_said: bool) -> None:
    """In "an office called the Harbour Watch" the office says nothing."""
    bare, triples = marked.parse(value)
    assert bool(nesting.children(bare, whole(bare), triples)) == is_said
