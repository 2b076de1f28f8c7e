"""The tables of a page as CSV: what it shows, in its order and with its numbers.

All that was found, uncapped and record by record, is in the tables of `export.tables`.
"""

from __future__ import annotations

from collections.abc import Iterator

from retold import spans
from retold.showing import annotated, citation, matrix, shared, view
from retold.showing.export import csv
from retold.showing.export.tables import Cell
from retold.showing.view import View
from retold.types import Claim, Span

PLACE = ("article", "start", "end", "words", "chain")
ENCODED = {n: f"%{n:02X}" for n in (*range(0x20), *map(ord, "%#"), 0x7F)}


def of(seen: View) -> dict[str, str]:
    """Every table by its name, each with its head. The articles that the others name are one."""
    articles = ("article", "outlet", "published", "title", "url")
    tables = {
        "differences": (("difference", "facet", "kind", "score", "side score"), _differences(seen)),
        "quotations": (("quotation", "wording", "changes"), _quotations(seen)),
        "timeline": (("date", "claim"), _timeline(seen)),
        "wording": (("about", "in quotation", "loaded"), _wording(seen)),
    }
    return {
        "articles": csv.written(articles, _articles(seen)),
        "speakers": csv.written(
            ("speaker", "kind", "through", *seen.labels.values()), _speakers(seen)
        ),
        "claims": csv.written(
            ("no.", "claim", "facets", "tellings", *seen.labels.values()), _claims(seen)
        ),
    } | {name: csv.written((*head, *PLACE), rows) for name, (head, rows) in tables.items()}


def link(table: str) -> str:
    """The table as an address that holds all of it; the mark in front tells spreadsheets UTF-8.

    Only what an address cannot hold is encoded, since a page carries every table.
    """
    return "data:text/csv;charset=utf-8,%EF%BB%BF" + table.translate(ENCODED)


def _place(seen: View, article_id: str, span: Span) -> tuple[Cell, ...]:
    statement = view.statement_of(seen, article_id, span)
    return (
        seen.labels[article_id],
        span.start,
        span.end,
        spans.cut(seen.articles[article_id].text, span),
        " › ".join(view.chain(seen, article_id, statement)[1:]),
    )


def _articles(seen: View) -> Iterator[tuple[Cell, ...]]:
    for a in seen.report.articles:
        published = a.published.isoformat() if a.published else None
        yield seen.labels[a.id], a.outlet, published, citation.title(a), a.url


def _differences(seen: View) -> Iterator[tuple[Cell, ...]]:
    for number, at in enumerate(view.differences(seen), start=1):
        d = at.difference
        for v in d.values:
            place = _place(seen, v.article_id, v.span)
            scores = round(d.score, 2), round(v.score, 2)
            yield number, d.facet.value, d.kind.value, *scores, *place


def _claims(seen: View) -> Iterator[tuple[Cell, ...]]:
    """The matrix: in what way each article tells a claim, and where it does first. Claims in the
    same sentences have one number."""
    for row in matrix.rows(seen):
        for claim in row.shared.claims:
            best = matrix.best(seen, shared.told(seen, claim))
            words = spans.cut(seen.articles[best.article_id].text, best.span)
            facets = "; ".join(dict.fromkeys(d.facet.value for d in claim.differences))
            cells = (_cell(claim, article) for article in seen.labels)
            yield row.number, words, facets, len(claim.tellings), *cells


def _cell(claim: Claim, article_id: str) -> Cell:
    told = matrix.first(claim, article_id)
    if told is None:
        return "silent" if article_id in claim.silent else None
    how = annotated.parting(claim, article_id).value
    return f"{how}, characters {told.span.start}–{told.span.end}"


def _quotations(seen: View) -> Iterator[tuple[Cell, ...]]:
    for number, (_, variant) in enumerate(view.quotations(seen), start=1):
        for n, witness in enumerate(variant.witnesses):
            kinds = "; ".join(c.kind.value for c in variant.changes if c.witness == n)
            for piece in witness.pieces:
                yield number, n + 1, kinds, *_place(seen, witness.article_id, piece)


def _timeline(seen: View) -> Iterator[tuple[Cell, ...]]:
    for e in view.dated(seen):
        yield e.date, e.claim_id, *_place(seen, e.article_id, e.span)


def _speakers(seen: View) -> Iterator[tuple[Cell, ...]]:
    """How many statements each article has of each speaker, and through whom they came."""
    for heard in matrix.speakers(seen):
        through = "; ".join(f"{name} {n}" for name, n in heard.through)
        counts = (n for _, n in heard.by_article)
        yield heard.speaker.name, heard.speaker.kind.value, through, *counts


def _wording(seen: View) -> Iterator[tuple[Cell, ...]]:
    for w in seen.report.wording:
        place = _place(seen, w.article_id, w.span)
        yield view.name(seen, w.about, unknown=""), w.in_quotation, w.is_loaded, *place
