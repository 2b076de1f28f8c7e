"""An archive on a PostgreSQL server, in a schema of its own, for a team that shares one.

Words are those of SQLite's full-text index. A row of an index of ours holds them in order; the
server's own index knows each of them once and finds where they may stand together, and whether they
do is looked up in the row. So phrases are exact, in articles of any length.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.types.string import StrDumperUnknown, TextLoader

from retold.archive import copying
from retold.archive.database import (
    INDEXES,
    Address,
    Database,
    Index,
    Matching,
    Row,
    Values,
    migrations,
    refuse_newer,
)
from retold.archive.sqlite import File
from retold.archive.words import Near, Term, Terms, stems
from retold.errors import StoreError

HARMLESS = ("SELECT", "BEGIN")  # may be said again where it is not known whether it was done
LOCK = 0x5265746C  # "Retl": whoever writes to the archive of a database holds it
DEFAULTS: dict[str, Any] = {"connect_timeout": 10, "fallback_application_name": "retold"}
SETTINGS = """SET search_path TO retold;
SET client_min_messages TO warning;
SET jit TO off;
SET max_parallel_workers_per_gather TO 0;
SET lock_timeout TO '30s'"""  # so long a writer waits for the one before it
MOST_BYTES = 1_000_000  # of words that are looked up one by one, as `lexemes` has it in the tables
LONG = "'*'"  # stands there for those of a text that has more
MOST_LETTERS = 500  # of a word; what stands after them tells no words apart
PAGE = 200
NUL, ESCAPE = "\0", "\U0010fffe"  # of no text: by it NUL is told, which the server cannot hold

WRITING = "Another process is writing to it; try again when that is done."
GONE = "The server ended the connection. What was reported as kept is safe; run it again."
HINTS = {  # by the beginning of SQLSTATE
    "55P03": WRITING,
    "40": WRITING,
    "531": "The server's disk is full. What was kept before is safe; make room, run it again.",
    "533": "The server has no connection left; try again, or let it take more of them.",
    "0A": "The server lacks something; is it built with ICU, as distributions build it?",
    "42501": "The role that the address names may not do that; its owner or a superuser grants it.",
    "25006": "The server takes no changes: is it a standby, or the role made to read only?",
    "57P": GONE,
    "08": GONE,
    "XX": "The server's files are damaged. Put back a copy made by `retold backup` or pg_dump.",
    "28": "See to the user and the password: PGPASSWORD or ~/.pgpass give it unseen.",
    "3D": "Make the database first: createdb --encoding UTF8 NAME.",
}
CONNECT = (
    "See that the server runs and is reached from here, that the database is there (createdb "
    "--encoding UTF8 NAME), and that user and password are right: PGPASSWORD or ~/.pgpass give it "
    "unseen."
)


class Server(Database):
    """A connection to an archive on a server."""

    place: Address
    most_weighed = 1000  # their words are counted anew

    def __init__(self, place: Address, *, create: bool = True) -> None:
        """Connect, with the tables brought up to the newest.

        Raises:
            StoreError: the server or its database cannot be had, there is no archive in it and none
                is to be made, or a newer retold has written it.
        """
        self.place = place
        self._connection = self._connected()
        try:
            self._prepare(create)
        except BaseException:
            self.close()
            raise

    def _connected(self) -> psycopg.Connection[Row]:
        try:
            asked: dict[str, Any] = dict(conninfo_to_dict(self.place.url))
        except psycopg.Error:  # which might say the password
            raise StoreError(
                f"{self.place}: this is not the address of a database.",
                hint="Write postgresql://user@host:port/database; in a password, %40 stands for @.",
            ) from None
        address = make_conninfo("", **(DEFAULTS | asked))
        try:
            connection = psycopg.connect(address, autocommit=True, row_factory=_named)
            connection.adapters.register_dumper(str, _Escaping)
            connection.adapters.register_loader("text", _Unescaping)
            connection.execute(SETTINGS)
        except psycopg.Error as error:
            raise _said(self.place, error, CONNECT) from error
        return connection

    def close(self) -> None:
        self._connection.close()

    # --- reading and writing ----------------------------------------------------------------------

    def _run(self, sql: str, values: Values) -> psycopg.Cursor[Row]:
        try:
            cursor = self._connection.execute(_marked(sql), values)
        except psycopg.OperationalError:
            if self._inside or not self._connection.closed or not sql.startswith(HARMLESS):
                raise
            self._connection = self._connected()  # it was cut while nothing was under way
            cursor = self._connection.execute(_marked(sql), values)
        if sql == "COMMIT" and cursor.statusmessage == "ROLLBACK":
            raise psycopg.errors.InFailedSqlTransaction("a part of it failed, nothing was kept")
        return cursor

    def _run_all(self, sql: str, values: Iterable[Values]) -> None:
        held = list(values)  # to make them may ask this connection, which is busy from here on
        with self._connection.cursor() as cursor:
            cursor.executemany(_marked(sql), held)

    def _begin(self) -> None:
        self.do("BEGIN")
        self._inside = True
        try:
            self.do("SELECT pg_advisory_xact_lock(?)", (LOCK,))
        except BaseException:
            with suppress(StoreError):
                self.do("ROLLBACK")
            self._inside = False
            raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        self.do("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        self._inside = True
        try:
            yield
        finally:
            with suppress(StoreError):  # the connection may be lost, and the moment with it
                self.do("ROLLBACK")
            self._inside = False

    def each(self, sql: str) -> Iterator[Row]:
        with self._told(), self._connection.cursor(name="each") as cursor:
            cursor.itersize = PAGE
            yield from cursor.execute(sql)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise _said(self.place, error, GONE if self._connection.broken else "") from error

    # --- words ------------------------------------------------------------------------------------

    def matching(self, index: Index, terms: Terms) -> Matching:
        held = [_Held(term, index) for term in terms]
        if not all(each.words for each in held):
            return Matching(where="FALSE", values=(), weighed="w.words", rank="number")
        patterns = [each.pattern for each in held if isinstance(each.term, Term)]
        weights = " + ".join(["ln(cardinality(string_to_array(weighed, ?)))"] * len(patterns))
        found = " & ".join(each.lexemes for each in held)
        return Matching(
            where=" AND ".join(["lexemes(w.words) @@ ?::tsquery", *(each.where for each in held)]),
            values=(f"{found} | {LONG}", *(each.pattern for each in held)),
            weighed="w.words",
            rank=f"({weights or '0'}) / ln(2 + octet_length(weighed)) DESC, number DESC",
            rank_values=tuple(patterns),
            latest="w.rowid + 0 DESC",  # or it makes the words of one row after the other again
        )

    def index(self, index: Index, rows: Iterable[Sequence[Any]]) -> None:
        held = [tuple(row) for row in rows]
        self.do_all(
            f"INSERT INTO {index.table} (rowid, words) VALUES (?, ?)",  # noqa: S608 a name of ours
            zip((row[0] for row in held), _words(index, [row[1:] for row in held]), strict=True),
        )

    # --- the whole --------------------------------------------------------------------------------

    @property
    def sketches(self) -> Path | None:
        """In the user's own folder for what can be made again, named by the archive's id."""
        named = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
        try:
            folder = (Path(named) if named else Path.home() / ".cache") / "retold"
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except (OSError, RuntimeError):
            return None
        id = self.value("SELECT id FROM archive")
        return folder / f"{id}-meaning"

    def backup(self, target: Path) -> None:
        with closing(File(target)) as file:
            copying.copy(self, file)

    def number_on(self, table: str) -> None:
        is_numbered = (
            "SELECT 1 FROM information_schema.columns WHERE table_schema = 'retold'"
            " AND table_name = ? AND is_identity = 'YES'"
        )
        if self.value(is_numbered, (table,)):
            self.do(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'number'), max(number))"  # noqa: S608
                f" FROM {table} HAVING count(*) > 0"
            )

    @contextmanager
    def erasing(self) -> Iterator[None]:
        with self.writing():
            yield
        self.do(f"VACUUM {', '.join((*copying.TABLES, *(index.table for index in INDEXES)))}")

    def faults(self) -> Iterator[str]:
        """The server keeps its own indexes and foreign keys; ours are made again and compared."""
        for index in INDEXES:
            if any(self._out_of_step(index)):
                yield f"{index.table} is not in step with its text"

    def _out_of_step(self, index: Index) -> Iterator[bool]:
        columns, last = ", ".join(f"o.{column}" for column in index.columns), 0
        sql = (
            f"SELECT o.number, w.words, {columns} FROM {index.of} o"  # noqa: S608 names of ours
            f" LEFT JOIN {index.table} w ON w.rowid = o.number"
            f" WHERE o.number > ? ORDER BY o.number LIMIT {PAGE}"
        )
        while page := [tuple(row) for row in self.rows(sql, (last,))]:
            yield [row[1] for row in page] != _words(index, [row[2:] for row in page])
            last = page[-1][0]

    # --- the tables -------------------------------------------------------------------------------

    @property
    def version(self) -> int:
        return int(self.value("SELECT version FROM archive"))

    def _prepare(self, create: bool) -> None:
        if self._connection.info.parameter_status("server_encoding") != "UTF8":
            raise StoreError(
                f"{self.place}: this database cannot hold every language.",
                hint="Make one with: createdb --encoding UTF8 --template template0 NAME.",
            )
        newest, is_made = len(migrations("postgres")), self._is_made()
        if is_made:
            refuse_newer(self.place, self.version, newest)
        elif not create:
            raise StoreError(
                f"{self.place}: there is no archive here yet.", hint="Make one with `retold add`."
            )
        if not is_made or self.version < newest:
            self._migrate()

    def _is_made(self) -> bool:
        """True if the database has an archive.

        Raises:
            StoreError: it has a schema of that name which is something else.
        """
        # asked of the catalogue's rows: what another has just committed may be missing from a cache
        ((schemas, tables),) = self.rows(
            "SELECT count(*), count(c.oid) FROM pg_namespace n"
            " LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = 'archive'"
            " WHERE n.nspname = 'retold'"
        )
        if schemas and not tables:
            raise StoreError(
                f"{self.place}: it has a schema retold, but that is not an archive.",
                hint="Give another database.",
            )
        return bool(tables)

    def _migrate(self) -> None:
        """Take the steps that the database lacks, each in a transaction of its own."""
        for number, script in enumerate(migrations("postgres"), start=1):
            with self.writing():
                if not self._is_made():
                    self.do("CREATE SCHEMA retold")
                    self.do("CREATE TABLE archive (version integer NOT NULL, id uuid NOT NULL)")
                    self.do("INSERT INTO archive VALUES (0, gen_random_uuid())")
                if self.version >= number:  # seen within the transaction: another may have done it
                    continue
                with self._told():
                    self._connection.execute(script)
                self.do("UPDATE archive SET version = ?", (number,))


# --- words ----------------------------------------------------------------------------------------


class _Held:
    """A term as a row of an index has it, if it does."""

    def __init__(self, term: Term | Near, index: Index) -> None:
        asked = [term.one, term.other] if isinstance(term, Near) else [term.words]
        found = [_cut(words) for words in stems(asked, is_stemmed=index.is_stemmed)]
        self.term = term
        self.words = [word for words in found for word in words] if all(found) else []
        self.pieces = [" ".join(words) for words in found]

    @property
    def lexemes(self) -> str:
        """The words as the server's index is asked for them."""
        quoted = [f"'{word}'" for word in self.words]
        begins = isinstance(self.term, Term) and self.term.begins
        return " & ".join(quoted) + (":*" if begins else "")

    @property
    def pattern(self) -> str:
        """What stands in the row."""
        if isinstance(self.term, Near):
            between = f"( [^ |]+){{0,{self.term.between}}} "
            one, other = self.pieces
            same, either = f" {one} ", f" ({one}{between}{other}|{other}{between}{one}) "
            return same if one == other else either  # one that stands once is near to itself
        return f" {' '.join(self.words)}" + ("" if self.term.begins else " ")

    @property
    def where(self) -> str:
        """The condition that it does, which takes the pattern as a value; of one word the server's
        index has told it already."""
        if isinstance(self.term, Near):
            return "w.words ~ ?"
        if len(self.words) == 1:
            return f"(octet_length(w.words) <= {MOST_BYTES} OR strpos(w.words, ?) > 0)"
        return "strpos(w.words, ?) > 0"


