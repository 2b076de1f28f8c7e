"""How sure an attribution is: one number from what the heads said of its parts.

The weights are fitted to a careful reader's statements (training/confidence.py) and stand in the
model's config, so that 0.7 means that about seven in ten such attributions are statements.
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


def score(held: Sequence[float], weights: Sequence[float]) -> float:
    """The probability that these features belong to a statement, 0..1."""
    total = sum(a * b for a, b in zip(held, weights, strict=True))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
