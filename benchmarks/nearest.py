"""The passages of an archive that are nearest to some vectors, by a look at all of its vectors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from retold.archive import lists, vectors
from retold.archive.database import Database
from retold.archive.lists import Floats
from retold.archive.meaning import Scored


def exact(
    ask: Database, questions: Floats, most: int, *, apart_from: Sequence[int] = ()
) -> list[list[Scored]]:
    """The nearest to each vector, by cosine downward; where numbers of articles are given, one for
    each vector, what is nearest outside that article."""
    best = [list[Scored]() for _ in questions]
    after = 0
    while page := vectors.page(ask, after):
        after = page[-1][0]
        owner = np.concatenate([np.full(len(own), number) for number, own in page])
        row = np.concatenate([np.arange(len(own)) for _, own in page])
        scores = questions @ lists.unit(np.concatenate([own for _, own in page])).T
        for at, own in enumerate(scores):
            if apart_from:
                own[owner == apart_from[at]] = -1
            top = _best(own, most)
            more = zip(own[top].tolist(), owner[top].tolist(), row[top].tolist(), strict=True)
            best[at] = sorted([*best[at], *more], key=lambda each: (-each[0], each))[:most]
    return best


def _best(scores: Floats, most: int) -> list[int]:
    if len(scores) <= most:
        return list(range(len(scores)))
    return [int(n) for n in np.argpartition(-scores, most)[:most]]
