"""Bytes to text: byte order marks, charsets declared and undeclared, and what is no text at all."""

from __future__ import annotations

import codecs
import re

from retold.errors import SourceError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FORMATS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"SQLite format 3", "a database"),
)
_META = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# ISO 8859-1 on a web page means its superset: the HTML standard says so.
_MEANS = {"iso8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252"}


def decode(data: bytes, *, name: str, charset: str | None = None) -> str:
    """`data` as text: by its byte order mark, as UTF-8, by the declared charset, as Windows-1252.

    Args:
        charset: what the server says; a page's own declaration is read from its first bytes.

    Raises:
        SourceError: what looks like no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    _refuse_binary(data, name)
    if b"\0" in data[:4096]:
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass  # one of the next is right, or the best there is
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if sum(c > "\x7f" for c in text) - broken > 2 * broken:
        return text
    return data.decode(_declared(data, charset) or "cp1252", "replace")


def _refuse_binary(data: bytes, name: str) -> None:
    """Raises what a file is when it is not text; a few stray control characters are let pass."""
    for magic, kind in _FORMATS:
        if data.startswith(magic):
            raise SourceError(
                f"{name}: this is {kind}, not text.",
                hint="Save the article as text or HTML first.",
            )
    head = data[:4096]
    if _is_utf16(head):
        return
    if len(_CONTROL.findall(head)) * 50 > len(head):
        raise SourceError(
            f"{name}: this is a binary file, not text.",
            hint="Give a text, HTML or JSON file, a folder of them, or an address.",
        )


def _is_utf16(head: bytes) -> bool:
    """True for text with a zero byte at every other place: UTF-16 without its mark."""
    zeros = (head[0::2].count(0), head[1::2].count(0))
    return len(head) >= 4 and max(zeros) * 10 > len(head) * 3 and min(zeros) * 20 < len(head)


def _declared(data: bytes, charset: str | None) -> str | None:
    """The charset that the server or else the page declares, if Python knows it as text."""
    found = _META.search(data[:4096])
    for label in (charset, found and found[1].decode("ascii", "replace")):
        if not label:
            continue
        try:
            encoding = codecs.lookup(label).name
            "".encode(encoding)
        except LookupError:
            continue
        if encoding != "utf-8":
            return _MEANS.get(encoding, encoding)
    return None
