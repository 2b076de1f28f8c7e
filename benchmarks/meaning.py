"""How many of the nearest passages a search by meaning finds, and what it takes.

    python -m benchmarks.meaning archive.sqlite

Makes the sketches of an archive that is at hand anew, and prints what it took. Then asks for what
is near to passages of its own, drawn by chance, and compares the twenty nearest in other articles
with those that a look at all vectors finds: the share of them that is found, that of the very
nearest, and the milliseconds of a question, the median and the 99th percentile, by the clock and of
CPU. `--compared` are numbers of sketches that are compared, for each of which it is asked anew;
`--listed` makes lists in an archive that is too small for them.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.asking import middle_and_end
from benchmarks.cost import MAXRSS_UNIT, MEBIBYTE
from benchmarks.nearest import exact
from retold.archive import lists, meaning, sketches, vectors
from retold.archive.database import Database
from retold.archive.lists import Floats
from retold.archive.store import Archive

NEAREST = 20
Found = list[tuple[int, int]]  # article and row, the nearest first


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.meaning",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("archive", type=Path)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--compared", type=int, nargs="+", default=[sketches.COMPARED])
    parser.add_argument("--listed", type=int, default=sketches.LISTED, help="articles for lists")
    parser.add_argument("--keep", action="store_true", help="take the sketches that there are")
    asked = parser.parse_args()
    if asked.listed < sketches.LISTED:
        sketches.LISTED, sketches.MOST_WAITING = asked.listed, 0
    with Archive.open(asked.archive, create=False) as archive:
        ask = archive.database
        print(f"{len(archive)} articles")
        if not asked.keep:
            _make(ask)
        numbers, questions = _drawn(ask, asked.questions)
        nearest = exact(ask, questions, NEAREST, apart_from=numbers)
        held = [[(number, row) for _, number, row in found] for found in nearest]
        print(f"{'compared':>12}{'found':>8}{'first':>8}{'ms':>8}{'p99':>8}{'CPU ms':>8}{'p99':>8}")
        for most in asked.compared:
            sketches.COMPARED = most
            _ask(ask, numbers, questions, held)


def _make(ask: Database) -> None:
    """Make the sketches anew, and print what it took."""
    if (file := ask.sketches) is None:
        raise SystemExit("this archive has no file of sketches")
    sketches.remove(file)
    spent, clock = time.process_time(), time.perf_counter()
    sketches.keep_up(ask)
    spent, clock = time.process_time() - spent, time.perf_counter() - clock
    count = vectors.count(ask)
    held = file.stat().st_size / count / 1000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MAXRSS_UNIT / MEBIBYTE
    print(
        f"sketches: {1000 * spent / count:.1f} ms of CPU and {held:.1f} kB an article,"
        f" {clock:.0f} s, at most {peak:.0f} MB",
        flush=True,
    )


def _drawn(ask: Database, count: int) -> tuple[list[int], Floats]:
    """Passages of articles with their vectors."""
    chance = random.Random(1)  # noqa: S311 questions
    numbers = np.flatnonzero(vectors.held(ask)).tolist()
    out: list[tuple[int, Floats]] = []
    while len(out) < count:
        number = chance.choice(numbers)
        if len(own := vectors.of(ask, number)):
            out.append((number, lists.unit(own)[chance.randrange(len(own))]))
    return [number for number, _ in out], np.array([vector for _, vector in out])


def _ask(ask: Database, numbers: Sequence[int], questions: Floats, held: Sequence[Found]) -> None:
    found, first, clock, cpu = 0.0, 0, [], []
    for number, question, nearest in zip(numbers, questions, held, strict=True):
        started, spent = time.perf_counter(), time.process_time()
        scored = meaning.nearest(ask, question)
        clock.append(1000 * (time.perf_counter() - started))
        cpu.append(1000 * (time.process_time() - spent))
        others = [(n, row) for _, n, row in scored if n != number][:NEAREST]
        found += len(set(others) & set(nearest)) / len(nearest)
        first += others[:1] == nearest[:1]
    of = len(held)
    times = (*middle_and_end(clock), *middle_and_end(cpu))
    print(
        f"{sketches.COMPARED:>12,}{found / of:>8.1%}{first / of:>8.1%}"
        + "".join(f"{took:>8.1f}" for took in times),
        flush=True,
    )


if __name__ == "__main__":
    main()
