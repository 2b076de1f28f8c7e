"""Single articles of the corpus of 12,000 by their names."""

from __future__ import annotations

import gzip
import hashlib
import json
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from evaluation.stories import research_data
from retold import load
from retold.types import Article

FILE = Path("data") / "corpora" / "news_12k.jsonl.gz"
PREFIX = "news-"
_NAME_CHARS = 8
_FIELDS = ("url", "outlet", "title", "published", "text")


def name_of(text: str) -> str:
    """The name of the article with that text."""
    return PREFIX + hashlib.sha256(text.encode()).hexdigest()[:_NAME_CHARS]


def articles(names: Collection[str]) -> Iterator[tuple[str, tuple[Article, ...]]]:
    """The articles of these names, each by itself, in the order of the corpus; none where there is
    no research data."""
    data = research_data()
    if data is None or not names:
        return
    with gzip.open(data / FILE, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if (name := name_of(row["text"])) in names:
                yield name, _article(row)


def _article(row: Any) -> tuple[Article, ...]:
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "article.jsonl"
        file.write_text(json.dumps({key: row[key] for key in _FIELDS}) + "\n", encoding="utf-8")
        return load([file], as_given=True).articles  # what was judged counts its characters
