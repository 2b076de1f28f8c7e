"""Where the tellings of a claim part: facet, kind, the exact words on each side, and how sure.

    passages of a claim ──contrast──▶ pairs of slots ──trees──▶ chosen pairs ──sureness──┐
    quoted words, numbers, dates ──conflicts──▶ cannot both be right ────────────────────┴▶ found

A pair of slots is chosen for standing in the same place of the same statement, by trees that were
trained on differences which careful readers noted. `score` is the probability that a reader takes
what is shown for a difference; what is hardly one is left out, and so is what parts in nothing:
where each side's words stand in the sentences of the other too.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from retold import spans
from retold.comparing import (
    agreements,
    alignment,
    conflicts,
    contrast,
    counts,
    edges,
    facets,
    facts,
    own,
    sides,
    slots,
    sureness,
    trees,
)
from retold.comparing.alignment import Judged
from retold.comparing.contrast import Contrasts, Floats
from retold.comparing.facts import Facts
from retold.comparing.numbers import Bound, NumberKind
from retold.comparing.people import People
from retold.comparing.slots import Sentence, Slot, SlotKind
from retold.types import Difference, DifferenceKind, Facet, Passage, Place, Reading

MODEL = "differences"
MIN_SCORE = 0.24  # where precision meets recall on the training stories, each judged unseen
# of two dates or numbers: trees prefer the clauses around them. On the training stories, judged
# unseen, readers noted two in five above it, and of 15 just under it two
MIN_BARE = 0.15
# of what is less sure one in six is real; leaving out more costs more than it saves
MIN_SURE = 0.15
DOUBTFUL = 0.4  # what is not shown unasked
# of a score, where no numbers part: of 96 that the trees took for one by .5 to .7, in stories that
# nobody had looked at, a strict reader took 28
IN_WORDS = 0.6
BARE = (SlotKind.DATE, SlotKind.NUMBER)
SURELY_TOLD = 0.6  # above it more sureness makes no difference likelier
THIRD = 0.5  # a further account's slot is shown with at least this part of the first odds
MAX_OF_A_CLAIM = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """The articles of a story, prepared once for all its claims."""

    sentences: Mapping[str, tuple[Sentence, ...]]
    published: Mapping[str, dt.date | None]
    rarity: Mapping[str, float]
    judged: Judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Two slots or more, one an article, that are thought to part."""

    slots: tuple[Slot, ...]
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """What is found to part: the facet, the slots that show it, the odds by which they were
    chosen, and how much of what is each side's own they hold (`own.measure`)."""

    facet: Facet
    slots: tuple[Slot, ...]
    odds: float
    own: Floats


def prepare(
    readings: Sequence[Reading], found: Sequence[Sequence[Facts]], people: People
) -> Accounts:
    """The accounts of a story; `found` are the facts of each reading."""
    return Accounts(
        sentences={r.article.id: slots.of(r, people.of) for r in readings},
        published={r.article.id: r.article.published for r in readings},
        rarity=facts.rarity(found),
        judged=alignment.judge(readings, found),
    )


def find(
    passages: Sequence[Passage], accounts: Accounts, *, told: float = 1.0
) -> tuple[Difference, ...]:
    """Where the passages of a claim part, the surest first; none shows the same words twice under
    one facet.

    `told` is how sure it is that they tell the same thing: what does not, differs in nothing.
    """
    held = sentences(passages, accounts)
    pairs = contrast.pairs(held, passages, accounts.rarity)
    if not len(pairs.left):
        return ()
    odds = trees.load(MODEL).judge(pairs.features)
    parted = parting(pairs, odds, held, accounts, told=told)
    scores = sureness.judge([shown(one, passages, told) for one in parted], accounts.judged)
    near = own.near(held, accounts.sentences)
    found = [
        _difference(one, _weighed(one, score, belong, near), belong)
        for one, score in zip(parted, scores, strict=True)
        if score >= MIN_SURE
        for belong in [sides.judge(one.slots, accounts.judged, told=told, odds=one.odds)]
    ]
    apart = conflicts.find(pairs, odds, accounts.sentences, accounts.published)
    sure = [one for one in apart if _are_of_one_thing(one, accounts.judged)]
    return _apart([*sure, *found])


def parting(
    pairs: Contrasts, odds: Floats, held: Sequence[Sentence], accounts: Accounts, *, told: float
) -> list[Parted]:
    """What the trees choose, with its facet, without what parts in nothing."""
    near = own.near(held, accounts.sentences)
    likely = odds * min(1.0, told / SURELY_TOLD)
    return [
        Parted(
            facet=facet,
            slots=slots,
            odds=one.score,
            own=own.measure(slots, near, accounts.rarity),
        )
        for one in (*choose(pairs, likely), *choose_bare(pairs, likely))
        for facet, bare in [facets.of(one.slots, held)]
        for slots in [edges.smooth(bare, held)]
        if own.part(slots, near) and len({slot.form for slot in slots}) > 1
    ]


def shown(parted: Parted, passages: Sequence[Passage], told: float) -> sureness.Shown:
    """What is shown of it, to be judged for how sure it is."""
    return sureness.Shown(
        facet=parted.facet,
        places=tuple(Place(slot.article_id, slot.span) for slot in parted.slots),
        odds=parted.odds,
        passages=passages,
        told=told,
        own=parted.own,
    )


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
        out.append(Found(slots=(a, b, *more), score=float(odds[row])))
    return out


