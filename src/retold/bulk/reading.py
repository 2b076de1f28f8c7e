"""`retold bulk read`: every article of the input, read, as tables of Parquet files."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retold import pipeline
from retold.bulk import duplicates, finding
from retold.bulk.engine import Engine, Task
from retold.bulk.place import Place, writing_tables
from retold.bulk.progress import Progress
from retold.bulk.rows import article_of_row, row_of_failure, tables_of
from retold.bulk.schema import Row, table
from retold.errors import ModelError, RetoldError, SourceError
from retold.reading.encoder import DEFAULT, MODELS, Encoder
from retold.sources.metadata import Fields
from retold.types import Failure, Reading

SIZE = 500  # articles in a partition: what a killed worker loses at most, and 50 MB
SHARES = 4  # partitions for each process at least, so that they end at about the same time
BATCH = 32  # readings in memory, and in a row group
TABLES = ("articles", "attributions", "speakers", "times", "passages", "failures")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to read: where the rows of files have a field, the model folder if not the one that ships
    with retold, and over how many files to spread each table."""

    fields: Fields | None = None
    model: Path | None = None
    partitions: int | None = None


def read(
    inputs: Sequence[str], out: Path, *, engine: Engine, settings: Settings | None = None
) -> Iterator[Progress]:
    """Read what the inputs hold into the tables of the folder; what is done already is not redone.

    Raises:
        SourceError: an input means nothing, or there is no article in any.
        StoreError: the folder holds something else.
        RetoldError: workers fail again and again; what was finished is kept.
    """
    settings = settings or Settings()
    files = finding.files_of(inputs)
    place = Place(out.resolve())
    place.begin(
        {
            "inputs": files,
            "fields": dict(settings.fields or {}),
            "model": (settings.model or MODELS / DEFAULT).name,
            "partitions": settings.partitions,
        }
    )
    yield from _found(place, files, settings, engine)
    yield from _read(place, settings, engine)
    place.forget("found")
    if not place.files("duplicates"):
        yield Progress(stage="marking", done=0, total=1, counted="passes")
        duplicates.find(place)
        yield Progress(stage="marking", done=1, total=1, counted="passes")


def _found(
    place: Place, files: Sequence[str], settings: Settings, engine: Engine
) -> Iterator[Progress]:
    plan = place.work / "plan.parquet"
    if plan.is_file():
        return
    fields = dict(settings.fields) if settings.fields else None
    tasks = [
        {"out": str(place.folder), "unit": unit, "file": file, "fields": fields}
        for unit, file in enumerate(files)
        if not place.file("failures", finding.mark(unit)).is_file()
    ]
    done = len(files) - len(tasks)
    yield Progress(stage="finding", done=done, total=len(files), counted="files")
    for _ in engine.run(finding.find, tasks):
        done += 1
        yield Progress(stage="finding", done=done, total=len(files), counted="files")
    finding.plan(place, settings.partitions, size=SIZE, least=SHARES * engine.jobs)


def _read(place: Place, settings: Settings, engine: Engine) -> Iterator[Progress]:
    sizes = finding.partitions_of(place)
    if not sizes:
        raise SourceError(
            "no article was found in the input.",
            hint=f"Why not stands in {place.folder / 'failures'}.",
        )
    model = str(settings.model.resolve()) if settings.model else None
    left = [n for n in range(len(sizes)) if not place.file("articles", name(n)).is_file()]
    tasks: list[Task] = [
        {"out": str(place.folder), "partition": number, "model": model} for number in left
    ]
    done = sum(sizes) - sum(sizes[number] for number in left)
    yield Progress(stage="reading", done=done, total=sum(sizes), counted="articles")
    for each in engine.run(read_partition, tasks):
        done += each["articles"]
        yield Progress(stage="reading", done=done, total=sum(sizes), counted="articles")


def name(partition: int) -> str:
    return f"part-{partition:06}"


# --- in a process of its own ----------------------------------------------------------------------


def read_partition(task: dict[str, Any]) -> dict[str, Any]:
    """Read the articles of one partition; its file of articles is there when all others are."""
    place, number = Place(Path(task["out"])), int(task["partition"])
    found = finding.planned(place, number)
    encoder = _encoder(task["model"])
    with writing_tables(place, name(number), TABLES) as writers:
        for at in range(0, len(found), BATCH):
            outcomes = [(row, _reading(row, encoder)) for row in found[at : at + BATCH]]
            failures = [row_of_failure(f) for _, f in outcomes if isinstance(f, Failure)]
            readings = [(row, r) for row, r in outcomes if isinstance(r, Reading)]
            tables = tables_of(readings) | {"failures": table("failures", failures)}
            for kind, writer in writers.items():
                writer.write_table(tables[kind])
    return {"articles": len(found)}


@functools.cache
def _encoder(model: str | None) -> Encoder:
    """The model, loaded once in a process and run in one thread: the processes fill the cores."""
    return Encoder(Path(model) if model else MODELS / DEFAULT, threads=1)


def _reading(row: Row, encoder: Encoder) -> Reading | Failure:
    source = row["path"] or row["url"] or row["id"]
    try:
        return pipeline.read(article_of_row(row), encoder=encoder)
    except ModelError:
        raise  # not the article's fault
    except RetoldError as error:
        return Failure(source=source, message=error.message, hint=error.hint)
    except Exception as error:
        return Failure(
            source=source,
            message=f"retold itself failed ({type(error).__name__}: {error}).",
            hint="This is a bug; the other articles are not touched by it.",
        )
