"""How near words come in meaning to the words of a kind."""

from __future__ import annotations

import pytest

from retold.comparing import kinds
from tests import readings


def _near(word: str) -> dict[str, float]:
    held, _ = readings.parted(f"There stood [{word}].")
    words = [one for one in held[0].words if one.form == word]
    return dict(zip(kinds.NAMES, kinds.near(words).tolist(), strict=True))


@pytest.mark.parametrize(
    ("word", "expected"),
    [("professors", "person"), ("memo", "document"), ("seventeen", "count")],
)
def test_words_are_nearest_to_their_kind(word: str, expected: str) -> None:
    """A word that a list may lack is near to those that it holds."""
    near = _near(word)
    assert max(near, key=near.__getitem__) == expected


def test_of_a_word_that_nothing_is_known_of_no_kind_is_near() -> None:
    """A made-up word is as far from every kind."""
    assert set(_near("xqzzt").values()) == {kinds.NOTHING_KNOWN}


def test_of_several_words_the_nearest_counts() -> None:
    """A count beside a person is both."""
    held, _ = readings.parted("There stood [seventeen professors].")
    words = [one for one in held[0].words if one.form in ("seventeen", "professors")]
    both = dict(zip(kinds.NAMES, kinds.near(words).tolist(), strict=True))
    assert both["person"] == pytest.approx(_near("professors")["person"], rel=1e-4)
    assert both["count"] == pytest.approx(_near("seventeen")["count"], rel=1e-4)
