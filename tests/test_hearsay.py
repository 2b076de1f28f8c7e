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
            "that Karl Weiss had told him that the bridge was closed",
            ("Karl Weiss", "had told", "that the bridge was closed"),
        ),
        (
            "“Some engineers are saying the bridge is closed. It is a pity,”",
            ("Some engineers", "are saying", "the bridge is closed"),
        ),
        (
            "that even her aides, in and outside the house, say they know nothing of it",
            ("her aides", "say", "they know nothing of it"),
        ),
        (
            "“The Herald reports ‘the bridge is closed for good.’ I doubt it,”",
            ("The Herald", "reports", "‘the bridge is closed for good.’"),
        ),
        (
            "that the council had asked her to close the bridge",
            ("the council", "had asked", "her to close the bridge"),
        ),
        (
            "that the ministry’s telephone records showed no call to Tolmouth",
            ("the ministry’s telephone records", "showed", "no call to Tolmouth"),
        ),
        (
            "that she was hurt by the union’s claim that nobody had looked at it",
            ("the union’s", "claim", "that nobody had looked at it"),
        ),
        (
            "that she was told by two engineers that the bridge was closed",
            ("two engineers", "told by", "that the bridge was closed"),
        ),
        (
            "that the order was described by critics as a gift to the ferries",
            ("critics", "described by", "as a gift to the ferries"),
        ),
        (
            "“The engineers know that the bridge is closed for good,”",
            ("The engineers", "know", "that the bridge is closed for good"),
        ),
        (
            "“If the union tells you the bridge is closed, it has its reasons for that,”",
            ("the union", "tells", "the bridge is closed"),
        ),
        (
            "that the union’s disclosure last week that the bridge was closed came late",
            ("the union’s", "disclosure", "that the bridge was closed came late"),
        ),
        (
            "“So her point was simply that the bridge is closed for good,”",
            ("her", "point was simply", "that the bridge is closed for good"),
        ),
        (
            "that according to the Coastal Herald, the bridge was closed",
            ("the Coastal Herald", "according to", "the bridge was closed"),
        ),
        (
            "“It seems to me, from what I hear from engineers, the bridge is closed for good,”",
            ("engineers", "from what I hear from", "the bridge is closed for good"),
        ),
        (
            "that Karl Weiss “denies all that is told of the bridge” and is calm",
            ("Karl Weiss", "denies", "all that is told of the bridge"),
        ),
        (
            "“How will we know, after what she tweeted -- that the bridge is closed -- last May?”",
            ("she", "tweeted", "that the bridge is closed"),
        ),
        (
            "that the council had offered to close the bridge",
            ("the council", "had offered", "to close the bridge"),
        ),
        (
            "that her rivals are making the false claim that the bridge was closed",
            ("her rivals", "making the false claim", "that the bridge was closed"),
        ),
    ],
)
def test_who_speaks_within_a_content_is_found(content: str, expected: tuple[str, str, str]) -> None:
    """A verb of saying with its subject, a claim with its owner, and who is named after "by" or
    "according to" make a child where the model found none."""
    assert found_in(f"{{s1 Anna Holt}} {{c1 said}} {{q1 {content}}}.") == [expected]


@pytest.mark.parametrize(
    "content",
    [
        "that I said the bridge was closed",
        "that nothing could be said of the bridge before Monday",
        "that the report would say that the bridge was safe",
        "that the signs tell the drivers of the closure",
        "that she did not want to say that the bridge was closed",
        "that the bridge, so to say, was closed for good",
        "that the bridge was closed",
        "that the engineers showed great courage on the bridge",
        "that the mayor was told that the bridge was closed",
        "“Do you think the bridge would be closed in May?”",
        "that they were stricter than his last order that only closed the bridge",
    ],
)
def test_nobody_else_speaks(content: str) -> None:
    """Neither the speaker himself, nor who might speak, nor a verb without a subject is a hop."""
    assert found_in(f"{{s1 Anna Holt}} {{c1 said}} {{q1 {content}}}.") == []


