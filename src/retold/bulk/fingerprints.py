"""Which wordings of a corpus share a fingerprint: an index that is made piece by piece.

Fingerprints are numbers without order or end, so that a stretch of them holds about as many as any
other of its length. Each stretch is sorted alone; one after the other they are the index. What one
wording alone has finds nothing and is left out.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from retold.bulk import wordings
from retold.bulk.engine import Done, Task
from retold.bulk.files import File, kept_here
from retold.bulk.place import Place, rows_of, write

FIRST = 6  # wordings with a fingerprint, the earliest, that others are lined up with
STRETCH = 2_000_000  # fingerprints that are sorted in memory at once
_END = 2**64


class Index:
    """The earliest wordings of each fingerprint that several have."""

    def __init__(self, prints: NDArray[np.uint64], numbers: NDArray[np.int64]) -> None:
        self._prints, self._numbers = prints, numbers

    def earlier(self, n: int, prints: Sequence[int]) -> list[int]:
        """The wordings before `n` that share fingerprints with it, those that share most first."""
        shared: Counter[int] = Counter()
        keys = np.array(prints, np.uint64)
        for start, key in zip(np.searchsorted(self._prints, keys).tolist(), keys, strict=True):
            few = slice(start, start + FIRST)
            same = self._numbers[few][self._prints[few] == key]
            shared.update(m for m in same.tolist() if m < n)
        return sorted(shared, key=lambda m: (-shared[m], m))


def opened(place: Place) -> Index:
    """The index, as `join` wrote it; what is not asked for stays on the disk."""
    prints, numbers = (np.load(kept_here(file), mmap_mode="r") for file in _arrays(place))
    return Index(prints, numbers)


def stretches(place: Place, parts: Sequence[str]) -> list[str]:
    """The names of the stretches: which of how many."""
    total = sum(rows_of(wordings.prints(place, name)) for name in parts)
    count = max(1, math.ceil(total / STRETCH))
    return [f"{n:06}-{count:06}" for n in range(count)]


def sort(task: Task) -> Done:
    """Write the fingerprints of one stretch that several wordings have, with the first of these."""
    place = Place.at(task["out"])
    n, count = map(int, task["name"].split("-"))
    first, last = _END * n // count, _END * (n + 1) // count - 1
    asked = [
        ("print", ">=", pa.scalar(first, pa.uint64())),
        ("print", "<=", pa.scalar(last, pa.uint64())),
    ]
    prints, numbers = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
    for name, start in wordings.starts(place).items():
        held = wordings.prints(place, name).table(filters=asked)
        prints.append(held["print"].to_numpy())
        numbers.append(held["number"].to_numpy() + start)
    few = earliest(np.concatenate(prints), np.concatenate(numbers))
    write(_stretch(place, task["name"]), pa.table(list(few), schema=wordings.PRINTS))
    return {}


def earliest(
    prints: NDArray[np.uint64], numbers: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The fingerprints that several wordings have, in their order, with the first few of these.

    The numbers that one fingerprint has are given in their order.
    """
    order = np.argsort(prints, kind="stable")
    prints, numbers = prints[order], numbers[order]
    _, start, count = np.unique(prints, return_index=True, return_counts=True)
    rank = np.arange(len(prints)) - np.repeat(start, count)
    kept = (rank < FIRST) & (np.repeat(count, count) > 1)
    return prints[kept], numbers[kept]


def join(place: Place, names: Sequence[str]) -> None:
    """Write the index as two arrays that any worker can look into, if they are not there."""
    total = sum(rows_of(_stretch(place, name)) for name in names)
    for file, column in zip(_arrays(place), wordings.PRINTS, strict=True):
        if file.is_file():
            continue
        with file.made() as rough:
            # by name: the type itself tells numpy's only where pandas is installed
            kind = np.dtype(str(column.type))
            out = np.lib.format.open_memmap(rough, "w+", kind, (total,))
            at = 0
            for name in names:
                held = _stretch(place, name).table(columns=[column.name])[column.name].to_numpy()
                out[at : at + len(held)] = held
                at += len(held)
            out.flush()


def _stretch(place: Place, name: str) -> File:
    return place.work / "index" / f"{name}.parquet"


def _arrays(place: Place) -> tuple[File, File]:
    return place.work / "joined" / "prints.npy", place.work / "joined" / "numbers.npy"
