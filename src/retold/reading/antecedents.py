"""Whom a pronoun or a description points back to: candidates, what speaks for each, and the odds.

A conditional logit over candidates: each has a row of features, the odds are the softmax of their
weighted sums. Weights and their origin lie in `models/antecedents.json`.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files

from retold import spans
from retold.reading.names import Gender
from retold.reading.roles import Role
from retold.reading.scene import Scene
from retold.types import Span, SpeakerKind

MAX_BACK_CHARS = 3000
FEATURES = (
    "distance",
    "same_sentence",
    "same_paragraph",
    "two_paragraphs_back",
    "last_speaker",
    "last_speaker_here",
    "last_speaker_next_door",
    "earlier_speaker",
    "subject_here",
    "last_free_here",
    "subject_before",
    "opens_paragraph",
    "opened_previous_paragraph",
    "in_quotation_only",
    "owned",
    "oblique",
    "count",
    "gender_agrees",
    "in_content",
    "nearest",
    "frame_speaker",
    "in_title",
    "never_named",
    "role",
    "role_head",
    "role_head_only_here",
    "other_head",
    "nobody",
    "nobody_owned",
    "nobody_fits",
    "nobody_in_office",
    "nobody_modified",
)
# Nouns for those of whom an article tells by name: their later descriptions bring in nobody new.
# Many who are called so are also something else: "the congressman" may be whom the text called a
# Republican.
BROAD = frozenset(
    {
        "republican",
        "democrat",
        "candidate",
        "hopeful",
        "contender",
        "lawmaker",
        "leader",
        "politician",
        "veteran",
        "conservative",
        "whip",
    }
)
_FORMER = "former"
_ANYONE = frozenset("author figure individual man person woman".split())  # noqa: SIM905
# what somebody is beside an office that the text need not name
_BESIDE = frozenset(
    "activist advocate ally backer brother colleague critic daughter father foe friend host "  # noqa: SIM905
    "husband member mother opponent parent resident rival sister son star supporter wife".split()
)
_OFFICES = frozenset(
    {
        "republican",
        "democrat",
        "candidate",
        "hopeful",
        "contender",
        "senator",
        "representative",
        "governor",
        "president",
        "mayor",
        "lawmaker",
        "nominee",
        "frontrunner",
        "leader",
        "billionaire",
        "tycoon",
        "mogul",
        "politician",
        "veteran",
        "ex-congressman",
        "chairman",
        "secretary",
        "incumbent",
        "challenger",
        "speaker",
        "conservative",
        "author",
    }
)


@dataclass(slots=True)
class Character:
    """Someone who may speak: a figure of the roster, or one who is only described."""

    index: int
    name: str
    kind: SpeakerKind
    gender: Gender
    is_plural: bool
    mentions: list[Span]
    roles: list[Role] = field(default_factory=list)
    is_named: bool = True
    head: str = ""

    @property
    def heads(self) -> frozenset[str]:
        """The nouns that the text has used of this character."""
        return frozenset(head for role in self.roles for head in role.heads)

    def before(self, at: int) -> int:
        """How many of the mentions start before `at`; they are kept in text order."""
        return bisect_left(self.mentions, at, key=lambda mention: mention.start)

    def last_before(self, at: int) -> int:
        """Where the last mention before `at` starts, -1 if there is none."""
        count = self.before(at)
        return self.mentions[count - 1].start if count else -1


class Kind(StrEnum):
    """What points back: "he", "the senator", or a last name that several people have."""

    PRONOUN = "pronoun"
    DESCRIPTION = "description"
    NAMESAKE = "namesake"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A source that points back, and what is known around it. `history` are the speakers of the
    statements before it, each with the place of the statement, the last one at the end."""

    at: int
    content: tuple[Span, ...]
    history: Sequence[tuple[int, int]]
    frame: int | None
    excluded: frozenset[int]
    gender: Gender
    heads: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    is_owned: bool = False
    kind: Kind = Kind.PRONOUN
    family: str = ""

    @property
    def is_description(self) -> bool:
        return self.kind is Kind.DESCRIPTION


