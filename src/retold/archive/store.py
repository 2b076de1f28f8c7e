"""What an archive keeps: readings with their versions, and the sources that failed.

    with Archive.open("archive.sqlite") as archive:
        archive.keep(reading)

An `Archive` belongs to one thread; open another for each, which is cheap.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from retold.archive import copying, rows, sketches, versions
from retold.archive import database as databases
from retold.archive.database import ARTICLES, SPEAKERS, STATEMENTS, Address, Database, Place, Row
from retold.errors import StoreError
from retold.types import Article, Failure, Reading

PAGE = 100  # readings decoded from one query
STORED = """SELECT a.number, a.id, a.text, a.reading, v.packed
FROM articles a JOIN vectors v ON v.article = a.number"""

NAMED = """INSERT INTO names (name, kind, speakers) VALUES (?, ?, 1)
ON CONFLICT (name, kind) DO UPDATE SET speakers = names.speakers + 1"""


class Kept(StrEnum):
    """What keeping a reading did: its address was new, held these words, or held others."""

    NEW = "new"
    SAME = "same"
    VERSION = "version"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article as a list shows it, without its text."""

    id: str
    url: str | None
    outlet: str | None
    title: str | None
    published: dt.date | None
    added: dt.datetime
    model: str


class Archive:
    """An open archive. `database` is for the modules of this package, which ask it in SQL."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @classmethod
    def open(cls, place: str | Path | Address, *, create: bool = True) -> Self:
        """The archive at `place`, a file or postgresql://…, made if it is not there.

        Raises:
            StoreError: it is not there and not to be made, is no archive, was written by a newer
                retold, or cannot be opened.
        """
        return cls(databases.connect(databases.placed(place), create=create))

    @property
    def place(self) -> Place:
        """Where another `Archive.open` finds this archive; as text without a password."""
        return self.database.place

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self.database.close()

    def writing(self) -> AbstractContextManager[None]:
        """A transaction around several calls: all of it is kept, or nothing."""
        return self.database.writing()

    # --- keeping ----------------------------------------------------------------------------------

    def keep(self, reading: Reading, *, at: dt.datetime | None = None) -> Kept:
        """Keep a reading, unless its words are already held from the same address."""
        return self.keep_all((reading,), at=at)[0]

    def keep_all(
        self, readings: Iterable[Reading], *, at: dt.datetime | None = None
    ) -> tuple[Kept, ...]:
        """Keep readings in one transaction: all, or at an error none."""
        now = at or dt.datetime.now(dt.UTC)
        with self.writing():
            return tuple(self._keep(reading, now) for reading in readings)

    def status(self, article: Article) -> Kept:
        """What keeping a reading of this article would do: SAME needs no reading at all.

        Readers' comments and what else stands around an article do not make a version of it.
        """
        if article.id in self:
            return Kept.SAME
        address = rows.address(article.url)
        numbers = self.database.rows("SELECT number FROM articles WHERE address = ?", (address,))
        held = [self._article(row["number"]) for row in numbers]
        if any(not versions.edits(before, article) for before in held):
            return Kept.SAME
        return Kept.VERSION if held else Kept.NEW

    def _keep(self, reading: Reading, at: dt.datetime) -> Kept:
        kept = self.status(reading.article)
        if kept is Kept.SAME:
            return kept
        text, ask = reading.article.text, self.database
        number = ask.value(
            "INSERT INTO articles (id, address, url, outlet, title, published, language, added,"
            " model, text, reading) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number",
            rows.article(reading, at),
        )
        sql = "INSERT INTO vectors (article, packed, starts) VALUES (?, ?, ?)"
        ask.do(sql, (number, *rows.pack_vectors(reading.vectors)))
        speakers = {
            speaker.id: ask.value(
                "INSERT INTO speakers (article, id, name, folded, kind, published)"
                " VALUES (?, ?, ?, ?, ?, ?) RETURNING number",
                rows.speaker(speaker, number, reading.article),
            )
            for speaker in reading.speakers
        }
        contents = []
        for said in reading.attributions:
            statement = ask.value(
                'INSERT INTO statements (article, id, start, "end", content, quotation, act,'
                " speaker, said, score) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number",
                rows.statement(text, said, number, speakers),
            )
            ask.do_all("INSERT INTO chains VALUES (?, ?, ?)", rows.chain(said, statement, speakers))
            contents.append((statement, rows.content(text, said)))
        ask.index(ARTICLES, [(number, reading.article.title, text)])
        ask.do_all(NAMED, [(each.name, each.kind.value) for each in reading.speakers])
        ask.index(SPEAKERS, self._new_names({each.name for each in reading.speakers}))
        ask.index(STATEMENTS, contents)
        return kept

    def _new_names(self, given: Set[str]) -> Iterator[tuple[int, str]]:
        """The names among those given that are not in the index of words."""
        names = sorted(given)
        for start in range(0, len(names), PAGE):
            page = names[start : start + PAGE]
            found = self.database.rows(
                "SELECT n.number, n.name FROM names n"  # noqa: S608 ours
                " LEFT JOIN speaker_words w ON w.rowid = n.number"
                f" WHERE w.rowid IS NULL AND n.name IN ({', '.join('?' * len(page))})",
                page,
            )
            yield from ((row["number"], row["name"]) for row in found)

    def backup(self, target: str | Path | Address) -> None:
        """A copy of this moment in a new file or an empty database, which is there when it is whole
        and not before.

        Raises:
            StoreError: there is something already, or it cannot be written.
        """
        copying.backup(self.database, databases.placed(target))

    def forget(self, *article_ids: str) -> None:
        """Remove articles and all that was found in them, all or at an error none; no trace stays
        in the file.

        Raises:
            StoreError: no such article.
        """
        with self.database.erasing():
            for id in article_ids:
                if id not in self:
                    raise _unknown(id)
                self.database.do("DELETE FROM articles WHERE id = ?", (id,))
        sketches.trim(self.database)

    # --- asking -----------------------------------------------------------------------------------

    def __len__(self) -> int:
        """The number of articles, versions counted."""
        return int(self.database.value("SELECT count(*) FROM articles"))

    def __contains__(self, article_id: str) -> bool:
        return self._number(article_id) is not None

    def named(self, name: str) -> tuple[str, ...]:
        """The ids of the articles that an id or an address names, the first kept first.

        Raises:
            StoreError: none.
        """
        found = self.database.rows(
            "SELECT id FROM articles WHERE id = ? OR address = ? ORDER BY number",
            (name, rows.address(name)),
        )
        if not found:
            raise _unknown(name)
        return tuple(row["id"] for row in found)

    def reading(self, article_id: str) -> Reading:
        """The reading of an article.

        Raises:
            StoreError: no such article.
        """
        for reading in self.readings((article_id,)):
            return reading
        raise _unknown(article_id)

    def readings(self, ids: Sequence[str] | None = None) -> Iterator[Reading]:
        """The readings of `ids` in that order, those that are not held left out; or all in the
        order in which they were added. Few are in memory at a time."""
        if ids is None:
            yield from self._all_readings()
            return
        for start in range(0, len(ids), PAGE):
            page = ids[start : start + PAGE]
            marks = ", ".join("?" * len(page))
            found = {row["id"]: row for row in self._stored(f"a.id IN ({marks})", page)}
            yield from (_reading(found[one]) for one in page if one in found)

    def _all_readings(self) -> Iterator[Reading]:
        last = 0
        while page := self._stored("a.number > ?", (last,)):
            yield from map(_reading, page)
            last = page[-1]["number"]

    def _stored(self, where: str, values: Sequence[Any]) -> list[Row]:
        return self.database.rows(f"{STORED} WHERE {where} ORDER BY a.number LIMIT {PAGE}", values)

    def _article(self, number: int) -> Article:
        (row,) = self._stored("a.number = ?", (number,))
        return _reading(row).article

    def articles(
        self,
        *,
        outlet: str | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> tuple[Entry, ...]:
        """The articles that match, the newest first, those without a date last."""
        given = (("outlet = ?", outlet), ("published >= ?", since), ("published <= ?", until))
        held = [(condition, value) for condition, value in given if value is not None]
        found = self.database.rows(
            "SELECT id, url, outlet, title, published, added, model FROM articles"  # noqa: S608 ours
            f" WHERE {' AND '.join(condition for condition, _ in held) or 'TRUE'}"
            " ORDER BY published DESC NULLS LAST, number DESC LIMIT ? OFFSET ?",
            (*(str(value) for _, value in held), limit, offset),
        )
        return tuple(map(entry, found))

    def versions(self, article_id: str) -> tuple[Entry, ...]:
        """All texts held from the address of an article, the first kept first, itself among them.

        Raises:
            StoreError: no such article.
        """
        found = self.database.rows(
            "SELECT v.id, v.url, v.outlet, v.title, v.published, v.added, v.model"
            " FROM articles a JOIN articles v ON v.number = a.number OR v.address = a.address"
            " WHERE a.id = ? ORDER BY v.number",
            (article_id,),
        )
        if not found:
            raise _unknown(article_id)
        return tuple(map(entry, found))

    def _number(self, article_id: str) -> int | None:
        number: int | None = self.database.value(
            "SELECT number FROM articles WHERE id = ?", (article_id,)
        )
        return number

    # --- what failed ------------------------------------------------------------------------------

    def note_failure(self, failure: Failure, *, given: str, at: dt.datetime | None = None) -> None:
        """Remember that `failure.source`, met when `given` was added, gave no article, and why."""
        now = rows.moment(at or dt.datetime.now(dt.UTC))
        names = map(rows.writable, (given, failure.source, failure.message))
        with self.writing():
            self.database.do(
                "INSERT INTO failures VALUES (?, ?, ?, ?, ?) ON CONFLICT (given, source)"
                " DO UPDATE SET message = excluded.message, hint = excluded.hint, at = excluded.at",
                (*names, failure.hint, now),
            )

    def failures(self) -> tuple[tuple[str, Failure], ...]:
        """What was given, with what failed in it, oldest first."""
        found = self.database.rows("SELECT * FROM failures ORDER BY at, given, source")
        return tuple(
            (
                row["given"],
                Failure(source=row["source"], message=row["message"], hint=row["hint"]),
            )
            for row in found
        )

    def settle(self, given: str, *, since: dt.datetime) -> None:
        """Drop what failed in `given` before `since`: it was gone through again after that."""
        with self.writing():
            self.database.do(
                "DELETE FROM failures WHERE given = ? AND at < ?",
                (rows.writable(given), rows.moment(since)),
            )


# --- inside ---------------------------------------------------------------------------------------


def _reading(row: Row) -> Reading:
    return rows.unpack(row["text"], row["reading"], row["packed"])


def entry(row: Row) -> Entry:
    published = row["published"]
    return Entry(
        id=row["id"],
        url=row["url"],
        outlet=row["outlet"],
        title=row["title"],
        published=dt.date.fromisoformat(published) if published else None,
        added=dt.datetime.fromisoformat(row["added"]),
        model=row["model"],
    )


def _unknown(article_id: str) -> StoreError:
    return StoreError(
        f"{article_id}: no such article in the archive.",
        hint="`retold search` lists articles with their ids.",
    )
