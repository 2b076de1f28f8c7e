"""How sure an attribution is: one number from what the heads said of its parts.

The weights are fitted to a careful reader's statements (training/confidence.py) and stand in the
model's config, those for what is said within contents apart: 0.7 means that about seven in ten such
attributions are statements.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

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
)
OWN = frozenset(("i", "we", "you"))
_SPEECH = frozenset(("stated", "asked", "ordered", "denied"))
_WORD = re.compile(r"\w+")


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


def within(
    *,
    source: str,
    cue: str,
    margins: Sequence[float],
    share: float,
    is_second: bool,
    is_first: bool,
    is_quoted: bool,
    has_that: bool,
) -> list[float]:
    """What WITHIN lists beyond NAMES; `source` and `cue` may be empty, `margins` are of the cue and
    of the source."""
    table, people = lexicons.table("cues"), lexicons.words("person_nouns")
    acts = {table[word] for word in _WORD.findall(cue.lower()) if word in table}
    return [
        *margins,
        float(is_second),
        float(source.lower() in OWN),
        float(any(word in people for word in _WORD.findall(source.lower()))),
        share,
        float(is_first),
        float(bool(acts - _SPEECH)),
        float(not acts),
        float(is_quoted),
        float(has_that),
    ]


def score(held: Sequence[float], weights: Sequence[float]) -> float:
    """The probability that these features belong to a statement, 0..1."""
    total = sum(a * b for a, b in zip(held, weights, strict=True))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
