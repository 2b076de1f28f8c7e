"""Where one article gives two dates or numbers for one thing, on the word of two sources.

    {The Guardian} suggested that the idea ended … in {2004}. {Robertson} told FP that … in {2008}.

Only sentences of the article that speak of the same thing in the same words, each with a source of
its own, are put against each other; what the sources date otherwise may be another thing.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from retold import spans
from retold.comparing import agreements, conflicts, credits, units
from retold.comparing.agreements import Agreement
from retold.comparing.slots import Sentence, Slot, SlotKind
from retold.types import Act, Difference, DifferenceKind, Facet, Passage, Reading, Span

MIN_SHARED_WORDS = 4
CONFLICT = Agreement.CONFLICT
SCORE = 0.5  # a rule without a measure of its own: no surer than even
MIN_RARITY = 0.5  # of one shared word that is no name, 0..1 over the news of many outlets


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """Passages outside of any claim, and the value in which they part."""

    passages: tuple[Passage, ...]
    difference: Difference


def find(
    readings: Sequence[Reading], sentences: Mapping[str, Sequence[Sentence]]
) -> tuple[Parting, ...]:
    """The partings within each article, in order of article and place."""
    out = []
    for reading in readings:
        held = [s for s in sentences.get(reading.article.id, ()) if not s.is_title and _dated(s)]
        for a, b in itertools.combinations(held, 2):
            are_two = _tell_the_same(a, b) and _speak_apart(reading, a, b)
            pair = _parting(reading, a, b) if are_two else None
            if pair:
                out.append(_shown(reading, a, b, pair))
    return tuple(one for one in out if one)


def widest(reading: Reading, span: Span) -> Passage | None:
    """The widest passage that shares a character with `span`."""
    inside = [p for p in reading.passages if spans.overlaps(span, p.span)]
    return max(inside, key=lambda p: len(p.span), default=None)


def around(shown: Sequence[Slot], readings: Mapping[str, Reading]) -> tuple[Passage, ...] | None:
    """The widest passage that shares a character with each slot, None where one has none.

    Args:
        readings: by the id of their article.
    """
    found = [widest(readings[slot.article_id], slot.span) for slot in shown]
    held = tuple(passage for passage in found if passage)
    return held if len(held) == len(shown) else None


def varying(
    shown: Sequence[Slot], readings: Mapping[str, Reading], *, facet: Facet, score: float
) -> Parting | None:
    """The slots as a variation, with the passages around them; None where one stands in none."""
    passages = around(shown, readings)
    if passages is None:
        return None
    difference = Difference(
        facet=facet, kind=DifferenceKind.VARIATION, values=conflicts.values(shown), score=score
    )
    return Parting(passages=passages, difference=difference)


# --- inside ---------------------------------------------------------------------------------------


def _dated(sentence: Sentence) -> list[Slot]:
    """The dates that stand by themselves: "a month later" dates another event of a course."""
    return [
        s for s in sentence.slots if s.kind is SlotKind.DATE and s.time and not s.time.is_relative
    ]


def _tell_the_same(a: Sentence, b: Sentence) -> bool:
    """True if the sentences share enough words, one of them rare and no name."""
    shared = a.stems & b.stems
    if len(shared) < MIN_SHARED_WORDS:
        return False
    known = units.lexicon()
    plain = {word.stem for word in a.words if not word.is_name} & shared
    return any(stem in known.rows and known.idf[known.rows[stem]] >= MIN_RARITY for stem in plain)


def _speak_apart(reading: Reading, a: Sentence, b: Sentence) -> bool:
    """True if each sentence names whoever states it, and it is not the same one."""
    first, second = (
        {
            one.speaker_id
            for one in reading.attributions
            if one.act is Act.STATED
            and one.parent is None
            and any(spans.contains(sentence.span, source) for source in one.source)
            and credits.is_clear(one, reading.article.text)
        }
        for sentence in (a, b)
    )
    return bool(first) and bool(second) and not first & second


def _parting(reading: Reading, a: Sentence, b: Sentence) -> tuple[Slot, Slot] | None:
    """Of the dates that cannot both be right the pair nearest to the words in common.

    A sentence that gives the other's date as well dates two things; so do a year and a month. What
    stands outside all contents dates the saying: "in 2004, Ann Lind told the court".
    """
    contents = [content for one in reading.attributions for content in one.content]
    pairs = [
        (x, y)
        for x, y in itertools.product(_dated(a), _dated(b))
        if x.governor == y.governor
        and all(any(spans.contains(held, slot.span) for held in contents) for slot in (x, y))
        and conflicts.date_as_exactly(x, y)
        and _agreements(x, b) == _agreements(y, a) == {CONFLICT}
    ]
    shared = a.stems & b.stems
    return min(
        pairs,
        key=lambda pair: _reach(a, pair[0], shared) + _reach(b, pair[1], shared),
        default=None,
    )


def _agreements(slot: Slot, sentence: Sentence) -> set[Agreement | None]:
    """How the date goes together with each of those in the sentence."""
    return {agreements.of_dates(slot.time, other.time) for other in _dated(sentence)}


def _reach(sentence: Sentence, slot: Slot, shared: frozenset[str]) -> int:
    """How far the slot stands from the middle of the shared words, in characters."""
    places = [w.span.start for w in sentence.words if w.stem in shared]
    return abs(slot.span.start - sum(places) // len(places)) if places else len(sentence.span)


def _shown(reading: Reading, a: Sentence, b: Sentence, pair: tuple[Slot, Slot]) -> Parting | None:
    passages = tuple(_passages(reading, (a, b)))
    if len(passages) != 2:
        return None
    return Parting(
        passages=(passages[0], passages[1]),
        difference=Difference(
            facet=Facet.DATE,
            kind=DifferenceKind.CONFLICT,
            values=conflicts.values(pair),
            score=SCORE,
        ),
    )


def _passages(reading: Reading, held: Sequence[Sentence]) -> Iterator[Passage]:
    """The widest passage of the article in each sentence."""
    for sentence in held:
        if passage := widest(reading, sentence.span):
            yield passage
