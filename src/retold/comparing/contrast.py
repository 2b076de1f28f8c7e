"""Pairs of slots of different articles in which the tellings of one claim may part, as numbers.

    sentences of a claim ──pairs──▶ Contrasts: two slots each, and a row of features for the ranker

Everything is counted at once for a claim: a column of `Contrasts.features` is one matrix over all
pairs of its slots. A feature says how well the two slots stand in the same place of the same
statement, and how they differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from retold.comparing import agreements, turned, units
from retold.comparing.slots import Sentence, Slot, SlotKind
from retold.spans import overlaps
from retold.types import Passage

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

MAX_SENTENCES = 14
DEFAULT_RARITY = 0.8  # of a word that the story's table does not know

MARKS = (
    "NAME",
    "NUMBER",
    "DATE",
    "SOURCE",
    "CUE",
    "HEDGE",
    "NEGATION",
    "PLACE",
    "PERSON",
    "REPORTING",
)
NAMES = (
    "kind low", "kind high", "same kind", "number", "date", "source", "hedge", "negation",
    "share", "jaccard", "contains", "letters", "same governor", "left", "right", "beside",
    "hosts", "hosts back", "new low", "new high", "new words low", "new words high",
    "sentences", "best sentences", "in passage", "quoted", "one quoted", "position",
    "words low", "words high", "rarest", "speakers", "title", "articles", "slots",
    "hedged", "negated", "sentence words", "new share", "passages", "attributed", "one attributed",
    *MARKS,
    "agree best", "chars low", "chars high", "turn", "alike", "new alike",
    "soft new low", "soft new high",
)  # fmt: skip
"""What the columns of the features are called, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrasts:
    """Pairs of slots (`left[n]`, `right[n]` index `slots`) and their features, a row a pair."""

    slots: tuple[Slot, ...]
    left: Ints
    right: Ints
    features: Floats


def pairs(
    sentences: Sequence[Sentence],
    passages: Sequence[Passage],
    rarity: Mapping[str, float],
) -> Contrasts:
    """The pairs of slots that are worth a look.

    Args:
        sentences: those that hold the passages of a claim, of two articles or more.
        passages: those of the claim; the slots that share a character with one are paired, numbers
            and dates also where they stand beside it in the sentence.
        rarity: how telling each stem is in the story, 0..1.
    """
    sentences = sentences[:MAX_SENTENCES]
    slots = [slot for sentence in sentences for slot in sentence.slots]
    owner = [n for n, sentence in enumerate(sentences) for _ in sentence.slots]
    changed = list(turned.find(sentences))
    for (n, a), (m, b), _ in changed:
        slots += [a, b]
        owner += [n, m]
    articles = sorted({sentence.article_id for sentence in sentences})
    if len(articles) < 2 or len(slots) < 2:
        return _nothing()
    table = _Table(sentences, slots, owner, articles, rarity)
    inside = np.array(
        [
            any(p.article_id == s.article_id and overlaps(p.span, s.span) for p in passages)
            for s in slots
        ]
    )
    within = inside[:, None] & inside[None, :]
    left, right = np.nonzero(table.is_worth_a_look() & (within | table.is_sure_kind()))
    first = len(slots) - 2 * len(changed)
    left = np.concatenate([left, np.arange(first, len(slots), 2)])
    right = np.concatenate([right, np.arange(first + 1, len(slots), 2)])
    if not len(left):
        return _nothing()
    turn = np.zeros(len(left), dtype=np.float32)
    turn[len(left) - len(changed) :] = [weight for _, _, weight in changed]
    return Contrasts(
        slots=tuple(slots), left=left, right=right, features=table.rows(left, right, inside, turn)
    )


# --- inside ---------------------------------------------------------------------------------------


def _nothing() -> Contrasts:
    none = np.zeros(0, dtype=np.int64)
    return Contrasts(
        slots=(), left=none, right=none, features=np.zeros((0, len(NAMES)), dtype=np.float32)
    )