def choose_bare(pairs: Contrasts, odds: Floats) -> list[Found]:
    """Pairs of dates, and of numbers, that are not given alike and can both be right.

    "Tuesday" and "Tuesday night", "48" and "more than 40": trees that look for where accounts part
    take the whole clauses, in which the day is but one word.
    """
    out: list[Found] = []
    for kind in BARE:
        bare = np.zeros_like(odds)
        for row in np.flatnonzero(odds >= MIN_BARE).tolist():
            if _is_bare(pairs, row, kind):
                bare[row] = odds[row]
        out += choose(pairs, bare, at_least=MIN_BARE)
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


def _weighed(
    parted: Parted, score: float, belong: Sequence[float], near: Sequence[Sentence]
) -> float:
    """How sure it is by what it parts in: numbers can be laid side by side, of words the trees
    think too often that they part."""
    if _is_doubtful(parted, belong, near):
        return min(score, DOUBTFUL) * IN_WORDS
    return score if parted.facet is Facet.NUMBER else score * IN_WORDS


def _is_doubtful(parted: Parted, belong: Sequence[float], near: Sequence[Sentence]) -> bool:
    """True for bare dates and numbers that may well be of two things, and where of the sides that
    surely belong one is bare and one has none, all are in the same words or of one quotation that
    is only cut elsewhere, its numbers count two things, or none answers another with anything that
    can be checked."""
    if _date_apart(parted.slots) or _count_apart(parted.slots):
        return True
    sure = [slot for slot, is_sure in zip(parted.slots, sides.sure(belong), strict=True) if is_sure]
    is_same = len({slot.form for slot in sure}) == 1
    if is_same or _faces_none(sure) or own.is_only_cut(sure, near):
        return True
    if parted.facet is Facet.NUMBER and _count_two_things(sure, near):
        return True
    return not _are_bare(sure) and not own.answer(sure, near)


def _date_apart(shown: Sequence[Slot]) -> bool:
    """True for bare dates none of which can both be right: they may well be of two events. What
    surely is of one is found by `conflicts`."""
    return all(slot.kind is SlotKind.DATE for slot in shown) and not any(
        agreements.go_together(a, b) for a, b in itertools.combinations(shown, 2)
    )


def _count_apart(shown: Sequence[Slot]) -> bool:
    """True for bare numbers that are not of one thing: shares in a poll, a least and a most."""
    return all(slot.kind is SlotKind.NUMBER for slot in shown) and not any(
        agreements.go_together(a, b) or conflicts.are_near(a, b) or _count_alike(a, b)
        for a, b in itertools.combinations(shown, 2)
    )


def _count_two_things(shown: Sequence[Slot], near: Sequence[Sentence]) -> bool:
    """True if something says of any two exact numbers of two slots that they count two things, or
    one is of another order: 270 votes, 2.8 million votes."""
    told = {a: [one for one in near if one.article_id == a] for a in {s.article_id for s in shown}}
    held = [
        [
            one
            for one in counts.host(slot, told).slots
            if one.number
            and one.number.bound is not Bound.VAGUE
            and spans.overlaps(one.span, slot.span)
        ]
        for slot in shown
    ]
    pairs = [(x, y) for a, b in itertools.combinations(held, 2) for x in a for y in b]
    return bool(pairs) and all(
        _are_of_two_orders(x, y) or counts.count_two_things(x, y, told) for x, y in pairs
    )


def _are_of_two_orders(a: Slot, b: Slot) -> bool:
    low, high = sorted(slot.number.low for slot in (a, b) if slot.number)
    return high >= conflicts.MAX_RATIO_ALIKE * max(low, 1.0)


def _faces_none(shown: Sequence[Slot]) -> bool:
    """True for a bare number or date beside words without any: of 29 that readers judged none was a
    difference."""
    kinds = [slot.kind for slot in shown]
    return any(kind in BARE for kind in kinds) and any(
        slot.kind not in BARE and not any(slot.marks.get(kind.name) for kind in BARE)
        for slot in shown
    )


def _are_bare(shown: Sequence[Slot]) -> bool:
    return all(slot.kind in BARE for slot in shown)


def _count_alike(a: Slot, b: Slot) -> bool:
    """True for two values of one unit that is no currency and no share: 12 boats, 15 boats."""
    if not a.number or not b.number or a.number.low == b.number.low:
        return False
    is_count = a.number.kind is b.number.kind is NumberKind.COUNT
    return is_count and a.number.unit == b.number.unit != ""


def _is_bare(pairs: Contrasts, row: int, kind: SlotKind) -> bool:
    """True for two numbers or two dates, given in other words, that go together."""
    a, b = pairs.slots[pairs.left[row]], pairs.slots[pairs.right[row]]
    return a.kind is b.kind is kind and a.form != b.form and agreements.go_together(a, b)


def _difference(parted: Parted, score: float, belong: Sequence[float]) -> Difference:
    """The difference with its values in order of article and place; a variation."""
    return Difference(
        facet=parted.facet,
        kind=DifferenceKind.VARIATION,
        values=conflicts.values(parted.slots, belong),
        score=round(score, 4),
    )


def _are_of_one_thing(conflict: Difference, judged: Judged) -> bool:
    """True if the passages around the values surely tell the same."""
    return all(
        judged.likeliest(Place(a.article_id, a.span), Place(b.article_id, b.span)) >= SURELY_TOLD
        for a, b in itertools.combinations(conflict.values, 2)
        if a.value != b.value
    )


def _apart(found: Iterable[Difference]) -> tuple[Difference, ...]:
    """The differences in order, those left out whose words an earlier one shows on two sides, as a
    conflict or under the same facet."""
    kept: list[Difference] = []
    for one in found:
        if not any(
            _same_words(one, other)
            and (other.kind is DifferenceKind.CONFLICT or one.facet is other.facet)
            for other in kept
        ):
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
