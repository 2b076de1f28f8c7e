"""The tables of a report, as CSV, as a workbook and as a database."""

from __future__ import annotations

import csv as stdlib_csv
import dataclasses
import datetime as dt
import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from retold.showing.export import csv, sqlite, tables
from retold.types import Report
from tests import exported, stories

REPORTS = {"bridge": stories.bridge(), "hostile": exported.hostile()}
each_report = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS.keys())
each_table = pytest.mark.parametrize("name", tables.names())


def rows(report: Report, name: str) -> list[dict[str, Any]]:
    table = tables.of(report, name)
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def from_csv(text: str) -> list[dict[str, str]]:
    return list(stdlib_csv.DictReader(io.StringIO(text, newline="")))


def as_csv(cell: tables.Cell) -> str:
    if cell is None:
        return ""
    return str(cell).lower() if isinstance(cell, bool) else str(cell).removeprefix(csv.GUARD)


# --- the tables ----------------------------------------------------------------------------------


@each_report
def test_every_record_has_its_rows(report: Report) -> None:
    """Nothing is cut: a row for each statement, value, passage and silence, event and wording."""
    values = [v for c in report.claims for d in c.differences for v in d.values]
    told = [x for c in report.claims for x in (*c.passages, *c.silent)]
    assert {name: len(rows(report, name)) for name in tables.names() if name != "variants"} == {
        "statements": len(report.attributions),
        "differences": len(values),
        "claims": len(told),
        "timeline": len(report.timeline),
        "wording": len(report.wording),
    }


@each_report
@each_table
def test_words_stand_at_their_offsets(report: Report, name: str) -> None:
    """The offsets of a row give its words."""
    for row in rows(report, name):
        for words, offsets in (("words", "offsets"), ("content", "content_offsets")):
            if row.get(offsets):
                places = [tuple(map(int, x.split("-"))) for x in row[offsets].split()]
                held = [exported.words(report, row["article"], *place) for place in places]
                assert tables.BETWEEN_PIECES.join(held) == row[words]
        if row.get("words") and "offsets" not in row:
            held = exported.words(report, row["article"], row["start"], row["end"])
            assert held == row["words"]


def test_a_statement_names_its_chain_and_claims() -> None:
    """Who passed the mayor's words on, and the claim in which they stand."""
    (row,) = [r for r in rows(stories.bridge(), "statements") if r["within"]]
    assert (row["speaker"], row["chain"], row["claims"]) == (
        "Orsolya Tarn",
        "Jon Aske › Orsolya Tarn",
        "c2",
    )


def test_a_statement_without_a_speaker_has_none() -> None:
    """Nobody is made up: the cell is empty, the chain says unresolved."""
    report = stories.bridge()
    first = dataclasses.replace(report.attributions[0], speaker_id=None, chain=())
    (row,) = rows(dataclasses.replace(report, attributions=(first,)), "statements")
    assert (row["speaker"], row["chain"]) == (None, "unresolved")


def test_who_is_silent_has_a_row() -> None:
    """A claim names the articles that do not tell it."""
    silent = [r for r in rows(stories.bridge(), "claims") if r["stance"] == "silent"]
    assert [(r["claim"], r["outlet"], r["words"]) for r in silent] == [
        ("c3", "Evening Ledger", None)
    ]


def test_a_variant_has_each_wording_with_its_change() -> None:
    """The first wording and the one that agrees have no change; the other names its own."""
    found = [
        (r["outlet"], r["change"], r["before"], r["after"])
        for r in rows(stories.bridge(), "variants")
    ]
    assert found == [
        ("Northern Wire", None, None, None),
        ("Harbour Post", "substitution", "new", "good"),
        ("Evening Ledger", None, None, None),
    ]


# --- CSV -----------------------------------------------------------------------------------------


@each_report
@each_table
def test_csv_holds_every_cell(report: Report, name: str) -> None:
    """What a reader of CSV gets is the table, but for the guard before what would run."""
    read = from_csv(csv.encode(report, table=name))
    bare = [{k: v.removeprefix(csv.GUARD) for k, v in row.items()} for row in read]
    assert bare == [{k: as_csv(v) for k, v in row.items()} for row in rows(report, name)]


@each_table
def test_no_cell_of_csv_runs(name: str) -> None:
    """No text cell begins with a character that a spreadsheet takes for a formula."""
    cells = [
        c for row in from_csv(csv.encode(exported.hostile(), table=name)) for c in row.values()
    ]
    assert [cell for cell in cells if cell.startswith(csv.RUNS)] == []


def test_an_offset_is_not_guarded() -> None:
    """Numbers stay numbers."""
    (row,) = from_csv(csv.encode(exported.small(), table="timeline"))
    assert (row["start"], row["end"]) == ("86", "106")


# --- the workbook --------------------------------------------------------------------------------