def _role_agreement(character: Character, keys: frozenset[str]) -> float:
    """The share of a description's words that the text has said of this character."""
    if not keys:
        return 0.0
    said = {k for role in character.roles for k in role.keys}
    return len(keys & said) / len(keys)


def _role_row(character: Character, question: Question, is_only: bool) -> list[float]:
    """How well what the text says of a character fits the description."""
    if not question.is_description:
        return [0.0] * 4
    said = character.heads
    fits = bool(question.heads & said)
    return [
        _role_agreement(character, question.keys),
        float(fits),
        float(fits and is_only),
        float(bool(said - BROAD) and not fits),
    ]


def nobody(question: Question, has_fitting: bool) -> list[float]:
    """The features of there being no antecedent: the description brings in somebody new."""
    values = [0.0] * (len(FEATURES) - 5)
    return [
        *values,
        1.0,
        float(question.is_owned),
        float(has_fitting),
        float(bool(question.heads & _OFFICES)),
        float(len(question.keys) > 1),
    ]


def row(
    scene: Scene, question: Question, character: Character, *, nearest: bool, is_only: bool
) -> list[float]:
    """The features of one candidate, who is named before `question.at`."""
    named = character.mentions[: character.before(question.at)]
    before = [m for m in named if not _is_aside(scene, question, m)] or named
    last = before[-1]
    return [
        *_distance_row(scene, question, last),
        *_history_row(scene, question, character.index),
        *_subject_row(scene, question, character.index, last),
        float(all(scene.quotation(m.start) is not None for m in before[-4:])),
        float(scene.is_owned(last)),
        float(scene.is_oblique(last)),
        math.log1p(len(before)),
        float(question.gender is not Gender.EITHER and character.gender is question.gender),
        float(_is_named_in(scene, question, character)),
        float(nearest),
        float(question.frame == character.index),
        float(before[0].start < scene.paragraphs[0].end),
        float(not character.is_named),
        *_role_row(character, question, is_only),
        *([0.0] * 5),
    ]


def _is_aside(scene: Scene, question: Question, place: Span) -> bool:
    """True for the president of “The president won it,” he said: who says so is rather another; and
    for "the Holt affair", which nobody goes on with."""
    if question.kind is Kind.PRONOUN and place in scene.attributive:
        return True
    is_inside = any(spans.contains(piece, place) for piece in question.content)
    return question.kind is Kind.PRONOUN and is_inside and scene.quotation(place.start) is not None


def _distance_row(scene: Scene, question: Question, last: Span) -> list[float]:
    """How far back the last mention lies."""
    here, then = scene.paragraph(question.at), scene.paragraph(last.start)
    return [
        math.log1p((question.at - last.start) / 60),
        float(scene.sentence(last.start) == scene.sentence(question.at)),
        float(here == then),
        float(here - then >= 2),
    ]


def _history_row(scene: Scene, question: Question, index: int) -> list[float]:
    """Whether the candidate spoke last, and how near that was."""
    history = question.history
    if not history:
        return [0.0] * 4
    speaker, at = history[-1]
    gap = scene.paragraph(question.at) - scene.paragraph(at)
    return [
        float(speaker == index),
        float(speaker == index and gap == 0),
        float(speaker == index and gap == 1),
        float(any(i == index for i, _ in history[-4:-1])),
    ]


def _subject_row(scene: Scene, question: Question, index: int, last: Span) -> list[float]:
    """Whether the candidate stands where subjects stand: here, before, or at a paragraph's head."""
    here, sentence = scene.paragraph(question.at), scene.sentence(question.at)
    first = scene.sentence(scene.paragraphs[here].start)
    earlier = scene.sentence(scene.paragraphs[here - 1].start) if here else -1
    is_here = last.start >= scene.sentences[sentence].start
    return [
        float(is_here and scene.subject(sentence) == index),
        float(is_here and scene.last_free(sentence, question.at) == index),
        float(first < sentence and scene.subject(sentence - 1) == index),
        float(first < sentence and scene.subject(first) == index),
        float(scene.subject(earlier) == index),
    ]


