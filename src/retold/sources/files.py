"""Files and folders: what lies in them, found without reading it as an article yet."""

from __future__ import annotations

import gzip
import itertools
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, cast

from retold.errors import RetoldError, SourceError
from retold.sources import feed, rows
from retold.sources.contents import Content, Found
from retold.sources.decoding import decode
from retold.sources.metadata import Fields, Metadata
from retold.sources.rows import Named
from retold.types import Failure

LISTING = "articles.json"
TEXT_SUFFIXES = frozenset({".txt", ".text"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
LINES_SUFFIXES = frozenset({".jsonl", ".ndjson"})
JSON_SUFFIXES = LINES_SUFFIXES | {".json", ".ninjs"}
# Not looked for in folders: retold's own tables lie there.
TABLE_SUFFIXES = frozenset({".csv", ".tsv"})
FEED_SUFFIXES = frozenset({".xml", ".rss", ".atom"})
CRAWL_SUFFIXES = frozenset({".warc", ".wacz"})
SUFFIXES = TEXT_SUFFIXES | HTML_SUFFIXES | JSON_SUFFIXES | FEED_SUFFIXES | CRAWL_SUFFIXES
_PACKED = frozenset({".gz"})
_HTML_SIGNS = ("<!doctype html", "<html", "<head", "<body", "<article", "<div", "<p>", "<p ")


def find(path: Path, *, fields: Fields | None = None) -> Iterator[Found]:
    """What lies at `path`, in order: a file's own, or that of each file of a folder.

    Files that hold many articles are read as they are asked for, one article in memory at a time.
    """
    if not path.exists():
        raise SourceError(f"{path}: there is no such file.", hint="Check the name.")
    if path.is_dir():
        yield from _in_folder(path, fields)
        return
    try:
        yield from _in_file(path, fields)
    except (OSError, EOFError, zlib.error) as error:
        raise _unreadable(path, error) from error


def _in_file(path: Path, fields: Fields | None) -> Iterator[Found]:
    suffix, is_packed = _kind(path)
    name = str(path)
    if suffix in CRAWL_SUFFIXES:
        from retold.sources import wacz, warc  # few runs need them

        yield from (warc if suffix == ".warc" else wacz).find(path)
    elif suffix in LINES_SUFFIXES:
        with _opened(path, is_packed) as file:
            yield from from_stream(file, name=name, path=path, fields=fields)
    else:
        data = path.read_bytes()
        yield from from_bytes(data, name=name, path=path, fields=fields)


def _opened(path: Path, is_packed: bool) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path)) if is_packed else path.open("rb")


def _kind(path: Path) -> tuple[str, bool]:
    """The suffix that says what the file is, and whether it is packed."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    if suffixes[-1:] and suffixes[-1] in _PACKED:
        return (suffixes[0] if len(suffixes) == 2 else ""), True
    return (suffixes[-1] if suffixes else ""), False


def _in_folder(folder: Path, fields: Fields | None) -> Iterator[Found]:
    """The articles that `articles.json` names, else those of all files, by name."""
    if (folder / LISTING).is_file():
        yield from find(folder / LISTING, fields=fields)
        return
    files = [
        path
        for path in sorted(folder.iterdir())
        if _kind(path)[0] in SUFFIXES and not path.name.startswith(".") and path.is_file()
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
            yield from find(path, fields=fields)
        except RetoldError as error:
            yield Failure(source=str(path), message=error.message, hint=error.hint)


def from_stream(
    file: IO[bytes], *, name: str, path: Path | None = None, fields: Fields | None = None
) -> Iterator[Found]:
    """The articles in `file`: JSON lines as they come, anything else as a whole.

    Raises:
        SourceError, FormatError: as `from_bytes`.
    """
    first = file.readline(rows.MAX_LINE_BYTES + 1)
    if rows.is_object(first):
        each = itertools.chain((first,), rows.lines(file))
        yield from _named(rows.of_lines(each, name=name, path=path, fields=fields), path)
    else:
        yield from from_bytes(first + file.read(), name=name, path=path, fields=fields)


def from_bytes(
    data: bytes, *, name: str, path: Path | None = None, fields: Fields | None = None
) -> Iterator[Found]:
    """The articles in `data`, by the suffix of `path` or else by its looks.

    Raises:
        SourceError: empty or no text.
        FormatError: JSON that is none, a table without articles.
    """
    if feed.is_feed(data):
        yield from feed.find(data, name=name, path=path)
        return
    text = decode(data, name=name)
    if not text.strip():
        raise SourceError(f"{name}: it is empty.", hint="Save the article again.")
    suffix = _kind(path)[0] if path else ""
    if suffix in JSON_SUFFIXES or (not suffix and text.lstrip()[0] in "[{"):
        yield from _named(rows.of_text(text, name=name, path=path, fields=fields), path)
        return
    if suffix in TABLE_SUFFIXES:
        yield from _named(rows.of_table(text, name=name, path=path, fields=fields), path)
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


# --- files that a listing names -------------------------------------------------------------------


def _named(found: Iterable[Found | Named], path: Path | None) -> Iterator[Found]:
    """`found`, with what lies in the files that are named there in place of their names."""
    for each in found:
        if not isinstance(each, Named):
            yield each
            continue
        try:
            for inner in find(_beside(each, path)):
                yield _completed(inner, each.known) if isinstance(inner, Content) else inner
        except RetoldError as error:
            yield Failure(source=each.place, message=error.message, hint=error.hint)


def _completed(content: Content, known: Metadata) -> Content:
    """`content` with what its listing says of it, which counts first."""
    return Content(
        name=content.name,
        text=content.text,
        is_html=content.is_html,
        known=known.completed_by(content.known),
    )


def _beside(named: Named, path: Path | None) -> Path:
    """The file that a listing names, which must lie in the folder of the listing."""
    folder = (path or Path()).resolve().parent if path else Path().resolve()
    found = (folder / named.file).resolve()
    if path and found == path.resolve():
        raise SourceError(
            f"{named.place}: {named.file} is the listing itself.", hint="Name another file."
        )
    if not found.is_relative_to(folder):
        raise SourceError(
            f"{named.place}: {named.file} lies outside the folder.",
            hint="Name a file beside the listing.",
        )
    return (path.parent if path else Path()) / named.file


def _unreadable(path: Path, error: Exception) -> SourceError:
    if isinstance(error, OSError) and error.strerror:
        return SourceError(
            f"{path}: it cannot be read ({error.strerror}).", hint="Check its permissions."
        )
    return SourceError(f"{path}: it is damaged ({error}).", hint="Copy or download it again.")
