"""Which sides of a difference belong to it, where there are more than two: the trees for that.

`training.sureness` grows and keeps them, on the same stories.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from training.pairs import arrays
from training.shown import Item, Teller

FOLDS = 6
ROUNDS, SEED = 80, 7
BOUNDS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 1.0)
PARAMETERS: dict[str, Any] = {
    "objective": "binary",
    "num_leaves": 6,
    "learning_rate": 0.05,
    "min_data_in_leaf": 25,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "seed": SEED,
    "num_threads": 1,
    "deterministic": True,
    "verbose": -1,
}


def train(items: Sequence[Item]) -> lightgbm.Booster:
    """The trees of how sure it is that a side belongs."""
    told = [one for one in items if one.belongs is not None]
    rows = np.concatenate([one.sides for one in told])
    belongs = np.concatenate([one.belongs for one in told])
    return lightgbm.train(PARAMETERS, lightgbm.Dataset(rows, belongs), ROUNDS)


def write(folder: Path, grown: lightgbm.Booster, origin: dict[str, Any]) -> None:
    """Keep the trees in `folder`, with what they were made from."""
    made_from = np.array(json.dumps(origin))
    np.savez_compressed(folder / "sides.npz", origin=made_from, **arrays(grown))  # type: ignore[arg-type]


def check(items: Sequence[Item]) -> dict[str, dict[str, float | str]]:
    """For each set of readers and each bound: of how many differences two sides, and all, that are
    left belong, and how many are left; each story judged by trees that never saw it."""
    told = [one for one in items if one.belongs is not None]
    names = sorted({one.story for one in told})
    fold = dict(zip(names, np.random.default_rng(0).permutation(len(names)) % FOLDS, strict=True))
    held: dict[Teller, list[tuple[np.ndarray, np.ndarray]]] = {}
    for number in range(FOLDS):
        grown = train([one for one in told if fold[one.story] != number])
        for one in told:
            if fold[one.story] == number:
                scores = np.asarray(grown.predict(one.sides))
                held.setdefault(one.told_by, []).append((one.belongs, scores))
    return {
        kind: {"differences": float(len(rows))} | {f"{b}": _left(rows, b) for b in BOUNDS}
        for kind, rows in held.items()
    }


def _left(rows: Sequence[tuple[np.ndarray, np.ndarray]], bound: float) -> str:
    """What is left where sides under the bound are left out, but never the two surest."""
    left = [
        belongs[(scores >= bound) | (scores >= np.sort(scores)[-2])] for belongs, scores in rows
    ]
    two, whole = (np.mean([f(one) for one in left]) for f in (lambda a: a.sum() > 1, np.all))
    return f"two {two:.3f}, all {whole:.3f}, sides {np.mean([len(one) for one in left]):.2f}"
