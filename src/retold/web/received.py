"""What a reader sends: pasted text, files, addresses. None of it leads to a file of this machine.

Articles are only described here; they are made and read by the worker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retold import sources
from retold.errors import RetoldError, SourceError
from retold.sources import files, guard, rows
from retold.sources.contents import Content, Found
from retold.sources.decoding import decode
from retold.sources.metadata import Metadata
from retold.sources.rows import Named
from retold.types import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """The text of an article and what is known of it."""

    text: str
    known: Metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploaded:
    """A file, by the name that it had on the reader's machine."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The address of a page, to be fetched."""

    url: str


Received = Pasted | Uploaded | Address


def contents(received: Sequence[Received]) -> Iterator[Found]:
    """What was sent, not yet made into articles; what is broken is a failure, the rest goes on."""
    for number, each in enumerate(received, start=1):
        try:
            match each:
                case Pasted():
                    yield _pasted(each, f"pasted article {number}")
                case Uploaded():
                    yield from _uploaded(each)
                case Address():
                    guard.split(each.url)  # what is no web address never reaches the sources
                    yield from sources.contents(each.url)
        except RetoldError as error:
            name = each.name if isinstance(each, Uploaded) else getattr(each, "url", "")
            yield Failure(source=name, message=error.message, hint=error.hint)


def _pasted(each: Pasted, name: str) -> Content:
    is_html = files.looks_like_html(each.text, strict=True)
    return Content(name=name, text=each.text, is_html=is_html, known=each.known)


def _uploaded(each: Uploaded) -> Iterator[Found]:
    """The articles of a text, HTML, JSON or JSON-lines file."""
    text = decode(each.data, name=each.name)
    if not text.strip():
        raise SourceError(f"{each.name}: it is empty.", hint="Save the article again.")
    if text.lstrip()[0] not in "[{":
        known = Metadata(path=each.name)
        is_html = files.looks_like_html(text)
        yield Content(name=each.name, text=text, is_html=is_html, known=known)
        return
    for found in rows.of_text(text, name=each.name):
        if isinstance(found, Named):
            yield Failure(
                source=found.place,
                message=f"{found.place}: it names a file, and only what is sent is read.",
                hint="Send the file itself, or the text in the row.",
            )
        else:
            yield found
