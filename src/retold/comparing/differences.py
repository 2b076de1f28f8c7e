"""Where the tellings of a claim part: facet, kind, the exact words on each side, and how sure.

    passages of a claim ──contrast──▶ pairs of slots ──trees──▶ odds ──┬─▶ chosen pairs
    quoted words, numbers, dates ──conflicts──▶ what cannot both be right ─┘   ──▶ Difference, …

A pair of slots is chosen for standing in the same place of the same statement, by trees that were
trained on differences which careful readers noted. `score` is their probability that a reader
would note it; what is hardly likely to be one is left out, and so is what parts in nothing: where
each side's words stand in the sentences of the other too.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from retold import spans
from retold.comparing import conflicts, contrast, facts, slots, trees
from retold.comparing.contrast import Contrasts, Floats
from retold.comparing.facts import Facts
from retold.comparing.people import People
from retold.comparing.slots import Sentence, Slot, SlotKind
from retold.types import Difference, DifferenceKind, Facet, Passage, Reading, Span

MODEL = "differences"
FACETS = tuple(Facet)
MIN_SCORE = 0.24  # where precision meets recall on the training stories, each judged unseen
SURELY_TOLD = 0.6  # above it more sureness makes no difference likelier
THIRD = 0.5  # a further account's slot is shown with at least this part of the first odds
MAX_OF_A_CLAIM = 3
FRAME = (SlotKind.SOURCE, SlotKind.CUE)
TELLING = (SlotKind.NUMBER, SlotKind.DATE, SlotKind.NEGATION, SlotKind.HEDGE)
BORNE_OUT = {
    Facet.POLARITY: ("NEGATION",),
    Facet.MODALITY: ("HEDGE", "NEGATION", "CUE", "REPORTING", "SOURCE"),
    Facet.PERSON: ("NAME", "PERSON", "SOURCE"),
}
TYPED = {Facet.NUMBER: SlotKind.NUMBER, Facet.DATE: SlotKind.DATE}


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


def find(
    passages: Sequence[Passage], accounts: Accounts, *, told: float = 1.0
) -> tuple[Difference, ...]:
    """Where the passages of a claim part, the surest first; none shows the same words twice.

    `told` is how sure it is that they tell the same thing: what does not, differs in nothing.
    """
    held = sentences(passages, accounts)
    pairs = contrast.pairs(held, passages, accounts.rarity)
    if not len(pairs.left):
        return ()
    odds = trees.load(MODEL).judge(pairs.features)
    likely = odds * min(1.0, told / SURELY_TOLD)
    chosen = [one for one in choose(pairs, likely) if part(one.slots, held)]
    found = [
        _difference(one, *settle(one.slots, guess, held))
        for one, guess in zip(chosen, _facets(pairs, chosen), strict=True)
    ]
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


def part(held: Sequence[Slot], sentences: Sequence[Sentence]) -> bool:
    """True if a slot has what the sentences of another slot's article have not.

    That is a word of meaning, a number, a date, a negation or a hedge. Who is said to say it and
    the word for saying it do not count: they stand beside the words of one account by chance.
    """
    return any(
        _has_own(slot, other.article_id, sentences)
        for slot in held
        for other in held
        if slot.article_id != other.article_id
    )


def settle(
    shown: Sequence[Slot], odds: Floats, sentences: Sequence[Sentence]
) -> tuple[Facet, tuple[Slot, ...]]:
    """The facet that is likeliest by `odds`, a column a facet, and the slots that show it.

    Where that is the number or the date, the numbers or dates themselves are shown, or the slots
    where one side alone has any; where none part, it is another facet. So it is where the words
    hold nothing of what a facet is about: no hedge, no negation, nobody.
    """
    kinds = {slot.kind for slot in shown}
    # two bare numbers or dates part in nothing else
    bare = next((f for f, kind in TYPED.items() if kinds == {kind}), None)
    for row in np.argsort(-odds, kind="stable").tolist():
        facet = FACETS[row]
        if facet in TYPED:
            if found := _typed(shown, TYPED[facet], sentences):
                return facet, found
            if _differ_in(shown, TYPED[facet].name):
                return facet, tuple(shown)
        elif _is_borne_out(facet, shown):
            return (bare or facet), tuple(shown)
    return Facet.DETAIL, tuple(shown)


# --- inside ---------------------------------------------------------------------------------------


def _is_borne_out(facet: Facet, shown: Sequence[Slot]) -> bool:
    """True if the slots differ in one of the marks that the facet asks for, if it asks for any."""
    asked = BORNE_OUT.get(facet, ())
    return not asked or any(_differ_in(shown, mark) for mark in asked)


def _differ_in(shown: Sequence[Slot], mark: str) -> bool:
    return len({slot.marks.get(mark, frozenset()) for slot in shown}) > 1


def _typed(
    shown: Sequence[Slot], kind: SlotKind, sentences: Sequence[Sentence]
) -> tuple[Slot, ...]:
    """The numbers or dates that part: one of each side, in the slots if there are any, else beside
    them; none where a side has none, has several, or has the other's too."""
    sides = []
    for slot in shown:
        host = _host(slot, sentences)
        here = [one for one in host.slots if one.kind is kind]
        within = [one for one in here if spans.overlaps(one.span, slot.span)]
        sides.append(within or here)
    if any(len({conflicts.compared(one) for one in side}) != 1 for side in sides):
        return ()
    if any(_is_same(a[0], b[0]) for a, b in itertools.combinations(sides, 2)):
        return ()
    return tuple(side[0] for side in sides)


