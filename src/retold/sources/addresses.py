"""Addresses: a page, or a feed or sitemap and the pages that it lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urljoin

import lxml.etree
import lxml.html

from retold.errors import FormatError, RetoldError
from retold.sources import feed, fetch, files, unpacking
from retold.sources.contents import Content, Entry, Found, Note
from retold.sources.decoding import decode
from retold.sources.fetch import Download
from retold.sources.metadata import Metadata
from retold.sources.visits import Visitor
from retold.types import Failure

# The newest of a site's sitemaps; the others hold what it published long ago.
MAX_SITEMAPS = 20

Get = Callable[[str], Download]
"""How an address is fetched."""


def find(url: str, get: Get | None = None) -> Iterator[Found]:
    """The page at `url`, or the pages that the feed there lists, one at a time and at the site's
    pace.

    Raises:
        SourceError: `url` itself cannot be had.
    """
    download = (get or fetch.get)(url)
    if not is_feed(download):
        yield page(download, name=url)
        return
    visit = get or Visitor().get
    for listed in entries(download, visit):
        if not isinstance(listed, Entry):
            yield listed
            continue
        try:
            yield page(visit(listed.url), name=listed.url, listed=listed.known)
        except RetoldError as error:
            yield Failure(source=listed.url, message=error.message, hint=error.hint)


def is_feed(download: Download) -> bool:
    """True if what was fetched lists articles and is none."""
    return feed.is_feed(_unpacked(download))


def page(download: Download, *, name: str, listed: Metadata | None = None) -> Content:
    """The words of a page that was fetched; `listed` is what a feed says of it.

    Raises:
        SourceError: it is no text.
    """
    text = decode(download.body, name=name, charset=download.charset)
    return Content(
        name=name,
        text=text,
        is_html=download.is_html or files.looks_like_html(text),
        known=Metadata(url=download.url),
        listed=listed,
    )


def entries(download: Download, visit: Get) -> Iterator[Entry | Failure | Note]:
    """The articles that a feed lists, those of its further sitemaps after its own.

    Raises:
        RetoldError: it is damaged, or none; then the feed that the page names is in the hint.
    """
    data = _unpacked(download)
    if not feed.is_feed(data) and (named := _named(data, download.url)):
        raise FormatError(f"{download.url}: this is no feed.", hint=f"The page names one: {named}")
    listed = feed.read(data, name=download.url)
    yield from listed.entries
    for url in listed.further[:MAX_SITEMAPS]:
        try:
            yield from feed.read(_unpacked(visit(url)), name=url).entries
        except RetoldError as error:
            yield Failure(source=url, message=error.message, hint=error.hint)
    if left := len(listed.further[MAX_SITEMAPS:]):
        yield Note(
            f"{download.url}: the {MAX_SITEMAPS} newest of its sitemaps were read, {left} were not."
        )


def _named(data: bytes, url: str) -> str | None:
    """The feed that a page names in its head."""
    try:
        tree = lxml.html.document_fromstring(data)
        for link in tree.iter("link"):
            is_feed = link.get("type") in ("application/rss+xml", "application/atom+xml")
            if is_feed and "alternate" in link.get("rel", "") and link.get("href"):
                return str(urljoin(url, link.get("href", "")))
    except (lxml.etree.LxmlError, ValueError):
        pass  # a page that cannot be read names nothing
    return None


def _unpacked(download: Download) -> bytes:
    """The body, which may be a packed file: sitemaps are."""
    if not download.body.startswith(b"\x1f\x8b"):
        return download.body
    chunks = unpacking.unpacked((download.body,), "gzip", download.url)
    return unpacking.limited(chunks, download.url)
