"""Every name that an article writes, with its kind as far as form, context or the model tell it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache

from retold import lexicons, spans
from retold.reading import capitals, hidden, names, roles
from retold.reading.names import Gender, Name
from retold.text import paragraphs_of
from retold.types import Article, Mention, MentionKind, Span


def find(article: Article, mentions: Sequence[Mention]) -> list[Name]:
    """All names: those found by form, their kind told by the model where the form does not tell,
    and those that the model alone saw."""
    text, found = article.text, []
    for paragraph in paragraphs_of(article):
        unseen = [*hidden.within(text, paragraph)]
        found += [
            name
            for name in capitals.find(text, paragraph)
            if not any(spans.overlaps(name.span, each) for each in unseen)
        ]
    starts = [name.span.start for name in found]
    kinds: dict[int, MentionKind] = {}
    extra: list[Name] = []
    for mention in mentions:
        if mention.kind is MentionKind.GROUP:
            continue
        low = max(0, bisect_left(starts, mention.span.start) - 1)
        near = [
            i
            for i in range(low, min(len(found), low + 4))
            if spans.overlaps(found[i].whole, mention.span)
        ]
        for i in near:
            if _is_open(found[i]) and spans.shared(found[i].span, mention.span) * 2 >= len(
                found[i].span
            ):
                kinds[i] = mention.kind
        words = tuple(
            w.text
            for w in names.words_of(text, mention.span)
            if w.is_capital and w.text not in ("The", "A", "An", "I")
        )
        if not near and any(len(w) > 1 for w in words) and not _is_description(words):
            extra.append(
                Name(
                    span=mention.span,
                    whole=mention.span,
                    words=words,
                    kind=names.kind_of(words, titled=False) or mention.kind,
                    gender=names.gender_of(names.fold(words[0]))
                    if mention.kind is MentionKind.PERSON and len(words) > 1
                    else Gender.EITHER,
                )
            )
    told = [
        _with_kind(name, kinds.get(i) or _kind_here(text, name)) for i, name in enumerate(found)
    ]
    return sorted(_trimmed(text, [*told, *extra]), key=lambda name: name.span)


def _trimmed(text: str, held: list[Name]) -> list[Name]:
    """The names without what stands beside them and is no part of them, told by what else the
    article names; those left out that name nobody."""
    known = {name.words[-1] for name in held if name.words}
    held = [_without_tag(text, _of_handle(text, name), known) for name in held]
    held = [_without_hour(text, name) for name in held]
    asked = {name.words[-1] for name in held if name.words and name.words[0] != _WILL}
    held = [_without_will(text, name, asked) for name in held]
    last = {names.fold(name.words[-1]) for name in held if len(name.words) > 1}
    held = [name for name in held if not _is_office(name, last)]
    persons = {name.words[-1] for name in held if _is_person_in_full(name)}
    held = [_of_rank(name, persons) for name in held]
    held = [_as_family(_with_particle(text, name), ()) for name in held]
    families = {name.parts.family for name in held}
    held = [_as_family(name, families) for name in held]
    full = {name.words for name in held}
    held = [_of_half(text, name, full) for name in held]
    return [_without_lead(text, name, full) for name in held]


_HOUR = re.compile(r"(?<=\d )P\.?M\.?(?= )")


def _without_hour(text: str, name: Name) -> Name:
    """`name` without the hour before it: "at 5 PM {Holt} left"."""
    if not name.titles or _HOUR.match(text, name.whole.start) is None:
        return name
    return replace(name, whole=name.span, titles=())


_WILL = "Will"
_RANK = "General"


def _is_person_in_full(name: Name) -> bool:
    return name.kind is MentionKind.PERSON and len(name.words) > 1 and name.words[0] != _RANK


def _of_rank(name: Name, persons: Collection[str]) -> Name:
    """The person of "{General Holt}" where the article names a Holt in full: General Motors is a
    name, and so is the General Assembly beside the State Assembly."""
    if len(name.words) != 2 or name.words[0] != _RANK or name.words[1] not in persons:
        return name
    span = Span(name.span.end - len(name.words[1]), name.span.end)
    titles = (*name.titles, _RANK.lower())
    return replace(name, span=span, words=name.words[1:], titles=titles, kind=MentionKind.PERSON)


_PARTICLES = "|".join(sorted(names.PARTICLES - {"al", "do", "ten"}))
_PARTICLE = re.compile(rf"(?<![\w’'-])(?:{_PARTICLES})(?: (?:{_PARTICLES}))? $")
MAX_PARTICLE_CHARS = 12


def _with_particle(text: str, name: Name) -> Name:
    """`name` with the particle in small letters that belongs to its last name: "said {de Holt}"."""
    start = name.span.start
    found = _PARTICLE.search(text, max(0, start - MAX_PARTICLE_CHARS), start)
    if len(name.words) > 1 or found is None or name.kind in (_BODY, _PLACE):
        return name
    span = Span(found.start(), name.span.end)
    held = replace(name, span=span, whole=span, words=(found.group() + name.words[0],))
    title = _TITLE.search(text, max(0, span.start - MAX_TITLE_CHARS), span.start)
    told = _titles().get(title["title"].lower()) if title else None
    if title is None or told is None:
        return held
    whole = Span(title.start(), span.end)
    gender = Gender(told[0])
    return replace(held, whole=whole, kind=_PERSON, titles=(told[1],), gender=gender)


_TITLE = re.compile(r"\b(?P<title>[A-Z][a-z]+)\.? $")
MAX_TITLE_CHARS = 24


@cache
def _titles() -> dict[str, tuple[str, str]]:
    """The gender of each title and what it stands for."""
    return {row[0]: (row[1], row[2]) for row in lexicons.rows("titles")}


_BODY, _PLACE, _PERSON = MentionKind.ORGANISATION, MentionKind.PLACE, MentionKind.PERSON


def _as_family(name: Name, families: Collection[str]) -> Name:
    """A last name with its particle as one word, so that "De Holt" is Karl de Holt: where the
    particle stands in small letters, or the article names one of that last name in full."""
    joined = " ".join(name.words)
    is_lone = len(name.words) > 1 and all(names.fold(w) in names.PARTICLES for w in name.words[:-1])
    is_family = name.words[0].islower() or names.fold(joined) in families
    return replace(name, words=(joined,)) if is_lone and is_family else name


_HALVES = frozenset({"North", "South"})
_HALVED = ("Korea", "Vietnam", "Sudan", "Yemen")


def _of_half(text: str, name: Name, full: Collection[tuple[str, ...]]) -> Name:
    """The country of "the {North}" where the article names it in full."""
    is_half = len(name.words) == 1 and name.words[0] in _HALVES
    if not is_half or text[max(0, name.span.start - 4) : name.span.start].lower() != "the ":
        return name
    held = [(name.words[0], country) for country in _HALVED if (name.words[0], country) in full]
    return replace(name, words=held[0], kind=MentionKind.PLACE) if len(held) == 1 else name


_ASKS = re.compile(r"Will [^.?!\n]{1,400}\?")
_BEGINS = re.compile(r"(?:^|[.?!\n:“”\"‘] ?)$")


def _without_will(text: str, name: Name, known: Collection[str]) -> Name:
    """`name` without the verb that asks: "{Will Holt} resign?" where Holt is named elsewhere."""
    start = name.span.start
    if len(name.words) < 2 or name.words[0] != _WILL or not _ASKS.match(text, start):
        return name
    rest = name.words[1:]
    if rest[-1] not in known or not _BEGINS.search(text[max(0, start - 2) : start]):
        return name
    span = Span(text.index(rest[0], start + 4, name.span.end), name.span.end)
    kind = names.kind_of(rest, titled=False) or (MentionKind.PERSON if len(rest) > 1 else None)
    return replace(name, span=span, whole=span, words=rest, kind=kind, gender=Gender.EITHER)


def _without_lead(text: str, name: Name, full: set[tuple[str, ...]]) -> Name:
    """`name` without a word before it that is no first name, where the article writes it without it
    too: “Tell {Anna Holt} to go”, “Sleepy {Anna Holt}” beside "Anna Holt"; "Echoing {Holt}"."""
    lead, *rest = name.words
    start = name.span.start
    given = lexicons.words("first_names")
    if len(rest) == 1 and _is_verb(text, name, full):
        span = Span(name.span.end - len(rest[0]), name.span.end)
        return replace(name, span=span, whole=span, words=tuple(rest), gender=Gender.EITHER)
    if (
        len(rest) < 2
        or tuple(rest) not in full
        or names.fold(lead) in given
        or names.fold(rest[0]) not in given
        or len(names.fold(lead)) == 1
    ):
        return name
    span = Span(text.index(rest[0], start + len(lead), name.span.end), name.span.end)
    return replace(
        name,
        span=span,
        whole=span,
        words=tuple(rest),
        kind=MentionKind.PERSON,
        gender=names.gender_of(names.fold(rest[0])),
    )


_VERB = re.compile(r"(?:[A-Z][a-z]{3,}(?:ing|ed)|First|Then|Now)")


def _is_verb(text: str, name: Name, full: set[tuple[str, ...]]) -> bool:
    """True for "{Echoing} Holt" and "{Continued} Holt" at the head of a sentence, where somebody of
    that last name is named in full."""
    lead, family = name.words
    is_first = _BEGINS.search(text[max(0, name.span.start - 2) : name.span.start]) is not None
    return (
        is_first
        and _VERB.fullmatch(lead) is not None
        and names.fold(lead) not in lexicons.words("first_names")
        and any(len(one) > 1 and one[-1] == family and one != name.words for one in full)
    )


_OFFICES = frozenset(
    "ambassador chair chairman chairwoman commissioner court governor justice mayor minister none "  # noqa: SIM905
    "president secretary senator speaker".split()
)


def _is_office(name: Name, last: Collection[str]) -> bool:
    """True for a word that stands for no name, where nobody is named so: "Mr. President", "the
    Court", "the A.G."; "Justice" is the last name of a Jim Justice."""
    if len(name.words) != 1:
        return False
    word = names.fold(name.words[0])
    return bool(names.office(name.words[0])) or (word in _OFFICES and word not in last)


