"""What `retold bulk` costs: for each article, with more cores, and as a corpus grows.

    python -m benchmarks.bulk cost CORPUS --sizes 32 160
    python -m benchmarks.bulk cores CORPUS --sizes 60 240 --jobs 1 2
    python -m benchmarks.bulk growth CORPUS --sizes 1000 10000
    python -m benchmarks.bulk growth CORPUS --sizes 1000 10000 100000 --stand-in 280 --chars 1200

Articles as JSON lines, of the corpus (../shared/data/corpora/news_12k.jsonl.gz) or else accounts of
the demo's story with other words changed in each, are read and compared by `retold bulk`.

`cost` also does what `bulk read` does in this process, one article after the other with one thread,
and tells the reading itself from what `bulk` adds to it: finding articles, tables and duplicates.
`cores` runs each number of processes in turn, again and again, and prints seconds by the clock
beside seconds of CPU: what does not grow with the articles, the start of processes and the load of
the model, cancels out between the smallest size and the largest, and a machine that is busy with
something else shows as CPU that was not had. What the speed would be undisturbed is told by the CPU
of the longest that had to be done one after the other: the process that collects, and the busiest
of those that read. `growth` prints for each stage what it took and the most memory that one process
and all together held.

With `--stand-in N` only N articles are read by the model. The corpus is these again and again with
other words of the same length, and in place of the model a stage of its own gives each the reading
of the article that it was made of. Engine, files, duplicates and all of comparing are the real
ones. There is the same number of articles on each day, whatever the size.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from benchmarks import articles, standing_in
from benchmarks.cost import measure
from benchmarks.watch import Used, Watch
from retold import read
from retold.bulk import comparing, duplicates, finding, reading
from retold.bulk.engine import Engine
from retold.bulk.place import Place, writing_tables
from retold.bulk.rows import article_of_row
from retold.bulk.schema import Row
from retold.reading.encoder import DEFAULT, MODELS, Device, Encoder
from retold.types import Reading

T = TypeVar("T")
RETOLD = (sys.executable, "-m", "retold", "bulk")
OUTLETS, DAYS = 7, 28
FILES = 16  # of a corpus that grows


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.bulk",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", choices=("cost", "cores", "growth"))
    parser.add_argument("corpus", type=Path, nargs="?", help="articles as JSON lines, gzipped")
    parser.add_argument("--sizes", type=int, nargs="+", default=[20, 60])
    parser.add_argument("--jobs", type=int, nargs="+", default=[1])
    parser.add_argument("--times", type=int, default=2, help="for cores")
    parser.add_argument("--device", default="auto", help="for cores: auto, cpu or cuda")
    parser.add_argument("--stand-in", type=int, metavar="N", help="for growth: read N by the model")
    parser.add_argument("--chars", type=int, help="so many of each article; not for cost")
    parser.add_argument(
        "--no-stories", action="store_true", help="for growth: compare the quotations alone"
    )
    parser.add_argument("--folder", type=Path, help="where to write; a temporary one if not given")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as name:
        folder, sizes = Path(name), sorted(asked.sizes)
        if asked.what == "cost":
            _cost(folder, asked.corpus, sizes)
        elif asked.what == "cores":
            _cores(folder, asked.corpus, sizes, asked)
        else:
            _growth(folder, asked.corpus, sizes, asked)


def write(file: Path, size: int, corpus: Path | None, *, of: int, chars: int | None = None) -> None:
    """So many of `of` articles as JSON lines, evenly spread, the same on every run; the paragraphs
    within the first so many characters of each, if it is said."""
    with file.open("w", encoding="utf-8") as out:
        for row in islice(_rows(corpus, of), size):
            if chars and len(row["text"]) > chars:
                row["text"] = row["text"][: row["text"].rfind("\n", 0, chars)]
            out.write(json.dumps(row) + "\n")


def _rows(corpus: Path | None, of: int) -> Iterator[dict[str, Any]]:
    if corpus:
        with gzip.open(corpus) as lines:
            step = max(1, sum(1 for _ in lines) // of)
        with gzip.open(corpus) as lines:
            yield from map(json.loads, islice(lines, 0, None, step))
        return
    for n, text in enumerate(articles.accounts()):
        outlet, day = f"Outlet {n % OUTLETS}", f"2025-03-{1 + n % DAYS:02}"
        yield {"text": text, "outlet": outlet, "published": day}


# --- cost -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    read: float
    clock: float
    compare: float
    megabytes: float
    kilobytes: float


def _cost(folder: Path, corpus: Path | None, sizes: Sequence[int]) -> None:
    print("articles   read s  clock s  compare s     MB  kB each")
    runs = []
    for size in sizes:
        file = folder / f"{size}.jsonl"
        write(file, size, corpus, of=sizes[-1])
        run = _run(file, folder / str(size), size)
        runs.append(run)
        print(
            f"{size:>8,}{run.read:>9.1f}{run.clock:>9.1f}{run.compare:>11.1f}"
            f"{run.megabytes:>7.0f}{run.kilobytes:>9.1f}",
            flush=True,
        )
    if more := sizes[-1] - sizes[0]:
        alone, added = _parts(folder / f"{sizes[-1]}.jsonl", folder / "parts")
        reads = 1000 * (runs[-1].read - runs[0].read) / more
        compares = 1000 * (runs[-1].compare - runs[0].compare) / more
        print(
            f"each further article, ms of CPU: {reads:.0f} to read, {compares:.0f} to compare\n"
            f"of {sizes[-1]:,} in one process: {1000 * alone / sizes[-1]:.1f} the reading itself, "
            f"{1000 * added / sizes[-1]:.1f} beside it: {added / alone:+.1%}"
        )


def _run(file: Path, out: Path, size: int) -> Run:
    began = time.perf_counter()
    cost = measure((*RETOLD, "read", str(file), str(out), "--jobs", "1"), repeat=1)
    clock = time.perf_counter() - began
    compared = measure((*RETOLD, "compare", str(out), "--jobs", "1"), repeat=1)
    written = sum(each.stat().st_size for each in out.rglob("*.parquet"))
    most = max(cost.megabytes, compared.megabytes)
    return Run(cost.seconds, clock, compared.seconds, most, written / size / 1000)


def _parts(file: Path, out: Path) -> tuple[float, float]:
    """CPU seconds of reading the articles, and of all else that `bulk read` does with them."""
    encoder, place, spent = Encoder(MODELS / DEFAULT, threads=1), Place.at(out), 0.0

    def timed(row: Row) -> Reading:
        nonlocal spent
        began = time.process_time()
        found = read(article_of_row(row), encoder=encoder)
        spent += time.process_time() - began
        return found

    began = time.process_time()
    finding.find({"out": place.address, "unit": 0, "file": str(file), "fields": None})
    finding.plan(place, 1, size=reading.SIZE)
    reading.write_partition({"out": place.address, "partition": 0}, timed)
    duplicates.find(place)
    return spent, time.process_time() - began - spent


# --- cores ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds of reading: by the clock, of CPU over all processes, and the longest that had to be
    done one after the other."""

    clock: float
    spent: float
    longest: float

    def __sub__(self, other: Timed) -> Timed:
        return Timed(
            self.clock - other.clock, self.spent - other.spent, self.longest - other.longest
        )


