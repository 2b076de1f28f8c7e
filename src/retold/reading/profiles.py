"""What is known of one whom a text names: the words of the name, and what such a body is called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from retold import lexicons
from retold.reading import roles
from retold.reading.names import fold
from retold.reading.roster import Figure
from retold.types import Span

_WORD = re.compile(r"[^\W_]+(?:[’'](?!s\b)[^\W_]+)*")
_APPOSED = re.compile(
    r"(?: \([^()]{1,16}\))?,? (?:which is |who is |is |was )?"
    r"(?:an? |the |one of )([^,.;:“”()]{3,70})"
)
_BEFORE = re.compile(r"((?:[\w’-]+ ){0,3}[\w’-]+),? (?:the |called )?$")
_PLAIN = frozenset(
    {"city", "country", "nation", "program", "programme", "province", "show", "state"}
)
_STOPS = re.compile(r" (?:of|for|that|who|which|in|at|from|to|with|on|by)\b")


@dataclass(frozen=True, slots=True)
class Profile:
    """The words of a name, shortened too (`keys`), the nouns by which such a body is `known`, and
    those by which the text has `called` it."""

    words: frozenset[str]
    keys: frozenset[str]
    known: frozenset[str]
    called: frozenset[str]
    is_outlet: bool


def of(text: str, figure: Figure) -> Profile:
    """What is known of a figure from the whole text."""
    named = words(figure.name)
    called: set[str] = set()
    for mention in figure.mentions:
        called |= _called(text, mention)
    return Profile(
        words=frozenset(named),
        keys=frozenset(roles.key(w) for w in named),
        known=known_as(figure.name),
        called=frozenset(called),
        is_outlet=is_outlet(figure.name),
    )


def words(name: str) -> set[str]:
    return {fold(w) for w in _WORD.findall(name)}


def known_as(name: str) -> frozenset[str]:
    """The nouns by which a body that is known is called."""
    return frozenset(lexicons.table("bodies").get(name.removeprefix("The "), "").split())


def is_outlet(name: str) -> bool:
    """True for a newspaper or station that is known, or named like one: "the Coastal Courier", "the
    Norhaven News Agency", but not "the Tide Protection Agency"."""
    *before, last = name.lower().split()
    is_like = bool(before) and last in lexicons.words("outlet_nouns")
    is_like = is_like and (last != "agency" or bool({"news", "press"} & {*before}))
    return is_like or name.removeprefix("The ") in lexicons.words("outlets")


def _called(text: str, mention: Span) -> set[str]:
    """The nouns that stand before a name, or set off after it: "the watchdog group {Open Harbour},
    a charity that …"."""
    out: set[str] = set()
    if before := _BEFORE.search(text, max(0, mention.start - 60), mention.start):
        out.add(before[1].split()[-1].lower())
    if after := _APPOSED.match(text, mention.end, min(len(text), mention.end + 100)):
        stop = _STOPS.search(after[1])
        said = _WORD.findall(after[1][: stop.start()] if stop else after[1])
        out |= {said[-1].lower()} if said else set()
    return out & _nouns()


@cache
def _nouns() -> frozenset[str]:
    """The nouns for bodies, outlets and papers."""
    lists = ("organisation_nouns", "outlet_nouns", "document_nouns", "group_nouns")
    return frozenset().union(*(lexicons.words(held) for held in lists)) | _PLAIN
