"""Stories of the AllSides corpus by their names: what readers judged lies beside this file."""

from __future__ import annotations

import gzip
import json
import tarfile
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from evaluation.stories import research_data
from retold import load
from retold.types import Article

HELD = (
    ("allsides_stories.tar.gz", "full3.jsonl.gz", "story_id"),
    ("allsides_stories.tar.gz", "full2.jsonl.gz", "story_id"),
    ("allsides_clusters_silver.tar.gz", "clusters3plus.jsonl.gz", "cluster_id"),
)
"""Archive, file in it, and what the name of a story is called there: stories chosen by editors, and
articles put together by machine."""


def stories(names: Collection[str]) -> Iterator[tuple[str, tuple[Article, ...]]]:
    """The stories of these names with their articles, both in the order of the corpus; none where
    there is no research data."""
    data = research_data()
    for archive, file, key in HELD if data else ():
        for story in _rows(data / "data" / "corpora" / archive, file):
            if story[key] in names:
                yield story[key], _articles(story)


def _rows(archive: Path, file: str) -> Iterator[Any]:
    with tarfile.open(archive) as packed:
        member = next(m for m in packed.getmembers() if m.name.endswith(file))
        held = packed.extractfile(member)
        yield from map(json.loads, gzip.decompress(held.read()).splitlines() if held else ())


def _articles(story: Any) -> tuple[Article, ...]:
    fields = ("url", "outlet", "title", "text")
    rows = [{key: a[key] for key in fields} | {"published": a["date"]} for a in story["articles"]]
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "story.jsonl"
        file.write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
        return load([file], as_given=True).articles  # what was judged counts its characters
