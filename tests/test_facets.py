"""What the words of a difference part in."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from retold.comparing import facets
from retold.comparing.contrast import Floats
from retold.comparing.slots import Sentence, SlotKind
from retold.types import Facet, Span
from tests import readings


def _measured(*texts: str) -> dict[str, float]:
    held, shown = readings.parted(*texts)
    row = facets.measure([facets.side(slot, held) for slot in shown])
    return dict(zip(facets.NAMES, row.tolist(), strict=True))


@pytest.mark.parametrize(
    ("a", "b", "column", "expected"),
    [
        ("The crew [left in May 2030].", "The crew [left the quay].", "most own dates", 1),
        ("In May 2030 the crew [left].", "The crew [left in May 2030].", "most own dates", 0),
        ("It sold [48 boats].", "It sold [more than 40 boats].", "least own numbers", 1),
        ("The crew of [Ada Berg] left.", "The crew of [the ferry] left.", "most own names", 2),
        ("They did [not leave].", "They did [leave].", "most own negations", 1),
        ("“We [left early],” they said.", "They said they [left early].", "alike in one quoted", 1),
        ("The crew [left the quay].", "The crew [left the quay].", "alike in longest run", 3),
    ],
    ids=["a day", "the same day", "two counts", "a name", "a denial", "one quotes", "one run"],
)
def test_what_counts_is_what_the_other_accounts_lack(
    a: str, b: str, column: str, expected: float
) -> None:
    """A number, a date, a name or a "not" is a side's own where no other sentence has it."""
    assert _measured(a, b)[column] == expected


def test_the_measures_are_the_same_for_any_order_of_the_sides() -> None:
    """Least and most are asked, not first and second."""
    held, shown = readings.parted("The crew [left in May].", "The owners [sold 48 boats].")
    sides = [facets.side(slot, held) for slot in shown]
    assert facets.measure(sides).tolist() == facets.measure(sides[::-1]).tolist()


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (
            "The council met [at the hall on Tuesday].",
            "The council met [at the hall on Tuesday evening].",
            Facet.DATE,
        ),
        (
            "“We will [never leave this town behind us],” he said.",
            "“We will [never leave this town],” he said.",
            Facet.WORDING,
        ),
    ],
    ids=["a day and its evening", "a quotation cut"],
)
def test_the_facet_follows_from_the_words(a: str, b: str, expected: Facet) -> None:
    """A time that one account alone gives is of the date, quoted words are of the wording."""
    held, shown = readings.parted(a, b)
    assert facets.of(shown, held)[0] is expected


def test_a_difference_of_number_shows_the_numbers() -> None:
    """Where the trees see a number in a clause, the numbers beside each other are shown."""
    held, shown = readings.parted(
        "The yard sent [50,000 pages] of letters.", "It received [55,000 pages] from the yard."
    )
    facet, found = facets.settle(shown, _sure_of(Facet.NUMBER), held)
    assert (facet, [slot.form for slot in found]) == (
        Facet.NUMBER,
        ["50,000 pages", "55,000 pages"],
    )


def test_the_same_date_is_no_difference_of_date() -> None:
    """The facet is the next likely one where the other sentence gives the same date."""
    held, shown = readings.parted(
        "The crew left [the harbor in May 2030].", "The crew left [the quay in May 2030]."
    )
    odds = _sure_of(Facet.DATE) + _sure_of(Facet.PLACE) / 2
    assert facets.settle(shown, odds, held)[0] is Facet.PLACE


@pytest.mark.parametrize(
    ("facet", "a", "b", "expected"),
    [
        (
            Facet.PERSON,
            "They built [the wide bridge].",
            "They opened [the old bridge].",
            Facet.DETAIL,
        ),
        (
            Facet.MODALITY,
            "They built [the wide bridge].",
            "They opened [the old bridge].",
            Facet.DETAIL,
        ),
        (Facet.MODALITY, "It [allegedly] leaned west.", "It [leaned] west.", Facet.MODALITY),
    ],
    ids=["nobody", "no hedge", "a hedge"],
)
def test_a_facet_is_borne_out_by_the_words(facet: Facet, a: str, b: str, expected: Facet) -> None:
    """No difference is called one of person where nobody is named, nor of modality without a word
    for it."""
    held, shown = readings.parted(a, b)
    odds = _sure_of(facet) + _sure_of(Facet.DETAIL) / 2
    assert facets.settle(shown, odds, held)[0] is expected


