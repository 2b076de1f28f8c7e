"""Makes the reports that are scored.

    python evaluation/reports.py OUT FOLDER [FOLDER ...]

writes OUT/<n>.json for the n-th folder, by the retold that stands on PYTHONPATH: so another
commit's retold is run without its own evaluation.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any


def make(folders: Iterable[Path]) -> Iterator[Any]:
    """The report of each folder of articles, in its public form, with one model loaded for all."""
    from retold import load, retell
    from retold.reading.encoder import Encoder
    from retold.showing.export import json as export

    encoder = Encoder.default()
    for folder in folders:
        loaded = load([folder])
        if loaded.failures:
            raise SystemExit(f"{folder}: {loaded.failures[0].message}")
        yield json.loads(export.encode(retell(loaded.articles, encoder=encoder)))


def main(out: Path, folders: list[Path]) -> None:
    for number, report in enumerate(make(folders)):
        (out / f"{number}.json").write_text(json.dumps(report), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), [Path(folder) for folder in sys.argv[2:]])
