"""The stories that an archive holds: articles of one event, found when they are asked for.

Nothing is stored: a story is named by any of its articles, so the name holds when others join it.
Days are grouped in windows that overlap, so that an archive of years needs the room of a week. A
window begins on a day of the calendar, whatever days are asked for, so that who asks for some weeks
and who asks for one article are told of the same stories.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from retold.archive import store
from retold.archive.store import Archive, Entry
from retold.comparing import stories
from retold.errors import StoreError
from retold.types import Reading

WINDOW_DAYS = 8
STEP_DAYS = 4  # two windows share as many days, and a story is one where they do

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


def find(
    archive: Archive, *, since: dt.date | None = None, until: dt.date | None = None, least: int = 2
) -> tuple[Held, ...]:
    """The stories of `least` articles or more, the newest first, the largest of one day first.

    Without `since`, those of the last week that the archive knows of.
    """
    last = until or newest(archive)
    if last is None:
        return ()
    first = since or _shifted(last, 1 - WINDOW_DAYS)
    groups: list[dict[str, Entry]] = []
    for start, end in _windows(first, last):
        _group(archive, groups, _on(archive, max(first, start), min(last, end)))
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
    (asked,) = (entry for entry in archive.versions(article_id) if entry.id == article_id)
    groups: list[dict[str, Entry]] = [{article_id: asked}]
    looked: set[tuple[dt.date, dt.date]] = set()
    while more := {w for e in groups[0].values() for w in _windows(_day(e), _day(e))} - looked:
        looked |= more
        for start, end in sorted(more):
            own = {article_id: asked} if start <= _day(asked) <= end else {}
            _group(archive, groups, _on(archive, start, end) | own)
        groups.sort(key=lambda group: article_id not in group)
    return _held(groups[0].values())


def readings(archive: Archive, story: Held) -> tuple[Reading, ...]:
    """The readings of a story's articles, in their order."""
    return tuple(archive.readings([entry.id for entry in story.articles]))


def newest(archive: Archive) -> dt.date | None:
    """The last day on which an article of the archive was published, or added where none has a
    date; None if it is empty."""
    found = archive.database.value("SELECT max(published) FROM articles")
    found = found or archive.database.value("SELECT substr(max(added), 1, 10) FROM articles")
    return dt.date.fromisoformat(found) if found else None


# --- inside ---------------------------------------------------------------------------------------


def _windows(first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """The first and the last day of each window that holds any of these days."""
    day = _shifted(first, -(first.toordinal() % STEP_DAYS) - STEP_DAYS)
    while day <= last:
        yield day, _shifted(day, WINDOW_DAYS - 1)
        if day == (day := _shifted(day, STEP_DAYS)):
            return  # the calendar ends


def _shifted(day: dt.date, days: int) -> dt.date:
    """A day so many days later, or the first or last of the calendar."""
    least, most = dt.date.min.toordinal(), dt.date.max.toordinal()
    return dt.date.fromordinal(min(most, max(least, day.toordinal() + days)))


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


def _group(archive: Archive, groups: list[dict[str, Entry]], held: dict[str, Entry]) -> None:
    """Add what some articles are the stories of."""
    for ids in _grouped(archive, held):
        _join(groups, {id: held[id] for id in ids})


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