def _is_same(a: Slot, b: Slot) -> bool:
    return a.form == b.form or conflicts.compared(a) == conflicts.compared(b)


def _host(slot: Slot, sentences: Sequence[Sentence]) -> Sentence:
    """The sentence in which the slot begins: a word such as "D-N.Y." may reach into the next."""
    return next(
        one
        for one in sentences
        if one.article_id == slot.article_id and one.span.start <= slot.span.start < one.span.end
    )


def _has_own(slot: Slot, article_id: str, sentences: Sequence[Sentence]) -> bool:
    """True if the slot has something that no sentence of the article has."""
    there = [one for one in sentences if one.article_id == article_id]
    host = _host(slot, sentences)
    frame = [one.span for one in host.slots if one.kind in FRAME]
    own = {
        slots.folded(word)
        for word in host.words
        if word.is_content
        and spans.overlaps(word.span, slot.span)
        and not any(spans.overlaps(word.span, span) for span in frame)
    }
    told = frozenset().union(*(_marked(one, one.span) for one in there))
    lacking = own - frozenset().union(*(one.stems for one in there))
    return bool(lacking or any(not keys & told for keys in _marks(host, slot.span)))


def _marks(sentence: Sentence, span: Span) -> list[frozenset[str]]:
    """Of each number, date, negation and hedge within `span` the forms in which it is compared.

    "Tuesday" is Tuesday, whichever day was reckoned from the date of the article.
    """
    return [
        frozenset((one.form, *one.marks.get(one.kind.name, ())))
        for one in sentence.slots
        if one.kind in TELLING and spans.overlaps(one.span, span) and not _is_undated(one)
    ]


def _is_undated(slot: Slot) -> bool:
    """True for a time that no day could be given to: "that same day"."""
    return slot.kind is SlotKind.DATE and not (slot.time and slot.time.date)


def _marked(sentence: Sentence, span: Span) -> frozenset[str]:
    return frozenset().union(*_marks(sentence, span))


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


def _facets(pairs: Contrasts, chosen: Sequence[Found]) -> Floats:
    """For each that is chosen how sure the trees of each facet are of it, a column a facet."""
    rows = pairs.features[[one.row for one in chosen]]
    if not len(rows):
        return np.zeros((0, len(FACETS)), np.float32)
    return np.stack([trees.load("facets", facet.value).judge(rows) for facet in FACETS], axis=1)


def _difference(one: Found, facet: Facet, shown: Sequence[Slot]) -> Difference:
    """The difference with its values in order of article and place; a variation."""
    return Difference(
        facet=facet,
        kind=DifferenceKind.VARIATION,
        values=conflicts.values(shown),
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
