"""Quotations that their own comma hands to the words after them.

    {1 The chairman disclosed that …}
    “We knew,” {2 Lind said}. “But we kept quiet.”

A cue of the paragraph above can draw the first part of such a quotation to itself. Who stands
beside it with a verb of saying has it all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retold import lexicons, spans
from retold.types import Span, Triple

_ENDS_IN_A_COMMA = re.compile(r",[”\"’']+$")
_BEGINS_A_SENTENCE = re.compile(r"(?:^|\n|[.!?][”\"’')]*\s+)$")
_SAYING = frozenset({"says", "states", "tells"})


def over(source: str, triples: Sequence[Triple]) -> list[Triple]:
    """The triples, such quotations with whoever stands after them; what keeps nothing is left
    out. None of them is a child."""
    held = [list(triple.content) for triple in triples]
    for giver, triple in enumerate(triples):
        for piece in triple.content:
            taker = _taker(source, piece, triples) if _is_open(source, piece) else None
            if taker is not None and taker != giver and not _is_beside(source, piece, triple):
                held[giver].remove(piece)
                held[taker].append(piece)
    out = [
        replace(triple, content=tuple(sorted(content)))
        for triple, content in zip(triples, held, strict=True)
        if content
    ]
    return sorted(out, key=lambda triple: (triple.content[0], triple.cue, triple.source))


def _is_open(source: str, piece: Span) -> bool:
    """True for a quotation that begins a sentence and ends in a comma."""
    before = source[max(0, piece.start - 4) : piece.start]
    return bool(
        _ENDS_IN_A_COMMA.search(spans.cut(source, piece)) and _BEGINS_A_SENTENCE.search(before)
    )


def _taker(source: str, piece: Span, triples: Sequence[Triple]) -> int | None:
    """The triple whose source and verb of saying stand right after the quotation."""
    kinds = lexicons.table("speech_verbs")
    for number, triple in enumerate(triples):
        said = spans.merge((*triple.source, *triple.cue))
        if (
            triple.source
            and triple.cue
            and said[0].start >= piece.end
            and not source[piece.end : said[0].start].strip()
            and "\n" not in source[piece.end : said[-1].end]
            and kinds.get(spans.cut(source, triple.cue[0]).split()[0].casefold()) in _SAYING
        ):
            return number
    return None


def _is_beside(source: str, piece: Span, triple: Triple) -> bool:
    """True if words of the triple's source or cue stand in the paragraph of the quotation."""
    return any(
        "\n" not in source[min(piece.end, said.end) : max(piece.start, said.start)]
        for said in (*triple.source, *triple.cue)
    )
