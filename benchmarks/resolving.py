"""What speakers, chains and dates cost beside the model's pass over the same articles.

    python -m benchmarks.resolving                    articles made from the demo's story
    python -m benchmarks.resolving ../shared/data/polnear/dev/text

One thread, article by article; prints CPU seconds of each stage, and all after the model as a share
of the model's. The promise is less than a quarter.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

os.environ.setdefault("OMP_NUM_THREADS", "1")

from benchmarks import articles
from retold import load
from retold.reading import attributions, hearsay, speakers, statements, times
from retold.reading.encoder import DEFAULT, MODELS, Encoder
from retold.types import Article

T = TypeVar("T")
MODEL, SPEAKERS, DATES = "the model", "speakers and chains", "dates"
COUNT = 30


class Clock:
    """CPU seconds by stage."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = dict.fromkeys((MODEL, SPEAKERS, DATES), 0.0)

    def time(self, stage: str, work: Callable[..., T], *arguments: object) -> T:
        started = time.process_time()
        done = work(*arguments)
        self.spent[stage] += time.process_time() - started
        return done


def measure(held: Iterable[Article], encoder: Encoder) -> dict[str, float]:
    """The CPU seconds of each stage over all articles."""
    clock = Clock()
    for article in held:
        states = clock.time(MODEL, encoder.encode, article)
        found = clock.time(MODEL, attributions.extract, article, states, encoder)
        mentions = clock.time(MODEL, attributions.mentions, article, states, encoder)
        triples = clock.time(SPEAKERS, hearsay.add, article, found)
        cast = clock.time(SPEAKERS, speakers.resolve, article, triples, mentions, states)
        triples, cast = clock.time(SPEAKERS, statements.without_own_minds, article, triples, cast)
        dated = clock.time(DATES, times.find, article)
        clock.time(DATES, statements.assemble, article, triples, cast, dated)
    return clock.spent


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", help="a folder of articles as text files")
    folder = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as made:
        if folder is None:
            folder = Path(made)
            articles.write_story(folder, count=COUNT)
        held = load([folder]).articles
    encoder = Encoder(MODELS / DEFAULT, threads=1)
    measure(held[:1], encoder)  # the first call loads and allocates
    spent = measure(held, encoder)
    for stage in (MODEL, SPEAKERS, DATES):
        print(f"{stage:<22}{spent[stage]:8.2f} CPU s")
    share = (spent[SPEAKERS] + spent[DATES]) / spent[MODEL]
    print(f"{len(held)} articles: speakers, chains and dates are {share:.0%} of the model's pass")


if __name__ == "__main__":
    main()
