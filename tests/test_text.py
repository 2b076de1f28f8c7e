"""The text: normalised once, cut without loss."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold import spans, text
from retold.types import Span


def whole(value: str) -> Span:
    return Span(0, len(value))


def quoted(value: str) -> list[str]:
    return [spans.cut(value, q.span) for q in text.quotations(value, whole(value))]


@given(st.text())
def test_normalising_twice_is_normalising_once(value: str) -> None:
    """A normalised text stays as it is."""
    once = text.normalise(value)
    assert text.normalise(once) == once


def test_half_a_character_is_none() -> None:
    """A lone surrogate, which JSON can name and no file can hold, is the sign for what is lost."""
    assert text.normalise("a\ud800b") == "a\ufffdb"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("“We knew,” he said.", ["“We knew,”"]),
        ('"We knew," he said. "All of us."', ['"We knew,"', '"All of us."']),
        (
            "“I asked him: ‘Bill, will you?’ Then,” he said",
            ["“I asked him: ‘Bill, will you?’ Then,”", "‘Bill, will you?’"],
        ),
        ("the officials’ plan was ‘not it’", ["‘not it’"]),
        ("‘the officials’ plan’ failed", ["‘the officials’ plan’"]),
        ("rock ’n’ roll in the ’90s", []),
        ("don't 'do that' or won't", ["'do that'"]),
        ("„So ist es“, sagte er", ["„So ist es“"]),
        ("« Oui », dit-il", ["« Oui »"]),
        ("Read more »", []),
        ("``We knew,'' he said", ["``We knew,''"]),
        ("“Never closed and on", ["“Never closed and on"]),
        ("“One\n\n“Two,” he said", ["“One", "“Two,”"]),
        ("6'2\" tall and 5'11\" wide", []),
        ("“a “b” c", ["“a ", "“b”"]),
        ('“We knew," he said. "All of us.”', ['“We knew,"', '"All of us.”']),
        ('“He called it "great" then,” he said', ['“He called it "great" then,”', '"great"']),
        ("“I am 6'2\" tall,” he said", ["“I am 6'2\" tall,”"]),
        ("no marks", []),
    ],
)
def test_quotations_are_found_by_their_marks(value: str, expected: list[str]) -> None:
    """Marks pair by their kind, apostrophes do not quote, and nothing leaves its paragraph."""
    assert quoted(value) == expected


@given(st.text(alphabet="ab ,.“”‘’\"'«»„\n", max_size=200))
def test_quotations_nest_or_are_apart(value: str) -> None:
    """Two quotations never cross, and each holds its inner text."""
    found = text.quotations(value, whole(value)) if value else ()
    for q in found:
        assert spans.contains(q.span, q.inner)
    for a in found:
        for b in found:
            if spans.overlaps(a.span, b.span):
                assert spans.contains(a.span, b.span) or spans.contains(b.span, a.span)


@given(st.text(min_size=1))
def test_sentences_hold_every_word_in_order(value: str) -> None:
    """Sentences lie in order in the text and leave nothing out but blanks."""
    value = text.normalise(value) or "x"
    found = text.sentences(value, whole(value))
    rest, at = "", 0
    for sentence in found:
        assert sentence.start >= at
        rest += value[at : sentence.start]
        at = sentence.end
    rest += value[at:]
    assert rest.strip() == ""


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    """A block broken at a column is one paragraph, two short lines are two."""
    wrapped = "\n".join(
        ["The council said on Monday that the bridge would be closed for"] * 3 + ["good."]
    )
    assert len(text.paragraphs(wrapped, whole(wrapped))) == 1
    lines = "The bridge is closed.\nThe council met."
    assert [spans.cut(lines, p) for p in text.paragraphs(lines, whole(lines))] == lines.split("\n")


def test_ten_thousand_quotation_marks_are_read() -> None:
    """A text of nothing but marks is read in linear time and without an error."""
    value = "“" * 5000 + "'\"" * 2500
    assert all(q.depth <= text.MAX_DEPTH for q in text.quotations(value, whole(value)))


def test_a_title_before_a_name_ends_no_sentence() -> None:
    """The dot of "Ms." belongs to the title."""
    value = "He wrote to Ms. Ito. She left."
    found = [spans.cut(value, s) for s in text.sentences(value, whole(value))]
    assert found == ["He wrote to Ms. Ito.", "She left."]


@pytest.mark.parametrize(
    "expected",
    [
        ["Rep. Ada Ito, R-S.C., left.", "He stayed."],
        ["It fell at 3 p.m. Friday.", "At 4 p.m. ET it rose.", "She left at 5 p.m.", "He left."],
        ["Ada Ito, D-Mass. said so.", "He left."],
        ["“Go!” she cried.", "He went."],
        ["“Bad,” she said.", "“Very bad.”"],
        ["By Ada Ito, R-Ky.; Bo Li, R-Mo.", "And so on."],
        ["He met J.D. Ito.", "She has a J.D.", "It helps."],
        ["See it.", "https://a.example/b"],
    ],
)
def test_a_sentence_is_not_cut_within(expected: list[str]) -> None:
    """States, hours, cries and lists do not end a sentence; a mark that opens begins the next."""
    value = " ".join(expected)
    assert [spans.cut(value, s) for s in text.sentences(value, whole(value))] == expected


def test_a_sentence_that_is_joined_again_and_again_is_whole() -> None:
    """However often what was found goes on, all of it is one sentence."""
    value = "Ada met Ms. Ito and " * 500 + "left."
    assert [spans.cut(value, s) for s in text.sentences(value, whole(value))] == [value]
