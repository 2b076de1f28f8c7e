"""What an archive costs as it grows.

    python -m benchmarks.archive growth ../shared/data/corpora/news_12k.jsonl.gz --sizes 1000 10000
    python -m benchmarks.archive memory ../shared/data/corpora/news_12k.jsonl.gz --articles 400
    python -m benchmarks.archive like ../shared/data/corpora/news_12k.jsonl.gz
    python -m benchmarks.archive chores archive.sqlite

`growth` reads a few articles and keeps them again and again, each time with other words of the same
length, so that every span still holds. At each size it prints the CPU of keeping an article beside
that of reading one, the share of keeping in both, and the size of the file for each article.
`memory` runs `retold add` and prints the most that all its processes held together, and how much of
the cores they used (Linux). `like` prints how much is found in articles by the model, and how much
by the stand-in that other figures are taken on. `chores` exports an archive that is at hand, checks
it and forgets its first article, and prints what each took; do it with a copy.
"""

from __future__ import annotations

import argparse
import gzip
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from benchmarks import multiplied
from benchmarks.cost import MAXRSS_UNIT, MEBIBYTE
from retold import load, read
from retold.archive import rows
from retold.archive.check import check
from retold.archive.store import Archive
from retold.intake import BATCH
from retold.reading.encoder import DEFAULT, MODELS, Encoder
from retold.showing.export import json
from retold.types import Reading

STEP = 97  # articles apart in the corpus, so that a few are of many outlets and days
LOOKS_A_SECOND = 5


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.archive",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", choices=("growth", "memory", "like", "chores"))
    parser.add_argument(
        "corpus", type=Path, help="articles as JSON lines, gzipped; for chores an archive"
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--articles", type=int, default=40, help="to read")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    if asked.what == "chores":
        _chores(asked.corpus)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "articles.jsonl"
        source.write_bytes(b"".join(islice(_rows(asked.corpus), asked.articles)))
        if asked.what == "growth":
            _growth(source, folder, sorted(asked.sizes))
        elif asked.what == "memory":
            _memory(source, folder, asked.jobs)
        else:
            _like(source)


def _rows(corpus: Path) -> Iterator[bytes]:
    with gzip.open(corpus) as lines:
        yield from islice(lines, 0, None, STEP)


# --- growth ---------------------------------------------------------------------------------------


def _growth(source: Path, folder: Path, sizes: Sequence[int]) -> None:
    encoder = Encoder(MODELS / DEFAULT, threads=1)
    articles = load(source).articles
    read(articles[0], encoder=encoder)  # the first call allocates
    started = time.process_time()
    held = [read(article, encoder=encoder) for article in articles]
    reading = (time.process_time() - started) / len(held)
    print(f"reading an article: {reading * 1000:.0f} ms of CPU ({len(held)} articles)")
    print(f"{'articles':>9}{'keep ms':>9}{'share':>8}{'kB each':>9}{'peak MB':>9}")
    place = folder / "archive.sqlite"
    with Archive.open(place) as archive:
        more, size = multiplied.multiply(held), 0
        for target in sizes:
            keeping = _keep(archive, more, target - size) / (target - size)
            archive.database.do("PRAGMA wal_checkpoint(TRUNCATE)")
            size = target
            print(
                f"{size:>9}{keeping * 1000:>9.1f}{keeping / (keeping + reading):>8.1%}"
                f"{place.stat().st_size / size / 1000:>9.1f}{_peak():>9.0f}",
                flush=True,
            )


def _keep(archive: Archive, more: Iterator[Reading], count: int) -> float:
    """The CPU seconds of keeping so many readings in batches, the making of them left out."""
    spent = 0.0
    for start in range(0, count, BATCH):
        batch = list(islice(more, min(BATCH, count - start)))
        started = time.process_time()
        archive.keep_all(batch)
        spent += time.process_time() - started
    return spent


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MAXRSS_UNIT / MEBIBYTE


# --- memory ---------------------------------------------------------------------------------------


def _memory(source: Path, folder: Path, jobs: int) -> None:
    running = _adding(source, folder / "archive.sqlite", jobs)
    peak, started = 0.0, time.perf_counter()
    while running.poll() is None:
        peak = max(peak, sum(map(_held, _family(running.pid))))
        time.sleep(1 / LOOKS_A_SECOND)
    told = running.communicate()[0].strip()
    seconds, cpu = time.perf_counter() - started, _spent()
    print(f"{told}\n{seconds:.0f} s, {cpu:.0f} s of CPU, at most {peak:.0f} MB together")


def _spent() -> float:
    """The CPU seconds of all processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _adding(source: Path, place: Path, jobs: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "retold", "add", str(source)]
    return subprocess.Popen(  # noqa: S603 our own command
        [*command, "--archive", str(place), "--jobs", str(jobs)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _family(process: int) -> list[int]:
    """A process and those that it started."""
    try:
        told = Path(f"/proc/{process}/task/{process}/children").read_text("ascii")
    except OSError:
        return []  # it has just ended
    return [process, *(each for child in told.split() for each in _family(int(child)))]


def _held(process: int) -> float:
    """The megabytes that a process holds; what it shares with others is shared out."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0.0
    (kilobytes,) = re.findall(r"^Pss:\s+(\d+)", told, re.MULTILINE)
    return int(kilobytes) / 1024


# --- like -----------------------------------------------------------------------------------------

COUNTED: dict[str, Callable[[Reading], int]] = {
    "characters": lambda reading: len(reading.article.text),
    "passages": lambda reading: len(reading.passages),
    "statements": lambda reading: len(reading.attributions),
    "speakers": lambda reading: len(reading.speakers),
    "bytes packed": lambda reading: len(rows.pack(reading)),
    "bytes of vectors": lambda reading: len(rows.pack_vectors(reading.vectors)),
}


def _like(source: Path) -> None:
    articles = load(source).articles
    print(f"{len(articles):>4} articles, each on average{'the model':>14}{'the stand-in':>14}")
    held = [[read(article), multiplied.stand_in(article)] for article in articles]
    for name, count in COUNTED.items():
        model, other = (sum(map(count, each)) / len(held) for each in zip(*held, strict=True))
        print(f"{name:>30}{model:>14.0f}{other:>14.0f}")


# --- chores ---------------------------------------------------------------------------------------


def _chores(place: Path) -> None:
    with Archive.open(place, create=False) as archive:
        first = next(archive.readings()).article.id
        print(f"{len(archive)} articles")
        for name, chore in {
            "export": lambda: sum(len(json.line(reading)) for reading in archive.readings()),
            "check": lambda: len(list(check(archive))),
            "forget one": lambda: archive.forget(first),
        }.items():
            clock, cpu = time.perf_counter(), time.process_time()
            chore()
            spent = time.process_time() - cpu
            print(
                f"{name:<11}{time.perf_counter() - clock:>8.1f} s{spent:>8.1f} s of CPU", flush=True
            )


if __name__ == "__main__":
    main()
