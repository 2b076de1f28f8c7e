"""spaCy documents: written, read back, and made in a pipeline of spaCy's own."""

from __future__ import annotations

from typing import Any

import pytest

from retold.errors import FormatError
from tests import exported, stories

spacy = pytest.importorskip("spacy", reason="the extra retold[spacy] is not installed")

from retold.showing.export import docbin  # noqa: E402 it needs spaCy

REPORTS = {"bridge": stories.bridge, "hostile": exported.hostile}
each_report = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS.keys())


def read_back(report: Any) -> list[Any]:
    held = spacy.tokens.DocBin(store_user_data=True).from_bytes(docbin.encode(report))
    docbin.register()
    return list(held.get_docs(spacy.blank("en").vocab))


@each_report
def test_texts_come_back_as_they_were(report: Any) -> None:
    """A document's text is the article's, character for character."""
    assert [doc.text for doc in read_back(report())] == [a.text for a in report().articles]


@each_report
def test_records_come_back_as_they_were(report: Any) -> None:
    """`doc._.retold` is what the report says of the article, to the last span."""
    assert [doc._.retold for doc in read_back(report())] == [
        docbin.of_article(report(), article.id) for article in report().articles
    ]


@each_report
def test_span_groups_hold_the_words(report: Any) -> None:
    """A span of a group covers the words of its record, in whole tokens."""
    for doc in read_back(report()):
        for said in doc._.attributions:
            for role in docbin.GROUPS:
                spans = [s for s in doc.spans[role] if s.id_ == said.id]
                pieces = getattr(said, role)
                assert len(spans) == len(pieces)
                for span, piece in zip(spans, pieces, strict=True):
                    assert span.start_char <= piece.start
                    assert piece.end <= span.end_char


def test_a_document_that_nobody_read_has_no_records() -> None:
    """Another pipeline's document has none, and no error."""
    docbin.register()
    doc = spacy.blank("en")("Nothing to see.")
    assert (doc._.retold, doc._.attributions, doc._.speakers) == (None, (), ())


def test_only_who_speaks_in_the_article_is_in_its_document() -> None:
    """The speakers of a document are those of its statements, with their mentions in it alone."""
    first = docbin.of_article(stories.bridge(), stories.bridge().articles[0].id)
    assert [(s.name, {p.article_id for p in s.mentions}) for s in first.speakers] == [
        ("Jon Aske", {first.articles[0].id}),
        ("Orsolya Tarn", {first.articles[0].id}),
    ]


def component() -> Any:
    """A pipeline of retold alone."""
    import retold.spacy  # noqa: F401 what is not installed has no entry points

    language = spacy.blank("en")
    language.add_pipe("retold")
    return language


@pytest.mark.model
def test_the_component_reads_in_a_pipeline() -> None:
    """`nlp.add_pipe("retold")` gives each document what retold finds in its text."""
    language = component()
    doc = language("A new bridge\n\n“We will open it in May,” said Ann Quay, the mayor.")
    assert "“We will open it in May,”" in [str(span) for span in doc.spans["content"]]
    assert "Ann Quay" in [speaker.name for speaker in doc._.speakers]


@pytest.mark.model
def test_the_component_lets_what_is_no_article_pass() -> None:
    """A document without article text has no records, and the pipeline goes on."""
    language = component()
    assert [doc._.attributions for doc in language.pipe(["", "***", "x"])] == [(), (), ()]


def test_text_that_would_shift_is_refused() -> None:
    """Offsets into a text that retold would change are none: the error says what to do."""
    with pytest.raises(FormatError, match="normalise"):
        component()("The bridge is safe, and it was safe last year.\r\n\r\nSo said the mayor, Ann.")
