"""What a process and all those that it starts hold and spend, looked at again and again (Linux)."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

LOOKS_A_SECOND = 10
MEBIBYTE = 1 << 20
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Used:
    """The most that one process held, the most that all held together, in MB of 2**20 bytes that
    are no pages of files, and seconds of CPU: of the process that watches, and of each other."""

    one: float = 0.0
    together: float = 0.0
    own: float = 0.0
    others: dict[int, float] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """Of CPU over all processes."""
        return self.own + sum(self.others.values())

    @property
    def longest(self) -> float:
        """Of CPU of the own process and of the busiest of the others: less time it cannot take."""
        return self.own + max(self.others.values(), default=0.0)


class Watch:
    """While it is open: what this process and those that it started used in each stage."""

    def __init__(self) -> None:
        self.stages: dict[str, Used] = {}
        self._stage = "start"
        self._spent: dict[int, float] = {}
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._look()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def enter(self, stage: str) -> None:
        """From now on it is this stage; the same name again adds to it."""
        self._look()
        self._stage = stage

    def _watch(self) -> None:
        while not self._ended.wait(1 / LOOKS_A_SECOND):
            self._look()
        self._look()

    def _look(self) -> None:
        with self._lock:
            used = self.stages.setdefault(self._stage, Used())
            together = 0.0
            for process in family(os.getpid()):
                held, spent = _held(process), _spent(process)
                together += held
                used.one = max(used.one, held)
                before = self._spent.get(process, 0.0)
                self._spent[process] = max(spent, before)
                if process == os.getpid():
                    used.own += self._spent[process] - before
                else:
                    used.others[process] = (
                        used.others.get(process, 0.0) + self._spent[process] - before
                    )
            used.together = max(used.together, together)


def family(process: int) -> list[int]:
    """A process and those that it started, by any of its threads."""
    started: list[int] = []
    try:
        for thread in Path(f"/proc/{process}/task").iterdir():
            started += map(int, (thread / "children").read_text("ascii").split())
    except OSError:
        return []  # it has just ended
    return [process, *(each for child in started for each in family(child))]


def _held(process: int) -> float:
    try:
        told = Path(f"/proc/{process}/status").read_text("ascii", "replace")
    except OSError:
        return 0.0
    kilobytes = (line.split()[1] for line in told.splitlines() if line.startswith("RssAnon:"))
    return int(next(kilobytes, 0)) * 1024 / MEBIBYTE


def _spent(process: int) -> float:
    try:
        told = Path(f"/proc/{process}/stat").read_text("ascii", "replace")
    except OSError:
        return 0.0
    fields = told.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
