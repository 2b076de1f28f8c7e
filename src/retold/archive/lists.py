"""Sketches of vectors, the lists in which they lie, and the nearest of them to a vector.

A sketch is the signs of a vector, 48 bytes. Passages whose vectors have the same centre for their
nearest are of one list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retold.comparing.units import VECTOR_SIZE

CENTRES = 1024
SAMPLE = 32 * CENTRES  # passages of which the centres are made
ROUNDS = 6  # in which they are
BLOCK = 1 << 13  # passages held against all centres at once
CANDIDATES = 3000  # the nearest by the signs of both, of which those are taken that are
NEAREST = 300  # the nearest by the whole of what is asked for

WORDS = VECTOR_SIZE // 64
FAR = VECTOR_SIZE + 1  # no two sketches are so far apart
ROW_BYTES = 8 * WORDS + 4 + 4 + 2

Floats = NDArray[np.float32]
Vectors = NDArray[np.int8]
Mask = NDArray[np.bool_]
Row = tuple[int, int]  # the number of an article, and which of its passages


@dataclass(frozen=True, slots=True)
class Piece:
    """Sketches, a column of `bits` each; of each the article, the row of its passage, its list."""

    bits: NDArray[np.uint64]
    article: NDArray[np.uint32]
    row: NDArray[np.uint32]
    list: NDArray[np.uint16]

    def __len__(self) -> int:
        return len(self.article)

    def only(self, which: Mask | NDArray[np.intp] | slice) -> Piece:
        return Piece(self.bits[:, which], self.article[which], self.row[which], self.list[which])


def packed(piece: Piece) -> bytes:
    columns = (piece.bits, piece.article, piece.row, piece.list)
    return b"".join(column.tobytes() for column in columns)


def unpacked(held: bytes) -> Piece:
    """The piece that was packed.

    Raises:
        ValueError: the bytes are none.
    """
    count = len(held) // ROW_BYTES
    if len(held) % ROW_BYTES:
        raise ValueError("a piece of sketches is cut short")
    at = 8 * WORDS * count
    return Piece(
        np.frombuffer(held, "<u8", WORDS * count).reshape(WORDS, count),
        np.frombuffer(held, "<u4", count, at),
        np.frombuffer(held, "<u4", count, at + 4 * count),
        np.frombuffer(held, "<u2", count, at + 8 * count),
    )


NO_SKETCH = unpacked(b"")


def joined(pieces: Iterable[Piece]) -> Piece:
    held = [NO_SKETCH, *pieces]
    return Piece(
        np.concatenate([piece.bits for piece in held], axis=1),
        np.concatenate([piece.article for piece in held]),
        np.concatenate([piece.row for piece in held]),
        np.concatenate([piece.list for piece in held]),
    )


def parted(piece: Piece) -> Iterator[tuple[int, Piece]]:
    """What of a piece belongs to each list."""
    in_order = piece.only(np.argsort(piece.list, kind="stable"))
    numbers, starts = np.unique(in_order.list, return_index=True)
    for number, start, end in zip(numbers, starts, [*starts[1:], len(piece)], strict=True):
        yield int(number), in_order.only(slice(start, end))


def of_articles(piece: Piece, held: Mask) -> Mask:
    """Which of a piece are of articles for whose number it is true."""
    out: Mask = np.isin(piece.article, np.flatnonzero(held))
    return out


class Sums:
    """How many sketches each article has, and their bits added up: what tells that they are those
    of its vectors, without having all of them at once."""

    def __init__(self, last: int) -> None:
        self._count = np.zeros(last + 1, np.int64)
        self._bits = np.zeros((last + 1, WORDS), np.uint64)

    def add(self, piece: Piece) -> None:
        """Take a piece in.

        Raises:
            ValueError: it has an article that comes after the last.
        """
        if len(piece) and piece.article.max() >= len(self._count):
            raise ValueError("there are sketches of an article that is not there")
        np.add.at(self._count, piece.article, 1)
        np.bitwise_xor.at(self._bits, piece.article, piece.bits.T)

    def are_of(self, article: int, vectors: Vectors) -> bool:
        whole = np.bitwise_xor.reduce(signs(vectors), axis=1)
        return bool(self._count[article] == len(vectors) and (self._bits[article] == whole).all())


# --- making ---------------------------------------------------------------------------------------


def sketched(articles: Sequence[tuple[int, Vectors]], centres: Floats) -> Piece:
    """The sketches of articles, by their numbers; all of list 0 without centres."""
    vectors = np.concatenate([NO_VECTOR, *(held for _, held in articles)])
    counts = [len(held) for _, held in articles]
    return Piece(
        signs(vectors),
        np.repeat(np.array([number for number, _ in articles], np.uint32), counts),
        np.concatenate([NO_SKETCH.row, *(np.arange(n, dtype=np.uint32) for n in counts)]),
        _lists(vectors, centres) if len(centres) else np.zeros(len(vectors), np.uint16),
    )


def signs(vectors: NDArray[np.number]) -> NDArray[np.uint64]:
    """The signs of vectors, a column each."""
    bits = np.packbits(vectors > 0, axis=1)
    return np.ascontiguousarray(bits.view("<u8").T)


def centres(vectors: Vectors) -> Floats:
    """The centres of vectors: of those that lie nearest to one of them, each is the middle."""
    chance = np.random.default_rng(1)
    sample = unit(chance.permutation(vectors)[:SAMPLE])
    out = sample[:CENTRES]
    for _ in range(ROUNDS):
        nearest = _lists(sample, out)
        taken, starts = np.unique(np.sort(nearest), return_index=True)
        sums = np.add.reduceat(sample[np.argsort(nearest, kind="stable")], starts, axis=0)
        out[taken] = unit(sums)
    return out


def _lists(vectors: NDArray[np.number], centres: Floats) -> NDArray[np.uint16]:
    """The number of the centre that is nearest to each vector."""
    out = np.zeros(len(vectors), np.uint16)
    for start in range(0, len(vectors), BLOCK):
        some = slice(start, start + BLOCK)
        out[some] = np.argmax(vectors[some].astype(np.float32) @ centres.T, axis=1)
    return out


def unit(vectors: NDArray[np.number]) -> Floats:
    """The vectors at length 1."""
    held = vectors.astype(np.float32)
    length = np.linalg.norm(held, axis=-1, keepdims=True)
    return np.asarray(held / np.maximum(length, 1e-6), np.float32)


NO_VECTOR = np.zeros((0, VECTOR_SIZE), np.int8)


# --- the nearest ----------------------------------------------------------------------------------


def nearest(pieces: Iterable[Piece], asked: Floats, allowed: Mask | None) -> list[Row]:
    """The passages whose sketches are nearest to a vector, the nearest first; of the articles that
    are allowed, by their number."""
    own = signs(asked[None, :])[:, 0]
    near, bound = _Near(NO_SKETCH, np.zeros(0, np.uint16)), FAR
    waiting, count = [near], 0
    for piece in pieces:
        away = _distances(piece, own)
        if allowed is not None:
            away[~allowed[piece.article]] = FAR
        few = np.flatnonzero(away < bound)
        waiting.append(_Near(piece.only(few), away[few]))
        count += len(few)
        if count > CANDIDATES:  # not at every piece: to join them costs more than to compare
            near = _nearest(waiting)
            waiting, count, bound = [near], 0, int(near.distance.max())
    found = _nearest(waiting).sketches
    best = np.argsort(-(_spread(found) @ asked), kind="stable")[:NEAREST]
    return [(int(found.article[n]), int(found.row[n])) for n in best]


@dataclass(frozen=True, slots=True)
class _Near:
    """Sketches, and how many of their bits are others than those of what is asked for."""

    sketches: Piece
    distance: NDArray[np.uint16]


def _nearest(held: Sequence[_Near]) -> _Near:
    """The `CANDIDATES` nearest of all."""
    sketches = joined(near.sketches for near in held)
    distance = np.concatenate([near.distance for near in held])
    if len(distance) <= CANDIDATES:
        return _Near(sketches, distance)
    best = np.argpartition(distance, CANDIDATES)[:CANDIDATES]
    return _Near(sketches.only(best), distance[best])


def _distances(piece: Piece, own: NDArray[np.uint64]) -> NDArray[np.uint16]:
    out = np.zeros(len(piece), np.uint16)
    for word in range(WORDS):
        out += np.bitwise_count(piece.bits[word] ^ own[word])
    return out


def _spread(piece: Piece) -> Floats:
    """The signs of each sketch, a row each, as 1 and -1."""
    bits = np.unpackbits(np.ascontiguousarray(piece.bits.T).view(np.uint8), axis=1)
    return bits.astype(np.float32) * 2 - 1
