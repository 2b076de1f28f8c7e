"""What one account alone tells."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retold import spans
from retold import text as texts
from retold.comparing import facts
from retold.types import Passage, Report, SectionKind, Span

LEAST_WORDS = 4  # of a part of a sentence that others tell: fewer are a scrap


@dataclass(frozen=True, slots=True)
class Alone:
    """What an article tells and no claim holds: surely, and what others may tell in words of their
    own. Both in text order."""

    surely: tuple[Passage, ...]
    perhaps: tuple[Passage, ...]


def told(report: Report, article_id: str) -> Alone:
    """The passages of the article that no other tells; not those that another prints again."""
    echo = spans.finder(
        [one for one in report.echoes if one.article_id == article_id], key=lambda one: one.span
    )
    text = {article.id: article.text for article in report.articles}
    surely, perhaps = [], []
    for passage in _unclaimed(report, article_id):
        words = spans.cut(text[article_id], passage.span)
        others = {other for one in echo(passage.span) for other in one.article_ids}
        if not others:
            surely.append(passage)
        elif not any(words in text[other] for other in others):
            perhaps.append(passage)
    return Alone(surely=tuple(surely), perhaps=tuple(perhaps))


def others(report: Report, passages: Sequence[Passage]) -> tuple[str, ...]:
    """The articles that may tell one of the passages, in the order of the report."""
    found = {
        other
        for echo in report.echoes
        for p in passages
        if echo.article_id == p.article_id and spans.overlaps(echo.span, p.span)
        for other in echo.article_ids
    }
    return tuple(article.id for article in report.articles if article.id in found)


# --- inside ---------------------------------------------------------------------------------------


def _unclaimed(report: Report, article_id: str) -> Sequence[Passage]:
    """Passages of the article's own text that touch no claim, the largest of nested ones; not those
    that only say who speaks, headings, or scraps of what others tell too."""
    claimed = spans.merge(
        p.span for c in report.claims for p in c.passages if p.article_id == article_id
    )
    near = spans.finder(claimed, key=lambda span: span)
    headings = _headings(report, article_id)
    count = _telling(report, article_id)
    held = [p for p in report.passages if p.article_id == article_id]
    held.sort(key=lambda p: (p.span.start, -p.span.end))
    out: list[Passage] = []
    whole: Span | None = None
    for passage in held:
        if whole is None or not spans.contains(whole, passage.span):
            whole = passage.span
        if near(passage.span) or (out and spans.overlaps(out[-1].span, passage.span)):
            continue
        is_heading = passage.attribution_id is None and headings(passage.span)
        least = 1 if passage.span == whole else LEAST_WORDS
        if not is_heading and count(passage.span) >= least:
            out.append(passage)
    return out


def _headings(report: Report, article_id: str) -> Callable[[Span], list[Span]]:
    """Which headings of parts of the article a span is in; one with figures may be of a list."""
    article = next(a for a in report.articles if a.id == article_id)
    lines = texts.paragraphs_of(article, (SectionKind.BODY,))
    return spans.finder(
        (
            line
            for line in lines
            if texts.is_heading(words := spans.cut(article.text, line))
            and not any(c.isdigit() for c in words)
        ),
        key=lambda line: line,
    )


def _telling(report: Report, article_id: str) -> Callable[[Span], int]:
    """How many words of a span tell anything but who speaks: none in "Ann Ode went on to say"."""
    text = next(a.text for a in report.articles if a.id == article_id)
    spoken = (a for a in report.attributions if a.article_id == article_id)
    near = spans.finder([p for a in spoken for p in (*a.source, *a.cue)], key=lambda p: p)
    starts = [
        match.start()
        for match in facts.WORD.finditer(text)
        if match[1]
        and match[1].casefold() not in facts.function_words()
        and not near(Span(*match.span()))
    ]

    def count(span: Span) -> int:
        return bisect.bisect_left(starts, span.end) - bisect.bisect_left(starts, span.start)

    return count
