"""When a thing found counts as the thing in the gold. Offsets are code points, ends exclusive."""

from __future__ import annotations

import re
from collections.abc import Iterable

Stretch = tuple[int, int]

WORD = re.compile(r"\w+")
TITLES = frozenset(
    "mr mrs ms dr sen rep gov president the of a an sir jr sr".split()  # noqa: SIM905 reads better
)
MIN_JACCARD = 0.5  # of the word sets of two contents
MIN_OF_GOLD = 0.5  # the part of the gold passage that a passage must cover
MIN_OF_FOUND = 0.25  # the part of itself that must lie in the gold passage

_QUOTES = ('"“”„«»', "'’‘`", "-–—")


def find(text: str, excerpt: str) -> Stretch | None:
    """The first place of the excerpt, runs of blanks and forms of quotation marks taken as one."""
    start = text.find(excerpt)
    if start >= 0:
        return start, start + len(excerpt)
    found = re.search(_loose(excerpt), text)
    return found.span() if found else None


def overlap(a: Stretch, b: Stretch) -> int:
    """The number of characters that the two share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def is_same_passage(found: Stretch, gold: Stretch) -> bool:
    """True if `found` holds half of the gold passage and is not much more than it."""
    shared = overlap(found, gold)
    return shared >= MIN_OF_GOLD * (gold[1] - gold[0]) and shared >= MIN_OF_FOUND * (
        found[1] - found[0]
    )


def words(text: str, pieces: Iterable[Stretch]) -> frozenset[Stretch]:
    """The words of the pieces, each by its place."""
    return frozenset(m.span() for start, end in pieces for m in WORD.finditer(text, start, end))


def jaccard(a: frozenset[Stretch], b: frozenset[Stretch]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0


def is_same_name(a: str | None, b: str | None) -> bool:
    """True if the words of one name, titles left out, are all in the other."""
    if not a or not b:
        return False
    x, y = name_words(a), name_words(b)
    return bool(x and y) and (x <= y or y <= x)


def is_same_date(found: str, gold: str) -> bool:
    """True if `found` is as precise as the gold and the same, or is its month."""
    bare = re.sub(r"[~?%]", "", found)
    if bare.startswith(gold):
        return True
    return 7 <= len(bare) < len(gold) and gold.startswith(bare)


def name_words(name: str) -> set[str]:
    return {word for word in WORD.findall(name.casefold()) if word not in TITLES}


def _loose(excerpt: str) -> str:
    parts: list[str] = []
    for char in excerpt.strip():
        alike = next((group for group in _QUOTES if char in group), None)
        if char.isspace():
            if not parts or parts[-1] != r"\s+":
                parts.append(r"\s+")
        elif alike:
            parts.append(f"[{re.escape(alike)}]" + ("+" if "—" in alike else ""))
        else:
            parts.append(re.escape(char))
    return "".join(parts)
