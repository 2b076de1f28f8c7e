"""WACZ files: the WARC files in a zip, read where they lie. Nothing is written to the disk."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from retold.errors import RetoldError, SourceError
from retold.sources import warc
from retold.sources.contents import Found
from retold.types import Failure

# what `zipfile` raises for bytes that are not what they claim
_DAMAGES = (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, struct.error)
_ENDINGS = (".warc", ".warc.gz")


def find(path: Path) -> Iterator[Found]:
    """The pages in the WARC files that the archive at `path` holds, in the order of their names.

    Raises:
        SourceError: no zip, or one without WARC files.
    """
    with path.open("rb") as file:
        yield from in_file(file, path)


def in_file(file: IO[bytes], path: Path) -> Iterator[Found]:
    """The same of an open file.

    Raises:
        SourceError: no zip, or one without WARC files.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            held = [info for info in archive.infolist() if info.filename.lower().endswith(_ENDINGS)]
            if not held:
                raise SourceError(f"{path}: no WARC file in it.", hint="Give a WACZ file.")
            for info in sorted(held, key=lambda info: info.filename):
                yield from _in_member(archive, info, path)
    except _DAMAGES as error:
        raise SourceError(
            f"{path}: it is no WACZ file ({error}).", hint="Copy or download it again."
        ) from error


def _in_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> Iterator[Found]:
    name = f"{path}, {info.filename}"
    try:
        # packed a second time a small file may hold one without end, and cannot be gone back in
        if info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 1:
            raise SourceError(
                f"{name}: it is packed or locked; a WACZ file holds its WARC files as they are.",
                hint="Unzip it, and give the WARC files.",
            )
        with archive.open(info) as file:
            yield from warc.in_file(file, name=name, path=path, size=info.file_size)
    except (RetoldError, *_DAMAGES) as error:
        hint = error.hint if isinstance(error, RetoldError) else "Copy or download it again."
        message = error.message if isinstance(error, RetoldError) else f"{name}: {error}."
        yield Failure(source=name, message=message, hint=hint)
