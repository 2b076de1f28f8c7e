"""Who answered a poll: in "A Herald poll found that … {Nearly seven in ten} {said} …" they say it
through the poll, which spoke last before them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retold import spans
from retold.reading.stage import Stage
from retold.types import Span

_SHARE = re.compile(
    r"\d\s?(?:percent|per cent|%)|\b(?:in|of) (?:10|ten|five|four|three)\b|"
    r"\b(?:majority|plurality|half|third|quarter) of\b|\brespondents\b",
    re.IGNORECASE,
)
_POLLS = frozenset({"poll", "survey"})
MAX_PARAGRAPHS = 3  # back to what the poll is last said to find


def by(stage: Stage, index: int, earlier: Sequence[int]) -> tuple[int, Span] | None:
    """The poll through which triple `index` came, None if a share of those asked does not speak in
    it or no poll spoke shortly before. `earlier` are triples, in text order."""
    source = stage.triples[index].source
    if not source or _SHARE.search(spans.cut(stage.text, source[0])) is None:
        return None
    here = stage.scene.paragraph(source[0].start)
    for other in reversed(earlier):
        place, speaker = stage.triples[other].source, stage.found[other][0]
        if place and here - stage.scene.paragraph(place[0].start) > MAX_PARAGRAPHS:
            return None
        if place and speaker is not None and _is_poll(stage, speaker):
            return speaker, place[0]
    return None


def _is_poll(stage: Stage, speaker: int) -> bool:
    return bool(_POLLS & {word.lower() for word in stage.characters[speaker].name.split()})