# "if my last name wasn’t {Holt}"
_CALLS_ONESELF = re.compile(r"\bname (?:is|was|were|be)(?:n[’']t| not)? $")


def _is_named_in(scene: Scene, question: Question, character: Character) -> bool:
    """True if the words said name the candidate in the sentence that has the source: after it, or
    before it in quotation marks.

    Nobody whom a pronoun means is named so: not one of 355 in gold_train, where 30 others are.
    """
    if not character.is_named:
        return False
    sentence = scene.sentence_at(question.at)
    return any(
        spans.contains(c, m)
        and spans.contains(sentence, m)
        and (m.start > question.at or scene.quotation(m.start) is not None)
        and not _CALLS_ONESELF.search(scene.text, max(0, m.start - 24), m.start)
        for m in scene.roster.figures[character.index].mentions
        for c in question.content
    )


def may_be(character: Character, question: Question) -> bool:
    """True unless gender or place rules the character out."""
    genders = {character.gender, question.gender}
    return character.index not in question.excluded and genders != {Gender.MALE, Gender.FEMALE}


def _open_to(characters: Sequence[Character], question: Question) -> list[Character]:
    """Those whom a description may mean: where the text has called one so, none whom it has not;
    else, "her lawyer" is none of them."""
    fitting = [c for c in characters if question.heads & c.heads]
    if question.is_owned or (fitting and question.heads - BROAD):
        return _in_office(fitting, question)
    return list(characters)


def is_known_otherwise(character: Character, question: Question) -> bool:
    """True for one whom the text has called something else, for "the officer" a mayor."""
    if not question.heads or question.heads & (BROAD | _ANYONE | character.heads):
        return False
    return bool(character.heads - BROAD - _ANYONE - _BESIDE)


def _in_office(fitting: list[Character], question: Question) -> list[Character]:
    """Without those who were once what "the governor" is now, where another is it still."""
    if _FORMER in question.keys:
        return fitting
    still = [
        c
        for c in fitting
        if any(question.heads & r.heads and _FORMER not in r.keys for r in c.roles)
    ]
    return still or fitting


def rows(
    scene: Scene, question: Question, characters: Sequence[Character]
) -> tuple[list[Character | None], list[list[float]]]:
    """The candidates for `question` and the features of each; None stands for somebody new."""
    possible = [c for c in characters if may_be(c, question)]
    fitting = [c.index for c in possible if question.heads & c.heads]
    starts = {c.index: c.last_before(question.at) for c in possible}
    near = [c for c in possible if 0 <= starts[c.index] >= question.at - MAX_BACK_CHARS]
    if question.is_description:
        near = _open_to(near, question)
    if not question.is_description:
        near = [c for c in near if not _is_named_in(scene, question, c)]
    nearest = max((starts[c.index] for c in near), default=-1)
    kept: list[Character | None] = list(near)
    table = [
        row(scene, question, c, nearest=starts[c.index] == nearest, is_only=fitting == [c.index])
        for c in near
    ]
    if question.is_description:
        kept.append(None)
        table.append(nobody(question, bool(fitting)))
    return kept, table


@cache
def weights(kind: Kind) -> tuple[float, ...]:
    """The weights in the order of `FEATURES`, for one kind of question; what the file does not
    name weighs nothing."""
    path = files("retold").joinpath("models", "antecedents.json")
    held = json.loads(path.read_text(encoding="utf-8"))["weights"][kind]
    return tuple(float(held.get(name, 0.0)) for name in FEATURES)


def odds(question: Question, table: Sequence[Sequence[float]]) -> list[float]:
    """The probability of each candidate."""
    if not table:
        return []
    held = weights(question.kind)
    sums = [sum(w * x for w, x in zip(held, features, strict=True)) for features in table]
    top = max(sums)
    shares = [math.exp(s - top) for s in sums]
    return [share / sum(shares) for share in shares]
