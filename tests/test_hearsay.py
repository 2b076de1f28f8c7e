"""What is said within a content, told by its words alone. Texts are invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold import marked, spans
from retold.reading import hearsay
from retold.types import Article, Triple
from tests.test_speakers import article_of


def found_in(text: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of what is added to the marked text."""
    bare, triples = marked.parse(text)
    added = hearsay.add(article_of(bare), triples)[len(triples) :]
    return [
        (
            spans.cut(bare, child.source[0]),
            spans.cut(bare, child.cue[0]),
            spans.cut(bare, child.content[0]),
        )
        for child in added
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "that she was hurt by the union’s claim that nobody had looked at it",
            ("the union’s", "claim", "that nobody had looked at it"),
        ),
        (
            "that the union’s disclosure last week that the bridge was closed came late",
            ("the union’s", "disclosure", "that the bridge was closed came late"),
        ),
        (
            "that according to the Coastal Herald, the bridge was closed",
            ("the Coastal Herald", "according to", "the bridge was closed"),
        ),
        (
            "“It seems to me, from what I hear from engineers, the bridge is closed for good,”",
            ("engineers", "from what I hear from", "the bridge is closed for good"),
        ),
    ],
)
def test_who_speaks_within_a_content_is_found(content: str, expected: tuple[str, str, str]) -> None:
    """A claim with its owner, and who is named after "according to", make a child where the model
    found none."""
    assert found_in(f"{{s1 Anna Holt}} {{c1 said}} {{q1 {content}}}.") == [expected]


@pytest.mark.parametrize(
    "content",
    [
        "that the bridge was closed",
        "that there’s a fear that the bridge would be closed",
        "that nobody had heard the news reports that the bridge was closed",
    ],
)
def test_nobody_else_speaks(content: str) -> None:
    """Neither a noun without an owner nor "there’s" is a hop."""
    assert found_in(f"{{s1 Anna Holt}} {{c1 said}} {{q1 {content}}}.") == []


def test_the_source_is_the_one_nearest_to_its_cue() -> None:
    """In "said Holt, according to the Herald" Holt is the source, whatever the model linked."""
    bare, triples = marked.parse(
        "{q1 “No,”} {c1 said} Anna Holt in May, according to {s1 the Coastal Herald}."
    )
    told = hearsay.add(article_of(bare), triples)
    assert [spans.cut(bare, span) for span in told[0].source] == ["Anna Holt"]


def test_whom_it_is_told_is_no_part_of_what_is_told() -> None:
    """ "Warned those who went that it was late" tells that it was late."""
    assert (
        content_of_child(
            "{s1 Anna Holt} {c1 said} {q1 that {s2 she} {c2 warned} {q2 all clerks who came that "
            "it was late}}."
        )
        == "that it was late"
    )


def test_what_the_model_found_is_not_found_again() -> None:
    """A cue that is part of a triple already makes no second one."""
    assert (
        found_in(
            "{s1 Anna Holt} {c1 denied} {q1 {s2 the union’s} {c2 claim} "
            "{q2 that the bridge was closed}}."
        )
        == []
    )


def test_a_child_points_to_what_it_stands_in() -> None:
    """The parent of what is found in a child is that child."""
    bare, triples = marked.parse(
        "{s1 Anna Holt} {c1 said} {q1 that she knew Karl Weiss’s claim that according to the "
        "Coastal Herald, the bridge was closed}."
    )
    assert [t.parent for t in hearsay.add(article_of(bare), triples)] == [None, 0, 1]


def content_of_child(text: str) -> str:
    """The content of the second triple of the marked text, as it is left."""
    bare, triples = marked.parse(text)
    return " … ".join(spans.cut(bare, s) for s in hearsay.add(article_of(bare), triples)[1].content)


@pytest.mark.parametrize(
    ("child", "expected"),
    [
        (
            "{s2 The Herald} {c2 reports} {q2 the bridge is closed. It is a pity for us all}",
            "the bridge is closed.",
        ),
        (
            "{s2 The Herald} {c2 says} {q2 the bridge is closed, and it was there in May}",
            "the bridge is closed",
        ),
        (
            "{s2 The Herald} {c2 says} {q2 ‘The bridge is closed. It is a pity.’}",
            "‘The bridge is closed. It is a pity.’",
        ),
    ],
)
def test_what_is_said_within_ends_with_its_clause(child: str, expected: str) -> None:
    """Outside marks of its own a statement within another does not run on."""
    text = f"{{s1 Anna Holt}} {{c1 said}}: {{q1 “{child}.”}}"
    assert content_of_child(text) == expected


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            '“ ” ’ ‘ " , . — … 😀 said told him claim ’s by Holt asked to they that'.split()  # noqa: SIM905
        )
        | st.sampled_from(["the union", "according to", " ", "\n\n"]),
        min_size=1,
        max_size=40,
    )
)
def test_whatever_the_words_all_spans_lie_in_the_content(words: list[str]) -> None:
    """No order of words breaks it, and what is found lies within what is said."""
    text = "x " + " ".join(words) + " x"
    article: Article = article_of(text)
    whole = spans.snap(text, spans.Span(0, len(text)))
    assert whole is not None
    triple = Triple(source=(), cue=(), content=(whole,), score=1.0)
    for child in hearsay.add(article, (triple,))[1:]:
        assert all(
            spans.contains(whole, span) for span in (*child.source, *child.cue, *child.content)
        )


@pytest.mark.parametrize("unit", ["said ", "x", "’s claim that ", "according to ", "   "])
def test_a_long_text_is_gone_through(unit: str) -> None:
    """No run of words, however long, leads out of the content."""
    text = "x " + (unit * 4000)[:4000] + " x"
    whole = spans.Span(0, len(text))
    triple = Triple(source=(), cue=(), content=(whole,), score=1.0)
    found = hearsay.add(article_of(text), (triple,))
    assert all(spans.contains(whole, span) for child in found for span in child.content)
