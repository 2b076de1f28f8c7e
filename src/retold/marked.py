r"""Text with the spans of its attributions marked in line, both ways.

    {q1 “We knew,”} {s1 the minister} {c1 said}, {q1 “and {s2 the mayor} {c2 promised} {q2 it}.”}

A mark is a role (`q` content, `s` source, `c` cue), the number of the attribution, one blank, the
text. The same number again is another piece; pieces that touch are one. Braces nest. In the text
itself `{`, `}` and `\` are written `\{`, `\}` and `\\`. A parent is not written: it is the
attribution with the least content that holds every span of the child and more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from retold import spans
from retold.errors import FormatError
from retold.types import Span, Triple

ROLES = "qsc"
SPECIAL = re.compile(r"[{}\\]")
OPENING = re.compile(rf"\{{([{ROLES}])([1-9][0-9]*) ")


class Marks(Protocol):
    """Whatever has source, cue and content: a triple or an attribution."""

    @property
    def source(self) -> tuple[Span, ...]: ...
    @property
    def cue(self) -> tuple[Span, ...]: ...
    @property
    def content(self) -> tuple[Span, ...]: ...


def parse(marked: str) -> tuple[str, tuple[Triple, ...]]:
    """The bare text and its triples in the order of their numbers, each with score 1.

    Raises:
        FormatError: a brace or backslash stands alone, or a number has no content.
    """
    text, found = _unmark(marked)
    pieces: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for role, number, span in found:
        pieces[number][role].append(span)
    for number, roles in pieces.items():
        if not roles["q"]:
            raise FormatError(f"attribution {number} has no content: mark it {{q{number} …}}.")
    triples = tuple(
        Triple(
            source=spans.merge(roles["s"]),
            cue=spans.merge(roles["c"]),
            content=spans.merge(roles["q"]),
            score=1.0,
        )
        for _, roles in sorted(pieces.items())
    )
    return text, with_parents(triples)


def mark(text: str, triples: Sequence[Marks]) -> str:
    """The text with its triples marked, numbered from 1 in their order.

    Spans that cross are cut into touching pieces, so that braces always nest.
    """
    opened = _openings(triples)
    places = sorted({p for marks in opened.values() for s, _ in marks for p in (s.start, s.end)})
    out: list[str] = []
    stack: list[tuple[Span, str]] = []
    last = 0
    for place in places:
        out.append(_escape(text[last:place]))
        last = place
        again: list[tuple[Span, str]] = []
        while any(span.end == place for span, _ in stack):
            span, label = stack.pop()
            out.append("}")
            if span.end > place:
                again.append((span, label))
        for span, label in sorted([*again, *opened.get(place, ())], key=_outermost_first):
            out.append(f"{{{label} ")
            stack.append((span, label))
    out.append(_escape(text[last:]))
    return "".join(out)


def with_parents(triples: Sequence[Triple]) -> tuple[Triple, ...]:
    """The triples, each with the parent that the nesting of their spans tells."""
    sizes = [sum(len(piece) for piece in triple.content) for triple in triples]
    out = []
    for child, size in zip(triples, sizes, strict=True):
        own = (*child.source, *child.cue, *child.content)
        parents = [
            (sizes[i], i)
            for i, outer in enumerate(triples)
            if sizes[i] > size and _hold(outer.content, own)
        ]
        parent = min(parents)[1] if parents else None
        out.append(
            Triple(
                source=child.source,
                cue=child.cue,
                content=child.content,
                score=child.score,
                parent=parent,
            )
        )
    return tuple(out)


def _hold(content: Iterable[Span], own: Iterable[Span]) -> bool:
    pieces = tuple(content)
    return all(any(spans.contains(piece, span) for piece in pieces) for span in own)


def _unmark(marked: str) -> tuple[str, list[tuple[str, int, Span]]]:
    out: list[str] = []
    found: list[tuple[str, int, Span]] = []
    stack: list[tuple[str, int, int]] = []
    length = at = 0
    while special := SPECIAL.search(marked, at):
        out.append(marked[at : special.start()])
        length += special.start() - at
        at = special.end()
        if special.group() == "\\":
            if marked[at : at + 1] not in ("{", "}", "\\"):
                raise FormatError(f"character {special.start()}: write a backslash as \\\\.")
            out.append(marked[at])
            length, at = length + 1, at + 1
        elif special.group() == "}":
            if not stack:
                raise FormatError(f"character {special.start()}: }} closes nothing; write \\}}.")
            role, number, start = stack.pop()
            if start == length:
                raise FormatError(f"character {special.start()}: {{{role}{number}}} is empty.")
            found.append((role, number, Span(start, length)))
        else:
            opening = OPENING.match(marked, special.start())
            if opening is None:
                raise FormatError(
                    f"character {special.start()}: {{ opens no mark such as {{q1 …}}; write \\{{."
                )
            stack.append((opening[1], int(opening[2]), length))
            at = opening.end()
    if stack:
        raise FormatError(f"{{{stack[-1][0]}{stack[-1][1]} is never closed.")
    out.append(marked[at:])
    return "".join(out), found


def _openings(triples: Sequence[Marks]) -> Mapping[int, list[tuple[Span, str]]]:
    opened: dict[int, list[tuple[Span, str]]] = defaultdict(list)
    for number, triple in enumerate(triples, start=1):
        for role, pieces in zip(ROLES, (triple.content, triple.source, triple.cue), strict=True):
            for span in spans.merge(pieces):
                opened[span.start].append((span, f"{role}{number}"))
    return opened


def _outermost_first(mark: tuple[Span, str]) -> tuple[int, int, int]:
    span, label = mark
    return -span.end, ROLES.index(label[0]), int(label[1:])


def _escape(text: str) -> str:
    return SPECIAL.sub(lambda special: "\\" + special.group(), text)
