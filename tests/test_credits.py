"""The same quotation, credited to different speakers."""

from __future__ import annotations

import pytest

from retold.comparing import report
from retold.types import Difference, Facet
from tests import readings

WORDS = "“Nobody here took a single crown,”"


def parted(first: str, second: str, who: tuple[str, str]) -> list[Difference]:
    """The differences in attribution between two accounts of one remark."""
    texts = [
        f"Council\n\n{{q1 {WORDS}}} {{s1 {source}}} {{c1 said}}." for source in (first, second)
    ]
    held = [
        readings.read(text, outlet=outlet, speakers=(name,))
        for text, outlet, name in zip(texts, ("Post", "Herald"), who, strict=True)
    ]
    told = report.compile(held)
    return [d for c in told.claims for d in c.differences if d.facet is Facet.ATTRIBUTION]


def test_a_quotation_credited_to_two_is_a_conflict() -> None:
    """The sources stand against each other, each with the speaker whom it names."""
    (found,) = parted("Mara Lind", "Tom Achter", ("Mara Lind", "Tom Achter"))
    assert {value.value for value in found.values} == {"Mara Lind", "Tom Achter"}


@pytest.mark.parametrize(
    ("first", "second", "who"),
    [
        ("Mara Lind", "Lind", ("Mara Lind", "Mara Lind")),
        ("he", "Tom Achter", ("Mara Lind", "Tom Achter")),
    ],
    ids=["one speaker", "a pronoun"],
)
def test_what_may_be_one_speaker_is_none(first: str, second: str, who: tuple[str, str]) -> None:
    """The same speaker, or one whom a pronoun stands for, is no difference."""
    assert parted(first, second, who) == []
