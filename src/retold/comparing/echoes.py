"""What stands in no claim and may be told by others all the same.

    {A barge lay in the lock.} | {The lock held a vessel.} The lock was built in 1904.

That two passages tell one thing is often not sure enough for a claim; that nobody else tells either
of them is not sure then, too.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from retold.comparing.alignment import Judged
from retold.comparing.tellings import Reprint
from retold.spans import contains, finder, hull, merge, overlaps
from retold.types import Claim, Echo, Passage, Reading, Span

# of what nothing is so like readers found .16 elsewhere too, of the rest .39
MAY_ECHO = 0.15


def find(
    judged: Judged,
    claims: Sequence[Claim],
    reprints: Sequence[Reprint],
    readings: Sequence[Reading],
) -> tuple[Echo, ...]:
    """Words with the other articles that may tell them, in the order of the articles and of each
    text; none that share a character, and none all of which a claim holds. What is printed again is
    told again."""
    found: dict[str, list[tuple[Span, frozenset[str]]]] = defaultdict(list)
    for passage, others in (*_alike(judged), *_again(reprints, readings)):
        found[passage.article_id].append((passage.span, others))
    order = [reading.article.id for reading in readings]
    held = _claimed(claims)
    return tuple(
        Echo(article_id=article, span=span, article_ids=tuple(filter(others.__contains__, order)))
        for article in order
        for span, others in _joined(found[article])
        if article not in held or not any(contains(one, span) for one in held[article](span))
    )


# --- inside ---------------------------------------------------------------------------------------


def _claimed(claims: Sequence[Claim]) -> dict[str, Callable[[Span], list[Span]]]:
    """For each article in which stretches, as far as claims hold them, a span stands."""
    passages: dict[str, list[Span]] = defaultdict(list)
    for passage in (p for claim in claims for p in claim.passages):
        passages[passage.article_id].append(passage.span)
    return {
        article: finder(merge(held), key=lambda span: span) for article, held in passages.items()
    }


def _alike(judged: Judged) -> Iterator[tuple[Passage, frozenset[str]]]:
    """The passages with the articles that are likely enough to tell the same."""
    held, near = judged.units, judged.scores >= MAY_ECHO
    left, right = judged.left[near], judged.right[near]
    rows = np.concatenate((left, right)).astype(np.int64)
    count = len(judged.articles)
    told = np.unique(rows * count + held.article[np.concatenate((right, left))])
    names = {at: article for article, at in judged.articles.items()}
    for row, run in itertools.groupby(told.tolist(), key=lambda key: key // count):
        yield held.passages[row], frozenset(names[key % count] for key in run)


def _again(
    reprints: Sequence[Reprint], readings: Sequence[Reading]
) -> Iterator[tuple[Passage, frozenset[str]]]:
    """The passages of a first print and those of the articles that print them again, each with the
    article of the other."""
    first = {passage.id: passage for reading in readings for passage in reading.passages}
    for reprint in reprints:
        for id, passage in reprint.passages.items():
            yield first[id], frozenset((passage.article_id,))
            yield passage, frozenset((first[id].article_id,))


def _joined(
    found: Sequence[tuple[Span, frozenset[str]]],
) -> list[tuple[Span, frozenset[str]]]:
    """The spans of one article in order, those that share a character made one."""
    out: list[tuple[Span, frozenset[str]]] = []
    for span, others in sorted(found, key=lambda one: one[0]):
        if out and overlaps(out[-1][0], span):
            last, before = out[-1]
            out[-1] = hull((last, span)), before | others
        else:
            out.append((span, others))
    return out
