"""Whether a noun is mostly said of such a body or place: by its name, by what it is known to be, by
what the text calls it, by what such mostly make or whom they have."""

from __future__ import annotations

from retold import lexicons
from retold.reading import bodies, roles
from retold.reading.antecedents import Character
from retold.reading.asked import Asked, profile
from retold.reading.names import fold
from retold.reading.stage import Stage
from retold.types import SpeakerKind

COUNTRY = frozenset({"country", "nation"})


def makes_such(stage: Stage, question: Asked, c: Character) -> bool:
    """True for a court of "the ruling": for one of those who mostly make such a paper."""
    return bool(_said_of(stage, c) & _listed("paper_makers", noun(question)))


def has_such(stage: Stage, question: Asked, c: Character) -> bool:
    """True for a body that has such members as a description says, or is called so itself."""
    if c.kind is SpeakerKind.PERSON:
        return False
    head, said = noun(question), _said_of(stage, c)
    return bool(said & _listed("members", head)) or fold(question.form.head) in said


def is_such_thing(stage: Stage, question: Asked, c: Character) -> bool:
    """True for a country for "the country", and for what is called as a description says."""
    if noun(question) in COUNTRY:
        return c.kind is SpeakerKind.PLACE
    return noun(question) in {roles.singular(w) for w in _said_of(stage, c)}


def is_owner(stage: Stage, question: Asked, c: Character) -> bool:
    """True for the Harbour Union of "a union statement"."""
    held = profile(stage, c)
    is_body = c.kind is not SpeakerKind.PERSON
    return is_body and bool(question.owner & (held.known | held.called | held.words))


def is_called_otherwise(stage: Stage, question: Asked, c: Character) -> bool:
    """True for a body that by its name, by what is known or by the text is something else than the
    noun of a description says."""
    held, head = profile(stage, c), fold(question.form.head)
    told = held.words & lexicons.words("organisation_nouns") | held.known | held.called
    return bool(told) and not {head, *bodies.ALSO.get(head, ())} & told


def noun(question: Asked) -> str:
    return roles.singular(fold(question.form.head))


def _said_of(stage: Stage, c: Character) -> set[str]:
    """The words of a name, and the nouns by which the one who has it is known or called."""
    held = profile(stage, c)
    return {*held.words, *held.known, *held.called, *(p for h in c.heads for p in h.split("-"))}


def _listed(name: str, noun: str) -> frozenset[str]:
    return frozenset(lexicons.table(name).get(noun, "").split())
