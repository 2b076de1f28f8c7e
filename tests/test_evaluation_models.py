"""Models side by side."""

from __future__ import annotations

import pytest

from evaluation import polnear_models
from evaluation.figures import Score, Tally
from evaluation.polnear_models import Measured, Stretch

A, B, C = (("x", "content", at, at + 5) for at in (0, 10, 20))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [({A, B}, {A, B}, 1.0), ({A, B}, {B, C}, 0.5), ({A}, set(), 0.0), (set(), set(), 1.0)],
)
def test_what_two_models_share(one: set[Stretch], other: set[Stretch], expected: float) -> None:
    """Stretches are the same to the character or not at all."""
    assert polnear_models.shared(frozenset(one), frozenset(other)) == expected


def test_each_model_is_held_against_the_first() -> None:
    """A line a model, its figures in hundredths."""
    held = [
        Measured(
            name=name,
            megabytes=90.5,
            exact={"source": 82.5, "cue": 75.4, "content": 70.1},
            score=Score(
                {
                    "source+content": Tally(right=1, predicted=2, found=1, gold=2),
                    "source+content, direct": Tally(right=3, predicted=4, found=3, gold=4),
                }
            ),
            stretches=frozenset(stretches),
            seconds=31.0,
        )
        for name, stretches in (("float", {A, B}), ("int8", {B, C}))
    ]
    assert polnear_models.render(held).splitlines()[1:] == [
        "float  90.5    82.5  75.4     70.1            50.0    75.0   100.0     31",
        "int8   90.5    82.5  75.4     70.1            50.0    75.0    50.0     31",
    ]
