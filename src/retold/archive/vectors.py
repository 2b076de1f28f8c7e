"""The vectors of an archive's passages: int8, a row a passage, packed article by article."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from retold.archive import rows
from retold.archive.database import Database, Row
from retold.comparing.units import VECTOR_SIZE

PAGE = 256  # articles
PACKED = "SELECT packed, starts FROM vectors WHERE article = ?"

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
    return _some(database.rows(PACKED, (number,)), None)[1]


def chosen(
    database: Database, asked: Mapping[int, Sequence[int] | None]
) -> tuple[list[tuple[int, int]], Vectors]:
    """The vectors of some passages of each article, by its number, or of all for None, with the
    article and the row of each, as far as they are there; only the parts are unpacked in which they
    stand."""
    places, held = list[tuple[int, int]](), [NONE]
    found = database.rows_of_each(PACKED, [(number,) for number in asked])
    for (number, which), packed in zip(asked.items(), found, strict=True):
        there, own = _some(packed, which)
        places += [(number, row) for row in there]
        held.append(own)
    return places, np.concatenate(held)


def _some(packed: Sequence[Row], which: Sequence[int] | None) -> tuple[Sequence[int], Vectors]:
    """Those of the vectors of an article that are asked for, and which those are."""
    there, found = list[int](), [NONE]
    try:
        for vectors, starts in packed:
            if which is None:
                own = _rows(rows.unpack_vectors(vectors))
                return range(len(own)), own
            for first, start, asked in _parts(rows.starts(starts), which):
                size = (max(asked) + 1 - first) * VECTOR_SIZE
                part = _rows(rows.unpack_part(vectors, start, size))
                held = [row for row in asked if row - first < len(part)]
                there += held
                found.append(part[[row - first for row in held]])
    except (zlib.error, struct.error, IndexError, ValueError):
        return [], NONE
    return there, np.concatenate(found)


def _parts(starts: Sequence[int], which: Iterable[int]) -> Iterator[tuple[int, int, list[int]]]:
    """The parts in which rows stand: the first row of each, where it begins, those asked for."""
    asked: dict[int, list[int]] = {}
    for row in which:
        asked.setdefault(min(row // rows.PART_ROWS, len(starts) - 1), []).append(row)
    for part, held in asked.items():
        yield part * rows.PART_ROWS, starts[part], held


def _rows(held: bytes) -> Vectors:
    return np.frombuffer(held, np.int8).reshape(-1, VECTOR_SIZE)


NONE = _rows(b"")
