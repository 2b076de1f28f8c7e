"""Which passages of different articles tell the same thing.

passages ──candidates──▶ pairs ──likeness──▶ Judged ──grouping──▶ what is told in common
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retold.comparing import candidates, grouping, likeness, trees, units
from retold.comparing.facts import Facts
from retold.comparing.units import Floats, Ints, Units
from retold.types import Passage, Place, Reading, SectionKind

SCORER = "pairs"
MANY = 3  # accounts, for one of them to be the odd one out
MIN_WORDS = 60  # a shorter article is expected to tell nothing in particular
# of 30 called silent with these in the training stories 29 are (`python -m training.crossed`)
MAY_TELL = 0.2  # a pair judged so likely, and the other article may tell it in words of its own
SURELY_TOLD = 0.5  # of what is less surely told by several nobody is called silent
# fitted by `python -m training.told`: the likeliest of many pairs are of two things more often than
# each by itself says, and where a third account tells the same less often
ODDS, OF_MORE, OF_TWO = 0.959, 1.244, -0.242
NEVER_SURE = 0.02
# of the passages of three accounts and more that are likened less to any other's readers found that
# 44 of 84 belong, of the others 897 of 995
LIKENED = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Passages of two articles or more that tell the same thing, by article and place.

    `score` is the mean judgement of its pairs, 0..1; of the pairs that were not looked at, 0.
    `doubtful` are those of three accounts or more that may tell something else, by their ids;
    `may_tell` are other articles that may tell it in words too different to be sure.
    """

    passages: tuple[Passage, ...]
    score: float
    doubtful: frozenset[str] = frozenset()
    may_tell: frozenset[str] = frozenset()

    @property
    def accounts(self) -> int:
        """The number of articles that tell it surely."""
        return len({p.article_id for p in self.passages if p.id not in self.doubtful})


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """How likely it is of the passages of a story that two tell the same thing, 0..1.

    `left` and `right` are rows of `units`, the lower first, sorted, no pair twice; `keys` are left
    times the number of rows plus right, `scores` are of these pairs. `articles` gives the index of
    each article.
    """

    units: Units
    left: Ints
    right: Ints
    keys: NDArray[np.int64]
    scores: Floats
    articles: Mapping[str, int]

    def likeliest(self, one: Place, other: Place) -> float:
        """The surest judgement of two passages that share words with the places; 0 where none was
        looked at."""
        rows, others = self._rows(one), self._rows(other)
        if not len(self.keys) or not len(rows) or not len(others):
            return 0.0
        low, high = np.minimum.outer(rows, others), np.maximum.outer(rows, others)
        wanted = low * len(self.units) + high
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return float(np.where(self.keys[at] == wanted, self.scores[at], 0).max())

    def _rows(self, place: Place) -> NDArray[np.int64]:
        held = self.units
        article = self.articles[place.article_id]
        first, last = np.searchsorted(held.article, (article, article + 1))
        here = slice(int(first), int(last))
        near = (held.start[here] < place.span.end) & (held.end[here] > place.span.start)
        rows: NDArray[np.int64] = first + np.flatnonzero(near)
        return rows


def judge(readings: Sequence[Reading], found: Sequence[Sequence[Facts]]) -> Judged:
    """The passages of a story judged two by two; `found` are the facts of each reading."""
    held = units.gather(readings, found)
    left, right = candidates.find(held)
    return Judged(
        units=held,
        left=left,
        right=right,
        keys=left.astype(np.int64) * len(held) + right,
        scores=trees.load(SCORER).judge(likeness.measure(held, left, right)),
        articles={reading.article.id: at for at, reading in enumerate(readings)},
    )


def align(judged: Judged) -> tuple[Told, ...]:
    """What two articles or more tell, in the order of the first passage of each.

    Every passage is in one of them at most, and none holds two passages of an article that share
    words.
    """
    groups = grouping.group(judged.units, judged.left, judged.right, judged.scores)
    likely = judged.scores >= MAY_TELL
    near = _neighbours(judged.left[likely], judged.right[likely])
    return tuple(_told(judged, rows, near) for rows in groups)


