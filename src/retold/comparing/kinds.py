"""How near words come in meaning to the words of a kind: a person, a place, a count, a day.

"professors" stand in no list of nouns for persons, but near to those that do.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

import numpy as np

from retold import lexicons
from retold.comparing import facts, slots, units
from retold.comparing.facts import Word
from retold.comparing.units import Floats

NAMES = (
    "person", "group", "organisation", "place", "venue", "document", "time", "count", "saying",
    "hedge", "loaded",
)  # fmt: skip
NOTHING_KNOWN = -1.0


def near(words: Sequence[Word]) -> Floats:
    """For each kind of `NAMES` the cosine of the word that comes nearest to it."""
    known = units.lexicon()
    rows = [row for word in words if (row := known.rows.get(slots.folded(word))) is not None]
    if not rows:
        return np.full(len(NAMES), NOTHING_KNOWN, np.float32)
    return np.asarray((known.vectors[rows] @ _middles().T).max(axis=0), np.float32)


# --- inside ---------------------------------------------------------------------------------------


@cache
def _middles() -> Floats:
    """The middle of the words of each kind, of unit length."""
    listed: tuple[Collection[str], ...] = (
        slots.people(),
        lexicons.words("group_nouns"),
        lexicons.words("organisation_nouns"),
        slots.places(),
        lexicons.words("venues"),
        lexicons.words("document_nouns"),
        lexicons.words("tense"),
        lexicons.words("number_words") | lexicons.words("number_hedges"),
        lexicons.words("speech_verbs"),
        slots.hedges(),
        lexicons.words("loaded"),
    )
    known = units.lexicon()
    sums = []
    for words in listed:
        stems = {facts.stem(word) for word in words}
        rows = sorted(known.rows[stem] for stem in stems if stem in known.rows)
        sums.append(known.vectors[rows].sum(axis=0))
    middles = np.stack(sums)
    return np.asarray(middles / np.linalg.norm(middles, axis=1, keepdims=True), np.float32)
