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
