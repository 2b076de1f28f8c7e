"""Sitemaps and news sitemaps: the addresses that a site lists, without entities or the network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import lxml.etree

from retold.errors import FormatError
from retold.sources.contents import Entry
from retold.sources.metadata import Metadata, date_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """What a sitemap lists: articles, and further sitemaps, the newest first."""

    entries: tuple[Entry, ...]
    further: tuple[str, ...] = ()


def read(data: bytes, *, name: str) -> Sitemap:
    """The sitemap in `data`.

    Raises:
        FormatError: no XML.
    """
    # an entity may stand for a gigabyte or for a file of the reader's: none is replaced
    parser = lxml.etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True
    )
    try:
        root = lxml.etree.fromstring(data, parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise FormatError(f"{name}: this is no XML ({error}).") from error
    if root is None:
        raise FormatError(f"{name}: this is no XML.")
    if _local(root) == "sitemapindex":
        listed = [(_text(child, "lastmod") or "", _text(child, "loc")) for child in root]
        newest = sorted(listed, key=lambda each: each[0], reverse=True)
        return Sitemap(entries=(), further=tuple(url for _, url in newest if url))
    return Sitemap(entries=tuple(_entries(root)))


def _entries(root: lxml.etree._Element) -> Iterator[Entry]:
    for url in root:
        address = _text(url, "loc")
        if not address:
            continue
        published, changed = _text(url, "publication_date"), _text(url, "lastmod")
        yield Entry(
            url=address,
            known=Metadata(
                url=address,
                outlet=_text(url, "name"),
                title=_text(url, "title"),
                published=date_of(published) if published else None,
            ),
            changed=date_of(changed) if changed else None,
        )


def _text(element: lxml.etree._Element, name: str) -> str | None:
    """The words of the first element called `name` below `element`, pictures' own apart."""
    for found in element.iter():
        parent = found.getparent()
        if _local(found) == name and (parent is None or _local(parent) not in ("image", "video")):
            return " ".join((found.text or "").split()) or None
    return None


def _local(element: lxml.etree._Element) -> str:
    """The name of an element without its namespace; none for what is no element."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""