def _is_description(words: Sequence[str]) -> bool:
    """True for the capitals of a headline that name an office, not a person: "Harbour Master"."""
    low = [names.fold(w) for w in words]
    is_office = len(low) > 1 and low[-1] in lexicons.words("person_nouns")
    return is_office and low[0] not in lexicons.words("first_names")


_SPEAKS = re.compile(
    r"(?:, [^,\n]{3,80},)? (?:said|says|told|tells|added|adds|wrote|writes|tweeted|argued|asked|"
    r"noted|explained|warned|insisted|recalled|testified)\b"
)
_AGE = re.compile(r", \d\d,")
_IS_SPOKEN = re.compile(r"(?:[,”\"’] ?|\b)(?:said|says|added|wrote|writes|asked) $")


_HANDLE = re.compile(
    r"(?P<title>Gov|Governor|Mayor|Rep|Sen|Senator|Speaker)?(?P<given>[A-Z][a-z]+)?"
    r"(?P<family>[A-Z][\w-]*?[a-z])\d*"
)


def _of_handle(text: str, name: Name) -> Name:
    """The person of "@AnnaHolt", "@SpeakerHolt" and "@RepAnnaHolt": a title, a first name, another
    name."""
    is_handle = text[max(0, name.span.start - 1) : name.span.start] == "@"
    parts = _HANDLE.fullmatch(name.words[0]) if is_handle and len(name.words) == 1 else None
    if parts is None or not (parts["title"] or parts["given"]):
        return name
    title, given, family = parts.group("title", "given", "family")
    if given and names.fold(given) not in lexicons.words("first_names"):
        return name
    return replace(
        name,
        words=(given, family) if given else (family,),
        titles=(title.lower(),) if title else (),
        kind=MentionKind.PERSON,
        gender=names.gender_of(names.fold(given)) if given else name.gender,
    )


