"""A reading as the rows of an archive, and back: the same record, nothing lost."""

from __future__ import annotations

import datetime as dt
import re
import struct
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec

from retold.comparing.units import VECTOR_SIZE
from retold.errors import StoreError
from retold.spans import cut, hull
from retold.types import (
    Article,
    Attribution,
    Mention,
    Passage,
    Reading,
    Speaker,
    TimeExpression,
)

GAP = " … "  # between the pieces of a content
PART_ROWS = 32  # vectors that are unpacked without the others of their article
PART_BYTES = PART_ROWS * VECTOR_SIZE
HEADER_BYTES = 2  # of what zlib makes
# what a link carries to tell where a reader came from; it names no other article
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|cmpid|smid")


def pack(reading: Reading) -> bytes:
    """All of a reading but its text and vectors, which have columns of their own."""
    held: dict[str, Any] = msgspec.to_builtins(reading, builtin_types=(bytes,))
    del held["vectors"], held["article"]["text"]
    return zlib.compress(msgspec.msgpack.encode(held))


def unpack(text: str, packed: bytes, vectors: bytes) -> Reading:
    """The reading that `pack` was given.

    Raises:
        StoreError: the bytes are no reading.
    """
    try:
        held = msgspec.msgpack.decode(zlib.decompress(packed), type=_Packed)
        own = {"article": _article(held.article, text), "vectors": unpack_vectors(vectors)}
        return Reading(**(msgspec.structs.asdict(held) | own))
    except (zlib.error, msgspec.MsgspecError) as error:
        raise _undecodable(error) from error


class _Packed(msgspec.Struct):
    """A reading without its text and vectors."""

    article: dict[str, Any]
    model: str
    attributions: tuple[Attribution, ...]
    speakers: tuple[Speaker, ...]
    mentions: tuple[Mention, ...]
    times: tuple[TimeExpression, ...]
    passages: tuple[Passage, ...]
    notes: tuple[str, ...] = ()


def _article(held: dict[str, Any], text: str) -> Article:
    return msgspec.convert(held | {"text": text}, Article)


def _undecodable(error: Exception) -> StoreError:
    return StoreError(
        f"a reading in the archive cannot be decoded ({error}).",
        hint="`retold check` says which; add its article again.",
    )


class _Named(msgspec.Struct):
    id: str
    name: str


class _Hop(msgspec.Struct):
    speaker_id: str


class _Said(msgspec.Struct):
    id: str
    chain: tuple[_Hop, ...]


