"""Train how sure it is that what is shown is a difference, and that each side belongs to it.

    python -m training.sureness [--readings FOLDER] [--check]

What is learned from are the differences that retold shows of stories which none of its trees has
seen, each with the judgement of a reader (`training.shown`): judged one by one; of claims in
`marked.jsonl` a difference counts as real whose words a reader marked; of the training stories one
that touches a noted one on two sides. Writes `src/retold/models/sureness.npz` and `sides.npz`.

`--check` judges each story by trees that never saw it, and prints of the first three and the first
five differences of a story how many are real: in the order of the odds of the words, and in that of
the sureness; and what bounds for the sides leave. It writes nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from evaluation.stories import scored
from retold.comparing import sureness
from training import judged, marked, pairs, parts, shown, sides
from training.pairs import MODELS, arrays
from training.shown import Item, Teller

FOLDS = 8
ROUNDS, SEED = 120, 7
RISING = ("odds", "least judged", "most judged", "mean judged")
PARAMETERS: dict[str, Any] = {
    "objective": "binary",
    "num_leaves": 6,
    "learning_rate": 0.05,
    "min_data_in_leaf": 25,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "monotone_constraints": [int(name in RISING) for name in sureness.NAMES],
    "seed": SEED,
    "num_threads": 1,
    "deterministic": True,
    "verbose": -1,
}


def train(items: Sequence[Item]) -> lightgbm.Booster:
    """The trees of how sure it is."""
    told = [one for one in items if one.is_real is not None]
    rows = np.stack([one.row for one in told])
    real = np.array([one.is_real for one in told])
    return lightgbm.train(PARAMETERS, lightgbm.Dataset(rows, real), ROUNDS)


def write(folder: Path, grown: lightgbm.Booster, origin: dict[str, Any]) -> None:
    """Keep the trees in `folder`, with what they were made from."""
    made_from = np.array(json.dumps(origin))
    np.savez_compressed(folder / "sureness.npz", origin=made_from, **arrays(grown))  # type: ignore[arg-type]


def check(items: Sequence[Item]) -> dict[str, dict[str, float]]:
    """The share of real ones among the first of each story, in both orders."""
    items = [one for one in items if one.is_real is not None]
    names = sorted({one.story for one in items})
    fold = dict(zip(names, np.random.default_rng(0).permutation(len(names)) % FOLDS, strict=True))
    sure = np.zeros(len(items))
    for number in range(FOLDS):
        grown = train([one for one in items if fold[one.story] != number])
        held = [at for at, one in enumerate(items) if fold[one.story] == number]
        sure[held] = np.asarray(grown.predict(np.stack([items[at].row for at in held])))
    odds = np.array([one.row[sureness.NAMES.index("odds")] for one in items])
    out: dict[str, dict[str, float]] = {}
    for kind in Teller:
        rows = [at for at, one in enumerate(items) if one.told_by is kind]
        real = [at for at in rows if items[at].is_real]
        out[kind] = {"shown": len(rows), "real": round(len(real) / max(1, len(rows)), 3)}
        for order, by in (("odds", odds), ("sureness", sure)):
            for most in (3, 5):
                first = _first(items, rows, by, most)
                share = sum(items[at].is_real for at in first) / max(1, len(first))
                out[kind][f"of the first {most} by {order}"] = round(share, 3)
        likely = [at for at in rows if sure[at] >= 0.5]
        out[kind]["sure"] = len(likely)
        out[kind]["real of the sure"] = round(
            sum(items[at].is_real for at in likely) / max(1, len(likely)), 3
        )
    return out


def _first(items: Sequence[Item], rows: Sequence[int], by: np.ndarray, most: int) -> list[int]:
    of_story: dict[str, list[int]] = defaultdict(list)
    for at in rows:
        of_story[items[at].story].append(at)
    return [at for held in of_story.values() for at in sorted(held, key=lambda at: -by[at])[:most]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readings", type=Path, help="folder where readings are kept")
    parser.add_argument("--check", action="store_true", help="print figures, write nothing")
    options = parser.parse_args()
    told = scored("gold_train")
    readings = [pairs.readings_of(story, options.readings) for story in told]
    items = [*shown.judged_items(options.readings), *shown.marked_items(options.readings)]
    labelled = judged.facets_of(options.readings)
    with tempfile.TemporaryDirectory() as place:
        for part in parts.grown(told, readings, Path(place), labelled):
            items += shown.noted_items(part, told, readings)
    if options.check:
        print(json.dumps({"differences": check(items), "sides": sides.check(items)}, indent=1))
        return
    seen = hashlib.sha256(judged.JUDGED.read_bytes() + marked.MARKED.read_bytes())
    for one in told:
        seen.update(one.gold.read_bytes())
    origin = {
        "data": seen.hexdigest()[:16],
        "encoder": readings[0][0].model,
        "seed": SEED,
        "of": len(items),
    }
    write(MODELS, train(items), origin)
    sides.write(MODELS, sides.train(items), origin)


if __name__ == "__main__":
    main()
