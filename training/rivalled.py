"""What a reader made of rival values that were found in stories as they are.

A line of `rivalled.jsonl` beside this file is a cluster of the AllSides corpus, with the pairs of
values that are given for one thing (`rivals`) and those that are no clear case (`doubtful`), each
value by its place: article, start and end. What else was found there, down to half their bounds by
trees that had learned from altered copies alone, in the last hundred by a network that asks about
blanks (`README.md`), is of two things; so, it is taken, is all that was not found.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from retold import spans
from retold.comparing.rivals import Rivals
from retold.types import Span

RIVALLED = Path(__file__).with_name("rivalled.jsonl")
RIVALS, DOUBTFUL = "rivals", "doubtful"


def labels() -> dict[str, Mapping[str, Any]]:
    """What was judged of each cluster, in the order of the file."""
    rows = map(json.loads, RIVALLED.read_text(encoding="utf-8").splitlines())
    return {row["story"]: row for row in rows}


def judged_as(one: Rivals, row: Mapping[str, Any], order: Sequence[str]) -> str | None:
    """What the two values were judged to be, None for two things; `order` are the ids of the
    articles."""
    for kind in (RIVALS, DOUBTFUL):
        if any(_shows(one, pair, order) for pair in row.get(kind, ())):
            return kind
    return None


def _shows(one: Rivals, pair: Sequence[Sequence[int]], order: Sequence[str]) -> bool:
    """True if the two share characters with both places of the pair."""
    met = {
        slot.article_id
        for slot in one.slots
        for article, start, end in pair
        if slot.article_id == order[article] and spans.overlaps(slot.span, Span(start, end))
    }
    return len(met) > 1
