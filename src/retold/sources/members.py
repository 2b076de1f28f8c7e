"""The members of a file of records: each gzip member, or the whole of a file that is not packed.

Nothing is held but what is being looked at, however long the file or its lines are.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import IO

from retold.errors import FormatError

CHUNK_BYTES = 16_384
# No record of a crawl is larger; what claims to be is not unpacked to the end.
MAX_RECORD_BYTES = 2_000_000_000
_MAGIC = b"\x1f\x8b\x08"
_PADDING = b"\0\r\n"


class Member:
    """Bytes that are read once from start to end, with a look ahead.

    What is damaged raises whenever it is asked for.
    """

    def __init__(self, chunks: Iterator[bytes], *, size: int | None = None) -> None:
        self._chunks = chunks
        self._damage: FormatError | None = None
        self._held = bytearray()
        self._left = size
        self._since = 0  # bytes since the last record that was sound

    @property
    def left(self) -> int | None:
        """How many bytes are still to be read, None if nobody can know."""
        return self._left

    @property
    def is_damaged(self) -> bool:
        """True once damage was met: nothing can be read behind it."""
        return self._damage is not None

    def peek(self, size: int) -> bytes:
        """The next bytes, fewer at the end.

        Raises:
            FormatError: the bytes are damaged.
        """
        while len(self._held) < size and (chunk := self._next()):
            self._held += chunk
        return bytes(self._held[:size])

    def read(self, size: int) -> bytes:
        """The next bytes, fewer at the end.

        Raises:
            FormatError: the bytes are damaged, or more than any record has.
        """
        found = self.peek(size)
        del self._held[: len(found)]
        self._count(len(found))
        return found

    def line(self, limit: int) -> bytes:
        """The next line with its end, or as much of it as the limit allows."""
        while (end := self._held.find(b"\n", 0, limit)) < 0 and len(self._held) < limit:
            if not (chunk := self._next()):
                break
            self._held += chunk
        return self.read(end + 1 if end >= 0 else min(limit, len(self._held)))

    def skip(self, size: int) -> int:
        """The number of bytes that were passed over, fewer at the end."""
        start = size
        while size and (passed := len(self.read(min(size, CHUNK_BYTES)))):
            size -= passed
        return start - size

    def back(self, data: bytes) -> None:
        """Give back bytes that were read last."""
        self._held[:0] = data
        self._count(-len(data))

    def found(self) -> None:
        """A sound record ends here."""
        self._since = 0

    def _next(self) -> bytes:
        if self._damage:
            raise self._damage
        try:
            return next(self._chunks, b"")
        except FormatError as error:
            self._damage = error
            raise

    def _count(self, size: int) -> None:
        if self._left is not None:
            self._left -= size
        self._since += size
        if self._since > MAX_RECORD_BYTES:
            raise FormatError(f"it holds more than {MAX_RECORD_BYTES // 1_000_000_000} GB")


def members(file: IO[bytes], *, size: int) -> Iterator[Member]:
    """The members of `file` in order, each to be read before the next is asked for.

    What of a member is damaged raises where it is read; the next sound one comes all the same.
    """
    start, held = 0, file.read(CHUNK_BYTES)
    if not held.startswith(_MAGIC[:2]):
        file.seek(0)
        yield Member(iter(lambda: file.read(CHUNK_BYTES), b""), size=size)
        return
    while held:
        packed = _Packed(file, held)
        yield Member(packed.chunks)
        if packed.is_passed():
            held = packed.rest.lstrip(_PADDING)
            while not held and (chunk := file.read(CHUNK_BYTES)):
                held = chunk.lstrip(_PADDING)
            start = file.tell() - len(held)
        else:
            start, held = _next(file, start + 1)


class _Packed:
    """One gzip member: `rest` is what was read of the file behind it."""

    def __init__(self, file: IO[bytes], held: bytes) -> None:
        self.chunks = self._unpacked(file, held)
        self.rest = b""
        self._is_whole = False

    def is_passed(self) -> bool:
        """True if all of it could be unpacked, also what nobody has read."""
        passed = 0
        try:
            for chunk in self.chunks:
                passed += len(chunk)
                if passed > MAX_RECORD_BYTES:
                    return False
        except FormatError:
            return False
        return self._is_whole

    def _unpacked(self, file: IO[bytes], held: bytes) -> Iterator[bytes]:
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        packed = held
        try:
            while True:
                chunk = unpacker.decompress(packed, CHUNK_BYTES)
                if chunk:
                    yield chunk
                if unpacker.eof:
                    break
                packed = unpacker.unconsumed_tail or file.read(CHUNK_BYTES)
                if not packed and not chunk:
                    raise FormatError("it is cut short")
        except zlib.error as error:
            raise FormatError(f"it is damaged ({error})") from error
        self.rest = unpacker.unused_data
        self._is_whole = True


def _next(file: IO[bytes], start: int) -> tuple[int, bytes]:
    """Where the next member may begin, at or behind `start`, and the bytes from there."""
    file.seek(start)
    held, at = b"", start
    while chunk := file.read(CHUNK_BYTES):
        held += chunk
        if (found := held.find(_MAGIC)) >= 0:
            return at + found, held[found:]
        kept = held[-len(_MAGIC) + 1 :]
        at += len(held) - len(kept)
        held = kept
    return at, b""
