"""What facets are learned from, of what readers judged."""

from __future__ import annotations

from typing import Any

import pytest

from retold.types import Facet
from tests import readings
from training import judged

TEXTS = ("The yard sold 48 boats in May.", "The yard sold 52 boats in spring.")
TITLE = "News\n\n"


def _places(*words: str) -> list[list[int]]:
    starts = [(TITLE + text).index(one) for text, one in zip(TEXTS, words, strict=False)]
    return [[n, start, start + len(words[n])] for n, start in enumerate(starts)]


BOATS, WHEN = _places("48 boats", "52 boats"), _places("in May", "in spring")


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        ({"label": "useful", "facet": "number", "sides": BOATS}, [["48 boats", "52 boats"]]),
        (
            {"label": "mark", "facet": "date", "sides": BOATS, "right": WHEN},
            [["in may", "in spring"]],
        ),
        ({"label": "apart", "sides": BOATS}, []),
        ({"label": "trivial", "facet": "number", "sides": BOATS[:1]}, []),
    ],
    ids=["as shown", "as it should be", "two things", "one side"],
)
def test_words_that_part_are_learned_from(one: dict[str, Any], expected: list[list[str]]) -> None:
    """Those shown where they part, else those that the reader found; none of two things."""
    told = [readings.dated(text, f"Outlet {n}", day=9 + n) for n, text in enumerate(TEXTS)]
    found = list(judged.parted([one], told))
    assert [[s.host.form_at(s.span) for s in sides] for sides, _ in found] == expected
    assert {facet for _, facet in found} == ({Facet(one["facet"])} if expected else set())


def test_every_judgement_can_be_learned_from() -> None:
    """Each has a label, places, and a facet that there is where it has one."""
    held = [one for told in judged.labels().values() for one in told]
    assert all(one["label"] and len(one["sides"]) > 1 for one in held)
    assert {one["facet"] for one in held if "facet" in one} <= {facet.value for facet in Facet}
