"""How alike two stretches of an article are to the model: the angle between their states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retold.reading.encoder import Floats, States
from retold.types import Span


@dataclass(frozen=True, slots=True)
class Likeness:
    """The states of an article's tokens, summed up to each."""

    states: States
    total: Floats

    def of(self, span: Span, others: Sequence[Span]) -> list[float]:
        """The cosine between `span` and each of `others`, 0 where no token is."""
        rows = self._units([span, *others])
        return [float(one) for one in rows[1:] @ rows[0]]

    def _units(self, held: Sequence[Span]) -> Floats:
        places = [self.states.tokens.within(span) for span in held]
        rows = self.total[[p.stop for p in places]] - self.total[[p.start for p in places]]
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        units: Floats = rows / np.maximum(lengths, 1e-9)
        return units


def of(states: States) -> Likeness:
    """The likeness of the stretches of the article whose states these are."""
    total = np.zeros((len(states.tokens) + 1, states.passages.shape[1]), dtype=np.float32)
    np.cumsum(states.passages, axis=0, out=total[1:])
    return Likeness(states=states, total=total)
