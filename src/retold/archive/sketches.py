"""Sketches of an archive's passages: the signs of each vector, in lists of those that lie together.

    vectors ──the nearest of the centres──▶ a list, ──signs──▶ in it 48 bytes, and whose they are
    a vector asked for ──the lists of the nearest centres──▶ the nearest few by their signs

They stand in a file beside the archive, made from it, and made again when it is lost, damaged or of
another archive. All sketches of a small archive are compared with what is asked for, of a large one
always about as many; `python -m benchmarks.meaning` prints how many of the nearest that finds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np

from retold.archive import lists, vectors
from retold.archive.database import Database
from retold.archive.lists import Floats, Mask, Piece
from retold.archive.sqlite import MEMORY, connected
from retold.comparing.units import VECTOR_SIZE

LISTED = 5000  # articles from which there are lists
SAMPLED = 400  # articles of whose vectors the centres are made
COMPARED = 1 << 20  # sketches, about those of five thousand articles
LEAST_SHARE = 1 / 8  # of the archive: where filters leave fewer articles, as if they left so many
WAITING = -1  # the list of what has not been put into lists
MOST_WAITING = 1 << 18
PIECE = 2048  # sketches to which a list grows in its last piece
MUCH = 256  # articles: so many are not left to the next search

APPLICATION = 0x5265746D  # "Retm" in the header of the file
VERSION = 1
BUSY_SECONDS = 30
PAGE_BYTES = 1 << 15  # of the file: read in pages of the usual 4,096, lists take four times as long
TABLES = f"""
BEGIN IMMEDIATE;
-- Up to which article of the archive, and what tells that these are its articles.
CREATE TABLE IF NOT EXISTS made (last INTEGER, articles INTEGER, total INTEGER);
CREATE TABLE IF NOT EXISTS marks (article INTEGER PRIMARY KEY, id TEXT);
CREATE TABLE IF NOT EXISTS centres (vectors BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS pieces (number INTEGER PRIMARY KEY, list INTEGER, held BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS pieces_list ON pieces (list);
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {VERSION};
COMMIT;
"""


def near(database: Database, asked: Floats, *, allowed: Mask | None = None) -> list[lists.Row]:
    """Article and row of the passages that are nearest to a vector by their sketches; with
    `allowed`, of the articles for whose number it is true."""
    file = database.sketches
    try:
        with _opened(database, file) as sketches:
            return sketches.near(asked, allowed)
    except sqlite3.OperationalError:
        pass  # it may not be written, or another writes for long
    except sqlite3.DatabaseError:
        if file and remove(file):
            return near(database, asked, allowed=allowed)
    with _opened(database, None) as sketches:
        return sketches.near(asked, allowed)


def keep_up(database: Database) -> None:
    """Sketch what was added to an archive in a file, if it is much, so that no search waits for it.

    What cannot be done now is left to the next search.
    """
    file = database.sketches
    if file and isinstance(database.place, Path):
        with suppress(sqlite3.Error):
            done = 0
            if file.exists():
                with _opened(database, file) as sketches:
                    done = sketches.last
            if vectors.newest(database) - done >= MUCH:
                with _opened(database, file) as sketches:
                    sketches.catch_up()


def trim(database: Database) -> None:
    """Remove every trace of what the archive does not hold any more."""
    file = database.sketches
    if file and file.exists():
        try:
            with _opened(database, file) as sketches:
                sketches.trim()
        except sqlite3.Error:
            remove(file)


def faults(database: Database) -> Iterator[tuple[str | None, str]]:
    """What is wrong with the file, and in which article; nothing where there is none, or where the
    next search will make it anew."""
    file = database.sketches
    if file and file.exists():
        again = f"remove {file.name}, which is made again"
        try:
            with _opened(database, file) as sketches:
                for id in sketches.out_of_step():
                    yield id, f"its sketches are not those of its vectors; {again}"
        except sqlite3.Error as error:
            yield None, f"the file of sketches is damaged ({error}); {again}"


class Sketches:
    """A connection to the sketches of an archive."""

    def __init__(self, database: Database, connection: sqlite3.Connection) -> None:
        self._archive, self._connection = database, connection
        self._unwritten: list[Piece] = []

    @property
    def last(self) -> int:
        """The number of the last article that is sketched, 0 without one."""
        return int(self._value("SELECT last FROM made") or 0)

    # --- the nearest ------------------------------------------------------------------------------

    def near(self, asked: Floats, allowed: Mask | None) -> list[lists.Row]:
        """Article and row of the nearest, those that were added a moment ago among them."""
        self.catch_up()
        share = 1.0 if allowed is None else max(LEAST_SHARE, float(allowed[1:].mean()))
        with self._reading():
            return lists.nearest(self._probed(asked, COMPARED / share), asked, allowed)

    def _probed(self, asked: Floats, enough: float) -> Iterator[Piece]:
        """What waits, then the lists of the nearest centres until enough has been compared."""
        yield from (waiting := [*self._unwritten, *self._pieces(WAITING)])
        compared, centres = sum(map(len, waiting)), self._centres()
        for number in np.argsort(-(centres @ asked), kind="stable").tolist():
            if compared >= enough:
                return
            if pieces := self._pieces(number):
                yield (whole := lists.joined(pieces))
                compared += len(whole)

    # --- keeping up -------------------------------------------------------------------------------

    def catch_up(self) -> None:
        """Sketch what was added to the archive; all of it, if these are not its sketches."""
        if not self._fits():
            self.trim()
        if self._needs_lists():
            sample = vectors.some(self._archive, SAMPLED)
            with self._writing():
                self._clear()
                made = lists.centres(sample).tobytes()
                self._connection.execute("INSERT INTO centres VALUES (?)", (made,))
        centres, after = self._centres(), self.last
        while page := vectors.page(self._archive, after):
            after = self._put(lists.sketched(page, centres), after, page[-1][0])

    def _needs_lists(self) -> bool:
        (file,) = (row[2] for row in self._connection.execute("PRAGMA database_list"))
        return bool(file) and not len(self._centres()) and vectors.count(self._archive) >= LISTED

    def _put(self, piece: Piece, after: int, upto: int) -> int:
        """Put in what was added after one article up to another; how far it has come then, which
        is further if another process has done it meanwhile."""
        if not self._unwritten:
            try:
                with self._writing():
                    if self.last == after:
                        self._insert(WAITING, piece)
                        self._share_out()
                        self._mark(upto)
                    return self.last
            except sqlite3.OperationalError:
                pass  # the disk is full, or may not be written
        self._unwritten.append(piece)
        return upto

    def _share_out(self) -> None:
        """Put what waits into lists, if it is much."""
        sql = "SELECT total(length(held)) FROM pieces WHERE list = ?"
        ((size,),) = self._connection.execute(sql, (WAITING,))
        if size < MOST_WAITING * lists.ROW_BYTES or not len(self._centres()):
            return
        for number, piece in lists.parted(lists.joined(self._pieces(WAITING))):
            self._append(number, piece)
        self._connection.execute("DELETE FROM pieces WHERE list = ?", (WAITING,))

    def _append(self, number: int, piece: Piece) -> None:
        """Put sketches into a list: into its last piece while that is small."""
        sql = "SELECT number, held FROM pieces WHERE list = ? ORDER BY number DESC LIMIT 1"
        for last, held in self._connection.execute(sql, (number,)).fetchall():
            if len(held) < PIECE * lists.ROW_BYTES:
                self._rewrite(last, lists.joined((lists.unpacked(held), piece)))
                return
        self._insert(number, piece)

    def _insert(self, number: int, piece: Piece) -> None:
        sql = "INSERT INTO pieces (list, held) VALUES (?, ?)"
        self._connection.execute(sql, (number, lists.packed(piece)))

    def _rewrite(self, number: int, piece: Piece) -> None:
        sql = "UPDATE pieces SET held = ? WHERE number = ?"
        self._connection.execute(sql, (lists.packed(piece), number))

    # --- whose they are ---------------------------------------------------------------------------

    def _fits(self) -> bool:
        """True if all articles up to the last that was sketched are those that were."""
        made = self._connection.execute("SELECT last, articles, total FROM made").fetchone()
        return made is None or (made == self._state(made[0]) and self._is_marked(made[0]))

    def _state(self, last: int) -> tuple[int, int, int]:
        # the plus keeps to an index of days: the table itself would be read whole
        sql = "SELECT count(*), coalesce(sum(number), 0) FROM articles WHERE +number <= ?"
        ((count, total),) = self._archive.rows(sql, (last,))
        return last, int(count), int(total)

    def _is_marked(self, number: int) -> bool:
        sql = "SELECT id FROM marks WHERE article = ?"
        ((id,),) = self._connection.execute(sql, (number,)).fetchall() or [(None,)]
        return id is not None and id == self._id(number)

    def _id(self, number: int) -> str | None:
        id: str | None = self._archive.value("SELECT id FROM articles WHERE number = ?", (number,))
        return id

    def _mark(self, last: int) -> None:
        """Note how far it has come, and by which article it is known again."""
        self._connection.execute("DELETE FROM made")
        self._connection.execute("INSERT INTO made VALUES (?, ?, ?)", self._state(last))
        sql = "INSERT OR REPLACE INTO marks VALUES (?, ?)"
        self._connection.execute(sql, (last, self._id(last)))

    def trim(self) -> None:
        """Remove what the archive holds no more; everything, if these are sketches of another."""
        held, last = vectors.held(self._archive), self.last
        with self._writing():
            marks = self._connection.execute("SELECT article, id FROM marks").fetchall()
            known = [(id, own) for number, id in marks if (own := self._id(number)) is not None]
            if not known or any(id != own for id, own in known):
                self._clear()
            else:
                self._keep(held[: last + 1])
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _keep(self, held: Mask) -> None:
        """Remove the sketches of all articles but those that are held, by number."""
        numbers = [row[0] for row in self._connection.execute("SELECT number FROM pieces")]
        for number in numbers:
            piece = self._piece(number)
            kept = lists.of_articles(piece, held)
            if not kept.all():
                self._rewrite(number, piece.only(kept))
        left = np.flatnonzero(held)
        for (number,) in self._connection.execute("SELECT article FROM marks").fetchall():
            if number not in left:
                self._connection.execute("DELETE FROM marks WHERE article = ?", (number,))
        self._mark(int(left[-1]))

    def _clear(self) -> None:
        for table in ("pieces", "centres", "marks", "made"):
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608 a name of ours

    def out_of_step(self) -> Iterator[str]:
        """The ids of the articles whose sketches are not those of their vectors."""
        if not self._fits():
            return
        sums = lists.Sums(self.last)
        for (held,) in self._connection.execute("SELECT held FROM pieces"):
            sums.add(lists.unpacked(held))
        after = 0
        while page := vectors.page(self._archive, after):
            after = page[-1][0]
            for number, own in page:
                if number <= self.last and not sums.are_of(number, own):
                    yield str(self._id(number))

    # --- what is held -----------------------------------------------------------------------------

    def _value(self, sql: str) -> Any:
        found = self._connection.execute(sql).fetchone()
        return found[0] if found else None

    def _piece(self, number: int) -> Piece:
        # a query would copy it twice, each time into memory that the system has to clear first
        with self._connection.blobopen("pieces", "held", number, readonly=True) as held:
            return lists.unpacked(held.read())

    def _pieces(self, number: int) -> list[Piece]:
        sql = "SELECT number FROM pieces WHERE list = ? ORDER BY number"
        found = self._connection.execute(sql, (number,)).fetchall()
        return [self._piece(row[0]) for row in found]

    def _centres(self) -> Floats:
        """The centres of the lists, a row each; none before there are lists."""
        held = self._value("SELECT vectors FROM centres") or b""
        return np.frombuffer(held, np.float32).reshape(-1, VECTOR_SIZE)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """All that is read is of one moment."""
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("ROLLBACK")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # a full disk has rolled back already
                self._connection.execute("ROLLBACK")
            raise


# --- the file -------------------------------------------------------------------------------------


@contextmanager
def _opened(database: Database, file: Path | None) -> Iterator[Sketches]:
    """The sketches of an archive, in memory alone without a file.

    Raises:
        sqlite3.Error: the file is something else, damaged, or cannot be opened.
    """
    with closing(connected(file or MEMORY)) as connection:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        _prepare(connection)
        try:
            yield Sketches(database, connection)
        except ValueError as error:  # bytes that are no sketches
            raise sqlite3.DatabaseError(str(error)) from error


def _prepare(connection: sqlite3.Connection) -> None:
    mark, version = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("application_id", "user_version")
    )
    if (mark, version) != (APPLICATION, VERSION):
        if connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise sqlite3.DatabaseError("it holds something else")
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(TABLES)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA secure_delete = ON")


def remove(file: Path) -> bool:
    """The file is gone, with what SQLite keeps beside it; False if it may not be removed."""
    try:
        for suffix in ("-wal", "-shm", ""):
            file.with_name(f"{file.name}{suffix}").unlink(missing_ok=True)
    except OSError:
        return False
    return True
