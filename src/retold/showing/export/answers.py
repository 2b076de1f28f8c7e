"""What an archive answers, as JSON: `retold-check/1`, `retold-search/1` and the others.

Offsets are code points of the article's text, half-open; `text` beside them repeats the characters,
and `citation` names article and characters as a reader would be told them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from retold import spans
from retold.showing import citation
from retold.types import Article, Span

if TYPE_CHECKING:
    from retold.archive.accounts import Changed
    from retold.archive.counts import Counts
    from retold.archive.meaning import Alike, Found
    from retold.archive.quotations import Account, Check
    from retold.archive.said import Said
    from retold.archive.search import Hit, Results
    from retold.archive.store import Entry
    from retold.archive.stories import Held

Json = dict[str, Any]


def check(found: Check) -> str:
    """The accounts of a quotation; `outcome` is that of the nearest, or "not found"."""
    text = found.asked.text
    return _document(
        {
            "format": "retold-check/1",
            "asked": text,
            "outcome": found.accounts[0].match.outcome.value if found.accounts else "not found",
            "accounts": [_account(account, text) for account in found.accounts],
            "nearest": [_account(account, text) for account in found.nearest],
            "credits": [
                {"speaker": credit.name, "accounts": list(credit.accounts)}
                for credit in found.credits
            ],
            "left": found.left,
        }
    )


def results(found: Results, meant: Found | None = None) -> str:
    """Statements and articles that have some words, and what means much the same, if it was asked
    for."""
    return _document(
        {
            "format": "retold-search/1",
            "statements": [statement(said) for said in found.statements],
            "articles": [_hit(hit) for hit in found.articles],
            "alike": [_alike(one) for one in meant.alike] if meant else None,
            "left_out": meant.left_out if meant else None,
            "more": found.has_more,
        }
    )


def speaker(names: Iterable[str], said: Iterable[Said], changed: Iterable[Changed]) -> str:
    """What one is reported to have said, and where their own accounts part."""
    return _document(
        {
            "format": "retold-speaker/1",
            "names": list(names),
            "statements": [statement(one) for one in said],
            "changed": [_changed(each) for each in changed],
        }
    )


def stories(held: Iterable[tuple[Held, Counts | None]]) -> str:
    """The stories of an archive; `tellings` and the like are null where nothing was compared."""
    return _document(
        {"format": "retold-stories/1", "stories": [_story(story, counts) for story, counts in held]}
    )


def statement(said: Said) -> Json:
    return {
        "id": said.id,
        "article": article(said.article),
        "speaker": said.speaker,
        "chain": list(said.chain),
        "quotation": said.quotation.value,
        "act": said.act.value,
        "said": said.said,
        "content": [_shown(said.stretch.cut(piece), piece) for piece in said.pieces],
        "marks": [_shown(said.stretch.cut(mark), mark) for mark in said.marks],
        "citation": _citation(said.article, said.pieces),
        "score": said.score,
    }


def article(entry: Entry | Article) -> Json:
    return {
        "id": entry.id,
        "url": entry.url,
        "outlet": entry.outlet,
        "title": entry.title,
        "published": entry.published.isoformat() if entry.published else None,
    }


# --- inside ---------------------------------------------------------------------------------------


def _account(account: Account, asked: str) -> Json:
    match, text = account.match, account.reading.article.text
    return {
        "article": article(account.reading.article),
        "outcome": match.outcome.value,
        "quoted": match.is_quoted,
        "goes_on": match.goes_on,
        "aside": account.is_aside,
        "share": match.share,
        "score": match.score,
        "pieces": _all(text, match.pieces),
        "citation": _citation(account.reading.article, match.pieces),
        "changes": [
            {
                "kind": turn.kind.value,
                "substantive": turn.is_substantive,
                "here": _one(text, turn.a),
                "asked": _one(asked, turn.b),
            }
            for turn in match.turns
        ],
        "missing": _all(asked, match.missing),
        "statement": account.statement.id if account.statement else None,
        "speaker": account.speaker,
        "chain": list(account.speakers),
    }


def _changed(changed: Changed) -> Json:
    texts = {reading.article.id: reading.article.text for reading in changed.readings}
    return {
        "days": changed.days,
        "articles": [article(reading.article) for reading in changed.readings],
        "passages": [
            {
                "article": told.article_id,
                "statement": told.attribution_id,
                **_shown(spans.cut(texts[told.article_id], told.span), told.span),
            }
            for told in changed.passages
        ],
        "differences": [
            {
                "facet": difference.facet.value,
                "kind": difference.kind.value,
                "score": difference.score,
                "values": [
                    {
                        "article": value.article_id,
                        **_shown(spans.cut(texts[value.article_id], value.span), value.span),
                    }
                    for value in difference.values
                ],
            }
            for difference in changed.differences
        ],
    }


def _story(story: Held, counts: Counts | None) -> Json:
    return {
        "id": story.id,
        "newest": story.newest.isoformat(),
        "articles": [article(entry) for entry in story.articles],
        "tellings": counts.tellings if counts else None,
        "differences": counts.differences if counts else None,
        "conflicts": counts.conflicts if counts else None,
    }


def _alike(one: Alike) -> Json:
    span, text = one.passage.span, one.article.text
    return {
        "article": article(one.article),
        "statement": one.statement,
        "chain": list(one.chain),
        **_shown(spans.cut(text, span), span),
        "citation": _citation(one.article, [span]),
        "score": one.score,
    }


def _hit(hit: Hit) -> Json:
    return {"article": article(hit.article), "marks": _all(hit.text, hit.marks)}


def _citation(of: Entry | Article, pieces: Iterable[Span]) -> str:
    places = ", ".join(f"{piece.start}–{piece.end}" for piece in pieces)
    return f"{citation.listed(of, of.title or of.id)}, characters {places}"


def _all(text: str, held: Iterable[Span]) -> list[Json]:
    return [_shown(spans.cut(text, span), span) for span in held]


def _one(text: str, span: Span | None) -> Json | None:
    return _shown(spans.cut(text, span), span) if span else None


def _shown(words: str, span: Span) -> Json:
    return {"start": span.start, "end": span.end, "text": words}


def _document(entry: Json) -> str:
    return json.dumps(entry, ensure_ascii=False, indent=1) + "\n"
