"""Which lines of a page are its furniture: forms, pleas, share bars, credits, comment headers."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from retold import lexicons

# A longer line is prose: no pattern is tried on it, so a hostile page cannot make them slow.
MAX_FURNITURE_CHARS = 1500


class Furniture(StrEnum):
    """What a line is by its own words; the headings of `lexicons/furniture.txt`."""

    BOILERPLATE = "boilerplate"
    CAPTION = "caption"
    BYLINE = "byline"
    AREA = "area"
    COMMENT = "comment"
    LINK_LIST = "link list"
    AUTHOR = "author"


_HEADING = re.compile(r"\[([a-z ]+)\]")
_BLANKS = re.compile(r"[\s\u00ad\u200b-\u200d\u2060\ufeff]+")
_STRAIGHT = str.maketrans("’‘", "''")


@cache
def _patterns() -> dict[Furniture, re.Pattern[str]]:
    """One pattern a kind, from the lexicon."""
    found: dict[Furniture, list[str]] = {}
    for entry in lexicons.entries("furniture"):
        if heading := _HEADING.fullmatch(entry):
            kind = found.setdefault(Furniture(heading[1]), [])
        else:
            kind.append(f"(?:{entry})")
    return {kind: re.compile("|".join(of), re.IGNORECASE) for kind, of in found.items()}


def kinds_of(line: str) -> frozenset[Furniture]:
    """The kinds of furniture that `line`, taken by itself, may be; empty for the article's own."""
    if len(line) > MAX_FURNITURE_CHARS:
        return frozenset()
    plain = _BLANKS.sub(" ", line).strip().translate(_STRAIGHT)
    if not plain:
        return frozenset()
    return frozenset(kind for kind, pattern in _patterns().items() if pattern.fullmatch(plain))
