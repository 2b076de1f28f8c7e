"""Kills writers of an archive at random moments, and looks at what they leave.

    python -m tests.archive_killing keep migrate correct add watch import --times 100

The first three are done by a process that is forked, so that it dies in its first milliseconds as
often as later; the others are the commands `retold add`, `watch --once` and `corrections import`,
with the model that ships. A writer is stopped at a random moment; its files are copied, which is
what a power cut leaves, and copied without the end of the log, which had not been told to reach the
disk; then it is killed. All three archives are looked at, and one of them, by chance, is gone on
with, until a writer ends by itself; then the next archive is begun. Prints a line of JSON for each
deed, with counts of what was wrong. Needs one thread, and no other to have forked it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from retold.archive import corrections
from retold.archive.check import check
from retold.archive.store import Archive
from retold.correcting import drafts, file
from retold.types import Span
from tests import archives
from tests.site import page

HELD = archives.many(8)
NOON = dt.datetime(2031, 6, 1, 12, tzinfo=dt.UTC)
REMARKS = [
    drafts.record(drafts.remark(HELD[0].article, Span(0, 5), f"remark {n}"), who="Ada", at=NOON)
    for n in range(8)
]
MEMORY = Path("/dev/shm")  # noqa: S108 it is not the disk that is tested, and disks take their time
ADDED = 70  # articles: more than `add` keeps in two transactions
LISTED = 60  # pages that a feed lists
REMARKED = 400  # corrections in a file
Report = Callable[[str], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What a writer does to an archive, what is there before, and what must be there at the end.

    `do` may end the process that it runs in, or make another program of it.
    """

    do: Callable[[Path, Report], None]
    begin: Callable[[Path], object] = lambda place: None
    held: Callable[[Archive], list[str]]


@dataclass(slots=True)
class Writer:
    """A process that does a deed; it says through `ear` what it has kept."""

    process: int
    ear: int
    said: Path  # what it said of its errors

    def stop(self, seconds: float) -> bool:
        """Stop it after so many seconds, True unless it had ended by itself before."""
        time.sleep(seconds)
        os.kill(self.process, signal.SIGSTOP)
        _, state = os.waitpid(self.process, os.WUNTRACED)
        return os.WIFSTOPPED(state) or self._ended(state)

    def _ended(self, state: int) -> bool:
        if code := os.waitstatus_to_exitcode(state):
            raise SystemExit(f"not killed, and ended with {code}: {self.said.read_text()}")
        os.close(self.ear)
        return False

    def kill(self) -> None:
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)

    def finish(self) -> None:
        _, state = os.waitpid(self.process, 0)
        self._ended(state)

    def reported(self) -> set[str]:
        with os.fdopen(self.ear) as heard:
            return set(heard.read().split())


@dataclass(slots=True)
class Met:
    """What the kills of a deed have come to."""

    whole: set[str]
    counts: Counter[str] = field(
        default_factory=lambda: Counter(
            {"kills": 0, "mid-way": 0, "archives": 0, "faults": 0, "lost": 0, "twice": 0}
            | {"missing": 0}
        )
    )

    def look(self, place: Path, deed: Deed, before: set[str]) -> set[str]:
        """What an archive holds, of which nothing may be gone that it held before."""
        if not place.exists() and not before:
            return set()
        with Archive.open(place) as archive:
            held = deed.held(archive)
            self.counts["faults"] += sum(1 for _ in check(archive))
        self.counts["twice"] += len(held) - len(set(held))
        self.counts["lost"] += len(before - set(held))
        return set(held)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.archive_killing",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("deeds", nargs="*", metavar="DEED", choices=[*DEEDS, []])
    parser.add_argument("--times", type=int, default=100)
    asked = parser.parse_args()
    for name in asked.deeds or DEEDS:
        with (
            TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder,
            DEEDS[name](Path(folder)) as deed,
        ):
            met = _play(Path(folder), deed, random.Random(asked.times), asked.times)  # noqa: S311 moments
            print(json.dumps({"deed": name, **met}), flush=True)


def _play(folder: Path, deed: Deed, chance: random.Random, times: int) -> Counter[str]:
    met, usual = _undisturbed(folder, deed)
    while met.counts["kills"] < times:
        met.counts["archives"] += 1
        place = folder / f"{met.counts['archives']}.sqlite"
        deed.begin(place)
        held = met.look(place, deed, set())
        is_first = True
        while met.counts["kills"] < times:
            writer, seconds = _started(place, deed), chance.uniform(0, usual)
            if not writer.stop(seconds):
                usual = min(usual, seconds) if is_first else usual  # it takes no longer
                break
            is_first = False
            met.counts["kills"] += 1
            left = _left(place, writer, chance, met.counts["kills"])
            reported = writer.reported()
            found = [met.look(each, deed, held | reported) for each in left]
            met.counts["mid-way"] += 0 < len(found[0]) < len(met.whole)
            taken = chance.randrange(len(left))
            place, held = left[taken], found[taken]
        _started(place, deed).finish()
        met.counts["missing"] += len(met.whole - met.look(place, deed, held))
    return met.counts


def _undisturbed(folder: Path, deed: Deed) -> tuple[Met, float]:
    """What the deed comes to when nobody disturbs it, and the seconds that it takes."""
    place = folder / "undisturbed.sqlite"
    deed.begin(place)
    started = time.perf_counter()
    _started(place, deed).finish()
    seconds = time.perf_counter() - started
    met = Met(whole=set())
    met.whole = met.look(place, deed, set())
    if not met.whole:
        raise SystemExit(f"nothing is kept: {place.with_suffix('.errors').read_text()}")
    return met, seconds


