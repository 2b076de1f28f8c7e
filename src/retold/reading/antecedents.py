"""Whom a pronoun or a description points back to: candidates, what speaks for each, and the odds.

A conditional logit over candidates: each has a row of features, the odds are the softmax of their
weighted sums. Weights and their origin lie in `models/antecedents.json`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

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
    "nobody_named_after",
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
    is_description: bool = False


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
    said = {h for role in character.roles for h in role.heads}
    fits = bool(question.heads & said)
    return [
        _role_agreement(character, question.keys),
        float(fits),
        float(fits and is_only),
        float(bool(said) and not fits),
    ]


def nobody(question: Question, has_fitting: bool) -> list[float]:
    """The features of there being no antecedent: the description brings in somebody new."""
    values = [0.0] * (len(FEATURES) - 3)
    return [*values, 1.0, float(question.is_owned), float(has_fitting)]


def row(
    scene: Scene, question: Question, character: Character, *, nearest: bool, is_only: bool
) -> list[float] | None:
    """The features of one candidate, None if it is not named before `question.at`."""
    before = [m for m in character.mentions if m.start < question.at]
    if not before or question.at - before[-1].start > MAX_BACK_CHARS:
        return None
    last = before[-1]
    free = [m for m in before[-4:] if scene.quotation(m.start) is None]
    here, then = scene.paragraph(question.at), scene.paragraph(last.start)
    sentence = scene.sentence(question.at)
    history = question.history
    last_speaker = bool(history) and history[-1][0] == character.index
    last_paragraph = scene.paragraph(history[-1][1]) if history else -9
    first_here = scene.sentence(scene.paragraphs[here].start)
    first_before = scene.sentence(scene.paragraphs[here - 1].start) if here else -1
    return [
        math.log1p((question.at - last.start) / 60),
        float(scene.sentence(last.start) == sentence),
        float(here == then),
        float(here - then >= 2),
        float(last_speaker),
        float(last_speaker and last_paragraph == here),
        float(last_speaker and last_paragraph == here - 1),
        float(any(i == character.index for i, _ in history[-4:-1])),
        float(
            character.index in (subject := [scene.subject(sentence)])
            and last.start >= scene.sentences[sentence].start
        ),
        float(
            character.index == scene.subject(sentence - 1)
            and scene.sentence(scene.paragraphs[here].start) < sentence
        ),
        float(character.index == scene.subject(first_here) and first_here < sentence),
        float(character.index == scene.subject(first_before)),
        float(not free),
        float(scene.is_owned(last)),
        float(scene.is_oblique(last)),
        math.log1p(len(before)),
        float(question.gender is not Gender.EITHER and character.gender is question.gender),
        float(
            any(c.start <= m.start < c.end for c in question.content for m in character.mentions)
        ),
        float(nearest),
        float(question.frame == character.index),
        float(before[0].start < scene.paragraphs[0].end),
        float(not character.is_named),
        *_role_row(character, question, is_only),
        0.0,
        0.0,
        0.0,
    ]


def _may_be(character: Character, question: Question) -> bool:
    genders = {character.gender, question.gender}
    return character.index not in question.excluded and genders != {Gender.MALE, Gender.FEMALE}


def rows(
    scene: Scene, question: Question, characters: Sequence[Character]
) -> tuple[list[Character | None], list[list[float]]]:
    """The candidates for `question` and the features of each; None stands for somebody new."""
    possible = [c for c in characters if _may_be(c, question)]
    starts = {
        c.index: max((m.start for m in c.mentions if m.start < question.at), default=-1)
        for c in possible
    }
    nearest = max(starts.values(), default=-1)
    fitting = [
        c.index for c in possible if question.heads & {h for role in c.roles for h in role.heads}
    ]
    kept: list[Character | None] = []
    table = []
    for character in possible:
        if starts[character.index] < 0:
            continue
        features = row(
            scene,
            question,
            character,
            nearest=starts[character.index] == nearest,
            is_only=fitting == [character.index],
        )
        if features is not None:
            kept.append(character)
            table.append(features)
    if question.is_description:
        kept.append(None)
        table.append(nobody(question, bool(fitting)))
    return kept, table


@cache
def weights(kind: str) -> tuple[float, ...]:
    """The weight of each feature, in the order of `FEATURES`, for "pronoun" or "description"."""
    path = files("retold").joinpath("models", "antecedents.json")
    held = json.loads(path.read_text(encoding="utf-8"))["weights"][kind]
    return tuple(float(held[name]) for name in FEATURES)


def odds(question: Question, table: Sequence[Sequence[float]]) -> list[float]:
    """The probability of each candidate."""
    if not table:
        return []
    held = weights("description" if question.is_description else "pronoun")
    sums = [sum(w * x for w, x in zip(held, features, strict=True)) for features in table]
    top = max(sums)
    shares = [math.exp(s - top) for s in sums]
    return [share / sum(shares) for share in shares]
