"""From labels to triples, without the model."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold import spans, text
from retold.reading import attributions, linking, stretches, tokens
from retold.types import Article, Section, SectionKind, Span

NAMES = ("O", "B-cue", "I-cue")


def test_the_best_sequence_is_legal() -> None:
    """A label that may not follow is not taken, however high its own score."""
    emissions = np.array([[2.0, 1.0, 0.0], [0.0, 0.0, 1.5]], dtype=np.float32)
    transitions = np.zeros((3, 3), dtype=np.float32)
    transitions[0, 2] = -1e4
    assert stretches.decode(emissions, transitions).tolist() == [1, 2]


def test_no_tokens_have_no_labels() -> None:
    """An empty text is decoded into nothing."""
    nothing = np.zeros((0, 3), dtype=np.float32)
    assert stretches.decode(nothing, np.zeros((3, 3), dtype=np.float32)).tolist() == []


def test_stretches_part_where_a_label_begins() -> None:
    """Two stretches of one role side by side stay two."""
    assert stretches.of_path(np.array([1, 2, 1, 0, 1]), NAMES) == [
        ("cue", (0, 2)),
        ("cue", (2, 3)),
        ("cue", (4, 5)),
    ]


def test_a_content_takes_both_quotation_marks() -> None:
    """A content that holds most of a quotation holds its marks too."""
    source = "He said “we knew” today"
    quotations = text.quotations(source, Span(0, len(source)))
    grown = stretches._with_marks(source, Span(9, 14), quotations)
    assert spans.cut(source, grown) == "“we knew”"


def test_a_content_leaves_a_foreign_quotation_alone() -> None:
    """A content that only touches a quotation does not swallow it."""
    source = "that it was “a very long remark by somebody else”"
    quotations = text.quotations(source, Span(0, len(source)))
    assert stretches._with_marks(source, Span(0, 14), quotations) == Span(0, 14)


def test_words_are_never_cut() -> None:
    """A stretch that ends within a word is grown to its end."""
    source = "Robertson said"
    grown = stretches.at_words(source, Span(2, 12))
    assert grown is not None
    assert spans.cut(source, grown) == "Robertson said"


def test_a_language_that_is_not_read_is_told() -> None:
    """A French article gets a note."""
    article = Article(
        id="a",
        text="Il a dit non.",
        sections=(Section(kind=SectionKind.BODY, span=Span(0, 13)),),
        language="fr",
    )
    assert attributions.notes(article) == (
        "language “fr”: retold reads English; nothing was looked for.",
    )


@given(st.integers(1, 5000), st.integers(80, 400))
def test_windows_tile_the_text(length: int, size: int) -> None:
    """Each token is answered for by one window, which holds it."""
    cuts = list(tokens.windows(length, size=size, overlap=64))
    owned = tokens.owners(length, cuts)
    assert [place for own in owned for place in range(own.start, own.stop)] == list(range(length))
    assert all(c.stop - c.start <= size for c in cuts)
    assert all(c.start <= o.start and o.stop <= c.stop for c, o in zip(cuts, owned, strict=True))


@given(st.integers(0, 900), st.integers(1, 20), st.integers(0, 900), st.integers(1, 20))
def test_distances_have_a_bucket(a: int, m: int, b: int, n: int) -> None:
    """However two stretches lie, their distance is one of the buckets."""
    assert 0 <= linking.distance((a, a + m), (b, b + n)) < linking.DISTANCES
    assert 0 <= linking.between(a, b) < linking.BETWEEN


def test_a_quotation_may_go_on_where_other_contents_may_not() -> None:
    """A quotation may stand a sentence from its cue, what has no marks hardly."""
    near = {"paragraphs": 0, "sentences": -1}
    assert linking.content_to_cue(**near, is_quoted=True) == 0.0
    assert linking.content_to_cue(**near, is_quoted=False) > 0.0
    before, after = (
        linking.content_to_cue(paragraphs=p, sentences=p, is_quoted=True) for p in (-1, 1)
    )
    assert 0.0 < before < after


def test_a_source_stands_in_the_sentence_of_its_cue() -> None:
    """Another sentence costs, another paragraph more."""
    costs = [linking.cue_to_source(paragraphs=p, sentences=s) for p, s in ((0, 0), (0, 1), (1, 1))]
    assert costs[0] == 0.0
    assert costs == sorted(set(costs))


def test_what_an_earlier_sentence_tells_is_not_joined() -> None:
    """A cue that has a content beside it takes none from before, but where quotations go on."""

    def content(sentence: int, *, is_quoted: bool = False) -> stretches.Run:
        return stretches.Run(
            role="content",
            stretch=(0, 1),
            span=Span(0, 1),
            log=0.0,
            margin=0.0,
            sentence=sentence,
            is_quoted=is_quoted,
        )

    cue = stretches.Run(
        role="cue", stretch=(0, 1), span=Span(0, 1), log=0.0, margin=0.0, sentence=2
    )
    plain, quoted = [content(1), content(2)], [content(1, is_quoted=True), content(2)]
    assert attributions._near([0, 1], plain, cue) == [1]
    assert attributions._near([0, 1], quoted, cue) == [0, 1]
    assert attributions._near([0], plain, cue) == [0]


@pytest.mark.parametrize(
    ("text", "is_quoted", "expected"),
    [
        ("It sank. He had no such goal.", False, True),
        ("It sank. He had no such goal.", True, False),
        ("It sank, he had no such goal.", False, False),
        ("It sank. — Ada Berg", False, False),
    ],
    ids=["a verb of the next sentence", "quoted", "the same sentence", "a dash"],
)
def test_a_sentence_is_not_reported_by_a_verb_of_a_later_one(
    text: str, is_quoted: bool, expected: bool
) -> None:
    """Without quotation marks only a dash credits a sentence that is over."""
    after = next(mark for mark in ("had", "—") if mark in text)
    start = text.index(after)
    run = stretches.Run(
        role="content",
        stretch=(0, 1),
        span=Span(0, len("It sank")),
        log=0.0,
        margin=0.0,
        sentence=0,
        is_quoted=is_quoted,
    )
    cue = dataclasses.replace(
        run, role="cue", span=Span(start, start + len(after)), sentence=1, is_quoted=False
    )
    assert attributions._is_out_of_reach(text, [run], cue) is expected
