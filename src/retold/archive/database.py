"""What an archive asks of its database, be it a file or a server: the one seam between the two.

All SQL of this package is what SQLite and PostgreSQL both speak, on tables and columns of the same
names. What they do not share stands here by name: full-text search, what opening, locking, erasing
and checking take, and errors.
"""

from __future__ import annotations

import functools
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from retold.archive.words import Terms
from retold.errors import StoreError

Values = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a PostgreSQL server has an archive. As text it is without what is secret in it."""

    url: str = field(repr=False)

    def __str__(self) -> str:
        try:
            parts = urlsplit(self.url)
        except ValueError:  # brackets that hold no host
            return "postgresql://…"
        after = f"{parts.query}{parts.fragment}" if "@" not in parts.netloc else ""
        if "@" in parts.path + after:
            return "postgresql://…"  # a password that was not quoted, cut in two
        user, at, host = parts.netloc.rpartition("@")
        return f"{parts.scheme}://{user.partition(':')[0]}{at}{host}{parts.path}"


Place = Path | Address


class Row(Protocol):
    """A row of an answer: its columns by name or in order."""

    def __getitem__(self, column: int | str) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """A full-text index: which words stand in which rows of the table `of`. Its own table has the
    numbers of those rows as `rowid`."""

    table: str
    of: str
    columns: tuple[str, ...]
    is_stemmed: bool = True


ARTICLES = Index(table="article_words", of="articles", columns=("title", "text"))
STATEMENTS = Index(table="statement_words", of="statements", columns=("content",))
SPEAKERS = Index(table="speaker_words", of="names", columns=("name",), is_stemmed=False)
INDEXES = (ARTICLES, STATEMENTS, SPEAKERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """How SQL asks an index, called `w`, for the rows that have some words.

    `where` is a condition with its `values`. Those that have most of the words come first by
    `rank`, an expression over a column `weighed`, which is `weighed` of the index; by `latest`,
    those that were added last.
    """

    where: str
    values: tuple[Any, ...]
    weighed: str
    rank: str
    rank_values: tuple[Any, ...] = ()
    latest: str = "w.rowid DESC"


class Database(ABC):
    """A connection to an archive's database, for one thread. `sql` is ours alone; what users give
    goes in as values, for which `?` stands."""

    place: Place
    most_weighed = 4000  # rows that have some words, those added last, of which the best are found
    _inside = False  # a transaction

    # --- reading and writing ----------------------------------------------------------------------

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query, or those that a statement returns."""
        with self._told():
            found: list[Row] = self._run(sql, values).fetchall()
            return found

    def rows_of_each(self, sql: str, values: Sequence[Values]) -> list[list[Row]]:
        """The rows of a query for each of the values."""
        return [self.rows(sql, each) for each in values]

    def value(self, sql: str, values: Values = ()) -> Any:
        """The first column of the first row, None without one."""
        found = self.rows(sql, values)
        return found[0][0] if found else None

    def do(self, sql: str, values: Values = ()) -> None:
        """Run a statement that returns nothing."""
        with self._told():
            self._run(sql, values)

    def do_all(self, sql: str, values: Iterable[Values]) -> None:
        """Run a statement once for each of the values."""
        with self._told():
            self._run_all(sql, values)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction: all that is done inside it is kept, or nothing. It waits for its turn.

        Inside another one it is a part of that.
        """
        if self._inside:
            yield
            return
        self._begin()
        self._inside = True
        try:
            yield
            self.do("COMMIT")
        except BaseException:
            with suppress(StoreError):  # a full disk has rolled back already
                self.do("ROLLBACK")
            raise
        finally:
            self._inside = False

    @abstractmethod
    def reading(self) -> AbstractContextManager[None]:
        """A stretch in which all that is read is of one moment."""

    @abstractmethod
    def each(self, sql: str) -> Iterator[Row]:
        """The rows of a query inside `reading`, few of them in memory at a time."""

    @abstractmethod
    def close(self) -> None: ...

    @abstractmethod
    def _run(self, sql: str, values: Values) -> Any:
        """The cursor of a statement that was run."""

    @abstractmethod
    def _run_all(self, sql: str, values: Iterable[Values]) -> None: ...

    @abstractmethod
    def _begin(self) -> None:
        """Begin a transaction in which nobody else writes."""

    @abstractmethod
    def _told(self) -> AbstractContextManager[None]:
        """Errors of the database as errors of ours, with what to do."""

    # --- words ------------------------------------------------------------------------------------

    @abstractmethod
    def matching(self, index: Index, terms: Terms) -> Matching:
        """How to ask for the rows that have all of the terms."""

    @abstractmethod
    def index(self, index: Index, rows: Iterable[Sequence[Any]]) -> None:
        """Put new rows into an index, each a number and the texts of the index's columns; where
        the database does that by itself, nothing is left to do."""

    # --- the whole --------------------------------------------------------------------------------

    @property
    @abstractmethod
    def version(self) -> int:
        """How many of the migrations it has been through."""

    @property
    @abstractmethod
    def sketches(self) -> Path | None:
        """The file in which `meaning` keeps what it makes from the vectors; None for no file."""

    @abstractmethod
    def backup(self, target: Path) -> None:
        """Write a copy of this moment into a new file, while others read and write."""

    @abstractmethod
    def number_on(self, table: str) -> None:
        """Give new rows of a table numbers after those that were put into it with theirs."""

    @abstractmethod
    def erasing(self) -> AbstractContextManager[None]:
        """A transaction after which what it deleted is gone from the database's own tables and
        indexes, not only from answers."""

    @abstractmethod
    def faults(self) -> Iterator[str]:
        """What is wrong with the tables and indexes."""


@functools.cache
def migrations(kind: str = "sqlite") -> tuple[str, ...]:
    """The steps from nothing to the newest tables, as a kind of database takes them. A number means
    the same tables and columns in each kind."""
    folder = resources.files("retold.archive") / "migrations" / kind
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return tuple(file.read_text(encoding="utf-8") for file in files)


def refuse_newer(place: Place, version: int, newest: int) -> None:
    """Leave alone what a newer retold has written."""
    if version > newest:
        raise StoreError(
            f"{place}: an archive of version {version}; this retold knows versions up to {newest}.",
            hint="Install the newest retold; the archive was left as it is.",
        )


def placed(given: str | Path | Address) -> Place:
    """A place as it was given: the address of a server, or else the name of a file.

    Raises:
        StoreError: an address of something else.
    """
    if isinstance(given, Address):
        return given
    kind, is_address, _ = str(given).partition("://")
    if not is_address:
        return Path(given)
    if kind not in ("postgresql", "postgres"):
        raise StoreError(
            f"{kind}://…: an archive is a file, or in a PostgreSQL database.",
            hint="Give the name of a file, new or old, or postgresql://user@host/database.",
        )
    return Address(str(given))


def connect(place: Place, *, create: bool = True) -> Database:
    """The archive's database at a place, brought up to the newest tables.

    Raises:
        StoreError: there is none and none is to be made, it is not an archive, it was written by a
            newer retold, or it cannot be opened.
    """
    if isinstance(place, Path):
        from retold.archive.sqlite import File

        return File(place, create=create)
    try:
        from retold.archive.postgres import Server
    except ImportError as error:
        raise StoreError(
            f"{place}: this needs a library that is not installed ({error.name or 'psycopg'}).",
            hint="pip install 'retold[postgres]'",
        ) from error
    return Server(place, create=create)
