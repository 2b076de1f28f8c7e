"""Where a correction holds on: found again by its exact words, or by almost the same ones.

The machine's part may be run again, by another model, and draw a span a little otherwise. A
correction holds on to what shares nearly all characters with its words, if just one thing does.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from retold import spans
from retold.correcting.records import Anchor
from retold.types import (
    Article,
    Attribution,
    Claim,
    Difference,
    Event,
    Passage,
    Report,
    Span,
    Value,
)

T = TypeVar("T")
NEARLY = 0.8  # of the characters of both: a quotation mark or a full stop more or less


def anchor(article: Article, span: Span) -> Anchor:
    """The words of the span, to hold on to."""
    return Anchor(article_id=article.id, span=span, words=spans.cut(article.text, span))


def of_statement(report: Report, attribution: Attribution) -> tuple[Anchor, ...]:
    """The words that are said."""
    article = _articles(report)[attribution.article_id]
    return tuple(anchor(article, piece) for piece in attribution.content)


def of_claim(report: Report, claim: Claim) -> tuple[Anchor, ...]:
    """The passages of the claim."""
    return of_spans(report, claim.passages)


def of_spans(report: Report, held: Iterable[Passage | Value]) -> tuple[Anchor, ...]:
    """The words of passages or of values, each once."""
    articles = _articles(report)
    return tuple(dict.fromkeys(anchor(articles[each.article_id], each.span) for each in held))


def stands(report: Report, held: Iterable[Anchor]) -> bool:
    """True if all of these words stand where they are said to."""
    articles = _articles(report)
    return all(
        each.article_id in articles
        and spans.cut(articles[each.article_id].text, each.span) == each.words
        for each in held
    )


def statement(report: Report, held: Sequence[Anchor]) -> Attribution | None:
    """The statement whose words these are."""
    (article_id,) = {each.article_id for each in held}
    pieces = tuple(each.span for each in held)
    own = [a for a in report.attributions if a.article_id == article_id]
    exact = [a for a in own if a.content == pieces]
    return _only(exact) or _only([a for a in own if _alike(a.content, pieces) >= NEARLY])


def claim(claims: Iterable[Claim], held: Sequence[Anchor]) -> Claim | None:
    """The claim that holds most of these passages, if it is just one and holds more than half."""
    shares = [(sum(_is_in(each, c.passages) for each in held), c) for c in claims]
    most = max((n for n, _ in shares), default=0)
    return _only([c for n, c in shares if n == most]) if 2 * most > len(held) else None


def passages(claim: Claim, held: Iterable[Anchor]) -> tuple[Passage, ...]:
    """Those of the claim's passages that are among these words."""
    known = tuple(held)
    return tuple(p for p in claim.passages if any(is_at(p, each) for each in known))


def is_between(difference: Difference, held: Sequence[Anchor]) -> bool:
    """True if all sides of the difference are among these words."""
    return all(any(is_at(value, each) for each in held) for value in difference.values)


def is_at(item: Passage | Value, held: Anchor) -> bool:
    """True if the item stands at these words, or almost."""
    return item.article_id == held.article_id and _alike((item.span,), (held.span,)) >= NEARLY


def key(item: Difference | Event) -> str:
    """A name for a difference or an event, by its words alone: the same in every report of it."""
    if isinstance(item, Event):
        told = f"{item.article_id} {item.span} {item.date}"
    else:
        sides = sorted((v.article_id, v.span) for v in item.values)
        told = f"{item.facet.value} {sides}"
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _is_in(held: Anchor, items: Iterable[Passage]) -> bool:
    return any(is_at(item, held) for item in items)


def _only(found: Sequence[T]) -> T | None:
    return found[0] if len(found) == 1 else None


def _alike(a: Sequence[Span], b: Sequence[Span]) -> float:
    """The characters that both have, of those that either has."""
    both = sum(spans.shared(x, y) for x in a for y in b)
    either = sum(map(len, a)) + sum(map(len, b)) - both
    return both / either if either else 0.0


def _articles(report: Report) -> Mapping[str, Article]:
    return {article.id: article for article in report.articles}


def nearest(text: str, words: str, *, to: int) -> Span | None:
    """The place of `words`, whatever blanks are between them, that is nearest to the offset `to`;
    None where they do not stand."""
    if not words.split():
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    found = (Span(*match.span()) for match in pattern.finditer(text))
    return min(found, key=lambda span: abs(span.start - to), default=None)
