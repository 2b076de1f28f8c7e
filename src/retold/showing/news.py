"""What is new in a story, a line each: differences, and other words for a quotation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.text import Text

from retold import spans
from retold.showing import segments, view
from retold.showing.page import passage, printable
from retold.showing.view import View
from retold.types import Change, Report, Span, Value, Variant, Witness

REACH_CHARS = 40

Fresh = Mapping[str, tuple[Span, ...] | None]
"""New articles by their ids, each with the spans of its words that are new, None for all."""


def lines(report: Report, fresh: Fresh, *, all: bool = False) -> tuple[str, ...]:
    """A line for each difference and each changed quotation that the new words bring.

    Without `all`, the differences that are sure, and the changes that are of substance.
    """
    seen = view.of(report)
    return (*_differences(seen, fresh, all), *_quotations(seen, fresh, all))


def _differences(seen: View, fresh: Fresh, all: bool) -> Iterator[str]:
    for found in view.differences(seen):
        values = found.difference.values
        if not any(_is_fresh(value.article_id, value.span, fresh) for value in values):
            continue
        if all or view.is_sure(found):
            sides = (side.given[0] for side in view.sides(seen, found.difference))
            told = " · ".join(_given(seen, value) for value in sides)
            yield f"{found.difference.facet.value} ({found.difference.kind.value}): {told}"


def _given(seen: View, value: Value) -> str:
    article = seen.articles[value.article_id]
    line = segments.line_of(article.text, value.span)
    shown = segments.around(article.text, value.span, line, reach=REACH_CHARS)
    words = passage(article, shown, [value.span], whole=line)
    return f"{printable(seen.labels[value.article_id])}: {words.plain}"


def _quotations(seen: View, fresh: Fresh, all: bool) -> Iterator[str]:
    for _, variant in view.quotations(seen):
        new = [_is_new(witness, fresh) for witness in variant.witnesses]
        for number in range(1, len(new)):
            changes = [c for c in variant.changes if c.witness == number]
            shown = [c for c in changes if all or c.is_substantive]
            if shown and (new[0] or new[number]):
                yield _changed(seen, variant, number, shown)


def _changed(seen: View, variant: Variant, number: int, changes: Sequence[Change]) -> str:
    kinds = ", ".join(dict.fromkeys(change.kind.value for change in changes))
    base = _worded(seen, variant.witnesses[0], [change.base for change in changes])
    other = _worded(seen, variant.witnesses[number], [change.other for change in changes])
    return f"quotation ({kinds}): {base} · {other}"


def _worded(seen: View, witness: Witness, changed: Iterable[Span | None]) -> str:
    article = seen.articles[witness.article_id]
    focus = [span for span in changed if span]
    pieces = Text(" / ").join(passage(article, piece, focus) for piece in witness.pieces)
    return f"{printable(seen.labels[article.id])}: {pieces.plain}"


def _is_new(witness: Witness, fresh: Fresh) -> bool:
    return any(_is_fresh(witness.article_id, piece, fresh) for piece in witness.pieces)


def _is_fresh(article_id: str, span: Span, fresh: Fresh) -> bool:
    if article_id not in fresh:
        return False
    new = fresh[article_id]
    return new is None or any(spans.overlaps(span, each) for each in new)
