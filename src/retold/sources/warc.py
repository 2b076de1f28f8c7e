"""WARC files, of crawls and of single visits: their pages, one at a time, and what is wrong with
the rest.

Read here and not by a library: those looked at (warcio 1.8, fastwarc 2.0) end at the first damaged
record, and warcio holds a header of any length in memory. What is damaged costs its record, and
reading goes on at the next.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import IO

from retold.errors import FormatError, RetoldError, SourceError
from retold.sources import unpacking
from retold.sources.contents import Content, Found, Note
from retold.sources.decoding import decode
from retold.sources.members import Member, members
from retold.sources.metadata import Metadata
from retold.types import Failure

# web servers refuse headers of more than 8 to 64 kB
MAX_HEAD_BYTES = 65_536
MAX_BLOCK_BYTES = unpacking.MAX_BYTES + MAX_HEAD_BYTES
# A file with more is no crawl with an accident, and each may cost the search for the next.
MAX_DAMAGED = 1_000
_VERSION = re.compile(rb"WARC/\d")
_STATUS = re.compile(rb"HTTP/[\d.]+ +(\d{3})\b")
_CHUNK = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_OTHER, _FAILED, _AGAIN = "no pages", "redirects or errors", "visits that found nothing new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record: its headers by their names in small letters, and of its block as many bytes as a
    page may have."""

    headers: Mapping[str, str]
    block: bytes
    is_whole: bool

    @property
    def url(self) -> str:
        return self.headers.get("warc-target-uri", "").strip("<>")


def find(path: Path) -> Iterator[Found]:
    """The pages in the WARC file at `path`, in order; last a note on what was passed over.

    Raises:
        SourceError: no record in it.
    """
    with path.open("rb") as file:
        yield from in_file(file, name=str(path), path=path, size=path.stat().st_size)


def in_file(file: IO[bytes], *, name: str, path: Path, size: int) -> Iterator[Found]:
    """The pages in an open WARC file of `size` bytes, which can go back to its start.

    Raises:
        SourceError: no record in it.
    """
    passed: Counter[str] = Counter()
    count = 0
    for record in _records(file, name, size):
        count += 1
        if isinstance(record, Failure):
            yield record
            continue
        try:
            yield from _page(record, path, passed)
        except RetoldError as error:
            source = f"{name}, {record.url}"
            yield Failure(source=source, message=f"{name}: {error.message}", hint=error.hint)
    if not count:
        raise SourceError(f"{name}: no record in it.", hint="Give a WARC file.")
    if passed:
        kinds = ", ".join(f"{number:,} {kind}" for kind, number in sorted(passed.items()))
        yield Note(f"{name}: of its {count:,} records {kinds} were passed over.")


# --- records --------------------------------------------------------------------------------------


def _records(file: IO[bytes], name: str, size: int) -> Iterator[Record | Failure]:
    """The records in order; each that is damaged is a failure."""
    number = damaged = 0
    for member in members(file, size=size):
        while _is_more(member):
            number += 1
            try:
                yield _record(member)
            except FormatError as error:
                damaged += 1
                place = f"{name}, record {number}"
                yield Failure(source=place, message=f"{place}: {error.message}.", hint=error.hint)
                if damaged == MAX_DAMAGED:
                    yield _too_damaged(name)
                    return
                if not _is_passed(member):
                    break


def _too_damaged(name: str) -> Failure:
    return Failure(
        source=name,
        message=f"{name}: {MAX_DAMAGED:,} records are damaged; the rest was not read.",
        hint="Copy or download the file again.",
    )


def _is_more(member: Member) -> bool:
    """True if a record, sound or not, stands behind the blank lines here."""
    try:
        while (ahead := member.peek(2)) and ahead[:1] in b"\r\n":
            member.read(1)
    except FormatError:
        return True  # what is wrong here is told by the record
    return bool(ahead)


def _record(member: Member) -> Record:
    """The next record.

    Raises:
        FormatError: it is none, or not what it claims to be.
    """
    headers = _headers(member)
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdecimal() and len(length) < 16):
        raise FormatError("it does not say its length")
    size = int(length)
    if member.left is not None and size > member.left:
        raise FormatError("it claims more bytes than the file has")
    block = member.read(min(size, MAX_BLOCK_BYTES))
    passed = member.skip(size - MAX_BLOCK_BYTES) if size > MAX_BLOCK_BYTES else 0
    if len(block) + passed < size:
        raise FormatError("it is cut short")
    if not _is_end(member.peek(64)):
        if not passed:
            member.back(block)
        raise FormatError("it is not as long as it says")
    member.found()
    return Record(headers=headers, block=block, is_whole=not passed)


