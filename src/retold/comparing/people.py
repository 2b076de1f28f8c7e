"""One speaker across the articles of a story, with the reason; two where something is against it.

Bill Clinton is not Hillary Clinton, Trump Jr. is not Trump, and "Mr. Fox" is not Fox News: a merge
needs names that fit, and stops at another first name, gender, suffix or kind; but a lone "Holt"
that one account takes for a body is the Karl Holt whom another calls so, unless one names Holt
Industries. A last name that several have is his whom the other accounts mostly call by it alone.
Two whom one article keeps apart stay apart, but for "the minister", who may be one whom it names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from rapidfuzz.distance import Levenshtein

from retold import lexicons
from retold.comparing import cast, described
from retold.comparing.cast import One
from retold.reading import names
from retold.reading.names import Gender
from retold.types import Place, Reading, Speaker, SpeakerKind


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The speakers of a story, the most often named first, and to which of them the speaker of each
    reading belongs, by id."""

    speakers: tuple[Speaker, ...]
    of: Mapping[str, str]


def merge(readings: Sequence[Reading]) -> People:
    """The speakers of all readings, each once; the same for any order of the readings."""
    held = sorted(
        _with_namesakes(
            [
                cast.told(reading, speaker)
                for reading in {r.article.id: r for r in readings}.values()
                for speaker in reading.speakers
            ]
        ),
        key=lambda one: (
            one.is_described,
            -len(one.words),
            one.speaker.name,
            one.article_id,
            one.speaker.id,
        ),
    )
    groups: list[tuple[list[One], str]] = []
    for one in held:
        found = _home(groups, one)
        if found is None and one.is_described:
            found = _home_described(groups, one) or _home_here(groups, one)
        if found is None:
            groups.append(([one], ""))
        else:
            index, why = found
            members, before = groups[index]
            reasons = [r for r in before.split("; ") if r]
            groups[index] = ([*members, one], "; ".join(dict.fromkeys([*reasons, why])))
    return _people(groups)


def _with_namesakes(held: Sequence[One]) -> list[One]:
    """Each with whether an account of the story tells a father and a son of that name apart."""
    suffixes: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for one in held:
        suffixes[one.article_id, one.parts.given, one.parts.family].add(one.parts.suffix)
    apart = {(given, family) for (_, given, family), own in suffixes.items() if len(own) > 1}
    return [replace(one, has_namesake=(one.parts.given, one.parts.family) in apart) for one in held]


# --- whether two are one --------------------------------------------------------------------------


def _home(groups: list[tuple[list[One], str]], one: One) -> tuple[int, str] | None:
    """The one group that `one` belongs to and why, None if there is none, or more than one and
    nobody whom other accounts mostly call so."""
    fitting = []
    is_body = _opens_a_body(groups, one)
    for index, (members, _) in enumerate(groups):
        if any(m.article_id == one.article_id for m in members):
            continue
        if is_body and members[0].speaker.kind is _PERSON:
            continue
        reasons = [_same(member, one) for member in members]
        told = [r for r in reasons if r is not None]
        if told and not any(_contradict(member, one) for member in members):
            fitting.append((index, told[0]))
    alike = [f for f in fitting if f[1] == _ALIKE]
    fitting = alike or fitting
    if len(fitting) > 1 and not one.is_full:
        return _called_so(groups, [index for index, _ in fitting], one)
    return fitting[0] if len(fitting) == 1 else None


def _called_so(
    groups: list[tuple[list[One], str]], fitting: list[int], one: One
) -> tuple[int, str] | None:
    """Of several whom a last name may mean the one whom other accounts mostly call by it alone."""
    word = names.fold(one.words[-1])
    often = {index: sum(m.alone.count(word) for m in groups[index][0]) for index in fitting}
    first, second = sorted(fitting, key=lambda index: -often[index])[:2]
    return (first, _MOSTLY) if often[first] > 1 + 2 * often[second] else None


def _home_described(groups: list[tuple[list[One], str]], one: One) -> tuple[int, str] | None:
    """The one named group that another account describes as this one does `one`."""
    fitting = [
        index
        for index, (members, _) in enumerate(groups)
        if not any(m.article_id == one.article_id for m in members)
        and any(not m.is_described and _is_called(m, one) for m in members)
        and not any({m.gender, one.gender} == {Gender.MALE, Gender.FEMALE} for m in members)
    ]
    return (fitting[0], _DESCRIBED) if len(fitting) == 1 else None


