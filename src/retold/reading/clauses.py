"""Statements in a clause of what another says: "Holt insisted {that they paid late when} {she}
{told} them {to wait}".

The labels of a text are flat, so that the outer content ends where the inner statement begins.
Where nothing but "that", "when" or a relative pronoun stands between them, the inner one is part of
what is said.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from retold.types import Span, Triple

_JOINT = re.compile(r"[\w-]*(?: (?:[\w’'-]+ ){0,3}(?:that|when))? ")
_RELATIVE = re.compile(r"(?:who|whom|which|that)\b")


def embed(text: str, triples: Sequence[Triple]) -> list[Triple]:
    """`triples`, those of such clauses within the statement before, whose content holds them."""
    out = list(triples)
    tops = sorted(
        (n for n, t in enumerate(out) if t.parent is None), key=lambda n: out[n].content[0]
    )
    for outer, inner in itertools.pairwise(tops):
        if _goes_on(text, out[outer], out[inner]):
            *before, last = out[outer].content
            end = max(s.end for s in (*out[inner].cue, *out[inner].content))
            out[outer] = replace(out[outer], content=(*before, Span(last.start, end)))
            out[inner] = replace(out[inner], parent=outer)
    return out


def _goes_on(text: str, outer: Triple, inner: Triple) -> bool:
    """True if the clause of `inner` goes on with the content of `outer`."""
    if not (outer.source and outer.cue and inner.source and inner.cue):
        return False
    source, last = inner.source[0], outer.content[-1]
    named = (*outer.source, *outer.cue)
    after = (*inner.cue, *inner.content)
    if not max(s.end for s in named) <= last.start < last.end < source.start:
        return False
    if any(s.start < source.start for s in after) or text[last.start] in "“‘\"'":
        return False
    joint = text[last.end : source.start]
    is_relative = _RELATIVE.match(text, source.start) is not None
    return _JOINT.fullmatch(joint) is not None and (joint == " ") == is_relative
