"""How sure it is that what is shown of a claim is a difference: that it would be taken for one.

The trees that choose the words know that two stretches part; they do not know whether what was put
together tells of one thing at all. Here both are weighed: the odds of the words, and how surely the
very passages that hold them tell the same thing, and how much of what the sentences have of their
own stands within the words. Trained on differences that strict readers judged one by one, and on
those that careful readers noted (`training/sureness.py`).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retold.comparing import own, trees
from retold.comparing.alignment import Judged
from retold.comparing.units import Floats
from retold.types import Facet, Passage, Place

MODEL = "sureness"
FACETS = tuple(Facet)
NAMES = (
    "odds", "told", "passages", "articles", "sides", "least judged", "most judged", "mean judged",
    *FACETS, "least chars", "most chars", "mean chars", *own.NAMES,
)  # fmt: skip
"""What the columns of the measures are called, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is shown as a difference of a claim: a place an article, what it parts in, and the odds
    of the words; `told` is how sure it is of the claim that its passages tell the same, `own` what
    the words hold of each side's own (`own.measure`)."""

    facet: Facet
    places: tuple[Place, ...]
    odds: float
    passages: Sequence[Passage]
    told: float
    own: Floats


def judge(shown: Sequence[Shown], judged: Judged) -> tuple[float, ...]:
    """For each the probability that a reader takes it for a difference."""
    if not shown:
        return ()
    rows = np.stack([measure(one, judged) for one in shown])
    return tuple(trees.load(MODEL).judge(rows).tolist())


def measure(shown: Shown, judged: Judged) -> Floats:
    """What is known of it: the columns of `NAMES`."""
    pairs = [judged.likeliest(a, b) for a, b in itertools.combinations(shown.places, 2)]
    chars = [len(place.span) for place in shown.places]
    return np.array(
        [
            shown.odds,
            shown.told,
            len(shown.passages),
            len({passage.article_id for passage in shown.passages}),
            len(shown.places),
            min(pairs),
            max(pairs),
            sum(pairs) / len(pairs),
            *(shown.facet is facet for facet in FACETS),
            min(chars),
            max(chars),
            sum(chars) / len(chars),
            *shown.own,
        ],
        np.float32,
    )
