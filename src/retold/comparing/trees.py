"""Boosted trees as plain arrays, and their judgement in numpy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from retold.comparing.units import Floats, Ints

BLOCK = 8192  # rows judged at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """Trees that share arrays: `roots` are the nodes they begin at.

    A row goes from node `n` to `low[n]` where its `feature[n]` is at most `threshold[n]`, else to
    `high[n]`. A leaf leads to itself and carries `value`.
    """

    roots: Ints
    feature: Ints
    threshold: Floats
    low: Ints
    high: Ints
    value: Floats
    depth: int

    def judge(self, rows: Floats) -> Floats:
        """The probability that each row is of the kind that the trees were trained to tell."""
        blocks = [self._sum(rows[at : at + BLOCK]) for at in range(0, len(rows), BLOCK)]
        total = np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
        return (1 / (1 + np.exp(-total))).astype(np.float32)

    def _sum(self, rows: Floats) -> Floats:
        total: Floats = np.zeros(len(rows), np.float32)
        flat = np.ascontiguousarray(rows).reshape(-1)
        base = np.arange(len(rows)) * rows.shape[1]
        for root in self.roots.tolist():
            node: NDArray[np.int32] = np.full(len(rows), root, np.int32)
            for _ in range(self.depth):
                goes_low = flat[base + self.feature[node]] <= self.threshold[node]
                node = np.where(goes_low, self.low[node], self.high[node])
            total += self.value[node]
        return total


@cache
def load(name: str, part: str = "") -> Trees:
    """The trees `name` that ship with the package; `part` of them where a file holds several."""
    at = f"{part}." if part else ""
    with (files("retold.models") / f"{name}.npz").open("rb") as file, np.load(file) as stored:
        return Trees(
            roots=stored[f"{at}roots"],
            feature=stored[f"{at}feature"].astype(np.int32),
            threshold=stored[f"{at}threshold"],
            low=stored[f"{at}low"],
            high=stored[f"{at}high"],
            value=stored[f"{at}value"],
            depth=int(stored[f"{at}depth"]),
        )
