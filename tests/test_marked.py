"""The in-line form of text with its attributions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold import marked, spans
from retold.errors import FormatError
from retold.types import Span, Triple

NESTED = (
    "{q1 “We knew,”} {s1 the minister} {c1 said}, "
    "{q1 “and {s2 the mayor} {c2 promised} {q2 a new bridge}.”}"
)


def shown(text: str, pieces: tuple[Span, ...]) -> tuple[str, ...]:
    return tuple(spans.cut(text, piece) for piece in pieces)


def test_text_without_its_marks_is_the_text() -> None:
    """Marks leave nothing behind in the text."""
    text, _ = marked.parse(NESTED)
    assert text == "“We knew,” the minister said, “and the mayor promised a new bridge.”"


def test_the_same_number_again_is_another_piece() -> None:
    """Content in two pieces is one attribution."""
    text, triples = marked.parse(NESTED)
    assert shown(text, triples[0].content) == (
        "“We knew,”",
        "“and the mayor promised a new bridge.”",
    )


def test_braces_inside_content_are_a_child() -> None:
    """An attribution that stands in the content of another has it as parent."""
    _, triples = marked.parse(NESTED)
    assert [triple.parent for triple in triples] == [None, 0]


def test_source_and_cue_are_kept_apart() -> None:
    """Each role keeps its own spans."""
    text, triples = marked.parse(NESTED)
    assert [(shown(text, t.source), shown(text, t.cue)) for t in triples] == [
        (("the minister",), ("said",)),
        (("the mayor",), ("promised",)),
    ]


def test_marking_what_was_parsed_gives_the_same_marks() -> None:
    """mark(parse(x)) is x where x nests."""
    assert marked.mark(*marked.parse(NESTED)) == NESTED


def test_braces_of_the_text_are_escaped() -> None:
    """A brace or backslash that the article itself holds survives both ways."""
    line = r"{q1 a \{brace\} and a \\} {s1 he} {c1 said}"
    text, triples = marked.parse(line)
    assert (text, marked.mark(text, triples)) == ("a {brace} and a \\ he said", line)


def test_crossing_spans_are_cut_into_touching_pieces() -> None:
    """Spans that cross are written as pieces that touch, and read back as they were."""
    crossing = (
        Triple(source=(), cue=(), content=(Span(0, 6),), score=1.0),
        Triple(source=(), cue=(), content=(Span(3, 9),), score=1.0),
    )
    line = marked.mark("abcdefghi", crossing)
    assert (line, marked.parse(line)[1]) == ("{q1 abc{q2 def}}{q2 ghi}", crossing)


@pytest.mark.parametrize(
    "line", ["{q1 open", "closed}", "{q1 }", "{x1 role}", "{q1text}", "{s1 he} said", "a \\ b"]
)
def test_a_damaged_line_is_refused(line: str) -> None:
    """What is not in the form is an error that says where."""
    with pytest.raises(FormatError):
        marked.parse(line)


@st.composite
def texts_with_triples(draw: st.DrawFn) -> tuple[str, tuple[Triple, ...]]:
    text = draw(st.text(alphabet="ab{}\\ é“”\n👍\u202e", min_size=1, max_size=40))
    cut = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    span = cut.filter(lambda c: c[0] != c[1]).map(lambda c: Span(min(c), max(c)))
    pieces = st.lists(span, max_size=3).map(spans.merge)
    contents = st.lists(span, min_size=1, max_size=3).map(spans.merge)
    triple = st.builds(Triple, source=pieces, cue=pieces, content=contents, score=st.just(1.0))
    return text, marked.with_parents(draw(st.lists(triple, max_size=5)))


@given(texts_with_triples())
def test_parse_undoes_mark(example: tuple[str, tuple[Triple, ...]]) -> None:
    """parse(mark(x)) == x, whatever the text and however the spans cross."""
    assert marked.parse(marked.mark(*example)) == example
