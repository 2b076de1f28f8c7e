"""A whole archive from one database into another, of whichever kind: the same rows, the same
numbers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from typing import Any

from retold.archive.database import INDEXES, Address, Database, Place, Row, connect
from retold.errors import StoreError

TABLES = (
    "articles",
    "vectors",
    "speakers",
    "statements",
    "chains",
    "failures",
    "corrections",
    "corrected",
    "visits",
    "untold",
    "counts",
    "names",
)
PAGE = 100  # rows in memory at a time


def backup(source: Database, place: Place) -> None:
    """A copy of this moment where nothing is yet, which is there when it is whole and not before.

    Raises:
        StoreError: there is something already, or it cannot be written.
    """
    if isinstance(place, Address):
        with closing(connect(place)) as target:
            copy(source, target)
        return
    if place.exists():
        raise StoreError(
            f"{place}: there is a file already.", hint="Give a new name, or remove it first."
        )
    part = place.with_name(place.name + ".part")
    part.unlink(missing_ok=True)
    try:
        source.backup(part)
        part.rename(place)
    except StoreError as error:
        raise StoreError(f"{place} is not written. {error.message}", hint=error.hint) from error
    finally:
        part.unlink(missing_ok=True)


def copy(source: Database, target: Database) -> None:
    """All that the source holds at this moment, into a target that holds nothing.

    Raises:
        StoreError: the target holds something.
    """
    with source.reading(), target.writing():
        for table in TABLES:
            if target.value(f"SELECT count(*) FROM {table}"):  # noqa: S608 a name of ours
                raise StoreError(
                    f"{target.place}: the archive there is not empty.",
                    hint="Give a new one, or take its articles over with `retold export`.",
                )
        for table in TABLES:
            for some in _pages(source.each(f"SELECT * FROM {table}")):  # noqa: S608 a name of ours
                marks = ", ".join("?" for _ in some[0])
                target.do_all(f"INSERT INTO {table} VALUES ({marks})", some)  # noqa: S608 the same
            target.number_on(table)
        for index in INDEXES:
            texts = f"SELECT number, {', '.join(index.columns)} FROM {index.of}"  # noqa: S608 ours
            for some in _pages(source.each(texts)):
                target.index(index, some)


def _pages(rows: Iterator[Row]) -> Iterator[list[tuple[Any, ...]]]:
    while page := [tuple(row) for row in islice(rows, PAGE)]:
        yield page
