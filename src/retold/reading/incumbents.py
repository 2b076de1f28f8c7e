"""Who is "the president" in the article's own time, though the article may never title him so."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from retold import lexicons
from retold.reading import names
from retold.reading.names import Parts
from retold.types import SpeakerKind

if TYPE_CHECKING:
    from retold.reading.antecedents import Character

OFFICE = "president"
FORMER = ("the", "former", OFFICE)
PHRASES = {("the", *words, OFFICE) for words in ((), ("us",), ("u", "s"), ("american",))}
PHRASES.add((OFFICE,))  # of headlines


_OF_OTHERS = re.compile(
    r" of (?!(?:the |our |this )?(?:United States|U\.S\.|US|America|country|nation)(?!\w| [A-Z]))"
)


def is_of_others(text: str, end: int) -> bool:
    """True for "the president {of Harbour College}", and {of the U.S. Chamber of Commerce}."""
    return _OF_OTHERS.match(text, end) is not None


MEMORY_YEARS = 60  # who left office longer ago tells nothing now, and is no "former president"


def president(day: dt.date) -> Parts | None:
    """The president of the United States on a day, None for one before the list."""
    held = _until(day)
    return held[-1][0] if held else None


def is_of_the_family(parts: Parts, heads: Collection[str]) -> bool:
    """True for Melania Trump, whom "President Trump" does not name: who has a president's last
    name and no president's first, and is called none."""
    held = [
        names.parts((given, family))
        for family, given, _ in lexicons.rows("presidents")
        if names.fold(family) == parts.family
    ]
    is_one = OFFICE in heads or any(names.same_given(one.given, parts.given) for one in held)
    return bool(held) and not is_one


def among(characters: Sequence[Character], day: dt.date | None) -> Character | None:
    """The one person of an article of that day who is the president of its time.

    None where nobody may be, or several, or where another president, not one long gone, is named
    more often: there "the president" may be that one.
    """
    wanted = president(day) if day else None
    if day is None or wanted is None:
        return None
    persons = [c for c in characters if c.is_named and c.kind is SpeakerKind.PERSON]
    may_be = [c for c in persons if names.may_be_one(_parts(c), wanted)]
    if not may_be:  # a lone last name may be taken for a body's
        may_be = [c for c in characters if c.is_named and names.fold(c.name) == wanted.family]
    full = [c for c in may_be if _parts(c).given]
    if len(may_be) > 1:
        may_be = full
    if len(may_be) != 1:
        return None
    titled = [c for c in persons if OFFICE in c.heads and not _is_long_gone(c, day)]
    most = max((len(c.mentions) for c in titled), default=0)
    return may_be[0] if len(may_be[0].mentions) >= most else None


def former(characters: Sequence[Character], day: dt.date | None) -> Character | None:
    """The one person of an article of that day who was the president before its time, None where
    nobody was, or several."""
    held = president(day) if day else None
    if day is None or held is None:
        return None
    earlier = [one for one, left in _until(day) if left is None or _is_lately(left, day)]
    persons = [c for c in characters if c.is_named and c.kind is SpeakerKind.PERSON]
    found = [
        c
        for c in persons
        if _parts(c).given
        and any(names.may_be_one(_parts(c), one) for one in earlier if one != held)
        and not names.may_be_one(_parts(c), held)
    ]
    return found[0] if len(found) == 1 else None


def _until(day: dt.date) -> list[tuple[Parts, dt.date | None]]:
    """The presidents up to a day, each with the day on which he left, None for the last."""
    rows = [row for row in lexicons.rows("presidents") if dt.date.fromisoformat(row[2]) <= day]
    took = [dt.date.fromisoformat(first) for _, _, first in rows]
    named = (names.parts((given, *family.split())) for family, given, _ in rows)
    return list(zip(named, [*took[1:], None], strict=False))


def _is_lately(left: dt.date, day: dt.date) -> bool:
    return (day - left).days <= MEMORY_YEARS * 365


def _is_long_gone(character: Character, day: dt.date) -> bool:
    """True for a president by his full name who left office before anybody can remember."""
    own = _parts(character)
    left = [end for one, end in _until(day) if own.given and names.may_be_one(own, one)]
    return bool(left) and all(end is not None and not _is_lately(end, day) for end in left)


def _parts(character: Character) -> Parts:
    return names.parts(tuple(character.name.split()))
