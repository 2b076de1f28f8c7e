"""`retold bulk read`: every article of the input, read, as tables of Parquet files."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from retold import pipeline
from retold.bulk import duplicates, finding
from retold.bulk.engine import MEGABYTE, Done, Engine, Task
from retold.bulk.files import File
from retold.bulk.place import Place, writing_tables
from retold.bulk.progress import Progress
from retold.bulk.rows import article_of_row, row_of_failure, tables_of
from retold.bulk.schema import Row, table
from retold.errors import ModelError, RetoldError, SourceError
from retold.reading import encoder
from retold.reading.encoder import DEFAULT, MODELS, Device, Encoder
from retold.sources.metadata import Fields
from retold.types import Failure, Reading

SIZE = 500  # articles in a partition: what a killed worker loses at most, and 50 MB
SHARES = 4  # partitions for each process at least, so that they end at about the same time
BATCH = 32  # readings in memory, and in a row group
# What a process holds at most, measured by `python -m benchmarks.bulk growth`, with some room
FINDING = 450 * MEGABYTE
READING = 750 * MEGABYTE
Work = Callable[[Task], Done]
TABLES = ("articles", "attributions", "speakers", "times", "passages", "failures")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to read: where the rows of files have a field, the model folder if not the one that ships
    with retold, what the model runs on (`auto`, `cpu`, `cuda`), and over how many files to spread
    each table."""

    fields: Fields | None = None
    model: Path | None = None
    device: Device = "auto"
    partitions: int | None = None


def read(
    inputs: Sequence[str],
    out: str | Path,
    *,
    engine: Engine,
    settings: Settings | None = None,
    by: Work | None = None,
) -> Iterator[Progress]:
    """Read what the inputs hold into the tables of the folder; what is done already is not redone.

    Args:
        by: what reads a partition, in a process of its own, if not `read_partition`.

    Raises:
        ModelError: the device that the settings ask for is not there.
        SourceError: an input means nothing, or there is no article in any.
        StoreError: the folder holds something else.
        RetoldError: workers fail again and again; what was finished is kept.
    """
    settings = settings or Settings()
    if engine.ray is None:
        encoder.device_of(settings.device)
    files = finding.files_of(inputs)
    place = Place.at(out)
    place.begin(
        {
            "inputs": [str(file) for file in files],
            "fields": dict(settings.fields or {}),
            "model": (settings.model or MODELS / DEFAULT).name,
            "partitions": settings.partitions,
        }
    )
    yield from _found(place, files, settings, engine)
    yield from _read(place, settings, engine, by or read_partition)
    place.tidy()
    (place.work / "found").drop()
    if not place.files("duplicates"):
        yield Progress(stage="marking", done=0, total=1, counted="passes")
        duplicates.find(place)
        yield Progress(stage="marking", done=1, total=1, counted="passes")


def _found(
    place: Place, files: Sequence[File], settings: Settings, engine: Engine
) -> Iterator[Progress]:
    if (place.work / "plan.parquet").is_file():
        return
    fields = dict(settings.fields) if settings.fields else None
    finished = place.names("failures")
    tasks = [
        {"out": place.address, "unit": unit, "file": file.address, "fields": fields}
        for unit, file in enumerate(files)
        if finding.mark(unit) not in finished
    ]
    done = len(files) - len(tasks)
    yield Progress(stage="finding", done=done, total=len(files), counted="files")
    for _ in engine.run(finding.find, tasks, held=FINDING):
        done += 1
        yield Progress(stage="finding", done=done, total=len(files), counted="files")
    finding.plan(place, settings.partitions, size=SIZE, least=SHARES * engine.jobs)


def _read(place: Place, settings: Settings, engine: Engine, by: Work) -> Iterator[Progress]:
    sizes = finding.partitions_of(place)
    if not sizes:
        raise SourceError(
            "no article was found in the input.",
            hint=f"Why not stands in {place.folder}/failures.",
        )
    model = str(settings.model.resolve()) if settings.model else None
    finished = place.names("articles")
    left = [n for n in range(len(sizes)) if name(n) not in finished]
    tasks: list[Task] = [
        {"out": place.address, "partition": number, "model": model, "device": settings.device}
        for number in left
    ]
    done = sum(sizes) - sum(sizes[number] for number in left)
    yield Progress(stage="reading", done=done, total=sum(sizes), counted="articles")
    for each in engine.run(by, tasks, held=READING):
        done += each["articles"]
        yield Progress(stage="reading", done=done, total=sum(sizes), counted="articles")


def name(partition: int) -> str:
    return f"part-{partition:06}"


# --- in a process of its own ----------------------------------------------------------------------


def read_partition(task: Task) -> Done:
    """Read the articles of one partition with the model."""
    model = _encoder(task["model"], task["device"])
    return write_partition(task, lambda row: _reading(row, model))


def write_partition(task: Task, read: Callable[[Row], Reading | Failure]) -> Done:
    """Write what is read of the articles of one partition, a batch in memory at a time; its file of
    articles is there when all others are."""
    place, number = Place.at(task["out"]), int(task["partition"])
    count = 0
    with writing_tables(place, name(number), TABLES) as writers:
        for found in finding.planned(place, number, size=BATCH):
            outcomes = [(row, read(row)) for row in found]
            failures = [row_of_failure(f) for _, f in outcomes if isinstance(f, Failure)]
            readings = [(row, r) for row, r in outcomes if isinstance(r, Reading)]
            tables = tables_of(readings) | {"failures": table("failures", failures)}
            for kind, writer in writers.items():
                writer.write_table(tables[kind])
            count += len(found)
    return {"articles": count}


@functools.cache
def _encoder(model: str | None, device: Device) -> Encoder:
    """The model, loaded once in a process and run in one thread: the processes fill the cores."""
    folder = Path(model) if model else MODELS / DEFAULT
    return Encoder(folder, threads=1, device=device)


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
