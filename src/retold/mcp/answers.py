"""What the server answers: words of the articles, each with its place and a citation to give.

A place is `article`, `start`, `end`, in code points of the article's text, half-open. Lists hold at
most as many as were asked for, and `more` counts what was left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from retold import spans
from retold.showing import citation, shared
from retold.showing import view as views
from retold.showing.view import Found, View
from retold.types import Article, Attribution, Claim, Report, Span, Story, Variant

Json = dict[str, Any]


def compared(report: Report, events: Sequence[Story] = (), *, most: int) -> Json:
    """Where the accounts differ, what several tell, who is silent, what only one tells.

    Args:
        events: the articles by the event that they seem to tell; a note says so if it is not one.
    """
    view = views.of(report)
    lists = {
        "differences": [_difference(view, found) for found in views.differences(view)],
        "told_by_several": [_claim(view, claim) for claim in shared.claims(view)],
        "quotations": [_quotation(view, variant) for _, variant in views.quotations(view)],
        "told_by_one": [
            cited(view, passage.article_id, passage.span)
            for article in report.articles
            for passage in view.lone[article.id]
        ],
    }
    return {
        "articles": [_article(view, article) for article in report.articles],
        "tellings": [
            {"articles": list(telling.article_ids), "why": telling.why}
            for telling in report.tellings
        ],
        **_first(lists, most),
        "notes": [*_apart(events), *report.notes],
    }


def told(report: Report, *, most: int) -> Json:
    """What one article says: its statements with their speakers, and its dated passages."""
    view = views.of(report)
    lists = {
        "statements": [_statement(view, said) for said in report.attributions],
        "dates": [
            {"date": event.date, **cited(view, event.article_id, event.span)}
            for event in views.dated(view)
        ],
    }
    return {
        "articles": [_article(view, article) for article in report.articles],
        **_first(lists, most),
        "notes": list(report.notes),
    }


def cited(view: View, article_id: str, span: Span) -> Json:
    """The words at a place, by whom they came, and how to cite them."""
    said = views.statement_of(view, article_id, span)
    return {
        "article": article_id,
        "start": span.start,
        "end": span.end,
        "text": spans.cut(view.articles[article_id].text, span),
        "chain": list(views.chain(view, article_id, said)),
        "citation": _citation(view, article_id, span),
    }


# --- inside --------------------------------------------------------------------------------------


def _first(lists: dict[str, list[Json]], most: int) -> Json:
    """The first of each list, and how many of each were left out."""
    left = {name: len(held) - most for name, held in lists.items() if len(held) > most}
    return {name: held[:most] for name, held in lists.items()} | {"more": left}


def _apart(events: Sequence[Story]) -> list[str]:
    """What is to be known where articles of several events were compared all the same."""
    if len(events) < 2:
        return []
    told = "; ".join(", ".join(r.article.id for r in event.readings) for event in events)
    return [
        f"the articles seem to tell {len(events)} events and were compared all the same: {told}"
    ]


def _article(view: View, article: Article) -> Json:
    return {
        "id": article.id,
        "outlet": view.labels[article.id],
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "characters": len(article.text),
    }


def _citation(view: View, article_id: str, span: Span) -> str:
    return f"{citation.source(view.articles[article_id])}, characters {span.start}–{span.end}"


def _difference(view: View, found: Found) -> Json:
    return {
        "facet": found.difference.facet,
        "kind": found.difference.kind,
        "score": found.difference.score,
        "sides": [
            {
                "value": side.value,
                "given": [cited(view, value.article_id, value.span) for value in side.given],
            }
            for side in views.sides(view, found.difference)
        ],
    }


def _claim(view: View, claim: Claim) -> Json:
    return {
        "score": claim.score,
        "tellings": len(claim.tellings),
        "silent": list(claim.silent),
        "passages": [cited(view, p.article_id, p.span) for p in claim.passages],
    }


def _quotation(view: View, variant: Variant) -> Json:
    """Every wording, the earliest dated first, with its changes from that one."""
    base = variant.witnesses[0]
    return {
        "wordings": [
            {
                "date": witness.date,
                "pieces": _pieces(view, witness.article_id, witness.pieces),
                "changes": [
                    {
                        "kind": change.kind,
                        "substantive": change.is_substantive,
                        "before": _pieces(view, base.article_id, [change.base]),
                        "after": _pieces(view, witness.article_id, [change.other]),
                    }
                    for change in variant.changes
                    if change.witness == at
                ],
            }
            for at, witness in enumerate(variant.witnesses)
        ]
    }


def _statement(view: View, said: Attribution) -> Json:
    return {
        "speaker": views.name(view, said.speaker_id) if said.speaker_id else None,
        "speaker_score": said.speaker_score,
        "quotation": said.quotation,
        "act": said.act,
        "said": said.said.date if said.said else None,
        "hedged": said.hedged,
        "asserted": said.is_asserted,
        "score": said.score,
        "chain": list(views.chain(view, said.article_id, said)),
        "chain_score": said.chain_score,
        "content": _pieces(view, said.article_id, said.content),
        "source": _pieces(view, said.article_id, said.source),
        "cue": _pieces(view, said.article_id, said.cue),
    }


def _pieces(view: View, article_id: str, pieces: Iterable[Span | None]) -> Sequence[Json]:
    return [
        {
            "article": article_id,
            "start": piece.start,
            "end": piece.end,
            "text": spans.cut(view.articles[article_id].text, piece),
            "citation": _citation(view, article_id, piece),
        }
        for piece in pieces
        if piece
    ]
