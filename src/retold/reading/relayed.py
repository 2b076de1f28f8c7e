"""Who spoke the words that somebody else reports: "“We knew,” {Lind} {told} the board, according to
the Herald. “{We kept quiet.}”"

The labels of a text are flat, so that of two sayings at the end of a sentence they keep the last,
with all before it for its words. Who is named before it is the one who speaks, in what is quoted
behind it too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from retold import spans
from retold.reading import subjects, tags
from retold.types import Span, Triple

SCORE = 0.9  # set, not fitted: the form leaves little doubt
MIN_WORDS = 4  # without quotation marks
_WAS_QUOTED = r"(?:was|were|is|are|has been|have been) quoted as (?:saying|telling)"
_LONG_AFTER = r"[^,;:“”\"()\n]{0,70}?"
_NOT_SAID = re.compile(
    r"(?:after|although|as|at|because|before|but|by|during|for|from|if|in|on|since|so|though|to|"
    r"when|while|with)\b",
    re.IGNORECASE,
)
_NO_SPEAKER = frozenset(("that", "this", "which", "who", "but", "and", "as", "while", "though"))


@cache
def _tag(*, is_quoted: bool) -> re.Pattern[str]:
    """Who said so, up to the comma before the one who reports it."""
    verbs = tags.finite(("says", "states", "tells"))
    comma = r",[”\"’']+" if is_quoted else r","
    after = _LONG_AFTER if is_quoted else rf"(?: [A-Z][\w’'-]+)*{tags.AFTER}"
    behind = r"(?=,| (?:in|on|to|at|of|during|after|before|last|this|earlier|\w+day)\b)"
    # “Holt, a clerk, said the plane was late, according to the Herald” has no plane that speaks
    inverted = (
        rf"(?P<verb>{verbs}) (?P<inverted>{tags.WHO}){behind}"
        if is_quoted
        else "(?!)(?P<inverted>)"
    )
    return re.compile(
        rf"(?P<comma>{comma}) (?P<tag>(?:(?P<who>{tags.WHO}) "
        rf"(?P<cue>{_WAS_QUOTED}|(?:(?:has|have|had|also|later|then|\w+ly) )?(?:{verbs}))|"
        rf"{inverted})\b{after}), (?:as )?$"
    )


def add(text: str, triples: Sequence[Triple]) -> list[Triple]:
    """`triples`, and within each that reports another's words a triple for the one who spoke."""
    out = list(triples)
    for index, triple in enumerate(triples):
        found = _spoken(text, triple) if triple.parent is None else None
        if found is None:
            continue
        inner, tag = found
        held = spans.merge((*triple.content, Span(inner.content[0].start, tag.end)))
        out[index] = replace(triple, content=held)
        known = _known(out, index, tag)
        if known is None:
            out.append(replace(inner, parent=index))
        elif spans.overlaps(out[known].content[0], inner.content[0]):
            content = spans.merge((*out[known].content, *inner.content[1:]))
            out[known] = replace(out[known], content=content, parent=index)
        else:
            out[known] = replace(inner, parent=index)
    return out


def _known(triples: Sequence[Triple], around: int, tag: Span) -> int | None:
    """The triple within triple `around`, or in none, whose cue stands in a tag."""
    for index, each in enumerate(triples):
        is_near = each.parent in (around, None) and index != around
        if is_near and each.cue and spans.contains(tag, each.cue[0]):
            return index
    return None


def _spoken(text: str, triple: Triple) -> tuple[Triple, Span] | None:
    """Whose words a triple reports, and the words that say so."""
    if not (triple.source and triple.cue):
        return None
    begin, end = triple.content[0].start, min(triple.source[0].start, triple.cue[0].start)
    if begin >= end or "\n" in text[begin:end]:
        return None
    found = _tag(is_quoted=True).search(text, begin + 1, end)
    is_quoted = found is not None
    if found is None and not _NOT_SAID.match(text, begin):
        found = _tag(is_quoted=False).search(text, begin + 1, end)
    if found is None:
        return None
    roles = ("who", "cue") if found["who"] else ("inverted", "verb")
    who, cue = _who(text, Span(*found.span(roles[0]))), Span(*found.span(roles[1]))
    said = Span(begin, found.end("comma") if is_quoted else found.start())
    if (
        who is None
        or len(text[begin : said.end].split()) < (1 if is_quoted else MIN_WORDS)
        or tags.last_word(text, who) == tags.last_word(text, triple.source[0])
    ):
        return None
    later = (p for p in triple.content if is_quoted and p.start > end and text[p.start] in '“"')
    inner = Triple(source=(who,), cue=(cue,), content=(said, *later), score=SCORE)
    return inner, Span(*found.span("tag"))


def _who(text: str, span: Span) -> Span | None:
    """`span` if its words can be a speaker."""
    who = subjects.phrase(text, span)
    first = spans.cut(text, who).split()[0].lower() if who else ""
    return None if first in _NO_SPEAKER else who
