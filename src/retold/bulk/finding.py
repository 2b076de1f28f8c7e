"""From files to texts: every article of the input, made once, in an order that is theirs alone.

Articles stand in order of publication and then of id, whatever file they came from, so that the
same articles give the same rows, however they are spread, and what is of one week lies together.
"""

from __future__ import annotations

import dataclasses
import glob
import hashlib
import itertools
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import daft
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from retold import sources
from retold.bulk.files import File
from retold.bulk.place import Place, parquet_in, write
from retold.bulk.rows import row_of_article, row_of_failure
from retold.bulk.schema import FOUND, HASHES, Row, table
from retold.errors import RetoldError, SourceError, StoreError
from retold.sources import files, rows
from retold.sources.contents import Content, Found
from retold.sources.metadata import Fields
from retold.types import Article, Failure, SectionKind

CHUNK = 2000  # articles in memory while they are found: 16 MB of text
GROUP = 64  # articles that are taken from a chunk at once
SHINGLE_WORDS = 5
PARQUET = ".parquet"
UNDATED = 2**31 - 1
_WORD = re.compile(r"\w+")


def files_of(inputs: Iterable[str]) -> list[File]:
    """The files that the inputs mean, by name: files, globs, and folders with what lies in them.

    Raises:
        SourceError: one of them means nothing, or is no address of an object store.
        StoreError: an object store cannot be reached.
    """
    out: set[File] = set()
    for given in inputs:
        held = _in_store(File.at(given)) if "://" in given else _on_disk(given)
        if not held:
            raise SourceError(f"{given}: there is no such file.", hint="Check the name.")
        out.update(held)
    return sorted(out)


def find(task: dict[str, Any]) -> dict[str, Any]:
    """Write the articles of one file in chunks, and then its failures, which marks it as done."""
    place, unit = Place.at(task["out"]), int(task["unit"])
    held: list[Row] = []
    failures: list[Failure] = []
    chunk = count = 0
    for made in _made(File.at(task["file"]), task["fields"]):
        if isinstance(made, Failure):
            failures.append(made)
            continue
        held.append(row_of_article(made))
        count += 1
        if len(held) == CHUNK:
            _keep(place, f"{unit:06}-{chunk:06}", held)
            held, chunk = [], chunk + 1
    if held:
        _keep(place, f"{unit:06}-{chunk:06}", held)
    write(
        place.file("failures", mark(unit)), table("failures", list(map(row_of_failure, failures)))
    )
    return {"articles": count, "failures": len(failures)}


def mark(unit: int) -> str:
    return f"found-{unit:06}"


