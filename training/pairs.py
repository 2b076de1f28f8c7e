"""Train the scorer that tells whether two passages report the same thing.

    python -m training.pairs [--readings FOLDER] [--check]

Reads the training stories beside the repository with the released encoder (a reading is kept in
FOLDER and read again from there), measures the candidate pairs, and writes
`src/retold/models/pairs.npz` with what it was made from. `--check` prints precision, recall and F1
of the pairs that alignment shows, each story judged by trees that never saw it, and writes nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from evaluation.matching import find, is_same_passage
from evaluation.stories import REPOSITORY, Told, scored
from retold.comparing import candidates, facts, grouping, likeness, units
from retold.comparing.units import Units
from retold.types import Reading

MODELS = REPOSITORY / "src" / "retold" / "models"
FOLDS = 5
ROUNDS = 260
SEED = 20
UNLIKE_KEPT = 0.35  # of the pairs that are not the same, which are 97 in 100
PARAMETERS = {
    "objective": "binary",
    "num_leaves": 31,
    "max_depth": 7,
    "learning_rate": 0.04,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "seed": SEED,
    "num_threads": 1,
    "deterministic": True,
    "verbose": -1,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """The candidate pairs of one story: measurements, and whether the gold has each."""

    name: str
    units: Units
    left: np.ndarray
    right: np.ndarray
    rows: np.ndarray
    is_same: np.ndarray
    points: list[list[tuple[int, tuple[int, int]]]]


def readings_of(told: Told, kept: Path | None) -> list[Reading]:
    """The readings of a story, from `kept` where they lie there."""
    path = kept / f"{told.name}.pkl" if kept else None
    if path and path.exists():
        return list(pickle.loads(path.read_bytes()))  # noqa: S301 - written by this program
    from retold import load, read

    readings = [read(article) for article in load([told.folder]).articles]
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(readings))
    return readings


def examples(told: Told, readings: Sequence[Reading]) -> Examples:
    """The candidate pairs of a story with their labels."""
    found = [facts.of(reading) for reading in readings]
    held = units.gather(readings, found)
    left, right = candidates.find(held)
    points = gold_points(told.read_gold(), readings)
    tells: list[set[int]] = [set() for _ in range(len(held))]
    for number, point in enumerate(points):
        for article, span in point:
            for row in np.flatnonzero(held.article == article).tolist():
                if is_same_passage((int(held.start[row]), int(held.end[row])), span):
                    tells[row].add(number)
    same = [bool(tells[a] & tells[b]) for a, b in zip(left.tolist(), right.tolist(), strict=True)]
    return Examples(
        name=told.name,
        units=held,
        left=left,
        right=right,
        rows=likeness.measure(held, left, right),
        is_same=np.array(same, bool),
        points=points,
    )


def gold_points(
    gold: dict[str, Any], readings: Sequence[Reading]
) -> list[list[tuple[int, tuple[int, int]]]]:
    """The evidence of each point: index of the article, span."""
    index = {Path(r.article.path or "").stem: at for at, r in enumerate(readings)}
    out = []
    for point in gold["points"]:
        held = []
        for evidence in point["evidence"]:
            at = index.get(evidence["article"])
            span = find(readings[at].article.text, evidence["text"]) if at is not None else None
            if at is not None and span:
                held.append((at, span))
        out.append(held)
    return out


def train(stories: Sequence[Examples]) -> lightgbm.Booster:
    """Trees that judge a pair by its measurements."""
    rows = np.concatenate([story.rows for story in stories])
    labels = np.concatenate([story.is_same for story in stories])
    kept = labels | (np.random.default_rng(SEED).random(len(labels)) < UNLIKE_KEPT)
    weights = np.where(labels, 1.0, 1.0 / UNLIKE_KEPT)[kept]
    data = lightgbm.Dataset(
        rows[kept], labels[kept], weight=weights, feature_name=list(likeness.NAMES)
    )
    return lightgbm.train(PARAMETERS, data, ROUNDS)


def pairs_of(groups: Sequence[Sequence[tuple[int, tuple[int, int]]]]) -> list[Any]:
    """All pairs of passages of different articles in one group."""
    return [
        (a, b)
        for held in groups
        for at, a in enumerate(held)
        for b in held[at + 1 :]
        if a[0] != b[0]
    ]


def agree(found: Any, gold: Any) -> bool:
    """True if a found pair is the gold pair."""
    (a, one), (b, other) = found
    return any(
        a == x and b == y and is_same_passage(one, first) and is_same_passage(other, second)
        for (x, first), (y, second) in (gold, gold[::-1])
    )


def check(stories: Sequence[Examples]) -> dict[str, float]:
    """Precision, recall and F1 of pairs over all stories, each judged by trees of other stories."""
    right = shown = found = wanted = 0
    for fold in range(FOLDS):
        trees = train([s for at, s in enumerate(stories) if at % FOLDS != fold])
        for story in (s for at, s in enumerate(stories) if at % FOLDS == fold):
            judged = np.asarray(trees.predict(story.rows), np.float32)
            groups = grouping.group(story.units, story.left, story.right, judged)
            held = story.units
            spans = [
                [(int(held.article[r]), (int(held.start[r]), int(held.end[r]))) for r in group]
                for group in groups
            ]
            predicted, gold = pairs_of(spans), pairs_of(story.points)
            right += sum(any(agree(p, g) for g in gold) for p in predicted)
            found += sum(any(agree(p, g) for p in predicted) for g in gold)
            shown += len(predicted)
            wanted += len(gold)
    precision, recall = right / max(1, shown), found / max(1, wanted)
    return {
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(2 * precision * recall / max(1e-9, precision + recall), 3),
    }


def arrays(trees: lightgbm.Booster) -> dict[str, np.ndarray]:
    """The trees in the form of `retold.comparing.trees`."""
    nodes: list[tuple[int, float, int, int, float]] = []
    deepest = 0

    def add(node: dict[str, Any], depth: int) -> int:
        nonlocal deepest
        at = len(nodes)
        if "leaf_value" in node:
            deepest = max(deepest, depth)
            nodes.append((0, 0.0, at, at, float(node["leaf_value"])))
            return at
        nodes.append((0, 0.0, 0, 0, 0.0))
        low = add(node["left_child"], depth + 1)
        high = add(node["right_child"], depth + 1)
        nodes[at] = (int(node["split_feature"]), float(node["threshold"]), low, high, 0.0)
        return at

    roots = [add(tree["tree_structure"], 0) for tree in trees.dump_model()["tree_info"]]
    feature, threshold, low, high, value = zip(*nodes, strict=True)
    return {
        "roots": np.array(roots, np.int32),
        "feature": np.array(feature, np.int16),
        "threshold": np.array(threshold, np.float32),
        "low": np.array(low, np.int32),
        "high": np.array(high, np.int32),
        "value": np.array(value, np.float32),
        "depth": np.array(deepest, np.int32),
    }


def write(folder: Path, trees: lightgbm.Booster, origin: dict[str, Any]) -> None:
    """Keep the trees in `folder`, with what they were made from."""
    held = arrays(trees)
    np.savez_compressed(folder / "pairs.npz", origin=np.array(json.dumps(origin)), **held)  # type: ignore[arg-type]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readings", type=Path, help="folder where readings are kept")
    parser.add_argument("--check", action="store_true", help="print figures, write nothing")
    options = parser.parse_args()
    told = scored("gold_train")
    stories, encoder, seen = [], "", hashlib.sha256()
    for story in told:
        readings = readings_of(story, options.readings)
        encoder = readings[0].model
        seen.update(story.gold.read_bytes())
        stories.append(examples(story, readings))
    if options.check:
        print(json.dumps(check(stories)))
        return
    origin = {
        "made_by": "python -m training.pairs",
        "stories": len(stories),
        "data": seen.hexdigest()[:12],
        "pairs": int(sum(len(s.rows) for s in stories)),
        "same": int(sum(s.is_same.sum() for s in stories)),
        "encoder": encoder,
        "seed": SEED,
        "columns": list(likeness.NAMES),
    }
    write(MODELS, train(stories), origin)


if __name__ == "__main__":
    main()
