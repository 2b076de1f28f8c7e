"""A page to an article: trafilatura finds the words, its text is made once, section by section.

    title · byline · body paragraphs · captions · readers' comments

Furniture that trafilatura leaves in the body stays where it is, in sections of its own kind.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import lxml.etree
import lxml.html
import trafilatura
from trafilatura.settings import Document

from retold import reviews
from retold.errors import SourceError
from retold.reviews import Review
from retold.sources import listing, plain
from retold.sources.metadata import Metadata, address, date_of
from retold.text import normalise
from retold.types import Section, SectionKind, Span

MAX_CAPTIONS = 100
MIN_PROSE_CHARS = 80
# Only a date that the page states: htmldate would else take the year of the copyright line.
_DATES = {
    "original_date": True,
    "extensive_search": False,
    "min_date": "1900-01-01",
    "max_date": "2999-12-31",
}
_BLOCKS = frozenset({"p", "head", "item", "quote", "list", "row", "table", "ab", "div", "code"})
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
# hints to the browser where a line may break; the joiner of emoji is not among them
_HINTS = re.compile("[\u00ad\u200b\u2060\ufeff]")

for _name in ("trafilatura", "htmldate", "courlan", "justext", "readability", "charset_normalizer"):
    logging.getLogger(_name).addHandler(logging.NullHandler())  # what they say is no error of ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The text that was made of a page, its sections, and what the page says of itself."""

    text: str
    sections: tuple[Section, ...]
    known: Metadata


def read(html: str, *, name: str, url: str | None = None) -> Page:
    """The article of a page.

    Raises:
        SourceError: a page that has none.
    """
    url = address(url)  # the extractor gives up on a page with brackets that hold no host
    try:
        found = trafilatura.bare_extraction(
            html, url=url, with_metadata=True, date_extraction_params=_DATES
        )
    except (ValueError, TypeError, AssertionError, lxml.etree.LxmlError):
        found = None  # markup that even a lenient parser gives up on
    if not isinstance(found, Document) or found.body is None:
        raise _no_article(html, name)
    url = url or address(found.url)
    tree = _tree(html)
    title, author = _flat(found.title), _flat(found.author)
    body = [b for b in _blocks(found.body) if b != title]
    prose = [block for block in body if plain.is_prose(block)]
    if sum(map(len, prose)) < MIN_PROSE_CHARS or listing.is_listing(tree, prose, _flat):
        raise _no_article(html, name)
    if author and any(author in block for block in body[:3]):
        author = ""
    comments = [] if found.commentsbody is None else list(_blocks(found.commentsbody))
    captions = [c for c in _captions(tree) if c not in body]
    text, parts = _joined(
        (SectionKind.TITLE, [title]),
        (SectionKind.BYLINE, [author.replace("; ", ", ")]),
        (SectionKind.BODY, body),
        (SectionKind.CAPTION, captions),
        (SectionKind.COMMENT, comments),
    )
    known = Metadata(
        url=url,
        outlet=_flat(found.sitename) or _host(url),
        title=title or None,
        published=date_of(found.date) if found.date else None,
    )
    return Page(text=text, sections=_sections(text, parts, title), known=known)


def reviews_in(html: str) -> tuple[Review, ...]:
    """The reviews of claims that a page holds beside its text, as JSON-LD."""
    if "ClaimReview" not in html:
        return ()
    try:
        tree = lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=_parser())
    except (ValueError, lxml.etree.LxmlError):
        return ()
    scripts = tree.xpath("//script[@type='application/ld+json']")
    return reviews.found_in([held for s in scripts if (held := _decoded(s.text_content()))])


def _decoded(text: str) -> object:
    """The value of a script, None where it holds none."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


# --- words ----------------------------------------------------------------------------------------


def _flat(text: str | None) -> str:
    """`text` on one line, in NFC, without the hints that only steer a browser."""
    return normalise(_BLANKS.sub(" ", _HINTS.sub("", text or "")).strip())


def _blocks(element: lxml.etree._Element) -> Iterator[str]:
    """The paragraphs in `element`, in order; the cells of a table's row are one."""
    if element.tag == "row":
        yield " | ".join(cell for c in element if (cell := _flat("".join(c.itertext()))))
        return
    words: list[str] = [element.text or ""]
    for child in element:
        if child.tag in _BLOCKS:
            yield from _lines(words)
            yield from _blocks(child)
            words = []
        elif child.tag == "lb":
            words.append("\0")
        elif isinstance(child.tag, str):
            words += child.itertext()
        words.append(child.tail or "")
    yield from _lines(words)


def _lines(words: list[str]) -> Iterator[str]:
    """The lines of a paragraph, parted where the page breaks them."""
    yield from (line for part in "".join(words).split("\0") if (line := _flat(part)))


def _captions(tree: lxml.html.HtmlElement) -> list[str]:
    """The captions of the page's pictures, each once."""
    found = (_flat(c.text_content()) for c in tree.iter("figcaption"))
    return list(dict.fromkeys(c for c in found if c))[:MAX_CAPTIONS]


def _tree(html: str) -> lxml.html.HtmlElement:
    """The elements of the page, without its scripts."""
    tree = lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=_parser())
    lxml.etree.strip_elements(tree, "script", "style", "noscript", "template", with_tail=False)
    return tree


def _parser() -> lxml.html.HTMLParser:
    return lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)


# --- sections -------------------------------------------------------------------------------------


def _joined(
    *parts: tuple[SectionKind, list[str]],
) -> tuple[str, list[tuple[SectionKind, Span]]]:
    """The paragraphs of all parts as one text, with the span of each part that has any."""
    text, spans = "", []
    for kind, paragraphs in parts:
        words = "\n\n".join(p for p in paragraphs if p)
        if not words:
            continue
        start = len(text) + 2 if text else 0
        text = f"{text}\n\n{words}" if text else words
        spans.append((kind, Span(start, len(text))))
    return text, spans


def _sections(text: str, parts: list[tuple[SectionKind, Span]], title: str) -> tuple[Section, ...]:
    """A section for each part; the body's furniture apart."""
    out: list[Section] = []
    for kind, span in parts:
        if kind == SectionKind.BODY:
            out += plain.sections(text, bounds=span, title=title or None)
        else:
            out.append(Section(kind=kind, span=span))
    return plain.merged(out)


def _no_article(html: str, name: str) -> SourceError:
    size = f"{len(html) / 1000:.0f} kB" if len(html) >= 1000 else f"{len(html)} characters"
    is_links = html.lower().count("<a ") * 100 > len(html) // 10
    return SourceError(
        f"{name}: no article text found ({size} of HTML{', mostly links' if is_links else ''}).",
        hint="If this is a section page, give the article's own address.",
    )


def _host(url: str | None) -> str | None:
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None
