"""How sure a difference is: what is shown is weighed with whether its passages tell one thing."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest

from retold.comparing import alignment, facts, own, sureness
from retold.comparing.alignment import Judged
from retold.comparing.sureness import Shown
from retold.types import Facet, Place, Reading, Span
from tests import readings


def _judged(held: Sequence[Reading]) -> Judged:
    return alignment.judge(held, [facts.of(reading) for reading in held])


def _place(reading: Reading, words: str) -> Place:
    start = reading.article.text.index(words)
    return Place(reading.article.id, Span(start, start + len(words)))


def _pages() -> tuple[list[Reading], list[Place]]:
    held = [
        readings.dated("The indictment of the harbor master ran to 48 pages.", "One"),
        readings.dated("The indictment of the harbor master ran to 47 pages.", "Two"),
    ]
    return held, [_place(held[0], "48 pages"), _place(held[1], "47 pages")]


def test_the_likeliest_passages_are_those_that_hold_the_places() -> None:
    """The judgement of two places is the surest of the passages that share words with them."""
    held, (one, other) = _pages()
    judged = _judged(held)
    assert judged.likeliest(one, other) == judged.likeliest(other, one) == judged.scores.max()


def test_places_outside_of_every_passage_are_not_likely() -> None:
    """Where no passage holds the words nothing was judged."""
    held, (one, other) = _pages()
    outside = Place(other.article_id, Span(10_000, 10_010))
    assert _judged(held).likeliest(one, outside) == 0.0


def test_accounts_without_a_word_in_common_are_judged_and_unlikely() -> None:
    """Two that share nothing may be looked at, and are not likely."""
    held = [
        readings.dated("The indictment of the harbor master ran to 48 pages.", "One"),
        readings.dated("Snow fell.", "Two"),
    ]
    places = [_place(held[0], "48 pages"), _place(held[1], "Snow")]
    assert _judged(held).likeliest(*places) < 0.2


def _shown(held: Sequence[Reading], places: Sequence[Place], **changed: object) -> Shown:
    passages = [passage for reading in held for passage in reading.passages]
    shown = Shown(
        facet=Facet.NUMBER,
        places=tuple(places),
        odds=0.6,
        passages=passages,
        told=0.7,
        own=np.arange(len(own.NAMES), dtype=np.float32),
    )
    return dataclasses.replace(shown, **changed)  # type: ignore[arg-type]


def test_each_measure_has_its_name() -> None:
    """The columns hold what they are called."""
    held, places = _pages()
    judged = _judged(held)
    row = dict(zip(sureness.NAMES, sureness.measure(_shown(held, places), judged), strict=True))
    likely = np.float32(judged.likeliest(*places))
    assert (row["odds"], row["told"]) == (np.float32(0.6), np.float32(0.7))
    assert row["least judged"] == row["most judged"] == row["mean judged"] == likely
    assert (row["number"], row["date"], row["sides"], row["most chars"]) == (1, 0, 2, 8)
    assert [row[name] for name in own.NAMES] == list(range(len(own.NAMES)))


@pytest.mark.parametrize("odds", [0.1, 0.3, 0.5, 0.7])
def test_likelier_words_are_no_less_sure(odds: float) -> None:
    """With all else the same, more odds never make a difference less sure."""
    held, places = _pages()
    judged = _judged(held)
    scores = sureness.judge(
        [_shown(held, places, odds=o) for o in (odds, odds + 0.1)],
        judged,
    )
    assert 0 <= scores[0] <= scores[1] <= 1


def test_nothing_shown_is_not_judged() -> None:
    """Of nothing there is no sureness."""
    held, _ = _pages()
    assert sureness.judge([], _judged(held)) == ()
