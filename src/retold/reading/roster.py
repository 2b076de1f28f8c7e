"""Everyone whom an article names: each once, with all places that name them and what they are.

Full names found first; a family name, a first name or an acronym then goes to the one whom it fits.
Where it fits several it goes to the one most present at that point, to nobody when that is even.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from retold import lexicons, spans
from retold.reading import capitals, incumbents, names, namesakes, roles, sightings
from retold.reading.drafts import Book, Draft, last
from retold.reading.names import Gender, Name
from retold.reading.roles import Role
from retold.text import paragraphs_of
from retold.types import Article, Mention, MentionKind, Span, SpeakerKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Someone or something that the article names. `name` is the fullest form in the text."""

    index: int
    name: str
    kind: SpeakerKind
    gender: Gender
    mentions: tuple[Span, ...]
    roles: tuple[Role, ...]
    is_certain: bool

    @property
    def heads(self) -> frozenset[str]:
        """The nouns that say what this person is."""
        return frozenset(head for role in self.roles for head in role.heads)

    @property
    def keys(self) -> frozenset[str]:
        """The words of all roles, shortened."""
        return frozenset(k for role in self.roles for k in role.keys)


@dataclass(frozen=True, kw_only=True)
class Roster:
    """The figures of an article, and which of them each mention names, in text order."""

    figures: tuple[Figure, ...]
    places: tuple[tuple[Span, int], ...]
    ambiguous: tuple[Span, ...] = ()

    @cached_property
    def _starts(self) -> list[int]:
        return [place.start for place, _ in self.places]

    def within(self, span: Span) -> list[tuple[Span, Figure]]:
        """The mentions that share a character with `span`, in order."""
        low = max(0, bisect_left(self._starts, span.start) - 1)
        high = bisect_right(self._starts, span.end)
        return [
            (place, self.figures[i])
            for place, i in self.places[low:high]
            if spans.overlaps(place, span)
        ]


# --- putting them together ------------------------------------------------------------------------


def _is_person(name: Name) -> bool:
    return name.kind is MentionKind.PERSON


def _full(people: Book, name: Name) -> None:
    """A full name joins the one person whom it fits, or is a new one."""
    parts = name.parts
    for person in people.by_word.get(parts.family, ()):
        if names.may_be_one(person.parts, parts):
            clash = {person.gender, name.gender} == {Gender.MALE, Gender.FEMALE}
            if not clash:
                person.take(name)
                return
    people.enter(_new(name))


def _new(name: Name) -> Draft:
    draft = Draft(words=name.words, kind=name.kind)
    draft.take(name)
    return draft


