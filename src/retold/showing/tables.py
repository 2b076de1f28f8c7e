"""The tables of a page as CSV: whole passages with their places, one record a line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from retold import spans
from retold.showing import view
from retold.showing.view import View
from retold.types import Span

PLACE = ("outlet", "published", "url", "start", "end", "words", "chain")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
ENCODED = {n: f"%{n:02X}" for n in (*range(0x20), *map(ord, "%#"), 0x7F)}
Cell = str | int | float | None


def of(seen: View) -> dict[str, str]:
    """Every table by its name, each with its head."""
    tables = {
        "differences": (("difference", "facet", "kind", "score", "value"), _differences(seen)),
        "claims": (("claim", "tellings", "silent"), _claims(seen)),
        "quotations": (("quotation", "wording", "changes"), _quotations(seen)),
        "timeline": (("date", "claim"), _timeline(seen)),
        "statements": (("speaker", "quotation", "act", "score"), _statements(seen)),
        "wording": (("about", "in quotation", "loaded"), _wording(seen)),
    }
    return {name: _csv((*head, *PLACE), rows) for name, (head, rows) in tables.items()}


def link(table: str) -> str:
    """The table as an address that holds all of it; the mark in front tells spreadsheets UTF-8.

    Only what an address cannot hold is encoded, since a page carries every table.
    """
    return "data:text/csv;charset=utf-8,%EF%BB%BF" + table.translate(ENCODED)


def _csv(head: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return file.getvalue()


def _plain(cell: Cell) -> Cell:
    """The cell so that no spreadsheet takes it for a formula: such a one gets an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _place(seen: View, article_id: str, span: Span) -> tuple[Cell, ...]:
    article = seen.articles[article_id]
    statement = view.statement_of(seen, article_id, span)
    return (
        seen.labels[article_id],
        article.published.isoformat() if article.published else None,
        article.url,
        span.start,
        span.end,
        spans.cut(article.text, span),
        " › ".join(view.chain(seen, article_id, statement)),
    )


def _differences(seen: View) -> Iterator[tuple[Cell, ...]]:
    for number, at in enumerate(view.differences(seen), start=1):
        d = at.difference
        for v in d.values:
            place = _place(seen, v.article_id, v.span)
            yield number, d.facet.value, d.kind.value, round(d.score, 2), v.value, *place


def _claims(seen: View) -> Iterator[tuple[Cell, ...]]:
    for claim in seen.report.claims:
        silent = "; ".join(seen.labels[i] for i in claim.silent)
        for p in claim.passages:
            yield claim.id, len(claim.tellings), silent, *_place(seen, p.article_id, p.span)


def _quotations(seen: View) -> Iterator[tuple[Cell, ...]]:
    for number, (_, variant) in enumerate(view.quotations(seen), start=1):
        for n, witness in enumerate(variant.witnesses):
            kinds = "; ".join(c.kind.value for c in variant.changes if c.witness == n)
            for piece in witness.pieces:
                yield number, n + 1, kinds, *_place(seen, witness.article_id, piece)


def _timeline(seen: View) -> Iterator[tuple[Cell, ...]]:
    for e in view.dated(seen):
        yield e.date, e.claim_id, *_place(seen, e.article_id, e.span)


def _statements(seen: View) -> Iterator[tuple[Cell, ...]]:
    for a in seen.report.attributions:
        named = view.name(seen, a.speaker_id)
        for piece in a.content:
            place = _place(seen, a.article_id, piece)
            yield named, a.quotation.value, a.act.value, round(a.score, 2), *place


def _wording(seen: View) -> Iterator[tuple[Cell, ...]]:
    for w in seen.report.wording:
        place = _place(seen, w.article_id, w.span)
        yield view.name(seen, w.about), str(w.in_quotation), str(w.is_loaded), *place
