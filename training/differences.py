"""Train what tells which differences between tellings a careful reader notes, and of what facet.

    python -m training.differences [--readings FOLDER] [--check | --facets]

Takes as claims the points of the training stories, what alignment makes of them, and pairs of
sentences that are merely near each other, so that the trees learn that what tells of other things
differs in nothing. What is to be found are the differences of the gold. Their facet is learned from
the words that the reader noted, from those that the trees choose in their place, and from what was
judged of other stories. Writes `src/retold/models/differences.npz` (one set of trees) and
`facets.npz` (one a facet); `--facets` writes only the latter, of what the released trees choose.

`--check` judges the points of each story by trees that never saw it, prints precision and recall at
several thresholds, and writes nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from evaluation.matching import find
from evaluation.stories import scored
from retold.comparing import alignment, contrast, differences, facets, facts, people, trees
from retold.comparing.contrast import Contrasts
from retold.comparing.differences import Found
from retold.comparing.facets import FACETS, Side
from retold.comparing.slots import Sentence, Slot
from retold.spans import clip, shared
from retold.types import Facet, Passage, Reading, Span
from training import judged
from training.pairs import MODELS, arrays, readings_of

FOLDS, SEED = 5, 7
ROUNDS, FACET_ROUNDS = 160, 80
KEPT = {True: 0.6, False: 0.12}  # the share of pairs that trees are grown on: most say the same
PARAMETERS: dict[str, Any] = {
    "objective": "binary",
    "num_leaves": 15,
    "max_depth": 6,
    "learning_rate": 0.07,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "seed": SEED,
    "num_threads": 1,
    "deterministic": True,
    "verbose": -1,
}
FACET_PARAMETERS = PARAMETERS | {
    "objective": "multiclass",
    "num_class": len(FACETS),
    "num_leaves": 6,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.4,
}

Noted = tuple[str, str, list[tuple[str, Span]]]
"""Facet, kind, and the article and span of each value of a difference of the gold."""
Labelled = tuple[list[Side], Facet]
"""Words that part, and what they part in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A point of the gold as a claim: its pairs of slots and what the reader noted.

    `noted` is for each pair the index of the difference that it shows, -1 for none; `fit` how well
    its worse side meets the words of the gold, 0..1. `is_point` is False for what alignment made.
    """

    story: int
    sentences: list[Sentence]
    pairs: Contrasts
    gold: list[Noted]
    noted: np.ndarray
    fit: np.ndarray
    is_point: bool


def examples(number: int, gold: Any, readings: Sequence[Reading]) -> list[Example]:
    """The points of one story, then what alignment puts together, then its near sentences."""
    found = [facts.of(reading) for reading in readings]
    accounts = differences.prepare(readings, found, people.merge(readings))
    named = {Path(r.article.path or "").stem: r for r in readings}
    out: list[Example] = []
    for point in gold["points"]:
        told = [
            Passage(id="p", article_id=article, span=span, attribution_id=None)
            for article, span in _places(named, point["evidence"])
        ]
        noted = list(_noted(point, named))
        out.append(_example(number, told, noted, accounts, is_point=True))
    everything = noted_in(gold, readings)
    together = [one.passages for one in alignment.align(accounts.judged)]
    for passages in (*together, *near(readings)):
        out.append(_example(number, passages, everything, accounts, is_point=False))
    return out


def noted_in(gold: Any, readings: Sequence[Reading]) -> list[Noted]:
    """The differences of a gold that two of the articles show."""
    named = {Path(r.article.path or "").stem: r for r in readings}
    return [one for point in gold["points"] for one in _noted(point, named)]


def _noted(point: Any, named: dict[str, Reading]) -> Iterator[Noted]:
    for one in point.get("differences", []):
        places = _places(named, one["values"])
        if len({article for article, _ in places}) > 1:
            yield one["facet"], one["kind"], places


def _example(
    number: int,
    passages: Sequence[Passage],
    noted: list[Noted],
    accounts: differences.Accounts,
    *,
    is_point: bool,
) -> Example:
    sentences = differences.sentences(passages, accounts)
    pairs = contrast.pairs(sentences, passages, accounts.rarity)
    shown = [
        shows((pairs.slots[a], pairs.slots[b]), noted)
        for a, b in zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)
    ]
    fit = [
        _fit((pairs.slots[a], pairs.slots[b]), noted[n][2]) if n >= 0 else 0.0
        for a, b, n in zip(pairs.left.tolist(), pairs.right.tolist(), shown, strict=True)
    ]
    return Example(
        story=number,
        sentences=sentences,
        pairs=pairs,
        gold=noted,
        noted=np.array(shown, int),
        fit=np.array(fit, np.float32),
        is_point=is_point,
    )


def _fit(held: Sequence[Slot], values: Sequence[tuple[str, Span]]) -> float:
    """The characters that both have over those that either has, of the slot that fares worse."""
    return min(
        max(
            shared(slot.span, span) / (len(slot.span) + len(span) - shared(slot.span, span))
            for article, span in values
            if article == slot.article_id
        )
        for slot in held
    )


def near(readings: Sequence[Reading]) -> list[tuple[Passage, Passage]]:
    """Every third widest passage of each article with the one of the next that is nearest to it."""
    out = []
    for a, b in itertools.pairwise([*readings, readings[0]]):
        rows_a, rows_b = _widest(a), _widest(b)
        vectors_a, vectors_b = (
            np.frombuffer(r.vectors, np.int8).reshape(len(r.passages), -1).astype(np.float32)
            for r in (a, b)
        )
        nearest = (vectors_a[rows_a] @ vectors_b[rows_b].T).argmax(axis=1)
        out += [
            (a.passages[row], b.passages[rows_b[to]])
            for row, to in list(zip(rows_a, nearest.tolist(), strict=True))[::3]
        ]
    return out


def _widest(reading: Reading) -> list[int]:
    """The passages that stand in no other, in order."""
    out: list[int] = []
    for row, passage in enumerate(reading.passages):
        if not out or passage.span.start >= reading.passages[out[-1]].span.end:
            out.append(row)
    return out


def _places(named: dict[str, Reading], held: Sequence[Any]) -> list[tuple[str, Span]]:
    """Article and span of each excerpt that is found."""
    out = []
    for one in held:
        reading = named.get(one["article"])
        place = find(reading.article.text, one["text"]) if reading and one.get("text") else None
        if reading and place:
            out.append((reading.article.id, Span(*place)))
    return out


def shows(held: Sequence[Slot], noted: Sequence[Noted]) -> int:
    """The first difference of the gold that the slots show on two sides; -1 if there is none."""
    for number, (_, _, values) in enumerate(noted):
        sides = {
            slot.article_id
            for slot in held
            for article, span in values
            if slot.article_id == article
            and slot.span.start < span.end
            and span.start < slot.span.end
        }
        if len(sides) > 1:
            return number
    return -1


def grow(
    held: Sequence[Example], elsewhere: Sequence[Labelled] = ()
) -> tuple[lightgbm.Booster, lightgbm.Booster]:
    """The trees for whether a pair is noted, and those for its facet."""
    ranker = rank(held)
    return ranker, tell([*_facets(held, ranker.predict), *elsewhere])


def tell(labelled: Sequence[Labelled]) -> lightgbm.Booster:
    """The trees for the facet, a tree a facet in turn."""
    rows = np.array([facets.measure(sides) for sides, _ in labelled])
    facet = np.array([FACETS.index(one) for _, one in labelled])
    return lightgbm.train(FACET_PARAMETERS, lightgbm.Dataset(rows, facet), FACET_ROUNDS)


def rank(held: Sequence[Example]) -> lightgbm.Booster:
    """The trees for whether a pair is noted."""
    rows = np.concatenate([one.pairs.features for one in held])
    noted = np.concatenate([one.noted for one in held]) >= 0
    fit = np.concatenate([one.fit for one in held])
    rng = np.random.default_rng(SEED)
    kept = rng.random(len(rows)) < np.where(noted, KEPT[True], KEPT[False])
    # what merely touches the words that the reader noted counts little, what meets them much
    weight = np.where(noted, (0.15 + 2 * fit) / KEPT[True], 1 / KEPT[False])
    data = lightgbm.Dataset(rows[kept], noted[kept], weight=weight[kept])
    return lightgbm.train(PARAMETERS, data, ROUNDS)


def _facets(
    held: Sequence[Example], judge: Callable[[np.ndarray], np.ndarray]
) -> Iterator[Labelled]:
    """The words of each difference with its facet: as the reader noted them, and as they are
    chosen by the odds that `judge` gives."""
    for one in (one for one in held if one.is_point):
        for name, _, values in one.gold:
            sides = _sides(values, one.sentences)
            if len(sides) > 1:
                yield sides, Facet(name)
        if not one.gold or not len(one.pairs.left):
            continue
        odds = np.asarray(judge(one.pairs.features))
        chosen = differences.choose(one.pairs, odds), differences.choose_bare(one.pairs, odds)
        for found in itertools.chain.from_iterable(chosen):
            number = shows(found.slots, one.gold)
            if number >= 0:
                sides = [facets.side(slot, one.sentences) for slot in found.slots]
                yield sides, Facet(one.gold[number][0])


def _sides(values: Sequence[tuple[str, Span]], sentences: Sequence[Sentence]) -> list[Side]:
    """The first value of each article, as far as it lies in one of the sentences."""
    out: dict[str, Side] = {}
    for article, span in values:
        for one in sentences:
            if one.article_id == article and (kept := clip(span, one.span)):
                out.setdefault(article, Side(span=kept, host=one))
    return list(out.values())


@dataclass(frozen=True, slots=True)
class _OneFacet:
    """The trees of one facet among those of all."""

    trees: lightgbm.Booster
    number: int

    def dump_model(self) -> dict[str, Any]:
        return {"tree_info": self.trees.dump_model()["tree_info"][self.number :: len(FACETS)]}


def check(held: Sequence[Example], elsewhere: Sequence[Labelled]) -> dict[str, dict[str, float]]:
    """Precision, recall, the same facet and the conflicts found, by the least score shown."""
    stories = sorted({one.story for one in held})
    fold = dict(
        zip(
            stories,
            np.random.default_rng(0).permutation(len(stories)) % FOLDS,
            strict=True,
        )
    )
    found_in: list[tuple[Example, list[Found], list[str]]] = []
    for number in range(FOLDS):
        ranker, kinds = grow([one for one in held if fold[one.story] != number], elsewhere)
        for one in held:
            if fold[one.story] == number and len(one.pairs.left) and one.is_point:
                chosen = differences.choose(
                    one.pairs,
                    np.asarray(ranker.predict(one.pairs.features)),
                    at_least=0.1,
                )
                found_in.append((one, chosen, [_facet(one, c, kinds) for c in chosen]))
    gold = [d for one in held if one.is_point for d in one.gold]
    total, conflicts = len(gold), sum(d[1] == "conflict" for d in gold)
    out = {}
    for least in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6):
        shown = right = found = same = parted = 0
        for one, chosen, facet in found_in:
            kept = [(c, f) for c, f in zip(chosen, facet, strict=True) if c.score >= least]
            shown += len(kept)
            right += sum(shows(c.slots, one.gold) >= 0 for c, _ in kept)
            for d in one.gold:
                hits = [f for c, f in kept if shows(c.slots, [d]) >= 0]
                found += bool(hits)
                same += d[0] in hits
                parted += bool(hits) and d[1] == "conflict"
        out[f"{least:.2f}"] = {
            "shown": shown,
            "precision": round(right / max(1, shown), 3),
            "recall": round(found / total, 3),
            "same facet": round(same / max(1, found), 3),
            "conflicts": round(parted / conflicts, 3),
        }
    return out


def _facet(one: Example, found: Found, kinds: lightgbm.Booster) -> Facet:
    sides = [facets.side(slot, one.sentences) for slot in found.slots]
    odds = np.asarray(kinds.predict(facets.measure(sides)[None, :]))[0]
    return facets.settle(found.slots, odds, one.sentences)[0]


def write(
    folder: Path,
    ranker: lightgbm.Booster,
    kinds: lightgbm.Booster,
    origin: dict[str, Any],
) -> None:
    """Keep the trees in `folder`, with what they were made from."""
    made_from = np.array(json.dumps(origin))
    np.savez_compressed(folder / "differences.npz", origin=made_from, **arrays(ranker))  # type: ignore[arg-type]
    write_facets(folder, kinds, origin)


def write_facets(folder: Path, kinds: lightgbm.Booster, origin: dict[str, Any]) -> None:
    """Keep the trees of the facets in `folder`."""
    parts = {
        f"{facet.value}.{key}": value
        for number, facet in enumerate(FACETS)
        for key, value in arrays(_OneFacet(kinds, number)).items()  # type: ignore[arg-type]
    }
    made_from = np.array(json.dumps(origin))
    np.savez_compressed(folder / "facets.npz", origin=made_from, **parts)  # type: ignore[arg-type]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readings", type=Path, help="folder where readings are kept")
    parser.add_argument("--check", action="store_true", help="print figures, write nothing")
    parser.add_argument("--facets", action="store_true", help="write the trees of facets alone")
    options = parser.parse_args()
    held: list[Example] = []
    seen, encoder = hashlib.sha256(), ""
    for number, told in enumerate(scored("gold_train")):
        readings = readings_of(told, options.readings)
        encoder = readings[0].model
        seen.update(told.gold.read_bytes())
        held += examples(number, told.read_gold(), readings)
    elsewhere = judged.facets_of(options.readings)
    if options.check:
        print(json.dumps(check(held, elsewhere), indent=1))
        return
    seen.update(judged.JUDGED.read_bytes())
    origin = {
        "data": seen.hexdigest()[:16],
        "encoder": encoder,
        "seed": SEED,
        "of": len(held),
    }
    if options.facets:
        released = trees.load(differences.MODEL).judge
        write_facets(MODELS, tell([*_facets(held, released), *elsewhere]), origin)
        return
    write(MODELS, *grow(held, elsewhere), origin)


if __name__ == "__main__":
    main()
