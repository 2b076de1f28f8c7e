"""What is found is the same in every run, whatever the order of Python's sets in it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

PROGRAM = """
from retold.comparing import facts, report, units
from retold.showing.export import json
from tests.test_stories import pile
held = pile()
found = [facts.of(reading) for reading in held]
print(list(facts.rarity(found)), units.gather(held, found).stems.tolist())
print(json.encode(report.compile(held)))
"""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_any_order_of_sets(seed: str) -> None:
    """Neither the words of a story in their order nor its report depend on it."""
    told = [
        subprocess.run(  # noqa: S603 our own program
            [sys.executable, "-c", PROGRAM],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": each},
        ).stdout
        for each in ("0", seed)
    ]
    assert told[0] == told[1]
