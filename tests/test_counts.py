"""Two numbers in the same place, and what says that both can be right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from retold.comparing import conflicts, counts, people, slots
from retold.comparing.counts import Told
from retold.comparing.slots import Slot, SlotKind
from tests import readings


def _numbers(first: str, second: str) -> tuple[Slot, Slot, Told]:
    """The last number of each text, and the sentences of both."""
    held = [readings.dated(text, outlet) for text, outlet in ((first, "Post"), (second, "Herald"))]
    cast = people.merge(held)
    told = {r.article.id: slots.of(r, cast.of) for r in held}
    last = [
        [s for one in told[r.article.id] for s in one.slots if s.kind is SlotKind.NUMBER][-1]
        for r in held
    ]
    return last[0], last[1], told


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("The indictment has 47 pages.", "The indictment has 48 pages.", False),
        ("The indictment has at least 47 pages.", "The indictment has 140 pages.", True),
        ("Both planners got $66,500.", "The planners got $133,000.", True),
        ("In May the plant made 210 boats.", "In April the plant made 240 boats.", True),
        ("In May the plant made 210 boats.", "In May the plant made 240 boats.", False),
        ("Lind has 48 percent.", "Lind has 48 percent and Achter has 45 percent.", True),
        (
            "The port index rose to 21,207 and the other to 2,481.",
            "The port index rose to 23,553 and the other to 2,741.",
            True,
        ),
        ("The clerk, Ann Lind, 47, left.", "The baker, Bo Achter, 48, left.", True),
        ("They fell back 20 miles.", "They fell back 30 kilometers (18.6 miles).", True),
        ("It made 180,000 pins. In 2030 it made 223,000 pins.", "It made 180,000 pins.", True),
        ("He knelt for nearly nine minutes.", "He knelt for 8 minutes and 46 seconds.", True),
        ("The fire killed 132 of the children.", "The fire killed 126 children.", True),
        ("Four senators voted no.", "The other three senators voted no.", True),
        ("Four senators voted no.", "Three senators voted no.", False),
        ("They keep 70% of the valley.", "They give up 30% of the valley.", True),
        ("The first ferry had 239 people aboard. The second had 298.",
         "The second ferry lost all 239 passengers.", True),
        ("It stood 400 miles south of Elm.", "It stood 325 miles from Oak Point.", True),
        ("It stood 400 miles south of Elm.", "It stood 325 miles southeast of Elm.", False),
        ("Of the students 43% were from the island.", "Of the students 43.4% were.", True),
        ("On Monday the index fell 414 points.", "On Tuesday the index fell 440 points.", True),
        ("On Monday the index fell 414 points.", "The index fell 440 points on Monday.", False),
        ("On Monday the index fell 414 points.", "The index fell 440 points.", False),
        ("Of 18 boats and seven rafts, the navy lost 18 boats.", "It lost 25 boats.", True),
        ("Of 18 boats and nine rafts, the navy lost 18 boats.", "It lost 25 boats.", False),
    ],
    ids=[
        "one thing", "a least", "each and both", "two months", "one month", "shares", "two lists",
        "two people", "converted", "given by both", "rounded", "some of them", "others",
        "no others", "the rest", "telling", "two places", "one place", "to a whole",
        "two days", "one day", "a day and none", "added up", "not added up",
    ],
)  # fmt: skip
def test_both_can_be_right_where_they_count_two_things(
    first: str, second: str, expected: bool
) -> None:
    """Bounds, shares, other months, other people and the other's own figure leave room for both."""
    assert counts.can_both_be_right(*_numbers(first, second)) is expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            "In Elmford, 200 people were rescued.",
            "Elmford saw 300 people at risk.",
            True,
        ),
        ("The flood trapped 200 people.", "The flood trapped 300 people.", False),
        ("It sold 200 boats, 20 planes.", "It sold 300 boats, 210 boats and 90 boats.", True),
    ],
)
def test_numbers_stand_apart_without_a_plain_word_in_common(
    first: str, second: str, expected: bool
) -> None:
    """A name beside both is not enough, and of a list it is not known which one is meant."""
    assert counts.stand_apart(*_numbers(first, second)) is expected


@pytest.mark.parametrize(
    ("verb", "days", "expected"),
    [
        ("killed", (6, 8), True),
        ("killed", (8, 6), False),
        ("killed", (6, 6), False),
        ("bought", (6, 8), False),
    ],
    ids=["later and higher", "later and lower", "the same day", "no toll"],
)
def test_a_toll_that_a_later_account_gives_higher_is_an_update(
    verb: str, days: Sequence[int], expected: bool
) -> None:
    """Each was right in its time."""
    a, b, told = _numbers(f"The storm {verb} 20 people.", f"The storm {verb} 24 people.")
    published = {
        slot.article_id: dt.date(2031, 5, day) for slot, day in zip((a, b), days, strict=True)
    }
    assert conflicts._is_update(a, b, told, published) is expected
