"""Where the stories with gold lie: the examples in the repository, the research data beside it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
DEMO = REPOSITORY / "src" / "retold" / "demo"
EXAMPLES = REPOSITORY / "examples"


@dataclass(frozen=True, slots=True)
class Told:
    """A story with its articles, its gold and, for an example, what was planted in it."""

    name: str
    folder: Path
    gold: Path
    planted: Path | None = None

    def read_gold(self) -> Any:
        return json.loads(self.gold.read_text(encoding="utf-8"))

    def read_planted(self) -> Any:
        return json.loads(self.planted.read_text(encoding="utf-8")) if self.planted else []


def examples() -> tuple[Told, ...]:
    """The invented stories, the demo's first."""
    folders = (DEMO, *sorted(f.parent for f in EXAMPLES.glob("*/articles.json")))
    return tuple(
        Told(
            name="aurelia" if folder == DEMO else folder.name,
            folder=folder,
            gold=folder / "gold.json",
            planted=folder / "planted.json",
        )
        for folder in folders
    )


def research_data() -> Path | None:
    """The folder of the research data, None where there is none."""
    beside = Path(os.environ.get("RETOLD_SHARED") or REPOSITORY.parent / "shared")
    return beside if (beside / "data" / "stories").is_dir() else None


def scored(part: str) -> tuple[Told, ...]:
    """The real stories with gold in `data/<part>`, in the order of their names; may be empty."""
    data = research_data()
    if data is None:
        return ()
    return tuple(
        Told(name=gold.stem, folder=data / "data" / "stories" / gold.stem, gold=gold)
        for gold in sorted((data / "data" / part).glob("*.json"))
    )
