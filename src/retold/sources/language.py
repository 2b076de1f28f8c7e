"""The language of a text, told from its letters and its commonest words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from retold import lexicons
from retold.types import Section, SectionKind

UNKNOWN = "und"
# As much of the article as tells its language; a page of 10 MB takes no longer than one of 10 kB.
MAX_CHARS = 20_000
MIN_WORDS = 20
# English news has 0.34–0.50 of its words in the list, in the 12,000 articles looked at.
MIN_SHARE = 0.12
_SCRIPTS = {
    "CJK": "zh",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "ARABIC": "ar",
    "HEBREW": "he",
    "GREEK": "el",
    "THAI": "th",
    "DEVANAGARI": "hi",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
}
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _function_words() -> dict[str, frozenset[str]]:
    table = lexicons.table("language_words")
    return {language: frozenset(words.split()) for language, words in table.items()}


def of_article(text: str, sections: tuple[Section, ...]) -> str:
    """The language of the article's own words: readers may comment in another."""
    body = (s.span for s in sections if s.kind in (SectionKind.TITLE, SectionKind.BODY))
    return tell("\n".join(text[s.start : min(s.end, s.start + MAX_CHARS)] for s in body))


def tell(text: str) -> str:
    """The ISO 639-1 code of the language of `text`, "und" where it cannot be told.

    A text too short to tell is taken for English.
    """
    text = text[:MAX_CHARS]
    script = _script(text)
    if script in _SCRIPTS:
        return "ja" if re.search(r"[\u3040-\u30ff]", text) else _SCRIPTS[script]
    words = _WORD.findall(text.casefold())
    if len(words) < MIN_WORDS:
        return UNKNOWN if script not in ("LATIN", "") else "en"
    shares = {
        language: sum(word in listed for word in words) / len(words)
        for language, listed in _function_words().items()
    }
    best = max(shares, key=lambda language: shares[language])
    return best if shares[best] >= MIN_SHARE else UNKNOWN


def _script(text: str) -> str:
    """The script of most letters of `text`, as Unicode names it; empty if it has no letters."""
    letters = [c for c in text[:2000] if c.isalpha()]
    scripts = Counter(unicodedata.name(c, "?").split(" ")[0].split("-")[0] for c in letters)
    return scripts.most_common(1)[0][0] if scripts else ""