def sureness(told: Told) -> float:
    """How sure it is that the passages tell one thing, 0..1: the share in which readers, shown such
    passages, found that they do."""
    mean = min(max(told.score, NEVER_SURE), 1 - NEVER_SURE)
    odds = ODDS * math.log(mean / (1 - mean)) + (OF_MORE if told.accounts >= MANY else OF_TWO)
    return 1 / (1 + math.exp(-odds))


def silent(readings: Sequence[Reading], told: Told) -> tuple[str, ...]:
    """The articles that surely do not tell it and were long enough to be expected to.

    An article of n words is expected to tell a thing when the accounts that do tell it, cut to
    their first n words, still would for the greater part: a short account is not silent on what
    the longer ones tell at their end. Under 60 words nothing is expected, nor of what was not read.
    """
    if told.score < SURELY_TOLD:
        return ()
    first: dict[str, int] = {}
    for passage in told.passages:
        first.setdefault(passage.article_id, passage.span.start)
    texts = {r.article.id: r for r in readings}
    depths = [_words_before(texts[key], start) for key, start in first.items()]
    out = []
    for reading in readings:
        if reading.article.id in first or reading.article.id in told.may_tell:
            continue
        if not reading.passages:
            continue  # in a language that is not read
        length = _words_before(reading, len(reading.article.text))
        reached = sum(depth < length for depth in depths)
        if length >= MIN_WORDS and reached * 2 > len(depths):
            out.append(reading.article.id)
    return tuple(out)


# --- inside ---------------------------------------------------------------------------------------


def _neighbours(left: Ints, right: Ints) -> Mapping[int, Sequence[int]]:
    """Of each row those that it is paired with."""
    out: dict[int, list[int]] = defaultdict(list)
    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        out[a].append(b)
        out[b].append(a)
    return out


def _told(judged: Judged, rows: Sequence[int], near: Mapping[int, Sequence[int]]) -> Told:
    held = judged.units
    inside = np.zeros(len(held), bool)
    inside[list(rows)] = True
    kept = inside[judged.left] & inside[judged.right]
    pairs = math.comb(len(rows), 2) - sum(
        math.comb(int(count), 2) for count in np.bincount(held.article[list(rows)])
    )
    return Told(
        passages=tuple(held.passages[row] for row in rows),
        score=float(judged.scores[kept].sum() / pairs),
        doubtful=_doubtful(judged, rows, kept),
        may_tell=_articles_near(held, rows, near),
    )


def _doubtful(judged: Judged, rows: Sequence[int], kept: NDArray[np.bool_]) -> frozenset[str]:
    """The passages that are likened to no other surely; none where only two accounts tell it."""
    if len(np.unique(judged.units.article[list(rows)])) < MANY:
        return frozenset()
    sure = kept & (judged.scores >= LIKENED)
    likened = {*judged.left[sure].tolist(), *judged.right[sure].tolist()}
    return frozenset(judged.units.passages[row].id for row in rows if row not in likened)


def _articles_near(
    held: Units, rows: Sequence[int], near: Mapping[int, Sequence[int]]
) -> frozenset[str]:
    """The articles with a passage near one of the rows or near what shares words with one."""
    same = (
        other
        for row in rows
        for other in held.of_host(int(held.host[row]))
        if held.start[other] < held.end[row] and held.start[row] < held.end[other]
    )
    return frozenset(held.passages[there].article_id for one in same for there in near.get(one, ()))


def _words_before(reading: Reading, end: int) -> int:
    """The number of words of the title and body before a place."""
    text = reading.article.text
    return sum(
        len(text[section.span.start : min(section.span.end, end)].split())
        for section in reading.article.sections
        if section.kind in (SectionKind.TITLE, SectionKind.BODY) and section.span.start < end
    )
