"""What `retold bulk` costs for each article beside the plain reading, and its memory as it grows.

    python -m benchmarks.bulk --sizes 20 60
    python -m benchmarks.bulk ../shared/data/corpora/news_12k.jsonl.gz --sizes 32 160 --jobs 1 2

Articles as JSON lines, of the corpus or else accounts of the demo's story with other words changed
in each, are read by `retold bulk read` and compared by `retold bulk compare`, each a command of its
own: CPU seconds over all its processes, seconds by the clock, the most memory that one process
held, and the bytes written. The further articles are then read one after the other in this
process, with one thread. What does not grow with the articles, the start of processes and the load
of the model, cancels out between the smallest size and the largest.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks import articles
from benchmarks.cost import measure
from retold import load, read
from retold.reading.encoder import DEFAULT, MODELS, Encoder

RETOLD = (sys.executable, "-m", "retold", "bulk")
OUTLETS, DAYS = 7, 28
STEP = 61  # articles apart in the corpus, so that a few are of many outlets and days


@dataclass(frozen=True, slots=True)
class Run:
    size: int
    jobs: int
    read: float
    clock: float
    compare: float
    megabytes: float
    kilobytes: float


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.bulk",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("corpus", type=Path, nargs="?", help="articles as JSON lines, gzipped")
    parser.add_argument("--sizes", type=int, nargs="+", default=[20, 60])
    parser.add_argument("--jobs", type=int, nargs="+", default=[1])
    options = parser.parse_args()
    print("articles  jobs   read s  clock s  compare s     MB  kB each")
    runs = []
    with tempfile.TemporaryDirectory() as name:
        for size in options.sizes:
            file = Path(name) / f"{size}.jsonl"
            write(file, size, options.corpus)
            for jobs in options.jobs:
                run = measured(file, Path(name) / f"{size}-{jobs}", size, jobs)
                runs.append(run)
                print(
                    f"{size:>8,}{jobs:>6}{run.read:>9.1f}{run.clock:>9.1f}{run.compare:>11.1f}"
                    f"{run.megabytes:>7.0f}{run.kilobytes:>9.1f}",
                    flush=True,
                )
        first, last = runs[0], runs[-len(options.jobs)]
        more = last.size - first.size
        if more:
            alone = plain(file, first.size)
            reading, comparing = (last.read - first.read), (last.compare - first.compare)
            print(f"each further article, ms of CPU: {1000 * reading / more:.0f} to read, ", end="")
            print(
                f"{1000 * comparing / more:.0f} to compare, {1000 * alone / more:.0f} read plainly"
            )


def write(file: Path, size: int, corpus: Path | None) -> None:
    """So many articles as JSON lines, the same bytes on every run."""
    with file.open("w", encoding="utf-8") as out:
        if corpus:
            with gzip.open(corpus, "rt", encoding="utf-8") as lines:
                out.writelines(islice(lines, 0, size * STEP, STEP))
            return
        for n, text in enumerate(islice(articles.accounts(), size)):
            outlet, day = f"Outlet {n % OUTLETS}", f"2025-03-{1 + n % DAYS:02}"
            out.write(json.dumps({"text": text, "outlet": outlet, "published": day}) + "\n")


def measured(file: Path, out: Path, size: int, jobs: int) -> Run:
    began = time.perf_counter()
    cost = measure((*RETOLD, "read", str(file), str(out), "--jobs", str(jobs)), repeat=1)
    clock = time.perf_counter() - began
    compared = measure((*RETOLD, "compare", str(out), "--jobs", str(jobs)), repeat=1)
    written = sum(each.stat().st_size for each in out.rglob("*.parquet"))
    most = max(cost.megabytes, compared.megabytes)
    return Run(size, jobs, cost.seconds, clock, compared.seconds, most, written / size / 1000)


def plain(file: Path, skipped: int) -> float:
    """CPU seconds of reading the same articles in this process, without the first."""
    encoder = Encoder(MODELS / DEFAULT, threads=1)
    held = load(file).articles
    read(held[0], encoder=encoder)
    began = time.process_time()
    for article in held[skipped:]:
        read(article, encoder=encoder)
    return time.process_time() - began


if __name__ == "__main__":
    main()
