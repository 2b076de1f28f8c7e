"""`retold bulk compare`: the stories of a corpus with their claims and differences, week by week.

Stories are looked for in windows of days, each with a margin on both sides; a story belongs to the
window in which it begins. So no window waits for another, and the work grows with the corpus.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from retold import pipeline
from retold.bulk import quotations, reports, stored
from retold.bulk.engine import MEGABYTE, Done, Engine, Task
from retold.bulk.files import File
from retold.bulk.place import Place, write, writing_tables
from retold.bulk.progress import Progress
from retold.bulk.rows import row_of_failure
from retold.bulk.schema import Row, table
from retold.comparing.stories import HEAD_PASSAGES
from retold.comparing.units import VECTOR_SIZE
from retold.types import Failure, Reading

WINDOW_DAYS = 7
MARGIN_DAYS = 3
MOST = 100  # articles of a story: what comparing it holds grows with them
ARTICLES = 200  # in stories that one task compares
COMPARED = ("claims", "differences", "story_variants")
# What a process holds at most, measured by `python -m benchmarks.bulk growth`, with some room
COMPARING = 450 * MEGABYTE
COMPARING_EACH = 20 * MEGABYTE  # more for each article of the largest story
GROUPING = 400 * MEGABYTE
GROUPING_EACH = 200_000  # bytes more for each article of the window

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Index:
    """All articles, the earliest first: id, day (-1 without one), outlet (-1 without one), and
    partition, by number. `by_id` is the order of the ids."""

    ids: NDArray[np.bytes_]
    days: Ints
    outlets: Ints
    partition: Ints
    names: list[str]
    by_id: Ints

    def rows(self, keys: Sequence[str]) -> Ints:
        """Where the articles with these ids stand."""
        at = np.searchsorted(self.ids, np.array(keys, "S12"), sorter=self.by_id)
        found: Ints = self.by_id[at]
        return found


def compare(out: str | Path, *, engine: Engine) -> Iterator[Progress]:
    """Write the tables `stories`, `claims`, `differences`, `story_variants`, `quotations` and
    `variants`.

    Articles without a day of publication are in no story; their quotations are compared.

    Raises:
        StoreError: no finished reading is in the folder.
        RetoldError: workers fail again and again; what was finished is kept.
    """
    place = Place.at(out)
    place.opened()
    index = _index(place)
    if not place.files("stories"):
        yield from _grouped(place, index, engine)
    yield from _compared(place, index, engine)
    yield from quotations.compare(place, engine=engine)


def _index(place: Place) -> _Index:
    numbers: dict[str | None, int] = {None: -1}
    ids, days = [np.zeros(0, "S12")], [np.zeros(0, np.int64)]
    outlets, partition = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    files = place.files("articles")
    for number, file in enumerate(files):
        held = file.table(columns=["id", "published", "outlet"])
        ids.append(held["id"].to_numpy().astype("S12"))
        days.append(held["published"].cast(pa.int32()).fill_null(-1).to_numpy().astype(np.int64))
        told = [numbers.setdefault(each, len(numbers)) for each in held["outlet"].to_pylist()]
        outlets.append(np.array(told, np.int64))
        partition.append(np.full(len(held), number))
    every = np.concatenate(ids)
    return _Index(
        ids=every,
        days=np.concatenate(days),
        outlets=np.concatenate(outlets),
        partition=np.concatenate(partition),
        names=[file.stem for file in files],
        by_id=np.argsort(every),
    )


# --- stories --------------------------------------------------------------------------------------


def _grouped(place: Place, index: _Index, engine: Engine) -> Iterator[Progress]:
    windows = np.unique(index.days[index.days >= 0] // WINDOW_DAYS).tolist()
    finished = {file.stem for file in (place.work / "groups").inside()}
    tasks = [_window(place, index, each) for each in windows if _name_of(each) not in finished]
    most = max((task["articles"] for task in tasks), default=0)
    done = len(windows) - len(tasks)
    yield Progress(stage="grouping", done=done, total=len(windows), counted="weeks")
    for _ in engine.run(group, tasks, held=GROUPING + GROUPING_EACH * most):
        done += 1
        yield Progress(stage="grouping", done=done, total=len(windows), counted="weeks")
    with writing_tables(place, "all", ("stories",)) as writers:
        taken = np.zeros(len(index.ids), bool)
        for window in windows:
            rows = _stories(index, window, _groups(place, window), taken)
            writers["stories"].write_table(table("stories", rows))
    (place.work / "groups").drop()


def _window(place: Place, index: _Index, window: int) -> Task:
    first = window * WINDOW_DAYS
    near = (index.days >= first - MARGIN_DAYS) & (index.days < first + WINDOW_DAYS + MARGIN_DAYS)
    names = [index.names[number] for number in np.unique(index.partition[near])]
    articles = int(np.count_nonzero(near))
    return {"out": place.address, "window": window, "names": names, "articles": articles}


def group(task: Task) -> Done:
    """Write the groups of one window's articles, its margins among them."""
    place, window = Place.at(task["out"]), int(task["window"])
    first, end = (
        _day(window * WINDOW_DAYS - MARGIN_DAYS),
        _day((window + 1) * WINDOW_DAYS + MARGIN_DAYS),
    )

    def is_near(article: Row) -> bool:
        return bool(article["published"] and first <= article["published"] < end)

    held = [
        telling(reading)
        for name in task["names"]
        for reading in stored.readings(place, name, wanted=is_near)
    ]
    groups = [[r.article.id for r in story.readings] for story in pipeline.group(held)]
    write(
        place.work / "groups" / f"{_name_of(window)}.parquet",
        pa.table({"articles": pa.array(groups, pa.list_(pa.string()))}),
    )
    return {}


