"""Where the words that a difference shows begin and end: in the middle of nothing.

at 6:{12 p.m. by the clock}           at {6:12 p.m. by the clock}
Rep. Ann Lind ({D-Ore.) spoke up}     Rep. Ann Lind (D-Ore.) {spoke up}
{the former owner, George} Falk       {the former owner, George Falk}
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from retold import spans
from retold.comparing import facets
from retold.comparing.slots import Sentence, Slot, SlotKind
from retold.types import Span

PLAIN = (SlotKind.PHRASE, SlotKind.CLAUSE)
WHOLE = (SlotKind.NAME, SlotKind.NUMBER, SlotKind.DATE)
_FIGURES_BEFORE = re.compile(r"(?:\d+[:.,/])+$")


def smooth(shown: Sequence[Slot], sentences: Sequence[Sentence]) -> tuple[Slot, ...]:
    """The slots; those of plain words hold all of what they hold a part of, and no half bracket."""
    return tuple(
        _smoothed(slot, facets.host(slot, sentences)) if slot.kind in PLAIN else slot
        for slot in shown
    )


# --- inside ---------------------------------------------------------------------------------------


def _smoothed(slot: Slot, host: Sentence) -> Slot:
    span = _out_of_brackets(_whole(slot.span, host), host)
    return dataclasses.replace(slot, span=span, form=host.form_at(span), stems=host.words_at(span))


def _whole(span: Span, host: Sentence) -> Span:
    """The span with the rest of the names, numbers, dates and times of day that it breaks into."""
    cut = [one.span for one in host.slots if one.kind in WHOLE and spans.overlaps(one.span, span)]
    start = min(one.start for one in (span, *cut))
    end = max(one.end for one in (span, *cut))
    at = start - host.span.start
    figures = _FIGURES_BEFORE.search(host.form[:at]) if host.form[at].isdigit() else None
    return Span(start - len(figures[0]) if figures else start, end)


def _out_of_brackets(span: Span, host: Sentence) -> Span:
    """The span without what stands within a bracket that it holds one end of, if words are left."""
    text = host.form_at(span)
    closes, opens = text.find(")"), text.rfind("(")
    low = closes if "(" not in text[: max(0, closes)] else -1
    high = opens if ")" not in text[max(0, opens) :] and opens > low else len(text)
    left = [
        word
        for word in host.words
        if span.start + low < word.span.start and word.span.end <= span.start + high
    ]
    if not any(word.is_content for word in left):
        return span
    return Span(max(span.start, left[0].span.start), min(span.end, left[-1].span.end))