def _cores(
    folder: Path, corpus: Path | None, sizes: Sequence[int], asked: argparse.Namespace
) -> None:
    small, large = sizes[0], sizes[-1]
    for size in (small, large):
        write(folder / f"{size}.jsonl", size, corpus, of=large, chars=asked.chars)
    print(f"{os.cpu_count()} cores; {large - small} further articles to read; speed to one process")
    print(
        f"{'processes':>9}{'clock s':>9}{'CPU s':>8}{'CPU had':>9}{'speed':>7}{'undisturbed':>13}"
    )
    for turn in range(asked.times):
        first: Timed | None = None
        for jobs in asked.jobs:
            few, many = (
                _apart(
                    _timed, folder / f"{n}.jsonl", folder / f"{turn}-{jobs}-{n}", jobs, asked.device
                )
                for n in (small, large)
            )
            took = many - few
            first = first or took
            print(
                f"{jobs:>9}{took.clock:>9.1f}{took.spent:>8.1f}{took.spent / took.clock:>9.2f}"
                f"{first.clock / took.clock:>7.2f}{first.longest / took.longest:>13.2f}",
                flush=True,
            )


def _timed(file: Path, out: Path, jobs: int, device: Device) -> Timed:
    settings = reading.Settings(device=device)
    with Watch() as watch:
        for step in reading.read([str(file)], out, engine=Engine(jobs=jobs), settings=settings):
            if step.stage == "reading" and "reading" not in watch.stages:
                began = time.perf_counter()
            if step.stage == "marking" and step.done == 0:
                clock = time.perf_counter() - began
            watch.enter(step.stage)
    used = watch.stages["reading"]
    return Timed(clock, used.seconds, used.longest)


def _apart(work: Callable[..., T], *given: Any) -> T:
    """What a function says, done in a process of its own, which begins with nothing in memory."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


# --- growth ---------------------------------------------------------------------------------------


def _growth(
    folder: Path, corpus: Path | None, sizes: Sequence[int], asked: argparse.Namespace
) -> None:
    jobs, stand_in = asked.jobs[0], asked.stand_in
    if stand_in:
        rows = folder / "read.jsonl"
        write(rows, stand_in, corpus, of=stand_in, chars=asked.chars)
        engine = Engine(jobs=jobs)
        list(reading.read([str(rows)], folder / standing_in.READ, engine=engine))
        print(f"STAND-IN: {stand_in} articles were read by the model; what is read below is these")
        print(
            "with other words, each given the reading of its original: no model runs in `reading`."
        )
    for size in sizes:
        files = folder / f"{size}-in"
        files.mkdir()
        if stand_in:
            standing_in.write(folder / standing_in.READ, files, size, FILES)
        else:
            write(files / "0.jsonl", size, corpus, of=sizes[-1], chars=asked.chars)
        out = folder / str(size)
        began = time.perf_counter()
        by = standing_in.read_partition if stand_in else None
        stages = _apart(_job, files, out, jobs, by, asked.no_stories)
        clock = time.perf_counter() - began
        written = sum(each.stat().st_size for each in out.rglob("*.parquet"))
        each = written / size / 1000
        print(f"{size:,} articles, {jobs} processes, {clock:.0f} s, {each:.0f} kB each")
        for stage, used in stages.items():
            print(
                f"  {stage:<22}{used.seconds:>9.1f} s{1000 * used.seconds / size:>9.2f} ms each"
                f"{1000 * used.own / size:>7.2f} in the one that collects"
                f"{used.one:>7.0f} MB a process{used.together:>8.0f} MB together",
                flush=True,
            )


def _job(
    files: Path, out: Path, jobs: int, by: reading.Work | None, no_stories: bool
) -> dict[str, Used]:
    """What each stage of reading and comparing used."""
    engine = Engine(jobs=jobs)
    with Watch() as watch:
        for step in reading.read([str(files)], out, engine=engine, by=by):
            watch.enter(step.stage)
        if no_stories:
            with writing_tables(Place.at(out), "all", ("stories",)):
                pass
        for step in comparing.compare(out, engine=engine):
            watch.enter(step.stage)
    return watch.stages


if __name__ == "__main__":
    main()
