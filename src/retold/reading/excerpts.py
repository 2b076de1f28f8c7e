"""Words set out below a line that says whose they are: "Here is an excerpt from the Herald’s
report:", "A list of answers was sent round by the mayor’s friends:", "Ada Holm writes:", "(via the
Herald):"; and those above the name of who posted them: "— Ada Holm (@adaholm) June 2, 2019".

Who is quoted in them came through the one whose words they are.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retold import spans
from retold.reading import subjects
from retold.reading.scene import Scene
from retold.types import Span

_LINE = re.compile(
    r"[^:“”\"\n]{0,200}\b(?:excerpts?|extracts?|passages?|transcripts?|text|full|copy|points|list|memos?|"
    r"statements?|letters?|releases?|e-?mails?|reports?)\b[^:“”\"\n]{0,200}?"
    r"\b(?:by|from|of(?![^\n]{0,200} (?:by|from) ))\s+(?P<who>[^:“”\"\n]{3,90}):"
)
_WRITES = re.compile(
    r"(?: (?:has|have|also|then|later|recently|just|first))* "
    r"(?:writes|wrote|written|reports|reported|reporting|recounts|recounted)\b"
    r"(?:,? (?:on|in|last|this|that|earlier|late|yesterday|today|[A-Z][a-z]+day|\w+ly)\b"
    r"[^.:“”\"\n]{0,50})?:"
)
_VIA = re.compile(
    r"(?:\((?:[Vv]ia|[Ff]rom)|\b(?:[Vv]ia|[Aa]ccording to))"
    r" (?P<who>(?:the )?[A-Z][^,;:.()“”\"\n]{1,40})\)?:"
)
_PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we", "who", "which"})
POSTED = re.compile(
    r"(?<![\w—–-])[—–-]{1,3}+ ?(?P<who>[A-Z][^—–\n()]{1,49}?) \(@\w+\)"
    r"(?: (?:[A-Z][a-z]+\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]+ \d{4})|(?=\s*(?:\n|$)))"
)
BULLET = re.compile(r"[-–—•*·]+\s?(?=\w)")
MAX_PARAGRAPHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Paragraphs that are somebody’s own words, and the words that name him."""

    who: Span
    bounds: Span


def found(scene: Scene) -> list[Excerpt]:
    """The excerpts of an article, in order."""
    out: list[Excerpt] = []
    for number, line in enumerate(scene.paragraphs):
        out += posted(scene.text, line)
        below = scene.paragraphs[number + 1 : number + 1 + MAX_PARAGRAPHS]
        if not below or not scene.text.endswith(":", line.start, line.end):
            continue
        last = scene.sentence_at(line.end - 1)
        said = _LINE.fullmatch(scene.text, last.start, last.end)
        who = Span(*said.span("who")) if said else None
        held = _held(scene.text, below) if said else 0
        if not held:
            who, held = _writer(scene.text, last), max(1, _held(scene.text, below))
        if who is not None:
            bounds = Span(below[0].start, below[held - 1].end)
            out.append(Excerpt(who=who, bounds=bounds))
    return out


def _writer(text: str, line: Span) -> Span | None:
    """Who a line says has written or reported what stands in the paragraph below it."""
    if via := _VIA.search(text, line.start, line.end):
        return Span(*via.span("who")) if via.end() == line.end else None
    for verb in _WRITES.finditer(text, line.start + 1, line.end):
        who = subjects.subject(text, Span(line.start, verb.start()))
        if verb.end() == line.end and who is not None:
            is_pronoun = text[who.start : who.end].lower() in _PRONOUNS
            return None if is_pronoun else who
    return None


def posted(text: str, paragraph: Span) -> Iterator[Excerpt]:
    """What somebody posted, before his name, his handle and the date."""
    start = paragraph.start
    for name in POSTED.finditer(text, paragraph.start, paragraph.end):
        if start < name.start():
            yield Excerpt(who=Span(*name.span("who")), bounds=Span(start, name.start()))
        start = name.end()


def _held(text: str, below: Sequence[Span]) -> int:
    """How many of the paragraphs `below` a line are set out: those of a list, or as far as the
    quotation mark reaches with which the first opens."""
    items = list(itertools.takewhile(lambda p: BULLET.match(text, p.start, p.end), below))
    if items or text[below[0].start] not in '“"':
        return len(items)
    straight = 0
    for number, paragraph in enumerate(below):
        words = spans.cut(text, paragraph)
        straight += words.count('"')
        if straight % 2 == 0 and words.count("“") <= words.count("”"):
            return number + 1
    return 0
