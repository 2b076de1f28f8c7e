"""Whether a clause looks back or ahead: what decides which Friday "on Friday" is."""

from __future__ import annotations

import re

from retold.types import Span

MAX_CLAUSE_CHARS = 160

_BREAK = re.compile(r"[.!?;:][\"'”’)]*\s|\n")
_WORD = re.compile(r"[A-Za-z]+(?:['’](?:ll|d|s|m|re|ve|t))?")
_AHEAD = frozenset(
    """will 'll shall would could may might must can should scheduled slated expected expects
    planned planning upcoming intends hopes tomorrow forthcoming tentatively deadline payable
    effective""".split()
)
_AHEAD_PHRASE = re.compile(
    r"\b(?:is|are|'s|’s) (?:to|going|expected|due|set|likely|about|holding|heading|meeting|having)\b"
    r"|\bto be\b|\bto (?:air|start|begin|take place|vote|meet|decide|debut|attend)\b"
    r"|\bas (?:early|soon) as\b|\bahead of\b|\bgoing to\b|\bset for\b|\bplans? (?:to|for)\b"
    r"|\bof record\b|\b(?:until|through|by) $"
)
_BACK = frozenset(
    """said was were had did told went came took met wrote won lost held made gave began spoke sent
    left ran led put saw got became found says has have have've hit fell rose broke stood sat drew
    brought called struck killed shot died fought grew knew kept let paid read rode sang sold spent
    swore taught thought threw woke built bought caught chose cut dealt fed felt flew forgot hid
    ago since previously dated following posted""".split()
)
_NOT_VERBS = frozenset("need indeed hundred united red bed feed seed speed embed led".split())


def _looks_back(word: str) -> bool:
    return word in _BACK or (len(word) > 4 and word.endswith("ed") and word not in _NOT_VERBS)


def _is_ahead(word: str) -> bool:
    return word in _AHEAD or word.endswith(("'ll", "’ll"))


def _first_cue(words: list[str]) -> int:
    """What the first word that tells a tense tells: 1 ahead, -1 back, 0 if none does."""
    for word in words:
        if _is_ahead(word):
            return 1
        if _looks_back(word):
            return -1
    return 0


def _last_cue(words: list[str]) -> int:
    """The same from the end; "will be paid" and "to be shown" look ahead."""
    for at in range(len(words) - 1, -1, -1):
        if _looks_back(words[at]):
            return 1 if _is_passive_ahead(words[max(0, at - 4) : at]) else -1
        if _is_ahead(words[at]):
            return 1
    return 0


def _is_passive_ahead(words: list[str]) -> bool:
    return "be" in words and any(_is_ahead(word) or word == "to" for word in words)


def clause(text: str, span: Span) -> tuple[str, str]:
    """What stands before and after `span` in its sentence, cut at MAX_CLAUSE_CHARS."""
    before = text[max(0, span.start - MAX_CLAUSE_CHARS) : span.start]
    after = text[span.end : span.end + MAX_CLAUSE_CHARS]
    breaks = [m.end() for m in _BREAK.finditer(before)]
    found = _BREAK.search(after)
    return before[breaks[-1] if breaks else 0 :], after[: found.start() if found else len(after)]


def direction(text: str, span: Span) -> int:
    """1 if the clause of `span` looks ahead, -1 if back, 0 if nothing tells.

    The verb before the expression decides, the nearest one; where there is none, the one after it:
    "was set for Friday", "on Friday the court will".
    """
    before, after = clause(text, span)
    near = before[-48:]
    if _AHEAD_PHRASE.search(near):
        return 1
    cue = _last_cue([w.lower() for w in _WORD.findall(before)])
    if cue:
        return cue
    if _AHEAD_PHRASE.search(after[:60]):
        return 1
    return _first_cue([w.lower() for w in _WORD.findall(after)])
