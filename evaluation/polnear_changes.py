"""What this working tree finds on PolNeAR and a git ref does not, and the other way round."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation import changes
from evaluation.changes import Item
from evaluation.excerpts import line
from evaluation.polnear_gold import Scored
from evaluation.stories import REPOSITORY

MODULE = "evaluation.polnear"


def rows_of(ref: str, texts: Path) -> list[Any]:
    """What the retold of a git ref finds in the texts."""
    with changes.checked_out(ref) as tree, tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "rows.jsonl"
        path = os.pathsep.join((str(tree / "src"), str(REPOSITORY)))
        done = subprocess.run(  # noqa: S603 our own module
            [sys.executable, "-m", MODULE, str(texts), str(out)],
            env={**os.environ, "PYTHONPATH": path},
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            told = done.stderr.strip().splitlines()
            raise SystemExit(f"retold at {ref} could not read PolNeAR: {told[-1]}")
        return [json.loads(row) for row in out.read_text(encoding="utf-8").splitlines()]


def render(before: Sequence[Scored], now: Sequence[Scored]) -> str:
    """Gains and losses; `+` gained, `-` lost, `!` where the gold says otherwise."""
    both = zip(map(attributions, before), map(attributions, now), strict=True)
    return changes.shown("polnear attributions", both)


def attributions(it: Scored) -> Mapping[object, Item]:
    """By the words of all roles; right where content and source are."""
    right = set(it.pairs.values())
    return {
        (it.name, *((role, _pieces(record[role])) for role in ("source", "cue", "content"))): Item(
            f"{it.name}: {line(it.text, record['content'], record['source'], record['cue'])}",
            number in right,
        )
        for number, record in enumerate(it.found.records)
    }


def _pieces(held: Iterable[Iterable[int]]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(piece) for piece in held)
