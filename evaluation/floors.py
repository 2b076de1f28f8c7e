"""Score floors that go up by themselves and down only with a reason.

`floors.json` holds a floor for every whole figure on the examples, a fingerprint of the articles
and their gold, and every lowering there ever was with its reason.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.figures import Score
from evaluation.stories import Told
from evaluation.table import WHOLE

FILE = Path(__file__).with_name("floors.json")
SLACK = 0.02  # int8 kernels differ from processor to processor: a floor stands this far below


@dataclass(frozen=True, slots=True)
class Floors:
    """What must not be fallen below, and on which articles and gold it was measured."""

    fingerprint: str
    floors: Mapping[str, float]
    lowered: tuple[Mapping[str, Any], ...] = ()


def load(file: Path = FILE) -> Floors:
    """The floors of the file; none where there is no file."""
    if not file.exists():
        return Floors("", {})
    held = json.loads(file.read_text(encoding="utf-8"))
    return Floors(held["fingerprint"], held["floors"], tuple(held["lowered"]))


def save(floors: Floors, file: Path = FILE) -> None:
    held = {
        "fingerprint": floors.fingerprint,
        "floors": dict(sorted(floors.floors.items())),
        "lowered": list(floors.lowered),
    }
    file.write_text(json.dumps(held, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def fingerprint(stories: Sequence[Told]) -> str:
    """Changes with any byte of the articles, the gold or the plants."""
    told = hashlib.sha256()
    for story in stories:
        for file in sorted(f for f in story.folder.iterdir() if f.is_file()):
            told.update(f"{story.name}/{file.name}\0".encode())
            told.update(hashlib.sha256(file.read_bytes()).digest())
    return told.hexdigest()[:16]


def values(score: Score) -> dict[str, float]:
    """The one number of each whole figure: F1 or share."""
    return {name: score.figures[name].value for name in WHOLE if name in score.figures}


def failures(floors: Floors, measured: Mapping[str, float], seen: str) -> list[str]:
    """Why the gate does not open; empty when it does."""
    out = []
    if floors.fingerprint != seen:
        out.append(
            f"the examples have changed (fingerprint {seen}, floors are of "
            f"{floors.fingerprint or 'nothing'}): run --raise-floors"
        )
    for name, floor in sorted(floors.floors.items()):
        got = measured.get(name)
        if got is None:
            out.append(f"{name}: not measured, its floor is {floor:.3f}")
        elif got < floor:
            out.append(f"{name}: {got:.3f} is below its floor {floor:.3f}")
    return out


def raised(floors: Floors, measured: Mapping[str, float], seen: str) -> Floors:
    """The floors, each as high as the measurement allows and none lower than it was.

    Raises:
        ValueError: a figure is below its floor, so that the fingerprint cannot be renewed.
    """
    below = [name for name, floor in floors.floors.items() if measured.get(name, 0.0) < floor]
    if below:
        raise ValueError(
            f"below their floors: {', '.join(sorted(below))}. Lower one only with "
            "--lower-floor NAME --because REASON."
        )
    pinned = {name: max(0.0, round(value - SLACK, 3)) for name, value in measured.items()}
    return Floors(
        fingerprint=seen,
        floors={n: max(v, floors.floors.get(n, 0.0)) for n, v in pinned.items()},
        lowered=floors.lowered,
    )


def lowered(
    floors: Floors, name: str, measured: Mapping[str, float], *, because: str, on: str
) -> Floors:
    """The floors with one lowered to the measurement, and the reason written down.

    Raises:
        ValueError: there is no such floor, no reason, or nothing to lower.
    """
    if name not in floors.floors:
        raise ValueError(f"no floor is called {name!r}; there are: {', '.join(floors.floors)}.")
    if not because.strip():
        raise ValueError("a floor is lowered with a reason: --because REASON.")
    old, new = floors.floors[name], max(0.0, round(measured.get(name, 0.0) - SLACK, 3))
    if new >= old:
        raise ValueError(f"{name} is at {measured[name]:.3f}; its floor {old:.3f} can stay.")
    entry = {"floor": name, "from": old, "to": new, "because": because.strip(), "on": on}
    return Floors(
        fingerprint=floors.fingerprint,
        floors={**floors.floors, name: new},
        lowered=(*floors.lowered, entry),
    )