def telling(reading: Reading) -> Reading:
    """What of a reading tells its event, less than half of it: a window holds many."""
    return dataclasses.replace(
        reading,
        attributions=(),
        speakers=(),
        times=(),
        passages=(),
        vectors=reading.vectors[: HEAD_PASSAGES * VECTOR_SIZE],
    )


def _groups(place: Place, window: int) -> list[list[str]]:
    file: File = place.work / "groups" / f"{_name_of(window)}.parquet"
    groups: list[list[str]] = file.table()["articles"].to_pylist()
    return groups


def _stories(
    index: _Index, window: int, groups: Sequence[Sequence[str]], taken: NDArray[np.bool_]
) -> list[Row]:
    """The stories that begin in a window, each dated article in the first that has it, which is
    then `taken`. What goes on beyond the margin, or with more than so many articles, goes on as
    another story: none grows for ever."""
    out = []
    for keys in groups:
        rows = np.sort(index.rows(keys))
        free = rows[~taken[rows]]
        if len(free) and int(index.days[free[0]]) // WINDOW_DAYS == window:
            taken[free] = True
            out += [_story(index, free[at : at + MOST]) for at in range(0, len(free), MOST)]
    return sorted(out, key=lambda row: (row["first"], row["id"]))


def _story(index: _Index, rows: Ints) -> Row:
    keys = index.ids[rows].astype(str).tolist()
    days, outlets = index.days[rows], index.outlets[rows]
    return {
        "id": hashlib.sha256("\0".join(sorted(keys)).encode()).hexdigest()[:12],
        "articles": keys,
        "size": len(keys),
        "outlets": len(np.unique(outlets[outlets >= 0])),
        "first": _day(int(days.min())),
        "last": _day(int(days.max())),
    }


def _name_of(window: int) -> str:
    return f"{window:06}"


def _day(number: int) -> dt.date:
    return dt.date(1970, 1, 1) + dt.timedelta(days=number)


# --- claims and differences -----------------------------------------------------------------------


def _compared(place: Place, index: _Index, engine: Engine) -> Iterator[Progress]:
    told = place.file("stories", "all").table(
        columns=["id", "articles"], filters=[("size", ">", 1)]
    )
    sizes = told["articles"].combine_chunks().value_lengths().to_numpy()
    batches = batches_of(sizes)
    finished = place.names("claims")
    left = [n for n in range(len(batches)) if _name(n) not in finished]
    total = len(told)
    done = total - sum(batches[n].stop - batches[n].start for n in left)
    yield Progress(stage="comparing", done=done, total=total, counted="stories")
    tasks = (_batch(place, index, n, told[batches[n]].to_pylist()) for n in left)
    held = COMPARING + COMPARING_EACH * int(sizes.max(initial=0))
    for each in engine.run(compare_batch, tasks, held=held):
        done += each["stories"]
        yield Progress(stage="comparing", done=done, total=total, counted="stories")


def batches_of(sizes: Sequence[int]) -> list[slice]:
    """Stories side by side in time, so many that their articles fit in memory."""
    out: list[slice] = []
    start = held = 0
    for at, size in enumerate(sizes):
        if at > start and held + size > ARTICLES:
            out.append(slice(start, at))
            start, held = at, 0
        held += int(size)
    return [*out, slice(start, len(sizes))] if len(sizes) else []


def _batch(place: Place, index: _Index, number: int, stories: list[Row]) -> Task:
    rows = index.rows([key for story in stories for key in story["articles"]])
    names = [index.names[each] for each in np.unique(index.partition[rows])]
    return {"out": place.address, "batch": number, "names": names, "stories": stories}


def compare_batch(task: Task) -> Done:
    """Write what comparing some stories shows; the claims mark that all is there."""
    place, name = Place.at(task["out"]), _name(task["batch"])
    keys = {key for story in task["stories"] for key in story["articles"]}
    held = {
        reading.article.id: reading
        for part in task["names"]
        for reading in stored.readings(place, part, wanted=lambda article: article["id"] in keys)
    }
    rows: dict[str, list[Row]] = {kind: [] for kind in COMPARED}
    failures: list[Row] = []
    for story in task["stories"]:
        found = _rows_of(story, held)
        if isinstance(found, Failure):
            failures.append(row_of_failure(found))
            continue
        for kind in COMPARED:
            rows[kind] += found[kind]
    if failures:
        write(place.file("failures", name), table("failures", failures))
    with writing_tables(place, name, COMPARED) as writers:
        for kind, writer in writers.items():
            writer.write_table(table(kind, rows[kind]))
    return {"stories": len(task["stories"])}


def _rows_of(story: Row, held: dict[str, Reading]) -> dict[str, list[Row]] | Failure:
    try:
        report = pipeline.compare([held[key] for key in story["articles"]])
        return reports.rows_of(report, story["id"])
    except Exception as error:
        told = f"retold itself failed ({type(error).__name__}: {error})."
        return Failure(source=f"story {story['id']}", message=told, hint="This is a bug.")


def _name(batch: int) -> str:
    return f"stories-{batch:06}"
