"""Whom one account only describes and another names: "Holt’s lawyer" is "her lawyer, Karl Weiss".

A description goes to the only person whom another account calls the same, of the same owner or
body; where many may be called so ("an adviser to the mayor") only if both say alike. "The minister"
goes to the only one of the story who is called so, if the account names him as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retold import lexicons
from retold.reading import names, roles
from retold.reading.names import Gender

# what somebody mostly has one of
_SINGLE = frozenset(
    "attorney-general chancellor father governor husband lawyer mayor mother press-secretary "  # noqa: SIM905
    "prime-minister principal sheriff spokesman widow widower wife".split()
)
_MIN_SHARED = 3
_MIN_SHARE = 0.3
_MIN_LETTERS = 4
_WORD = re.compile(r"[^\W_]+(?:[-’'](?!s\b)[^\W_]+)*")
_OF = frozenset({"for", "of", "to"})
_HANGS_ON = _OF | frozenset("at by from in on that which who whom whose with".split())  # noqa: SIM905
# nouns for those who mostly stay unnamed, or who are nobody's alone
_ANYBODY = frozenset(
    "adviser aide boy friend girl guy head insider leader man member official officer "  # noqa: SIM905
    "operative person relative resident source spokesman staffer supporter woman witness".split()
)
_OTHERS = frozenset(
    roles.key(w) for w in ("and", "another", "first", "other", "second", "then", "third")
)
_PHASES = frozenset(
    roles.key(w)
    for w in ("acting", "assistant", "deputy", "ex", "former", "interim", "late", "retired", "vice")
)
_INDEFINITE = frozenset({"a", "an", "another", "one", "some"})
_GRAMMAR = _HANGS_ON | _INDEFINITE | {"the"}
_SAME_BODIES = (frozenset({"committee", "panel"}), frozenset({"agency", "bureau"}))
_PLAIN = frozenset(
    "congressional federal key powerful republican-led democratic-led gop-led special".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Called:
    """What a description says: the nouns for who it is, of whom or of what, and all its words,
    shortened so that kin words are one."""

    heads: frozenset[str]
    of: frozenset[str]
    keys: frozenset[str] = frozenset()

    def fits(self, other: Called) -> bool:
        """True if two may describe one person: the same noun, of the same one."""
        same = self.of <= other.of or other.of <= self.of
        return bool(self.heads & other.heads and self.of and other.of) and same

    @property
    def is_single(self) -> bool:
        return bool(self.heads & _SINGLE)

    @property
    def is_telling(self) -> bool:
        """False for "the official" and "the second man", who may be anybody, and for several."""
        return not self.keys & _OTHERS and not (len(self.keys) == 1 and self.heads & _ANYBODY)

    def is_said_by(self, others: Sequence[Called]) -> bool:
        """True if others call somebody by the same noun, and all together by every word of it; a
        former or deputy minister is not "the minister"."""
        held = [other for other in others if not (other.keys - self.keys) & _PHASES]
        same = any(self.heads & other.heads for other in held)
        return same and self.keys <= frozenset[str]().union(*(other.keys for other in held))


def called(description: str) -> Called:
    """What "Anna Holt’s lawyer" or "a spokesman for the Harbour Union" says."""
    words = _WORD.findall(description)
    first = [w.lower() for w in words]
    end = next((i for i, w in enumerate(first) if i and w in _HANGS_ON), len(first))
    last = next((i for i, w in enumerate(first) if i and w in _HANGS_ON - _OF), len(first))
    titles = lexicons.words("titles")
    of = {names.fold(w) for w in words[:last] if w[0].isupper() and w.lower() not in titles}
    return Called(
        heads=roles.last_heads(first[:end]),
        of=frozenset(of),
        keys=frozenset(roles.key(w) for w in first if w not in _GRAMMAR),
    )


def is_definite(forms: Iterable[str]) -> bool:
    """True for one who is "the minister" wherever he is described, and never "a minister"."""
    first = {form.split(maxsplit=1)[0].lower() for form in forms if form}
    return "the" in first and not first & _INDEFINITE


def gender(description: str) -> Gender:
    """What the noun tells: "spokeswoman", "husband"."""
    nouns = lexicons.table("person_nouns")
    told = {nouns.get(w.lower(), "either") for w in _WORD.findall(description)} - {"either"}
    return Gender(told.pop()) if len(told) == 1 else Gender.EITHER


def say_alike(ours: Iterable[frozenset[str]], theirs: Sequence[frozenset[str]]) -> bool:
    """True if one statement of the one and one of the other share enough of their words."""
    return any(
        len(a & b) >= _MIN_SHARED and len(a & b) >= _MIN_SHARE * min(len(a), len(b))
        for a in ours
        for b in theirs
    )


def said(content: str) -> frozenset[str]:
    """The longer words of a statement, shortened so that kin words are one."""
    return frozenset(roles.key(w) for w in _WORD.findall(content) if len(w) >= _MIN_LETTERS)


def is_body(description: str, name: str) -> bool:
    """True if all that a description says of a body is in a body's name: "the congressional
    committee probing the Harbour leaks" and "House Select Committee on Harbour Leaks"."""
    words = _WORD.findall(description)
    low = [names.fold(w) for w in words]
    nouns = lexicons.words("organisation_nouns")
    end = next((i for i, w in enumerate(low) if (i and w in _HANGS_ON) or w.endswith("ing")), None)
    heads = [i for i, w in enumerate(low[:end]) if w in nouns]
    if not heads:
        return False
    head, named = low[heads[-1]], {names.fold(w) for w in _WORD.findall(name)}
    told = {w for w in low[: heads[-1]] if w not in _PLAIN}
    told |= {names.fold(w) for w in words if w[0].isupper()} - {head}
    same = next((s for s in _SAME_BODIES if head in s), frozenset({head}))
    return bool(told) and bool(same & named) and told <= named
