"""The training stories dealt into parts, each with trees that were grown on the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evaluation.stories import Told
from retold.comparing import trees
from retold.types import Reading
from training import differences, pairs

PARTS = 5


@dataclass(frozen=True, slots=True)
class Part:
    """Stories, by their place among all, and the folder of trees that saw none of them."""

    stories: tuple[int, ...]
    folder: Path


@contextmanager
def released_from(folder: Path) -> Iterator[None]:
    """Within it, trees are those in `folder`."""
    place = trees.PLACE
    trees.PLACE = folder
    trees.load.cache_clear()
    try:
        yield
    finally:
        trees.PLACE = place
        trees.load.cache_clear()


def grown(
    told: Sequence[Told],
    readings: Sequence[Sequence[Reading]],
    place: Path,
    judged: Sequence[differences.Labelled] = (),
) -> Iterator[Part]:
    """The parts, with the trees of pairs, of differences and of facets in folders of `place`.

    `judged` are words of other stories and what they part in: facets are learned from them too.
    """
    measured = [pairs.examples(t, r) for t, r in zip(told, readings, strict=True)]
    for number in range(PARTS):
        others = [at for at in range(len(told)) if at % PARTS != number]
        folder = place / str(number)
        folder.mkdir()
        pairs.write(folder, pairs.train([measured[at] for at in others]), {})
        with released_from(folder):
            held = [
                one
                for at in others
                for one in differences.examples(at, told[at].read_gold(), readings[at])
            ]
        differences.write(folder, *differences.grow(held, judged), {})
        yield Part(stories=tuple(range(number, len(told), PARTS)), folder=folder)
