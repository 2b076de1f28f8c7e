"""What PolNeAR's scorers are given."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation import polnear, stories
from evaluation.naming import kind_of_source
from retold.types import Act, Attribution, QuotationKind, Span


def attribution(*content: Span) -> Attribution:
    return Attribution(
        id="x.a1",
        article_id="x",
        quotation=QuotationKind.DIRECT,
        source=(),
        cue=(Span(7, 11),),
        content=content,
        speaker_id=None,
        speaker_score=0.0,
        chain=(),
        parent=None,
        said=None,
        act=Act.STATED,
        hedged=False,
        is_asserted=True,
        score=0.5,
    )


def test_a_content_in_pieces_is_one_row_and_a_line_for_each_piece() -> None:
    """One scorer wants attributions whole, the other wants stretches; no source is null."""
    row = polnear.row("x", attribution(Span(0, 5), Span(13, 20)))
    assert row == {"doc": "x", "source": None, "cue": [[7, 11]], "content": [[0, 5], [13, 20]]}
    assert list(polnear.split([row])) == [
        {"doc": "x", "label": "cue", "start": 7, "end": 11},
        {"doc": "x", "label": "content", "start": 0, "end": 5},
        {"doc": "x", "label": "content", "start": 13, "end": 20},
    ]


def test_a_corpus_text_is_taken_as_it_is() -> None:
    """No character is changed and all of it is body, so that the scorers' offsets hold."""
    text = "“No,”\r\nshe said.\n\nPlease enter your comment!\n"
    article = polnear.plain("x", text)
    assert article.text == text
    assert [(s.kind.value, s.span) for s in article.sections] == [("body", Span(0, len(text)))]


def test_without_the_research_data_there_are_no_scored_stories(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The examples are always there."""
    monkeypatch.setenv("RETOLD_SHARED", str(tmp_path))
    assert stories.research_data() is None
    assert stories.scored("gold") == ()
    assert [story.name for story in stories.examples()] == ["aurelia", "ravenhall", "westmere"]


def test_a_body_of_people_is_told_from_a_person_by_its_name() -> None:
    """Where the source shares a word with the speaker."""
    assert kind_of_source({"source": "the Trust", "speaker": "the Supporters’ Trust"}) == (
        "organisation"
    )
