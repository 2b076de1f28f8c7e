"""The units that are aligned. All texts are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold import spans
from retold.reading import passages
from retold.types import Article, Section, SectionKind, Span
from tests import readings


def parts(text: str, *, at_least: passages.Break = passages.Break.PHRASE) -> list[str]:
    whole = Span(0, len(text))
    return [spans.cut(text, part) for part in passages.clauses(text, whole, at_least=at_least)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The ferry sank at noon, while 40 guests slept on board.",
            ["The ferry sank at noon,", "while 40 guests slept on board."],
        ),
        (
            "The ferry sank at noon; nobody on board was hurt.",
            ["The ferry sank at noon;", "nobody on board was hurt."],
        ),
        (
            "The captain, a native of Varn, left the harbour early.",
            ["The captain, a native of Varn,", "left the harbour early."],
        ),
        ("The ferry sank.", ["The ferry sank."]),
        (
            "Port Chief Mara Lind (R-Varn) closed the old quay.",
            ["Port Chief Mara Lind (R-Varn) closed the old quay."],
        ),
        (
            "The old quay (built by her own father) will stay closed.",
            ["The old quay", "(built by her own father)", "will stay closed."],
        ),
        ("Boats, nets and sails burned.", ["Boats, nets and sails burned."]),
    ],
)
def test_clauses(text: str, expected: list[str]) -> None:
    """A sentence comes apart at its joints, never into pieces of fewer than three words."""
    assert parts(text) == expected


def test_sharp_breaks_only() -> None:
    """With the sharper breaks alone a comma within a clause sets nothing apart."""
    text = "On a cold morning in May, the harbour froze, but the ferry sailed at noon."
    assert parts(text, at_least=passages.Break.CLAUSE) == [
        "On a cold morning in May, the harbour froze,",
        "but the ferry sailed at noon.",
    ]


def test_three_things_in_a_sentence() -> None:
    """A sentence that tells three things has a passage for each, and one for itself."""
    text = (
        "Ferry\n\nThe mayor, who took office in May, {c1 said} {q1 that the bridge would close}"
        ", after 40 cars sank."
    )
    reading = readings.read(text)
    found = {spans.cut(reading.article.text, p.span) for p in reading.passages}
    assert found >= {
        "The mayor, who took office in May, said that the bridge would close, after 40 cars sank.",
        "The mayor, who took office in May,",
        "that the bridge would close",
        "after 40 cars sank.",
    }


def test_whose_words() -> None:
    """A passage belongs to the attribution that holds its words, else to nobody."""
    reading = readings.read(
        "Ferry\n\n{q1 “The pier is safe and dry,”} {s1 Holm} {c1 said}. It rained."
    )
    of = {spans.cut(reading.article.text, p.span): p.attribution_id for p in reading.passages}
    assert of["“The pier is safe and dry,”"] == reading.attributions[0].id
    assert of["It rained."] is None


def test_sentences_of_a_long_quotation() -> None:
    """Each sentence of a quotation is a passage, as is the quotation."""
    reading = readings.read(
        "Ferry\n\n{q1 “The pier is quite safe. Nobody was hurt in May. We sail again,”} "
        "{s1 Holm} {c1 said}."
    )
    found = [spans.cut(reading.article.text, p.span) for p in reading.passages]
    assert "Nobody was hurt in May." in found


WORDS = st.lists(
    st.sampled_from(
        ["the", "ferry,", "sank;", "and", "“while", "it”", "who", "(in", "May)", "—", "40.", "’s"]
    ),
    min_size=1,
    max_size=40,
)


@given(WORDS)
def test_passages_lie_in_the_text(words: list[str]) -> None:
    """Every passage is a stretch of the body without blanks at its ends, and none comes twice."""
    text = " ".join(words)
    article = Article(
        id="a", text=text, sections=(Section(kind=SectionKind.BODY, span=Span(0, len(text))),)
    )
    found = [p.span for p in passages.split(article, ())]
    assert all(spans.snap(text, span) == span for span in found)
    assert len(set(found)) == len(found)
    assert found == sorted(found, key=lambda s: (s.start, -s.end))


def test_nothing_but_the_article() -> None:
    """Comments and pleas have no passages."""
    text = "The ferry sank at noon.\n\nPlease support us with a gift!"
    article = Article(
        id="a",
        text=text,
        sections=(
            Section(kind=SectionKind.BODY, span=Span(0, 23)),
            Section(kind=SectionKind.BOILERPLATE, span=Span(25, len(text))),
        ),
    )
    assert [p.span.end for p in passages.split(article, ())] == [23]
