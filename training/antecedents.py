"""Trains the weights that tell whom a pronoun or a description points back to.

    python -m training.antecedents            writes src/retold/models/antecedents.json

A conditional logit over the candidates of each question, fitted by gradient ascent with a ridge, on
the gold_train stories that `evaluation.speakers` does not keep apart (with all of them no figure
rises, and MEANTIME loses three of 84). The speakers before a question are those of the gold, as far
as it names them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from evaluation.matching import is_same_name
from evaluation.speakers import Case, cases, is_kept_apart
from retold.reading import antecedents, questions, speakers
from retold.reading import stage as stages

OUT = Path(__file__).resolve().parent.parent / "src" / "retold" / "models" / "antecedents.json"
RIDGE = 0.005  # 0.001 to 0.05 differ by less than a point in five folds by story
STEPS = 2000
RATE = 0.5


def asked(case: Case) -> Iterator[tuple[str, np.ndarray, int]]:
    """The candidates' features of every question that the article puts, and which one is right."""
    stage = stages.open_stage(case.article, case.triples, ())
    for index in stages.in_order(case.triples):
        gold = case.golds[index]["speaker"]
        found, score = speakers.answer(stage, index)
        right = [c.index for c in stage.characters if is_same_name(c.name, gold)]
        question = questions.question_of(stage, index, stage.forms[index])
        if question is not None and gold.casefold() != "unknown":
            kept, table = questions.candidates(stage, question)
            named = [
                i for i, c in enumerate(kept) if c is not None and c.index in right and c.is_named
            ]
            if not named and question.is_description:
                named = [len(kept) - 1]
            if named and len(kept) > 1:
                kind = question.kind.value
                yield kind, np.array(table), named[0]
        if right and found not in right:
            found = right[0]
        stages.settle(stage, index, (found, score))


def fit(held: list[tuple[np.ndarray, int]]) -> np.ndarray:
    """The weights that make the right candidates likeliest, small ones preferred."""
    weights = np.zeros(len(antecedents.FEATURES))
    for step in range(STEPS):
        gradient = -RIDGE * weights
        for table, right in held:
            sums = table @ weights
            odds = np.exp(sums - sums.max())
            odds /= odds.sum()
            gradient = gradient + (table[right] - odds @ table) / len(held)
        weights = weights + RATE / (1 + step / 1000) * gradient
    return weights


def main() -> None:
    held: dict[str, list[tuple[np.ndarray, int]]] = {kind.value: [] for kind in antecedents.Kind}
    stories = set()
    for case in cases("gold_train"):
        if not is_kept_apart(case.story):
            stories.add(case.story)
            for kind, table, right in asked(case):
                held[kind].append((table, right))
    weights = {}
    for kind, rows in held.items():
        fitted = fit(rows)
        weights[kind] = {
            n: round(float(w), 3) for n, w in zip(antecedents.FEATURES, fitted, strict=True)
        }
        right = sum(int(np.argmax(table @ fitted)) == at for table, at in rows)
        print(f"{kind}: {len(rows)} questions, {right / len(rows):.3f} right on these")
    record = {
        "origin": "python -m training.antecedents",
        "data": f"gold_train without the stories kept apart: {len(stories)} stories",
        "questions": {kind: len(rows) for kind, rows in held.items()},
        "licence": "Apache-2.0",
        "weights": weights,
    }
    OUT.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