def _sure_of(facet: Facet) -> Floats:
    return np.array([one is facet for one in Facet], np.float32)


@pytest.mark.parametrize(
    ("shown", "frame", "expected"),
    [
        ("“We will [never leave this town,” he said] today.", "he said", "never leave this town"),
        (
            "[“We will never leave,” he said in a statement] today.",
            "he said",
            "we will never leave",
        ),
        ("[In a statement he said “we will never leave]”.", "he said", "we will never leave"),
        (
            "[It is late, and “we will never leave]” holds.",
            "",
            "it is late, and “we will never leave",
        ),
    ],
    ids=["behind", "with how it was said", "before", "words of nobody's speaking"],
)
def test_who_said_it_is_no_part_of_a_wording(shown: str, frame: str, expected: str) -> None:
    """Of quoted words that differ, "he said in a statement" beside them is not marked."""
    held, slots = readings.parted(shown, "“We will [stay],” he said.")
    text = held[0].form
    at = held[0].span.start + text.index(frame)
    held[0] = _framed(held[0], Span(at, at + len(frame))) if frame else held[0]
    found = facets.settle(slots, _sure_of(Facet.WORDING), held)[1]
    assert found[0].form.strip("“") == expected


def _framed(sentence: Sentence, said: Span) -> Sentence:
    cue = dataclasses.replace(sentence.slots[0], kind=SlotKind.CUE, span=said)
    return dataclasses.replace(sentence, slots=(*sentence.slots, cue))


def test_a_side_without_a_date_shows_its_words() -> None:
    """Where one account alone gives the day, the day is set against the words of the other."""
    held, shown = readings.parted("[They left the quay in May 2030].", "[They left the quay].")
    facet, found = facets.settle(shown, _sure_of(Facet.DATE), held)
    assert (facet, [slot.form for slot in found]) == (
        Facet.DATE,
        ["may 2030", "they left the quay"],
    )


def test_a_number_that_one_side_lacks_is_no_difference_of_number() -> None:
    """What is told without a count is not told with another."""
    held, shown = readings.parted("[It sold 48 boats to them].", "[It sold the boats].")
    odds = _sure_of(Facet.NUMBER) + _sure_of(Facet.DETAIL) / 2
    assert facets.settle(shown, odds, held)[0] is Facet.DETAIL


def test_one_number_of_other_words_is_no_difference_of_number() -> None:
    """Eleven are eleven, whatever they are called, also where one side counts the dead too."""
    odds = _sure_of(Facet.NUMBER) + _sure_of(Facet.DETAIL) / 2
    for other in ("[Of the crew 11 people were hurt].", "[Beside 3 dead, 11 people were hurt]."):
        held, shown = readings.parted("[Eleven others were hurt] in it.", other)
        assert facets.settle(shown, odds, held)[0] is Facet.DETAIL


def test_a_number_beside_the_words_is_not_what_they_part_in() -> None:
    """The numbers of a sentence are none of a difference that shows other words of it."""
    held, shown = readings.parted(
        "The yard [sold the ferry] to 48 owners.", "The yard [kept the barge] for 52 owners."
    )
    odds = _sure_of(Facet.NUMBER) + _sure_of(Facet.DETAIL) / 2
    assert facets.settle(shown, odds, held)[0] is Facet.DETAIL


def test_what_both_sides_count_is_not_shown_as_their_difference() -> None:
    """Of two numbers on either side the one that the other lacks is shown."""
    held, shown = readings.parted(
        "[It sold 48 boats and 12 rafts].", "[It sold 48 boats and 15 rafts]."
    )
    facet, found = facets.settle(shown, _sure_of(Facet.NUMBER), held)
    assert (facet, [slot.form for slot in found]) == (Facet.NUMBER, ["12 rafts", "15 rafts"])


def test_where_one_side_alone_has_a_number_of_its_own_it_says_more() -> None:
    """That one account counts the rafts too is a detail: no number is another."""
    held, shown = readings.parted("[It sold 48 boats and 12 rafts].", "[It sold 48 boats].")
    odds = _sure_of(Facet.NUMBER) + _sure_of(Facet.DETAIL) / 2
    assert facets.settle(shown, odds, held)[0] is Facet.DETAIL
