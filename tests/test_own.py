"""What a side has of its own, against the sentences around the other side."""

from __future__ import annotations

import pytest

from retold.comparing import own, slots
from tests import readings


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (
            "She opposed [a change in the fares].",
            "A change in the fares, Lind opposed [that].",
            False,
        ),
        ("The [message from Tuesday] is clear.", "The message from [Tuesday] is clear.", False),
        ("The [message from Tuesday] is clear.", "The message from [Monday] is clear.", True),
        ("The [ferry sank].", "The [ferry] came home.", True),
        ("[They’re the owners] of the ferry.", "[The owners] of the ferry they are.", False),
    ],
    ids=[
        "said in both",
        "a weekday reckoned from two dates",
        "two weekdays",
        "a word of its own",
        "words of grammar run together",
    ],
)
def test_slots_part_by_what_the_other_sentences_lack(a: str, b: str, expected: bool) -> None:
    """Words that stand in the other account too, outside the slot, are no difference."""
    held, shown = readings.parted(a, b)
    assert own.part(shown, held) is expected


@pytest.mark.parametrize(
    ("a", "expected"),
    [
        ("“[The yard is in a trust and nobody may sell it],” he said.", False),
        ("He said “[nobody sell it may]”.", True),
        ("He said that “[nobody may sell the crew]”.", True),
    ],
    ids=["in one piece", "in another order", "with another word"],
)
def test_a_quotation_broken_by_who_speaks_is_the_same(a: str, expected: bool) -> None:
    """The words of a quotation part where they stand nowhere in the other one after the other."""
    held, shown = readings.parted(
        a, "“The yard is in a trust,” said Lind, “[and nobody may sell it].”"
    )
    assert own.part(shown, held) is expected


def test_the_sentences_around_are_those_of_the_same_article() -> None:
    """Three before and three behind, in the order of the article."""
    text = " ".join(f"The ferry sank in {year}." for year in range(2030, 2040))
    told = slots.of(readings.dated(text, "Outlet"), {})
    assert own.near([told[4]], {told[0].article_id: told}) == list(told[1:8])


@pytest.mark.parametrize(
    ("a", "share"),
    [
        ("The ferry sank off [Veldmoor].", 0.5),
        ("The ferry [sank off Veldmoor].", 1.0),
        ("The [ferry] sank off Veldmoor.", 0.0),
    ],
    ids=["half of it", "all of it", "none of it"],
)
def test_the_share_of_own_words_that_a_slot_holds(a: str, share: float) -> None:
    """Of two own words as rare as each other one is half of what a sentence has of its own."""
    held, shown = readings.parted(a, "The [ferry] came home.")
    row = dict(zip(own.NAMES, own.measure(shown, held, {}).tolist(), strict=True))
    assert row["most share of own within"] == share
    assert (row["least share of own within"], row["least sentences in common"]) == (0.0, 0.5)


@pytest.mark.parametrize(
    ("b", "expected"),
    [
        (
            "“The yard is in a trust, and [nobody may sell the ferry or its crew, ever].”",
            True,
        ),
        (
            "“The yard is in a trust, and [nobody may re-sell the ferry or its crew].”",
            False,
        ),
        ("He said [nobody may sell the ferry or its crew, never].", False),
    ],
    ids=["cut elsewhere", "changed", "not quoted"],
)
def test_a_quotation_may_be_only_cut_elsewhere(b: str, expected: bool) -> None:
    """Where the windows on one quotation begin and end says little; a changed word is another."""
    held, shown = readings.parted(
        "She said “the yard is in a trust, [and nobody may sell the ferry or its crew].”", b
    )
    assert own.is_only_cut(shown, held) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("The ferry sank [with 12 of the crew].", "The ferry sank [at night].", True),
        ("The ferry [may have sunk].", "The ferry [capsized].", True),
        ("She met [Jon Falk in the hall].", "She met [the mayor].", True),
        (
            "The ferry [brought frightened sailors, goats, apples] home.",
            "The ferry [steered] home.",
            True,
        ),
        ("The crew [huddled in the hall].", "The crew [met in private].", False),
        ("The ferry sank [off Veldmoor with its 12 goats].", "The ferry [sank].", False),
    ],
    ids=[
        "a number",
        "a hedge",
        "a name",
        "many words",
        "a few other words",
        "one only says more",
    ],
)
def test_two_sides_answer_each_other(a: str, b: str, expected: bool) -> None:
    """Each has something of its own, and one of them something to check or much to say."""
    held, shown = readings.parted(a, b)
    assert own.answer(shown, held) is expected
