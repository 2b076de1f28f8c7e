"""Which pairs of passages are worth a close look: those whose vectors or rare words are near.

Every passage is looked up among those of the other articles; only its nearest few are kept, so the
number of pairs grows with the number of passages and not with its square.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from retold.comparing.units import Floats, Ints, Units

Longs = NDArray[np.int64]

NEAREST = 30  # of each other article: holds 0.88 of the pairs in the training stories
MOST = 60  # of all other articles together
SKETCH_SIZE = 512
BLOCK = 1024  # rows compared at a time


def find(units: Units) -> tuple[Ints, Ints]:
    """The pairs worth a look, as two rows each, the lower first; sorted, no pair twice."""
    points = _points(units)
    size = len(units)
    articles = int(units.article.max(initial=-1)) + 1
    nearest = min(NEAREST, max(2, MOST // max(1, articles - 1)))
    edges = np.searchsorted(units.article, np.arange(articles + 1))
    keys: list[Longs] = []
    for a in range(articles):
        here = points[edges[a] : edges[a + 1]]
        for b in range(a + 1, articles):
            near = here @ points[edges[b] : edges[b + 1]].T
            for rows, columns in (_top(near, nearest), _top(near.T, nearest)[::-1]):
                keys.append((rows + edges[a]) * size + columns + edges[b])
    found = np.unique(np.concatenate(keys)) if keys else np.zeros(0, np.int64)
    return (found // size).astype(np.int32), (found % size).astype(np.int32)


# --- inside ---------------------------------------------------------------------------------------


def _points(units: Units) -> Floats:
    """Vector and rare words of each passage side by side: their product is the sum of cosines."""
    sketch = np.zeros((len(units), SKETCH_SIZE), np.float32)
    bucket = (units.stems.astype(np.int64) * 2654435761 >> 7) % SKETCH_SIZE
    sign = np.where((units.stems.astype(np.int64) * 40503 >> 5) % 2, 1.0, -1.0)
    rows = np.broadcast_to(np.arange(len(units))[:, None], units.stems.shape)
    np.add.at(sketch, (rows, bucket), (sign * units.weight).astype(np.float32))
    norms = np.linalg.norm(sketch, axis=1, keepdims=True)
    points: Floats = np.concatenate([units.vectors, sketch / np.maximum(norms, 1e-6)], axis=1)
    return points


def _top(near: Floats, count: int) -> tuple[Longs, Longs]:
    """Rows and columns of the `count` highest in each row."""
    count = min(count, near.shape[1])
    columns = np.argpartition(-near, count - 1, axis=1)[:, :count]
    rows = np.repeat(np.arange(near.shape[0]), count)
    return rows, columns.reshape(-1)
