"""One table of a report as CSV (RFC 4180, UTF-8, `\\n` line ends)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from retold.showing.export import tables
from retold.showing.export.tables import Cell
from retold.types import Report

# a spreadsheet takes a cell that begins so for a formula, and runs it
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
GUARD = "'"


def encode(report: Report, *, table: str = "statements") -> str:
    """The table with its column names on top; no cell runs when a spreadsheet opens it.

    Text that would run has an apostrophe before it, and is otherwise as written.
    """
    held = tables.of(report, table)
    return written(held.columns, held.rows)


def written(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Any rows under their column names, in the same way."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_shown(column) for column in columns])
    writer.writerows([_shown(cell) for cell in row] for row in rows)
    return out.getvalue()


def _shown(cell: Cell) -> Cell:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str) and cell.startswith(RUNS):
        return GUARD + cell
    return cell
