"""Files and folders: what lies in them, found without reading it as an article yet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retold.errors import FormatError, RetoldError, SourceError
from retold.sources import metadata
from retold.sources.decoding import decode
from retold.sources.metadata import Metadata
from retold.types import Failure

LISTING = "articles.json"
TEXT_SUFFIXES = frozenset({".txt", ".text"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
JSON_SUFFIXES = frozenset({".json", ".jsonl", ".ndjson"})
SUFFIXES = TEXT_SUFFIXES | HTML_SUFFIXES | JSON_SUFFIXES
_HTML_SIGNS = ("<!doctype html", "<html", "<head", "<body", "<article", "<div", "<p>", "<p ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The characters of one article, not yet told apart, and what is known of it.

    `name` is what a message calls it; `notes` say what was left out.
    """

    name: str
    text: str
    is_html: bool
    known: Metadata
    notes: tuple[str, ...] = ()


def find(path: Path) -> Iterator[Content | Failure]:
    """What lies at `path`, in order: a file's own, or that of each file of a folder."""
    if not path.exists():
        raise SourceError(f"{path}: there is no such file.", hint="Check the name.")
    if path.is_dir():
        yield from _in_folder(path)
    else:
        yield from from_bytes(_bytes_of(path), name=str(path), path=path)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(
            f"{path}: it cannot be read ({error.strerror}).", hint="Check its permissions."
        ) from error


def _in_folder(folder: Path) -> Iterator[Content | Failure]:
    """The articles that `articles.json` names, else those of all files, by name."""
    if (folder / LISTING).is_file():
        yield from find(folder / LISTING)
        return
    files = [
        path
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and path.is_file()
    ]
    if not files:
        inner = next((p for p in sorted(folder.iterdir()) if p.is_dir()), None)
        raise SourceError(
            f"{folder}: no text, HTML or JSON file in this folder.",
            hint=f"Give one of its folders, such as {inner}."
            if inner
            else "Save the articles in it as text, HTML or JSON.",
        )
    for path in files:
        try:
            yield from find(path)
        except RetoldError as error:
            yield Failure(source=str(path), message=error.message, hint=error.hint)


def from_bytes(
    data: bytes, *, name: str, path: Path | None = None, charset: str | None = None
) -> Iterator[Content | Failure]:
    """The articles in `data`, by the suffix of `path` or else by its looks.

    Raises:
        SourceError: empty or no text.
        FormatError: JSON that is none.
    """
    text = decode(data, name=name, charset=charset)
    if not text.strip():
        raise SourceError(f"{name}: it is empty.", hint="Save the article again.")
    suffix = path.suffix.lower() if path else ""
    if suffix in JSON_SUFFIXES or (not suffix and text.lstrip()[0] in "[{"):
        yield from _from_json(text, name, path)
        return
    is_html = suffix in HTML_SUFFIXES or looks_like_html(text, strict=suffix in TEXT_SUFFIXES)
    known = Metadata(path=str(path) if path else None)
    yield Content(name=name, text=text, is_html=is_html, known=known)


def looks_like_html(text: str, *, strict: bool = False) -> bool:
    """True if `text` begins as a page does; `strict` asks for the head of a whole page."""
    head = text[:2000].lstrip("\ufeff \t\r\n").lower()
    if head.startswith(("<!doctype html", "<html", "<?xml")):
        return True
    return not strict and any(sign in head for sign in _HTML_SIGNS)


def _from_json(text: str, name: str, path: Path | None) -> Iterator[Content | Failure]:
    """The article of each row; a broken row is a failure and the rest goes on."""
    for at, row in _rows(text, name):
        place = f"{name}, article {at}"
        try:
            yield from _from_row(row, place, path)
        except RetoldError as error:
            yield Failure(source=place, message=error.message, hint=error.hint)


def _rows(text: str, name: str) -> Iterator[tuple[int, Any]]:
    """The rows of a JSON list, of `{"articles": [...]}`, of one object, or of JSON lines."""
    try:
        whole = json.loads(text)
    except ValueError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not lines[0].lstrip().startswith("{"):
            raise FormatError(
                f"{name}: this is not JSON ({error}).",
                hint="Give a list of articles, or one article a line.",
            ) from error
        yield from enumerate(map(_row_or_error, lines), start=1)
        return
    if isinstance(whole, Mapping):
        whole = whole.get("articles", [whole])
    if not isinstance(whole, list) or not whole:
        raise FormatError(f"{name}: no articles in it.", hint="Give a list of articles.")
    yield from enumerate(whole, start=1)


def _row_or_error(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        return error


def _from_row(row: Any, place: str, path: Path | None) -> Iterator[Content | Failure]:
    if isinstance(row, ValueError):
        raise FormatError(f"{place}: this line is not JSON ({row}).", hint="Mend the line.")
    if not isinstance(row, Mapping):
        raise FormatError(
            f"{place}: this is no article.", hint='Give {"text": …, "outlet": …, "published": …}.'
        )
    known, notes = metadata.of_row(row), _notes(row, place)
    if text := metadata.value_of(row, "text"):
        listed = Metadata(path=str(path) if path else None)
        yield _content(place, text, known.completed_by(listed), notes, is_html=False)
    elif html := metadata.value_of(row, "html"):
        listed = Metadata(path=str(path) if path else None)
        yield _content(place, html, known.completed_by(listed), notes, is_html=True)
    elif file := metadata.value_of(row, "file"):
        for found in find(_beside(file, path, place)):
            if isinstance(found, Content):
                yield _content(
                    found.name,
                    found.text,
                    known.completed_by(found.known),
                    notes + found.notes,
                    is_html=found.is_html,
                )
            else:
                yield found
    else:
        raise FormatError(
            f"{place}: it has no text.", hint='Each article needs "text", "html" or "file".'
        )


def _content(
    name: str, text: str, known: Metadata, notes: tuple[str, ...], *, is_html: bool
) -> Content:
    return Content(name=name, text=text, is_html=is_html, known=known, notes=notes)


def _notes(row: Mapping[str, Any], place: str) -> tuple[str, ...]:
    """What a row says that cannot be understood."""
    published = metadata.value_of(row, "published")
    if published is None or metadata.date_of(published):
        return ()
    return (f"{place}: the date {published!r} is not clear; write it as 2024-03-31.",)


def _beside(file: str, path: Path | None, place: str) -> Path:
    """The file that a listing names, which must lie in the folder of the listing."""
    folder = (path or Path()).resolve().parent if path else Path().resolve()
    found = (folder / file).resolve()
    if path and found == path.resolve():
        raise SourceError(f"{place}: {file} is the listing itself.", hint="Name another file.")
    if not found.is_relative_to(folder):
        raise SourceError(
            f"{place}: {file} lies outside the folder.", hint="Name a file beside the listing."
        )
    return (path.parent if path else Path()) / file
