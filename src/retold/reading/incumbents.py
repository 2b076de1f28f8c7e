"""Who is "the president" in the article's own time, though the article may never title him so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from retold import lexicons
from retold.reading import names
from retold.reading.antecedents import Character
from retold.reading.names import Parts
from retold.types import SpeakerKind

OFFICE = "president"
FORMER = ("the", "former", OFFICE)
PHRASES = {("the", *words, OFFICE) for words in ((), ("us",), ("u", "s"), ("american",))}
PHRASES.add((OFFICE,))  # of headlines


def president(day: dt.date) -> Parts | None:
    """The president of the United States on a day, None for one before the list."""
    held = None
    for family, given, first in lexicons.rows("presidents"):
        if dt.date.fromisoformat(first) <= day:
            held = names.parts((given, family))
    return held


def among(characters: Sequence[Character], day: dt.date | None) -> Character | None:
    """The one person of an article of that day who is the president of its time.

    None where nobody may be, or several, or where another president is named more often: there "the
    president" may be that one.
    """
    wanted = president(day) if day else None
    if wanted is None:
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
    most = max((len(c.mentions) for c in persons if OFFICE in c.heads), default=0)
    return may_be[0] if len(may_be[0].mentions) >= most else None


def former(characters: Sequence[Character], day: dt.date | None) -> Character | None:
    """The one person of an article of that day who was the president before its time, None where
    nobody was, or several."""
    held = president(day) if day else None
    if day is None or held is None:
        return None
    earlier = [
        names.parts((given, family))
        for family, given, first in lexicons.rows("presidents")
        if dt.date.fromisoformat(first) <= day
    ]
    persons = [c for c in characters if c.is_named and c.kind is SpeakerKind.PERSON]
    found = [
        c
        for c in persons
        if _parts(c).given
        and any(names.may_be_one(_parts(c), one) for one in earlier if one != held)
        and not names.may_be_one(_parts(c), held)
    ]
    return found[0] if len(found) == 1 else None


def _parts(character: Character) -> Parts:
    return names.parts(tuple(character.name.split()))
