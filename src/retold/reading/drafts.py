"""Figures in the making: what is gathered of each while an article is gone through for names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from retold.reading import names, roles
from retold.reading.names import Gender, Name, Parts
from retold.reading.roles import Role
from retold.types import MentionKind, Span


@dataclass(slots=True)
class Draft:
    """A figure in the making."""

    words: tuple[str, ...]
    kind: MentionKind | None
    names: list[Name] = field(default_factory=list)
    mentions: list[Span] = field(default_factory=list)
    genders: list[Gender] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)

    @property
    def parts(self) -> Parts:
        return names.parts(self.words)

    @property
    def heads(self) -> frozenset[str]:
        """The nouns that say what this person is, titles too."""
        titles = (roles.heads_in(one.titles) for one in self.names)
        return frozenset().union(*titles, *(role.heads for role in self.roles))

    @property
    def gender(self) -> Gender:
        told = [g for g in self.genders if g is not Gender.EITHER]
        return max(told, key=told.count) if told else Gender.EITHER

    @property
    def usual(self) -> tuple[str, ...]:
        """The fullest form with the first name that is used most: "Liz Holt" for one who is
        Elizabeth only once."""
        full = [n.words for n in self.names if len(n.words) > 1]
        if self.kind is not MentionKind.PERSON or not full:
            return self.words
        return names.usual(full)

    def take(self, name: Name) -> None:
        """`name` is one more mention of this figure; a fuller form becomes its name."""
        self.names.append(name)
        self.mentions.append(name.span)
        self.genders.append(name.gender)
        if len(name.words) > len(self.words):
            self.words = name.words


@dataclass(slots=True)
class Book:
    """Figures in the making, in order, and by the words under which to look for them; `president`
    is the name of the one of the article's time."""

    drafts: list[Draft] = field(default_factory=list)
    by_word: dict[str, list[Draft]] = field(default_factory=dict)
    entered: set[int] = field(default_factory=set)
    president: Parts | None = None

    def enter(self, draft: Draft) -> None:
        """`draft` can be found by each word that may stand for it; a new one joins the order."""
        if id(draft) not in self.entered:
            self.entered.add(id(draft))
            self.drafts.append(draft)
        for word in _entries(draft.words):
            held = self.by_word.setdefault(word, [])
            if not any(draft is other for other in held):
                held.append(draft)

    def under(self, words: Sequence[str]) -> list[Draft]:
        """The drafts that share a word of entry with `words`, in order of entry."""
        held = [d for word in sorted(_entries(tuple(words))) for d in self.by_word.get(word, ())]
        return list({id(draft): draft for draft in held}.values())


def last(words: tuple[str, ...]) -> str:
    return names.fold(words[-1])


def _entries(words: tuple[str, ...]) -> frozenset[str]:
    """Given and family name, last word, first letters: under one of them a form is looked for."""
    parts = names.parts(words)
    capital = "".join(w[0] for w in words if w[0].isupper() or w[0].isdigit())
    every = "".join(w[0] for w in words if w.lower() != "the")
    letters = {names.fold(x) for x in (capital, every)} if len(words) > 1 else set()
    return frozenset({parts.given, parts.family, last(words), *letters} - {""})
