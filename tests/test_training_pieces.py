"""What the encoder is taught on, made of invented texts; nothing here needs torch."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from retold import marked, spans
from retold.reading.encoder import DEFAULT, MODELS
from retold.types import Article, Section, SectionKind, Span
from training import examples, pieces, polnear, stories
from training.labels import LABELS
from training.polnear import Annotated

SEEDS = st.integers(0, 10_000)


def drawing(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - no secret here


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    held = Tokenizer.from_file(str(MODELS / DEFAULT / "tokenizer.json"))
    held.no_padding()
    held.no_truncation()
    return held


def annotated(value: str) -> Annotated:
    """A text with its attributions, from the marked form."""
    bare, triples = marked.parse(value)
    return Annotated(
        name="invented",
        text=bare,
        attributions=tuple(
            {"source": t.source, "cue": t.cue, "content": t.content} for t in triples
        ),
        discarded=(),
    )


def shown(article: Annotated) -> list[dict[str, list[str]]]:
    """The words of each role of each attribution."""
    return [
        {role: [spans.cut(article.text, s) for s in roles[role]] for role in polnear.ROLES}
        for roles in article.attributions
    ]


def read(value: str, *statements: dict[str, str]) -> stories.Read:
    """An article that a reader has gone through, with the statements found in it."""
    places = (value.index(statement["content"]) for statement in statements)
    body = Section(kind=SectionKind.BODY, span=Span(0, len(value)))
    return stories.Read(
        story="bridge",
        article=Article(id="a", text=value, sections=(body,)),
        statements=statements,
        spans=tuple(
            Span(at, at + len(statement["content"]))
            for at, statement in zip(places, statements, strict=True)
        ),
    )


def names(example: examples.Example) -> list[str]:
    """The labels by name, those that are open as "?"."""
    return ["?" if label == examples.OPEN else LABELS[label] for label in example.labels]


# --- examples ------------------------------------------------------------------------------------


def test_an_example_has_a_label_for_each_token(tokenizer: Tokenizer) -> None:
    """The first token of a span begins it, the others go on with it."""
    made = examples.example(
        annotated("{s1 Mayor Holt} {c1 said} {q1 it will hold}."), tokenizer, mentions=None
    )
    assert names(made) == (
        ["B-source", "I-source", "B-cue", "B-content", "I-content", "I-content", "O"]
    )
    assert made.links == [{"source": [(0, 2)], "cue": [(2, 3)], "content": [(3, 6)]}]
    assert set(made.mentions.tolist()) == {examples.UNKNOWN}


def test_a_mention_is_labelled_and_all_else_is_none(tokenizer: Tokenizer) -> None:
    """Where mentions are known, a token outside of them is no name."""
    made = examples.example(annotated("Holt came home"), tokenizer, mentions=[(0, 4, "person")])
    assert made.mentions.tolist() == [examples.MENTION["B-person"], 0, 0]


def test_where_nothing_is_known_everything_but_a_content_may_stand() -> None:
    """An open label leaves sources, cues and nothing; a known one leaves itself."""
    labels = np.array([examples.OPEN, examples.LABEL["B-content"]])
    may = examples.allowed(labels)
    assert [LABELS[i] for i in may[0].nonzero()[0]] == [
        "O",
        "B-source",
        "I-source",
        "B-cue",
        "I-cue",
    ]
    assert [LABELS[i] for i in may[1].nonzero()[0]] == ["B-content"]


def test_links_are_asked_for_within_a_window(tokenizer: Tokenizer) -> None:
    """Each content chooses among the cues of the window, each cue among its sources."""
    made = examples.example(
        annotated("{s1 Holt} {c1 said} {q1 no}. {s2 Vance} {c2 said} {q2 yes}."),
        tokenizer,
        mentions=None,
    )
    contents, cues = examples.choices(made, slice(0, len(made.labels)))
    assert (contents.left, contents.right, contents.targets) == (
        [(2, 3), (6, 7)], [(1, 2), (5, 6)], [[0], [1]]
    )  # fmt: skip
    assert cues.targets == [[0], [1]]


def test_a_partner_outside_of_the_window_is_not_asked_for(tokenizer: Tokenizer) -> None:
    """A content whose cue was cut off does not learn to have none; one without a cue does."""
    made = examples.example(
        annotated("{s1 Holt} {c1 said} {q1 no}. {q2 It is over}, {c3 said} {s3 Vance}: {q3 so}."),
        tokenizer,
        mentions=None,
    )
    whole, _ = examples.choices(made, slice(0, len(made.labels)))
    assert whole.targets == [[0], [2], [1]]  # the second content has no cue among the two
    cut, _ = examples.choices(made, slice(2, len(made.labels)))
    assert cut.targets == [[1], [0]]
    assert cut.left[0] == (2, 5)


# --- contents of stories -------------------------------------------------------------------------

TOLD = "Holt said that Vance told her the bridge would fall by May, and left."
PARENT = "that Vance told her the bridge would fall by May"
CHILD = "the bridge would fall by May"


def test_a_content_is_read_alone_with_what_somebody_says_in_it(tokenizer: Tokenizer) -> None:
    """The child is a content, its source a source; what lies between is a cue or nothing."""
    held = read(TOLD, {"content": PARENT, "source": "Holt"}, {"content": CHILD, "source": "Vance"})
    ((made, is_nested), *rest) = pieces.contents(held, tokenizer)
    assert is_nested
    assert names(made)[:4] == ["B-source", "?", "?", "B-content"]
    assert made.links == []
    assert [is_nested for _, is_nested in rest] == [False]


def test_a_content_without_a_child_is_taught_as_plain(tokenizer: Tokenizer) -> None:
    """Where nobody else speaks every label is known to be none."""
    held = read(TOLD, {"content": PARENT, "source": "Holt"})
    ((made, is_nested),) = pieces.contents(held, tokenizer)
    assert not is_nested
    assert set(names(made)) == {"O"}


def test_a_content_too_short_to_be_read_again_is_left_out(tokenizer: Tokenizer) -> None:
    """What reading does not read alone is not taught alone."""
    held = read("Holt said “no way” and left.", {"content": "“no way”", "source": "Holt"})
    assert list(pieces.contents(held, tokenizer)) == []


# --- sentences and layouts -----------------------------------------------------------------------


def test_sentences_hold_their_attributions_whole() -> None:
    """A sentence with a part of another's attribution is left out, and so is one without any."""
    article = annotated(
        "{s1 Holt} {c1 said} {q1 it would hold}. The river rose. "
        "{q2 It fell,} {c2 said} {s2 Vance}. "
        "{q2 It fell again}."
    )
    (found,) = pieces.sentences(article)
    assert found.text == "Holt said it would hold"
    assert shown(found) == [{"source": ["Holt"], "cue": ["said"], "content": ["it would hold"]}]


