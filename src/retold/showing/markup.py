"""Stretches of articles as HTML, rendered from code points, every character escaped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from retold.showing import segments
from retold.types import Article, Span

NUL_PICTURE = "\u2400"  # HTML cannot hold NUL
LONG_CHARS = 320


@dataclass(frozen=True, slots=True)
class Mark:
    """What is marked: `kind` is its class, `id` an anchor, `claim` what it belongs to.

    A mark with `href` is a link; where several lie over the same words a value wins.
    """

    kind: str
    id: str = ""
    claim: str = ""
    href: str = ""


def words(text: str) -> Markup:
    """The text escaped; nothing in it is ever markup."""
    return escape(text.replace("\0", NUL_PICTURE))


def marked(article: Article, bounds: Span, marks: Iterable[tuple[Span, Mark]]) -> Markup:
    """`text[bounds]` with its marks as flat elements and an empty anchor where each begins."""
    out: list[Markup] = []
    for segment in segments.flatten(bounds, marks):
        for mark in segment.opens:
            if mark.id:
                out.append(Markup('<span class="at" id="{}"></span>').format(mark.id))
        shown = words(article.text[segment.span.start : segment.span.end])
        out.append(_element(shown, segment.keys, segment.opens))
    return Markup("").join(out)


def _element(shown: Markup, marks: tuple[Mark, ...], opening: tuple[Mark, ...]) -> Markup:
    """The words under their marks; the keyboard stops at a link once, where it begins."""
    kinds = tuple(dict.fromkeys(mark.kind for mark in marks if mark.kind != "place"))
    if not kinds:
        return shown
    claims = " ".join(dict.fromkeys(mark.claim for mark in marks if mark.claim))
    attributes = Markup(' class="{}"').format(" ".join(kinds))
    if claims:
        attributes += Markup(' data-claim="{}"').format(claims)
    links = [mark for mark in marks if mark.href]
    if links and shown.strip():
        link = min(links, key=lambda mark: mark.kind != "value")
        if link not in opening:
            attributes += Markup(' tabindex="-1"')
        return Markup('<a href="{}"{}>{}</a>').format(link.href, attributes, shown)
    if "value" in kinds:
        return Markup("<mark{}>{}</mark>").format(attributes, shown)
    return Markup("<span{}>{}</span>").format(attributes, shown)


def excerpt(
    article: Article, span: Span, focus: Iterable[Span] = (), *, whole: Span | None = None
) -> Markup:
    """`text[span]`, isolated from the direction of its surroundings, every focus a `<mark>`.

    … stands outside on each side on which `whole` goes on.
    """
    whole = whole or span
    shown = marked(article, span, [(f, Mark("value")) for f in focus])
    before = "…" if span.start > whole.start else ""
    after = "…" if span.end < whole.end else ""
    return Markup('{}<bdi class="t">{}</bdi>{}').format(before, shown, after)


def beginning(
    article: Article, span: Span, focus: Iterable[Span] = (), *, length: int = LONG_CHARS
) -> Markup:
    """The beginning of the span, at most `length` characters, with its focus."""
    shown = segments.shorten(article.text, span, length=length)
    return excerpt(article, shown, focus, whole=span)


def in_context(article: Article, focus: Span, within: Span, *, reach: int) -> Markup:
    """The focus with the words around it, as far as `within` goes."""
    shown = segments.around(article.text, focus, within, reach=reach)
    return excerpt(article, shown, [focus], whole=within)
