"""What a command costs, and the yardstick that it is measured by."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks import usage

MEBIBYTE = 1 << 20
MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024  # what getrusage counts in, in bytes
PYTHON_STEPS = 2_000_000
MATRIX = 384
PRODUCTS = 40


class CommandError(Exception):
    """A measured command ended with an error."""


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds over all threads, and the most memory held at once in MB of 2**20 bytes."""

    seconds: float
    megabytes: float


def measure(command: Sequence[str], *, repeat: int) -> Cost:
    """The cheapest of `repeat` runs, each a process of its own; what it prints is thrown away.

    Raises:
        CommandError: the command failed; what it said is in the message.
    """
    runs = [_run(command) for _ in range(repeat)]
    return Cost(min(r.seconds for r in runs), min(r.megabytes for r in runs))


def calibrate() -> float:
    """CPU seconds of a fixed loop of Python and numpy: what this machine is worth just now."""
    started = time.process_time()
    total = 0
    for step in range(PYTHON_STEPS):
        total = (total * 31 + step) % 1_000_003
    matrix = np.full((MATRIX, MATRIX), total / 1_000_003, dtype=np.float32)
    for _ in range(PRODUCTS):
        matrix = np.tanh(matrix @ matrix.T)
    return time.process_time() - started


def _run(command: Sequence[str]) -> Cost:
    done = subprocess.run(  # noqa: S603 our own command
        [sys.executable, usage.__file__, *command], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CommandError(f"{' '.join(command)}\n{done.stderr.strip()}")
    used = json.loads(done.stdout)
    return Cost(used["seconds"], used["maxrss"] * MAXRSS_UNIT / MEBIBYTE)
