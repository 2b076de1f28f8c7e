"""Where an article was written, before its first words: "WESTERHAVEN (Courier) — Anna Holt"."""

from __future__ import annotations

import re

from retold import lexicons
from retold.types import Span

# "{WESTERHAVEN (Courier) —} Anna Holt": where it was written
_DATELINE = re.compile(
    r"[A-Z][A-Z .’'-]{2,30}(?:, [A-Z][\w. ]{1,20})?(?: \([^()\n]{1,40}\))? (?:—|–|-|--) (?=\w)"
)
# "{Westerhaven (CNN)} Anna Holt"
_WIRED = re.compile(
    r"(?:[A-Z][\w .,’'-]{1,40} )?\((?P<outlet>[A-Z]\w+)[^()\n]{0,20}\)(?: ?[–—-]+)? (?=\w)"
)


def without(text: str, span: Span) -> Span:
    """`span` without the words before it that say where an article was written."""
    place = _DATELINE.match(text, span.start, span.end)
    if place is None and text[max(0, span.start - 1) : span.start] in ("", "\n"):
        wired = _WIRED.match(text, span.start, span.end)
        is_outlet = wired is not None and wired["outlet"] in lexicons.words("outlets")
        place = wired if is_outlet else None
    return Span(place.end(), span.end) if place else span
