"""From judged pairs of passages to groups that tell the same thing.

Pairs are taken from the surest down. Two groups become one when, over all pairs between them, the
judgements speak for it more than against it, so that one loose link chains nothing to anything.
Where passages nest, the surest pair of two sentences' words speaks for all that share its words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from retold.comparing.units import Floats, Ints, Units

SURE_ENOUGH = 0.27  # near the best F1 of pairs in training; below, a pair speaks against
# what a whole sentence is worth against a part of it: a part that is a little surer may leave out
# the very number in which two sentences differ; costs 0.002 of F1 on the training stories
WHOLE = 0.15
MOST_OF_AN_ARTICLE = 4  # passages of one article in one group


@dataclass(slots=True)
class _Groups:
    """The groups so far: of each row its group, and of each group its rows."""

    group_of: dict[int, int] = field(default_factory=dict)
    rows: dict[int, list[int]] = field(default_factory=dict)

    def of(self, row: int) -> list[int]:
        return self.rows[self.group_of[row]] if row in self.group_of else [row]

    def join(self, one: list[int], other: list[int]) -> None:
        name = min(one[0], other[0])
        for row in one + other:
            self.rows.pop(self.group_of.get(row, -1), None)
        joined = sorted(one + other)
        self.rows[name] = joined
        for row in joined:
            self.group_of[row] = name


def group(
    units: Units, left: Ints, right: Ints, judged: Floats, *, least: float = SURE_ENOUGH
) -> tuple[tuple[int, ...], ...]:
    """Groups of rows, each row in one group at most, each group over two articles or more.

    No group holds two passages of an article that share words. Two articles of each tell more than
    who speaks and when.
    """
    score = {
        (a, b): p for a, b, p in zip(left.tolist(), right.tolist(), judged.tolist(), strict=True)
    }
    sure = np.flatnonzero(judged >= least)
    worth = judged + WHOLE * _whole(units, left, right)
    order = sure[np.lexsort((right[sure], left[sure], -worth[sure]))]
    groups = _Groups()
    taken: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for at in order.tolist():
        a, b = int(left[at]), int(right[at])
        one, other = groups.of(a), groups.of(b)
        if one is other or _is_taken(units, taken, a, b):
            continue
        if not _may_join(units, one, other) or _support(score, one, other, least) <= 0:
            continue
        for x in one:
            for y in other:
                if units.article[x] != units.article[y]:
                    low, high = min(x, y), max(x, y)
                    key = int(units.host[low]), int(units.host[high])
                    taken.setdefault(key, []).append((low, high))
        groups.join(one, other)
    joined = [tuple(rows) for _, rows in sorted(groups.rows.items())]
    return _apart(units, [rows for rows in joined if _is_told(units, rows)])


# --- inside ---------------------------------------------------------------------------------------


def _whole(units: Units, left: Ints, right: Ints) -> Floats:
    """The share of its sentence that each pair holds, on the side where it is less."""
    chars = units.end - units.start
    share = (chars / chars[units.host]).astype(np.float32)
    return np.minimum(share[left], share[right])


def _is_told(units: Units, group: Sequence[int]) -> bool:
    """True if two articles tell more in it than who speaks and when."""
    return len({int(units.article[row]) for row in group if units.facts[row].tells}) > 1


def _apart(units: Units, groups: Sequence[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    """The groups without those that say again, in part of the words, what a larger one says."""
    kept: list[int] = []
    of_host: dict[int, set[int]] = {}
    for at in sorted(range(len(groups)), key=lambda at: (-len(groups[at]), groups[at])):
        near = set().union(*(of_host.get(int(units.host[row]), set()) for row in groups[at]))
        if any(all(_is_within(units, row, groups[n]) for row in groups[at]) for n in near):
            continue
        kept.append(at)
        for row in groups[at]:
            of_host.setdefault(int(units.host[row]), set()).add(at)
    return tuple(groups[at] for at in sorted(kept))


def _is_within(units: Units, row: int, group: Sequence[int]) -> bool:
    """True if half of a passage stands in one of the group.

    A few words in common are not enough: that an attorney "told reporters" is told by more accounts
    than the quotation before it, and the group of those words must not take the quotation away.
    """
    return any(
        units.article[row] == units.article[other]
        and 2 * _shared_chars(units, row, other) >= units.end[row] - units.start[row]
        for other in group
    )


def _is_taken(
    units: Units, taken: Mapping[tuple[int, int], Sequence[tuple[int, int]]], a: int, b: int
) -> bool:
    """True if a pair that shares words with this one, on both sides, is in a group already."""
    key = int(units.host[a]), int(units.host[b])
    return any(
        _share_words(units, a, x) and _share_words(units, b, y) for x, y in taken.get(key, ())
    )


def _share_words(units: Units, a: int, b: int) -> bool:
    return bool(units.article[a] == units.article[b] and _shared_chars(units, a, b) > 0)


def _shared_chars(units: Units, a: int, b: int) -> int:
    """How many characters two passages of an article share; 0 and below where they are apart."""
    return int(min(units.end[a], units.end[b]) - max(units.start[a], units.start[b]))


def _may_join(units: Units, one: Sequence[int], other: Sequence[int]) -> bool:
    """False if a group of both would hold words twice, or too much of one article."""
    if any(_share_words(units, a, b) for a in one for b in other):
        return False
    count = np.bincount(units.article[[*one, *other]])
    return bool(count.max() <= MOST_OF_AN_ARTICLE)


def _support(
    score: Mapping[tuple[int, int], float], one: Sequence[int], other: Sequence[int], least: float
) -> float:
    """What all pairs between the two groups say for their becoming one, less what against.

    Passages of one article are not judged and say nothing.
    """
    return sum(score.get((min(a, b), max(a, b)), 0.0) - least for a in one for b in other)
