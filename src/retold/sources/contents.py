"""What lies in a source before anyone reads it as an article: words, failures and notes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from retold.reviews import Review
from retold.sources.metadata import Metadata
from retold.types import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The characters of one article, not yet told apart, and what is known of it.

    `name` is what a message calls it. `known` counts before what the words themselves say, `listed`
    after it.
    """

    name: str
    text: str
    is_html: bool
    known: Metadata
    listed: Metadata | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader should know of a source that is no failure, in plain words."""

    words: str


@dataclass(frozen=True, slots=True)
class Checked(Note):
    """A review of a claim: it is laid beside a comparison, and is no article."""

    review: Review

    @classmethod
    def of(cls, name: str, review: Review) -> Checked:
        return cls(f"{name}: this is no article but a review of a claim: {review}", review)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article that a feed or sitemap lists: its address, what is said of it, its text as HTML
    where the feed holds it in full, and the day of its last change if the feed says it."""

    url: str
    known: Metadata
    html: str | None = None
    changed: dt.date | None = None


Found = Content | Failure | Note
