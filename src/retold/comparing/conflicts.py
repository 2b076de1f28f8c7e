"""What cannot both be right as written: numbers, dates and quoted words in the same slot.

Nothing here is trained. Two values are put against each other only where the same words stand
beside them in sentences that are alike; two numbers that count different things are no conflict.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping, Sequence

import numpy as np

from retold import lexicons, spans
from retold.comparing import agreements, contrast, counts, facts, numbers, slots
from retold.comparing.changes import MAX_NEGATION_WORDS
from retold.comparing.contrast import Contrasts, Floats
from retold.comparing.counts import Told
from retold.comparing.numbers import Bound, NumberKind
from retold.comparing.slots import Sentence, Slot, SlotKind
from retold.reading import calendar
from retold.types import Difference, DifferenceKind, Facet, Span, Value

MIN_LIKENESS = 0.2
MIN_LIKENESS_LED_IN = 0.1
# in sentences that are less alike, the dates must be of the same word
MIN_LIKENESS_OF_DATES = 0.3
# "on Wednesday" stands in half of all sentences, and is but reckoned: those must be alike
MIN_LIKENESS_RECKONED = 0.4
# unless several telling words stand beside both: the hearing before the same committee
MIN_BESIDE_RECKONED = 1.0
# two sums that are close by stand in any two lists of what was bought
MIN_LIKENESS_NEAR = 0.3
MIN_SCORE = 0.5
# of numbers twice as large and more none of five that strict readers judged was of the same thing
MAX_RATIO = 2.0
MAX_RATIO_ALIKE = 5.0  # where most of the words around them are the same
ALIKE = 0.5
NEAR_RATIO, NEAR_LEAST = 1.25, 20.0
MIN_SPELLED = 7  # letters of a word that opens longer words as written otherwise
YEAR = len("2031")
STRETCH_CHARS = 150  # changes of a quotation that are nearer are of one stretch
_WORDS = re.compile(r"[\w']+")
MIN_SHARE = 0.6  # of the words of the shorter quotation, for a change in it to be a conflict


def find(
    pairs: Contrasts, odds: Floats, told: Told, published: Mapping[str, dt.date | None]
) -> tuple[Difference, ...]:
    """The conflicts among the pairs of slots, the surest first; what one account sets against
    several others is one conflict. A toll that a later account gives higher is a variation.

    Args:
        told: all sentences of the articles, not only those of the claim.
        published: the day of each article.
    """
    column = {name: pairs.features[:, n] for n, name in enumerate(contrast.NAMES)}
    apart = np.maximum(column["number"], column["date"]) == agreements.FAR_APART
    turned = column["turn"] >= 1 + MIN_SHARE
    found: list[Difference] = []
    rows = np.flatnonzero(apart | turned).tolist()
    for row in sorted(rows, key=lambda row: _weight(pairs, row, told)):
        a, b = pairs.slots[pairs.left[row]], pairs.slots[pairs.right[row]]
        likeness, beside = float(column["sentences"][row]), float(column["beside"][row])
        score = min(1.0, MIN_SCORE + 0.5 * likeness + 0.2 * float(odds[row]))
        if a.kind is SlotKind.TURN:
            # one change of a stretch is shown as a conflict, all of them in the apparatus
            is_shown = any(_is_beside(d, a, b) or _holds(d, a, b) for d in found)
            if not is_shown and not _is_fitted(a.form, b.form):
                found.append(_conflict(_facet_of_turn(a, b, told), a, b, score))
        elif _is_told_by_both(pairs, row):
            continue
        elif facet_of := _facet(a, b, likeness, beside, told):
            one = _conflict(facet_of, a, b, score)
            found.append(_as_update(one) if _is_update(a, b, told, published) else one)
    return _joined(sorted(found, key=lambda d: -d.score))


def values(held: Sequence[Slot], belong: Sequence[float] = ()) -> tuple[Value, ...]:
    """What the slots show, in order of article and place; `belong` is how sure it is of each slot
    that it belongs beside the others."""
    found = [
        Value(
            article_id=slot.article_id, span=slot.span, value=compared(slot), score=round(sure, 4)
        )
        for slot, sure in zip(held, belong or (1.0,) * len(held), strict=True)
    ]
    return tuple(sorted(found, key=lambda value: (value.article_id, value.span)))


def compared(slot: Slot) -> str:
    """The form in which the slot was compared."""
    if slot.time and slot.time.date:
        return slot.time.date
    if slot.number:
        low, high = slot.number.low, slot.number.high
        value = f"{low:g}" if low == high else f"{low:g}–{high:g}"
        return f"{value} {slot.number.unit}".strip()
    return slot.form


def are_near(a: Slot, b: Slot) -> bool:
    """True for two figures that differ by little and must count one thing: 412 and 421 tickets.

    Where one of them or neither names a unit ("421 of them") both have three figures to the last.
    """
    x, y = a.number, b.number
    if (
        not x
        or not y
        or not a.kind is b.kind is SlotKind.NUMBER
        or Bound.VAGUE in (x.bound, y.bound)
    ):
        return False
    # of a poll every candidate has a share
    if x.kind in (NumberKind.ORDINAL, NumberKind.PERCENT) or (
        not x.unit == y.unit != "" and not _are_full(x.low, y.low)
    ):
        return False
    low, high = sorted((x.low, y.low))
    return 0 < low < high <= low * NEAR_RATIO and high >= NEAR_LEAST


def date_as_exactly(a: Slot, b: Slot) -> bool:
    """True for two dates of one precision: a day is no conflict with a week or a year.

    The same day of the week ("Tuesday", "Tuesday night") is none either, nor is the same day of a
    year: which one is but reckoned.
    """
    if not (a.kind is b.kind is SlotKind.DATE and a.time and b.time) or is_part_of(a, b):
        return False
    if any(day in a.form and day in b.form for day in calendar.WEEKDAYS):
        return False
    first, second = a.time.date or "", b.time.date or ""
    if first[YEAR:] == second[YEAR:] != "" and not (
        first[:YEAR] in a.form and second[:YEAR] in b.form
    ):
        return False
    return len(first) == len(second) > 0 and "/" not in first + second


def is_part_of(a: Slot, b: Slot) -> bool:
    """True if one says in fewer of the same words what the other says: "May" and "May 2016"."""
    first, second = set(a.form.split()), set(b.form.split())
    return first <= second or second <= first


def is_stamp(slot: Slot, sentence: Sentence) -> bool:
    """True for the day of a post that is shown: "Ann Lind (@annlind) May 6, 2031"."""
    before = counts.before(slot, sentence)
    return before.endswith(")") and "@" in before.rpartition("(")[2]


# --- inside ---------------------------------------------------------------------------------------


def _is_beside(difference: Difference, a: Slot, b: Slot) -> bool:
    """True if the difference shows words of the same stretch of the same two articles."""
    near = {
        slot.article_id
        for slot in (a, b)
        for value in difference.values
        if value.article_id == slot.article_id
        and abs(value.span.start - slot.span.start) <= STRETCH_CHARS
    }
    return difference.facet in (Facet.WORDING, Facet.POLARITY) and len(near) > 1


def _holds(difference: Difference, a: Slot, b: Slot) -> bool:
    """True if the difference shows words of both slots: a number says more than its figures."""
    return {a.article_id, b.article_id} == {
        slot.article_id
        for slot in (a, b)
        for value in difference.values
        if value.article_id == slot.article_id and spans.overlaps(value.span, slot.span)
    }


def _weight(pairs: Contrasts, row: int, told: Told) -> tuple[bool, int, int]:
    """Of what order the pair is among those that share a stretch: numbers and dates first, then a
    denial, then words of meaning for others, then one that is left out."""
    a, b = pairs.slots[pairs.left[row]], pairs.slots[pairs.right[row]]
    if a.kind is not SlotKind.TURN:
        return False, -len(pairs.slots), row
    own = sum(bool(x.stems - counts.host(y, told).stems) for x, y in ((a, b), (b, a)))
    return not _is_denied(a, b, told), -own, row


def _facet(a: Slot, b: Slot, likeness: float, beside: float, told: Told) -> Facet | None:
    """The facet under which two numbers or two dates cannot both be right; None if they can."""
    if a.kind is b.kind is SlotKind.NUMBER:
        if are_near(a, b) and (beside > 0 or likeness >= MIN_LIKENESS_NEAR):
            return None if counts.can_both_be_right(a, b, told) else Facet.NUMBER
        if not _is_same_place(a, b, likeness, beside) or not _counts_the_same(a, b, likeness):
            return None
        are_two = counts.stand_apart(a, b, told) or counts.can_both_be_right(a, b, told)
        return None if are_two else Facet.NUMBER
    if not _is_same_place(a, b, likeness, beside) or not date_as_exactly(a, b):
        return None
    if any(is_stamp(slot, counts.host(slot, told)) for slot in (a, b)) or _dates_both(a, b, told):
        return None
    return Facet.DATE if likeness >= MIN_LIKENESS_OF_DATES or a.head == b.head else None


def _dates_both(a: Slot, b: Slot, told: Told) -> bool:
    """True if either article gives the other's date too: a mere day of the week in the sentence
    itself or in one beside it, another anywhere."""
    return _gives(a, b, told) or _gives(b, a, told)


def _gives(one: Slot, other: Slot, told: Told) -> bool:
    """True if the article of `other` gives the date of `one`."""
    sentences = told[other.article_id]
    at = sentences.index(counts.host(other, told))
    is_mere_day = bool(one.time and one.time.is_relative) and not any(map(str.isdigit, one.form))
    near = sentences[max(0, at - 1) : at + 2] if is_mere_day else sentences
    return any(
        slot.form == one.form or (slot.time and one.time and slot.time.date == one.time.date)
        for sentence in near
        for slot in sentence.slots
        if slot.kind is SlotKind.DATE
    )


def _is_update(a: Slot, b: Slot, told: Told, published: Mapping[str, dt.date | None]) -> bool:
    """True for a toll that the account of a later day gives higher: each was right in its time."""
    return counts.has_risen(a, b, published) and counts.is_toll(a, b, told)


def _as_update(conflict: Difference) -> Difference:
    return dataclasses.replace(conflict, kind=DifferenceKind.VARIATION)


def _facet_of_turn(a: Slot, b: Slot, told: Told) -> Facet:
    """In what two changed wordings of a quotation part."""
    if _is_denied(a, b, told):
        return Facet.POLARITY
    x, y = ([n.low for n in numbers.find(s.form, Span(0, len(s.form)))] for s in (a, b))
    return Facet.NUMBER if x and y and x != y else Facet.WORDING


def _is_denied(a: Slot, b: Slot, told: Told) -> bool:
    """True for two quoted words or few of which one says "not", where the other's sentence does not
    say it either."""
    if not a.kind is b.kind is SlotKind.TURN:
        return False
    if max(len(slot.form.split()) for slot in (a, b)) > MAX_NEGATION_WORDS:
        return False
    if _negates(a.form) == _negates(b.form):
        return False
    return not all(_negates(counts.host(slot, told).form) for slot in (a, b))


def _negates(form: str) -> bool:
    """True for "no", "can't", and for "a thousand no's"."""
    words = (word.removesuffix("'s") for word in _WORDS.findall(form.replace("’", "'")))
    return any(word in slots.negations() or word.endswith("n't") for word in words)


def _joined(found: Sequence[Difference]) -> tuple[Difference, ...]:
    """The conflicts, those of one facet that share a value made one: a value an article."""
    out: list[Difference] = []
    for one in found:
        at = next((n for n, other in enumerate(out) if _share_a_value(one, other)), None)
        if at is None:
            out.append(one)
            continue
        held = {value.article_id for value in out[at].values}
        more = [value for value in one.values if value.article_id not in held]
        joined = sorted((*out[at].values, *more), key=lambda value: (value.article_id, value.span))
        out[at] = dataclasses.replace(out[at], values=tuple(joined))
    return tuple(out)


def _share_a_value(one: Difference, other: Difference) -> bool:
    is_of_a_kind = one.facet is other.facet and one.kind is other.kind
    return is_of_a_kind and bool(set(one.values) & set(other.values))


def _is_fitted(a: str, b: str) -> bool:
    """True for {my} and {his}, {look} and {looks}, {end} and {ending}: the sentence around the
    words has changed, not what is said; and for {world view or} and {worldview}, {EB} and
    {executive board}."""
    persons, first = lexicons.words("persons"), lexicons.words("first_persons")
    if (a in persons and b in persons) or a in first or b in first:
        return True
    if " " not in a + b and min(len(a), len(b)) > 2 and facts.stem(a) == facts.stem(b):
        return True
    short, long = sorted((a, b), key=len)
    words = _WORDS.findall(long)
    if len(words) > 1 and short.replace(".", "") == "".join(word[0] for word in words):
        return True
    is_word = " " not in short and len(short) >= MIN_SPELLED
    return is_word and "".join(words).startswith(short)


def _is_same_place(a: Slot, b: Slot, likeness: float, beside: float) -> bool:
    """True if the same words stand beside both in sentences that are somewhat alike.

    Where the same grammar leads in, less will do: "became President {in} [1999]" answers "becoming
    president of Russia {in} [2000]" in sentences that share little else.
    """
    if beside <= 0 or (a.governor and b.governor and a.governor != b.governor):
        return False
    is_led_in = a.governor == b.governor != "" and bool(a.left & b.left)
    if any(slot.time and slot.time.is_relative for slot in (a, b)):
        return likeness >= MIN_LIKENESS_RECKONED or (
            beside >= MIN_BESIDE_RECKONED and likeness >= MIN_LIKENESS
        )
    return likeness >= (MIN_LIKENESS_LED_IN if is_led_in else MIN_LIKENESS)


def _are_full(*values: float) -> bool:
    return all(value >= 100 and value % 10 for value in values)


def _is_told_by_both(pairs: Contrasts, row: int) -> bool:
    """True if either article gives the other's value there too: then it is of another thing."""
    a, b = pairs.slots[pairs.left[row]], pairs.slots[pairs.right[row]]
    return any(
        compared(other) == compared(one)
        for one, there in ((a, b.article_id), (b, a.article_id))
        for other in pairs.slots
        if other.article_id == there and other.kind is one.kind
    )


def _counts_the_same(a: Slot, b: Slot, likeness: float) -> bool:
    """True if both give an exact number of the same unit, or of the same kind that needs none.

    Numbers of another order count other things: "$200,000" does not contradict "$5.4 million".
    """
    if (
        not a.number
        or not b.number
        or a.kind is not SlotKind.NUMBER
        or b.kind is not SlotKind.NUMBER
    ):
        return False
    if Bound.VAGUE in (a.number.bound, b.number.bound):
        return False
    if a.number.kind is NumberKind.ORDINAL:
        return False
    low, high = sorted((max(a.number.high, 1.0), max(b.number.high, 1.0)))
    if high >= low * (MAX_RATIO_ALIKE if likeness >= ALIKE else MAX_RATIO):
        return False
    needs_unit = a.number.kind is NumberKind.COUNT
    return not needs_unit or bool(a.number.unit and a.number.unit == b.number.unit)


def _conflict(facet: Facet, a: Slot, b: Slot, score: float) -> Difference:
    return Difference(
        facet=facet,
        kind=DifferenceKind.CONFLICT,
        values=values((a, b)),
        score=round(score, 4),
    )
