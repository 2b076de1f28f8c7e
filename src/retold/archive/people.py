"""Who speaks in an archive, by name: without regard to capitals and accents, by the last name too.

One name may mean several people. Nobody is chosen among them: all are given, those most articles
name first, and who asks says which.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from retold import lexicons
from retold.archive import rows
from retold.archive.database import SPEAKERS, Row
from retold.archive.store import Archive
from retold.archive.words import Term
from retold.reading import names
from retold.types import SpeakerKind

MOST_NAMES = 500  # with one last word
MOST_JOINED = 200  # names with one last word, those in most articles, that are put together

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone, or a body, that speaks in the archive. `forms` are the names by which articles know
    them, folded; `name` is the fullest, and `articles` counts those in which one stands."""

    name: str
    kind: SpeakerKind
    forms: tuple[str, ...]
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """A name without its titles, and in how many articles it stands with any; `name` is what most
    of them have, `folded` all as they are looked up."""

    name: str
    words: tuple[str, ...]
    kind: SpeakerKind
    articles: int
    folded: frozenset[str]


def find(archive: Archive, name: str) -> tuple[Person, ...]:
    """All whom a name may mean, those whom most articles name first; empty if nobody is so named.

    A last name alone is everybody's who has it. Where articles give no more than it, it is taken
    for the one full name in the archive that it fits, and is nobody's where it fits several: then
    it is a person of its own, whom only the bare name means. Where more than five hundred names
    have the last word, the rarest are left out unless they have all the words.
    """
    asked = bare(name)
    if not asked:
        return ()
    groups = _joined(_named(archive, asked))
    meant = [g for g in groups if any(may_be(asked, form.words, form.kind) for form in g)]
    full = [g for g in meant if any(len(form.words) >= len(asked) for form in g)]
    return _by_use(_told_apart(_by_use(map(_person, full or meant))))


def by_last_name_alone(archive: Archive, name: str) -> Person | None:
    """Whom articles give no more than the last of several words of a name, where that fits others
    too, so that `find` cannot tell who they are."""
    asked = bare(name)
    if len(asked) < 2 or not any(len(bare(each.name)) > 1 for each in find(archive, name)):
        return None
    alone = _folded(asked[-1:])
    found = find(archive, asked[-1])
    return next((each for each in found if _folded(bare(each.name)) == alone), None)


def may_be(asked: tuple[str, ...], held: tuple[str, ...], kind: SpeakerKind) -> bool:
    """True if the words of a name that is asked for may name whom an article gives that name."""
    a, b = _folded(asked), _folded(held)
    if a == b:
        return True
    if kind is not SpeakerKind.PERSON:
        within = any(b[n : n + len(a)] == a for n in range(len(b) - len(a) + 1))
        return within or names.is_acronym_of("".join(asked), held)
    if len(asked) == 1 and len(held) > 1 and b[0] == a[0]:
        return True  # the first name alone
    return names.may_be_one(names.parts(asked), names.parts(held))


def is_same(one: str, other: str) -> bool:
    """True if nothing in two names of persons speaks against their being one."""
    a, b = bare(one), bare(other)
    return bool(a and b) and may_be(a, b, SpeakerKind.PERSON)


def bare(name: str) -> tuple[str, ...]:
    """The words of a name without "the" and the titles before it: "Lord Robertson" is
    "Robertson"."""
    words = tuple(word for word in name.split() if _WORD.search(word))
    while len(words) > 1 and (
        names.fold(words[0]) in lexicons.words("titles") or words[0].lower() == "the"
    ):
        words = words[1:]
    return words


# --- inside ---------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(names.fold, words))


def _joined(forms: Sequence[_Form]) -> list[list[_Form]]:
    """The names in groups, each of one person. Of very many the rarest are left by themselves, for
    each is held against all others."""
    by_use = sorted(forms, key=lambda f: (-f.articles, f.name, f.kind))
    groups: list[list[_Form]] = []
    for form in sorted(by_use[:MOST_JOINED], key=lambda f: (-len(f.words), f.name, f.kind)):
        fitting = [group for group in groups if _is_one(group, form)]
        by_last = [g for g in fitting if _folded(g[0].words)[-1:] == _folded(form.words)]
        if len(fitting := by_last or fitting) == 1:  # a bare name is rather the last than the first
            fitting[0].append(form)
        else:
            groups.append([form])
    return groups + [[form] for form in by_use[MOST_JOINED:]]


def _named(archive: Archive, asked: tuple[str, ...]) -> list[_Form]:
    """The names in the archive that hold the last of the words, each kind apart, whatever titles
    they have."""
    found: dict[int, Row] = {}
    for words in {asked[-1:], asked}:
        matching = archive.database.matching(SPEAKERS, tuple(map(Term, words)))
        sql = (
            "SELECT n.number, n.name, n.kind, n.speakers FROM speaker_words w"  # noqa: S608 ours
            f" JOIN names n ON n.number = w.rowid WHERE {matching.where}"
            " ORDER BY n.speakers DESC, n.number LIMIT ?"
        )
        held = archive.database.rows(sql, (*matching.values, MOST_NAMES))
        found |= {row["number"]: row for row in held}
    alike: dict[tuple[tuple[str, ...], str], list[tuple[int, str]]] = defaultdict(list)
    for row in found.values():
        key = tuple(map(names.fold, bare(row["name"]))), row["kind"]
        alike[key].append((row["speakers"], row["name"]))
    return [_form(SpeakerKind(kind), counted) for (_, kind), counted in alike.items()]


def _form(kind: SpeakerKind, counted: Sequence[tuple[int, str]]) -> _Form:
    _, name = max(counted)
    return _Form(
        name=name,
        words=bare(name),
        kind=kind,
        articles=sum(articles for articles, _ in counted),
        folded=frozenset(rows.folded(each) for _, each in counted),
    )


def _is_one(group: Sequence[_Form], form: _Form) -> bool:
    return form.kind is group[0].kind and all(
        may_be(form.words, held.words, form.kind) for held in group
    )


def _told_apart(persons: Iterable[Person]) -> list[Person]:
    """The persons, each with a name of their own: one that articles take for a person's here and
    for a body's there is not told apart by what is found under it."""
    out: list[Person] = []
    for person in persons:
        for n, other in enumerate(out):
            if set(person.forms) <= set(other.forms):
                out[n] = replace(other, articles=other.articles + person.articles)
                break
        else:
            out.append(person)
    return out


def _by_use(persons: Iterable[Person]) -> tuple[Person, ...]:
    return tuple(sorted(persons, key=lambda p: (-p.articles, p.name)))


def _person(forms: Iterable[_Form]) -> Person:
    held = tuple(forms)
    kinds: Counter[SpeakerKind] = Counter()
    for form in held:
        kinds[form.kind] += form.articles
    return Person(
        # the longest may be a headline with the name at its end
        name=max(held, key=lambda f: (len(f.words) > 1, f.articles, len(f.words), f.name)).name,
        kind=kinds.most_common(1)[0][0],
        forms=tuple(sorted(frozenset[str]().union(*(form.folded for form in held)))),
        articles=sum(form.articles for form in held),
    )
