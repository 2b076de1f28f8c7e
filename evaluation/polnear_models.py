"""Models side by side on PolNeAR's dev articles: what int8 costs, and which spans stay the same.

    python -m evaluation.polnear_models FLOAT_MODEL src/retold/models/news-2

A model is a folder; `python -m training.export --float` makes the one to hold int8 against. What is
shared is counted against the first.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation import polnear, stories
from evaluation.figures import Score
from retold.reading.encoder import Encoder

ROLES = ("source", "cue", "content")
Stretch = tuple[str, str, int, int]  # article, role, start, end


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A model, what it reaches, and every stretch that it labels."""

    name: str
    megabytes: float
    exact: dict[str, float]
    score: Score
    stretches: frozenset[Stretch]
    seconds: float


def measured(folder: Path, data: Path) -> Measured:
    """The figures of the model in `folder`; `seconds` of CPU are those of reading all articles."""
    encoder = Encoder(folder, threads=1)
    texts = data / polnear.TEXTS
    started = time.process_time()
    rows = list(polnear.predictions(texts, encoder=encoder))
    seconds = time.process_time() - started
    score, exact = polnear.score(data, rows, encoder=encoder)
    labelled = polnear.labels(texts, encoder=encoder)
    return Measured(
        name=str(folder),
        megabytes=(folder / "model.onnx").stat().st_size / 1e6,
        exact=exact["labels alone"],
        score=score,
        stretches=frozenset((r["doc"], r["label"], r["start"], r["end"]) for r in labelled),
        seconds=seconds,
    )


def shared(one: frozenset[Stretch], other: frozenset[Stretch]) -> float:
    """The share of the stretches of both that are the same to the character: 1.0 for none."""
    return 2 * len(one & other) / max(1, len(one) + len(other)) if one or other else 1.0


def render(models: Sequence[Measured]) -> str:
    """A line a model: exact F1 by role, content and source both right, what it shares and costs."""
    width = max(len(each.name) for each in models)
    out = [f"{'':<{width}}    MB  source   cue  content  source+content  direct  shared  CPU s"]
    for each in models:
        exact = [each.exact[role] for role in ROLES]
        both, direct = (
            100 * each.score.figures[name].f1
            for name in ("source+content", "source+content, direct")
        )
        same = 100 * shared(models[0].stretches, each.stretches)
        out.append(
            f"{each.name:<{width}}{each.megabytes:6.1f}{exact[0]:8.1f}{exact[1]:6.1f}"
            f"{exact[2]:9.1f}{both:16.1f}{direct:8.1f}{same:8.1f}{each.seconds:7.0f}"
        )
    return "\n".join(out) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", type=Path, nargs="+")
    options = parser.parse_args()
    data = stories.research_data()
    if data is None or not (data / polnear.TEXTS).is_dir():
        print("no PolNeAR beside the repository: RETOLD_SHARED names its place", file=sys.stderr)
        return 1
    print(render([measured(folder, data) for folder in options.models]), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
