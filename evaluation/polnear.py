"""Attribution on PolNeAR's dev articles, by the two scorers that stand beside the data.

    python -m evaluation.polnear TEXTS OUT

writes what the retold on PYTHONPATH finds in a folder of texts, a line an attribution. Only the
outermost attributions are given to the scorers: the corpus marks none inside another's content.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.figures import Score, Tally
from retold.reading.encoder import Encoder
from retold.types import Article, Attribution, Section, SectionKind, Span

Row = Mapping[str, Any]
TEXTS = Path("data", "polnear", "dev", "text")
ATTRIBUTIONS = {
    "attribution source+content": "source+content",
    "attribution source+content (direct)": "source+content, direct",
    "attribution all three": "all three",
    "content exact": "content, exact ends",
}


def score(
    data: Path, rows: Sequence[Row], *, encoder: Encoder | None = None
) -> tuple[Score, dict[str, dict[str, float]]]:
    """The figures of what was found, `rows`, and the exact F1 of source, cue and content.

    The exact figures are of the labels alone, as in the published table, and of the attributions
    that a reading shows, which leaves out what is doubtful or linked to nothing.
    """
    polnear = data / "data" / "polnear"
    with tempfile.TemporaryDirectory() as folder:
        whole, pieces = Path(folder) / "whole.jsonl", Path(folder) / "pieces.jsonl"
        counts = Path(folder) / "counts.json"
        _write(whole, rows)
        _scorer(
            data / "score" / "score_attributions.py",
            *("--polnear", polnear / "dev", "--pred", whole, "--json", counts),
        )
        exact = {}
        for name, spans in (
            ("labels alone", labels(polnear / "dev" / "text", encoder=encoder)),
            ("in attributions", split(rows)),
        ):
            _write(pieces, spans)
            printed = _scorer(
                data / "score" / "score_cofenet.py",
                *(polnear / "cofenet_valid.jsonl", polnear / "dev" / "text", pieces),
            )
            exact[name] = {k: v["f1"] for k, v in json.loads(printed).items() if "f1" in v}
        held = json.loads(counts.read_text(encoding="utf-8"))["whole"]["counts"]
    figures = {}
    for theirs, ours in ATTRIBUTIONS.items():
        found, gold, right, predicted = held[theirs]
        figures[ours] = Tally(right, predicted, found, gold)
    return Score(figures), exact


def articles(texts: Path) -> Iterator[Article]:
    """The texts of a folder by name; each has the name of its file for an id."""
    for file in sorted(texts.glob("*.txt")):
        with file.open(encoding="utf-8", newline="") as handle:
            yield plain(file.stem, handle.read())


def predictions(texts: Path, *, encoder: Encoder | None = None) -> Iterator[Row]:
    """The outermost attributions of every article, read as plain body text."""
    from retold import pipeline

    for article in articles(texts):
        for attribution in pipeline.read(article, encoder=encoder).attributions:
            if attribution.parent is None:
                yield row(article.id, attribution)


def labels(texts: Path, *, encoder: Encoder | None = None) -> Iterator[Row]:
    """Every labelled stretch of every article, linked or not."""
    from retold import text
    from retold.reading import stretches

    encoder = encoder or Encoder.default()
    for article in articles(texts):
        bounds = text.paragraphs_of(article)
        states = encoder.encode(article)
        for role, span in stretches.labelled(article.text, states, encoder, bounds):
            yield {"doc": article.id, "label": role, "start": span.start, "end": span.end}


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


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    _write(Path(sys.argv[2]), predictions(Path(sys.argv[1])))
