"""What an archive costs as it grows, and what is left of it when its writers are killed.

    python -m benchmarks.archive growth ../shared/data/corpora/news_12k.jsonl.gz --sizes 1000 10000
    python -m benchmarks.archive memory ../shared/data/corpora/news_12k.jsonl.gz --articles 400
    python -m benchmarks.archive kills ../shared/data/corpora/news_12k.jsonl.gz --times 100

`growth` reads a few articles and keeps them again and again, each time with other words of the same
length, so that every span still holds. At each size it prints the CPU of keeping an article beside
that of reading one, the share of keeping in both, and the size of the file for each article.
`memory` runs `retold add` and prints the most that all its processes held together (Linux).
`kills` kills `retold add` at random moments, one archive after another, and prints what was wrong
with what it left: nothing should be.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import msgspec

from benchmarks.cost import MAXRSS_UNIT, MEBIBYTE
from retold import load, read
from retold.archive.check import check
from retold.archive.store import Archive
from retold.intake import BATCH
from retold.reading.encoder import DEFAULT, MODELS, Encoder
from retold.types import Reading

WORD = re.compile(r"\b[a-z]{5,}\b")
EVERY = 7  # one long word in so many is changed
STEP = 97  # articles apart in the corpus, so that a few are of many outlets and days
LOOKS_A_SECOND = 5


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.archive",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", choices=("growth", "memory", "kills"))
    parser.add_argument("corpus", type=Path, help="articles as JSON lines, gzipped")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--articles", type=int, default=40, help="to read")
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "articles.jsonl"
        source.write_bytes(b"".join(islice(_rows(asked.corpus), asked.articles)))
        if asked.what == "growth":
            _growth(source, folder, sorted(asked.sizes))
        elif asked.what == "memory":
            _memory(source, folder, asked.jobs)
        else:
            _kills(source, folder, asked.times, asked.jobs)


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
        more, size = _changed(held), 0
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


def _changed(held: Sequence[Reading]) -> Iterator[Reading]:
    """The readings without end, each time round with other words and at other addresses."""
    words: dict[int, list[str]] = {}
    for word in sorted({word for r in held for word in WORD.findall(r.article.text)}):
        words.setdefault(len(word), []).append(word)
    number = 0
    while True:
        for reading in held:
            number += 1
            yield _again(reading, number, words)


def _again(reading: Reading, number: int, words: dict[int, list[str]]) -> Reading:
    """A reading of another article that is as long, word by word."""
    id = f"{number:012x}"
    same = msgspec.msgpack.encode(reading).replace(reading.article.id.encode(), id.encode())
    other = msgspec.msgpack.decode(same, type=Reading)
    chance = random.Random(number)  # noqa: S311 words

    def swap(word: re.Match[str]) -> str:
        return word.group() if chance.randrange(EVERY) else chance.choice(words[len(word.group())])

    text = WORD.sub(swap, reading.article.text)
    url = f"https://paper{number % 50}.example/{number}"
    return replace(other, article=replace(other.article, text=text, url=url))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MAXRSS_UNIT / MEBIBYTE


# --- memory ---------------------------------------------------------------------------------------


def _memory(source: Path, folder: Path, jobs: int) -> None:
    running = _adding(source, folder / "archive.sqlite", jobs)
    peak, started = 0.0, time.perf_counter()
    while running.poll() is None:
        peak = max(peak, sum(map(_held, _family(running.pid))))
        time.sleep(1 / LOOKS_A_SECOND)
    seconds = time.perf_counter() - started
    print(f"{running.communicate()[0].strip()}\n{seconds:.0f} s, at most {peak:.0f} MB together")


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


# --- kills ----------------------------------------------------------------------------------------


def _kills(source: Path, folder: Path, times: int, jobs: int) -> None:
    chance = random.Random(times)  # noqa: S311 moments
    wrong = Counter({"faults": 0, "lost": 0, "twice": 0, "missing": 0, "failed": 0})
    started = time.perf_counter()
    _adding(source, folder / "undisturbed.sqlite", jobs).communicate()
    usual = time.perf_counter() - started
    whole = _look(folder / "undisturbed.sqlite", set(), wrong)
    kills = archives = 0
    while kills < times:
        place, held = folder / f"{archives}.sqlite", set[str]()
        archives += 1
        while kills < times and _killed(_adding(source, place, jobs), chance.uniform(0, usual)):
            kills += 1
            held = _look(place, held, wrong)
        _adding(source, place, jobs).communicate()
        wrong["missing"] += len(whole - _look(place, held, wrong))
        wrong["failed"] += _failed(place)
    print(json.dumps({"kills": kills, "archives": archives, **wrong}))


def _killed(running: subprocess.Popen[str], seconds: float) -> bool:
    """True if it was killed before it had ended."""
    try:
        running.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGKILL)
        running.communicate()
        return True
    return False


def _failed(place: Path) -> int:
    """The articles that could not be read, which are missing and not lost."""
    with Archive.open(place) as archive:
        return len(archive.failures())


def _look(place: Path, before: set[str], wrong: Counter[str]) -> set[str]:
    """The ids that the archive holds after a kill, of which none that it held before is gone."""
    if not place.exists():
        return set()
    with Archive.open(place) as archive:
        held = [entry.id for entry in archive.articles(limit=10**9)]
        wrong["faults"] += len(list(check(archive)))
    wrong["lost"] += len(before - set(held))
    wrong["twice"] += len(held) - len(set(held))
    return set(held)


if __name__ == "__main__":
    main()
