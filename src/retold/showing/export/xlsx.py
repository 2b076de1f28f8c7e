"""All tables of a report as one workbook, a sheet for each."""

from __future__ import annotations

import datetime as dt
import io

import xlsxwriter
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
# a workbook says when it was made; the same report makes the same bytes
MADE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)


def encode(report: Report) -> bytes:
    """The workbook. Text is text, whatever it begins with: nothing in it runs.

    A cell holds what Excel can hold, 32,767 characters; longer text ends in `[…]` there, and its
    offsets lead to the rest.

    Raises:
        FormatError: a table has more rows than a sheet can hold.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": MADE})
        heading = book.add_format({"bold": True})
        for table in tables.all_of(report):
            if len(table.rows) >= MAX_ROWS:
                raise FormatError(
                    f"the table of {table.name} has {len(table.rows):,} rows, and a sheet holds "
                    f"{MAX_ROWS - 1:,}.",
                    hint="Write it with --format csv or --format sqlite.",
                )
            _fill(book.add_worksheet(table.name), table, heading)
    return out.getvalue()


def _fill(sheet: Worksheet, table: Table, heading: object) -> None:
    for column, name in enumerate(table.columns):
        sheet.write_string(0, column, name, heading)
        sheet.set_column(column, column, WIDE.get(name, NARROW))
    for number, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row):
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
