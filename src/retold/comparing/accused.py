"""Where somebody denies all part in it, and somebody else, in whatever account, says he did it.

    {Lind denies any wrongdoing} | {Achter accused Lind of selling the boat}

What is denied is not told ("any role", "responsibility"), so that only an accusation by its very
word, of whoever denies, can be set against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from retold import lexicons
from retold.comparing import denials, disavowals, facts, slots
from retold.comparing.disavowals import Told
from retold.comparing.facts import Word
from retold.comparing.partings import Parting
from retold.comparing.slots import Sentence
from retold.types import Attribution, Reading, Speaker, SpeakerKind

MIN_SURE = 0.4  # of who denies it, and of who says it
# "they met Lind" accuses others: of nine that it found in 575 stories eight were of one thing
FIRST = 3  # words of an accusation among which whoever is accused is named
ACCUSES = (*denials.ACCUSES, "blam", "charg")
# of whatever it is that the article tells: another's accusation may be of something else
WRONG = frozenset({"wrongdoing", "guilt", "misconduct"})
PART = WRONG | {"involvement", "involved", "responsibility", "responsible", "role"}
LEADS = frozenset(
    (
        "any", "all", "a", "having", "playing", "that", "he", "she", "it", "they", "was", "were",
        "had", "been", "his", "her", "its", "their", "allegations", "accusations", "claims", "of",
    )
)  # fmt: skip


def find(
    readings: Sequence[Reading],
    attributions: Mapping[str, Attribution],
    speakers: Mapping[str, Speaker],
    sentences: Mapping[str, Sequence[Sentence]],
) -> tuple[Parting, ...]:
    """The denials, each with the accusation that has most of its words, of the same article rather
    than of another; in order of article and place, of each speaker one.

    Args:
        attributions: by id, with the speakers of the report, who are by id too.
    """
    told = [
        (one, reading.article.text)
        for reading in readings
        for one in disavowals.told_in(reading, attributions, sentences.get(reading.article.id, ()))
        if one.said.speaker_id in speakers and one.said.score * one.said.speaker_score >= MIN_SURE
    ]
    charges = [one for one, text in told if _accuses(one)]
    held = {r.article.id: r for r in readings}
    out: dict[str | None, Parting] = {}
    for one, text in told:
        if one.said.speaker_id in out or not _denies_all(one, text):
            continue
        against = _against(one, charges, speakers)
        best = max(against, key=lambda charge: _nearness(one, charge), default=None)
        shown = best and disavowals.parting(one, best, held, speakers)
        if shown:
            out[one.said.speaker_id] = shown
    return tuple(out.values())


# --- inside ---------------------------------------------------------------------------------------


def _denies_all(one: Told, text: str) -> bool:
    """True for "denied any involvement", "denies that he was responsible"; not for "denied that
    the mayor played a role"."""
    if not denials.denies(one.said, text) or disavowals.NOT_DENIED & one.cue:
        return False
    held = denials.words(text, one.said.content)
    at = next((n for n, word in enumerate(held) if word in PART), len(held))
    return at < len(held) and set(held[:at]) <= LEADS


def _accuses(one: Told) -> bool:
    """True for "accused"; not for "did not accuse", "refused to blame"."""
    is_open = disavowals.NOT_DENIED & one.cue or any(map(slots.negates, one.cue))
    return not is_open and any(word.startswith(ACCUSES) for word in one.cue)


def _against(one: Told, charges: Sequence[Told], speakers: Mapping[str, Speaker]) -> Iterator[Told]:
    """The accusations by others of whoever denies; of mere "wrongdoing" those of its article."""
    speaker = speakers[one.said.speaker_id or ""]
    name = [facts.stem(word) for word in speaker.name.casefold().split()]
    is_person = speaker.kind is SpeakerKind.PERSON
    is_open = any(word.form in WRONG for word in one.words)
    for charge in charges:
        if is_open and charge.said.article_id != one.said.article_id:
            continue
        if charge.said.speaker_id != one.said.speaker_id and _opens_with(
            charge.words, name, is_person=is_person
        ):
            yield charge


def _opens_with(words: Sequence[Word], name: Sequence[str], *, is_person: bool) -> bool:
    """True for "Mrs. {Lind} of selling …", where Lind is wanted; not for "Eva Lind", "Lind’s
    friends" and "the Lind Foundation"."""
    stems = [facts.stem(word.form) for word in words[:FIRST]]
    if not set(name[-1:] if is_person else name) <= {*stems}:
        return False
    at = stems.index(name[-1])
    last, before, after = words[at], words[at - 1 : at], words[at + 1 : at + 2]
    known = {*name, *map(facts.stem, lexicons.words("titles"))}
    is_owned = len(last.span) > len(last.form)
    is_other = any(w.is_name and stems[at - 1] not in known for w in before if is_person)
    is_part = any(w.is_name and w.span.start == last.span.end + 1 for w in after)
    return not (is_owned or is_other or is_part)


def _nearness(one: Told, charge: Told) -> tuple[bool, float]:
    is_here = one.said.article_id == charge.said.article_id
    return is_here, disavowals.weight(one.stems & charge.stems)
