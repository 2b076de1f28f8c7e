"""Names that linked data needs: one for each article, speaker and stretch of text.

A stretch is named by its code points as RFC 5147 writes them, `urn:retold:article:ID#char=12,30`.
What a report numbers itself, its speakers, claims and tellings, is named within the report.
"""

from __future__ import annotations

import hashlib
import re

from retold.types import Article, Report

TERMS = "urn:retold:terms:"
_ADDRESS = re.compile(r"https?://[^\s\x00-\x20<>\"{}|\\^`\x7f-\x9f]+", re.IGNORECASE)


def of_article(article: Article) -> str:
    """The article as it was captured; its address on the web is another thing, which changes."""
    return f"urn:retold:article:{article.id}"


def of_words(article: Article, start: int, end: int) -> str:
    """The stretch `[start, end)` of the article's text."""
    return f"{of_article(article)}#char={start},{end}"


def of_report(report: Report) -> str:
    """The report, the same for the same articles."""
    ids = " ".join(sorted(article.id for article in report.articles))
    return f"urn:retold:report:{hashlib.sha256(ids.encode()).hexdigest()[:12]}"


def within(report: Report, kind: str, id: str) -> str:
    """What the report calls `id` among its speakers, statements, claims or tellings."""
    return f"{of_report(report)}:{kind}:{id}"


def address(article: Article) -> str | None:
    """The article's address on the web, None where it has none that can stand in a link."""
    return article.url if article.url and _ADDRESS.fullmatch(article.url) else None
