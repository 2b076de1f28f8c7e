"""Kills writers of an archive at random moments, and looks at what they leave.

    python -m tests.archive_killing FOLDER keep 100

A process of its own, which has one thread and may fork: a writer is then there at once, and dies
in its first milliseconds as often as later. Prints one line of JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from retold.archive import corrections
from retold.archive.check import check
from retold.archive.store import Archive
from retold.correcting import drafts
from retold.types import Span
from tests import archives

HELD = archives.many(8)
NOON = dt.datetime(2031, 6, 1, 12, tzinfo=dt.UTC)
REMARKS = [
    drafts.record(drafts.remark(HELD[0].article, Span(0, 5), f"remark {n}"), who="Ada", at=NOON)
    for n in range(8)
]
Report = Callable[[str], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What a writer does to an archive, what is there before, and what must be there at the end."""

    begin: Callable[[Path], object]
    do: Callable[[Path, Report], None]
    held: Callable[[Archive], list[str]]
    whole: frozenset[str]


def main() -> None:
    folder, deed, times = Path(sys.argv[1]), DEEDS[sys.argv[2]], int(sys.argv[3])
    chance = random.Random(times)  # noqa: S311 moments to kill at
    usual = _seconds(folder / "usual.sqlite", deed)
    met = Counter[str]()
    for turn in range(times):
        place = folder / f"{turn}.sqlite"
        deed.begin(place)
        copy, torn = (folder / f"{turn}-{name}.sqlite" for name in ("copy", "torn"))
        reported = _stopped(place, deed, chance.uniform(0, usual), copy)
        _tear(copy, torn, chance)
        for each, kept in ((place, reported), (copy, reported), (torn, [])):
            met.update(_left(each, deed, kept))
        met["mid-way"] += 0 < len(reported) < len(deed.whole)
    print(json.dumps(met))


def _seconds(place: Path, deed: Deed) -> float:
    """What the deed takes when nobody disturbs it."""
    deed.begin(place)
    started = time.perf_counter()
    deed.do(place, lambda _: None)
    return time.perf_counter() - started


def _stopped(place: Path, deed: Deed, seconds: float, copy: Path) -> list[str]:
    """What a writer reported as kept before it was killed; the copy is what a power cut leaves."""
    ear, mouth = os.pipe()
    writer = os.fork()
    if writer == 0:
        os.close(ear)
        deed.do(place, lambda id: os.write(mouth, f"{id}\n".encode()))
        os._exit(0)
    os.close(mouth)
    time.sleep(seconds)
    os.kill(writer, signal.SIGSTOP)
    _, state = os.waitpid(writer, os.WUNTRACED)
    for suffix in ("", "-wal"):
        if Path(f"{place}{suffix}").exists():
            shutil.copy(f"{place}{suffix}", f"{copy}{suffix}")
    if os.WIFSTOPPED(state):  # it had not ended by itself
        os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)
    with os.fdopen(ear) as heard:
        return heard.read().split()


def _tear(copy: Path, torn: Path, chance: random.Random) -> None:
    """The same without the end of its log, which had not been told to reach the disk."""
    for suffix in ("", "-wal"):
        if Path(f"{copy}{suffix}").exists():
            shutil.copy(f"{copy}{suffix}", f"{torn}{suffix}")
    log = Path(f"{torn}-wal")
    if log.exists():
        held = log.read_bytes()
        os.truncate(log, chance.randint(_committed(held), len(held)))


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


def _left(place: Path, deed: Deed, reported: list[str]) -> Counter[str]:
    """What is wrong with what a writer left, and after another one went on to the end."""
    wrong = Counter({"faults": 0, "lost": 0, "twice": 0, "missing": 0})
    with Archive.open(place) as archive:
        wrong["faults"] += len(list(check(archive)))
        wrong["lost"] += len(set(reported) - set(deed.held(archive)))
    deed.do(place, lambda _: None)
    with Archive.open(place) as archive:
        held = deed.held(archive)
        wrong["faults"] += len(list(check(archive)))
        wrong["twice"] += len(held) - len(set(held))
        wrong["missing"] += len(deed.whole - set(held))
    return wrong


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
    return [entry.id for entry in archive.articles()]


DEEDS = {
    "keep": Deed(
        begin=lambda place: None,
        do=_keep,
        held=_articles,
        whole=frozenset(reading.article.id for reading in HELD),
    ),
    "correct": Deed(
        begin=_filled,
        do=_correct,
        held=lambda archive: [each.id for each in corrections.held(archive)],
        whole=frozenset(remark.id for remark in REMARKS),
    ),
    "migrate": Deed(
        begin=archives.version_1,
        do=lambda place, report: Archive.open(place).close(),
        held=_articles,
        whole=archives.IN_VERSION_1,
    ),
}

if __name__ == "__main__":
    main()
