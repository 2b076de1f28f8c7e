"""Names by their capitals: how long it takes to find them."""

from __future__ import annotations

import time

from retold.reading import capitals
from retold.types import Span


def seconds(people: int) -> float:
    """What it takes to find so many people in one paragraph."""
    line = "The mayor, Anna Holt of Varn, met Karl Weiss. " * (people // 2)
    before = time.process_time()
    assert len(capitals.find(line, Span(0, len(line)))) >= people
    return time.process_time() - before


def test_a_book_in_one_paragraph_takes_as_long_as_it_is() -> None:
    """Eight times the names take not much more than eight times as long: each word is found where
    it stands, and not by looking at all."""
    few = min(seconds(500) for _ in range(3))
    assert seconds(4000) < 20 * few
