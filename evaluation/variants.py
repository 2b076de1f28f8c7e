"""How well the collation of quotations finds what changed, on pairs read by hand.

    python -m evaluation.variants [FILE]

FILE is `quote_variants_silver.tar.gz`. Prints one JSON object: of the pairs in which nothing of
substance differs the share that stays silent; of the substantive changes the share found with
their kind; and of the changes shown as substantive the share that are.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import sys
import tarfile
from collections import Counter
from pathlib import Path

from retold.comparing import collation, quoted
from retold.types import Span

LABELS = Path(__file__).with_name("variants_labels.json")


def kinds(a: str, b: str) -> Counter[str]:
    """The kinds of the substantive changes from quotation `a` to quotation `b`."""
    tokens = [quoted.tokenise(text, (Span(0, len(text)),)) for text in (a, b)]
    turns = collation.collate(*tokens).turns
    return Counter(turn.kind.value for turn in turns if turn.is_substantive)


def measure(pairs: list[dict[str, str]]) -> dict[str, float | int]:
    """The figures on the drawn pairs."""
    labels = json.loads(LABELS.read_text(encoding="utf-8"))
    drawn = random.Random(labels["seed"]).sample(range(len(pairs)), labels["drawn"])  # noqa: S311
    silent = identical = found = gold = shown = 0
    for index in drawn:
        expected = Counter(labels["changes"].get(str(index), []))
        got = kinds(pairs[index]["quote1"], pairs[index]["quote2"])
        identical += not expected
        silent += not expected and not got
        found += (expected & got).total()
        gold += expected.total()
        shown += got.total()
    return {
        "pairs": len(drawn),
        "identical": identical,
        "silent": round(silent / identical, 3),
        "substantive": gold,
        "found_and_typed": round(found / gold, 3),
        "precision": round(found / shown, 3),
    }


def load(archive: Path) -> list[dict[str, str]]:
    """The pairs of quotations in a packed corpus."""
    with tarfile.open(archive) as packed:
        member = next(m for m in packed.getmembers() if m.name.endswith("pairs.jsonl.gz"))
        held = packed.extractfile(member)
        return [
            json.loads(line) for line in gzip.decompress(held.read() if held else b"").splitlines()
        ]


if __name__ == "__main__":
    shared = Path(os.environ.get("RETOLD_SHARED", Path(__file__).parents[2] / "shared"))
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    print(
        json.dumps(
            measure(load(given or shared / "data/corpora/quote_variants_silver.tar.gz")), indent=1
        )
    )
