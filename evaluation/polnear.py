"""Attribution on PolNeAR's dev articles, by the two scorers that stand beside the data.

Only the outermost attributions are given to them: the corpus marks none inside another's content.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from evaluation.figures import Score, Tally
from retold.types import Article, Attribution, Section, SectionKind, Span

Row = Mapping[str, Any]
ATTRIBUTIONS = {
    "attribution source+content": "source+content",
    "attribution source+content (direct)": "source+content, direct",
    "attribution all three": "all three",
    "content exact": "content, exact ends",
}


def score(data: Path) -> tuple[Score, dict[str, float]]:
    """Attributions found, and the exact F1 of source, cue and content in per cent."""
    polnear = data / "data" / "polnear"
    rows = list(predictions(polnear / "dev" / "text"))
    with tempfile.TemporaryDirectory() as folder:
        whole, pieces = Path(folder) / "whole.jsonl", Path(folder) / "pieces.jsonl"
        counts = Path(folder) / "counts.json"
        _write(whole, rows)
        _write(pieces, split(rows))
        _scorer(
            data / "score" / "score_attributions.py",
            *("--polnear", polnear / "dev", "--pred", whole, "--json", counts),
        )
        exact = _scorer(
            data / "score" / "score_cofenet.py",
            *(polnear / "cofenet_valid.jsonl", polnear / "dev" / "text", pieces),
        )
        held = json.loads(counts.read_text(encoding="utf-8"))["whole"]["counts"]
    figures = {}
    for theirs, ours in ATTRIBUTIONS.items():
        found, gold, right, predicted = held[theirs]
        figures[ours] = Tally(right, predicted, found, gold)
    return Score(figures), {k: v["f1"] for k, v in json.loads(exact).items() if "f1" in v}


def predictions(texts: Path) -> Iterator[Row]:
    """The outermost attributions of every article, read as plain body text."""
    from retold import pipeline
    from retold.reading.encoder import Encoder

    encoder = Encoder.default()
    for file in sorted(texts.glob("*.txt")):
        with file.open(encoding="utf-8", newline="") as handle:
            article = plain(file.stem, handle.read())
        for attribution in pipeline.read(article, encoder=encoder).attributions:
            if attribution.parent is None:
                yield row(file.stem, attribution)


def plain(name: str, text: str) -> Article:
    """The text as it is, all of it body: the scorers' offsets are of the file."""
    body = Section(kind=SectionKind.BODY, span=Span(0, len(text)))
    return Article(id=name, text=text, sections=(body,))


def row(name: str, attribution: Attribution) -> Row:
    return {
        "doc": name,
        **{
            role: [[s.start, s.end] for s in getattr(attribution, role)] or None
            for role in ("source", "cue", "content")
        },
    }


def split(rows: Iterable[Row]) -> Iterator[Row]:
    """One line a piece, as the scorer of exact ends wants them."""
    for one in rows:
        for role in ("source", "cue", "content"):
            for start, end in one[role] or ():
                yield {"doc": one["doc"], "label": role, "start": start, "end": end}


def _write(file: Path, rows: Iterable[Row]) -> None:
    with file.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(one) + "\n" for one in rows)


def _scorer(script: Path, *words: object) -> str:
    done = subprocess.run(  # noqa: S603 the scorer of the research data
        [sys.executable, str(script), *map(str, words)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{script.name}: {done.stderr.strip()}")
    return done.stdout
