"""Train what tells rival values: two numbers, days or places that are given for one thing.

    python -m training.rivals [--readings FOLDER] [--check]

Learned from copies of the training stories and of others in which a shared fact was altered
(`training/altered.py`), from the training stories as they are, where what readers noted as a
conflict is one, and from clusters as they are in which a reader judged what was found
(`training/rivalled.py`). What is told in common is what readers put together, or of the judged
stories what alignment surely does. Writes `src/retold/models/rivals.npz`.

`--check` judges each story by trees that never saw it: how many of the altered facts are found at
which score, how many of the found are altered ones, and of what is found in the stories as they are
how many, and how many of these readers took for one. It writes nothing.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from evaluation.stories import scored
from retold import spans
from retold.comparing import alignment, differences, facts, people, rivalry, rivals, stories
from retold.comparing.rivals import Rivals
from retold.comparing.slots import Slot
from retold.types import DifferenceKind, Reading, Span
from training import allsides, altered, judged, pairs, rivalled
from training.altered import Copy, Points
from training.differences import noted_in
from training.pairs import MODELS, arrays

FOLDS, ROUNDS, SEED = 5, 150, 1
# of a candidate of a story as it is: copies hold rivals a hundred times as often, and scores are to
# be those of stories as they are
NATURAL = 10.0
SURELY_TOLD = 0.75  # what alignment puts together of stories that no reader read
UP = frozenset(
    (
        "judged", "both", "cover_low", "cover_high", "likeness", "told", "left", "right", "beside",
        "beside_share", "before", "after", "governor", "head", "unit", "names_shared",
    )
)  # fmt: skip
DOWN = frozenset(
    (
        "names_apart_low", "names_apart_high", "other_low", "other_high", "values_low",
        "values_high", "thirds_low",
    )
)  # fmt: skip
PARAMETERS: dict[str, Any] = {
    "objective": "binary",
    "num_leaves": 8,
    "max_depth": 5,
    "learning_rate": 0.05,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "monotone_constraints": [(name in UP) - (name in DOWN) for name in rivalry.NAMES],
    "monotone_constraints_method": "intermediate",
    "seed": SEED,
    "num_threads": 1,
    "deterministic": True,
    "verbose": -1,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """The candidates of a story or of a copy of it: what is measured, and which are rivals; left
    out is what may be one. `is_copy` is False for the story as it is."""

    story: str
    rows: np.ndarray
    is_rival: np.ndarray
    is_copy: bool


def examples(kept: Path | None) -> Iterator[Example]:
    """The training stories as they are, then the copies of all."""
    for told in scored("gold_train"):
        readings = pairs.readings_of(told, kept)
        gold = told.read_gold()
        yield _natural(told.name, gold, readings)
        points = [[(n, Span(*span)) for n, span in p] for p in pairs.gold_points(gold, readings)]
        yield from _copies(told.name, readings, points, kept)
    for story, articles in allsides.stories(judged.labels()):
        readings = judged.readings(story, articles, kept)
        yield from _copies(story, readings, _sure_points(readings), kept)
    seen = rivalled.labels()
    for story, articles in allsides.stories(seen):
        yield _seen(seen[story], judged.readings(story, articles, kept))


def train(held: Sequence[Example]) -> lightgbm.Booster:
    """The trees that tell rivals."""
    rows = np.concatenate([one.rows for one in held])
    weights = [np.full(len(one.rows), 1.0 if one.is_copy else NATURAL) for one in held]
    is_rival = np.concatenate([one.is_rival for one in held])
    data = lightgbm.Dataset(rows, is_rival, weight=np.concatenate(weights))
    return lightgbm.train(PARAMETERS, data, ROUNDS)


def write(folder: Path, grown: lightgbm.Booster, origin: dict[str, Any]) -> None:
    """Keep the trees in `folder`, with what they were made from."""
    made_from = np.array(json.dumps(origin))
    np.savez_compressed(folder / "rivals.npz", origin=made_from, **arrays(grown))  # type: ignore[arg-type]


def check(held: Sequence[Example]) -> dict[str, dict[str, float]]:
    """By kind and least score: of the altered values that are looked at the share found, of what is
    found the share that is altered, and what is found in the stories as they are."""
    names = sorted({one.story for one in held})
    scores = np.concatenate([np.zeros(len(one.rows)) for one in held])
    ends = np.cumsum([len(one.rows) for one in held])
    for fold in range(FOLDS):
        grown = train([one for one in held if names.index(one.story) % FOLDS != fold])
        for one, end in zip(held, ends, strict=True):
            if names.index(one.story) % FOLDS == fold and len(one.rows):
                scores[end - len(one.rows) : end] = grown.predict(one.rows)
    rows = np.concatenate([one.rows for one in held])
    rival = np.concatenate([one.is_rival for one in held])
    copied = np.concatenate([np.full(len(one.rows), one.is_copy) for one in held])
    number, date = (rows[:, rivalry.NAMES.index(name)] > 0 for name in ("is_number", "is_date"))
    out = {}
    for kind, of_kind in (("number", number), ("date", date), ("place", ~number & ~date)):
        for least in (0.3, 0.5, 0.7):
            found = of_kind & (scores >= least)
            out[f"{kind} from {least}"] = {
                "altered": round(float(found[of_kind & rival & copied].mean()), 2),
                "precision": round(float(rival[found & copied].mean()), 2),
                "in the stories as they are": int((found & ~copied).sum()),
                "of them rivals": int((found & ~copied & rival).sum()),
            }
    return out


# --- inside ---------------------------------------------------------------------------------------


def _candidates(readings: Sequence[Reading]) -> tuple[Rivals, ...]:
    held = stories.in_order(readings)
    accounts = differences.prepare(held, [facts.of(r) for r in held], people.merge(held))
    return rivals.candidates(held, accounts.sentences, accounts.judged, accounts.rarity)


def _natural(story: str, gold: Any, readings: Sequence[Reading]) -> Example:
    """The story as it is: noted conflicts are rivals, other noted differences may be."""
    noted = noted_in(gold, readings)
    found = _candidates(readings)
    kinds = [_noted_as(one, noted) for one in found]
    told = [(one, kind) for one, kind in zip(found, kinds, strict=True) if kind != "variation"]
    return Example(
        story=story,
        rows=rivals.measures([one for one, _ in told]),
        is_rival=np.array([kind is not None for _, kind in told], bool),
        is_copy=False,
    )


def _seen(row: Mapping[str, Any], readings: Sequence[Reading]) -> Example:
    """The cluster as it is, with what a reader made of what was found in it."""
    order = [r.article.id for r in readings]
    found = [(one, rivalled.judged_as(one, row, order)) for one in _candidates(readings)]
    told = [held for held in found if held[1] != rivalled.DOUBTFUL]
    return Example(
        story=row["story"],
        rows=rivals.measures([one for one, _ in told]),
        is_rival=np.array([kind is not None for _, kind in told], bool),
        is_copy=False,
    )


def _noted_as(one: Rivals, noted: Sequence[Any]) -> str | None:
    """The kind of the difference that the two show, None if readers noted none."""
    for facet, kind, values in noted:
        sides = {
            slot.article_id
            for slot in one.slots
            for article, span in values
            if slot.article_id == article and spans.overlaps(slot.span, span)
        }
        if len(sides) > 1:
            is_conflict = kind == DifferenceKind.CONFLICT and facet == rivals.facet_of(one)
            return "conflict" if is_conflict else "variation"
    return None


def _copies(
    story: str, readings: Sequence[Reading], points: Points, kept: Path | None
) -> Iterator[Example]:
    order = [r.article.id for r in readings]
    for made, again in altered.copies(story, readings, points, kept):
        found = _candidates(again)
        labels = [_label(one, made, order) for one in found]
        told = [row for row in zip(found, labels, strict=True) if row[1] is not None]
        yield Example(
            story=story,
            rows=rivals.measures([one for one, _ in told]),
            is_rival=np.array([label for _, label in told], bool),
            is_copy=True,
        )


def _label(one: Rivals, made: Copy, order: Sequence[str]) -> bool | None:
    """True for the altered value and the other one where both stand in one point, None where they
    stand elsewhere: what they are of there nobody knows."""
    for change in made.altered:
        where = [_standing(slot, change, made, order) for slot in one.slots]
        numbers = [order.index(slot.article_id) for slot in one.slots]
        if None not in where and change.article in numbers:
            return True if set(where[0] or ()) & set(where[1] or ()) else None
    return False


def _standing(
    slot: Slot, change: altered.Altered, made: Copy, order: Sequence[str]
) -> set[int] | None:
    """The points of the change in which the slot shows its value; None if it shows another."""
    number = order.index(slot.article_id)
    text = made.articles[number].text
    shown = (Span(*m.span()) for m in re.finditer(change.pattern(number), text))
    place = next((span for span in shown if spans.overlaps(span, slot.span)), None)
    if place is None:
        return None
    return {
        point
        for point in change.points
        if any(n == number and spans.overlaps(span, place) for n, span in made.points[point])
    }


def _sure_points(readings: Sequence[Reading]) -> Points:
    """What the accounts surely tell in common."""
    order = [r.article.id for r in readings]
    judgement = alignment.judge(readings, [facts.of(r) for r in readings])
    return [
        [(order.index(passage.article_id), passage.span) for passage in told.passages]
        for told in alignment.align(judgement)
        if told.score >= SURELY_TOLD
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readings", type=Path, help="folder where readings are kept")
    parser.add_argument("--check", action="store_true", help="print figures, write nothing")
    options = parser.parse_args()
    held = list(examples(options.readings))
    if options.check:
        print(json.dumps(check(held), indent=1))
        return
    origin = {
        "made_by": "python -m training.rivals",
        "copies": sum(one.is_copy for one in held),
        "altered": int(sum(one.is_rival.sum() for one in held if one.is_copy)),
        "of": sum(len(one.rows) for one in held),
        "seed": SEED,
        "columns": list(rivalry.NAMES),
    }
    write(MODELS, train(held), origin)


if __name__ == "__main__":
    main()
