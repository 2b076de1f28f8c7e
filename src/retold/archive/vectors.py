"""The vectors of an archive's passages: int8, a row a passage, packed article by article."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retold.archive import rows
from retold.archive.database import Database
from retold.comparing.units import VECTOR_SIZE

PAGE = 256  # articles

Vectors = NDArray[np.int8]


def newest(database: Database) -> int:
    """The number of the article that was added last, 0 without one."""
    return int(database.value("SELECT max(number) FROM articles") or 0)


def held(database: Database) -> NDArray[np.bool_]:
    """By number, whether there is an article that has it."""
    out = np.zeros(1 + newest(database), bool)
    out[[row[0] for row in database.rows("SELECT number FROM articles")]] = True
    return out


def count(database: Database) -> int:
    """The number of articles."""
    return int(database.value("SELECT count(*) FROM articles"))


def page(database: Database, after: int) -> list[tuple[int, Vectors]]:
    """The next articles after a number, each with its vectors."""
    sql = "SELECT number FROM articles WHERE number > ? ORDER BY number LIMIT ?"
    return [(row[0], of(database, row[0])) for row in database.rows(sql, (after, PAGE))]


def some(database: Database, most: int) -> Vectors:
    """The vectors of about so many articles, from the first to the last."""
    numbers = np.flatnonzero(held(database)).tolist()
    spread = numbers[:: max(1, len(numbers) // most)]
    return np.concatenate([NONE, *(of(database, number) for number in spread)])


def of(database: Database, number: int) -> Vectors:
    """The vectors of an article; none if there is no such article, or they are damaged, of which
    `check` tells."""
    try:
        return _rows(rows.unpack_vectors(_packed(database, number)))
    except (zlib.error, ValueError):
        return NONE


def chosen(database: Database, number: int, which: Sequence[int]) -> tuple[list[int], Vectors]:
    """The vectors of some passages of an article, with which those are, as far as it has them;
    what stands after them is not unpacked."""
    try:
        packed, size = _packed(database, number), (max(which) + 1) * VECTOR_SIZE
        found = _rows(zlib.decompressobj().decompress(packed, size))
    except (zlib.error, ValueError):
        return [], NONE
    there = [row for row in which if row < len(found)]
    return there, found[there]


def _packed(database: Database, number: int) -> bytes:
    sql = "SELECT packed FROM vectors WHERE article = ?"
    return database.value(sql, (number,)) or b""


def _rows(held: bytes) -> Vectors:
    return np.frombuffer(held, np.int8).reshape(-1, VECTOR_SIZE)


NONE = _rows(b"")
