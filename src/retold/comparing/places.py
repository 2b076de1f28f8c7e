"""The places that a sentence names, and whether two of them can be one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

from rapidfuzz import fuzz

from retold import lexicons
from retold.comparing import slots
from retold.comparing.slots import Slot, SlotKind
from retold.types import Span

CITY = "city"
SPELLED_SO = 80  # of a hundred: two letters of ten otherwise
STEM = 5  # letters that a place and what is named after it share: Malta, Maltese


def is_one(slot: Slot, mentioned: Collection[Span]) -> bool:
    """True for the name of a place, as the model saw it (`mentioned`) or as it is listed."""
    is_known = slot.span in mentioned or slot.form in slots.places()
    return slot.kind is SlotKind.NAME and is_known


def are_two(a: Slot, b: Slot) -> bool:
    """True for two cities, two states or two countries. What is not listed counts as a city, unless
    it shares a word with the other or is nearly spelled as it ("Luhansk", "Lugansk"); what is
    listed without a size may lie within another, or go by several names."""
    if _size(a) != _size(b) or not _size(a):
        return False
    if a.form in _sizes() and b.form in _sizes():
        return a.form != b.form
    is_spelled_so = fuzz.ratio(a.form, b.form) >= SPELLED_SO
    return not a.stems & b.stems and a.form[:STEM] != b.form[:STEM] and not is_spelled_so


# --- inside ---------------------------------------------------------------------------------------


@cache
def _sizes() -> Mapping[str, str]:
    return {place.casefold(): size for place, size in lexicons.table("place_kinds").items()}


def _size(place: Slot) -> str:
    return _sizes().get(place.form, "" if place.form in slots.places() else CITY)
