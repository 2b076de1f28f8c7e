"""All tables of a report as one workbook, a sheet for each."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from retold.errors import FormatError
from retold.showing.export import tables
from retold.showing.export.tables import Cell, Table
from retold.types import Report

MAX_CELL_CHARS = 32_767  # Excel's own limits
MAX_ROWS = 1_048_576
CUT = " […]"
WIDE = {"words": 60, "content": 60, "title": 40, "url": 30, "chain": 30, "before": 30, "after": 30}
NARROW = 14
DAY = "published"  # other dates are as precise as their words: a text
FIRST_DAY = "1900-01-01"  # that a workbook can hold
# a workbook says when it was made; the same report makes the same bytes
MADE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)


def encode(report: Report) -> bytes:
    """The workbook. Text is text, whatever it begins with: nothing in it runs. Days of publication
    are days.

    A cell holds what Excel can hold, 32,767 characters; longer text ends in `[…]` there, and its
    offsets lead to the rest.

    Raises:
        FormatError: a table has more rows than a sheet can hold.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": MADE})
        looks = Looks(
            heading=book.add_format({"bold": True, "valign": "top"}),
            short=book.add_format({"valign": "top"}),
            long=book.add_format({"valign": "top", "text_wrap": True}),
            day=book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"}),
        )
        for table in tables.all_of(report):
            if len(table.rows) >= MAX_ROWS:
                raise FormatError(
                    f"the table of {table.name} has {len(table.rows):,} rows, and a sheet holds "
                    f"{MAX_ROWS - 1:,}.",
                    hint="Write it with --format csv or --format sqlite.",
                )
            _fill(book.add_worksheet(table.name), table, looks)
    return out.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """How cells look: names of columns, cells of one line and of several, days."""

    heading: Format
    short: Format
    long: Format
    day: Format


def _fill(sheet: Worksheet, table: Table, looks: Looks) -> None:
    for column, name in enumerate(table.columns):
        sheet.write_string(0, column, name, looks.heading)
        look = looks.long if name in WIDE else looks.short
        sheet.set_column(column, column, WIDE.get(name, NARROW), look)
    for number, row in enumerate(table.rows, start=1):
        for column, (name, cell) in enumerate(zip(table.columns, row, strict=True)):
            if name == DAY and isinstance(cell, str) and cell >= FIRST_DAY:
                sheet.write_datetime(number, column, dt.date.fromisoformat(cell), looks.day)
            else:
                _write(sheet, number, column, cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _write(sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, str):
        is_long = len(cell) > MAX_CELL_CHARS
        sheet.write_string(
            row, column, cell[: MAX_CELL_CHARS - len(CUT)] + CUT if is_long else cell
        )
    elif cell is not None:
        sheet.write_number(row, column, cell)
