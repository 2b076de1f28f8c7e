"""Boosted trees as plain arrays, and their judgement in numpy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy as np

from retold.comparing.units import Floats, Ints

BLOCK = 512  # rows judged at a time
PLACE: Traversable = files("retold.models")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """Trees that share arrays: `roots` are the nodes they begin at.

    A row goes from node `n` to `children[2n]` where its `feature[n]` is at most `threshold[n]`,
    else to `children[2n + 1]`. A leaf leads to itself and carries `value`.
    """

    roots: Ints
    feature: Ints
    threshold: Floats
    children: Ints
    value: Floats
    depth: int

    def judge(self, rows: Floats) -> Floats:
        """The probability that each row is of the kind that the trees were trained to tell."""
        blocks = [self._sum(rows[at : at + BLOCK]) for at in range(0, len(rows), BLOCK)]
        total = np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
        return (1 / (1 + np.exp(-total))).astype(np.float32)

    def _sum(self, rows: Floats) -> Floats:
        """The sum over all trees, all of which are gone down at once."""
        flat = np.ascontiguousarray(rows).reshape(-1)
        base = (np.arange(len(rows), dtype=np.int32) * rows.shape[1])[:, None]
        node = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.depth):
            is_high = flat.take(base + self.feature.take(node)) > self.threshold.take(node)
            node = self.children.take(2 * node + is_high)
        total: Floats = self.value.take(node).sum(axis=1, dtype=np.float32)
        return total


@cache
def load(name: str, part: str = "") -> Trees:
    """The trees `name` that ship with the package; `part` of them where a file holds several."""
    at = f"{part}." if part else ""
    with (PLACE / f"{name}.npz").open("rb") as file, np.load(file) as stored:
        return Trees(
            roots=stored[f"{at}roots"],
            feature=stored[f"{at}feature"].astype(np.int32),
            threshold=stored[f"{at}threshold"],
            children=np.stack([stored[f"{at}low"], stored[f"{at}high"]], axis=1).reshape(-1),
            value=stored[f"{at}value"],
            depth=int(stored[f"{at}depth"]),
        )
