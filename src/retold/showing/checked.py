"""Claims that were checked elsewhere: which of the accounts the checkers name, and whose words
they are. What they concluded is on their pages, and nowhere here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from retold import reviews
from retold.reviews import Review
from retold.showing.view import View
from retold.types import Article, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A review, the articles in which the claim appeared as it says, and where its words stand."""

    review: Review
    named: tuple[Article, ...]
    stands: tuple[Place, ...]


def told(seen: View, held: Iterable[Review]) -> tuple[Checked, ...]:
    """Every review once; those that have to do with the articles come first."""
    articles = seen.report.articles
    found = [
        Checked(
            review=review,
            named=reviews.names(review, articles),
            stands=reviews.places(review, articles),
        )
        for review in dict.fromkeys(held)
    ]
    return tuple(sorted(found, key=lambda checked: not (checked.named or checked.stands)))
