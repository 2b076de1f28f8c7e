"""Where accounts give another number of dead, or of hurt.

    with the loss of {48 lives} | {Forty-seven people} drowned

What an account says of a disaster it says in its own words, so that often no claim holds both
numbers. Of each account the one it gives most often is taken, of people as such: soldiers and
children are some of them. They are set against each other where they are close and neither account
gives the other's: the dead of an earlier disaster are many more or far fewer.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from retold.comparing import conflicts, counts, partings
from retold.comparing.numbers import Bound, NumberKind
from retold.comparing.partings import Parting
from retold.comparing.slots import Sentence, Slot, SlotKind
from retold.types import Difference, DifferenceKind, Facet, Reading

_DEAD = (
    "dead", "death", "deaths", "die", "died", "dies", "drowned", "fatalities", "kill", "killed",
    "killing", "kills", "perished", "slain", "toll",
)  # fmt: skip
_HURT = ("hurt", "injured", "injures", "injuries", "injuring", "wounded", "wounding", "wounds")
_TOLLS = {**dict.fromkeys(_DEAD, "dead"), **dict.fromkeys(_HURT, "hurt")}
_LIFE = "life"  # the loss of 48 lives
_PEOPLE = ("", "dead", "death", "fatality", _LIFE, "person", "victim")
BEFORE, AFTER = 4, 5  # words from the number in which what became of them is said
LEAST = 2.0
NEAR, NEAR_BY = 0.25, 2.0  # of the smaller, or by so many
# of eight in 545 stories all were of one event
SCORE = 0.6


def find(
    readings: Sequence[Reading], sentences: Mapping[str, Sequence[Sentence]]
) -> tuple[Parting, ...]:
    """For the dead and for the hurt the numbers that part, one an account, by article.

    It is a variation where it may only have risen: where each account gives at least what those of
    earlier days do.
    """
    texts = {r.article.id: r for r in readings}
    published = {r.article.id: r.article.published for r in readings}
    out = []
    for kind in ("dead", "hurt"):
        leading = [
            slot for r in readings if (slot := _leading(sentences.get(r.article.id, ()), kind))
        ]
        parted = [
            pair
            for pair in itertools.combinations(leading, 2)
            if _are_near(*pair) and not counts.can_both_be_right(*pair, sentences)
        ]
        values = {_value(slot) for pair in parted for slot in pair}
        group = [slot for slot in leading if _value(slot) in values]
        has_risen = all(counts.has_risen(a, b, published) for a, b in parted)
        if parted and (one := _parting(group, texts, has_risen=has_risen)):
            out.append(one)
    return tuple(out)


# --- inside ---------------------------------------------------------------------------------------


def _leading(sentences: Sequence[Sentence], kind: str) -> Slot | None:
    """The first place of the number that the account gives most often, the first of several."""
    held = [slot for sentence in sentences for slot in _tolls(sentence, kind)]
    most = Counter(map(_value, held)).most_common(1)
    return next((slot for slot in held if _value(slot) == most[0][0]), None)


def _tolls(sentence: Sentence, kind: str) -> Iterator[Slot]:
    """The exact numbers of people of whom the sentence says that they are dead, or hurt."""
    for slot in sentence.slots:
        number = slot.number
        if (
            slot.kind is SlotKind.NUMBER
            and number
            and number.kind is NumberKind.COUNT
            and number.bound is Bound.EXACT
            and number.low == number.high >= LEAST
            and number.unit in _PEOPLE
            and _became(slot, sentence) == kind
        ):
            yield slot


def _became(slot: Slot, sentence: Sentence) -> str | None:
    """What became of those counted, by the nearest word that says so, of two the one behind."""
    number = slot.number
    if not number:
        return None
    if number.unit == _LIFE:
        return "dead"
    before = [w.form for w in sentence.words if w.span.end <= number.digits.start][-BEFORE:]
    after = [w.form for w in sentence.words if w.span.start >= number.digits.end][:AFTER]
    near = itertools.zip_longest(after, reversed(before), fillvalue="")
    return next((_TOLLS[form] for form in itertools.chain(*near) if form in _TOLLS), None)


def _value(slot: Slot) -> float:
    return slot.number.low if slot.number else 0.0


def _are_near(a: Slot, b: Slot) -> bool:
    low, high = sorted((_value(a), _value(b)))
    return 0 < high - low <= max(NEAR_BY, NEAR * low)


def _parting(
    group: Sequence[Slot], texts: Mapping[str, Reading], *, has_risen: bool
) -> Parting | None:
    passages = partings.around(group, texts)
    if passages is None:
        return None
    return Parting(
        passages=passages,
        difference=Difference(
            facet=Facet.NUMBER,
            kind=DifferenceKind.VARIATION if has_risen else DifferenceKind.CONFLICT,
            values=conflicts.values(group),
            score=SCORE,
        ),
    )
