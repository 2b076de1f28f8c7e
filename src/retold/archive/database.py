"""The file of an archive: opened, migrated, written in transactions; errors in plain words."""

from __future__ import annotations

import functools
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import resources
from pathlib import Path
from typing import Any

from retold.errors import StoreError

APPLICATION = 0x5265746C  # "Retl" in the header of the file: this database is an archive
BUSY_SECONDS = 30  # a writer waits so long for the one before it
MEMORY = Path(":memory:")

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


class Database:
    """A connection to an archive's file, for one thread. `sql` is ours alone; what users give goes
    in as values."""

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
            self._connection = _connected(place)
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise

    def close(self) -> None:
        self._connection.close()

    # --- reading and writing ----------------------------------------------------------------------

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """All rows of a query, each to be asked by the names of its columns."""
        with self._told():
            return self._connection.execute(sql, values).fetchall()

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The first column of the first row, None without one."""
        found = self.rows(sql, values)
        return found[0][0] if found else None

    def do(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run a statement, and give the number of the row that it added, if it did."""
        with self._told():
            return self._connection.execute(sql, values).lastrowid or 0

    def do_all(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        """Run a statement once for each of the values."""
        with self._told():
            self._connection.executemany(sql, values)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction: all that is done inside it is kept, or nothing. It waits for its turn.

        Inside another one it is a part of that.
        """
        if self._connection.in_transaction:
            yield
            return
        self.do("BEGIN IMMEDIATE")
        try:
            yield
            self.do("COMMIT")
        except BaseException:
            with suppress(StoreError):  # a full disk has rolled back already
                self.do("ROLLBACK")
            raise

    def backup(self, target: Path) -> None:
        """A whole copy of this moment in `target`, while others read and write."""
        if target.exists():
            raise StoreError(
                f"{target}: there is a file already.", hint="Give a new name, or remove it first."
            )
        part = target.with_name(target.name + ".part")
        part.unlink(missing_ok=True)
        try:
            self.do("VACUUM INTO ?", (str(part),))
            part.rename(target)
        finally:
            part.unlink(missing_ok=True)

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
        newest = len(migrations())
        # in this order: another process may be making the tables, and marks the file with them
        is_empty = not self.value("SELECT count(*) FROM sqlite_master")
        mark = self.value("PRAGMA application_id")
        if mark != APPLICATION and not is_empty:
            raise StoreError(
                f"{self.place}: a database, but not an archive of retold.",
                hint="Give the file of an archive, or a new name to make one.",
            )
        if self.version > newest:
            raise StoreError(
                f"{self.place}: an archive of version {self.version}; this retold knows versions "
                f"up to {newest}.",
                hint="Install the newest retold; the file was left as it is.",
            )

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

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Errors of the database as errors of ours, with what to do."""
        try:
            yield
        except sqlite3.Error as error:
            name = getattr(error, "sqlite_errorname", "")
            family = "_".join(name.split("_")[:2])
            hint = HINTS.get(family, "`retold check` looks whether the archive is whole.")
            raise StoreError(f"{self.place}: {error}.", hint=hint) from error


def _connected(place: Path) -> sqlite3.Connection:
    if place == MEMORY:
        return sqlite3.connect(":memory:", isolation_level=None)
    address = place.resolve().as_uri()
    if not is_writable(place):
        # without a log to share, a file that nobody may write is read as it stands
        mode = "mode=ro" if os.access(place.parent, os.W_OK) else "immutable=1"
        return sqlite3.connect(f"{address}?{mode}", uri=True, isolation_level=None)
    return sqlite3.connect(address, uri=True, isolation_level=None)


def is_writable(place: Path) -> bool:
    return not place.exists() or os.access(place, os.W_OK)


@functools.cache
def migrations() -> tuple[str, ...]:
    """The steps from nothing to the newest tables; `PRAGMA user_version` counts those taken."""
    folder = resources.files("retold.archive") / "migrations"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return tuple(file.read_text(encoding="utf-8") for file in files)


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
