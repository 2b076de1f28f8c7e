"""Who speaks in one article, with what the article tells of him."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from retold import lexicons, spans
from retold.comparing import described
from retold.comparing.described import Called
from retold.reading import names
from retold.reading.names import Gender
from retold.types import Reading, Speaker, SpeakerKind


@dataclass(frozen=True)
class One:
    """A speaker of one article, with what his name tells, what he is called, and what he says.

    `alone` are the single words by which it names a person, one a place. `is_the` is True for "the
    minister"; `apart` are the speakers of the article whom he tells of or who tell of him: another
    than he. `has_namesake` is True where an account of the story tells "Holt Jr." from "Holt".
    """

    speaker: Speaker
    article_id: str
    words: tuple[str, ...]
    gender: Gender
    letters: str = ""
    forms: tuple[tuple[str, ...], ...] = ()
    alone: tuple[str, ...] = ()
    called: tuple[Called, ...] = ()
    said: tuple[frozenset[str], ...] = ()
    is_the: bool = False
    apart: frozenset[str] = frozenset()
    has_namesake: bool = False

    @cached_property
    def bare(self) -> tuple[str, ...]:
        """The words that tell the name, "Jong-un" as two: "Jong Un"."""
        words = (word for word in self.words if word.lower() != "the")
        return tuple(names.fold(part) for word in words for part in word.split("-"))

    @cached_property
    def parts(self) -> names.Parts:
        return names.parts(self.words)

    @property
    def is_full(self) -> bool:
        return len(self.words) > 1

    @property
    def is_described(self) -> bool:
        """True for one without a name: "Holt’s lawyer", "the harbour committee"."""
        if self.speaker.kind is SpeakerKind.UNNAMED:
            return True
        nouns = lexicons.words("organisation_nouns")
        is_body = self.speaker.kind is SpeakerKind.ORGANISATION
        return is_body and any(w in nouns for w in self.words)


def told(reading: Reading, speaker: Speaker) -> One:
    """A speaker of a reading, with what its article tells of him."""
    return One(
        speaker,
        reading.article.id,
        tuple(speaker.name.split()),
        _gender(reading, speaker),
        _letters(reading, speaker),
        _forms(reading, speaker),
        _alone(reading, speaker),
        _called(reading, speaker),
        _said(reading, speaker),
        _is_the(reading, speaker),
        _apart(reading, speaker),
    )


_TITLE_CHARS = 8
_MALE, _FEMALE = ("Mr.", "Sir", "Mr"), ("Mrs.", "Ms.", "Miss", "Mrs", "Ms")


def _gender(reading: Reading, speaker: Speaker) -> Gender:
    """Told by "Mr." or "Ms." before a mention, else by the first name, or by "spokeswoman"."""
    if speaker.kind is SpeakerKind.UNNAMED:
        return described.gender(speaker.name)
    if speaker.kind is not SpeakerKind.PERSON:
        return Gender.EITHER
    for place in speaker.mentions:
        start = place.span.start
        before = reading.article.text[max(0, start - _TITLE_CHARS) : start].split()
        if before and before[-1] in _MALE:
            return Gender.MALE
        if before and before[-1] in _FEMALE:
            return Gender.FEMALE
    words = speaker.name.split()
    return names.gender_of(names.fold(words[0])) if len(words) > 1 else Gender.EITHER


def _letters(reading: Reading, speaker: Speaker) -> str:
    """The first letters by which the article calls a body too, empty if it does not."""
    if speaker.kind is not SpeakerKind.ORGANISATION:
        return ""
    words = tuple(speaker.name.split())
    forms = (spans.cut(reading.article.text, place.span) for place in speaker.mentions)
    return next((form for form in forms if names.is_acronym_of(form, words)), "")


def _forms(reading: Reading, speaker: Speaker) -> tuple[tuple[str, ...], ...]:
    """The full names by which the article calls a person, with the same last name as his own."""
    if speaker.kind is not SpeakerKind.PERSON:
        return ()
    family = names.parts(tuple(speaker.name.split())).family
    found = (spans.cut(reading.article.text, place.span).split() for place in speaker.mentions)
    return tuple(
        tuple(words)
        for words in found
        if len(words) > 1
        and all(word[0].isupper() for word in words)
        and names.parts(tuple(words)).family == family
        and names.fold(words[0]) not in lexicons.words("titles")
    )


def _alone(reading: Reading, speaker: Speaker) -> tuple[str, ...]:
    """The single words by which the article names a person, one a place."""
    if speaker.kind is not SpeakerKind.PERSON:
        return ()
    found = (spans.cut(reading.article.text, place.span).split() for place in speaker.mentions)
    return tuple(names.fold(words[0]) for words in found if len(words) == 1)


def _called(reading: Reading, speaker: Speaker) -> tuple[Called, ...]:
    """What the article calls a person, or one whom it does not name."""
    if speaker.kind is SpeakerKind.UNNAMED:
        return (described.called(speaker.name),)
    if speaker.kind is not SpeakerKind.PERSON:
        return ()
    return tuple(
        described.called(spans.cut(reading.article.text, place.span)) for place in speaker.roles
    )


def _said(reading: Reading, speaker: Speaker) -> tuple[frozenset[str], ...]:
    """The words of each statement of a person, or of one whom the article does not name."""
    if speaker.kind not in (SpeakerKind.PERSON, SpeakerKind.UNNAMED):
        return ()
    return tuple(
        described.said(" ".join(spans.cut(reading.article.text, s) for s in attribution.content))
        for attribution in reading.attributions
        if attribution.speaker_id == speaker.id
    )


def _is_the(reading: Reading, speaker: Speaker) -> bool:
    """True for somebody unnamed who is "the minister" to the article."""
    if speaker.kind is not SpeakerKind.UNNAMED:
        return False
    return described.is_definite(
        spans.cut(reading.article.text, place.span) for place in speaker.mentions
    )


def _apart(reading: Reading, speaker: Speaker) -> frozenset[str]:
    """Whom somebody unnamed names in what he says, and who says what he says."""
    if speaker.kind is not SpeakerKind.UNNAMED:
        return frozenset()
    by = {attribution.id: attribution for attribution in reading.attributions}
    own = [a for a in reading.attributions if a.speaker_id == speaker.id]
    above = {by[a.parent].speaker_id for a in own if a.parent in by}
    tells = {
        other.id
        for other in reading.speakers
        for place in other.mentions
        if any(spans.contains(piece, place.span) for a in own for piece in a.content)
    }
    return frozenset(tells | {speaker_id for speaker_id in above if speaker_id is not None})