def _started(place: Path, deed: Deed) -> Writer:
    ear, mouth = os.pipe()
    said = place.with_suffix(".errors")
    process = os.fork()
    if process == 0:
        os.close(ear)
        os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        try:
            deed.do(place, lambda id: os.write(mouth, f"{id}\n".encode()))
            os._exit(0)
        except BaseException as error:
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
            os._exit(1)
    os.close(mouth)
    return Writer(process, ear, said)


def _left(place: Path, writer: Writer, chance: random.Random, kill: int) -> list[Path]:
    """The archive of a stopped writer, which is killed, and what a power cut would have left."""
    stem = f"{place.stem.partition('-')[0]}-{kill}"
    cut, torn = (place.with_name(f"{stem}-{name}.sqlite") for name in ("cut", "torn"))
    for copy in (cut, torn):
        for suffix in ("", "-wal"):
            if Path(f"{place}{suffix}").exists():
                shutil.copy(f"{place}{suffix}", f"{copy}{suffix}")
    writer.kill()
    log = Path(f"{torn}-wal")
    if log.exists():
        held = log.read_bytes()
        os.truncate(log, chance.randint(_committed(held), len(held)))
    return [place, cut, torn]


def _committed(log: bytes) -> int:
    """Where the last whole transaction of a write-ahead log ends, as its file format has it."""
    frame = 24 + int.from_bytes(log[8:12], "big")
    end = 0
    for at in range(32, len(log) - frame + 1, frame):
        if log[at + 8 : at + 16] != log[16:24]:
            break  # left over from before the log was begun anew
        if any(log[at + 4 : at + 8]):
            end = at + frame
    return end


# --- what writers do ------------------------------------------------------------------------------


def _keep(place: Path, report: Report) -> None:
    with Archive.open(place) as archive:
        for reading in HELD:
            archive.keep(reading)
            report(reading.article.id)


def _correct(place: Path, report: Report) -> None:
    with Archive.open(place) as archive:
        for remark in REMARKS:
            corrections.add(archive, (remark,))
            report(remark.id)


def _filled(place: Path) -> None:
    with Archive.open(place) as archive:
        archive.keep_all(HELD)


def _articles(archive: Archive) -> list[str]:
    return [entry.id for entry in archive.articles(limit=10**6)]


def _corrections(archive: Archive) -> list[str]:
    return [each.id for each in corrections.held(archive)]


def _become(*command: str) -> None:
    """Another program in this process, whose answers nobody needs."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.execv(sys.executable, [sys.executable, *command])  # noqa: S606 our own program


def _retold(*words: str) -> Callable[[Path, Report], None]:
    return lambda place, report: _become("-m", "retold", *words, "--archive", str(place))


@contextmanager
def _keeping(folder: Path) -> Iterator[Deed]:
    yield Deed(do=_keep, held=_articles)


@contextmanager
def _migrating(folder: Path) -> Iterator[Deed]:
    yield Deed(
        begin=archives.version_1,
        do=lambda place, report: Archive.open(place).close(),
        held=_articles,
    )


@contextmanager
def _correcting(folder: Path) -> Iterator[Deed]:
    yield Deed(begin=_filled, do=_correct, held=_corrections)


@contextmanager
def _adding(folder: Path) -> Iterator[Deed]:
    source = folder / "articles.jsonl"
    source.write_text("".join(f"{_row(n)}\n" for n in range(ADDED)), encoding="utf-8")
    yield Deed(do=_retold("add", str(source), "--jobs", "2"), held=_articles)


def _row(number: int) -> str:
    text = archives.FERRY.replace("November", f"November, after {number} years")
    return archives.row(text, f"{archives.URL}/{number}")


@contextmanager
def _importing(folder: Path) -> Iterator[Deed]:
    source = folder / "corrections.json"
    made = [
        drafts.record(drafts.remark(HELD[0].article, Span(0, 5), f"number {n}"), who="Ada", at=NOON)
        for n in range(REMARKED)
    ]
    source.write_text(file.encode(made), encoding="utf-8")
    yield Deed(begin=_filled, do=_retold("corrections", "import", str(source)), held=_corrections)


FOLLOW = """
import datetime as dt, sys
from pathlib import Path
from retold.archive.store import Archive
from retold.cli.watch import follow
from retold.sources.visits import Visitor
with Archive.open(Path(sys.argv[1])) as archive:
    follow(archive, sys.argv[2:], every=dt.timedelta(days=1), once=True, show_all=False,
           model=None, visitor=Visitor(between=0.0, allow={"127.0.0.1"}))
"""


@contextmanager
def _watching(folder: Path) -> Iterator[Deed]:
    """`retold watch --once`, which alone would call no address of this machine."""
    pages = folder / "site"
    pages.mkdir()
    with _serving(pages) as address:
        items = ""
        for number in range(LISTED):
            words = [
                line.replace("Varn", f"Varn {number}") for line in archives.FERRY.split("\n\n")
            ]
            told = page(f"Ferry {number} is late", *words, *words, outlet=f"Post {number}")
            (pages / f"{number}.html").write_text(told)
            items += f"<item><link>{address}/{number}.html</link></item>"
        (pages / "feed.xml").write_text(
            f"<?xml version='1.0'?><rss version='2.0'><channel>{items}</channel></rss>"
        )
        feed = f"{address}/feed.xml"
        yield Deed(do=lambda place, report: _become("-c", FOLLOW, str(place), feed), held=_articles)


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    """The address of a server of the folder's files, in a process of its own."""
    server = subprocess.Popen(  # noqa: S603 our own
        [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "-d", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert server.stdout
        port = server.stdout.readline().split(" port ")[1].split()[0]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.communicate()


DEEDS = {
    "keep": _keeping,
    "migrate": _migrating,
    "correct": _correcting,
    "add": _adding,
    "watch": _watching,
    "import": _importing,
}

if __name__ == "__main__":
    main()
