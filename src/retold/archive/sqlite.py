"""An archive in a file: SQLite with a write-ahead log, and full-text indexes that triggers keep."""

from __future__ import annotations

import itertools
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from retold.archive.database import (
    INDEXES,
    Database,
    Index,
    Matching,
    Row,
    Values,
    migrations,
    refuse_newer,
)
from retold.archive.words import Terms, expression
from retold.errors import StoreError

APPLICATION = 0x5265746C  # "Retl" in the header of the file: this database is an archive
BUSY_SECONDS = 30  # a writer waits so long for the one before it
MEMORY = Path(":memory:")
READERS = 4  # connections that read at once what is asked for by many values
LEAST_SHARE = 32  # of the values, for which it pays to have a connection more
MANY = 100  # of the faults that SQLite lists

HINTS = {
    "SQLITE_BUSY": "Another process is writing to it; try again when that is done.",
    "SQLITE_LOCKED": "Another process is writing to it; try again when that is done.",
    "SQLITE_FULL": "The disk is full. What was kept before is safe; make room and run it again.",
    "SQLITE_READONLY": "The file or its folder may not be written; see to the permissions.",
    "SQLITE_CANTOPEN": "See that the folder is there and that you may write to it.",
    "SQLITE_NOTADB": "Give the file of an archive, or a new name to make one.",
    "SQLITE_CORRUPT": "The file is damaged. Put back a copy made by `retold backup`.",
    "SQLITE_IOERR": "The disk did not do what it was asked. Is it full, or taken away?",
}


