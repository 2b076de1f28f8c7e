"""Which pairs of passages are worth a close look: those whose vectors or rare words are near.

Every passage keeps its nearest few of the other articles. In a large story it is compared only with
the passages that share a landmark with it, so that the work grows little faster than the number of
passages and not with its square.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from retold.comparing.units import Floats, Ints, Units

Longs = NDArray[np.int64]

NEAREST = 48  # of a passage: hold 0.93 of the pairs in the training stories
SKETCH_SIZE = 512
SMALL_STORY = 6000  # passages that are all compared with each other
LANDMARKS_OF_A_PASSAGE = 3


def find(units: Units) -> tuple[Ints, Ints]:
    """The pairs worth a look, as two rows each, the lower first; sorted, no pair twice."""
    points = _points(units)
    size = len(units)
    keys, nears = [np.zeros(0, np.int64)], [np.zeros(0, np.float32)]
    for rows, others in _neighbourhoods(points, units.article):
        near = points[rows] @ points[others].T
        near[units.article[rows][:, None] == units.article[others][None, :]] = -np.inf
        count = min(NEAREST, len(others))
        columns = np.argpartition(-near, count - 1, axis=1)[:, :count]
        value = np.take_along_axis(near, columns, axis=1)
        pairs = rows[:, None].astype(np.int64) * size + others[columns]
        keys.append(pairs[value > -np.inf])
        nears.append(value[value > -np.inf])
    one, other = _nearest(np.concatenate(keys), np.concatenate(nears), size)
    found = np.unique(np.minimum(one, other) * size + np.maximum(one, other))
    return (found // size).astype(np.int32), (found % size).astype(np.int32)


# --- inside ---------------------------------------------------------------------------------------


def _points(units: Units) -> Floats:
    """Vector and rare words of each passage side by side: their product is the sum of cosines."""
    sketch = np.zeros((len(units), SKETCH_SIZE), np.float32)
    stems = units.stems.astype(np.int64)
    bucket = (stems * 2654435761 >> 7) % SKETCH_SIZE
    sign = np.where((stems * 40503 >> 5) % 2, 1.0, -1.0)
    rows = np.broadcast_to(np.arange(len(units))[:, None], stems.shape)
    np.add.at(sketch, (rows, bucket), (sign * units.weight).astype(np.float32))
    norms = np.linalg.norm(sketch, axis=1, keepdims=True)
    points: Floats = np.concatenate([units.vectors, sketch / np.maximum(norms, 1e-6)], axis=1)
    return points


def _neighbourhoods(points: Floats, article: Ints) -> Iterator[tuple[Longs, Longs]]:
    """Rows, and the rows with which they are compared; a pair may come more than once."""
    size = len(points)
    everything = np.arange(size)
    if size <= SMALL_STORY:
        for number in np.unique(article):
            yield np.flatnonzero(article == number), everything
        return
    landmarks = everything[:: max(1, int(math.sqrt(size)))]
    near = points @ points[landmarks].T
    closest = np.argpartition(-near, LANDMARKS_OF_A_PASSAGE - 1, axis=1)
    closest = closest[:, :LANDMARKS_OF_A_PASSAGE]
    for number in range(len(landmarks)):
        rows = np.flatnonzero((closest == number).any(axis=1))
        if len(rows):
            yield rows, rows


def _nearest(keys: Longs, nears: Floats, size: int) -> tuple[Longs, Longs]:
    """Of each row the nearest others, each pair once."""
    keys, first = np.unique(keys, return_index=True)
    rows, others, nears = keys // size, keys % size, nears[first]
    order = np.lexsort((others, -nears, rows))
    rows, others = rows[order], others[order]
    begins = np.searchsorted(rows, np.arange(size))
    kept = np.arange(len(rows)) - begins[rows] < NEAREST
    return rows[kept], others[kept]