def plan(place: Place, partitions: int | None, *, size: int, least: int = 1) -> None:
    """Write which articles each partition holds: neighbours in the order of all articles.

    An article that was found twice is in the plan once.

    Args:
        partitions: how many, or None for as many as hold `size` articles each, at least `least`.
    """
    columns = [chunk.table(columns=["id", "published"]) for chunk in _chunks(place)]
    ids = np.concatenate(
        [c["id"].to_numpy().astype("S12") for c in columns] or [np.zeros(0, "S12")]
    )
    days = np.concatenate([_days(c) for c in columns] or [np.zeros(0, np.int32)])
    file = np.repeat(np.arange(len(columns), dtype=np.int32), [len(c) for c in columns])
    row = np.concatenate([np.arange(len(c), dtype=np.int32) for c in columns] or [file])
    order = np.lexsort((ids, days))
    _, first = np.unique(ids[order], return_index=True)
    order = order[np.sort(first)]
    count = min(partitions or max(-(-len(order) // size), least), len(order))
    of = (np.arange(len(order)) * count // max(len(order), 1)).astype(np.int32)
    told = pa.table({"partition": of, "file": file[order], "row": row[order]})
    write(place.work / "plan.parquet", told)


def partitions_of(place: Place) -> list[int]:
    """How many articles each partition of the plan has."""
    of = (place.work / "plan.parquet").table(columns=["partition"])["partition"].to_numpy()
    return [int(n) for n in np.bincount(of)]


def planned(place: Place, partition: int, *, size: int) -> Iterator[list[Row]]:
    """The articles of a partition, in order, as they were found, so many in memory at a time."""
    chunks = _chunks(place)
    own = (place.work / "plan.parquet").table(filters=[("partition", "=", partition)])
    for start in range(0, len(own), size):
        some = own.slice(start, size).to_pydict()
        at = list(zip(some["file"], some["row"], strict=True))
        held = {
            (file, row): each
            for file, rows in itertools.groupby(sorted(at), key=lambda pair: pair[0])
            for row, each in _taken(chunks[file], [row for _, row in rows])
        }
        yield [held[each] for each in at]


# --- inside ---------------------------------------------------------------------------------------


def _chunks(place: Place) -> list[File]:
    return parquet_in(place.work / "found")


def _on_disk(given: str) -> list[File]:
    path = Path(given)
    if path.is_dir():
        held = [each for each in path.rglob("*") if _is_readable(each)]
    else:
        held = [path] if path.is_file() else [Path(p) for p in glob.glob(given, recursive=True)]
    return [File.at(each) for each in held if each.is_file()]


def _in_store(given: File) -> list[File]:
    """The file of a store, those of a folder there, or those that `*` and `**` stand for."""
    if "*" not in given.path:
        held = given.inside(deep=True)
        return [given] if given.is_file() else [f for f in held if _is_readable(Path(f.path))]
    fixed = given.path.split("*", 1)[0].rpartition("/")[0]
    meant = pattern(given.path)
    return [f for f in File(given.store, fixed).inside(deep=True) if meant.fullmatch(f.path)]


def pattern(given: str) -> re.Pattern[str]:
    """What a glob matches: `**/` any folders, `*` any characters of one name."""
    told = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*"}
    parts = re.split(r"(\*\*/|\*\*|\*)", given)
    return re.compile("".join(told.get(part, re.escape(part)) for part in parts))


def _is_readable(path: Path) -> bool:
    suffixes = {suffix.lower() for suffix in path.suffixes[-2:]}
    return not path.name.startswith(".") and bool(suffixes & (files.SUFFIXES | {PARQUET}))


def _made(file: File, fields: Fields | None) -> Iterator[Article | Failure]:
    try:
        with file.here() as path:
            for found in _contents(path, fields):
                if isinstance(found, Content):
                    yield _article(_of(file, path, found))
                elif isinstance(found, Failure):
                    yield Failure(
                        source=found.source.replace(str(path), str(file)),
                        message=found.message.replace(str(path), str(file)),
                        hint=found.hint,
                    )
    except StoreError:
        raise  # not the file's fault
    except RetoldError as error:
        yield Failure(source=str(file), message=error.message, hint=error.hint)
    except (pa.ArrowException, OSError) as error:
        yield Failure(source=str(file), message=f"it is damaged ({error}).", hint="Copy it again.")


def _of(file: File, path: Path, content: Content) -> Content:
    """The content under the name of the file, of which a copy lies at `path`."""
    known = content.known
    return dataclasses.replace(
        content,
        name=content.name.replace(str(path), str(file)),
        known=dataclasses.replace(
            known, path=known.path and known.path.replace(str(path), str(file))
        ),
    )


def _article(content: Content) -> Article | Failure:
    try:
        return sources.make(content, as_given=True)  # users lay the spans on columns of their own
    except Exception as error:
        return Failure(
            source=content.name,
            message=f"retold itself failed ({type(error).__name__}: {error}).",
            hint="This is a bug; the other articles are not touched by it.",
        )


def _contents(file: Path, fields: Fields | None) -> Iterator[Found]:
    if file.suffix.lower() != PARQUET:
        yield from sources.contents(file, fields=fields)
        return
    for found in rows.of_lines(_lines(file), name=str(file), path=file, fields=fields):
        if isinstance(found, rows.Named):
            yield Failure(source=found.place, message="it names a file and has no text.")
        else:
            yield found


def _lines(file: Path) -> Iterator[bytes]:
    with pq.ParquetFile(file) as held:
        for batch in held.iter_batches(batch_size=GROUP):
            for row in batch.to_pylist():
                yield json.dumps(row, default=str).encode()


def _keep(place: Place, name: str, held: list[Row]) -> None:
    words = [_words(row) for row in held]
    hashes = daft.Series.from_pylist(words).minhash(num_hashes=HASHES, ngram_size=SHINGLE_WORDS)
    for row, told, minhash in zip(held, words, hashes.to_pylist(), strict=True):
        row["words"] = int.from_bytes(hashlib.sha256(told.encode()).digest()[:8], "big")
        row["minhash"] = minhash
    with (place.work / "found" / f"{name}.parquet").made() as rough:
        pq.write_table(pa.Table.from_pylist(held, FOUND), rough, row_group_size=GROUP)


def _words(row: Row) -> str:
    """The article's own words, in small letters, one blank between them."""
    text: str = row["text"]
    own = [
        text[s["start"] : s["end"]]
        for s in row["sections"]
        if s["kind"] in (SectionKind.TITLE, SectionKind.BODY)
    ]
    return " ".join(_WORD.findall("\n".join(own).casefold()))


def _days(found: pa.Table) -> NDArray[np.int32]:
    days: NDArray[np.int32] = (
        found["published"].cast(pa.int32()).fill_null(UNDATED).to_numpy().astype(np.int32)
    )
    return days


def _taken(chunk: File, at: list[int]) -> Iterator[tuple[int, Row]]:
    """The rows of a chunk with their numbers; only the groups that hold them are read."""
    with chunk.parquet() as file:
        groups = sorted({row // GROUP for row in at})
        first = {group: n * GROUP for n, group in enumerate(groups)}
        held = file.read_row_groups(groups)
        places = [first[row // GROUP] + row % GROUP for row in at]
        yield from zip(at, held.take(places).to_pylist(), strict=True)
