"""Rival values: the number, the day or the place that two accounts give for one thing.

    a {48}-page indictment, unsealed in {Boston} | the {47}-page indictment unsealed in {Denver}

Whether two values that cannot both be right stand for one thing is told by what stands around them
and by how far they are apart, not by what they share. Trees learned it from accounts in which one
value that they shared had been altered (`training/altered.py`). All sentences are looked at in
which a passage may tell what another tells; no claim need hold them both.
"""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from retold import spans
from retold.comparing import (
    agreements,
    conflicts,
    counts,
    partings,
    places,
    rivalry,
    slots,
    trees,
)
from retold.comparing.agreements import Agreement
from retold.comparing.alignment import Judged
from retold.comparing.differences import DOUBTFUL
from retold.comparing.numbers import Bound
from retold.comparing.partings import Parting
from retold.comparing.rivalry import Held, Sentences
from retold.comparing.slots import Sentence, Slot, SlotKind
from retold.comparing.units import Floats
from retold.reading import calendar
from retold.types import Difference, DifferenceKind, Facet, MentionKind, Reading

MODEL = "rivals"
# above the second it is called a conflict, above the first it waits to be asked for: judged unseen,
# of 26 numbers found above it in stories as they are 20 are of one thing; of days few are found
BOUNDS = {SlotKind.NUMBER: (0.3, 0.5), SlotKind.DATE: (0.5, 0.8), SlotKind.NAME: (0.3, 0.5)}
DAY_CHARS = len("2031-05-06")
MIN_JUDGED = 0.12  # of the likeliest passages of two sentences
MAX_VALUES = 24  # of a sentence: what gives more is a list
NEAREST = 3  # sentences of another article that a sentence is held against
MAX_DAYS = 1  # between two accounts that name days of a week: what goes on has other days
FACETS = {SlotKind.NUMBER: Facet.NUMBER, SlotKind.DATE: Facet.DATE, SlotKind.NAME: Facet.PLACE}