def _words(index: Index, rows: Sequence[Sequence[str | None]]) -> list[str]:
    """The words of rows as an index of ours holds them."""
    texts = [text or "" for row in rows for text in row]
    found = iter(stems(texts, is_stemmed=index.is_stemmed))
    return [f" {' | '.join(' '.join(_cut(next(found))) for _ in row)} " for row in rows]


def _cut(words: Iterable[str]) -> list[str]:
    return [word[:MOST_LETTERS] for word in words]


# --- the connection -------------------------------------------------------------------------------


def _said(place: Address, error: psycopg.Error, hint: str = "") -> StoreError:
    """An error of the server as one of ours, with what to do."""
    state = error.sqlstate or ""
    known = next((told for start, told in HINTS.items() if state.startswith(start)), "")
    lines = (line for line in str(error).splitlines() if not line[:1].isspace())  # advice follows
    message = error.diag.message_primary or " ".join(lines)
    hint = known or hint or "`retold check` looks whether the archive is whole."
    return StoreError(f"{place}: {message.rstrip('.')}.", hint=hint)


def _marked(sql: str) -> str:
    return sql.replace("?", "%s")


def _named(cursor: psycopg.Cursor[Any]) -> Any:
    """Makes rows whose columns are known by name and in order."""
    places = {column.name: n for n, column in enumerate(cursor.description or ())}

    class Named(tuple[Any, ...]):
        def __getitem__(self, column: Any) -> Any:
            return super().__getitem__(places[column] if isinstance(column, str) else column)

    return Named


class _Escaping(StrDumperUnknown):
    def dump(self, obj: str) -> Any:
        if NUL in obj or ESCAPE in obj:
            obj = obj.replace(ESCAPE, f"{ESCAPE}1").replace(NUL, f"{ESCAPE}0")
        return super().dump(obj)


class _Unescaping(TextLoader):
    def load(self, data: Any) -> Any:
        text = super().load(data)
        if isinstance(text, str) and ESCAPE in text:
            return text.replace(f"{ESCAPE}0", NUL).replace(f"{ESCAPE}1", ESCAPE)
        return text
