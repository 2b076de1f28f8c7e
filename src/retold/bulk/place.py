"""The folder of a job: its tables, each file of them whole or not there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from retold.bulk.files import UNFINISHED, File
from retold.bulk.schema import FORMAT, TABLES
from retold.errors import StoreError

WORK = ".work"


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that holds a table as a folder of Parquet files, seen by all workers."""

    folder: File

    @classmethod
    def at(cls, given: str | Path) -> Place:
        """The place at a path, or at an address of an object store."""
        return cls(File.at(given))

    @property
    def address(self) -> str:
        """By which another process finds it."""
        return self.folder.address

    def file(self, table: str, name: str) -> File:
        return self.folder / table / f"{name}.parquet"

    def files(self, table: str) -> list[File]:
        """The finished files of a table, by name."""
        return parquet_in(self.folder / table)

    def names(self, table: str) -> set[str]:
        """The names of the finished files of a table."""
        return {file.stem for file in self.files(table)}

    def rows(self, table: str) -> int:
        """How many rows a table has."""
        return sum(rows_of(file) for file in self.files(table))

    @property
    def work(self) -> File:
        """What is only needed on the way."""
        return self.folder / WORK

    @property
    def scratch(self) -> str | None:
        """The folder for what one process writes for itself; None for the machine's own."""
        return None if self.folder.store else self.folder.path

    def begin(self, job: Mapping[str, object]) -> None:
        """Make the folder ready for a job, or for what is left of the same job.

        Raises:
            StoreError: something else is in the folder, or another job.
        """
        mark = self.folder / "job.json"
        told = {"format": FORMAT, **job}
        if mark.is_file():
            if json.loads(mark.read_text()) != told:
                raise StoreError(
                    f"{self.folder}: it holds another job: other articles, fields, model or "
                    "partitions.",
                    hint="Name a new folder, or give what was given before.",
                )
        elif self.folder.is_file() or self.folder.inside(deep=True):
            raise StoreError(
                f"{self.folder}: it is not empty, and no job of retold is in it.",
                hint="Name a new folder.",
            )
        self.tidy()
        if not mark.is_file():
            mark.write_text(json.dumps(told, indent=1) + "\n")

    def tidy(self) -> None:
        """Drop what workers that ended before their time left half written."""
        if not self.folder.store:  # an object is whole or not there
            for stale in Path(self.folder.path).rglob(f".*{UNFINISHED}"):
                stale.unlink(missing_ok=True)

    def opened(self) -> None:
        """Check that a finished job of reading is here.

        Raises:
            StoreError: it is not.
        """
        if not (self.folder / "job.json").is_file():
            raise StoreError(
                f"{self.folder}: no articles were read into it.",
                hint="Run retold bulk read INPUT OUT first.",
            )
        if not self.files("duplicates"):
            raise StoreError(
                f"{self.folder}: the reading is not finished.",
                hint="Run the same retold bulk read again; it goes on where it was broken off.",
            )


def parquet_in(folder: File) -> list[File]:
    """The finished Parquet files of a folder, by name."""
    return [f for f in folder.inside() if f.name.endswith(".parquet") and f.name[0] != "."]


def rows_of(file: File) -> int:
    """How many rows a Parquet file has."""
    with file.parquet() as held:
        return int(held.metadata.num_rows)


@contextmanager
def writing(file: File, schema: pa.Schema) -> Iterator[pq.ParquetWriter]:
    """A file that gets its name when it is whole; what breaks off leaves nothing under it."""
    with file.made() as rough, pq.ParquetWriter(rough, schema, compression="zstd") as writer:
        yield writer


def write(file: File, table: pa.Table) -> None:
    """The table as a file, at once."""
    with writing(file, table.schema) as writer:
        writer.write_table(table)


@contextmanager
def writing_tables(
    place: Place, name: str, tables: tuple[str, ...]
) -> Iterator[Mapping[str, pq.ParquetWriter]]:
    """One file of each table; the first gets its name last, and marks that all are there."""
    with ExitStack() as stack:
        yield {
            table: stack.enter_context(
                writing(place.file(table, name), TABLES[table].with_metadata({"format": FORMAT}))
            )
            for table in tables
        }
