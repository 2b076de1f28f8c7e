"""What an article does not tell, and where it would stand.

What several others tell and it is silent on, and of what one other surely tells alone that which
somebody says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from retold.showing import view
from retold.showing.view import View
from retold.types import Article, Passage, SectionKind, Span

MANY_ARTICLES = 3  # beyond these what a single account tells is not noted in all others


def places(seen: View, article: Article) -> Iterator[tuple[Span, Passage]]:
    """What others tell and the article does not, after the place at which it would stand."""
    shared = _shared_places(seen, article)
    told = [c.passages[0] for c in seen.report.claims if article.id in c.silent]
    if len(seen.articles) <= MANY_ARTICLES:
        told += [
            passage
            for other in seen.report.articles
            if other.id != article.id
            for passage in seen.lone[other.id]
            if any(a.speaker_id for a in view.inside(seen, passage))
        ]
    body = [s.span for s in article.sections if s.kind is SectionKind.BODY]
    for passage in told:
        before = [
            here for start, here in shared.get(passage.article_id, ()) if start < passage.span.start
        ]
        at = before[-1] if before else body[0] if body else None
        if at:
            yield at, passage


# --- inside ---------------------------------------------------------------------------------------


def _shared_places(seen: View, article: Article) -> dict[str, list[tuple[int, Span]]]:
    """For each other article, where it tells what this one tells too, and where this one does."""
    out: dict[str, list[tuple[int, Span]]] = defaultdict(list)
    for claim in seen.report.claims:
        here = [p.span for p in claim.passages if p.article_id == article.id]
        for passage in claim.passages:
            if here and passage.article_id != article.id:
                out[passage.article_id].append((passage.span.start, here[0]))
    return {other: sorted(places) for other, places in out.items()}
