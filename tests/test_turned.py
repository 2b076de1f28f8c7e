"""Which changes between quoted words are changes of one utterance."""

from __future__ import annotations

import pytest

from retold.comparing import people, slots, turned
from tests import readings


def weights(*texts: str) -> dict[tuple[str, str], float]:
    """The changed words of both texts with their weight."""
    held = [readings.dated(text, outlet) for text, outlet in zip(texts, "ab", strict=True)]
    cast = people.merge(held)
    told = [s for r in held for s in slots.of(r, cast.of)]
    return {(a.form, b.form): weight for (_, a), (_, b), weight in turned.find(told)}


@pytest.mark.parametrize(
    ("first", "second", "changed", "expected"),
    [
        pytest.param(
            "“Nobody of the crew plotted or dealt with brokers in its plans to close the old "
            "ferry line,” she wrote.",
            "“Nobody of the crew plotted or dealt with the mayor in these plans, despite "
            "several offers from owners abroad,” she wrote.",
            ("brokers", "the mayor"),
            False,
            id="both go on, each its own way",
        ),
        pytest.param(
            "“The clerk’s inquiry did not find that anybody in the town plotted or dealt with "
            "brokers in its plans to close the old ferry line,” she wrote.",
            "“The clerk did not find that anybody in the town plotted or dealt with the mayor in "
            "these plans, despite several offers from owners abroad,” she wrote.",
            ("clerk did", "clerk's inquiry"),
            False,
            id="another change before that",
        ),
        pytest.param(
            "“We are grateful to everybody here, but we reject his visit,” she said.",
            "“We are grateful to everybody here, but we reject his message,” she said.",
            ("visit", "message"),
            True,
            id="both end",
        ),
        pytest.param(
            "“Nobody of the crew plotted with the harbour in its plan,” she wrote.",
            "“Nobody of the crew dealt with the harbour in its plan to close the ferry line before "
            "the winter comes,” she wrote.",
            ("plotted", "dealt"),
            True,
            id="one ends earlier",
        ),
    ],
)
def test_a_change_of_one_utterance_stands_between_words_that_both_have(
    first: str, second: str, changed: tuple[str, str], expected: bool
) -> None:
    """Where two quotations have no more in common on one side, they are of two sentences."""
    found = weights(first, second)
    assert changed in found
    assert (found[changed] > 1) is expected


QUOTED = "“Nobody told me that the old ferry line of our town would close in May,” she wrote."


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param(
            "Nobody told me that the old bus line of our town would close in May.",
            {("ferry", "bus"): True},
            id="a block",
        ),
        pytest.param(
            "She wrote that nobody had told her in time, or asked her, whether the old bus line "
            "of the town would close in May.",
            {},
            id="a report of it",
        ),
        pytest.param("The bus line of our town would close.", {}, id="a few words of it"),
        pytest.param(
            "Nobody told her that the old bus line of the town would close in May.",
            {},
            id="nobody speaks in it",
        ),
    ],
)
def test_a_quotation_may_stand_without_marks(
    other: str, expected: dict[tuple[str, str], bool]
) -> None:
    """A post or a transcript is set as a block: nearly all its words are the other's, in a row."""
    found = weights(QUOTED, other)
    assert {changed: weight > 1 for changed, weight in found.items()} == expected


def test_an_ampersand_is_a_word() -> None:
    """Posts write it for "and"."""
    first = "“Ann Lind and I had the honor of closing the old ferry line in May,” she wrote."
    assert not weights(first, first.replace(" and ", " & "))
