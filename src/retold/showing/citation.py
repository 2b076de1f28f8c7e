"""A stretch of an article as a citation: its words, who says them, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable

from retold import spans
from retold.showing import view
from retold.showing.view import View
from retold.types import Article, Attribution, Claim, Difference, SectionKind, Span, Variant


def of(
    seen: View, article_id: str, pieces: Iterable[Span], statement: Attribution | None = None
) -> str:
    """Words on one line; on the next the chain, the article, and the characters they are.

    Characters are counted as the report counts them: code points from 0, the last not included.
    """
    article = seen.articles[article_id]
    held = tuple(pieces)
    words = " / ".join(" ".join(spans.cut(article.text, piece).split()) for piece in held)
    chain = " › ".join(view.chain(seen, article_id, statement))
    where = ", ".join(f"{piece.start}–{piece.end}" for piece in held)
    return f"{words}\n— {chain}. {source(article)}, characters {where}"


def source(article: Article) -> str:
    """Title, outlet, date and address, as far as they are known."""
    published = article.published.isoformat() if article.published else "no date"
    named = (f"“{title(article)}”", article.outlet, published, article.url)
    return ", ".join(" ".join(part.split()) for part in named if part)


def title(article: Article) -> str:
    """The title as it stands in the text, else as the source gave it, else the file's name."""
    for section in article.sections:
        if section.kind is SectionKind.TITLE:
            return spans.cut(article.text, section.span)
    return article.title or view.file_name(article) or article.id


def difference(seen: View, difference: Difference) -> str:
    """Every side of the difference, in order, with its facet on top."""
    cited = (
        of(seen, v.article_id, (v.span,), view.statement_of(seen, v.article_id, v.span))
        for side in view.sides(seen, difference)
        for v in side.given
    )
    return "\n".join((f"{difference.facet.value}, {difference.kind.value}", *cited))


def claim(seen: View, claim: Claim) -> str:
    """Every passage of the claim."""
    return "\n".join(
        of(seen, p.article_id, (p.span,), view.statement_of(seen, p.article_id, p.span))
        for p in claim.passages
    )


def variant(seen: View, variant: Variant) -> str:
    """Every wording of the quotation, the earliest dated first."""
    return "\n".join(
        of(seen, w.article_id, w.pieces, seen.attributions.get(w.attribution_id))
        for w in variant.witnesses
    )
