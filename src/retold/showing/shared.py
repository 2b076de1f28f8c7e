"""What several accounts tell, each point once.

Passages are sentences and their clauses, so that two sentences may stand in several claims: of
these the surest is shown, the others with it. Nothing is judged by what it says.

    {The quay is shut}, {{the council said on Monday}} | {The quay is shut}, {said the council}
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from retold import spans
from retold.comparing import facts, quoted
from retold.showing import view
from retold.showing.view import View
from retold.types import Claim, Passage, Place, Span

SENTENCE_CHARS = 160  # as many as are read at once


@dataclass(frozen=True, slots=True)
class Shared:
    """A claim that several articles tell, with the passages to read; `within` are the claims that
    two of its articles tell in the same sentences."""

    claim: Claim
    told: tuple[Passage, ...]
    within: tuple[Claim, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claim, then those in its sentences."""
        return (self.claim, *self.within)


def of(seen: View) -> tuple[Shared, ...]:
    """What at least two articles tell: what is rather one thing than several first, of that what
    most tell, then the surest."""
    claims = [c for c in seen.report.claims if len(view.told_by(c)) > 1]
    claims.sort(key=_rank)
    sentences = _Sentences(seen)
    found: list[Shared] = []
    leading: dict[Place, list[int]] = defaultdict(list)
    for claim in claims:
        passages = told(seen, claim)
        places = {sentences.of(passage) for passage in passages}
        common: dict[int, set[str]] = defaultdict(set)
        for place in places:
            for number in leading[place]:
                common[number].add(place.article_id)
        home = min((n for n, articles in common.items() if len(articles) > 1), default=None)
        if home is not None:
            found[home] = _joined(found[home], claim, passages)
            continue
        for place in places:
            leading[place].append(len(found))
        found.append(Shared(claim, passages))
    return tuple(found)


def claims(seen: View) -> tuple[Claim, ...]:
    """The same as claims: those that stand in the sentences of others come last."""
    found = of(seen)
    return (*(one.claim for one in found), *chain.from_iterable(one.within for one in found))


def told(seen: View, claim: Claim) -> tuple[Passage, ...]:
    """A passage for each telling, or, where all is one telling, for each account: the one that has
    most words of meaning in common with the others; a title only where there is nothing else, and
    what may tell something else only where fewer than two are left."""
    groups = claim.tellings
    if len(groups) == 1:
        groups = tuple((article,) for article in view.told_by(claim))
    sure = [p for p in claim.passages if p.id not in claim.doubtful]
    held = _by_group(groups, sure)
    held = held if len(held) > 1 else _by_group(groups, claim.passages)
    if all(len(own) == 1 for own in held):
        return tuple(passage for (passage,) in held)
    stems = {passage.id: _stems(seen, passage) for passage in claim.passages}
    said = [frozenset().union(*(stems[passage.id] for passage in own)) for own in held]
    common = Counter(chain.from_iterable(said))

    def worth(passage: Passage) -> tuple[bool, int]:
        return not view.is_title(seen, passage), sum(common[stem] - 1 for stem in stems[passage.id])

    return tuple(max(own, key=worth) for own in held)


# --- inside ---------------------------------------------------------------------------------------


def _by_group(groups: Sequence[Sequence[str]], passages: Sequence[Passage]) -> list[list[Passage]]:
    """The passages of each group of articles that has any."""
    held = ([p for p in passages if p.article_id in group] for group in groups)
    return [own for own in held if own]


def _joined(one: Shared, claim: Claim, passages: Sequence[Passage]) -> Shared:
    """With the claim in its sentences; where its words are no more than a short sentence that
    holds them, with that sentence to read."""

    def wider(passage: Passage) -> Passage:
        around = (p for p in passages if _is_around(p, passage) and len(p.span) <= SENTENCE_CHARS)
        return next(around, passage)

    return Shared(one.claim, tuple(map(wider, one.told)), (*one.within, claim))


def _is_around(one: Passage, other: Passage) -> bool:
    return one.article_id == other.article_id and spans.contains(one.span, other.span)


def _rank(claim: Claim) -> tuple[bool, int, int, float]:
    told_by = len(view.told_by(claim))
    return not view.is_one(claim), -len(claim.tellings), -told_by, -claim.score


class _Sentences:
    """The sentences of all articles, as the widest of the passages that share words."""

    def __init__(self, seen: View) -> None:
        held: dict[str, list[Span]] = defaultdict(list)
        for passage in chain(seen.report.passages, *(c.passages for c in seen.report.claims)):
            held[passage.article_id].append(passage.span)
        self._near = {
            article: spans.finder(spans.merge(found), key=lambda span: span)
            for article, found in held.items()
        }

    def of(self, passage: Passage) -> Place:
        return Place(passage.article_id, self._near[passage.article_id](passage.span)[0])


def _stems(seen: View, passage: Passage) -> frozenset[str]:
    text = seen.articles[passage.article_id].text
    words = quoted.tokenise(text, [passage.span])
    return frozenset(facts.stem(word.form) for word in words if word.is_content)
