"""What pairs and differences reach on stories that none of their trees has seen.

    python -m training.crossed [--readings FOLDER]

The training stories are dealt into five parts. For each part, the trees that align passages and
those that find differences are grown on the other four; the reports of the part are compiled with
them. Prints the figures of all reports against the gold and writes nothing. The reading of articles
is as it is released; the encoder has learned statements from most of these stories, but neither
pairs nor differences.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from evaluation import shown, table
from evaluation.figures import Score, pool
from evaluation.metrics import case, score
from evaluation.stories import Told, scored
from retold.comparing import report, trees
from retold.showing.export import json as public
from retold.types import Reading
from training import differences, pairs

PARTS = 5


@contextmanager
def released_from(folder: Path) -> Iterator[None]:
    """Within it, trees are those in `folder`."""
    place = trees.PLACE
    trees.PLACE = folder
    trees.load.cache_clear()
    try:
        yield
    finally:
        trees.PLACE = place
        trees.load.cache_clear()


def scores(told: Sequence[Told], readings: Sequence[Sequence[Reading]]) -> Iterator[Score]:
    """The figures of each story, its trees grown on the stories of other parts."""
    measured = [pairs.examples(t, r) for t, r in zip(told, readings, strict=True)]
    for part in range(PARTS):
        others = [at for at in range(len(told)) if at % PARTS != part]
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            pairs.write(folder, pairs.train([measured[at] for at in others]), {})
            with released_from(folder):
                held = [
                    one
                    for at in others
                    for one in differences.examples(at, told[at].read_gold(), readings[at])
                ]
                differences.write(folder, *differences.grow(held), {})
                for at in range(part, len(told), PARTS):
                    encoded = public.encode(report.compile(readings[at]))
                    it = case(msgspec.json.decode(encoded), told[at].read_gold())
                    yield score(it.report, it.gold)
                    yield Score(shown.figures(it))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readings", type=Path, help="folder where readings are kept")
    options = parser.parse_args()
    told = scored("gold_train")
    readings = [pairs.readings_of(story, options.readings) for story in told]
    print(table.render({f"stories ({len(told)})": pool(scores(told, readings))}), end="")


if __name__ == "__main__":
    main()
