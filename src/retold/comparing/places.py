"""The places that a sentence names, and whether two of them can be one."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from retold import lexicons, spans
from retold.comparing import slots
from retold.comparing.slots import Sentence, Slot, SlotKind
from retold.types import Span

CITY = "city"
STEM = 5  # letters that a place and what is named after it share: Georgia, Georgians


def find(sentence: Sentence, mentioned: Collection[Span]) -> Iterator[Slot]:
    """The names of places, as the model saw them (`mentioned`) or as they are listed; of a longer
    name the place that it begins or ends with: {Iowa} Republicans."""
    for slot in sentence.slots:
        if slot.kind is not SlotKind.NAME:
            continue
        if slot.span in mentioned or slot.form in slots.places():
            yield slot
        else:
            yield from _at_the_ends(slot, sentence)


def are_two(a: Slot, b: Slot) -> bool:
    """True for two cities, two states or two countries. What is not listed counts as a city; what
    is listed without a size may lie within another, or go by several names."""
    are_related = bool(a.stems & b.stems) or a.form[:STEM] == b.form[:STEM]
    return not are_related and _size(a) == _size(b) != ""


# --- inside ---------------------------------------------------------------------------------------


def _at_the_ends(name: Slot, sentence: Sentence) -> Iterator[Slot]:
    words = [word for word in sentence.words if spans.contains(name.span, word.span)]
    for word in dict.fromkeys((*words[:1], *words[-1:])):
        if word.form in slots.places():
            stems = frozenset((slots.folded(word),))
            beside = name.stems - stems
            yield dataclasses.replace(
                name,
                span=word.span,
                form=word.form,
                stems=stems,
                left=name.left | beside,
                right=name.right | beside,
            )


@cache
def _sizes() -> Mapping[str, str]:
    return {place.casefold(): size for place, size in lexicons.table("place_kinds").items()}


def _size(place: Slot) -> str:
    return _sizes().get(place.form, "" if place.form in slots.places() else CITY)
