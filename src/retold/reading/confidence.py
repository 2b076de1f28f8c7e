"""How sure an attribution is: one number from what the heads said of its parts.

The weights are fitted to a careful reader's statements (training/confidence.py) and stand in the
model's config, those for what is said within contents apart: 0.7 means that about seven in ten such
attributions are statements.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from retold import lexicons

NAMES = (
    "one",
    "content",  # log-probability of the labels, mean over tokens
    "cue",
    "source",
    "content to cue",  # log-probability of the link
    "cue to source",
    "has no cue",
    "has no source",
    "is quoted",
    "cue is of speech",
    "content is short",  # in words, up to eight
    "pieces",
)
# what more there is to go by within a content, which its own weights judge
WITHIN = (
    *NAMES,
    "margin of the cue",  # how much better its labels score than none, mean over tokens
    "margin of the source",
    "at second sight",  # found only where what begins a stretch scores higher
    "by the one who speaks",
    "by one person described",  # “the doctor”
    "share of the content",
    "at its head",
    "cue is a thought",
    "cue is no known act",
    "in quotation marks",
    "begins with “that”",
    "begins with a mark",
    "begins with “to”, “for”, “of” …",  # no clause
    "may not have been said",  # “he would say”, “if they ask”
    "by nobody or anybody",
    "by something written",
    "by a relative pronoun",
    "score of the statement around it",
)
OWN = frozenset(("i", "we", "you"))
_SPEECH = frozenset(("stated", "asked", "ordered", "denied"))
_WORD = re.compile(r"\w+")
_OPEN = re.compile(
    r"\b(?:would|could|might|should|may|will|can|cannot|must|to|if|when|unless|whether|not|never|wo|"
    r"let|please)\b|n[’']t\b|[’'](?:ll|d)\b",
    re.IGNORECASE,
)
LEAD_CHARS = 14  # before a cue: “if he {says}”, “they would not {say}”
_ANYBODY = frozenset("anybody anyone everybody everyone nobody people somebody someone".split())  # noqa: SIM905
_RELATIVE = frozenset(("who", "which", "that", "what"))
_NO_CLAUSE = frozenset(("to", "for", "about", "of", "on", "against", "by"))


def features(
    *,
    content: Sequence[str],
    cue: str | None,
    logs: dict[str, float],
) -> list[float]:
    """What NAMES lists, in that order; `logs` holds the log-probabilities that there are."""
    words = sum(len(_WORD.findall(piece)) for piece in content)
    speech = lexicons.words("reporting")
    return [
        1.0,
        *(max(-5.0, logs.get(name, 0.0)) for name in NAMES[1:6]),
        float(cue is None),
        float("source" not in logs),
        float(any(piece[:1] in '“"«„' for piece in content)),
        float(cue is not None and any(word in speech for word in _WORD.findall(cue.lower()))),
        max(0.0, 8.0 - words) / 8.0,
        float(len(content) - 1),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """A finding within a content: its words, those right before its cue, and what was seen of it.

    `source` and `cue` may be empty; `margins` are of the cue and of the source, `share` is that of
    the content which it takes up, `around` the score of the statement around it.
    """

    source: str
    cue: str
    content: str
    lead: str
    margins: tuple[float, float]
    share: float
    around: float
    is_second: bool
    is_first: bool
    is_quoted: bool


def within(found: Inside) -> list[float]:
    """What WITHIN lists beyond NAMES."""
    table = lexicons.table("cues")
    said_by, content = (
        [word.lower() for word in _WORD.findall(words)] for words in (found.source, found.content)
    )
    acts = {table[word] for word in _WORD.findall(found.cue.lower()) if word in table}
    first = content[0] if content else ""
    return [
        *found.margins,
        float(found.is_second),
        float(found.source.lower() in OWN),
        float(any(word in lexicons.words("person_nouns") for word in said_by)),
        found.share,
        float(found.is_first),
        float(bool(acts - _SPEECH)),
        float(not acts),
        float(found.is_quoted),
        float(first == "that"),
        float(found.content[:1] in "\"“‘'"),
        float(first in _NO_CLAUSE),
        float(is_open(f"{found.lead} {found.cue}")),
        float(bool(_ANYBODY & set(said_by[:1]))),
        float(bool(lexicons.words("document_nouns") & set(said_by[-1:]))),
        float(bool(_RELATIVE & set(said_by[:1]))),
        found.around,
    ]


def is_open(words: str) -> bool:
    """True if words have one after which nothing may have been said: "if", "would", "not"."""
    return _OPEN.search(words) is not None


def score(held: Sequence[float], weights: Sequence[float]) -> float:
    """The probability that these features belong to a statement, 0..1."""
    total = sum(a * b for a, b in zip(held, weights, strict=True))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
