"""Whom a name of one word means, where several have that name.

A title tells, else whom the article calls by his last name alone, else who is most present at that
point; nobody where that is even.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retold import lexicons
from retold.reading import incumbents, names, roles
from retold.reading.drafts import Book, Draft, last
from retold.reading.names import Gender, Name
from retold.types import MentionKind, Span

_CLASH = {Gender.MALE, Gender.FEMALE}


def is_president(people: Book, name: Name) -> bool:
    """True for the lone last name of the president of the article's time."""
    held = people.president
    return held is not None and len(name.words) == 1 and last(name.words) == held.family


def is_body(text: str, people: Book, name: Name, found: Sequence[Name]) -> bool:
    """True for a lone word that names a body or a place though somebody has that last name.

    By its form ("Fox", "Jordan"), unless that somebody is surely named in full and nothing longer
    is ("Fox News"), and nothing is in it; or told so beside a longer name of a body that it opens
    ("Holt Industries"), unless it is told to be a person's elsewhere.
    """
    is_longer = any(
        len(other.words) > 1
        and other.kind is MentionKind.ORGANISATION
        and other.words[0] == name.words[0]
        and not other.parts.is_heir
        for other in found
    )
    by_form = names.kind_of(name.words, titled=bool(name.titles))
    if by_form is not None:
        is_place = by_form is MentionKind.PLACE
        places = [other for other in found if other.words == name.words] if is_place else [name]
        is_there = any(
            _THERE.search(text[max(0, place.span.start - 4) : place.span.start]) for place in places
        )
        return is_longer or is_there or not _is_surely_somebody(people, name)
    return (
        name.kind is MentionKind.ORGANISATION
        and is_longer
        and not any(
            other.words == name.words and other.kind is MentionKind.PERSON for other in found
        )
    )


_THERE = re.compile(r"\b(?:in|on|at) $", re.IGNORECASE)


def _is_surely_somebody(people: Book, name: Name) -> bool:
    """True if a person of that last name is named in full, twice or with what he is; "a Mercedes
    {SUV}" is none."""
    for person in people.by_word.get(last(name.words), ()):
        full = [n for n in person.names if len(n.words) > 1]
        is_name = any(n.words[0].isupper() or not n.words[-1].isupper() for n in full)
        is_told = len(full) > 1 or person.roles or any(n.titles for n in person.names)
        if (
            person.parts.family == last(name.words)
            and names.fold(person.words[0]) in lexicons.words("first_names")
            and is_name
            and is_told
        ):
            return True
    return False


def _fits(person: Draft, name: Name) -> bool:
    """True if a single word may name this person, by family name or, untitled or after "Sir", by
    first name or a short form of it."""
    word = names.fold(name.words[-1])
    if {person.gender, name.gender} == _CLASH:
        return False
    if word in (person.parts.family, last(person.words)):
        is_titled = incumbents.OFFICE in roles.heads_in(name.titles)
        is_other = is_titled and incumbents.is_of_the_family(person.parts, person.heads)
        return not person.parts.is_heir and not is_other
    given = person.parts.given
    is_first = not name.titles or name.titles[-1] == "knightly"
    return is_first and min(len(given), len(word)) > 1 and names.same_given(given, word)


def _is_his_father(people: Book, person: Draft, name: Name, paragraphs: Sequence[Span]) -> bool:
    """True if the last name alone is not that of "Karl Holt Jr.": a Holt is president, or was
    named below the title before the son was."""
    word = last(name.words)
    if not person.parts.suffix or person.parts.family != word:
        return False
    if people.president and (people.president.family, people.president.suffix) == (word, ""):
        return True
    family = (p for p in people.by_word.get(word, ()) if p.parts.family == word)
    before = [n.span.start for p in family if not p.parts.suffix for n in p.names]
    named = min(n.span.start for n in person.names)
    below = paragraphs[0].end if paragraphs else named
    return any(below < start < named for start in (name.span.start, *before))


def _presence(person: Draft, at: int) -> float:
    """How present a person is at `at`: how often named before, the more the nearer."""
    before = [m.start for m in person.mentions if m.start < at]
    full = [n.span.start for n in person.names if n.span.start < at and len(n.words) > 1]
    if not before:
        return 0.05 * len(person.mentions)
    near = 600 / (600 + at - max(before))
    return (
        near
        + 0.08 * min(len(person.mentions), 12)
        + (0.3 * 900 / (900 + at - max(full)) if full else 0)
    )


EVEN = 0.03


def _presidents(people: Book, family: Sequence[Draft]) -> list[Draft]:
    """Those of a family who may be the president of the article's time."""
    one = people.president
    return [p for p in family if one and p.parts.given and names.may_be_one(p.parts, one)]


def _named_here(family: Sequence[Draft], at: int, paragraphs: Sequence[Span]) -> list[Draft]:
    """Those of a family whom the paragraph names in full before `at`."""
    start = max((p.start for p in paragraphs if p.start <= at), default=0)
    return [
        p for p in family if any(start <= n.span.start < at and len(n.words) > 1 for n in p.names)
    ]


def _called_so(
    people: Book, family: list[Draft], name: Name, paragraphs: Sequence[Span]
) -> Draft | None:
    """The one of a family whom the article calls by its name alone, the president of its time or
    who is mostly called so, unless this paragraph names another in full: who is told of by the way
    keeps his first name."""
    at = name.span.start
    if held := _presidents(people, family):
        return held[0] if len(held) == 1 else None
    if here := _named_here(family, at, paragraphs):
        return here[0] if len(here) == 1 else None
    alone = {id(p): sum(n.span.start < at and len(n.words) == 1 for n in p.names) for p in family}
    first, second = sorted(family, key=lambda p: -alone[id(p)])[:2]
    return first if alone[id(first)] > 1 + 2 * alone[id(second)] else None


def called(text: str, people: Book, name: Name, paragraphs: Sequence[Span]) -> bool | None:
    """True if a one-word name found its person, None if several fit alike, False if none does."""
    word = last(name.words)
    forms = [word, *sorted(names.formal(word) - {word})]
    fitting = [p for form in forms for p in people.by_word.get(form, ()) if _fits(p, name)]
    fitting = [p for p in fitting if not _is_his_father(people, p, name, paragraphs)]
    by_family = [p for p in fitting if p.parts.family == word]
    fitting = by_family or [p for p in fitting if p.parts.given == word] or fitting
    heads = roles.heads_in(list(name.titles))
    if len(fitting) > 1 and heads:
        titled = [p for p in fitting if heads & {h for r in p.roles for h in r.heads}]
        fitting = titled or fitting
    if not fitting:
        return False
    gender = names.gender_taken_up(text, name.span.end)
    held = _presidents(people, by_family)
    others = [p for p in fitting if not any(p is one for one in held)]
    if not held or _named_here(others, name.span.start, paragraphs):
        fitting = [p for p in fitting if {p.gender, gender} != _CLASH] or fitting
    if (
        by_family
        and len(fitting) > 1
        and (known := _called_so(people, fitting, name, paragraphs)) is not None
    ):
        known.take(name)
        return True
    ranked = sorted(fitting, key=lambda p: _presence(p, name.span.start), reverse=True)
    if len(ranked) > 1 and (
        _presence(ranked[0], name.span.start) - _presence(ranked[1], name.span.start) < EVEN
    ):
        return None
    ranked[0].take(name)
    return True
