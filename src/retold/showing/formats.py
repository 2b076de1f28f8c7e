"""Every format in which a report or a reading is written, in one table.

A report of one article holds what a reading found; formats that know only reports are given that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from retold.errors import RetoldError

if TYPE_CHECKING:
    from retold.types import Reading, Report

Written = str | bytes | Mapping[str, str]


class Output(StrEnum):
    """What a format is written to."""

    TEXT = "text"  # a file or a terminal
    PAGE = "page"  # text that nobody reads on a terminal
    BYTES = "bytes"  # a file alone
    FOLDER = "folder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: its name, the suffixes that choose it, and what writes it, as `module:function`.

    `reading` is empty where a reading is written as the report of its one article; a format that
    is not for both says so.
    """

    name: str
    about: str
    report: str = ""
    reading: str = ""
    suffixes: tuple[str, ...] = ()
    output: Output = Output.TEXT
    extra: str = ""
    is_for_reports: bool = True
    is_for_readings: bool = True


_EXPORT = "retold.showing.export"

FORMATS = (
    Format(
        name="text",
        about="for people, in a terminal",
        report="retold.showing.terminal:render",
        reading="retold.showing.terminal_reading:render",
        suffixes=(".txt",),
    ),
    Format(
        name="html",
        about="one page that needs no server",
        report="retold.showing.html:render",
        suffixes=(".html", ".htm"),
        output=Output.PAGE,
        is_for_readings=False,
    ),
    Format(
        name="json",
        about="the public format, with a schema",
        report=f"{_EXPORT}.json:encode",
        reading=f"{_EXPORT}.json:encode",
        suffixes=(".json",),
    ),
    Format(
        name="marked",
        about="the text with {q content}, {s source} and {c cue} in line",
        reading=f"{_EXPORT}.marked:encode",
        suffixes=(".marked",),
        is_for_reports=False,
    ),
    Format(
        name="csv",
        about="one table; --table chooses it",
        report=f"{_EXPORT}.csv:encode",
        suffixes=(".csv",),
    ),
    Format(
        name="xlsx",
        about="all tables as one workbook",
        report=f"{_EXPORT}.xlsx:encode",
        suffixes=(".xlsx",),
        output=Output.BYTES,
        extra="xlsx",
    ),
    Format(
        name="sqlite",
        about="all tables and texts as one database",
        report=f"{_EXPORT}.sqlite:encode",
        suffixes=(".sqlite", ".db"),
        output=Output.BYTES,
    ),
    Format(
        name="markdown",
        about="a dossier with a footnote to every place",
        report=f"{_EXPORT}.markdown:encode",
        suffixes=(".md",),
    ),
    Format(
        name="webannotation",
        about="W3C Web Annotations, JSON-LD",
        report=f"{_EXPORT}.webannotation:encode",
    ),
    Format(
        name="tei",
        about="TEI P5, with a critical apparatus",
        report=f"{_EXPORT}.tei:encode",
        suffixes=(".xml",),
    ),
    Format(
        name="brat",
        about="a folder that brat opens",
        report=f"{_EXPORT}.brat:encode",
        output=Output.FOLDER,
    ),
    Format(
        name="prov",
        about="who has it from whom, PROV-O as JSON-LD",
        report=f"{_EXPORT}.prov:encode",
    ),
    Format(
        name="schemaorg",
        about="schema.org Quotation and Claim, JSON-LD",
        report=f"{_EXPORT}.schemaorg:encode",
    ),
    Format(
        name="timelinejs",
        about="the timeline as TimelineJS reads it",
        report=f"{_EXPORT}.timelinejs:encode",
    ),
    Format(
        name="docbin",
        about="spaCy documents with the records in them",
        report=f"{_EXPORT}.docbin:encode",
        suffixes=(".spacy",),
        output=Output.BYTES,
        extra="spacy",
    ),
)
# of which `csv` writes one, the first unless told otherwise
TABLES = ("statements", "differences", "claims", "timeline", "variants", "wording")
NAMED: Mapping[str, Format] = {form.name: form for form in FORMATS}


def by_suffix(path: PurePath) -> str | None:
    """The name of the format that the suffix of a file chooses, None if it chooses none."""
    suffix = path.suffix.lower()
    return next((form.name for form in FORMATS if suffix in form.suffixes), None)


def write(record: Report | Reading, form: Format, **options: Any) -> Written:
    """What the format makes of the record.

    Args:
        options: what the writer of the format takes beside the record.

    Raises:
        RetoldError: a library is missing that the format needs.
    """
    from retold.types import Reading

    if isinstance(record, Reading):
        if form.reading:
            return _writer(form, form.reading)(record, **options)
        from retold.comparing import report

        record = report.compile((record,))
    return _writer(form, form.report)(record, **options)


def _writer(form: Format, path: str) -> Callable[..., Written]:
    module, _, function = path.partition(":")
    try:
        found: Callable[..., Written] = getattr(import_module(module), function)
    except ModuleNotFoundError as error:
        if not form.extra:
            raise
        raise RetoldError(
            f"the format {form.name} needs a library that is not installed ({error.name}).",
            hint=f"pip install 'retold[{form.extra}]'",
        ) from error
    return found
