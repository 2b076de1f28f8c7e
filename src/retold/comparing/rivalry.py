"""What is measured of two values that may be rivals: how alike what stands around them is.

What the two values share is left out of it, so that it says as much of values that part as of those
that are the same; where each account gives which is counted.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from retold.comparing import conflicts, contrast, units
from retold.comparing.alignment import Judged
from retold.comparing.numbers import Bound, NumberKind
from retold.comparing.slots import Sentence, Slot, SlotKind
from retold.reading import calendar
from retold.types import Place

WINDOW = 32  # characters before and after a value that are compared
NOWHERE = 9  # sentences away: the value does not stand near
_NUMBER_KINDS = tuple(NumberKind)

SENTENCE_NAMES = (
    "judged", "below_best_low", "below_best_high", "both", "cover_low", "cover_high", "likeness",
    "token_set", "titles", "words_low", "words_high", "names_shared", "names_apart_low",
    "names_apart_high",
)  # fmt: skip
VALUE_NAMES = (
    "is_number", "is_date", "told", "left", "right", "beside", "beside_share", "governor", "head",
    "before", "after", "form", "position", "quoted", "quoted_one", "values_low", "values_high",
)  # fmt: skip
KIND_NAMES = (
    "number_kind", "unit", "ratio", "low", "exact", "figures",
    "days", "precision", "precision_same", "reckoned", "weekdays", "published_apart",
)  # fmt: skip
GIVEN_NAMES = (
    "other_near_low", "other_near_high", "other_low", "other_high", "own_low", "own_high",
    "thirds_low", "thirds_high", "others",
)  # fmt: skip
NAMES = SENTENCE_NAMES + VALUE_NAMES + KIND_NAMES + GIVEN_NAMES
"""What the columns of the measures are called, in order."""

Sentences = tuple[str, int]
"""An article, and the place of a sentence in it."""
Given = Mapping[tuple[SlotKind, str], Sequence[int]]
"""The sentences of an article that give a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A sentence with its values and what of it is none: `around` are its telling stems, `names`
    those of names; `at` is its place in the article."""

    sentence: Sentence
    values: tuple[Slot, ...]
    around: frozenset[str]
    names: frozenset[str]
    at: int


class Weights(dict[str, float]):
    """How telling a stem is: rare in the news, and not in every passage of the story."""

    def __init__(self, rarity: Mapping[str, float]) -> None:
        super().__init__()
        self._rarity = rarity
        self._known = units.lexicon()

    def __missing__(self, stem: str) -> float:
        here = self._rarity.get(stem, contrast.DEFAULT_RARITY) + 0.1
        self[stem] = self._known.rarity(stem) * here
        return self[stem]

    def of(self, stems: frozenset[str]) -> float:
        return sum(self[stem] for stem in sorted(stems))


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What the measures of all its rivals are taken from.

    `near` says of two sentences how likely the likeliest of their passages tell one thing, `best`
    of a sentence the most that it says of one of another article; `given` where an article gives
    which value, `givers` how many articles do.
    """

    held: Mapping[str, Sequence[Held]]
    near: Mapping[tuple[Sentences, Sentences], float]
    best: Mapping[tuple[Sentences, str], float]
    given: Mapping[str, Given]
    givers: Mapping[tuple[SlotKind, str], int]
    weights: Weights
    published: Mapping[str, dt.date | None]
    judged: Judged

    def at(self, place: Sentences) -> Held:
        return self.held[place[0]][place[1]]

    def row(self, x: Slot, y: Slot, first: Sentences, second: Sentences) -> tuple[float, ...]:
        a, b = self.at(first), self.at(second)
        return (
            *self._of_sentences(a, b, first, second),
            *self._of_values(x, y, a, b),
            *_of_numbers(x, y),
            *_of_dates(x, y, self.published),
            *self._of_given(x, y, a, b),
        )

    def _of_sentences(
        self, a: Held, b: Held, first: Sentences, second: Sentences
    ) -> tuple[float, ...]:
        both = self.weights.of(a.around & b.around)
        of_a, of_b = self.weights.of(a.around), self.weights.of(b.around)
        judged = self.near[first, second]
        return (
            judged,
            *sorted((judged - self.best[first, second[0]], judged - self.best[second, first[0]])),
            both,
            *sorted((both / max(of_a, 1e-6), both / max(of_b, 1e-6))),
            both / max(of_a + of_b - both, 1e-6),
            fuzz.token_set_ratio(a.sentence.form, b.sentence.form),
            a.sentence.is_title + b.sentence.is_title,
            *sorted((len(a.around), len(b.around))),
            len(a.names & b.names),
            *sorted((len(a.names - b.names), len(b.names - a.names))),
        )

    def _of_values(self, x: Slot, y: Slot, a: Held, b: Held) -> tuple[float, ...]:
        of = self.weights.of
        beside = of((x.left | x.right) & (y.left | y.right))
        around = min(of(x.left | x.right), of(y.left | y.right))
        return (
            float(x.kind is SlotKind.NUMBER),
            float(x.kind is SlotKind.DATE),
            self.judged.likeliest(Place(x.article_id, x.span), Place(y.article_id, y.span)),
            of(x.left & y.left),
            of(x.right & y.right),
            beside,
            beside / max(around, 1e-6),
            _relation(x.governor, y.governor),
            _relation(x.head, y.head),
            fuzz.ratio(_before(x, a.sentence), _before(y, b.sentence)),
            fuzz.ratio(_after(x, a.sentence), _after(y, b.sentence)),
            fuzz.ratio(x.form, y.form),
            abs(x.position - y.position),
            x.is_quoted + y.is_quoted,
            x.is_quoted != y.is_quoted,
            *sorted(sum(value.kind is x.kind for value in one.values) for one in (a, b)),
        )

    def _of_given(self, x: Slot, y: Slot, a: Held, b: Held) -> tuple[float, ...]:
        """Where each article gives the other's value, how often its own, and what third ones
        give."""
        there = self.given[y.article_id].get(_key(x), ())
        here = self.given[x.article_id].get(_key(y), ())
        near = [
            min((abs(at - one.at) for at in found), default=NOWHERE)
            for found, one in ((there, b), (here, a))
        ]
        both = (self.given[x.article_id], self.given[y.article_id])
        thirds = [self.givers[_key(slot)] - sum(_key(slot) in of for of in both) for slot in (x, y)]
        return (
            *sorted(min(distance, NOWHERE) for distance in near),
            *sorted((len(there), len(here))),
            *sorted(len(self.given[slot.article_id].get(_key(slot), ())) for slot in (x, y)),
            *sorted(thirds),
            len(self.given) - 2,
        )


