"""Fit how sure an attribution is to a careful reader's statements.

    python -m training.confidence --shared ../shared --model src/retold/models/news-2

Writes `confidence` and `min_confidence` into the config. The model has seen no story but for
single contents of those not kept out (training.pieces). What is printed was judged on folds of
stories apart from those that it was fitted to.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from retold import spans, text
from retold.reading import attributions
from retold.reading.encoder import Encoder
from retold.types import Span
from training import stories

_WORD = re.compile(r"\w+")
MATCH = 0.5
# of what scores less one in ten is a statement for the reader; asking for more would drop thoughts
# and wishes that PolNeAR counts and the reader calls marginal
MIN = 0.2


def words(source: str, held: tuple[Span, ...]) -> set[tuple[int, int]]:
    """The places of the words in some spans."""
    return {m.span() for s in held for m in _WORD.finditer(source, s.start, s.end)}


def judged(read: stories.Read, encoder: Encoder) -> list[tuple[tuple[float, ...], bool]]:
    """The features of each attribution of an article, and whether the reader has it too.

    What the reader has as marginal is left out: it is neither right nor wrong.
    """
    source = read.article.text
    states = encoder.encode(read.article)
    bounds = text.paragraphs_of(read.article)
    gold = [words(source, (span,)) for span in read.spans]
    out = []
    for each in attributions.linked(source, states, encoder, bounds):
        pieces = spans.merge(piece.span for piece in each.contents)
        forms = [words(source, pieces), *(words(source, (piece,)) for piece in pieces)]
        matches = [
            statement
            for statement, held in zip(read.statements, gold, strict=True)
            if any(len(f & held) >= MATCH * len(f | held) for f in forms)
        ]
        if matches and all(statement.get("marginal") for statement in matches):
            continue
        out.append((each.features, bool(matches)))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    options = parser.parse_args()
    encoder = Encoder(options.model, threads=1)
    rows, right, groups, gold = [], [], [], 0
    for read in stories.stories(options.shared):
        gold += sum(not statement.get("marginal") for statement in read.statements)
        for features, is_right in judged(read, encoder):
            rows.append(features)
            right.append(is_right)
            groups.append(read.story)
    table, truth = np.array(rows), np.array(right)
    model = LogisticRegression(C=10.0, fit_intercept=False, max_iter=2000)
    folds = cross_val_predict(
        model, table, truth, groups=np.array(groups), cv=GroupKFold(5), method="predict_proba"
    )[:, 1]
    weights = model.fit(table, truth).coef_[0]
    path = options.model / "config.json"
    config = json.loads(path.read_text("utf8"))
    config["confidence"] = [round(float(w), 4) for w in weights]
    config["min_confidence"] = MIN
    path.write_text(json.dumps(config, indent=1) + "\n", "utf8")
    for bound in (0.0, 0.1, MIN, 0.3, 0.5, 0.7):
        kept = folds >= bound
        print(f"from {bound:.1f}: precision {truth[kept].mean():.3f}, "
              f"recall {truth[kept].sum() / gold:.3f}")  # fmt: skip
    for low in np.arange(0.0, 1.0, 0.2):
        held = (folds >= low) & (folds < low + 0.2)
        if held.any():
            print(
                f"  said {low:.1f}–{low + 0.2:.1f}: {held.sum():5d}, right {truth[held].mean():.2f}"
            )


if __name__ == "__main__":
    main()