def _home_here(groups: list[tuple[list[One], str]], one: One) -> tuple[int, str] | None:
    """The only person of the story whom other accounts call all that this one says with "the"; it
    must name him as well, and keep him apart by nothing that it tells."""
    (mine, *_) = one.called or (None,)
    if mine is None or not one.is_the or not mine.is_telling:
        return None
    fitting = [
        index
        for index, (members, _) in enumerate(groups)
        if mine.is_said_by([c for m in members if m.speaker.kind is _PERSON for c in m.called])
    ]
    if len(fitting) != 1:
        return None
    members, _ = groups[fitting[0]]
    here = [m for m in members if m.article_id == one.article_id and not m.is_described]
    is_apart = any(m.speaker.id in one.apart for m in here)
    against = any({m.gender, one.gender} == {Gender.MALE, Gender.FEMALE} for m in members)
    return None if is_apart or against or not here else (fitting[0], _DESCRIBED)


def _is_called(named: One, one: One) -> bool:
    """True if `named` may be whom `one` describes."""
    if one.speaker.kind is SpeakerKind.ORGANISATION:
        is_body = named.speaker.kind is SpeakerKind.ORGANISATION
        return is_body and described.is_body(one.speaker.name, named.speaker.name)
    if named.speaker.kind is not SpeakerKind.PERSON or not named.is_full:
        return False
    fitting = [c for c in named.called if any(mine.fits(c) for mine in one.called)]
    is_single = any(c.is_single for c in fitting)
    return is_single or (bool(fitting) and described.say_alike(one.said, named.said))


_ALIKE = "the same name"
_MOSTLY = "the last name, by which the other accounts mostly call this person alone"
_DESCRIBED = "described so in another account"
_LAST = "the last name, which only one person in the story has"
_PERSON = SpeakerKind.PERSON


def _same(a: One, b: One) -> str | None:
    """Why two speakers may be one, None if nothing says so."""
    if a.speaker.kind is not b.speaker.kind:
        return _LAST if _is_mistaken(a, b) or _is_mistaken(b, a) else None
    kind = a.speaker.kind
    is_alike = a.bare == b.bare
    if kind is SpeakerKind.PERSON:
        return _ALIKE if is_alike else _same_person(a, b)
    if kind in (SpeakerKind.ORGANISATION, SpeakerKind.PLACE):
        return _ALIKE if is_alike else _same_body(a, b)
    if kind is SpeakerKind.GROUP and is_alike and any(w[0].isupper() for w in a.words):
        return _ALIKE
    return None


def _same_person(a: One, b: One) -> str | None:
    """Why two persons may be one by their names."""
    if a.is_full and b.is_full:
        if not names.may_be_one(a.parts, b.parts):
            if _is_without_suffix(a, b):
                return "the same name, once with its suffix"
            return "the same name, spelt otherwise" if _is_misspelt(a.parts, b.parts) else None
        if a.parts.given == b.parts.given:
            return "the same first and last name"
        return "the same last name and a form of the first"
    full, short = (a, b) if a.is_full else (b, a)
    if not full.is_full:
        return None
    if full.parts.family == short.parts.family:
        return _LAST
    if full.parts.given == short.parts.family:
        return "the first name, which only one person in the story has"
    return None


_MIN_ALONE = 2


def _is_mistaken(body: One, person: One) -> bool:
    """True for a "Holt" whom one account takes for a body, and another often names a person."""
    return (
        body.speaker.kind is SpeakerKind.ORGANISATION
        and person.speaker.kind is _PERSON
        and person.is_full
        and not body.is_full
        and names.kind_of(body.words, titled=False) is None
        and person.parts.family == names.fold(body.words[-1])
        and person.alone.count(person.parts.family) >= _MIN_ALONE
    )


def _is_without_suffix(a: One, b: One) -> bool:
    """True for "Karl Holt Jr." and a "Karl Holt" elsewhere, where both accounts go on with "Holt"
    alone and none tells father and son apart."""
    if bool(a.parts.suffix) == bool(b.parts.suffix):
        return False
    bare = [replace(one.parts, suffix="") for one in (a, b)]
    return (
        not (a.has_namesake or b.has_namesake)
        and names.may_be_one(*bare)
        and all(one.alone.count(one.parts.family) >= _MIN_ALONE for one in (a, b))
    )


_MIN_SPELT = 5
_MAX_EDITS = 1


def _is_misspelt(a: names.Parts, b: names.Parts) -> bool:
    """True for "Sergey Holtov" and "Sergei Holtov", "Karl Fallwell" and "Karl Falwell": of 51 in
    575 stories all were one."""
    if a.suffix != b.suffix or (a.given != b.given and a.family != b.family):
        return False
    one, other = (a.given, b.given) if a.family == b.family else (a.family, b.family)
    return (
        one[:1] == other[:1]
        and min(len(one), len(other)) >= _MIN_SPELT
        and Levenshtein.distance(one, other) <= _MAX_EDITS
    )


