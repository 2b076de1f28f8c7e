"""Rows to articles: of JSON lists, objects, JSON lines of any length, and tables, with any names of
fields."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from retold import reviews
from retold.errors import FormatError, RetoldError
from retold.sources import metadata, ninjs
from retold.sources.contents import Checked, Content, Found, Note
from retold.sources.decoding import decode
from retold.sources.metadata import Fields, Metadata
from retold.types import Failure

# As much as a page from the web may have; a longer line is no article.
MAX_LINE_BYTES = 10_000_000
_TEXTS = ("text", "html", "file")  # one of which every article has


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A row that names a file in place of a text."""

    file: str
    place: str
    known: Metadata


def of_text(
    text: str, *, name: str, path: Path | None = None, fields: Fields | None = None
) -> Iterator[Found | Named]:
    """What each row of `text` gives; a broken row is a failure and the rest goes on.

    Raises:
        FormatError: no JSON at all.
    """
    for at, row in enumerate(_rows(text, name), start=1):
        yield from _of_row(row, f"{name}, article {at}", path, fields or {})


def of_lines(
    lines: Iterable[bytes | None],
    *,
    name: str,
    path: Path | None = None,
    fields: Fields | None = None,
) -> Iterator[Found | Named]:
    """What each line gives, one in memory at a time; None is a line that is too long."""
    for at, line in enumerate(lines, start=1):
        place = f"{name}, article {at}"
        yield from _of_row(_row_of(line, place), place, path, fields or {})


def of_table(
    text: str, *, name: str, path: Path | None = None, fields: Fields | None = None
) -> Iterator[Found | Named]:
    """What each row of a table gives whose first row names the columns, in whatever case.

    Raises:
        FormatError: no table, or none of its columns is the text of an article.
    """
    csv.field_size_limit(MAX_LINE_BYTES)
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restval="")
    try:
        head = _in_any_case({column: column for column in table.fieldnames or ()})
        if not any(metadata.value_of(metadata.renamed(head, fields or {}), f) for f in _TEXTS):
            raise FormatError(
                f"{name}: none of its columns is the text of an article.", hint=_hint(fields or {})
            )
        for at, row in enumerate(table, start=1):
            yield from _of_row(_in_any_case(row), f"{name}, article {at}", path, fields or {})
    except csv.Error as error:
        raise FormatError(f"{name}: this is no table ({error}).", hint="Save it again.") from error


def _in_any_case(row: Mapping[str, Any]) -> dict[str, Any]:
    """The cells under the names of their columns, and under these in small letters."""
    named = {column.strip(): cell for column, cell in row.items() if column}
    return {column.lower(): cell for column, cell in named.items()} | named


def fields_of(pairs: Iterable[str]) -> dict[str, str]:
    """The fields that `title=headline` and the like name, and where a row has them.

    Raises:
        FormatError: a pair that is none, or a field that articles have not.
    """
    fields: dict[str, str] = {}
    for pair in pairs:
        field, _, path = (part.strip() for part in pair.partition("="))
        if field not in metadata.FIELDS or not path:
            raise FormatError(
                f"{pair!r} maps no field.",
                hint=f"Write FIELD=NAME; the fields are {', '.join(metadata.FIELDS)}.",
            )
        fields[field] = path
    return fields


# --- rows -----------------------------------------------------------------------------------------


def _rows(text: str, name: str) -> Iterator[Any]:
    """The rows of a JSON list, of `{"articles": [...]}`, of one object, or of JSON lines."""
    try:
        whole = _parsed(text)
    except ValueError as error:
        lines = [line for line in text.split("\n") if line.strip()]
        if len(lines) < 2 or not lines[0].lstrip().startswith("{"):
            raise FormatError(
                f"{name}: this is not JSON ({error}).",
                hint="Give a list of articles, or one article a line.",
            ) from error
        yield from map(_row_or_error, lines)
        return
    if isinstance(whole, Mapping):
        whole = whole.get("articles", whole.get("_items", [whole]))
    if not isinstance(whole, list) or not whole:
        raise FormatError(f"{name}: no articles in it.", hint="Give a list of articles.")
    yield from whole


def _parsed(text: str) -> Any:
    """The value that `text` holds; what is nested without end is no JSON for us."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _row_or_error(line: str) -> Any:
    try:
        return _parsed(line)
    except ValueError as error:
        return error


def _row_of(line: bytes | None, place: str) -> Any:
    if line is None:
        return ValueError(f"longer than {MAX_LINE_BYTES // 1_000_000} MB")
    try:
        return _row_or_error(decode(line, name=place))
    except RetoldError as error:
        return error


def _of_row(row: Any, place: str, path: Path | None, fields: Fields) -> Iterator[Found | Named]:
    try:
        yield from _told_by(row, place, path, fields)
    except RetoldError as error:
        yield Failure(source=place, message=error.message, hint=error.hint)


def _told_by(row: Any, place: str, path: Path | None, fields: Fields) -> Iterator[Found | Named]:
    if isinstance(row, RetoldError):
        raise row
    if isinstance(row, ValueError):
        raise FormatError(f"{place}: this line is not JSON ({row}).", hint="Mend the line.")
    if not isinstance(row, Mapping):
        raise FormatError(
            f"{place}: this is no article.", hint='Give {"text": …, "outlet": …, "published": …}.'
        )
    if ninjs.is_item(row):
        row = ninjs.flattened(row)
    row = metadata.renamed(row, fields)
    known = metadata.of_row(row)
    listed = known.completed_by(Metadata(path=str(path) if path else None))
    published = metadata.value_of(row, "published")
    if published and known.published is None:
        yield Note(f"{place}: the date {published!r} is not clear; write it as 2024-03-31.")
    if text := metadata.value_of(row, "text"):
        yield Content(name=place, text=text, known=listed, is_html=False)
    elif html := metadata.value_of(row, "html"):
        yield Content(name=place, text=html, known=listed, is_html=True)
    elif file := metadata.value_of(row, "file"):
        yield Named(file=file, place=place, known=known)
    elif checked := reviews.found_in(row):
        yield from (Checked.of(place, review) for review in checked)
    else:
        raise FormatError(f"{place}: it has no text.", hint=_hint(fields))


def _hint(fields: Fields) -> str:
    if "text" in fields or "html" in fields:
        return "Check the name that the text is mapped to."
    return 'Each article needs "text", "html" or "file"; other names are given with --map.'


# --- lines ----------------------------------------------------------------------------------------


def lines(file: IO[bytes]) -> Iterator[bytes | None]:
    """The lines of `file` that are not blank, None for one that is too long to be read."""
    while line := file.readline(MAX_LINE_BYTES + 1):
        if len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
            while (rest := file.readline(MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield None
        elif line.strip():
            yield line


def is_object(line: bytes) -> bool:
    """True for a line that holds one whole JSON object."""
    try:
        return isinstance(_parsed(line.decode("utf-8-sig", "replace")), Mapping)
    except ValueError:
        return False
