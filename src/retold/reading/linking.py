"""How two stretches of tokens lie to one another: the buckets that the link head counts in.

Training and reading share this module.
"""

from __future__ import annotations

# token gaps up to 1, 2, 4 … 128 and more, once for each direction, and one for overlapping
_STEPS = 8
DISTANCES = 2 * (_STEPS + 1) + 1
BETWEEN = 7

Stretch = tuple[int, int]


def distance(left: Stretch, right: Stretch) -> int:
    """The bucket of the gap from `left` to `right` in tokens: 0..DISTANCES-1."""
    if left[1] <= right[0]:
        return min((right[0] - left[1]).bit_length(), _STEPS)
    if right[1] <= left[0]:
        return _STEPS + 1 + min((left[0] - right[1]).bit_length(), _STEPS)
    return DISTANCES - 1


def between(left: int, right: int) -> int:
    """The bucket of how many paragraphs `right` lies after `left`: 0..BETWEEN-1."""
    return max(-3, min(3, right - left)) + 3