_OF_ANOTHER = re.compile(r"\b(?:another|a (?:second|separate|different)) [^,;:“”\"]{1,60}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rivals:
    """Two values of two articles that cannot both be right of one thing, with what is measured of
    them: the columns of `rivalry.NAMES`."""

    slots: tuple[Slot, Slot]
    row: tuple[float, ...]


def find(
    readings: Sequence[Reading],
    sentences: Mapping[str, Sequence[Sentence]],
    judged: Judged,
    rarity: Mapping[str, float],
) -> tuple[Parting, ...]:
    """The rivals, the surest first; what one account sets against several is one difference."""
    held = candidates(readings, sentences, judged, rarity)
    if not held:
        return ()
    scores = trees.load(MODEL).judge(measures(held)).tolist()
    texts = {r.article.id: r for r in readings}
    groups: list[tuple[list[Slot], float]] = []
    for score, one in sorted(zip(scores, held, strict=True), key=lambda row: -row[0]):
        least, sure = BOUNDS[one.slots[0].kind]
        if score >= least and not _are_of_two(one.slots, sentences):
            _add(groups, one.slots, score, may_join=score >= sure)
    found = (_parting(group, score, texts) for group, score in groups)
    return tuple(one for one in found if one)


def candidates(
    readings: Sequence[Reading],
    sentences: Mapping[str, Sequence[Sentence]],
    judged: Judged,
    rarity: Mapping[str, float],
) -> tuple[Rivals, ...]:
    """All rivals in sentences that may tell one thing, in order of article and place."""
    held = {r.article.id: _held(r, sentences.get(r.article.id, ())) for r in readings}
    near = _near(held, judged)
    given = {article: rivalry.given(of) for article, of in held.items()}
    story = rivalry.Story(
        held=held,
        near=near,
        best=_best(near),
        given=given,
        givers=Counter(key for of in given.values() for key in of),
        weights=rivalry.Weights(rarity),
        published={r.article.id: r.article.published for r in readings},
        judged=judged,
    )
    return tuple(
        Rivals(slots=(x, y), row=story.row(x, y, first, second))
        for first, second in story.near
        if max(len(story.at(place).values) for place in (first, second)) <= MAX_VALUES
        for x, y in itertools.product(story.at(first).values, story.at(second).values)
        if x.kind is y.kind and _are_apart(x, y, story.published)
    )


def facet_of(one: Rivals) -> Facet:
    """What the two part in."""
    return FACETS[one.slots[0].kind]


def measures(found: Sequence[Rivals]) -> Floats:
    """What is measured of each, a row each."""
    return np.array([one.row for one in found], np.float32).reshape(len(found), len(rivalry.NAMES))


# --- inside ---------------------------------------------------------------------------------------


def _held(reading: Reading, sentences: Sequence[Sentence]) -> list[Held]:
    mentioned = {m.span for m in reading.mentions if m.kind is MentionKind.PLACE}
    out = []
    for at, sentence in enumerate(sentences):
        values = (
            *(slot for slot in sentence.slots if _is_exact(slot, sentence)),
            *(slot for slot in sentence.slots if places.is_one(slot, mentioned)),
        )
        told = [slot.stems for slot in values]
        names = frozenset(slots.folded(word) for word in sentence.words if word.is_name)
        out.append(
            Held(
                sentence=sentence,
                values=values,
                around=sentence.stems.difference(*told),
                names=names.difference(*told),
                at=at,
            )
        )
    return out


def _is_exact(slot: Slot, sentence: Sentence) -> bool:
    """True for a number or a date that says which one: not "this week"; the day of a post is of
    nothing it tells, and that of "a separate poll" of no one poll."""
    if slot.kind is SlotKind.NUMBER and slot.number:
        return slot.number.bound is not Bound.VAGUE
    if slot.kind is not SlotKind.DATE or not slot.time or not slot.time.date:
        return False
    if _OF_ANOTHER.search(counts.before(slot, sentence)):
        return False
    is_day = len(slot.time.date) >= DAY_CHARS and "/" not in slot.time.date
    return (is_day or not slot.time.is_relative) and not conflicts.is_stamp(slot, sentence)


def _are_apart(a: Slot, b: Slot, published: Mapping[str, dt.date | None]) -> bool:
    """True if they cannot both be right of one thing."""
    if a.number and b.number:
        return a.number.kind is b.number.kind and not agreements.can_both_hold(a.number, b.number)
    if a.time and b.time:
        if agreements.of_dates(a.time, b.time) is not Agreement.CONFLICT:
            return False
        is_reckoned = a.time.is_relative or b.time.is_relative
        days = [published.get(slot.article_id) for slot in (a, b)]
        gap = abs((days[0] - days[1]).days) if days[0] and days[1] else 0
        days_named = (*calendar.WEEKDAYS, "today")
        is_one = conflicts.is_part_of(a, b) or any(d in a.form and d in b.form for d in days_named)
        return not is_one and not (is_reckoned and gap > MAX_DAYS)
    return places.are_two(a, b)


def _are_of_two(pair: tuple[Slot, Slot], sentences: Mapping[str, Sequence[Sentence]]) -> bool:
    """True for two numbers of which something says that they count two things."""
    a, b = pair
    return a.kind is SlotKind.NUMBER and counts.can_both_be_right(a, b, sentences)


def _near(
    held: Mapping[str, Sequence[Held]], judged: Judged
) -> dict[tuple[Sentences, Sentences], float]:
    """Two sentences of two articles, and how likely the likeliest of their passages tell one thing;
    of each sentence the nearest few of another article."""
    where = _sentences(held, judged)
    found: dict[tuple[Sentences, Sentences], float] = {}
    for row in np.flatnonzero(judged.scores >= MIN_JUDGED).tolist():
        one, other = where[judged.left[row]], where[judged.right[row]]
        if one and other:
            key = (one, other) if one < other else (other, one)
            found[key] = max(found.get(key, 0.0), float(judged.scores[row]))
    of: dict[tuple[Sentences, str], list[float]] = defaultdict(list)
    for (one, other), score in found.items():
        of[one, other[0]].append(score)
        of[other, one[0]].append(score)
    least = {key: sorted(scores)[-NEAREST:][0] for key, scores in of.items()}
    return {
        (one, other): score
        for (one, other), score in sorted(found.items())
        if score >= min(least[one, other[0]], least[other, one[0]])
    }


def _best(
    near: Mapping[tuple[Sentences, Sentences], float],
) -> dict[tuple[Sentences, str], float]:
    out: dict[tuple[Sentences, str], float] = defaultdict(float)
    for (one, other), score in near.items():
        out[one, other[0]] = max(out[one, other[0]], score)
        out[other, one[0]] = max(out[other, one[0]], score)
    return out


def _sentences(held: Mapping[str, Sequence[Held]], judged: Judged) -> list[Sentences | None]:
    """The first sentence that shares characters with each passage."""
    ends = {article: [one.sentence.span.end for one in of] for article, of in held.items()}
    out: list[Sentences | None] = []
    for passage in judged.units.passages:
        of = held.get(passage.article_id, ())
        at = bisect.bisect_right(ends.get(passage.article_id, []), passage.span.start)
        is_in = at < len(of) and spans.overlaps(of[at].sentence.span, passage.span)
        out.append((passage.article_id, at) if is_in else None)
    return out


def _add(
    groups: list[tuple[list[Slot], float]],
    pair: tuple[Slot, Slot],
    score: float,
    *,
    may_join: bool,
) -> None:
    """Add the pair as a group of its own where none shows one of its values; else, where it may
    join, its value of an article that the group has none of."""
    for group, _ in groups:
        if any(_is_same(slot, other) for slot in pair for other in group):
            articles = {slot.article_id for slot in group}
            group += [slot for slot in pair if may_join and slot.article_id not in articles]
            return
    groups.append((list(pair), score))


def _is_same(a: Slot, b: Slot) -> bool:
    is_of_one = a.kind is b.kind and a.article_id == b.article_id
    return is_of_one and spans.overlaps(a.span, b.span)


def _parting(group: Sequence[Slot], score: float, texts: Mapping[str, Reading]) -> Parting | None:
    passages = partings.around(group, texts)
    if passages is None:
        return None
    is_sure = score >= BOUNDS[group[0].kind][1]
    difference = Difference(
        facet=FACETS[group[0].kind],
        kind=DifferenceKind.CONFLICT if is_sure else DifferenceKind.VARIATION,
        values=conflicts.values(group),
        score=round(score, 4) if is_sure else DOUBTFUL,
    )
    return Parting(passages=passages, difference=difference)