def _opens_a_body(groups: list[tuple[list[One], str]], one: One) -> bool:
    """True for a body "Holt" in a story that tells of Holt Industries."""
    return one.speaker.kind is SpeakerKind.ORGANISATION and any(
        m.speaker.kind is SpeakerKind.ORGANISATION and len(m.bare) > 1 and m.bare[:1] == one.bare
        for members, _ in groups
        for m in members
    )


def _same_body(a: One, b: One) -> str | None:
    """Why two organisations or places may be one by their names."""
    if names.is_acronym_of("".join(a.words), b.words) or names.is_acronym_of(
        "".join(b.words), a.words
    ):
        return "a name and its first letters"
    if names.is_turned(a.words, b.words):
        return "another form of the name"
    if names.bare_body(a.words) == names.bare_body(b.words):
        return "the same name, without its legal form"
    short, long = sorted((a.bare, b.bare), key=len)
    distinct = set(short) - lexicons.words("organisation_nouns")
    if short and distinct and len(short) < len(long) and long[-len(short) :] == short:
        return "a name and its short form"
    return None


def _contradict(a: One, b: One) -> bool:
    """True if the names or genders of two say that they cannot be one."""
    if {a.gender, b.gender} == {Gender.MALE, Gender.FEMALE}:
        return True
    if a.speaker.kind is not SpeakerKind.PERSON or not (a.is_full and b.is_full):
        return False
    is_one = a.bare == b.bare or names.may_be_one(a.parts, b.parts)
    return not (is_one or _is_misspelt(a.parts, b.parts) or _is_without_suffix(a, b))


# --- the people of the story ----------------------------------------------------------------------


def _people(groups: list[tuple[list[One], str]]) -> People:
    made = sorted(
        (_made(members, why) for members, why in groups),
        key=lambda s: (-len(s.mentions), s.name, s.members),
    )
    speakers = tuple(
        Speaker(
            id=f"s{n}",
            name=speaker.name,
            kind=speaker.kind,
            mentions=speaker.mentions,
            roles=speaker.roles,
            members=speaker.members,
            why=speaker.why,
        )
        for n, speaker in enumerate(made, start=1)
    )
    of = {member: speaker.id for speaker in speakers for member in speaker.members}
    return People(speakers=speakers, of=MappingProxyType(of))


def _made(members: Sequence[One], why: str) -> Speaker:
    """The members as one speaker, named by the fullest form; a body that is known by its first
    letters has them too: "Harbour Workers' Union (HWU)"."""
    named = [m for m in members if not m.is_described] or list(members)
    fullest = max(named, key=lambda m: (len(m.words), len(m.speaker.name), m.speaker.name))
    letters = [m.letters or m.speaker.name for m in members]
    known = next((x for x in letters if names.is_acronym_of(x, fullest.words)), "")
    return Speaker(
        id="",
        name=_with_short(fullest.words, members)
        + (f" ({known.replace('.', '')})" if known else ""),
        kind=fullest.speaker.kind,
        mentions=_places(m.speaker.mentions for m in members),
        roles=_places(m.speaker.roles for m in members),
        members=tuple(sorted(m.speaker.id for m in members)),
        why=why,
    )


def _with_short(words: tuple[str, ...], members: Sequence[One]) -> str:
    """A person's name with another first name that the members use of him, in marks: the short one,
    though it be the one of the fullest form."""
    own = names.parts(words)
    others = [
        form[0]
        for member in members
        for form in member.forms
        if len(form) > 1
        and not _is_within(names.parts(form).given, own)
        and not _is_misspelt(names.parts(form), own)
    ]
    if members[0].speaker.kind is not SpeakerKind.PERSON or not own.given or not others:
        return " ".join(words)
    short = min(others, key=lambda first: (-others.count(first), first))
    family = len(own.family.split()) + bool(own.suffix)
    long = words[0]
    if names.fold(short) in names.formal(own.given):
        long, short = short, long
    return " ".join((long, *words[1:-family], f"“{short}”", *words[-family:]))


def _is_within(given: str, own: names.Parts) -> bool:
    """True for a first name that adds nothing: the same, an initial, or a middle name."""
    return len(given) < 2 or given in (own.given, *own.middle) or own.given.startswith(f"{given}-")


def _places(held: Iterable[Iterable[Place]]) -> tuple[Place, ...]:
    return tuple(sorted({place for places in held for place in places}))
