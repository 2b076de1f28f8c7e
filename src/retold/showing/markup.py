"""Stretches of articles as HTML, rendered from code points, every character escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from retold.showing import segments
from retold.showing.segments import Segment
from retold.types import Article, Span

NUL_PICTURE = "\u2400"  # HTML cannot hold NUL
LONG_CHARS = 320
COMMON = "common"  # what the other sides have too
UNSEEN_THERE = "unseen"  # what the page itself hides: … stands for it in an excerpt
UNSEEN = ("place", "claim")  # kinds of marks that look like the text around them


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
    for (tag, attributes), run in groupby(segments.flatten(bounds, marks), key=_element):
        held: list[Markup] = []
        for segment in run:
            for mark in segment.opens:
                if mark.id:
                    held.append(Markup('<span id="{}"></span>').format(mark.id))
            held.append(words(article.text[segment.span.start : segment.span.end]))
        inner = Markup("").join(held)
        is_link_of_nothing = tag == "a" and not inner.striptags()
        is_bare = not tag or is_link_of_nothing
        out.append(inner if is_bare else Markup("<{0}{1}>{2}</{0}>").format(tag, attributes, inner))
    return Markup("").join(out)


def _element(segment: Segment[Mark]) -> tuple[str, Markup]:
    """The element of the words under their marks and its attributes, none where nothing shows; the
    keyboard stops at a link once, where it begins."""
    kinds = tuple(dict.fromkeys(m.kind for m in segment.keys if m.kind not in UNSEEN))
    claims = tuple(dict.fromkeys(mark.claim for mark in segment.keys if mark.claim))
    attributes = Markup("")
    if kinds:
        attributes += Markup(' class="{}"').format(" ".join(kinds))
    if claims:
        attributes += Markup(' data-claim="{}"').format(" ".join(claims))
    links = [mark for mark in segment.keys if mark.href]
    if links:
        link = min(links, key=lambda mark: mark.kind != "value")
        if link not in segment.opens:
            attributes += Markup(' tabindex="-1"')
        return "a", Markup(' href="{}"').format(link.href) + attributes
    if "value" in kinds:
        return "mark", attributes
    return ("span", attributes) if attributes else ("", attributes)


def unseen(article: Article) -> Iterator[tuple[Span, Mark]]:
    """What the page of the article hides from its readers, as marks."""
    for section in article.sections:
        for span in segments.unseen(article.text, section.span):
            yield span, Mark(UNSEEN_THERE)


def excerpt(
    article: Article,
    span: Span,
    focus: Iterable[Span] = (),
    *,
    common: Iterable[Span] = (),
    whole: Span | None = None,
) -> Markup:
    """`text[span]`, isolated from the direction of its surroundings, every focus a `<mark>`, what
    is `common` in it faint.

    … stands outside on each side on which `whole` goes on.
    """
    whole = whole or span
    marks = [(f, Mark("value")) for f in focus] + [(c, Mark(COMMON)) for c in common]
    marks += [(u, Mark(UNSEEN_THERE)) for u in segments.unseen(article.text, span)]
    shown = marked(article, span, marks)
    before = "…" if span.start > whole.start else ""
    after = "…" if span.end < whole.end else ""
    return Markup("{}<bdi>{}</bdi>{}").format(before, shown, after)


def beginning(
    article: Article, span: Span, focus: Iterable[Span] = (), *, length: int = LONG_CHARS
) -> Markup:
    """The beginning of the span, at most `length` characters, with its focus; … also where it
    breaks off in a sentence."""
    shown = segments.shorten(article.text, span, length=length)
    return excerpt(article, shown, focus, whole=segments.whole_of(article.text, span))


def in_context(
    article: Article, focus: Span, within: Span, *, reach: int, common: Iterable[Span] = ()
) -> Markup:
    """The focus with the words around it, as far as `within` goes."""
    shown = segments.around(article.text, focus, within, reach=reach)
    return excerpt(article, shown, [focus], common=common, whole=within)