@given(SEEDS)
def test_a_repeated_sentence_keeps_its_spans(seed: int) -> None:
    """With another source or other marks, cue and content are the words that they were."""
    article = annotated("{q1 “It will hold,”} {c1 said} {s1 Mayor Holt} on Monday")
    made = pieces._spoken(article, drawing(seed))
    ((roles),) = shown(made)
    assert roles["cue"] == ["said"]
    assert roles["content"] in (["“It will hold,”"], ["‘It will hold,’"])
    assert roles["source"][0] in ("Mayor Holt", *pieces.PRONOUNS)
    assert made.text.endswith(" on Monday")


@given(SEEDS)
def test_a_list_credits_each_quotation(seed: int) -> None:
    """In every layout the source is the name, the content the words, the cue the sign between."""
    said = [("Mayor Holt", "It will hold,"), ("Ann Vance", "It fell.")]
    made = pieces.credited(said, drawing(seed), number=seed)
    for (name, words), roles in zip(said, shown(made), strict=True):
        assert roles["source"][0].lower() == name.lower()
        assert roles["content"][0].strip('“”"') == words.rstrip(",.") + "."
        assert roles["cue"][0] in ("―", "—", "–", "--", "-", ":")


def test_direct_quotations_of_a_text_have_their_names() -> None:
    """Only a name and marked words are taken; a pronoun or reported words are not."""
    article = annotated(
        "{q1 “It will hold,”} {c1 said} {s1 Mayor Holt}. {s2 she} {c2 said} {q2 “No.”} "
        "{s3 Ann Vance} {c3 said} {q3 that it fell}."
    )
    assert list(pieces.quoted(article)) == [("Mayor Holt", "It will hold,")]


def test_one_seed_draws_the_same_pieces(tokenizer: Tokenizer) -> None:
    """What an epoch is taught depends on its seed alone."""
    article = annotated(
        "{q1 “It will hold,”} {c1 said} {s1 Mayor Holt}. "
        "{s2 Ann Vance} {c2 said} {q2 that it fell}. "
        "{q3 “Never,”} {c3 said} {s3 Ann Vance}."
    )
    pool = pieces.Pieces(
        [article] * 3, [read(TOLD, {"content": PARENT, "source": "Holt"})], tokenizer
    )
    first, again = (pool.draw(drawing(3)) for _ in range(2))
    assert [each.tokens.ids.tolist() for each in first] == [
        each.tokens.ids.tolist() for each in again
    ]


# --- PolNeAR as written --------------------------------------------------------------------------


def test_malformed_pieces_of_a_span_are_left_out() -> None:
    """Brat's "12 20;25 30" in order; a piece that ends before it starts is none."""
    assert polnear._spans("25 30;12 20;9;7 7") == (Span(12, 20), Span(25, 30))


def test_every_fifth_story_is_kept_from_the_encoder(tmp_path: Path) -> None:
    """By name, so that it is told without reading them."""
    folder = tmp_path / "data" / "gold_train"
    folder.mkdir(parents=True)
    for letter in "abcdefg":
        (folder / f"{letter}.json").write_text("{}")
    assert stories.kept_out(tmp_path) == {"a", "f"}