class _Part(msgspec.Struct):
    """What a passage needs of a reading: a tenth of the time of all of it."""

    article: dict[str, Any]
    speakers: tuple[_Named, ...]
    attributions: tuple[_Said, ...]
    passages: tuple[msgspec.Raw, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passages:
    """An article with its passages, packed, and the chain of names of each attribution, by its
    id."""

    article: Article
    packed: tuple[msgspec.Raw, ...]
    chains: dict[str, tuple[str, ...]]

    def passage(self, row: int) -> Passage:
        """The passage whose vector is that row.

        Raises:
            StoreError: the reading has no such passage.
        """
        try:
            return msgspec.msgpack.decode(self.packed[row], type=Passage)
        except (msgspec.MsgspecError, IndexError) as error:
            raise _undecodable(error) from error


def unpack_passages(text: str, packed: bytes) -> Passages:
    """What passages need of the reading that `pack` was given.

    Raises:
        StoreError: the bytes are no reading.
    """
    try:
        held = msgspec.msgpack.decode(zlib.decompress(packed), type=_Part)
        article = _article(held.article, text)
        names = {speaker.id: speaker.name for speaker in held.speakers}
        chains = {a.id: tuple(names[hop.speaker_id] for hop in a.chain) for a in held.attributions}
    except (zlib.error, msgspec.MsgspecError, KeyError) as error:
        raise _undecodable(error) from error
    return Passages(article=article, packed=held.passages, chains=chains)


def pack_vectors(vectors: bytes) -> tuple[bytes, bytes]:
    """Vectors deflated, and where each part of them begins in that, from which on it is unpacked
    without what stands before it.

    By the frequency of the bytes alone: a third less, and there is no more to gain.
    """
    squeeze = zlib.compressobj(strategy=zlib.Z_HUFFMAN_ONLY)
    packed, starts = b"", [HEADER_BYTES]
    for at in range(0, len(vectors), PART_BYTES):
        part = squeeze.compress(vectors[at : at + PART_BYTES])
        packed += part + squeeze.flush(zlib.Z_FULL_FLUSH)
        starts.append(len(packed))
    return packed + squeeze.flush(), struct.pack(f"<{len(starts)}I", *starts)


def unpack_vectors(packed: bytes) -> bytes:
    return zlib.decompress(packed)


def unpack_part(packed: bytes, start: int, size: int) -> bytes:
    """The first bytes, as many as asked for, of the part that begins there.

    Raises:
        zlib.error: nothing begins there.
    """
    return zlib.decompressobj(wbits=-zlib.MAX_WBITS).decompress(memoryview(packed)[start:], size)


def starts(held: bytes | None) -> tuple[int, ...]:
    """Where parts of vectors begin; those of older archives are all in one.

    Raises:
        struct.error: the bytes say nothing of that kind.
    """
    return (HEADER_BYTES,) if held is None else struct.unpack(f"<{len(held) // 4}I", held)


def article(reading: Reading, at: dt.datetime) -> tuple[Any, ...]:
    """The row of `articles`, but for its number."""
    held = reading.article
    return (
        held.id,
        address(held.url),
        held.url,
        held.outlet,
        held.title,
        day(held),
        held.language,
        moment(at),
        reading.model,
        held.text,
        pack(reading),
    )


def day(held: Article) -> str | None:
    return held.published.isoformat() if held.published else None


def speaker(held: Speaker, number: int, of: Article) -> tuple[Any, ...]:
    """The row of `speakers` of a speaker of an article, which has that number."""
    return (number, held.id, held.name, folded(held.name), held.kind.value, day(of))


def statement(
    text: str, held: Attribution, number: int, speakers: dict[str, int]
) -> tuple[Any, ...]:
    """The row of `statements`; `speakers` are the numbers of the article's speakers by id."""
    around = hull(held.content)
    return (
        number,
        held.id,
        around.start,
        around.end,
        content(text, held),
        held.quotation.value,
        held.act.value,
        speakers.get(held.speaker_id) if held.speaker_id else None,
        held.said.date if held.said else None,
        held.score,
    )


def chain(
    held: Attribution, number: int, speakers: dict[str, int]
) -> Sequence[tuple[int, int, int]]:
    """The rows of `chains` of the statement with that number."""
    return [(number, at, speakers[hop.speaker_id]) for at, hop in enumerate(held.chain)]


def content(text: str, held: Attribution) -> str:
    """The characters of a statement's content, its pieces told apart."""
    return GAP.join(cut(text, piece) for piece in held.content)


def writable(name: str) -> str:
    """The name of a file as it can be written down: its undecodable bytes as `\\udcff`."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def moment(at: dt.datetime) -> str:
    """A moment as it is written down: UTC, so that the text sorts as the time does."""
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")


def folded(name: str) -> str:
    """A name as it is looked up: small letters, no accents, single blanks."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())


def address(url: str | None) -> str | None:
    """What all links to one article share: no scheme, fragment or tracking."""
    if not url:
        return None
    page = url.partition("#")[0]
    try:
        parts = urlsplit(page)
    except ValueError:  # brackets that hold no host
        return page
    asked = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(key, value) for key, value in asked if not TRACKING.fullmatch(key.casefold())]
    host = parts.netloc.casefold().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}{'?' + urlencode(kept) if kept else ''}"
