"""What the articles of a story are called where they stand beside each other: no two alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

from retold.types import Article


def of(articles: Iterable[Article]) -> dict[str, str]:
    """A name for each article: its outlet, with the date or a number where two are alike."""
    named = tuple(articles)
    bare = {a.id: _outlet(a) for a in named}
    counts = Counter(bare.values())
    dated = {
        a.id: bare[a.id]
        if counts[bare[a.id]] == 1 or a.published is None
        else f"{bare[a.id]} {a.published.isoformat()}"
        for a in named
    }
    counts = Counter(dated.values())
    seen: Counter[str] = Counter()
    out = {}
    for article in named:
        label = dated[article.id]
        seen[label] += 1
        out[article.id] = label if counts[label] == 1 else f"{label} ({seen[label]})"
    return out


def file_name(article: Article) -> str:
    """The name of the file that the article came from, without its folders; empty if none."""
    return (article.path or "").replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


def _outlet(article: Article) -> str:
    if article.outlet and article.outlet.strip():
        return " ".join(article.outlet.split())
    host = urlsplit(article.url).hostname if article.url else None
    if host:
        return host.removeprefix("www.")
    return file_name(article).rsplit(".", 1)[0] or article.id
