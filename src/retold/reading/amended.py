"""What the labels linked, put right by the words around it: whose a statement is, where it ends,
and in which other it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retold import lexicons, spans
from retold import text as texts
from retold.reading import nearest, relayed, tags
from retold.types import Span, Triple

MIN_CONTENT_CHARS = 12


def amend(text: str, triples: Sequence[Triple]) -> list[Triple]:
    """`triples`, each with the source nearest to its cue and, within another, cut to its clause."""
    told = [nearest.source(text, triple) for triple in triples]
    whole = tags.embed(text, relayed.add(text, told))
    return _hung_higher([_within_sentence(text, triple) for triple in whole])


_NEXT_CLAUSE = re.compile(r", (?=(?:and|but) (?:he|she|they|it|we|I|there)\b)|\s(?=and now\b)")


def _within_sentence(text: str, triple: Triple) -> Triple:
    """A triple within another whose words outside quotation marks end with their clause."""
    if triple.parent is None or not triple.cue:
        return triple
    pieces = tuple(_clipped(text, triple, piece) for piece in triple.content)
    return _without_addressee(text, replace(triple, content=pieces))


_TOLD = re.compile(r"[^.,;:“”\"()]{2,60}? (?=that\b)")


def _without_addressee(text: str, triple: Triple) -> Triple:
    """A triple whose content begins with "that" where its cue tells somebody so: "they {warned}
    those who went {that it was late}"."""
    first, *others = triple.content
    last = text[triple.cue[-1].start : triple.cue[-1].end].rpartition(" ")[2].lower()
    told = _TOLD.match(text, first.start, first.end)
    if lexicons.table("speech_verbs").get(last) != "tells" or told is None:
        return triple
    if first.start < triple.cue[-1].end or text.startswith("that ", first.start):
        return triple
    return replace(triple, content=(Span(told.end(), first.end), *others))


def _clipped(text: str, triple: Triple, piece: Span) -> Span:
    if piece.start < triple.cue[-1].end or text[piece.start] in "“‘\"'«":
        return piece
    first = (*texts.sentences(text, piece), piece)[0]
    stop = _NEXT_CLAUSE.search(text, min(first.end, first.start + MIN_CONTENT_CHARS), first.end)
    return Span(first.start, stop.start()) if stop else first


def _hung_higher(triples: Sequence[Triple]) -> list[Triple]:
    """`triples`, each within a content that still reaches to its words."""
    out = list(triples)
    for index, triple in enumerate(out):
        parent = triple.parent
        while parent is not None and out[parent].parent is not None:
            if any(spans.overlaps(triple.content[0], piece) for piece in out[parent].content):
                break
            parent = out[parent].parent
        out[index] = replace(triple, parent=parent)
    return out
