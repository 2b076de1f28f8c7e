"""How sure it is that words came the way that is shown: both last names of a chain.

A chain is as weak as its weakest hop, and a statement within another may be nobody's. The weights
are fitted to what readers found to be said through others (training/chains.py) and lie with their
origin in `models/chains.json`: of chains with 0.7 about seven in ten are right in both names.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from retold import lexicons
from retold.reading import confidence
from retold.reading.chains import Chain, Way
from retold.reading.cues import words_of
from retold.reading.stage import Stage
from retold.types import Span, Triple

NAMES = (
    "one",
    "score of the statement",  # log-odds
    "share of the statement around it",  # logarithm
    "within what is itself within another",
    "through a report",  # “according to”, “reportedly”, an account
    "cue of the statement around it is of speech",
    "statement around it has no cue",
    "cue is no known act",
    "may not have been said",  # “he would say”, “if they ask”
    "by “he” or “she”",
    "score of the less sure speaker",
)
MIN_ODDS, MAX_ODDS = 0.02, 0.98
_SPEECH = frozenset(("says", "tells", "states", "asks"))
_PERSONAL = frozenset(("he", "she"))


def features(stage: Stage, index: int, chain: Chain) -> list[float]:
    """What NAMES lists of the chain of a triple, in that order."""
    triple = stage.triples[index]
    around = stage.triples[chain.around] if chain.around is not None else None
    speakers = [stage.found[at][1] for at in (index, chain.around) if at is not None]
    return [
        1.0,
        _log_odds(triple.score),
        math.log(_length(triple) / _length(around)) if around else -1.0,
        float(around is not None and around.parent is not None),
        float(chain.way is Way.REPORT),
        float(around is None or _is_speech(stage.text, around)),
        float(around is not None and not around.cue),
        float(bool(triple.cue) and not _acts(stage.text, triple.cue)),
        float(_may_not_be_said(stage.text, triple)),
        float(_is_personal(stage, index)),
        min(speakers),
    ]


def score(stage: Stage, index: int, chain: Chain) -> float:
    """The probability that both last names of a chain are right, 0..1; of a speaker through nobody
    how sure he is, and 0 where nobody is known."""
    speaker, sureness = stage.found[index]
    if speaker is None or chain.way is Way.NOBODY:
        return sureness if speaker is not None else 0.0
    return round(confidence.score(features(stage, index, chain), weights()), 4)


@cache
def weights() -> tuple[float, ...]:
    """The weights in the order of NAMES."""
    path = files("retold").joinpath("models", "chains.json")
    held = json.loads(path.read_text(encoding="utf-8"))["weights"]
    return tuple(float(held[name]) for name in NAMES)


def _log_odds(share: float) -> float:
    held = min(max(share, MIN_ODDS), MAX_ODDS)
    return math.log(held / (1 - held))


def _length(triple: Triple) -> int:
    return sum(map(len, triple.content))


def _acts(text: str, cue: Sequence[Span]) -> set[str]:
    """The kinds of the verbs of saying in a cue."""
    kinds = lexicons.table("speech_verbs")
    return {kinds[word] for word in words_of(text, cue) if word in kinds}


def _is_speech(text: str, triple: Triple) -> bool:
    """True for "said" and "according to", not for "believes" or "will decide"."""
    return bool(_acts(text, triple.cue) & _SPEECH) or "according" in words_of(text, triple.cue)


def _is_personal(stage: Stage, index: int) -> bool:
    """True for "he" and "she", who stand for one person."""
    words = words_of(stage.text, stage.triples[index].source)
    return bool(words) and set(words) <= _PERSONAL


def _may_not_be_said(text: str, triple: Triple) -> bool:
    """True where "if", "would" or "not" stands before the cue or in it."""
    at = min((span.start for span in triple.cue), default=triple.content[0].start)
    end = max((span.end for span in triple.cue), default=at)
    return confidence.is_open(text[max(0, at - confidence.LEAD_CHARS) : end])
