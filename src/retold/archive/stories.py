"""The stories that an archive holds: articles of one event, found when they are asked for.

Nothing is stored: a story is named by any of its articles, so the name holds when others join it.
Days are grouped in windows that overlap, so that an archive of years needs the room of a week.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from retold.archive import store
from retold.archive.store import Archive, Entry
from retold.comparing import report, stories
from retold.errors import StoreError
from retold.types import DifferenceKind, Reading

WINDOW_DAYS = 8
STEP_DAYS = 4  # two windows share as many days, and a story is one where they do
AROUND_DAYS = 4  # on each side of an article, those that may tell the same event
SURE_SCORE = 0.5  # from here on a difference is rather one than not

# an undated article counts for the day on which it was added, and a text only in its last version
ON_DAYS = """SELECT a.id, a.url, a.outlet, a.title, a.published, a.added, a.model FROM articles a
WHERE (a.published BETWEEN ? AND ?
       OR (a.published IS NULL AND substr(a.added, 1, 10) BETWEEN ? AND ?))
  AND NOT EXISTS (SELECT 1 FROM articles b WHERE b.address = a.address AND b.number > a.number)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The articles of one event, in order of publication; `id` is that of the first."""

    id: str
    articles: tuple[Entry, ...]

    @property
    def newest(self) -> dt.date:
        return max(map(_day, self.articles))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a comparison of a story's articles finds: independent tellings, and the differences that
    are rather such than not, conflicts counted among them."""

    tellings: int
    differences: int
    conflicts: int


def find(
    archive: Archive, *, since: dt.date | None = None, until: dt.date | None = None, least: int = 2
) -> tuple[Held, ...]:
    """The stories of `least` articles or more, the newest first, the largest of one day first.

    Without `since`, those of the last week that the archive knows of.
    """
    last = until or newest(archive)
    if last is None:
        return ()
    first = since or last - dt.timedelta(days=WINDOW_DAYS - 1)
    groups: list[dict[str, Entry]] = []
    for day in _days(first, last):
        held = _on(archive, day, min(last, day + dt.timedelta(days=WINDOW_DAYS - 1)))
        for ids in _grouped(archive, held):
            _join(groups, {id: held[id] for id in ids})
    found = [_held(group.values()) for group in groups if len(group) >= least]
    return tuple(sorted(found, key=lambda s: (-s.newest.toordinal(), -len(s.articles), s.id)))


def around(archive: Archive, article_id: str) -> Held:
    """The story that an article of the archive belongs to; it may be its only article.

    Raises:
        StoreError: no such article.
    """
    if article_id not in archive:
        raise StoreError(
            f"{article_id}: no such article in the archive.",
            hint="`retold stories` lists the stories, `retold search` articles, with their ids.",
        )
    (reading,) = archive.readings((article_id,))
    entries = {entry.id: entry for entry in archive.versions(article_id)}
    middle = reading.article.published or _day(entries[article_id])
    days = dt.timedelta(days=AROUND_DAYS)
    held = {**_on(archive, middle - days, middle + days), article_id: entries[article_id]}
    (ids,) = (group for group in _grouped(archive, held) if article_id in group)
    return _held(held[id] for id in ids)


def readings(archive: Archive, story: Held) -> tuple[Reading, ...]:
    """The readings of a story's articles, in their order."""
    return tuple(archive.readings([entry.id for entry in story.articles]))


def count(held: Sequence[Reading]) -> Counts:
    """What a comparison of the readings finds."""
    found = report.compile(held)
    sure = [d for claim in found.claims for d in claim.differences if d.score >= SURE_SCORE]
    return Counts(
        tellings=len(found.tellings),
        differences=len(sure),
        conflicts=sum(d.kind is DifferenceKind.CONFLICT for d in sure),
    )


def newest(archive: Archive) -> dt.date | None:
    """The last day on which an article of the archive was published, or added where none has a
    date; None if it is empty."""
    found = archive.database.value("SELECT max(published) FROM articles")
    found = found or archive.database.value("SELECT substr(max(added), 1, 10) FROM articles")
    return dt.date.fromisoformat(found) if found else None


# --- inside ---------------------------------------------------------------------------------------


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The days on which windows begin, so that every day between is in one."""
    day = first
    yield day
    while day + dt.timedelta(days=WINDOW_DAYS - 1) < last:
        day += dt.timedelta(days=STEP_DAYS)
        yield day


def _on(archive: Archive, first: dt.date, last: dt.date) -> dict[str, Entry]:
    """The articles of some days, by id."""
    found = archive.database.rows(ON_DAYS, (first.isoformat(), last.isoformat()) * 2)
    return {row["id"]: store.entry(row) for row in found}


def _grouped(archive: Archive, held: Iterable[str]) -> list[tuple[str, ...]]:
    """The ids in groups that tell one event."""
    bare = [_bare(reading) for reading in archive.readings(list(held))]
    return [tuple(r.article.id for r in story.readings) for story in stories.group(bare)]


def _bare(reading: Reading) -> Reading:
    """A reading with what grouping looks at, for there may be many at once."""
    return dataclasses.replace(reading, attributions=(), speakers=(), times=(), passages=())


def _join(groups: list[dict[str, Entry]], found: dict[str, Entry]) -> None:
    """Add a group; those that it shares an article with become one."""
    for group in [group for group in groups if not group.keys().isdisjoint(found)]:
        groups.remove(group)
        found = {**group, **found}
    groups.append(found)


def _held(articles: Iterable[Entry]) -> Held:
    ordered = sorted(articles, key=lambda e: (_day(e), e.outlet or "", e.id))
    return Held(id=ordered[0].id, articles=tuple(ordered))


def _day(entry: Entry) -> dt.date:
    return entry.published or entry.added.date()