class File(Database):
    """A connection to the file of an archive."""

    place: Path

    def __init__(self, place: Path, *, create: bool = True) -> None:
        """Open the file, brought up to the newest tables.

        Raises:
            StoreError: no such file, not an archive, of a newer version, or it cannot be opened.
        """
        self.place = place
        if not create and place != MEMORY and not place.exists():
            raise StoreError(
                f"{place}: there is no archive here yet.", hint="Make one with `retold add`."
            )
        with self._told():
            self._connection = connected(place)
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise

    def close(self) -> None:
        self._connection.close()

    # --- reading and writing ----------------------------------------------------------------------

    def rows_of_each(self, sql: str, values: Sequence[Values]) -> list[list[Row]]:
        is_shared = self.place != MEMORY and not self._connection.in_transaction
        if not is_shared or len(values) <= LEAST_SHARE:
            return super().rows_of_each(sql, values)
        with self._told():
            return side_by_side(self.place, sql, values)

    def _run(self, sql: str, values: Values) -> sqlite3.Cursor:
        return self._connection.execute(sql, values)

    def _run_all(self, sql: str, values: Iterable[Values]) -> None:
        self._connection.executemany(sql, values)

    def _begin(self) -> None:
        self.do("BEGIN IMMEDIATE")

    @contextmanager
    def reading(self) -> Iterator[None]:
        self.do("BEGIN")
        try:
            yield
        finally:
            self.do("ROLLBACK")

    def each(self, sql: str) -> Iterator[Row]:
        with self._told():
            yield from self._connection.execute(sql)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            name = getattr(error, "sqlite_errorname", "")
            family = "_".join(name.split("_")[:2])
            hint = HINTS.get(family, "`retold check` looks whether the archive is whole.")
            raise StoreError(f"{self.place}: {error}.", hint=hint) from error

    # --- words ------------------------------------------------------------------------------------

    def matching(self, index: Index, terms: Terms) -> Matching:
        return Matching(
            where=f"{index.table} MATCH ?",
            values=(expression(terms),),
            weighed="w.rank",
            rank="weighed",
        )

    def index(self, index: Index, rows: Iterable[Sequence[Any]]) -> None:
        """Triggers have done it."""

    # --- the whole --------------------------------------------------------------------------------

    @property
    def sketches(self) -> Path | None:
        if self.place == MEMORY:
            return None
        return self.place.with_name(f"{self.place.name}-meaning")

    def backup(self, target: Path) -> None:
        self.do("VACUUM INTO ?", (str(target),))

    def number_on(self, table: str) -> None:
        """SQLite numbers so by itself."""

    @contextmanager
    def erasing(self) -> Iterator[None]:
        self.do("PRAGMA secure_delete = ON")
        with self.writing():
            yield
            for index in INDEXES:  # the words of a row that is gone stay until they are merged
                self.do(f"INSERT INTO {index.table} ({index.table}) VALUES ('optimize')")  # noqa: S608 a name of ours
        self.do("PRAGMA wal_checkpoint(TRUNCATE)")

    def faults(self) -> Iterator[str]:
        for (said,) in self.rows(f"PRAGMA integrity_check({MANY})"):
            if said != "ok":
                yield f"the file is damaged: {said}"
        for table, *_ in self.rows("PRAGMA foreign_key_check"):
            yield f"a row of {table} belongs to nothing"
        for index in INDEXES:
            if not self._is_in_step(index.table):
                yield f"{index.table} is not in step with its text"

    def _is_in_step(self, table: str) -> bool:
        """SQLite reads the indexed text again and compares.

        Raises:
            StoreError: it could not, for that takes the right to write.
        """
        try:
            self.do(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")  # noqa: S608 a name of ours
        except StoreError as error:
            if error.hint != HINTS["SQLITE_CORRUPT"]:
                raise
            return False
        return True

    # --- the tables -------------------------------------------------------------------------------

    @property
    def version(self) -> int:
        return int(self.value("PRAGMA user_version"))

    def _prepare(self) -> None:
        self._connection.row_factory = sqlite3.Row
        self.do(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        self.do("PRAGMA foreign_keys = ON")
        self.do("PRAGMA synchronous = FULL")  # a power cut loses nothing that was said to be kept
        self._recognise()
        if self.value("PRAGMA journal_mode") == "delete" and is_writable(self.place):
            self.do("PRAGMA journal_mode = WAL")
        if self.version < len(migrations()):
            self._migrate()

    def _recognise(self) -> None:
        """Refuse what is no archive, or one that a newer retold has written."""
        # in this order: another process may be making the tables, and marks the file with them
        is_empty = not self.value("SELECT count(*) FROM sqlite_master")
        mark = self.value("PRAGMA application_id")
        if mark != APPLICATION and not is_empty:
            raise StoreError(
                f"{self.place}: a database, but not an archive of retold.",
                hint="Give the file of an archive, or a new name to make one.",
            )
        refuse_newer(self.place, self.version, len(migrations()))

    def _migrate(self) -> None:
        """Take the steps that the file lacks, each in a transaction of its own."""
        for number, script in enumerate(migrations(), start=1):
            with self.writing():
                if self.version >= number:  # seen within the transaction: another may have done it
                    continue
                for statement in statements(script):
                    self.do(statement)
                self.do(f"PRAGMA application_id = {APPLICATION}")
                self.do(f"PRAGMA user_version = {number}")


def connected(place: Path) -> sqlite3.Connection:
    """A connection to a file, which only reads where it may not be written."""
    if place == MEMORY:
        return sqlite3.connect(":memory:", isolation_level=None)
    address = place.resolve().as_uri()
    if not is_writable(place):
        # without a log to share, a file that nobody may write is read as it stands
        mode = "mode=ro" if os.access(place.parent, os.W_OK) else "immutable=1"
        return sqlite3.connect(f"{address}?{mode}", uri=True, isolation_level=None)
    return sqlite3.connect(address, uri=True, isolation_level=None)


def side_by_side(place: Path, sql: str, values: Sequence[Values]) -> list[list[Row]]:
    """The rows of a query for each of the values, read by several connections of their own.

    The vectors of three hundred articles take 76 ms so and not 133 where none is in memory, and
    19 and not 12 where all are.
    """
    share = max(LEAST_SHARE, -(-len(values) // READERS))
    shares = [values[start : start + share] for start in range(0, len(values), share)]
    with ThreadPoolExecutor(READERS) as readers:
        found = readers.map(lambda own: _read(place, sql, own), shares)
        return list(itertools.chain.from_iterable(found))


def _read(place: Path, sql: str, values: Iterable[Values]) -> list[list[Row]]:
    with closing(connected(place)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        return [connection.execute(sql, each).fetchall() for each in values]


def is_writable(place: Path) -> bool:
    return not place.exists() or os.access(place, os.W_OK)


def statements(script: str) -> Iterator[str]:
    """The single statements of a script, triggers whole."""
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            yield held
            held = ""
    if held.strip():
        yield held
