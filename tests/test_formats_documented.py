"""The page about the formats shows what retold writes, and its programs print what it says."""

from __future__ import annotations

import contextlib
import io
import re
import sqlite3
from pathlib import Path

import pytest

from retold import marked
from retold.showing import formats
from retold.showing.formats import Output
from tests import exported

PAGE = (Path(__file__).parents[1] / "docs" / "reference" / "formats.md").read_text(encoding="utf-8")
SECTIONS = {
    section.split("`", 1)[0]: section for section in re.split(r"^## `", PAGE, flags=re.MULTILINE)
}
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NEEDS = {"xlsx": ("xlsxwriter", "openpyxl"), "docbin": ("spacy",)}
EXAMPLES = ("csv", "html", "json", "markdown", "xml")
SHOWN = (
    *("html", "json", "webannotation", "tei", "prov", "schemaorg", "timelinejs"),
    *("markdown", "csv"),
)


def blocks(name: str, language: str) -> list[str]:
    return [text for kind, text in BLOCK.findall(SECTIONS[name]) if kind == language]


def written(name: str) -> str:
    options = {"table": "differences"} if name == "csv" else {}
    held = formats.write(exported.small(), formats.NAMED[name], **options)
    assert isinstance(held, str)
    return held


def test_every_format_is_on_the_page() -> None:
    """The table names each format with its suffixes, and each export has a section."""
    table, *_ = re.split(r"^## ", PAGE, flags=re.MULTILINE)
    rows = dict(re.findall(r"^\| \[?`(\w+)`.*?\| ([^|]*) \|", table, re.MULTILINE))
    assert {name: set(re.findall(r"`(\.\w+)`", cell)) for name, cell in rows.items()} == {
        form.name: set(form.suffixes) - {".htm"} for form in formats.FORMATS
    }
    assert {form.name for form in formats.FORMATS} <= set(SECTIONS)


def test_the_page_says_what_checks_each_format() -> None:
    """None is written that nothing reads."""
    _, _, checks = PAGE.partition("## What checks them\n")
    rows = re.findall(r"^\| `(\w+)` \| \S", checks, re.MULTILINE)
    assert rows == [form.name for form in formats.FORMATS]


@pytest.mark.parametrize("name", SHOWN)
def test_the_page_shows_what_is_written(name: str) -> None:
    """Every example in a section stands so in what the program writes for the two articles."""
    shown = [text for language in EXAMPLES for text in blocks(name, language)]
    assert shown != []
    assert [text for text in shown if text.rstrip(",\n") not in written(name)] == []


def test_the_page_shows_what_is_written_for_people() -> None:
    """The differences as a terminal has them, and an article as it is marked."""
    shown = formats.write(exported.small(), formats.NAMED["text"], width=80)
    assert isinstance(shown, str)
    assert blocks("text", "text")[0] in shown
    text, triples = marked.parse(exported.POST)
    assert blocks("marked", "text") == [marked.mark(text, triples) + "\n"]


def test_the_page_shows_the_articles_and_their_annotations() -> None:
    """The texts are those of the examples, and the lines for brat are those of the first."""
    files = formats.write(exported.small(), formats.NAMED["brat"])
    assert isinstance(files, dict)
    texts = [text.rstrip("\n") for kind, text in BLOCK.findall(PAGE) if kind == "text"]
    assert texts[:2] == [files["01-wire.txt"], files["02-harbour-post.txt"]]
    assert blocks("brat", "text")[0] == files["01-wire.ann"]


@pytest.mark.parametrize("name", ["xlsx", "docbin", "brat"])
def test_programs_on_the_page_print_what_it_says(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run where the file lies that retold wrote, the example prints the block below it."""
    for library in NEEDS.get(name, ()):
        pytest.importorskip(library, reason=f"{library} is not installed")
    form = formats.NAMED[name]
    held = formats.write(exported.small(), form)
    monkeypatch.chdir(tmp_path)
    if form.output is Output.FOLDER:
        assert isinstance(held, dict)
        Path(name).mkdir()
        for file, text in held.items():
            (Path(name) / file).write_text(text, encoding="utf-8")
    else:
        assert isinstance(held, bytes)
        Path(f"report{form.suffixes[0]}").write_bytes(held)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(blocks(name, "python")[0], {})  # noqa: S102 it is our own page
    assert out.getvalue().startswith(blocks(name, "text")[-1])


def test_queries_on_the_page_give_what_it_says() -> None:
    """SQL on the database that retold wrote gives the rows below it."""
    held = formats.write(exported.small(), formats.NAMED["sqlite"])
    assert isinstance(held, bytes)
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(held)
        cut, search = (database.execute(query).fetchall() for query in blocks("sqlite", "sql"))
    rows = [tuple(row.split("|")) for row in blocks("sqlite", "text")[0].splitlines()]
    assert cut == rows
    assert len(search) == len(exported.small().attributions)
