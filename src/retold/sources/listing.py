"""Pages that lead to articles and are none: walls of links, and rows of headings with a teaser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import lxml.html

# A page with fewer headings than these lists nothing.
MIN_LISTED = 4
MIN_LINK_CHARS = 12
MAX_LOOKED_AT = 60
_HEADINGS = ("h1", "h2", "h3", "h4")

Flatten = Callable[[str], str]


def is_listing(tree: lxml.html.HtmlElement, prose: Sequence[str], flat: Flatten) -> bool:
    """True if the prose that was found on the page is made of links, or is teasers behind them.

    Args:
        prose: the paragraphs that were taken for an article's.
        flat: how the words of an element were made one line.
    """
    looked_at = prose[:MAX_LOOKED_AT]
    links = sorted(set(_links(tree, flat)), key=len, reverse=True)
    linked = sum(_is_linked(paragraph, links) for paragraph in looked_at)
    if 2 * linked > len(looked_at):
        return True
    teasers = set(_teasers(tree, flat))
    listed = sum(paragraph in teasers for paragraph in looked_at)
    return listed >= MIN_LISTED and 2 * listed > len(looked_at)


def _links(tree: lxml.html.HtmlElement, flat: Flatten) -> Iterator[str]:
    for link in tree.iter("a"):
        words = flat(link.text_content())
        if len(words) >= MIN_LINK_CHARS:
            yield words


def _is_linked(paragraph: str, links: Sequence[str]) -> bool:
    """True if most of the paragraph is the words of links."""
    rest = paragraph
    for link in links:
        rest = rest.replace(link, "")
    return 2 * len(rest) < len(paragraph)


def _teasers(tree: lxml.html.HtmlElement, flat: Flatten) -> Iterator[str]:
    """The paragraphs that follow at once on a heading that is a link."""
    is_behind_link = False
    for element in tree.iter(*_HEADINGS, "p"):
        if element.tag != "p":
            is_behind_link = next(element.iter("a"), None) is not None or (
                next(element.iterancestors("a"), None) is not None
            )
        elif is_behind_link and (words := flat(element.text_content())):
            yield words
            is_behind_link = False
