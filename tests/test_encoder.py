"""The released model: it loads, it reads what comes, and it says what is wrong with its folder."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from retold import compare, spans
from retold.errors import ModelError
from retold.pipeline import read
from retold.reading.encoder import DEFAULT, MODELS, Encoder
from retold.types import Article, Section, SectionKind, Span

pytestmark = pytest.mark.model


def article(value: str) -> Article:
    sections = (Section(kind=SectionKind.BODY, span=Span(0, len(value))),) if value else ()
    return Article(id="a", text=value, sections=sections)


def test_a_plain_statement_is_read() -> None:
    """Source, cue and content of a plain statement are found, each with its characters."""
    value = "The bridge will stay closed until May, the mayor of Halden, Ida Voss, said on Monday."
    (found,) = read(article(value)).attributions
    assert [spans.cut(value, s) for s in found.content] == ["The bridge will stay closed until May"]
    assert [spans.cut(value, s) for s in found.cue] == ["said"]


def test_what_is_said_within_a_statement_is_read() -> None:
    """Another speaks in what somebody says; what that one thinks is no statement within it."""
    value = (
        "“I think we were right. The surveyors told us that the bridge would hold until May,” "
        "Mayor Holt said."
    )
    is_outer = {
        tuple(spans.cut(value, s) for s in found.source): found.parent is None
        for found in read(article(value)).attributions
    }
    assert is_outer == {("Mayor Holt",): True, ("The surveyors",): False}


@pytest.mark.parametrize(
    "value",
    [
        "Word",
        "“”" * 500,
        "“" * 10_000,
        "THE MAYOR SAID THE BRIDGE WAS CLOSED AND NOBODY KNEW WHY",
        "the mayor said the bridge was closed nobody knew why the council met " * 20,
        "🙂 e\u0301 said “🙂” \u202e and \u200b left.",
        "\u00a0\n\n\t",
    ],
    ids=["word", "marks", "open", "capitals", "unpunctuated", "odd", "blank"],
)
def test_odd_texts_are_read_without_harm(value: str) -> None:
    """Whatever the text, every span found in it lies in it."""
    reading = read(article(value))
    for found in reading.attributions:
        for span in (*found.source, *found.cue, *found.content):
            assert span.end <= len(value)
    assert len(reading.vectors) == 384 * len(reading.passages)


def test_a_long_text_is_read_in_windows() -> None:
    """States of a text of many windows are finite, one row a token."""
    states = Encoder.default().encode(article("The mayor said the bridge was closed. " * 400))
    assert len(states.labels) == len(states.tokens) > 3000
    assert bool(np.isfinite(states.labels).all())


def test_vectors_of_like_sentences_lie_together() -> None:
    """A passage is nearer to its paraphrase than to something else."""
    value = "The ferry sank on Friday. Everyone likes cheese. The boat went down at the weekend."
    states = Encoder.default().encode(article(value))
    held = [Span(0, 25), Span(26, 48), Span(49, 83)]
    rows = np.frombuffer(states.vectors(held), dtype=np.int8).reshape(3, -1).astype(float)
    assert rows[0] @ rows[2] > rows[0] @ rows[1]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    """No model: an error that names the folder and the remedy."""
    with pytest.raises(ModelError, match=r"no usable model.*Install retold again"):
        Encoder(tmp_path)


def test_a_truncated_model_is_told(tmp_path: Path) -> None:
    """Half a model is no model."""
    folder = tmp_path / "model"
    shutil.copytree(MODELS / DEFAULT, folder)
    (folder / "model.onnx").write_bytes((folder / "model.onnx").read_bytes()[:1000])
    with pytest.raises(ModelError, match="no usable model"):
        Encoder(folder)


def test_a_model_of_another_format_is_refused(tmp_path: Path) -> None:
    """A newer model is not guessed at."""
    folder = tmp_path / "model"
    shutil.copytree(MODELS / DEFAULT, folder)
    config = json.loads((folder / "config.json").read_text("utf8"))
    (folder / "config.json").write_text(json.dumps(config | {"format": 99}), "utf8")
    with pytest.raises(ModelError, match="format 99"):
        Encoder(folder)


def test_nothing_is_looked_for_in_another_language() -> None:
    """A French account beside an English one agrees with nothing, differs in nothing and is silent
    on nothing; the report says why."""
    english = article("Mayor Ida Voss said 14 people were hurt in Halden on Monday. " * 9)
    french = dataclasses.replace(
        article("La maire, Ida Voss, a dit lundi que 17 personnes sont blessées à Halden. " * 9),
        id="b",
        outlet="Phare",
        language="fr",
    )
    report = compare([read(english), read(french)])
    assert report.claims == ()
    assert {p.article_id for p in report.passages} == {"a"}
    assert report.notes[-1] == "Phare: language “fr”: retold reads English; nothing was looked for."


def test_how_much_of_an_article_was_read_is_told_while_it_is() -> None:
    """Window by window, each with its share; together the whole, and the reading is the same."""
    long = article("The bridge will stay closed until May, Ida Voss said on Monday. " * 60)
    shares: list[float] = []
    watched = read(long, encoder=Encoder.default().watched(shares.append))
    assert len(shares) > 2
    assert sum(shares) == pytest.approx(1)
    assert watched == read(long)