_RUN_TOGETHER = re.compile(r"([A-Z][a-z]{2,})[A-Z]\w+")


def _without_tag(text: str, name: Name, known: set[str]) -> Name:
    """The person of "Anna {HoltCouncil}", where a page prints a tag right before a headline and the
    article names Holt elsewhere: "McDonald" and "DeWine" stay whole."""
    for number, word in enumerate(name.words[1:], start=1):
        parts = _RUN_TOGETHER.fullmatch(word)
        if parts is None or parts[1] not in known:
            continue
        words = (*name.words[:number], parts[1])
        at = text.find(word, name.span.start, name.span.end)
        if at < 0 or names.fold(words[0]) not in lexicons.words("first_names"):
            continue
        span = Span(name.span.start, at + len(parts[1]))
        return replace(name, span=span, whole=span, words=words, kind=MentionKind.PERSON)
    return name


_NO_PERSON = frozenset({"And", "At", "For", "From", "In", "On", "To", "With"})


def _kind_here(text: str, name: Name) -> MentionKind | None:
    """The kind of a name whose form does not tell, by the words around it: who is 52 years old or
    has an occupation is a person, and so is a name of two words or more that speaks."""
    if name.kind is not None or len(name.words) < 2 or _NO_PERSON & set(name.words[1:]):
        return None
    start, end = name.span.start, name.span.end
    if (
        _AGE.match(text, end)
        or _SPEAKS.match(text, end)
        or _IS_SPOKEN.search(text[max(0, start - 12) : start])
        or roles.after(text, name, min(len(text), end + roles.MAX_ROLE_CHARS))
    ):
        return MentionKind.PERSON
    return None


def _is_open(name: Name) -> bool:
    """True where the form does not tell the kind; "Holt Jr." is nothing but a person."""
    return name.kind is None and not name.parts.is_heir


def _with_kind(name: Name, kind: MentionKind | None) -> Name:
    return name if kind is None else replace(name, kind=kind)