class _Table:
    """The slots of a claim as matrices: which words each has, and which stand beside it."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        slots: Sequence[Slot],
        owner: Sequence[int],
        articles: Sequence[str],
        rarity: Mapping[str, float],
    ) -> None:
        vocabulary = {
            stem: n for n, stem in enumerate(sorted(set().union(*(s.stems for s in sentences))))
        }
        self.slots = slots
        self.articles = articles
        vectors, common = _meanings(tuple(vocabulary))
        told_before = np.array([rarity.get(s, DEFAULT_RARITY) for s in vocabulary], np.float32)
        self.weight = common * (told_before + 0.1)
        self.words = _matrix([s.stems for s in slots], vocabulary)
        self.beside_left = _matrix([s.left for s in slots], vocabulary)
        self.beside_right = _matrix([s.right for s in slots], vocabulary)
        self.sentence_words = _matrix([s.stems for s in sentences], vocabulary)
        self.sentence = np.array(owner)
        self.article = np.array([articles.index(s.article_id) for s in slots])
        self.kind = np.array([int(s.kind) for s in slots])
        self.titles = np.array([sentences[n].is_title for n in self.sentence])
        told = np.stack(
            [
                self.sentence_words[[s.article_id == a for s in sentences]].max(axis=0)
                for a in articles
            ]
        )
        self.size = self.words @ self.weight
        self.vectors = vectors
        self.told = told
        self.meaning = (self.words * self.weight) @ vectors
        near = np.clip(vectors @ vectors.T, 0, 1)
        known = np.stack([(near * row).max(axis=1) for row in told])
        known = np.maximum(known, told)
        self.soft = ((self.words * self.weight) @ (1 - known).T) / np.maximum(
            self.words @ self.weight, 1e-6
        )[:, None]
        # of each slot, how much of its words each article does not have; the weight of those words
        lacking = (self.words * self.weight) @ (1 - told).T
        self.lacking = lacking
        self.new = lacking / np.maximum(self.size, 1e-6)[:, None]
        self.common = (self.words * self.weight) @ self.words.T
        self.hosts = (self.words * self.weight) @ (self.beside_left + self.beside_right).T
        self.left = (self.beside_left * self.weight) @ self.beside_left.T
        self.right = (self.beside_right * self.weight) @ self.beside_right.T
        weighted = self.sentence_words * self.weight
        both = weighted @ self.sentence_words.T
        total = weighted.sum(axis=1)
        self.likeness = both / np.maximum(total[:, None] + total[None, :] - both, 1e-6)

    def is_worth_a_look(self) -> Bools:
        """Pairs of different articles that differ in something and have something in common."""
        order = self.article[:, None] < self.article[None, :]
        linked = (self.common > 0) | (self.hosts > 0) | (self.hosts.T > 0)
        linked |= (self.left > 0) | (self.right > 0)
        typed = (self.kind[:, None] == self.kind[None, :]) & (
            self.kind[:, None] >= int(SlotKind.NUMBER)
        )
        new = self.new[:, self.article]
        differs = (new > 0) | (new.T > 0) | (typed & (self.kind[:, None] <= int(SlotKind.SOURCE)))
        plain = self.kind != int(SlotKind.TURN)
        return np.asarray(order & (linked | typed) & differs & plain[:, None] & plain[None, :])

    def is_sure_kind(self) -> Bools:
        """Pairs of numbers, and pairs of dates: these may stand anywhere in the sentence."""
        same = self.kind[:, None] == self.kind[None, :]
        return np.asarray(same & np.isin(self.kind, (int(SlotKind.NUMBER), int(SlotKind.DATE))))

    def rows(self, left: Ints, right: Ints, inside: Bools, turn: Floats) -> Floats:
        """The features of the pairs, in the order of NAMES."""
        a, b = left, right
        kind_a, kind_b = self.kind[a], self.kind[b]
        soft_a, soft_b = self.soft[a, self.article[b]], self.soft[b, self.article[a]]
        common = self.common[a, b]
        size_a, size_b = self.size[a], self.size[b]
        new_a, new_b = self.new[a, self.article[b]], self.new[b, self.article[a]]
        lack_a, lack_b = self.lacking[a, self.article[b]], self.lacking[b, self.article[a]]
        likeness = self.likeness[self.sentence[a], self.sentence[b]]
        best = self._best()[a, self.article[b]], self._best()[b, self.article[a]]
        quoted = np.array([s.is_quoted for s in self.slots])
        position = np.array([s.position for s in self.slots])
        words = self.words.sum(axis=1)
        rarest = (self.words * self.weight).max(axis=1)
        hedge = np.isin(self.sentence, self.sentence[self.kind == int(SlotKind.HEDGE)])
        negation = np.isin(self.sentence, self.sentence[self.kind == int(SlotKind.NEGATION)])
        attributed = np.isin(self.sentence, self.sentence[self.kind == int(SlotKind.SOURCE)])
        marked = np.stack([self._marked(mark) for mark in MARKS], axis=1)
        chars = np.array([len(s.span) for s in self.slots])
        length = self.sentence_words.sum(axis=1)[self.sentence]
        columns = [
            np.minimum(kind_a, kind_b),
            np.maximum(kind_a, kind_b),
            kind_a == kind_b,
            self._each(a, b, agreements.numbers_apart),
            self._each(a, b, agreements.dates_apart),
            (kind_a == SlotKind.SOURCE).astype(int) + (kind_b == SlotKind.SOURCE),
            (kind_a == SlotKind.HEDGE).astype(int) + (kind_b == SlotKind.HEDGE),
            (kind_a == SlotKind.NEGATION).astype(int) + (kind_b == SlotKind.NEGATION),
            common,
            common / np.maximum(size_a + size_b - common, 1e-6),
            common / np.maximum(np.minimum(size_a, size_b), 1e-6),
            process.cpdist(
                [self.slots[n].form for n in a], [self.slots[n].form for n in b], scorer=fuzz.ratio
            ),
            self._each(a, b, lambda x, y: bool(x.governor) and x.governor == y.governor),
            self.left[a, b],
            self.right[a, b],
            self.left[a, b] + self.right[a, b],
            self.hosts[a, b],
            self.hosts[b, a],
            np.minimum(new_a, new_b),
            np.maximum(new_a, new_b),
            np.minimum(lack_a, lack_b),
            np.maximum(lack_a, lack_b),
            likeness,
            likeness - np.minimum(best[0], best[1]),
            inside[a].astype(int) + inside[b],
            quoted[a].astype(int) + quoted[b],
            quoted[a] != quoted[b],
            np.abs(position[a] - position[b]),
            np.minimum(words[a], words[b]),
            np.maximum(words[a], words[b]),
            np.maximum(rarest[a], rarest[b]),
            self._each(a, b, self._speaker),
            self.titles[a].astype(int) + self.titles[b],
            np.full(len(a), len(self.articles)),
            np.full(len(a), len(self.slots)),
            hedge[a] != hedge[b],
            negation[a] != negation[b],
            np.minimum(length[a], length[b]),
            (lack_a + lack_b) / np.maximum(size_a + size_b, 1e-6),
            np.full(len(a), len(self.likeness)),
            attributed[a].astype(int) + attributed[b],
            attributed[a] != attributed[b],
            *(_relation(marked[a, n], marked[b, n]) for n in range(len(MARKS))),
            best[0] + best[1],
            np.minimum(chars[a], chars[b]),
            np.maximum(chars[a], chars[b]),
            turn,
            _cosine(self.meaning[a], self.meaning[b]),
            self._new_cosine(a, b),
            np.minimum(soft_a, soft_b),
            np.maximum(soft_a, soft_b),
        ]
        return np.stack([np.asarray(c, dtype=np.float32) for c in columns], axis=1)

    def _marked(self, mark: str) -> Ints:
        """For each slot a number for what it holds of a kind; 0 stands for nothing."""
        known: dict[frozenset[str], int] = {frozenset(): 0}
        held = (slot.marks.get(mark, frozenset()) for slot in self.slots)
        return np.array([known.setdefault(keys, len(known)) for keys in held])

    def _best(self) -> Floats:
        """For each slot and article, how like the slot's sentence is to the nearest one there."""
        owner = np.zeros(len(self.likeness), dtype=int)
        owner[self.sentence] = self.article
        best = np.stack(
            [
                self.likeness[:, owner == n].max(axis=1, initial=0.0)
                for n in range(len(self.articles))
            ],
            axis=1,
        )
        return np.asarray(best[self.sentence], dtype=np.float32)

    def _new_cosine(self, a: Ints, b: Ints) -> Floats:
        """How alike in meaning the words are that each slot has and the other's article has not."""
        apart = [(self.words * self.weight * (1 - row)) @ self.vectors for row in self.told]
        stacked = np.stack(apart, axis=1)
        return _cosine(stacked[a, self.article[b]], stacked[b, self.article[a]])

    def _each(self, a: Ints, b: Ints, of: object) -> Floats:
        value = of  # a plain loop: typed pairs are few, the rest cost a look at the kind
        return np.array(
            [value(self.slots[i], self.slots[j]) for i, j in zip(a, b, strict=True)],  # type: ignore[operator]
            dtype=np.float32,
        )

    @staticmethod
    def _speaker(a: Slot, b: Slot) -> float:
        if a.speaker_id is None or b.speaker_id is None:
            return 0.0
        return 1.0 if a.speaker_id == b.speaker_id else -1.0


