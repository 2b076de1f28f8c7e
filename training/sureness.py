"""Train how sure it is that what is shown is a difference.

    python -m training.sureness [--readings FOLDER] [--check]

What is learned from are the differences that retold shows of stories which none of its trees has
seen, each with the judgement of a reader: `judged.jsonl` beside this file holds judgements made one
by one of stories of the AllSides corpus; of claims in `marked.jsonl` a difference counts as real
whose words a reader marked; of the training stories one that touches a noted one on two sides, and
is shown by trees grown on other stories. Writes
`src/retold/models/sureness.npz`.

`--check` judges each story by trees that never saw it, and prints of the first three and the first
five differences of a story how many are real: in the order of the odds of the words, and in that of
the sureness. It writes nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from evaluation.stories import Told, scored
from retold.comparing import alignment, contrast, differences, facts, people, sureness, trees
from retold.comparing.differences import Accounts, Parted
from retold.types import Place, Reading
from training import allsides, judged, marked, pairs, parts
from training.differences import noted_in, shows
from training.pairs import MODELS, arrays
from training.parts import Part

REAL = ("useful", "trivial")
NONE = ("nothing", "apart")
MIN_SAME = 0.5  # of the characters of both, for words to be those that were judged
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


class Teller(StrEnum):
    """How it is known whether a difference is real."""

    JUDGED = "judged stories"
    MARKED = "marked stories"
    NOTED = "training stories"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What is measured of a shown difference, and whether a reader takes it for one."""

    story: str
    row: np.ndarray
    is_real: bool
    told_by: Teller


def judged_items(kept: Path | None) -> list[Item]:
    """What is shown of the judged stories as the reader judged it; what he did not see left out."""
    labels = judged.labels()
    out = []
    for story, articles in allsides.stories(labels):
        readings = judged.readings(story, articles, kept)
        order = [r.article.id for r in readings]
        for parted, row in _shown(readings):
            if (is_real := _judged(parted, labels[story], order)) is not None:
                out.append(Item(story=story, row=row, is_real=is_real, told_by=Teller.JUDGED))
    return out


def noted_items(
    part: Part, told: Sequence[Told], readings: Sequence[Sequence[Reading]]
) -> list[Item]:
    """What is shown of the stories of a part by trees that saw none of them."""
    out = []
    with parts.released_from(part.folder):
        for at in part.stories:
            noted = noted_in(told[at].read_gold(), readings[at])
            out += [
                Item(
                    story=told[at].name,
                    row=row,
                    is_real=shows(parted.slots, noted) >= 0,
                    told_by=Teller.NOTED,
                )
                for parted, row in _shown(readings[at])
            ]
    return out


def marked_items(kept: Path | None) -> list[Item]:
    """What is shown of those claims of other stories that a reader marked."""
    out = []
    for story in marked.stories(kept):
        order = [reading.article.id for reading in story.readings]
        for parted, row in _shown(story.readings):
            if (is_real := marked.is_real(_places(parted), story.claims, order)) is not None:
                item = Item(story=story.name, row=row, is_real=is_real, told_by=Teller.MARKED)
                out.append(item)
    return out


def train(items: Sequence[Item]) -> lightgbm.Booster:
    """The trees of how sure it is."""
    rows = np.stack([one.row for one in items])
    real = np.array([one.is_real for one in items])
    return lightgbm.train(PARAMETERS, lightgbm.Dataset(rows, real), ROUNDS)


def write(folder: Path, grown: lightgbm.Booster, origin: dict[str, Any]) -> None:
    """Keep the trees in `folder`, with what they were made from."""
    made_from = np.array(json.dumps(origin))
    np.savez_compressed(folder / "sureness.npz", origin=made_from, **arrays(grown))  # type: ignore[arg-type]


def check(items: Sequence[Item]) -> dict[str, dict[str, float]]:
    """The share of real ones among the first of each story, in both orders."""
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


def _shown(readings: Sequence[Reading]) -> Iterator[tuple[Parted, np.ndarray]]:
    """What would be shown of a story as variations, with what is measured of it."""
    found = [facts.of(reading) for reading in readings]
    accounts: Accounts = differences.prepare(readings, found, people.merge(readings))
    for told in alignment.align(accounts.judged):
        held = differences.sentences(told.passages, accounts)
        compared = contrast.pairs(held, told.passages, accounts.rarity)
        if len(compared.left):
            odds = trees.load(differences.MODEL).judge(compared.features)
            for one in differences.parting(compared, odds, held, accounts, told=told.score):
                shown = differences.shown(one, told.passages, told.score)
                yield one, sureness.measure(shown, accounts.judged)


def _judged(parted: Parted, labels: Sequence[Any], order: Sequence[str]) -> bool | None:
    """How a reader judged the words, None if he did not see them.

    Where he found others to mark it is real if those are shown; and what only touches words in
    which he found no difference is none.
    """
    places = _places(parted)
    for one in labels:
        real = one["sides"] if one["label"] in REAL else one.get("right", ())
        if judged.meet(places, real, order, MIN_SAME):
            return True
    for one in labels:
        if judged.meet(places, one["sides"], order, 0.0 if one["label"] in NONE else MIN_SAME):
            return False
    return None


def _places(parted: Parted) -> list[Place]:
    return [Place(slot.article_id, slot.span) for slot in parted.slots]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readings", type=Path, help="folder where readings are kept")
    parser.add_argument("--check", action="store_true", help="print figures, write nothing")
    options = parser.parse_args()
    told = scored("gold_train")
    readings = [pairs.readings_of(story, options.readings) for story in told]
    items = judged_items(options.readings) + marked_items(options.readings)
    labelled = judged.facets_of(options.readings)
    with tempfile.TemporaryDirectory() as place:
        for part in parts.grown(told, readings, Path(place), labelled):
            items += noted_items(part, told, readings)
    if options.check:
        print(json.dumps(check(items), indent=1))
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


if __name__ == "__main__":
    main()
