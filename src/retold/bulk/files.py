"""Files on a disk or in an object store, by addresses that all workers understand."""

from __future__ import annotations

import atexit
import functools
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow.parquet as pq
from pyarrow import fs

from retold.errors import SourceError, StoreError

STORES = ("s3", "gs", "gcs", "abfs", "abfss")
UNFINISHED = ".part"
_SECRET = re.compile(r"//[^/@]*:[^/@]*@")
_REMEDY = (
    "Check the address and what you may do there; keys and regions are taken from the environment, "
    "as the store's own tools take them."
)


@dataclass(frozen=True, slots=True, order=True)
class File:
    """A file or folder, there or not: `path` on the disks here, or in a store such as
    `s3://bucket?region=eu-north-1`."""

    store: str
    path: str

    @classmethod
    def at(cls, given: str | Path) -> File:
        """What an address or a path names.

        Raises:
            SourceError: an address of something that is no object store.
        """
        scheme, is_address, rest = str(given).partition("://")
        if not is_address:
            return cls("", str(Path(given).resolve()))
        if scheme not in STORES:
            raise SourceError(
                f"{given}: bulk reads and writes disks and object stores, nothing at {scheme}://.",
                hint=f"Copy it to a disk or to a store ({', '.join(STORES)}).",
            )
        where, mark, options = rest.partition("?")
        bucket, _, path = where.partition("/")
        return cls(f"{scheme}://{bucket}{mark}{options}", path.strip("/"))

    @property
    def address(self) -> str:
        """By which another process finds it; what the store asks for is part of it."""
        if not self.store:
            return self.path
        bucket, mark, options = self.store.partition("?")
        return f"{bucket}/{self.path}{mark}{options}"

    def __str__(self) -> str:
        """As it is shown: without keys and settings."""
        return _SECRET.sub("//", self.address.partition("?")[0]) if self.store else self.path

    def __truediv__(self, name: str) -> File:
        return File(self.store, f"{self.path}/{name}" if self.path else name)

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name

    @property
    def stem(self) -> str:
        return PurePosixPath(self.path).stem

    # --- what is there ----------------------------------------------------------------------------

    def is_file(self) -> bool:
        with self._reachable():
            return bool(self._system.get_file_info(self.path).type == fs.FileType.File)

    def inside(self, *, deep: bool = False) -> list[File]:
        """The files in a folder, by name, of inner folders too if `deep`; none if it is not there.

        A folder of an object store counts as there if something is in it.
        """
        asked = fs.FileSelector(self.path, allow_not_found=True, recursive=deep)
        with self._reachable():
            found = self._system.get_file_info(asked)
        return sorted(File(self.store, i.path) for i in found if i.type == fs.FileType.File)

    # --- reading ----------------------------------------------------------------------------------

    def table(self, *, columns: list[str] | None = None, filters: Any = None) -> Any:
        """The rows of a Parquet file that are as asked, as a table of Arrow."""
        with self._reachable():
            return pq.read_table(
                self.path,
                filesystem=self._system,
                columns=columns,
                filters=filters,
                partitioning=None,  # a folder named a=b is no column
            )

    def parquet(self) -> pq.ParquetFile:
        """A Parquet file to be read piece by piece, and closed."""
        with self._reachable():
            return pq.ParquetFile(self.path, filesystem=self._system)

    def read_text(self) -> str:
        with self._reachable(), self._system.open_input_file(self.path) as source:
            return bytes(source.read()).decode("utf-8")

    @contextmanager
    def here(self) -> Iterator[Path]:
        """The file on a disk of this machine: itself, or a copy that is there for the while."""
        if not self.store:
            yield Path(self.path)
            return
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / self.name
            with self._reachable():
                fs.copy_files(self.path, str(copy), source_filesystem=self._system)
            yield copy

    # --- writing ----------------------------------------------------------------------------------

    @contextmanager
    def made(self) -> Iterator[Path]:
        """A path to write it under; it gets its own name when it is whole, or not at all."""
        if self.store:
            with tempfile.TemporaryDirectory() as folder:
                rough = Path(folder) / self.name
                yield rough
                with self._reachable():
                    fs.copy_files(str(rough), self.path, destination_filesystem=self._system)
            return
        own = Path(self.path)
        own.parent.mkdir(parents=True, exist_ok=True)
        rough = own.with_name(f".{own.stem}.{os.getpid()}{UNFINISHED}")
        try:
            yield rough
            rough.replace(own)
        finally:
            rough.unlink(missing_ok=True)

    def write_text(self, text: str) -> None:
        with self.made() as rough:
            rough.write_text(text, "utf-8")

    def drop(self) -> None:
        """Delete a folder with all that is in it, if it is there."""
        if not self.store:
            shutil.rmtree(self.path, ignore_errors=True)
        elif self.inside(deep=True):
            self._system.delete_dir(self.path)

    # --- inside -----------------------------------------------------------------------------------

    @property
    def _system(self) -> fs.FileSystem:
        return _system(self.store)

    @contextmanager
    def _reachable(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if not self.store:
                raise
            told = str(error).splitlines()[0]
            raise StoreError(f"{self}: it cannot be reached ({told}).", hint=_REMEDY) from error


_KEPT = ExitStack()
atexit.register(_KEPT.close)


@functools.cache
def kept_here(file: File) -> Path:
    """The file on a disk of this machine for as long as this process lives."""
    return _KEPT.enter_context(file.here())


@functools.cache
def _system(store: str) -> fs.FileSystem:
    """The files of a store, under their names in it.

    Raises:
        StoreError: there is no such store, or nothing for it in this installation.
    """
    if not store:
        return fs.LocalFileSystem()
    try:
        system, bucket = fs.FileSystem.from_uri(store)
    except (OSError, ValueError, ImportError) as error:
        told = str(error).splitlines()[0]
        raise StoreError(
            f"{File(store, '')}: it cannot be reached ({told}).", hint=_REMEDY
        ) from error
    return fs.SubTreeFileSystem(bucket, system)
