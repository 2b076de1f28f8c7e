"""What pairs and differences reach on stories that none of their trees has seen.

    python -m training.crossed [--readings FOLDER]

The training stories are dealt into five parts. For each part, the trees that align passages, those
that find differences and rival values and those that say how sure they are are grown on the other
four, those of facets, of rivals and of sureness on judged stories too; the reports of the part are
compiled with them. Prints the figures of all reports against the gold and writes nothing. The
reading of articles is as it is released; the encoder has learned statements from most of these
stories, but neither pairs nor differences.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from evaluation import shown, table
from evaluation.figures import Score, pool
from evaluation.metrics import case, score
from evaluation.stories import Told, scored
from retold.comparing import report
from retold.showing.export import json as public
from retold.types import Reading
from training import differences, judged, pairs, parts, rivals, sides, sureness
from training.shown import Item, judged_items, marked_items, noted_items


def scores(
    told: Sequence[Told],
    readings: Sequence[Sequence[Reading]],
    shown_elsewhere: Sequence[Item],
    labelled: Sequence[differences.Labelled],
    rivalling: Sequence[rivals.Example],
) -> Iterator[Score]:
    """The figures of each story, its trees grown on the stories of other parts, those of facets and
    of sureness also on what was judged of stories elsewhere."""
    with tempfile.TemporaryDirectory() as place:
        held = list(parts.grown(told, readings, Path(place), labelled))
        items = [list(noted_items(part, told, readings)) for part in held]
        for number, part in enumerate(held):
            others = [one for at, of_part in enumerate(items) if at != number for one in of_part]
            sureness.write(part.folder, sureness.train([*shown_elsewhere, *others]), {})
            own = {told[at].name for at in part.stories}
            unseen = [one for one in rivalling if one.story not in own]
            rivals.write(part.folder, rivals.train(unseen), {})
            sides.write(part.folder, sides.train([*shown_elsewhere, *others]), {})
            with parts.released_from(part.folder):
                for at in part.stories:
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
    items = [*judged_items(options.readings), *marked_items(options.readings)]
    labelled = judged.facets_of(options.readings)
    rivalling = list(rivals.examples(options.readings))
    pooled = pool(scores(told, readings, items, labelled, rivalling))
    print(table.render({f"stories ({len(told)})": pooled}), end="")


if __name__ == "__main__":
    main()
