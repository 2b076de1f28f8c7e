"""Who speaks for whom, by the words for them.

    {Holm} spokeswoman Ann Lind, {Holm}’s office, {his} lawyer, a spokesman for {Holm}
    a club spokesman, where the other is {the chairman, Tom Reuter}

What is told of somebody beyond that ("Lind, who met Holm") makes nobody's agent.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retold import lexicons, spans
from retold.types import Attribution, Speaker, SpeakerKind

SPOKES = "spokes"  # -man, -woman, -person
MOUTHPIECES = frozenset(
    {"press", "communications", "representative", "lawyer", "attorney", "aide", "adviser"}
)
FOR = frozenset({"for", "of", "to"})
HIS = (("his",), ("her",), ("their",))
TELLING = frozenset({"who", "whose", "whom", "which"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Credited:
    """Who is credited with words: the words for him here, and others that say what he is, a tuple
    for each place. `is_sure` if these words are surely for him."""

    speaker: Speaker
    here: tuple[str, ...]
    roles: tuple[tuple[str, ...], ...]
    is_sure: bool

    @property
    def name(self) -> tuple[str, ...]:
        """The words of the name, of a person's the last alone; letters in brackets are none."""
        words = tuple(w for w in self.speaker.name.casefold().split() if w[0] != "(")
        return words[-1:] if self.speaker.kind is SpeakerKind.PERSON else words

    @property
    def is_paper(self) -> bool:
        """True for "the statement", which may be that of either."""
        return bool(self.here) and self.here[-1] in lexicons.words("document_nouns")


def credited(
    one: Attribution, speaker: Speaker, texts: Mapping[str, str], *, is_sure: bool
) -> Credited:
    """The speaker of an attribution with the words for him in the texts of the articles, by id."""
    return Credited(
        speaker=speaker,
        here=_words(spans.cut(texts[one.article_id], spans.hull(one.source))),
        roles=tuple(_words(spans.cut(texts[at.article_id], at.span)) for at in speaker.roles),
        is_sure=is_sure,
    )


def are_one_voice(one: Credited, other: Credited) -> bool:
    """True if the words for either tell that he speaks for the other."""
    return _speaks_for(one, other) or _speaks_for(other, one)


# --- inside ---------------------------------------------------------------------------------------


def _speaks_for(one: Credited, other: Credited) -> bool:
    """True if the words for one tell that he speaks for the other.

    Two whose words end alike may be one: "Agent Tom Reuter", "Reuter".
    """
    if one.is_paper or other.is_paper or not (one.here and other.here):
        return False
    if one.here[-1] == other.here[-1] and not FOR & set(one.here[-3:]):
        return False
    return _is_agent(one, other) or _is_mouthpiece(one, other)


def _is_agent(one: Credited, other: Credited) -> bool:
    """True if the words for one say that he is of the other, who is surely meant."""
    if not other.is_sure and _at(other.here, other.name) is None:
        return False
    if one.speaker.kind is SpeakerKind.PERSON and _at(other.here, one.name) is not None:
        return False  # "Justice Department spokeswoman Ann Lind" is she, whatever was made of it
    is_person = other.speaker.kind is SpeakerKind.PERSON
    return _is_apart(one, other) and any(
        _is_of(told, other.name) or (is_person and _is_his(told)) for told in (one.here, *one.roles)
    )


def _is_apart(one: Credited, other: Credited) -> bool:
    """True unless both may be of one name: "Ann Holm" is none of Holm's, nor is what has
    "Holm" in a name of its own."""
    own = one.speaker.name.casefold().split()
    if one.speaker.kind is SpeakerKind.PERSON:
        return _at(own, other.name) is None
    head = list(itertools.takewhile(lambda word: word not in FOR, own))[-1:]
    is_described = one.speaker.kind in (SpeakerKind.UNNAMED, SpeakerKind.ORGANISATION)
    return is_described and _nouns().issuperset(head)


def _is_of(words: Sequence[str], name: Sequence[str]) -> bool:
    """True for "{Holm} spokeswoman", "spokesman for {Holm}"; not for "President {Holm}"."""
    at = _at(words, name)
    if at is None:
        return False
    return bool(FOR & set(words[max(0, at - 3) : at]) or _nouns() & set(words[at + len(name) :]))


def _is_his(words: Sequence[str]) -> bool:
    """True for "his lawyer": of whom, if not of who is credited with the same words there?"""
    return words[:1] in HIS and bool(_nouns() & set(words))


def _is_mouthpiece(one: Credited, other: Credited) -> bool:
    """True for a spokesman without a name ("the spokesman" may have had one before), where the
    other has one and is something else."""
    if one.speaker.kind is not SpeakerKind.UNNAMED or other.speaker.kind is not SpeakerKind.PERSON:
        return False
    told = {word for words in (other.here, *other.roles) for word in words}
    return (
        one.here[0] in ("a", "an", "one")
        and any(word.startswith(SPOKES) for word in one.here)
        and bool(other.roles)
        and not any(word in MOUTHPIECES or word.startswith(SPOKES) for word in told)
    )


def _words(text: str) -> tuple[str, ...]:
    """The words, up to what is told of somebody: "Lind, {who joined Holm}"."""
    out: list[str] = []
    for written in text.casefold().split():
        if written in TELLING:
            break
        bare = written.strip(' .,;“”"')
        out.append(bare.removesuffix("’s").removesuffix("'s").removesuffix("’"))
    return tuple(out)


def _at(words: Sequence[str], name: Sequence[str]) -> int | None:
    """Where the words of the name stand in a row among the words."""
    size = len(name)
    places = range(len(words) - size + 1)
    return next((n for n in places if tuple(words[n : n + size]) == tuple(name)), None)


def _nouns() -> frozenset[str]:
    """The nouns for who may speak for somebody."""
    lists = ("person_nouns", "titles", "organisation_nouns")
    return frozenset().union(*map(lexicons.words, lists))
