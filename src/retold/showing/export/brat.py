"""A report as a folder that brat opens: for each article its text and its statements beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from retold import standoff
from retold.showing import view as views
from retold.types import Report

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def encode(report: Report) -> Mapping[str, str]:
    """The files of the folder by name: `annotation.conf`, and two for each article.

    Corrected in brat, they come back by `retold.sources.brat.read`.
    """
    view = views.of(report)
    files = {"annotation.conf": standoff.CONFIGURATION}
    for number, article in enumerate(report.articles, start=1):
        label = _NOT_PLAIN.sub("-", view.labels[article.id].lower()).strip("-")
        name = f"{number:02}-{label}" if label else f"{number:02}"
        files[f"{name}.txt"] = article.text
        files[f"{name}.ann"] = standoff.write(article.text, view.spoken[article.id])
    return files
