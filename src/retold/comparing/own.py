"""What a side of a difference has of its own: what the other account does not tell there or nearby.

    “{It is in a trust. He has no say},” she said | “{It is in a trust},” she said. “He has no say.”

A quotation that is cut in two, or begins a sentence earlier, is no other quotation; and what is
told two sentences further on is told.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import numpy as np

from retold import spans
from retold.comparing import collation, facets, facts, slots
from retold.comparing.facts import Word
from retold.comparing.quoted import Token
from retold.comparing.slots import Sentence, Slot, SlotKind
from retold.comparing.units import Floats
from retold.types import Span

NEAR = 3  # sentences before and behind
FRAME = (SlotKind.SOURCE, SlotKind.CUE)
TELLING = (SlotKind.NUMBER, SlotKind.DATE, SlotKind.NEGATION, SlotKind.HEDGE)
QUOTED = 0.5  # of the words of meaning, for a slot to be of a quotation
AROUND = 12  # quoted words before and behind in which two wordings are lined up
# of a slot's quoted words of meaning, for it to hold what the other has: of 25 that readers judged
# six were a difference; from a half on, of 41, fifteen
IN_COMMON = 0.7
FEW = 3  # words of its own, without a name or a number: another way to say it
DEFAULT_RARITY = 0.5  # of a word that the story's table does not know
NAMES = tuple(
    f"{of} {name}"
    for of in ("least", "most", "mean")
    for name in ("own within", "share of own within", "sentences in common")
)
"""What the columns of `measure` are called, in order."""


def near(held: Sequence[Sentence], told: Mapping[str, Sequence[Sentence]]) -> list[Sentence]:
    """The sentences that stand beside those held, and these, of the sentences of each article."""
    places = {(one.article_id, one.span) for one in held}
    out: list[Sentence] = []
    for every in told.values():
        at = [n for n, one in enumerate(every) if (one.article_id, one.span) in places]
        beside = {m for n in at for m in range(max(0, n - NEAR), n + NEAR + 1) if m < len(every)}
        out += [every[m] for m in sorted(beside)]
    return out


def part(shown: Sequence[Slot], sentences: Sequence[Sentence]) -> bool:
    """True if a slot has what the sentences of another slot's article have not.

    That is a word of meaning, a number, a date, a negation or a hedge. Who is said to say it and
    the word for saying it do not count: they stand beside the words of one account by chance. Of
    quoted words it is also that they stand in no such order there.
    """
    is_quoted = all(any(w.is_quoted for w in _words(slot, sentences)) for slot in shown)
    return any(
        _has_own(a, b.article_id, sentences)
        or (is_quoted and _is_altered(a, b.article_id, sentences))
        for a, b in itertools.permutations(shown, 2)
        if a.article_id != b.article_id
    )


def answer(shown: Sequence[Slot], sentences: Sequence[Sentence]) -> bool:
    """True if of two slots each has what the other's article has not there, and one of them more
    than a few words, or a name, a number, a date, a negation or a hedge.

    Where one account only says more, or both say it in a few other words, mostly nothing parts: of
    99 that a strict reader judged 86 were no difference, of 33 that milder ones did 17.
    """
    return any(
        a.article_id != b.article_id
        and _has_own(a, b.article_id, sentences)
        and _has_own(b, a.article_id, sentences)
        and (_tells(a, b.article_id, sentences) or _tells(b, a.article_id, sentences))
        for a, b in itertools.combinations(shown, 2)
    )


def is_only_cut(shown: Sequence[Slot], sentences: Sequence[Sentence]) -> bool:
    """True if the slots are of one quotation that is but begun or cut elsewhere by each."""
    return all(_are_only_cut(a, b, sentences) for a, b in itertools.combinations(shown, 2))


def measure(
    shown: Sequence[Slot], sentences: Sequence[Sentence], rarity: Mapping[str, float]
) -> Floats:
    """How much of what a sentence has of its own, as the other account tells it, the slot in it
    holds: the columns of `NAMES`, over every slot beside every slot of another article.

    Where most of it stands outside, the words that are shown are beside what parts; where there is
    hardly any, nothing may part.
    """
    told: dict[str, frozenset[str]] = {}
    for one in sentences:
        told[one.article_id] = told.get(one.article_id, frozenset()) | one.stems
    hosts = [facets.host(slot, sentences) for slot in shown]
    rows = [
        _weighed(a, host, told[b.article_id], rarity, other)
        for (a, host), (b, other) in itertools.permutations(zip(shown, hosts, strict=True), 2)
        if a.article_id != b.article_id
    ]
    held = np.array(rows, np.float32)
    return np.concatenate([held.min(axis=0), held.max(axis=0), held.mean(axis=0)])


# --- inside ---------------------------------------------------------------------------------------


def _weighed(
    slot: Slot, host: Sentence, told: frozenset[str], rarity: Mapping[str, float], other: Sentence
) -> tuple[float, float, float]:
    """How rare the own words within the slot are together, their part of all own words of the
    sentence, and the part of the words of meaning of the shorter sentence that both have."""
    own = [
        (rarity.get(word.stem, DEFAULT_RARITY), spans.overlaps(word.span, slot.span))
        for word in host.words
        if word.is_content and slots.folded(word) not in told
    ]
    within = sum(weight for weight, is_inside in own if is_inside)
    every = sum(weight for weight, _ in own)
    both = len(host.stems & other.stems) / max(1, min(len(host.stems), len(other.stems)))
    return within, within / max(0.1, every), both


def _has_own(slot: Slot, article_id: str, sentences: Sequence[Sentence]) -> bool:
    """True if the slot has something that no sentence of the article has."""
    return bool(_own_words(slot, article_id, sentences) or _own_marks(slot, article_id, sentences))


def _tells(slot: Slot, article_id: str, sentences: Sequence[Sentence]) -> bool:
    """True if what the slot has of its own can be checked, or is more than a few words."""
    words = _own_words(slot, article_id, sentences)
    is_named = len(words) > FEW or any(word.is_name for word in words)
    return is_named or bool(_own_marks(slot, article_id, sentences))


def _own_words(slot: Slot, article_id: str, sentences: Sequence[Sentence]) -> list[Word]:
    """The words of meaning of the slot that no sentence of the article has."""
    host = facets.host(slot, sentences)
    frame = [one.span for one in host.slots if one.kind in FRAME]
    told = frozenset().union(*(one.stems for one in sentences if one.article_id == article_id))
    return [
        word
        for word in _words(slot, sentences)
        if word.is_content
        and not _is_of_grammar(word)
        and not any(spans.overlaps(word.span, span) for span in frame)
        and slots.folded(word) not in told
    ]


def _own_marks(slot: Slot, article_id: str, sentences: Sequence[Sentence]) -> list[frozenset[str]]:
    """The numbers, dates, negations and hedges of the slot that no sentence of the article has."""
    there = [one for one in sentences if one.article_id == article_id]
    told = frozenset().union(*(_marked(one, one.span) for one in there))
    return [keys for keys in _marks(facets.host(slot, sentences), slot.span) if not keys & told]


def _is_altered(slot: Slot, article_id: str, sentences: Sequence[Sentence]) -> bool:
    """True if the quoted words of the slot stand nowhere in the article one after the other, what
    is between two parts of a quotation left out."""
    there = [one for one in sentences if one.article_id == article_id]
    host = facets.host(slot, sentences)
    tokens = [t.form for t in host.quoted if spans.overlaps(t.span, slot.span)]
    words = [w.form for w in _words(slot, sentences) if w.is_quoted]
    return not _is_run(tokens, [t.form for one in there for t in one.quoted]) and not _is_run(
        words, [w.form for one in there for w in one.words]
    )


def _are_only_cut(a: Slot, b: Slot, sentences: Sequence[Sentence]) -> bool:
    """True if both slots are of one quotation, and nothing of substance is changed within them."""
    if a.article_id == b.article_id or not all(_is_of_quotation(s, sentences) for s in (a, b)):
        return False
    one, other = _quoted_around(a, sentences), _quoted_around(b, sentences)
    found = collation.collate(one, other)
    if not found.is_same_quotation or found.run < collation.MIN_RUN:
        return False
    if any(
        turn.is_substantive
        and (spans.overlaps(turn.at_a, a.span) or spans.overlaps(turn.at_b, b.span))
        for turn in found.turns
    ):
        return False
    common_a = {i + n for i, _, size in found.blocks for n in range(size)}
    common_b = {j + n for _, j, size in found.blocks for n in range(size)}
    return _are_common(a, one, common_a) and _are_common(b, other, common_b)


def _is_of_quotation(slot: Slot, sentences: Sequence[Sentence]) -> bool:
    held = [word for word in _words(slot, sentences) if word.is_content]
    return sum(word.is_quoted for word in held) >= QUOTED * max(1, len(held))


def _quoted_around(slot: Slot, sentences: Sequence[Sentence]) -> Sequence[Token]:
    """The quoted words of the slot and those next to them in the sentences of its article."""
    told = [t for one in sentences if one.article_id == slot.article_id for t in one.quoted]
    at = [n for n, token in enumerate(told) if spans.overlaps(token.span, slot.span)]
    return told[max(0, at[0] - AROUND) : at[-1] + 1 + AROUND] if at else ()


def _are_common(slot: Slot, tokens: Sequence[Token], common: set[int]) -> bool:
    """True if most of the slot's quoted words of meaning are among those in common."""
    held = [
        n in common
        for n, token in enumerate(tokens)
        if token.is_content and spans.overlaps(token.span, slot.span)
    ]
    return bool(held) and sum(held) >= IN_COMMON * len(held)


def _is_run(run: Sequence[str], of: Sequence[str]) -> bool:
    return any(of[at : at + len(run)] == run for at in range(len(of) - len(run) + 1))


def _words(slot: Slot, sentences: Sequence[Sentence]) -> list[Word]:
    host = facets.host(slot, sentences)
    return [word for word in host.words if spans.overlaps(word.span, slot.span)]


def _is_of_grammar(word: Word) -> bool:
    """True for two words of grammar run together: "they're"."""
    first, mark, _ = word.form.partition("'")
    return bool(mark) and first in facts.function_words()


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
