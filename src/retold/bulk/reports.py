"""What was found in comparing a story, as rows of the tables."""

from __future__ import annotations

from collections.abc import Mapping

from retold.bulk.schema import Row
from retold.spans import cut
from retold.types import Change, Claim, Report, Span, Variant


def rows_of(report: Report, story: str) -> dict[str, list[Row]]:
    """The claims of a story, their differences, and the wordings of quotations in them."""
    texts = {article.id: article.text for article in report.articles}
    return {
        "claims": [_claim(claim, story, texts) for claim in report.claims],
        "differences": [
            row for claim in report.claims for row in _differences(claim, story, texts)
        ],
        "story_variants": [
            {"story": story, "claim": claim.id, "variant": number} | _change(variant, change, texts)
            for claim in report.claims
            for number, variant in enumerate(claim.variants)
            for change in variant.changes
        ],
    }


def _claim(claim: Claim, story: str, texts: Mapping[str, str]) -> Row:
    first = claim.passages[0]
    return {
        "story": story,
        "id": claim.id,
        "articles": len({p.article_id for p in claim.passages}),
        "tellings": len(claim.tellings),
        "differences": len(claim.differences),
        "score": claim.score,
        "words": cut(texts[first.article_id], first.span),
        "passages": [
            {
                "article": p.article_id,
                "start": p.span.start,
                "end": p.span.end,
                "attribution": p.attribution_id,
            }
            for p in claim.passages
        ],
        "silent": list(claim.silent),
    }


def _differences(claim: Claim, story: str, texts: Mapping[str, str]) -> list[Row]:
    return [
        {
            "story": story,
            "claim": claim.id,
            "difference": number,
            "facet": difference.facet.value,
            "kind": difference.kind.value,
            "score": difference.score,
            "article": value.article_id,
            "start": value.span.start,
            "end": value.span.end,
            "value": value.value,
            "value_score": value.score,
            "words": cut(texts[value.article_id], value.span),
        }
        for number, difference in enumerate(claim.differences)
        for value in difference.values
    ]


def _change(variant: Variant, change: Change, texts: Mapping[str, str]) -> Row:
    base, other = variant.witnesses[0], variant.witnesses[change.witness]
    return {
        "kind": change.kind.value,
        "is_substantive": change.is_substantive,
        "of_article": base.article_id,
        "of_attribution": base.attribution_id,
        "of_start": change.base and change.base.start,
        "of_end": change.base and change.base.end,
        "of_words": _words(texts[base.article_id], change.base),
        "article": other.article_id,
        "attribution": other.attribution_id,
        "start": change.other and change.other.start,
        "end": change.other and change.other.end,
        "words": _words(texts[other.article_id], change.other),
    }


def _words(text: str, span: Span | None) -> str | None:
    return cut(text, span) if span else None
