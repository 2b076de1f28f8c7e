"""Whether a clause looks back or ahead: what decides which Friday "on Friday" is."""

from __future__ import annotations

import re
from functools import cache

from retold import lexicons
from retold.types import Span

MAX_CLAUSE_CHARS = 160
NEAR_CHARS = 48

_BREAK = re.compile(r"[.!?;:][\"'”’)]*\s|\n")
_WORD = re.compile(r"[A-Za-z]+(?:['’](?:ll|d|s|m|re|ve|t))?")
_PHRASE_AHEAD = re.compile(
    r"\b(?:(?:is|are|'s|’s) (?:to|going|expected|due|set|likely|about|holding|heading|meeting)"
    r"|to (?:be|air|start|begin|take place|vote|meet|decide|debut|attend)|going (?:to|into)"
    r"|as (?:early|soon) as|set for|plans? (?:to|for)|of record|up for)\b"
)
_EVENT_AHEAD = re.compile(
    r"\b(?:ahead|in advance) of\b(?:(?! said| told).)*$|\b(?:until|through|by) $"
)
_NOT_PAST = frozenset(("need", "indeed", "hundred", "united", "red", "seed", "speed", "embed"))


@cache
def _told(word: str) -> int:
    """1 for a word that looks ahead, -1 for one that looks back, 0 for any other."""
    known = lexicons.table("tense").get(word)
    if known or word.endswith(("'ll", "’ll")):
        return -1 if known == "back" else 1
    return -1 if len(word) > 4 and word.endswith("ed") and word not in _NOT_PAST else 0


def _is_passive_ahead(words: list[str]) -> bool:
    """True for what stands before the participle of "will be paid", "to be shown"."""
    return "be" in words and any(word == "to" or _told(word) > 0 for word in words)


def _words(clause: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(clause)]


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
    return _from_before(before) or _from_after(after)


def _from_before(before: str) -> int:
    if _PHRASE_AHEAD.search(before[-NEAR_CHARS:]) or _EVENT_AHEAD.search(before[-2 * NEAR_CHARS :]):
        return 1
    words = _words(before)
    for at in range(len(words) - 1, -1, -1):
        told = _told(words[at])
        if told:
            return 1 if _is_passive_ahead(words[max(0, at - 4) : at]) else told
    return 0


def _from_after(after: str) -> int:
    phrase = _PHRASE_AHEAD.search(after[: 2 * NEAR_CHARS])
    for word in _words(after[: phrase.start()] if phrase else after):
        told = _told(word)
        if told:
            return told
    return 1 if phrase else 0