def _is_end(ahead: bytes) -> bool:
    """True for what may stand behind a record: two line ends, the next record, or nothing."""
    following = ahead.lstrip(b"\r\n")
    return ahead.startswith(b"\r\n\r\n") or not following or bool(_VERSION.match(following))


def _headers(member: Member) -> dict[str, str]:
    if not _VERSION.match(member.line(MAX_HEAD_BYTES)):
        raise FormatError("it does not begin as a record does", hint="Is this a WARC file?")
    headers: dict[str, str] = {}
    left = MAX_HEAD_BYTES
    while (line := member.line(left)).strip():
        left -= len(line)
        if left <= 0 or not line.endswith(b"\n"):
            raise FormatError("its head has no end")
        field, _, value = line.decode("utf-8", "replace").partition(":")
        headers.setdefault(field.strip().lower(), value.strip())
    return headers


def _is_passed(member: Member) -> bool:
    """True if another record was found in the member, False at the end of what can be read."""
    is_start = True
    try:
        while not member.is_damaged and (ahead := member.peek(8)):
            if is_start and _VERSION.match(ahead):
                return True
            is_start = member.line(MAX_HEAD_BYTES).endswith(b"\n")
    except FormatError:
        pass  # told already, or what follows the failure that was
    return False


# --- pages ----------------------------------------------------------------------------------------


def _page(record: Record, path: Path, passed: Counter[str]) -> Iterator[Found]:
    """The page in a record, if it is one; else it is counted in `passed`.

    Raises:
        RetoldError: the page cannot be read.
    """
    kind = record.headers.get("warc-type", "").lower()
    if kind == "revisit":
        passed[_AGAIN] += 1
    if kind not in ("response", "resource") or not record.url.startswith(("http://", "https://")):
        return
    head, body = (b"", record.block) if kind == "resource" else _parted(record)
    message = _message(head)
    if kind == "resource":
        message["Content-Type"] = record.headers.get("content-type", "")
    elif not (status := _STATUS.match(head)) or status[1] != b"200":
        passed[_FAILED] += 1
        return
    if "Content-Type" not in message or message.get_content_type() not in _PAGES:
        passed[_OTHER] += 1
        return
    if not record.is_whole:
        raise SourceError(
            f"{record.url}: it is larger than {unpacking.MAX_BYTES // 1_000_000} MB.",
            hint="Save the article's text to a file and give that.",
        )
    if "warc-truncated" in record.headers:
        yield Note(f"{record.url}: only its beginning was archived.")
    yield Content(
        name=record.url,
        text=decode(
            _payload(body, message, record.url),
            name=record.url,
            charset=message.get_content_charset(),
        ),
        is_html=True,
        known=Metadata(url=record.url, path=str(path)),
    )


def _parted(record: Record) -> tuple[bytes, bytes]:
    """The head and the body of an answer of a server."""
    block = record.block
    ends = [
        (at, at + len(end))
        for end in (b"\r\n\r\n", b"\n\n")
        if (at := block.find(end, 0, MAX_HEAD_BYTES)) >= 0
    ]
    if not ends:
        raise FormatError(f"{record.url}: its head has no end.")
    at, start = min(ends)
    return block[:at], block[start:]


def _message(head: bytes) -> Message:
    """The headers of a server's answer, the first of those that are there twice."""
    message = Message()
    for line in head.splitlines()[1:]:
        field, _, value = line.decode("latin-1").partition(":")
        if field.strip() and field.strip() not in message:
            message[field.strip()] = "".join(c for c in value.strip() if c.isprintable())
    return message


def _payload(body: bytes, message: Message, name: str) -> bytes:
    """The page as its author wrote it.

    Crawlers that store a page unpacked leave the headers that say how it was packed.
    """
    if str(message.get("Transfer-Encoding", "")).lower().endswith("chunked"):
        body = _joined(body)
    coding = str(message.get("Content-Encoding", ""))
    if body.lstrip()[:1] == b"<":
        coding = "identity"
    return unpacking.limited(unpacking.unpacked(_slices(body), coding, name), name)


def _joined(body: bytes) -> bytes:
    """The chunks of `body` joined; `body` itself where it is not in chunks."""
    joined, at = bytearray(), 0
    while found := _CHUNK.match(body, at):
        size = int(found[1], 16)
        if not size:
            break
        joined += body[found.end() : found.end() + size]
        at = found.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1
    return bytes(joined) or body


def _slices(data: bytes) -> Iterator[bytes]:
    size = unpacking.CHUNK_BYTES
    return (data[at : at + size] for at in range(0, len(data), size))