def _same_organisation(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """True if two bodies' names are one: alike, one the other's acronym or short form."""
    x, y = names.bare_body(a), names.bare_body(b)
    if x == y or names.is_acronym_of(" ".join(a), b) or names.is_acronym_of(" ".join(b), a):
        return True
    if names.is_turned(a, b):
        return True
    short, long = sorted((x, y), key=len)
    distinct = set(short) - lexicons.words("organisation_nouns")
    if not (distinct or " ".join(short) in ("times", "post")):
        return False
    rest = long[: -len(short)]
    if rest and rest[-1] == "of" and not set(rest) & lexicons.words("organisation_nouns"):
        return False  # "the Harbour" is not the Daughters of the Harbour
    return bool(rest) and long[-len(short) :] == short


def _other(others: Book, name: Name) -> None:
    """A name of no person joins the one that it repeats, shortens or abbreviates."""
    for draft in others.under(name.words):
        if (draft.kind == name.kind or None in (draft.kind, name.kind)) and (
            [names.fold(w) for w in draft.words] == [names.fold(w) for w in name.words]
            or (
                MentionKind.ORGANISATION in (draft.kind, name.kind)
                and _same_organisation(draft.words, name.words)
            )
        ):
            draft.take(name)
            draft.kind = draft.kind or name.kind
            others.enter(draft)
            return
    others.enter(_new(name))


def _titles_to_names(article: Article, people: Book, others: Book) -> None:
    """In headlines, where all words have capitals, the names that the text below gives."""
    text = article.text
    for paragraph in paragraphs_of(article):
        words = names.words_of(text, paragraph)
        if not capitals.is_heading(text, words):
            continue
        for i, word in enumerate(words):
            folded = names.fold(word.text)
            known = [
                p
                for p in people.by_word.get(folded, ())
                if p.parts.family == folded and not p.parts.is_heir
            ]
            if not word.is_capital or len(known) != 1:
                continue
            given = known[0].parts.given
            with_given = i and given and names.same_given(names.fold(words[i - 1].text), given)
            start = words[i - 1].start if with_given else word.start
            known[0].mentions.append(Span(start, word.end))
        for other in others.drafts:
            if other.kind is MentionKind.ORGANISATION:
                written = " ".join(other.names[0].words)
                at = text.find(written, paragraph.start, paragraph.end)
                if at >= 0:
                    other.mentions.append(Span(at, at + len(written)))


def find(article: Article, mentions: Sequence[Mention]) -> Roster:
    """Everyone whom the article names, in the order in which they are first named."""
    text = article.text
    found = sightings.find(article, mentions)
    ends = paragraphs_of(article)
    day = article.published
    people, others = Book(president=incumbents.president(day) if day else None), Book()
    ambiguous: list[Span] = []
    for name in found:
        if len(name.words) > 1 and _is_person(name):
            _full(people, name)
    _roles(text, people.drafts, ends)
    for name in found:
        if len(name.words) == 1 and _is_person(name):
            placed = namesakes.called(text, people, name, ends)
            if placed is None:
                ambiguous.append(name.span)
            elif not placed:
                people.enter(_new(name))
    families = {w for p in people.drafts for w in (p.parts.family, p.parts.given, last(p.words))}
    for name in found:
        if _is_person(name):
            continue
        is_head = namesakes.is_president(people, name)
        is_known = is_head or (
            len(name.words) == 1 and bool(names.formal(last(name.words)) & families)
        )
        is_body = (
            is_known
            and not is_head
            and not _is_shouted(text, name)
            and namesakes.is_body(text, people, name, found)
        )
        placed = namesakes.called(text, people, name, ends) if is_known and not is_body else False
        if placed is None:
            ambiguous.append(name.span)
        elif not placed and is_head:
            people.enter(_new(replace(name, kind=MentionKind.PERSON)))
        elif not placed and not names.is_common(name):
            _other(others, name)
    _roles(text, people.drafts, ends)
    _titles_to_names(article, people, others)
    return _roster(text, people.drafts, others.drafts, tuple(ambiguous))


def _is_shouted(text: str, name: Name) -> bool:
    """True for "WEISS:", as transcripts name who speaks."""
    return name.words[0].isupper() and text[name.span.end : name.span.end + 1] == ":"


def _roles(text: str, people: list[Draft], paragraphs: tuple[Span, ...]) -> None:
    """What each person is, from all places that name them."""
    starts = [p.start for p in paragraphs]
    for person in people:
        person.roles = []
        for name in person.names:
            index = bisect_right(starts, name.span.start) - 1
            end = paragraphs[index].end if index >= 0 else len(text)
            start = paragraphs[index].start if index >= 0 else 0
            first = roles.before(text, name), roles.ahead(text, name, start)
            person.roles += [role for role in first if role]
            person.roles += roles.after(text, name, end)


_KINDS = {
    MentionKind.PERSON: SpeakerKind.PERSON,
    MentionKind.ORGANISATION: SpeakerKind.ORGANISATION,
    MentionKind.PLACE: SpeakerKind.PLACE,
    MentionKind.GROUP: SpeakerKind.GROUP,
}


def _speaker_kind(draft: Draft) -> SpeakerKind:
    """The kind as told; of a name of which nothing is told, a paper by its noun, else a person."""
    if draft.kind is not None:
        return _KINDS[draft.kind]
    is_paper = len(draft.words) > 1 and names.fold(draft.words[-1]) in lexicons.words(
        "document_nouns"
    )
    return SpeakerKind.DOCUMENT if is_paper else SpeakerKind.PERSON


def _gender(draft: Draft) -> Gender:
    """Told by titles and first names, else by a role that only one gender has."""
    if draft.gender is not Gender.EITHER:
        return draft.gender
    nouns = lexicons.table("person_nouns")
    told = {nouns.get(h, "either") for r in draft.roles for h in r.heads} - {"either"}
    return Gender(told.pop()) if len(told) == 1 else Gender.EITHER


_OF_HIS = re.compile(r" (?:administration|campaign|era|presidency|team|White House)\b|-era\b")


def _is_thing(text: str, draft: Draft) -> bool:
    """True for "the Aurelia": one word, no title, mostly after "the", as no person's name is but in
    "the Holt campaign"."""
    if len(draft.words) > 1 or any(name.titles for name in draft.names):
        return False
    after = sum(
        text[max(0, m.start - 4) : m.start].lower() == "the " and not _OF_HIS.match(text, m.end)
        for m in draft.mentions
    )
    return 2 * after > len(draft.mentions)


def _roster(
    text: str, people: list[Draft], others: list[Draft], ambiguous: tuple[Span, ...]
) -> Roster:
    for draft in people:
        if draft.kind is MentionKind.PERSON and _is_thing(text, draft):
            draft.kind = MentionKind.ORGANISATION
    drafts = sorted([*people, *others], key=lambda d: min(d.mentions))
    figures = tuple(
        Figure(
            index=i,
            name=" ".join(draft.usual),
            kind=_speaker_kind(draft),
            gender=_gender(draft),
            mentions=tuple(sorted(draft.mentions)),
            roles=tuple(sorted(draft.roles, key=lambda r: r.span)),
            is_certain=draft.kind is not None,
        )
        for i, draft in enumerate(drafts)
    )
    places = sorted((span, f.index) for f in figures for span in f.mentions)
    return Roster(figures=figures, places=tuple(places), ambiguous=ambiguous)
