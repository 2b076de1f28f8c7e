"""How well a mixed pile is put into stories: B³ on stories that editors grouped.

    python -m evaluation.grouping [--stories 200] [--split val] [--seed 1] [--readings FOLDER]

The pile holds all articles of the stories drawn, in an order that tells nothing. A reading is kept
in FOLDER and read again from there.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import pickle
import random
import sys
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.stories import research_data
from retold import group, read, sources
from retold.types import Reading

ARCHIVE = Path("data") / "corpora" / "allsides_stories.tar.gz"
FILES = ("full3.jsonl.gz", "full2.jsonl.gz")
Json = dict[str, Any]


def stories(archive: Path, split: str) -> list[Json]:
    """The stories of a split of the archive, three accounts before two, in the archive's order."""
    found = []
    with tarfile.open(archive) as packed:
        for name in FILES:
            member = next(m for m in packed.getmembers() if m.name.endswith(name))
            held = packed.extractfile(member)
            if held is not None:
                rows = gzip.decompress(held.read()).decode("utf-8").splitlines()
                found += [story for story in map(json.loads, rows) if story["split"] == split]
    return found


def pile(drawn: Sequence[Json], kept: Path | None, *, seed: int) -> list[tuple[str, Reading]]:
    """Every account of the stories with the story that the editors put it in, shuffled."""
    out = [
        (story["story_id"], _reading(account, kept))
        for story in drawn
        for account in story["articles"]
        if account.get("text")
    ]
    random.Random(seed).shuffle(out)  # noqa: S311 - no secret
    return out


def b_cubed(found: Iterable[Sequence[str]], editors: Mapping[str, str]) -> dict[str, float]:
    """Precision, recall and F1, the mean over articles; `editors` gives the story of each."""
    size: dict[str, int] = defaultdict(int)
    for story in editors.values():
        size[story] += 1
    precision = recall = 0.0
    for members in found:
        for one in members:
            same = sum(editors[one] == editors[other] for other in members)
            precision += same / len(members)
            recall += same / size[editors[one]]
    count = len(editors)
    precision, recall = precision / count, recall / count
    return {
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(2 * precision * recall / (precision + recall), 3),
    }


def _reading(account: Json, kept: Path | None) -> Reading:
    text = f"{account['title']}\n\n{account['text']}"
    article = sources.article(
        text,
        url=account.get("url"),
        outlet=account.get("outlet"),
        title=account["title"],
        published=dt.date.fromisoformat(account["date"][:10]) if account.get("date") else None,
    )
    path = kept / f"{article.id}.pkl" if kept else None
    if path and path.exists():
        held: Reading = pickle.loads(path.read_bytes())  # noqa: S301 - written by this program
        return held
    reading = read(article)
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(reading))
    return reading


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=200)
    parser.add_argument("--split", default="val")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--readings", type=Path, help="folder where readings are kept")
    options = parser.parse_args()
    data = research_data()
    if data is None or not (data / ARCHIVE).exists():
        print("skipped: no grouped stories beside the repository", file=sys.stderr)
        return 0
    held = stories(data / ARCHIVE, options.split)
    if not held:
        print(f"no grouped stories of {options.split!r} here: try --split train", file=sys.stderr)
        return 1
    drawn = random.Random(options.seed).sample(held, min(options.stories, len(held)))  # noqa: S311
    editors: dict[str, str] = {}
    readings = []
    for story, reading in pile(drawn, options.readings, seed=options.seed):
        if reading.article.id not in editors:
            editors[reading.article.id] = story
            readings.append(reading)
    found = [[r.article.id for r in story.readings] for story in group(readings)]
    figures = b_cubed(found, editors)
    print(json.dumps({"stories": len(drawn), "articles": len(readings), **figures}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
