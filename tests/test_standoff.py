"""Attributions as brat standoff, out and in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retold import marked, standoff
from retold.errors import FormatError, SourceError
from retold.showing.export import brat as export
from retold.sources import brat
from retold.types import Span, Triple
from tests import exported, stories

TEXT, TRIPLES = marked.parse(
    "{q1 “We knew,”} {s1 the minister} {c1 said}, {q1 “and {s2 the mayor} {c2 promised} {q2 it}.”}"
)


def test_what_is_written_is_read() -> None:
    """parse(write(x)) == x, pieces and nesting too."""
    assert standoff.parse(TEXT, standoff.write(TEXT, TRIPLES)) == TRIPLES


WORDS = ("“We", "é\U0001f600", "said", "שלום", "a")
PIECES = st.lists(st.integers(0, 9), max_size=2, unique=True).map(sorted)


@st.composite
def annotated(draw: st.DrawFn) -> tuple[str, tuple[Triple, ...]]:
    """A text of ten words, some on a new line, with attributions whose pieces are whole words."""
    breaks = draw(st.sets(st.integers(0, 9), max_size=3))
    text = "".join(WORDS[n % 5] + ("\n" if n in breaks else " ") for n in range(10))
    words = [Span(*found.span()) for found in re.finditer(r"\S+", text)]
    triples = [
        Triple(
            source=tuple(words[n] for n in source),
            cue=tuple(words[n] for n in cue),
            content=tuple(words[n] for n in content),
            score=1.0,
        )
        for source, cue, content in draw(st.lists(st.tuples(PIECES, PIECES, PIECES), max_size=3))
        if content
    ]
    return text, marked.with_parents(sorted(triples, key=lambda t: (t.content, t.source)))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(annotated())
def test_any_attributions_come_back(held: tuple[str, tuple[Triple, ...]]) -> None:
    """For any text and any attributions of it; pieces with only a line break between are one."""
    text, triples = held
    joined = standoff.parse(text, standoff.write(text, triples))
    again = standoff.parse(text, standoff.write(text, joined))
    assert again == joined
    if "\n" not in text:
        assert joined == triples


def test_a_piece_over_wrapped_lines_is_cut_and_joined() -> None:
    """brat has no fragment over a line break; what is read is the piece as it was."""
    text = "Go\n  away now"
    triple = Triple(source=(), cue=(), content=(Span(0, len(text)),), score=1.0)
    written = standoff.write(text, [triple])
    assert written == "T1\tContent 0 2;5 13\tGo away now\n"
    assert standoff.parse(text, written) == (triple,)


def test_whatever_ends_a_line_for_brat_ends_a_fragment() -> None:
    """brat reads lines as `str.splitlines` cuts them: no line of ours falls apart there."""
    text = "“Go\u2028away,” he\x85said\x0bto\x0c us."
    triple = Triple(source=(), cue=(), content=(Span(0, len(text)),), score=1.0)
    written = standoff.write(text, [triple])
    assert written.splitlines(keepends=True) == [
        "T1\tContent 0 3;4 13;14 18;19 21;23 26\t“Go away,” he said to us.\n"
    ]
    assert standoff.parse(text, written) == (triple,)


def test_pieces_in_two_paragraphs_stay_two() -> None:
    """A quotation that goes on in the next paragraph has a piece in each."""
    text = "“Go.\n\n“Away.”"
    triple = Triple(source=(), cue=(), content=(Span(0, 4), Span(6, 13)), score=1.0)
    assert standoff.parse(text, standoff.write(text, [triple])) == (triple,)


def test_the_annotators_own_lines_are_let_pass() -> None:
    """Notes, attributes, entities and relations of other kinds change nothing."""
    own = "T9\tPlace 1 3\tWe\n#1\tAnnotatorNotes T1\tsure?\nR9\tNear Arg1:T1 Arg2:T9\nA1\tTone T1\n"
    assert standoff.parse(TEXT, standoff.write(TEXT, TRIPLES) + own) == TRIPLES


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("T1\tContent 0 5\tother", "line 1: the text at 0 5"),
        ("T1\tContent 0 999\tx", "does not lie in the text"),
        ("T1\tContent 5 5\t", "does not lie in the text"),
        ("T1 Content 0 5 “We k", "no text-bound annotation"),
        ("T1\tContent 0 5\t“We k\nR1\tSaidBy Arg1:T1 Arg2:T2", "line 2: T2 is no Source"),
        ("T1\tContent 0 5\t“We k\nR1\tSaidBy Arg1:T1 Arg2:T1", "line 2: T1 is no Source"),
        ("R1\tSaidBy T1 T2", "line 1: this is no relation"),
    ],
)
def test_damaged_lines_are_refused(lines: str, told: str) -> None:
    """A line that leads nowhere is an error that names it."""
    with pytest.raises(FormatError, match=told):
        standoff.parse(TEXT, lines)


@pytest.mark.parametrize("report", [stories.bridge, exported.hostile])
def test_another_reader_of_brat_finds_the_same(report: object, tmp_path: Path) -> None:
    """A library that others read brat's files with finds every annotation at its words."""
    pybrat = pytest.importorskip("pybrat.parser", reason="pybrat reads brat's files")
    files = export.encode(report())  # type: ignore[operator]
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="\n")
    for read in pybrat.BratParser().parse(tmp_path):
        lines = files[f"{Path(read.id).name}.ann"].splitlines()
        assert (len(read.entities), len(read.relations)) == (
            sum(line.startswith("T") for line in lines),
            sum(line.startswith("R") for line in lines),
        )
        for entity in read.entities:
            words = " ".join(read.text[span.start : span.end] for span in entity.spans)
            assert entity.mention == words


@pytest.mark.parametrize("report", [stories.bridge, exported.hostile])
def test_a_folder_comes_back(report: object, tmp_path: Path) -> None:
    """Written as files and read from them, the statements of each article are what they were."""
    held = report()  # type: ignore[operator]
    for name, text in export.encode(held).items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="\n")
    assert [(one.text, set(one.triples)) for one in brat.read_all(tmp_path)] == [
        (
            article.text,
            set(standoff.parse(article.text, standoff.write(article.text, said))),
        )
        for article in held.articles
        if (said := [a for a in held.attributions if a.article_id == article.id])
    ]


def test_a_missing_text_is_told(tmp_path: Path) -> None:
    """Annotations without their text are an error that says what is missing."""
    (tmp_path / "a.ann").write_text("", encoding="utf-8")
    with pytest.raises(SourceError, match=r"a\.txt: it cannot be read"):
        brat.read(tmp_path / "a.ann")


def test_a_folder_without_annotations_is_told(tmp_path: Path) -> None:
    """An empty folder is not an empty gold."""
    with pytest.raises(SourceError, match=r"no \.ann file"):
        brat.read_all(tmp_path)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    """The error names file and line."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.ann").write_text("T1\tContent 0 5\tother\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"a\.ann, line 1"):
        brat.read(tmp_path / "a.ann")
