"""Feeds: RSS and Atom read by feedparser, sitemaps by `sitemap`; the articles that they list."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retold.errors import FormatError, SourceError
from retold.sources import sitemap
from retold.sources.contents import Content, Entry, Found
from retold.sources.metadata import Metadata, date_of
from retold.types import Failure

_SKIPPED = re.compile(rb"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>)+", re.S)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(rss|feed|RDF|urlset|sitemapindex)[\s>]")
_SITEMAPS = frozenset({b"urlset", b"sitemapindex"})
# the root of a feed stands near its start; a long comment or DTD before it is not looked through
MAX_HEAD_BYTES = 4_000
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """The articles that a feed or sitemap lists, in its order; `further` are other sitemaps."""

    entries: tuple[Entry, ...]
    further: tuple[str, ...] = ()


def is_feed(data: bytes) -> bool:
    """True if `data` begins as RSS, Atom or a sitemap does."""
    return _root(data) is not None


def read(data: bytes, *, name: str) -> Feed:
    """What the feed lists, each address once.

    Raises:
        FormatError: no feed.
    """
    root = _root(data)
    if root is None:
        raise FormatError(
            f"{name}: this is no feed.",
            hint="Give the address of an RSS or Atom feed or a sitemap.",
        )
    if root in _SITEMAPS:
        listed = sitemap.read(data, name=name)
        return Feed(entries=_each_once(listed.entries), further=listed.further)
    return Feed(entries=_each_once(_entries(data, name)))


def find(data: bytes, *, name: str, path: Path | None = None) -> Iterator[Found]:
    """The articles that a feed at hand holds in full; nothing is fetched.

    Raises:
        FormatError, SourceError: no feed, or one that lists nothing.
    """
    listed = read(data, name=name)
    if not listed.entries:
        raise SourceError(
            f"{name}: this feed lists no articles.", hint="Give the feed's own address."
        )
    for entry in listed.entries:
        if entry.html:
            known = entry.known.completed_by(Metadata(path=str(path) if path else None))
            yield Content(name=entry.url, text=entry.html, is_html=True, known=known)
        else:
            yield Failure(
                source=entry.url,
                message=f"{entry.url}: {name} lists it without its text.",
                hint="Give the feed's address in place of the file, and the pages are fetched.",
            )


# --- RSS and Atom ---------------------------------------------------------------------------------


def _entries(data: bytes, name: str) -> Iterator[Entry]:
    import feedparser  # 0.1 s, and few runs need it

    try:
        # a file object: a name or an address would be opened
        parsed = feedparser.parse(io.BytesIO(data), resolve_relative_uris=True)
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        raise FormatError(f"{name}: this feed is damaged ({error}).") from error
    outlet = _flat(parsed.get("feed", {}).get("title"))
    for item in parsed.get("entries", ()):
        url = _flat(item.get("link") or item.get("id"))
        if not url or not url.startswith(("http://", "https://")):
            continue
        said = item.get("published") or item.get("updated")
        yield Entry(
            url=url,
            known=Metadata(
                url=url,
                outlet=_flat((item.get("source") or {}).get("title")) or outlet,
                title=_flat(item.get("title")),
                published=date_of(said) if isinstance(said, str) else None,
            ),
            html=_content(item),
        )


def _content(item: Any) -> str | None:
    """The text that the entry holds in full: a summary is not the article."""
    held = [str(part.get("value") or "") for part in item.get("content") or ()]
    return max(held, key=len, default="") or None


def _each_once(entries: Iterator[Entry] | Sequence[Entry]) -> tuple[Entry, ...]:
    first: dict[str, Entry] = {}
    for entry in entries:
        first.setdefault(entry.url, entry)
    return tuple(first.values())


def _root(data: bytes) -> bytes | None:
    """The name of the root element if it is one of a feed."""
    head = data[:MAX_HEAD_BYTES].removeprefix(_MARK)
    skipped = _SKIPPED.match(head)
    found = _ROOT.match(head, skipped.end() if skipped else 0)
    return found[1] if found else None


def _flat(text: Any) -> str | None:
    return " ".join(text.split()) or None if isinstance(text, str) else None
