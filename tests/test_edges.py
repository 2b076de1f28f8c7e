"""Where the words shown begin and end: in no middle of a name, a time or a bracket."""

from __future__ import annotations

import pytest

from retold.comparing import edges
from tests import readings


@pytest.mark.parametrize(
    ("bracketed", "expected"),
    [
        ("The ferry left at 6:[12 p.m. by the clock].", "6:12 p.m. by the clock"),
        ("Rep. Ann Lind {[D-Ore.} spoke up] for the crew.", "spoke up"),
        ("It was [her lawyer Ann Lind {D-Ore].} of Lindholm.", "her lawyer Ann Lind"),
        ("It was sold by [the former owner, George] Falk.", "the former owner, George Falk"),
        ("It was sold for [a sum of 48] pages.", "a sum of 48 pages"),
        ("Lind {[D-Ore].} of Lindholm left.", "D-Ore"),
        ("It was [sold {at last} to the crew].", "sold (at last) to the crew"),
        ("It was [sold to the crew].", "sold to the crew"),
    ],
    ids=[
        "a time of day",
        "behind a bracket",
        "before a bracket",
        "a name",
        "a number",
        "nothing but a bracket",
        "a whole bracket",
        "whole already",
    ],
)
def test_what_is_shown_breaks_off_in_the_middle_of_nothing(bracketed: str, expected: str) -> None:
    """A name, a number and a time are shown whole, half a bracket is not shown."""
    text = bracketed.replace("{", "(").replace("}", ")")
    held, shown = readings.parted(text)
    (slot,) = edges.smooth(shown, held)
    written = text.replace("[", "").replace("]", "")
    before = slot.span.start - held[0].span.start
    assert written[before : before + len(slot.span)] == expected
