"""The folder of a job: its tables, each file of them whole or not there."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from retold.bulk.schema import FORMAT, TABLES
from retold.errors import StoreError

WORK = ".work"
UNFINISHED = ".part"


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that holds a table as a folder of Parquet files, seen by all workers."""

    folder: Path

    def file(self, table: str, name: str) -> Path:
        return self.folder / table / f"{name}.parquet"

    def files(self, table: str, pattern: str = "*") -> list[Path]:
        """The finished files of a table, by name."""
        return sorted((self.folder / table).glob(f"{pattern}.parquet"))

    def rows(self, table: str) -> int:
        """How many rows a table has."""
        return sum(pq.read_metadata(file).num_rows for file in self.files(table))

    @property
    def work(self) -> Path:
        return self.folder / WORK

    def begin(self, job: Mapping[str, object]) -> None:
        """Make the folder ready for a job, or for what is left of the same job.

        Raises:
            StoreError: something else is in the folder, or another job.
        """
        mark = self.folder / "job.json"
        told = {"format": FORMAT, **job}
        if mark.is_file():
            if json.loads(mark.read_text("utf-8")) != told:
                raise StoreError(
                    f"{self.folder}: it holds another job: other articles, fields, model or "
                    "partitions.",
                    hint="Name a new folder, or give what was given before.",
                )
        elif self.folder.is_dir() and any(self.folder.iterdir()):
            raise StoreError(
                f"{self.folder}: it is not empty, and no job of retold is in it.",
                hint="Name a new folder.",
            )
        self.work.mkdir(parents=True, exist_ok=True)
        for stale in self.folder.rglob(f".*{UNFINISHED}"):
            stale.unlink(missing_ok=True)
        if not mark.exists():
            rough = self.work / "job.json"
            rough.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
            rough.replace(mark)

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
        self.work.mkdir(exist_ok=True)

    def forget(self, name: str) -> None:
        """Drop what was only needed on the way."""
        shutil.rmtree(self.work / name, ignore_errors=True)


@contextmanager
def writing(file: Path, schema: pa.Schema) -> Iterator[pq.ParquetWriter]:
    """A file that gets its name when it is whole; what breaks off leaves nothing under it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    rough = file.with_name(f".{file.stem}.{os.getpid()}{UNFINISHED}")
    try:
        with pq.ParquetWriter(rough, schema, compression="zstd") as writer:
            yield writer
        rough.replace(file)
    finally:
        rough.unlink(missing_ok=True)


def write(file: Path, table: pa.Table) -> None:
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
