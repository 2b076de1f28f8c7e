"""Contents as texts of their own: which of the findings in them are children."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retold import spans, text
from retold.types import Span, Triple

MAX_DEPTH = 2  # a child of a child is as deep as newspapers go
MIN_CHARS = 20  # shorter contents are not read again
# who speaks and says so right before the marks: ‘I asked him: “…”’, ‘and then he said, “…”’
_FRAME = re.compile(
    r"(?P<source>\b(?:I|[Hh]e|[Ss]he|[Tt]hey|[Ww]e|[Yy]ou|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*))"
    r"(?: (?:suddenly|then|also|just|later|only|simply))?"
    r" (?P<cue>(?:said|says|asked|told|replied|answered|added|responded|shouted|whispered|wrote)"
    r"(?P<to> (?:me|him|her|us|them|you))?\s?:?),? $"
)
FRAME_CHARS = 60
# set, not fitted: the form leaves little doubt, but frames are too rare in the stories read closely
FRAME_SCORE = 0.9
MAX_SHARE = 0.95  # of a content: what is longer is the content once more
MAX_SHARED = 0.3  # of the shorter of two children: they do not share more


def inner(source: str, piece: Span) -> Span:
    """A piece of content without the marks around it and without its "that"."""
    whole = (q for q in text.quotations(source, piece) if q.span == piece and q.is_closed)
    bare = next((q.inner for q in whole), piece)
    if source[bare.start : bare.start + 5].lower() == "that " and len(bare) > 5:
        bare = Span(bare.start + 5, bare.end)
    return bare


def _framed(source: str, piece: Span) -> list[Triple]:
    """The quotations within `piece` right before which somebody is said to speak."""
    out = []
    for quotation in text.quotations(source, piece):
        start = max(piece.start, quotation.span.start - FRAME_CHARS)
        found = _FRAME.search(source[start : quotation.span.start])
        if found and quotation.depth == 0:
            role = {
                r: Span(start + found.start(r), start + found.end(r)) for r in ("source", "cue")
            }
            cue = spans.snap(source, role["cue"]) or role["cue"]
            out.append(
                Triple(
                    source=(role["source"],),
                    cue=(cue,),
                    content=(quotation.span,),
                    score=FRAME_SCORE,
                )
            )
    return out


def _without(child: Triple, framed: Triple) -> Triple | None:
    """`child` less the quotation that `framed` gives to somebody right before it.

    Two quotations, each with its own frame, are easily run together: “I asked him: ‘Will it?’ And
    he said, ‘No.’”
    """
    if any(spans.overlaps(cue, other) for cue in child.cue for other in framed.cue):
        return None
    kept = tuple(s for s in child.content if not spans.overlaps(s, framed.content[0]))
    return replace(child, content=kept) if kept else None


# "Putin spoke with him and expressed a desire to …": the subject stands at the head of the clause
_SUBJECT = re.compile(
    r"(?:that )?((?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)|(?:[Hh]e|[Ss]he|[Tt]hey|I|[Ww]e)\b)"
)


def _with_subject(source: str, piece: Span, child: Triple) -> Triple:
    """`child` with the subject of the clause as its source where its cue is joined on by "and"."""
    if child.source or not child.cue:
        return child
    is_joined = source[piece.start : child.cue[0].start].rstrip().endswith(" and")
    found = _SUBJECT.match(source, piece.start, child.cue[0].start)
    if not (is_joined and found):
        return child
    return replace(child, source=(Span(*found.span(1)),))


def _is_same(one: Triple, other: Triple) -> bool:
    """True where two contents share more than MAX_SHARED of the shorter."""
    common = sum(spans.shared(a, b) for a in one.content for b in other.content)
    shorter = min(sum(map(len, each.content)) for each in (one, other))
    return common > MAX_SHARED * shorter


_NAMES = frozenset({"called", "dubbed", "entitled", "known as", "named", "titled"})
_ONE_OF_A_KIND = re.compile(r"(?:an?|another|one|some)\b", re.IGNORECASE)


def _is_naming(source: str, child: Triple) -> bool:
    """True for "{an office} {called} {the Harbour Office}": it says a name, and nobody speaks."""
    if not (child.source and child.cue):
        return False
    cue = spans.cut(source, child.cue[0]).lower()
    is_of_a_kind = _ONE_OF_A_KIND.match(source, child.source[0].start) is not None
    return cue in _NAMES and is_of_a_kind and child.source[0].end <= child.cue[0].start


def children(source: str, piece: Span, found: Sequence[Triple]) -> list[Triple]:
    """What `found` in `piece`, read as a text of its own, somebody says within it.

    The whole content once more is no statement inside it; of two that share many of their words
    the surer one stays.
    """
    framed = _framed(source, piece)
    held = [_with_subject(source, piece, child) for child in found]
    for frame in framed:
        held = [rest for child in held if (rest := _without(child, frame))]
    inside = (
        child
        for child in held
        if sum(map(len, child.content)) < MAX_SHARE * len(piece)
        and not _is_naming(source, child)
        and all(spans.contains(piece, span) for span in (*child.source, *child.cue, *child.content))
    )
    kept: list[Triple] = []
    for child in sorted([*inside, *framed], key=lambda child: -child.score):
        if not any(_is_same(child, other) for other in kept):
            kept.append(child)
    return sorted(kept, key=lambda child: child.content[0])


def unknown(found: Sequence[Triple], known: Sequence[Triple]) -> list[Triple]:
    """What is found within contents, but for what shares words with a child that is known."""
    held: dict[int | None, list[Triple]] = {}
    for each in known:
        if each.parent is not None:
            held.setdefault(each.parent, []).append(each)
    return [
        child
        for child in found
        if not any(
            spans.overlaps(a, b)
            for other in held.get(child.parent, ())
            for a in (*child.cue, *child.content)
            for b in (*other.cue, *other.content)
        )
    ]