def given(held: Sequence[Held]) -> Given:
    """The places of the sentences that give each value."""
    out: dict[tuple[SlotKind, str], list[int]] = defaultdict(list)
    for one in held:
        for slot in one.values:
            out[_key(slot)].append(one.at)
    return out


# --- inside ---------------------------------------------------------------------------------------


def _before(slot: Slot, sentence: Sentence) -> str:
    end = slot.span.start - sentence.span.start
    return sentence.form[max(0, end - WINDOW) : end]


def _after(slot: Slot, sentence: Sentence) -> str:
    start = slot.span.end - sentence.span.start
    return sentence.form[start : start + WINDOW]


def _relation(a: str, b: str) -> float:
    """2 for the same, 0 for two, 1 where one is not known."""
    return 1.0 if not a or not b else 2.0 * (a == b)


def _of_numbers(x: Slot, y: Slot) -> tuple[float, ...]:
    a, b = x.number, y.number
    if not a or not b:
        return (-1.0,) * 6
    low, high = sorted((max(a.low, 0.01), max(b.low, 0.01)))
    return (
        _NUMBER_KINDS.index(a.kind),
        _relation(a.unit, b.unit),
        math.log(high / low),
        math.log(low + 1),
        (a.bound is Bound.EXACT) + (b.bound is Bound.EXACT),
        len(str(int(a.low))) == len(str(int(b.low))),
    )


def _of_dates(x: Slot, y: Slot, published: Mapping[str, dt.date | None]) -> tuple[float, ...]:
    a, b = x.time, y.time
    if not a or not b:
        return (-1.0,) * 6
    first, second = calendar.days(a.date or ""), calendar.days(b.date or "")
    gap = 0
    if first and second:
        gap = max((second[0] - first[1]).days, (first[0] - second[1]).days, 0)
    days = [published.get(slot.article_id) for slot in (x, y)]
    sizes = sorted(len(time.date or "") for time in (a, b))
    return (
        math.log(gap + 1),
        sizes[0],
        sizes[0] == sizes[1],
        a.is_relative + b.is_relative,
        sum(any(day in slot.form for day in calendar.WEEKDAYS) for slot in (x, y)),
        min(abs((days[0] - days[1]).days), 30) if days[0] and days[1] else -1,
    )


def _key(slot: Slot) -> tuple[SlotKind, str]:
    return slot.kind, conflicts.compared(slot)
