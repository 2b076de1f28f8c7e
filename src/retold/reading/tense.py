"""Whether a clause looks back or ahead: what decides which Friday "on Friday" is."""

from __future__ import annotations

import re
from functools import lru_cache

from retold import lexicons
from retold.types import Span

MAX_CLAUSE_CHARS = 160

# the end of a sentence, which "Mr. Oakes" and "J. Reed" are not
_BREAK = re.compile(
    r"(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\b[A-Z])[.!?;:]"
    r"[\"'”’)]*\s|\n"
)
_WORD = re.compile(r"[A-Za-z]+(?:['’](?:ll|d|s|m|re|ve|t))?")
_PHRASE_AHEAD = re.compile(
    r"\b(?:(?:is|are|'s|’s) (?:to|going|expected|due|set|likely|about|heading|holding|hosting"
    r"|having|meeting|visiting|travel(?:l)?ing|speaking|leaving|airing)"
    r"|to (?:be|air|start|begin|take place|vote|meet|decide|debut|attend)|going (?:to|into)"
    r"|as (?:early|soon) as|set for|plans? (?:to|for)|of record|up for|chances? of"
    r"|until (?:an?|the)|(?:ahead|in advance) of)\b|\b(?:until|through|by) $"
)
# "a scheduled interview" says nothing of when it took place
_ADJECTIVES = frozenset(("scheduled", "planned", "expected"))
_DETERMINERS = frozenset(("a", "an", "the", "his", "her", "its", "their"))
_NOT_PAST = frozenset(("need", "indeed", "hundred", "united", "red", "seed", "speed", "embed"))


@lru_cache(maxsize=65536)
def _told(word: str) -> int:
    """1 for a word that looks ahead, -1 for one that looks back, 0 for any other."""
    known = lexicons.table("tense").get(word)
    if known or word.endswith(("'ll", "’ll")):
        return -1 if known == "back" else 1
    return -1 if len(word) > 4 and word.endswith("ed") and word not in _NOT_PAST else 0


def _cues(clause: str) -> list[tuple[int, int]]:
    """Where the words of `clause` tell a tense, in order: the place, and 1 ahead or -1 back.

    "will be paid" and "to be shown" look ahead at their last word too.
    """
    found = [(m.start(), m.group().lower().replace("’", "'")) for m in _WORD.finditer(clause)]
    words = [word for _, word in found]
    out = [(m.start(), 1) for m in _PHRASE_AHEAD.finditer(clause)]
    for at, (place, word) in enumerate(found):
        told = _told(word)
        before = words[max(0, at - 4) : at]
        if word in _ADJECTIVES and before and before[-1] in _DETERMINERS:
            continue
        if told < 0 and "be" in before and any(w == "to" or _told(w) > 0 for w in before):
            told = 1
        if told:
            out.append((place, told))
    return sorted(out)


def clause(text: str, span: Span) -> tuple[str, str]:
    """What stands before and after `span` in its sentence, cut at MAX_CLAUSE_CHARS."""
    before = text[max(0, span.start - MAX_CLAUSE_CHARS) : span.start]
    after = text[span.end : span.end + MAX_CLAUSE_CHARS]
    breaks = [found.end() for found in _BREAK.finditer(before)]
    end = _BREAK.search(after)
    return before[breaks[-1] if breaks else 0 :], after[: end.start() if end else len(after)]


def direction(text: str, span: Span) -> int:
    """1 if the clause of `span` looks ahead, -1 if back, 0 if nothing tells.

    The verb before the expression decides, the nearest one; where there is none, the first one
    after it: "was scheduled for Friday", "on Friday the court will".
    """
    before, after = clause(text, span)
    behind, following = _cues(before), _cues(after)
    if behind:
        return behind[-1][1]
    return following[0][1] if following else 0
