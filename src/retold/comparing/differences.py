"""Where the tellings of a claim part: facet, kind, the exact words on each side, and how sure.

    passages of a claim ──contrast──▶ pairs of slots ──trees──▶ odds ──┬─▶ chosen pairs
    quoted words, numbers, dates ──conflicts──▶ what cannot both be right ─┘   ──▶ Difference, …

A pair of slots is chosen for standing in the same place of the same statement, by trees that were
trained on differences which careful readers noted. `score` is their probability that a reader
would note it; what is hardly likely to be one is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from retold import spans
from retold.comparing import conflicts, contrast, facts, slots, trees
from retold.comparing.contrast import Contrasts, Floats
from retold.comparing.facts import Facts
from retold.comparing.people import People
from retold.comparing.slots import Sentence, Slot
from retold.types import Difference, DifferenceKind, Facet, Passage, Reading

MODEL = "differences"
FACETS = tuple(Facet)
MIN_SCORE = 0.27  # where precision meets recall on the training stories, each judged unseen
THIRD = 0.5  # a further account's slot is shown with at least this part of the first odds
MAX_OF_A_CLAIM = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """The articles of a story, prepared once for all its claims."""

    sentences: Mapping[str, tuple[Sentence, ...]]
    rarity: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Two slots or more, one an article, that are thought to part."""

    slots: tuple[Slot, ...]
    score: float
    row: int


def prepare(
    readings: Sequence[Reading], found: Sequence[Sequence[Facts]], people: People
) -> Accounts:
    """The accounts of a story; `found` are the facts of each reading."""
    return Accounts(
        sentences={r.article.id: slots.of(r, people.of) for r in readings},
        rarity=facts.rarity(found),
    )


def find(passages: Sequence[Passage], accounts: Accounts) -> tuple[Difference, ...]:
    """Where the passages of a claim part, the surest first; none shows the same words twice."""
    held = sentences(passages, accounts)
    pairs = contrast.pairs(held, passages, accounts.rarity)
    if not len(pairs.left):
        return ()
    odds = trees.load(MODEL).judge(pairs.features)
    chosen = choose(pairs, odds)
    facets = _facets(pairs.features[[one.row for one in chosen]])
    found = [_difference(one, facet) for one, facet in zip(chosen, facets, strict=True)]
    sure = conflicts.find(pairs, odds)
    return _apart([*sure, *found])


def choose(pairs: Contrasts, odds: Floats, *, at_least: float = MIN_SCORE) -> list[Found]:
    """The likeliest pairs, none of which shows words that a likelier one shows."""
    out: list[Found] = []
    for row in np.argsort(-odds, kind="stable").tolist():
        if odds[row] < at_least or len(out) == MAX_OF_A_CLAIM:
            break
        a, b = pairs.slots[pairs.left[row]], pairs.slots[pairs.right[row]]
        if any(_touch(slot, other) for one in out for other in one.slots for slot in (a, b)):
            continue
        more = _others(pairs, odds, row)
        out.append(Found(slots=(a, b, *more), score=float(odds[row]), row=row))
    return out


# --- inside ---------------------------------------------------------------------------------------


def sentences(passages: Sequence[Passage], accounts: Accounts) -> list[Sentence]:
    """The sentences that the passages stand in, the titles last."""
    out = {
        (sentence.article_id, sentence.span): sentence
        for passage in passages
        for sentence in accounts.sentences.get(passage.article_id, ())
        if spans.overlaps(sentence.span, passage.span)
    }
    return sorted(out.values(), key=lambda s: (s.is_title, s.article_id, s.span))


def _touch(a: Slot, b: Slot) -> bool:
    return a.article_id == b.article_id and spans.overlaps(a.span, b.span)


def _others(pairs: Contrasts, odds: Floats, row: int) -> list[Slot]:
    """For each further article the likeliest slot that parts with either of the pair."""
    held = {int(pairs.left[row]), int(pairs.right[row])}
    articles = {pairs.slots[n].article_id for n in held}
    touching = np.isin(pairs.left, list(held)) | np.isin(pairs.right, list(held))
    rows = np.flatnonzero(touching & (odds >= THIRD * odds[row]))
    out = []
    for other in rows[np.argsort(-odds[rows], kind="stable")].tolist():
        for n in (int(pairs.left[other]), int(pairs.right[other])):
            slot = pairs.slots[n]
            if n not in held and slot.article_id not in articles:
                articles.add(slot.article_id)
                out.append(slot)
    return out


def _facets(rows: Floats) -> list[Facet]:
    """For each row the facet whose trees are surest of it."""
    if not len(rows):
        return []
    odds = np.stack([trees.load("facets", facet.value).judge(rows) for facet in FACETS], axis=1)
    return [FACETS[n] for n in odds.argmax(axis=1)]


def _difference(one: Found, facet: Facet) -> Difference:
    """The difference with its values in order of article and place; a variation."""
    return Difference(
        facet=facet,
        kind=DifferenceKind.VARIATION,
        values=conflicts.values(one.slots),
        score=round(one.score, 4),
    )


def _apart(found: Iterable[Difference]) -> tuple[Difference, ...]:
    """The differences, those left out whose words an earlier one shows on two sides; in order."""
    kept: list[Difference] = []
    for one in found:
        if not any(_same_words(one, other) for other in kept):
            kept.append(one)
    return tuple(
        sorted(kept, key=lambda d: (-d.score, d.kind is DifferenceKind.VARIATION, d.values[0].span))
    )


def _same_words(a: Difference, b: Difference) -> bool:
    shared = {
        x.article_id
        for x in a.values
        for y in b.values
        if x.article_id == y.article_id and spans.overlaps(x.span, y.span)
    }
    return len(shared) > 1
