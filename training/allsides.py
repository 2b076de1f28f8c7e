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

ARCHIVE = Path("data") / "corpora" / "allsides_stories.tar.gz"
STORIES = "full3.jsonl.gz"


def stories(names: Collection[str]) -> Iterator[tuple[str, tuple[Article, ...]]]:
    """The stories of these names with their articles, both in the order of the corpus; none where
    there is no research data."""
    data = research_data()
    if data is None:
        return
    with tarfile.open(data / ARCHIVE) as packed:
        member = next(m for m in packed.getmembers() if m.name.endswith(STORIES))
        held = packed.extractfile(member)
        rows = gzip.decompress(held.read()).decode("utf-8").splitlines() if held else []
    for story in map(json.loads, rows):
        if story["story_id"] in names:
            yield story["story_id"], _articles(story)


def _articles(story: Any) -> tuple[Article, ...]:
    fields = ("url", "outlet", "title", "text")
    rows = [{key: a[key] for key in fields} | {"published": a["date"]} for a in story["articles"]]
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "story.jsonl"
        file.write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
        return load([file]).articles
