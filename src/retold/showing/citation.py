"""Stretches of articles as a citation: their words, who says them, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retold import spans
from retold.comparing import labels
from retold.showing import view, voices
from retold.showing.view import View
from retold.types import Article, Attribution, Difference, Passage, SectionKind, Span, Variant

if TYPE_CHECKING:
    from retold.archive.store import Entry


@dataclass(frozen=True, slots=True)
class Cited:
    """A stretch of an article, in pieces, and the statement in whose words it lies, if any."""

    article_id: str
    pieces: tuple[Span, ...]
    statement: Attribution | None = None


def of(seen: View, cited: Iterable[Cited]) -> str:
    """For each stretch its words, and below them the chain and the characters; then the articles,
    each once.

    Characters are counted as the report counts them: code points from 0, the last not included.
    """
    held = tuple(cited)
    articles = dict.fromkeys(each.article_id for each in held)
    lines = [line for each in held for line in _stretch(seen, each)]
    lines += [f"{seen.labels[id]}: {source(seen.articles[id])}" for id in articles]
    return "\n".join(lines)


def _stretch(seen: View, cited: Cited) -> tuple[str, str]:
    text = seen.articles[cited.article_id].text
    words = " / ".join(" ".join(spans.cut(text, piece).split()) for piece in cited.pieces)
    chain = " › ".join(voices.chain(seen, cited.article_id, cited.statement))
    where = ", ".join(f"{piece.start}–{piece.end}" for piece in cited.pieces)
    return words, f"— {chain}, characters {where}"


def source(article: Article) -> str:
    """Title, outlet, date and address, as far as they are known."""
    return listed(article, title(article))


def listed(article: Article | Entry, title: str) -> str:
    """The same of an article of which only what a list shows is at hand."""
    published = article.published.isoformat() if article.published else "no date"
    named = (f"“{title}”", article.outlet, published, article.url)
    return ", ".join(" ".join(part.split()) for part in named if part)


def title(article: Article) -> str:
    """The title as it stands in the text, else as the source gave it, else the file's name."""
    for section in article.sections:
        if section.kind is SectionKind.TITLE:
            return spans.cut(article.text, section.span)
    return article.title or labels.file_name(article) or article.id


def at(seen: View, article_id: str, span: Span) -> Cited:
    """A span with the innermost statement in whose words it lies."""
    return Cited(article_id, (span,), view.statement_of(seen, article_id, span))


def passages(seen: View, told: Iterable[Passage]) -> str:
    """The passages."""
    return of(seen, (at(seen, p.article_id, p.span) for p in told))


def difference(seen: View, difference: Difference) -> str:
    """Every side of the difference, in order, with its facet on top."""
    values = (v for side in view.sides(seen, difference) for v in side.given)
    cited = of(seen, (at(seen, v.article_id, v.span) for v in values))
    return f"{difference.facet.value}, {difference.kind.value}\n{cited}"


def variant(seen: View, variant: Variant) -> str:
    """Every wording of the quotation, the earliest dated first."""
    return of(
        seen,
        (
            Cited(w.article_id, w.pieces, seen.attributions.get(w.attribution_id))
            for w in variant.witnesses
        ),
    )