def test_what_others_are_said_to_think_is_less_sure() -> None:
    """A thought that the words alone tell of is not shown as sure; a saying is."""
    scores = {}
    for verb in ("think", "say"):
        bare, triples = marked.parse(
            f"{{s1 Anna Holt}} {{c1 said}} {{q1 that her aides {verb} the bridge was closed}}."
        )
        scores[verb] = hearsay.add(article_of(bare), triples)[-1].score
    assert scores["think"] < 0.5 <= scores["say"]


def test_the_source_is_the_one_nearest_to_its_cue() -> None:
    """In "said Holt, according to the Herald" Holt is the source, whatever the model linked."""
    bare, triples = marked.parse(
        "{q1 “No,”} {c1 said} Anna Holt in May, according to {s1 the Coastal Herald}."
    )
    told = hearsay.add(article_of(bare), triples)
    assert [spans.cut(bare, span) for span in told[0].source] == ["Anna Holt"]


def sources_of(text: str) -> list[str]:
    """The sources of the marked text, as they are left."""
    bare, triples = marked.parse(text)
    return [spans.cut(bare, triple.source[0]) for triple in hearsay.add(article_of(bare), triples)]


def test_who_only_reports_is_no_source() -> None:
    """In "Weiss has denied it, the Herald is reporting" Weiss is the source of the denial."""
    assert sources_of(
        "Karl Weiss, the son of a clerk, {c1 has denied} {q1 all of it}, {s1 The Coastal Herald} "
        "is reporting."
    ) == ["Karl Weiss"]


def test_whom_one_joins_in_saying_it_says_it() -> None:
    """ "We join the engineers in saying so" has them say it too."""
    assert sources_of(
        "{q1 “{s2 We} want to join the engineers {c2 in saying} {q2 that it is late},”} "
        "{s1 Anna Holt} {c1 said}."
    ) == ["Anna Holt", "the engineers"]


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
            "{s1 Anna Holt} {c1 said} {q1 that {s2 Karl Weiss} {c2 had told} him "
            "{q2 that the bridge was closed}}."
        )
        == []
    )


def test_a_child_points_to_what_it_stands_in() -> None:
    """The parent of what is found in a child is that child."""
    bare, triples = marked.parse(
        "{s1 Anna Holt} {c1 said} {q1 that the Herald reported that Karl Weiss had told "
        "the council that the bridge was closed}."
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{q1 Karl Weiss}, {c1 according to} {s1 the Herald}, {q1 {c2 told} her "
            "{q2 that it was late}}.",
            "Karl Weiss",
        ),
        (
            "{q1 In May}, {c1 according to} {s1 the Herald}, {q1 they met and {c2 told} her "
            "{q2 that it was late}}.",
            None,
        ),
    ],
)
def test_the_subject_before_a_reporter_speaks_after_him(text: str, expected: str | None) -> None:
    """In "{Weiss}, according to the Herald, told her" it is he who told her."""
    bare, triples = marked.parse(text)
    source = hearsay.add(article_of(bare), triples)[1].source
    assert [spans.cut(bare, each) for each in source] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        ("the president’s ", "the president’s"),
        ("his repeated ", "his"),
        ("Karl Weiss’s own ", "Karl Weiss’s"),
        ("the ", None),
        ("", None),
    ],
)
def test_a_noun_for_what_is_said_is_its_owners(owner: str, expected: str | None) -> None:
    """In "they denounced the president’s remarks that …" they are the president's."""
    bare, triples = marked.parse(
        f"{{s1 Holt}} {{c1 denounced}} {{q1 {owner}{{c2 remarks}} {{q2 that a fence would help}}}}."
    )
    source = hearsay.add(article_of(bare), triples)[1].source
    assert [spans.cut(bare, each) for each in source] == ([expected] if expected else [])
