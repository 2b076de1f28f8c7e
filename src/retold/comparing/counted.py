"""What a number counts, in the form in which units are compared."""

from __future__ import annotations

import re
from functools import cache

from retold import lexicons
from retold.types import Span

_WORD = re.compile(r"[A-Za-z][A-Za-z’'.]*")
_FILLERS = frozenset(
    ("more", "other", "additional", "new", "different", "separate", "such", "of", "the")
)
_ROUGHLY = frozenset(("plus", "odd", "some", "ish"))  # "20-odd boats"
_IRREGULAR = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "lives": "life",
    "feet": "foot", "congressmen": "congressman", "countries": "country", "policemen": "policeman",
}  # fmt: skip
MAX_WORDS = 4
MAX_CHARS = 60


def unit_of(word: str) -> str:
    """The folded form in which counted words are compared: "pages" and "Page" are one."""
    folded = re.sub(r"['’]s?$", "", word.casefold().rstrip("."))
    if folded in _IRREGULAR:
        return _IRREGULAR[folded]
    if len(folded) > 4 and folded.endswith("ies"):
        return folded[:-3] + "y"
    if len(folded) > 4 and re.search(r"(?:ss|sh|ch|x)es$", folded):
        return folded[:-2]
    if len(folded) > 3 and folded.endswith("s") and not folded.endswith(("ss", "us", "is")):
        return folded[:-1]
    return folded


def head(text: str, after: Span) -> tuple[str, Span | None]:
    """The folded head noun of what is counted, told by its plural ("12 House Republicans") or by a
    hyphen ("a 48-page report details"), and its place."""
    run: list[Span] = []
    end = after.start
    for match in _WORD.finditer(text, after.start, min(after.end, after.start + MAX_CHARS)):
        gap = text[end : match.start()]
        if gap not in ("", " ", "-") and gap.strip():
            break
        word = match[0].casefold().rstrip(".")
        if word in _unit_stops() and not (not run and word in _FILLERS):
            break
        if word not in _FILLERS:
            run.append(
                Span(match.start(), match.end() - (len(match[0]) - len(match[0].rstrip(".’'"))))
            )
            if gap == "-" and word not in _ROUGHLY and len(run) == 1:
                break
        end = match.end()
        if len(run) == MAX_WORDS:
            break
    if not run:
        return "", None
    words = [text[span.start : span.end] for span in run]
    at = next((n for n, word in enumerate(words) if _is_plural(word)), 0)
    return unit_of(words[at]), run[at]


# --- inside ---------------------------------------------------------------------------------------


@cache
def _unit_stops() -> frozenset[str]:
    """The words at which what is counted ends."""
    return lexicons.words("function_words") | {"said", "says", "told", "also"}


def _is_plural(word: str) -> bool:
    folded = word.casefold()
    return folded in _IRREGULAR or (
        len(folded) > 3
        and folded.endswith("s")
        and not folded.endswith(("ss", "us", "is", "’s", "'s"))
    )
