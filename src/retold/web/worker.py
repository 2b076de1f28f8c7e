"""A process that reads and compares, so that the server always answers.

It is started when the first task comes, keeps its model loaded, and is ended and started again when
a task takes too long or brings it down.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from retold.errors import RetoldError
from retold.web.comparing import Comparer, Result, Step, Task, Tell

POLL_SECONDS = 0.5
STOP_SECONDS = 5.0


class Worker:
    """Runs one task at a time in a process of its own."""

    def __init__(self, make: Callable[[], Comparer], *, seconds: float) -> None:
        self._make, self._seconds = make, seconds
        self._process: BaseProcess | None = None
        self._line: Connection | None = None
        self._stopping = threading.Event()

    def run(self, task: Task, tell: Tell) -> Result:
        """What the task gives.

        Raises:
            RetoldError: it failed, took too long, or the process ended.
        """
        line = self._started()
        deadline = time.monotonic() + self._seconds
        try:
            line.send(task)
            while True:
                while not line.poll(POLL_SECONDS):
                    self._check(deadline)
                answer = line.recv()
                if isinstance(answer, Step):
                    tell(answer)
                    continue
                if isinstance(answer, RetoldError):
                    raise answer
                return _result(answer)
        except (EOFError, OSError) as error:
            self._end()
            raise RetoldError(
                "the process that compares ended before its time.",
                hint="Perhaps the memory did not suffice. Give fewer or shorter articles.",
            ) from error

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._stopping.set()
        self._end()

    def _started(self) -> Connection:
        if self._line is not None and self._process is not None and self._process.is_alive():
            return self._line
        self._end()
        spawn = multiprocessing.get_context("spawn")
        self._line, other = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(other, self._make), daemon=True)
        self._process.start()
        other.close()
        return self._line

    def _check(self, deadline: float) -> None:
        if self._stopping.is_set():
            raise RetoldError("the server was stopped.")
        if time.monotonic() > deadline:
            self._end()
            raise RetoldError(
                f"this took more than {self._seconds / 60:.0f} minutes and was ended.",
                hint="Give fewer or shorter articles, or compare them with `retold compare`.",
            )

    def _end(self) -> None:
        if self._line is not None:
            self._line.close()
        if self._process is not None and self._process.is_alive():
            self._process.terminate()
            self._process.join(STOP_SECONDS)
            if self._process.is_alive():
                self._process.kill()
        self._process = self._line = None


def comparer(**settings: Any) -> Callable[[], Comparer]:
    """How the process makes its comparer."""
    return partial(Comparer, **settings)


def _result(answer: object) -> Result:
    if not isinstance(answer, Result):
        raise RetoldError(f"retold itself failed ({answer}).", hint="This is a bug.")
    return answer


# --- in the process ------------------------------------------------------------------------------


def _serve(line: Connection, make: Callable[[], Comparer]) -> None:
    """Do what comes down the line until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to handle
    os.nice(5)  # whoever turns a page comes first
    comparer: Comparer | None = None
    while True:
        try:
            task = line.recv()
        except EOFError:
            return
        try:
            comparer = comparer or make()
            line.send(comparer.run(task, line.send))
        except RetoldError as error:
            line.send(error)
        except Exception as error:
            line.send(f"{type(error).__name__}: {error}")
