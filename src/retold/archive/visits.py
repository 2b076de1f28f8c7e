"""What `watch` remembers between two looks: feeds and pages, what their servers said, when each is
due again, and what it has kept and not yet told of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from retold.archive.database import Row
from retold.archive.store import Archive

COLUMNS = (
    "url, feed, address, outlet, title, published, answered, etag, modified, first, due, failures"
)
RENEWED = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS.split(", "))
VALUES = f"INTO visits ({COLUMNS}) VALUES ({', '.join('?' * 12)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A page that a feed lists, or a feed, which has no `feed`, and how it went there.

    `outlet`, `title` and `published` are what the feed says; `etag` and `modified` what the server
    of the address `answered` said of its version. `address` is its article's, as the archive writes
    it, once there is one. `due` is None for what is followed no more,
    `failures` counts those since the last visit that went well.
    """

    url: str
    feed: str | None
    first: dt.datetime
    due: dt.datetime | None
    failures: int = 0
    address: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: dt.date | None = None
    answered: str | None = None
    etag: str | None = None
    modified: str | None = None


def get(archive: Archive, url: str) -> Visit | None:
    """What is known of `url`, None before the first visit."""
    found = archive.database.rows("SELECT * FROM visits WHERE url = ?", (url,))
    return _visit(found[0]) if found else None


def put(archive: Archive, visit: Visit) -> None:
    """Remember how it went, in the transaction that is open or one of its own."""
    archive.database.do(f"INSERT {VALUES} ON CONFLICT (url) DO UPDATE SET {RENEWED}", _row(visit))


def put_new(archive: Archive, visits: Iterable[Visit]) -> None:
    """Remember the pages that are not known yet."""
    archive.database.do_all(f"INSERT {VALUES} ON CONFLICT DO NOTHING", map(_row, visits))


def due(archive: Archive, feed: str, now: dt.datetime, *, limit: int) -> tuple[Visit, ...]:
    """The pages of `feed` that are due, those that were never visited first, then by their turn."""
    found = archive.database.rows(
        "SELECT * FROM visits WHERE feed = ? AND due <= ?"
        " ORDER BY address IS NOT NULL, due, url LIMIT ?",
        (feed, _time(now), limit),
    )
    return tuple(map(_visit, found))


def keep_untold(archive: Archive, article_id: str) -> None:
    """Remember that an article was kept, and what it brings to its story is still to be told."""
    archive.database.do("INSERT INTO untold VALUES (?) ON CONFLICT DO NOTHING", (article_id,))


def untold(archive: Archive) -> tuple[str, ...]:
    """The articles of which that is still to be told, in the order in which they were kept."""
    found = archive.database.rows(
        "SELECT u.article FROM untold u JOIN articles a ON a.id = u.article ORDER BY a.number"
    )
    return tuple(row["article"] for row in found)


def told(archive: Archive, article_ids: Iterable[str]) -> None:
    """Remember that it was told."""
    archive.database.do_all("DELETE FROM untold WHERE article = ?", ((id,) for id in article_ids))


# --- rows -----------------------------------------------------------------------------------------


def _row(visit: Visit) -> tuple[str | int | None, ...]:
    return (
        visit.url,
        visit.feed,
        visit.address,
        visit.outlet,
        visit.title,
        visit.published.isoformat() if visit.published else None,
        visit.answered,
        visit.etag,
        visit.modified,
        _time(visit.first),
        _time(visit.due),
        visit.failures,
    )


def _visit(row: Row) -> Visit:
    published = row["published"]
    return Visit(
        url=row["url"],
        feed=row["feed"],
        address=row["address"],
        outlet=row["outlet"],
        title=row["title"],
        published=dt.date.fromisoformat(published) if published else None,
        answered=row["answered"],
        etag=row["etag"],
        modified=row["modified"],
        first=dt.datetime.fromisoformat(row["first"]),
        due=dt.datetime.fromisoformat(row["due"]) if row["due"] else None,
        failures=row["failures"],
    )


def _time(time: dt.datetime | None) -> str | None:
    return time.astimezone(dt.UTC).isoformat(timespec="seconds") if time else None
