"""A report as a folder that brat opens: for each article its text and its statements beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from retold import standoff
from retold.showing import view as views
from retold.types import Article, Report

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def encode(report: Report) -> Mapping[str, str]:
    """The files of the folder by name: two for each article, brat's own `annotation.conf`, and the
    listing by which retold knows outlet, title, day and address of the texts.

    Corrected in brat, they come back by `retold.sources.brat.read`.
    """
    view = views.of(report)
    files = {"annotation.conf": standoff.CONFIGURATION}
    listed = []
    for number, article in enumerate(report.articles, start=1):
        label = _NOT_PLAIN.sub("-", view.labels[article.id].lower()).strip("-")
        name = f"{number:02}-{label}" if label else f"{number:02}"
        files[f"{name}.txt"] = article.text
        files[f"{name}.ann"] = standoff.write(article.text, view.spoken[article.id])
        listed.append(_row(f"{name}.txt", article))
    return files | {"articles.json": json.dumps(listed, ensure_ascii=False, indent=1) + "\n"}


def _row(name: str, article: Article) -> dict[str, str]:
    """What `articles.json` says of a text, as far as it is known."""
    known = {
        "file": name,
        "outlet": article.outlet,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
    }
    return {field: value for field, value in known.items() if value}
