"""What one account alone tells."""

from __future__ import annotations

import re
from collections.abc import Callable

from retold import spans
from retold.comparing import facts
from retold.types import Passage, Report, Span

_WORD = re.compile(r"[\w'’]+")


def told(report: Report, article_id: str) -> tuple[Passage, ...]:
    """Passages of the article's own text that touch no claim, the largest of nested ones; not those
    that only say who speaks."""
    claimed = spans.merge(
        p.span for c in report.claims for p in c.passages if p.article_id == article_id
    )
    near = spans.finder(claimed, key=lambda span: span)
    tells = _telling(report, article_id)
    own = [p for p in report.passages if p.article_id == article_id and not near(p.span)]
    own = [p for p in own if tells(p.span)]
    own.sort(key=lambda p: (p.span.start, -p.span.end))
    out: list[Passage] = []
    for passage in own:
        if not out or not spans.overlaps(out[-1].span, passage.span):
            out.append(passage)
    return tuple(out)


def _telling(report: Report, article_id: str) -> Callable[[Span], bool]:
    """Whether words of the article tell anything but who speaks: "Ann Ode went on to say"."""
    text = next(a.text for a in report.articles if a.id == article_id)
    spoken = (a for a in report.attributions if a.article_id == article_id)
    near = spans.finder([p for a in spoken for p in (*a.source, *a.cue)], key=lambda p: p)

    def tells(span: Span) -> bool:
        held = near(span)
        words = _WORD.finditer(text, span.start, span.end)
        return any(
            word.group().casefold() not in facts.function_words()
            and not any(p.start <= word.start() < p.end for p in held)
            for word in words
        )

    return tells