def _relation(a: Ints, b: Ints) -> Ints:
    """0 where neither has any, 1 where both have the same, 2 where one has, 3 where they differ."""
    neither, one = (a == 0) & (b == 0), (a == 0) != (b == 0)
    return np.where(neither, 0, np.where(a == b, 1, np.where(one, 2, 3)))


def _cosine(a: Floats, b: Floats) -> Floats:
    size = np.sqrt((a * a).sum(axis=1) * (b * b).sum(axis=1))
    return np.asarray((a * b).sum(axis=1) / np.maximum(size, 1e-6), dtype=np.float32)


def _meanings(stems: Sequence[str]) -> tuple[Floats, Floats]:
    """The vector of each stem, of unit length or zero, and how telling the stem is in the news."""
    known = units.lexicon()
    rows = [known.rows.get(stem, -1) for stem in stems]
    vectors = np.stack(
        [
            known.vectors[row] if row >= 0 else np.zeros(known.vectors.shape[1], np.float32)
            for row in rows
        ]
    )
    size = np.linalg.norm(vectors, axis=1, keepdims=True)
    idf = np.array([known.idf[row] if row >= 0 else known.idf.max() for row in rows], np.float32)
    return np.asarray(vectors / np.maximum(size, 1e-6), np.float32), idf / float(known.idf.max())


def _matrix(sets: Sequence[frozenset[str]], vocabulary: Mapping[str, int]) -> Floats:
    out = np.zeros((len(sets), len(vocabulary)), dtype=np.float32)
    for row, stems in enumerate(sets):
        for stem in stems:
            if stem in vocabulary:
                out[row, vocabulary[stem]] = 1.0
    return out
