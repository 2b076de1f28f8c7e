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
from functools import cache

from retold import lexicons, spans
from retold.reading import subjects, tags
from retold.types import Span, Triple

_ENDS_IN_A_COMMA = re.compile(r",[”\"’']+$")
_BEGINS_A_SENTENCE = re.compile(r"(?:^|\n|[.!?][”\"’')]*\s+)$")
_SAYING = frozenset({"says", "states", "tells"})


def over(source: str, triples: Sequence[Triple]) -> list[Triple]:
    """The triples, such quotations with whoever stands after them; what keeps nothing is left
    out. None of them is a child."""
    triples = [part for triple in triples for part in _told_apart(source, triple, triples)]
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


SCORE = 0.9  # set, not fitted: the form leaves little doubt
_OPENS = re.compile(r"(?:\n|[.!?:][”\"]? )(?P<words>[“\"][^“”\"\n]{12,},[”\"])$")
_PRONOUN = re.compile(r"(?:he|she|they|it|I|we)", re.IGNORECASE)
_WHO = r"[^,;:“”\"()\n]{1,80}?"


@cache
def _tag() -> re.Pattern[str]:
    """Who said so, right after the words: `who` and `cue`."""
    finite = tags.finite(_SAYING)
    return re.compile(
        rf" (?:(?P<who>{_WHO})(?:, {_WHO},)? (?P<cue>{finite})\b|"
        rf"(?P<verb>{finite}) (?P<inverted>{_WHO})(?=[,.]| (?:in|on|to|at|who)\b))"
    )


def _told_apart(source: str, triple: Triple, triples: Sequence[Triple]) -> list[Triple]:
    """`triple`, and apart from it the quotation at the end of its words that has a source and a cue
    of its own right behind it: “{1 Holt} said {1 so}. “{2 We knew},” {2 Lind said}.”"""
    last = triple.content[-1]
    begin = max(0, last.start - len(".” "))
    quoted = _OPENS.search(source, begin, last.end) if triple.source and triple.cue else None
    found = _tag().match(source, last.end) if quoted else None
    if quoted is None or found is None:
        return [triple]
    first = quoted.start("words")
    roles = ("who", "cue") if found["who"] else ("inverted", "verb")
    who, cue = subjects.phrase(source, Span(*found.span(roles[0]))), Span(*found.span(roles[1]))
    told = [span for other in triples for span in (*other.source, *other.cue)]
    is_pronoun = who is not None and _PRONOUN.fullmatch(source, who.start, who.end) is not None
    is_known = (
        who is None
        or is_pronoun
        or any(spans.overlaps(span, s) for s in told for span in (who, cue))
    )
    if is_known or who is None or max(triple.source[-1].end, triple.cue[-1].end) > first:
        return [triple]
    rest = spans.snap(source, Span(last.start, first)) if first > last.start else None
    content = (*triple.content[:-1], *((rest,) if rest else ()))
    other = Triple(source=(who,), cue=(cue,), content=(Span(first, last.end),), score=SCORE)
    return [*([replace(triple, content=content)] if content else []), other]


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
