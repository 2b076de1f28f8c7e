"""Words set out below a line that says whose they are: "Here is an excerpt from the Herald’s
report:", "A list of answers was sent round by the mayor’s friends:".

Who is quoted in them came through the one whose words they are.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from retold import spans
from retold.reading.scene import Scene
from retold.types import Span

_LINE = re.compile(
    r"[^:“”\"\n]*\b(?:excerpts?|extracts?|passages?|transcripts?|text|full|copy|points|list|memos?|"
    r"statements?|letters?|releases?|e-?mails?|reports?)\b[^:“”\"\n]*?"
    r"\b(?:by|from|of(?!.* (?:by|from) ))\s+(?P<who>[^:“”\"\n]{3,90}):"
)
_BULLET = re.compile(r"[-–—•*·]+\s?(?=\w)")
MAX_PARAGRAPHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Paragraphs that are somebody’s own words, and the words that name him."""

    who: Span
    bounds: Span


def found(scene: Scene) -> list[Excerpt]:
    """The excerpts of an article, in order."""
    out = []
    for number, line in enumerate(scene.paragraphs[:-1]):
        below = scene.paragraphs[number + 1 : number + 1 + MAX_PARAGRAPHS]
        last = scene.sentence_at(line.end - 1)
        said = _LINE.fullmatch(scene.text, last.start, last.end)
        held = _held(scene.text, below) if said else 0
        if said and held:
            bounds = Span(below[0].start, below[held - 1].end)
            out.append(Excerpt(who=Span(*said.span("who")), bounds=bounds))
    return out


def _held(text: str, below: Sequence[Span]) -> int:
    """How many of the paragraphs `below` a line are set out: those of a list, or as far as the
    quotation mark reaches with which the first opens."""
    items = list(itertools.takewhile(lambda p: _BULLET.match(text, p.start, p.end), below))
    if items or text[below[0].start] not in '“"':
        return len(items)
    straight = 0
    for number, paragraph in enumerate(below):
        words = spans.cut(text, paragraph)
        straight += words.count('"')
        if straight % 2 == 0 and words.count("“") <= words.count("”"):
            return number + 1
    return 0
