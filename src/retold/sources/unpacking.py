"""What was packed for the way, unpacked little by little: a small answer may hold a page without
an end, so nothing is unpacked that was not asked for."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from retold.errors import SourceError

CHUNK_BYTES = 65_536
MAX_BYTES = 10_000_000
_BROTLI = "pip install 'retold[warc]'"


def limited(chunks: Iterable[bytes], name: str) -> bytes:
    """The chunks as one.

    Raises:
        SourceError: they are more than any page has.
    """
    held = bytearray()
    for chunk in chunks:
        held += chunk
        if len(held) > MAX_BYTES:
            raise SourceError(
                f"{name}: it is larger than {MAX_BYTES // 1_000_000} MB.",
                hint="Save the article's text to a file and give that.",
            )
    return bytes(held)


def unpacked(chunks: Iterable[bytes], coding: str, name: str) -> Iterator[bytes]:
    """The chunks as they were before `coding`, at most `CHUNK_BYTES` at a time.

    Args:
        coding: of HTTP: identity, gzip, deflate or br.

    Raises:
        SourceError: damaged, cut short, or packed in a way that is not known.
    """
    coding = coding.strip().lower()
    if coding in ("", "identity"):
        yield from chunks
        return
    try:
        if coding in ("gzip", "x-gzip"):
            yield from _members(chunks, lambda: zlib.decompressobj(zlib.MAX_WBITS | 16))
        elif coding == "deflate":
            yield from _deflated(chunks)
        elif coding == "br":
            yield from _brotli(chunks, name)
        else:
            raise SourceError(f"{name}: it is packed as {coding}, which is not known.")
    except (zlib.error, EOFError) as error:
        raise SourceError(
            f"{name}: its content is damaged ({error}).", hint="Fetch or save it again."
        ) from error


def _members(chunks: Iterable[bytes], new: Callable[[], Any]) -> Iterator[bytes]:
    """The members of a zlib stream one after the other; a gzip file may have several.

    Raises:
        EOFError: it ends before it is done.
    """
    unpacker = new()
    is_begun = False
    for chunk in chunks:
        packed = chunk
        while packed:
            if unpacker.eof:
                if not packed.strip(b"\0"):
                    break  # padding after the last member
                unpacker = new()
            is_begun = True
            yield unpacker.decompress(packed, CHUNK_BYTES)
            packed = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    while is_begun and not unpacker.eof:
        rest = unpacker.decompress(unpacker.unconsumed_tail, CHUNK_BYTES)
        if not rest:
            raise EOFError("it is cut short")
        yield rest


def _deflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Deflate with its header, as the standard says, or without, as some servers send it."""
    each = iter(chunks)
    first = next(each, b"")
    has_header = len(first) > 1 and first[0] & 15 == 8 and int.from_bytes(first[:2]) % 31 == 0
    bits = zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS

    def all_chunks() -> Iterator[bytes]:
        yield first
        yield from each

    yield from _members(all_chunks(), lambda: zlib.decompressobj(bits))


def _brotli(chunks: Iterable[bytes], name: str) -> Iterator[bytes]:
    try:
        import brotli
    except ImportError as error:
        raise SourceError(f"{name}: it is packed with Brotli.", hint=f"Run {_BROTLI}.") from error
    unpacker = brotli.Decompressor()
    try:
        for chunk in chunks:
            yield unpacker.process(chunk, output_buffer_limit=CHUNK_BYTES)
            while not unpacker.can_accept_more_data():
                yield unpacker.process(b"", output_buffer_limit=CHUNK_BYTES)
    except brotli.error as error:
        raise zlib.error(str(error)) from error
    if not unpacker.is_finished():
        raise EOFError("it is cut short")