@pytest.fixture
def written() -> Callable[[Report], bytes]:
    """How a workbook is written."""
    pytest.importorskip("xlsxwriter", reason="the extra retold[xlsx] is not installed")
    from retold.showing.export import xlsx

    return xlsx.encode


@pytest.fixture
def book(written: Callable[[Report], bytes]) -> Callable[[Report], Any]:
    """The workbook of a report, as openpyxl reads it."""
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl reads the workbook back")
    return lambda report: openpyxl.load_workbook(io.BytesIO(written(report)))


@each_report
def test_a_workbook_holds_every_table(report: Report, book: Callable[[Report], Any]) -> None:
    """There is a sheet for each table, with the table's cells; days of publication are days."""
    from openpyxl.utils.escape import unescape

    def told(cell: Any) -> Any:
        if isinstance(cell, dt.datetime):
            return cell.date().isoformat()
        return unescape(cell) if isinstance(cell, str) else cell

    sheets = book(report)
    for table in tables.all_of(report):
        first, *rest = sheets[table.name].iter_rows(values_only=True)
        assert first == table.columns
        read = [tuple(map(told, row)) for row in rest]
        assert read == [tuple(row) for row in table.rows]


def test_no_cell_of_a_workbook_runs(book: Callable[[Report], Any]) -> None:
    """Every text is a text cell, none a formula or a link."""
    cells = [
        cell for sheet in book(exported.hostile()) for row in sheet.iter_rows() for cell in row
    ]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b", "d"}
    assert [cell for cell in cells if cell.hyperlink] == []


def test_a_day_that_no_workbook_holds_is_a_text(book: Callable[[Report], Any]) -> None:
    """A spreadsheet begins in 1900; an older article keeps its day as written."""
    small = exported.small()
    wire, post = small.articles
    old = dataclasses.replace(post, published=dt.date(1899, 12, 31))
    sheet = book(dataclasses.replace(small, articles=(wire, old)))["differences"]
    names, *rows = sheet.iter_rows(values_only=True)
    days = [row[names.index("published")] for row in rows]
    assert days == [dt.datetime(2031, 5, 5), "1899-12-31"]


def test_a_cell_that_is_too_long_says_so(book: Callable[[Report], Any]) -> None:
    """Excel holds 32,767 characters: the cell ends in a mark, and its offsets lead to the rest."""
    small = exported.small()
    wire, post = small.articles
    long = dataclasses.replace(post, title="x" * 40_000)
    sheet = book(dataclasses.replace(small, articles=(wire, long)))["timeline"]
    names, cells = sheet.iter_rows(max_row=2, values_only=True)
    title = dict(zip(names, cells, strict=True))["title"]
    assert title == "x" * 32_763 + " […]"


def test_the_same_report_makes_the_same_workbook(written: Callable[[Report], bytes]) -> None:
    """No clock is in the bytes."""
    assert written(exported.small()) == written(exported.small())


# --- the database --------------------------------------------------------------------------------


def opened(report: Report, path: Path) -> sqlite3.Connection:
    (path / "story.sqlite").write_bytes(sqlite.encode(report))
    return sqlite3.connect(path / "story.sqlite")


@each_report
def test_a_database_holds_every_table(report: Report, tmp_path: Path) -> None:
    """What SQL reads is the table, cell by cell."""
    with closing(opened(report, tmp_path)) as database:
        for table in (sqlite.articles(report), *tables.all_of(report)):
            names = ", ".join(f'"{column}"' for column in table.columns)
            read = database.execute(f'select {names} from "{table.name}"').fetchall()  # noqa: S608 names are our own
            assert read == [tuple(row) for row in table.rows]


@pytest.mark.parametrize("name", ["differences", "claims", "timeline", "wording"])
def test_sql_cuts_the_words_out_of_the_text(name: str, tmp_path: Path) -> None:
    """`substr` counts code points too: the words of a row are those at its offsets."""
    query = (
        f"select words, substr(text, start + 1, end - start) from {name} "  # noqa: S608 names are our own
        "join articles using (article) where words is not null"
    )
    with closing(opened(stories.bridge(), tmp_path)) as database:
        found = database.execute(query).fetchall()
    assert found != []
    assert [words for words, cut in found if words != cut] == []


def test_every_row_leads_to_an_article(tmp_path: Path) -> None:
    """The file is whole and no foreign key hangs in the air."""
    with closing(opened(exported.hostile(), tmp_path)) as database:
        assert database.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert database.execute("pragma foreign_key_check").fetchall() == []


def test_statements_are_found_by_their_words(tmp_path: Path) -> None:
    """The full-text index is that of the table, under the name that Datasette looks for."""
    query = (
        "select speaker from statements where rowid in "
        "(select rowid from statements_fts where statements_fts match '\"good bridge\"')"
    )
    with closing(opened(stories.bridge(), tmp_path)) as database:
        found = database.execute(query).fetchall()
    assert found == [("Jon Aske",), ("Orsolya Tarn",)]
