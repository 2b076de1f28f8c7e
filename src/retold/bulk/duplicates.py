"""Articles that say again what an earlier one says, found by their words and by MinHash.

Two articles are held side by side only if they agree in a band of their MinHash, and in a band
only with the first few that do: the work grows with the number of articles and not with its square.
"""

from __future__ import annotations

import tempfile
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retold.bulk.place import Place, rows_of, writing_tables
from retold.bulk.schema import HASHES, arrays

# With 16 bands of 4 numbers a pair with a likeness of 0.7 is missed in 1 case of 80, one with 0.8
# in 1 of 4000: (1 - 0.7**4)**16. What a copy is, is a matter of convention; the likeness is told.
BANDS = 16
NEAR = 0.7
FIRST = 8
CHUNK = 100_000  # rows that are written at once
_ROWS = HASHES // BANDS


def find(place: Place) -> int:
    """Write which article repeats which earlier one, exactly or nearly; how many do."""
    ids, words, hashes = _articles(place)
    count = len(ids)
    exactly = _first_of(words)
    nearly, likeness = np.arange(count), np.zeros(count)
    for band in range(BANDS):
        keys = _key(hashes[:, band * _ROWS : (band + 1) * _ROWS])
        for one, other in _pairs(keys):
            alike = (hashes[one] == hashes[other]).mean(axis=1)
            better = (alike >= NEAR) & (other < nearly[one])
            nearly[one[better]], likeness[one[better]] = other[better], alike[better]
    repeats = np.flatnonzero((exactly != np.arange(count)) | (nearly != np.arange(count)))
    with writing_tables(place, "all", ("duplicates",)) as writers:
        for start in range(0, len(repeats), CHUNK):
            some = repeats[start : start + CHUNK]
            is_exact = exactly[some] != some
            told = {
                "article": ids[some].astype(str),
                "of": ids[np.where(is_exact, exactly[some], nearly[some])].astype(str),
                "kind": np.where(is_exact, "exact", "near"),
                "likeness": np.where(is_exact, 1.0, likeness[some]),
            }
            writers["duplicates"].write_table(arrays("duplicates", told))
    return len(repeats)


def _articles(place: Place) -> tuple[NDArray[Any], NDArray[np.uint64], NDArray[np.uint32]]:
    """Ids, hashes of all words and MinHashes, the earliest first; the last lie on the disk."""
    files = place.files("articles")
    count = sum(rows_of(file) for file in files)
    ids, words = np.zeros(count, "S12"), np.zeros(count, np.uint64)
    with tempfile.TemporaryFile(
        dir=place.scratch
    ) as store:  # the pages stay as long as the array does
        hashes = np.memmap(store, np.uint32, "w+", shape=(max(count, 1), HASHES))[:count]
    at = 0
    for file in files:
        held = file.table(columns=["id", "words", "minhash"])
        rows = slice(at, at := at + len(held))
        ids[rows] = held["id"].to_numpy().astype("S12")
        words[rows] = held["words"].to_numpy()
        flat = held["minhash"].combine_chunks().flatten().to_numpy()
        hashes[rows] = flat.reshape(-1, HASHES)
    return ids, words, hashes


def _first_of(keys: NDArray[Any]) -> NDArray[np.int64]:
    """For each row the first row that has its key."""
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    found: NDArray[np.int64] = first[inverse]
    return found


def _key(rows: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """One number for each row of a band."""
    key = np.zeros(len(rows), np.uint64)
    for column in rows.T:
        key = (key ^ column) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(29)
    return key


def _pairs(keys: NDArray[np.uint64]) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Rows that have the same key, each with the first, the second … that has it."""
    order = np.argsort(keys, kind="stable")
    new = np.concatenate([[True], keys[order][1:] != keys[order][:-1]])[: len(order)]
    start = np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))
    out = []
    for offset in range(FIRST):
        at = np.flatnonzero(start + offset < np.arange(len(order)))
        if len(at):
            out.append((order[at], order[start[at] + offset]))
    return out
