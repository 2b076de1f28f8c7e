"""A report or a reading as JSON, and back."""

from __future__ import annotations

from typing import Any

import msgspec

from retold.errors import FormatError, SpanError
from retold.showing.export import entries, layout
from retold.types import Reading, Report


def encode(record: Report | Reading) -> str:
    """One JSON document, indented by one blank, with a line end at its end."""
    return msgspec.json.format(line(record).encode(), indent=1).decode() + "\n"


def line(record: Report | Reading) -> str:
    """The same document on one line, without a line end: for files that hold many."""
    entry = (
        entries.reading_file(record) if isinstance(record, Reading) else entries.report_file(record)
    )
    return msgspec.json.encode(entry).decode()


def decode(text: str | bytes) -> Report:
    """The report that `encode` wrote.

    Raises:
        FormatError: the text is not a report of version 1.
    """
    try:
        return entries.report(msgspec.json.decode(text, type=layout.ReportFile))
    except (msgspec.DecodeError, SpanError) as error:
        raise FormatError(
            f"this is not a retold-report/1 file: {error}.",
            hint="Write one with `retold compare … --format json`.",
        ) from error


def decode_reading(text: str | bytes) -> Reading:
    """The reading that `encode` wrote, without the vectors, which the file does not hold.

    Raises:
        FormatError: the text is not a reading of version 1.
    """
    try:
        return entries.reading(msgspec.json.decode(text, type=layout.ReadingFile))
    except (msgspec.DecodeError, SpanError) as error:
        raise FormatError(
            f"this is not a retold-reading/1 file: {error}.",
            hint="Write one with `retold read … --format json`.",
        ) from error


def schema() -> dict[str, Any]:
    """The JSON Schema of both files; `report.schema.json` is this, written down."""
    (report, reading), definitions = msgspec.json.schema_components(
        (layout.ReportFile, layout.ReadingFile), ref_template="#/$defs/{name}"
    )
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "retold-report/1 and retold-reading/1",
        "oneOf": [report, reading],
        "$defs": definitions,
    }
    read: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(whole))
    return read  # as a file holds it: a default is a list there, not a tuple
