"""What retold shows of stories that none of its trees has seen, with what readers made of it.

Three sets of readers tell: those who judged what was shown, one by one (`judged.jsonl`); those who
marked in which words claims part (`marked.jsonl`); and those who noted the differences of the
training stories, each story shown by trees that were grown on others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.stories import Told
from retold import spans
from retold.comparing import alignment, contrast, differences, facts, people, sides, sureness, trees
from retold.comparing.differences import Parted
from retold.comparing.slots import Slot
from retold.types import Place, Reading, Span
from training import allsides, judged, marked, parts
from training.differences import noted_in, shows
from training.parts import Part

REAL = ("useful", "trivial")
NONE = ("nothing", "apart")
BELONGS = "ok"
MIN_SAME = 0.5  # of the characters of both, for words to be about those that were judged
THE_SAME = 0.9  # to be the very ones

Places = Sequence[tuple[str, Span]]


class Teller(StrEnum):
    """How it is known whether a difference is real."""

    JUDGED = "judged stories"
    MARKED = "marked stories"
    NOTED = "training stories"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A difference that is shown: what is measured of it (`row`) and of each of its sides (`sides`,
    a row each), whether a reader takes it for one, and which sides belong to it.

    `is_real` is None where no reader saw it; `belongs` is where fewer than two sides do or there
    are but two.
    """

    story: str
    told_by: Teller
    row: np.ndarray
    sides: np.ndarray
    is_real: bool | None
    belongs: np.ndarray | None


def judged_items(kept: Path | None) -> Iterator[Item]:
    """What is shown of the judged stories."""
    labels = judged.labels()
    for story, articles in allsides.stories(labels):
        readings = judged.readings(story, articles, kept)
        order = [reading.article.id for reading in readings]
        for shown in _shown(readings):
            places = _places(shown.parted)
            same = [one for one in labels[story] if _are_same(places, _of(one["sides"], order))]
            fits = [_of(_fitting(one), order) for one in same if "fit" in one]
            yield shown.item(
                story, Teller.JUDGED, _judged(places, same, labels[story], order), fits
            )


def marked_items(kept: Path | None) -> Iterator[Item]:
    """What is shown of claims of other stories that a reader marked."""
    for story in marked.stories(kept):
        order = [reading.article.id for reading in story.readings]
        for shown in _shown(story.readings):
            places = _places(shown.parted)
            seen = [claim for claim in story.claims if _hold(claim, shown.parted.slots)]
            found = [sides for claim in seen for _, _, sides in claim.parted]
            is_real = marked.is_real(places, story.claims, order)
            yield shown.item(story.name, Teller.MARKED, is_real, found)


def noted_items(
    part: Part, told: Sequence[Told], readings: Sequence[Sequence[Reading]]
) -> Iterator[Item]:
    """What is shown of the stories of a part by trees that saw none of them."""
    with parts.released_from(part.folder):
        for at in part.stories:
            noted = noted_in(told[at].read_gold(), readings[at])
            found = [values for _, _, values in noted]
            for shown in _shown(readings[at]):
                is_real = shows(shown.parted.slots, noted) >= 0
                yield shown.item(told[at].name, Teller.NOTED, is_real, found)


# --- inside ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Shown:
    """What would be shown as a variation, with what is measured of it and of its sides."""

    parted: Parted
    row: np.ndarray
    sides: np.ndarray

    def item(
        self, story: str, told_by: Teller, is_real: bool | None, found: Sequence[Places]
    ) -> Item:
        """With what a reader made of it: those sides belong that touch the one of the differences
        `found` which most of them touch."""
        held = self.parted.slots
        best = max(
            ([_touches(slot, places) for slot in held] for places in found), key=sum, default=[]
        )
        is_told = len(held) > 2 and sum(best) > 1
        return Item(
            story=story,
            told_by=told_by,
            row=self.row,
            sides=self.sides,
            is_real=is_real,
            belongs=np.array(best) if is_told else None,
        )


def _shown(readings: Sequence[Reading]) -> Iterator[_Shown]:
    found = [facts.of(reading) for reading in readings]
    accounts = differences.prepare(readings, found, people.merge(readings))
    for told in alignment.align(accounts.judged):
        held = differences.sentences(told.passages, accounts)
        compared = contrast.pairs(held, told.passages, accounts.rarity)
        if len(compared.left):
            odds = trees.load(differences.MODEL).judge(compared.features)
            for one in differences.parting(compared, odds, held, accounts, told=told.score):
                shown = differences.shown(one, told.passages, told.score)
                yield _Shown(
                    one,
                    sureness.measure(shown, accounts.judged),
                    sides.measure(one.slots, accounts.judged, told=told.score, odds=one.odds),
                )


def _judged(
    places: Sequence[Place], same: Sequence[Any], labels: Sequence[Any], order: Sequence[str]
) -> bool | None:
    """How a reader judged the words: the last who saw these very ones (`same`), else one who saw
    about these. None if nobody did.

    Where he found others to mark it is real if those are shown; and what only touches words in
    which he found no difference is none.
    """
    if same:
        return bool(same[-1]["label"] in REAL)
    for one in labels:
        real = one["sides"] if one["label"] in REAL else one.get("right", ())
        if judged.meet(places, real, order, MIN_SAME):
            return True
    for one in labels:
        if judged.meet(places, one["sides"], order, 0.0 if one["label"] in NONE else MIN_SAME):
            return False
    return None


def _are_same(places: Sequence[Place], others: Places) -> bool:
    """True if each is about one of the others, and there are as many."""
    return len(places) == len(others) and all(
        any(
            article == place.article_id
            and spans.shared(place.span, span) >= THE_SAME * max(len(place.span), len(span))
            for article, span in others
        )
        for place in places
    )


def _fitting(one: Any) -> list[Any]:
    """The sides of a judged difference that belong to it."""
    return [side for side, fit in zip(one["sides"], one["fit"], strict=True) if fit == BELONGS]


def _of(sides: Sequence[Any], order: Sequence[str]) -> Places:
    return [(order[article], Span(start, end)) for article, start, end in sides]


def _touches(slot: Slot, places: Places) -> bool:
    return any(
        article == slot.article_id and spans.overlaps(slot.span, span) for article, span in places
    )


def _hold(claim: marked.Claim, held: Sequence[Slot]) -> bool:
    places = [(passage.article_id, passage.span) for passage in claim.passages]
    return all(_touches(slot, places) for slot in held)


def _places(parted: Parted) -> list[Place]:
    return [Place(slot.article_id, slot.span) for slot in parted.slots]
