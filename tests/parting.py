"""Who is found to part from whom by what each says, of invented articles without a model."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence

from retold.comparing import people, slots
from retold.comparing.partings import Parting
from retold.comparing.slots import Sentence
from retold.types import Attribution, Reading, Speaker
from tests import readings

Find = Callable[
    [
        Sequence[Reading],
        Mapping[str, Attribution],
        Mapping[str, Speaker],
        Mapping[str, Sequence[Sentence]],
    ],
    Sequence[Parting],
]


def who(find: Find, *told: tuple[str, str]) -> list[list[str]]:
    """The speakers of each difference; `told` are a name and the article that says what he said."""
    held = [
        readings.read(f"News\n\n{text}", outlet=f"Outlet {n}", speakers=[name])
        for n, (name, text) in enumerate(told)
    ]
    cast = people.merge(held)
    attributions = {
        a.id: dataclasses.replace(a, speaker_id=cast.of[a.speaker_id or ""])
        for r in held
        for a in r.attributions
    }
    sentences = {r.article.id: slots.of(r, cast.of) for r in held}
    speakers = {speaker.id: speaker for speaker in cast.speakers}
    found = find(held, attributions, speakers, sentences)
    return [sorted(value.value for value in one.difference.values) for one in found]
