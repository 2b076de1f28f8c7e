"""`retold bulk compare`: the stories of a corpus with their claims and differences, week by week.

Stories are looked for in windows of days, each with a margin on both sides; a story belongs to the
window in which it begins. So no window waits for another, and the work grows with the corpus.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from retold import pipeline
from retold.bulk import quotations
from retold.bulk.engine import Engine, Task
from retold.bulk.place import Place, write, writing_tables
from retold.bulk.progress import Progress
from retold.bulk.rows import readings_of, row_of_failure
from retold.bulk.schema import Row, table
from retold.spans import cut
from retold.types import Claim, Failure, Reading, Report

WINDOW_DAYS = 7
MARGIN_DAYS = 3
ARTICLES = 200  # in stories that one task compares
PARTS = ("articles", "attributions", "speakers", "times", "passages")

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Index:
    """All articles, the earliest first: id, day (-1 without one), outlet, and partition."""

    ids: list[str]
    days: Ints
    outlets: list[str | None]
    partition: Ints
    names: list[str]


def compare(out: Path, *, engine: Engine) -> Iterator[Progress]:
    """Write the tables `stories`, `claims`, `differences`, `quotations` and `variants`.

    Articles without a day of publication are in no story; their quotations are compared.

    Raises:
        StoreError: no finished reading is in the folder.
        RetoldError: workers fail again and again; what was finished is kept.
    """
    place = Place(out.resolve())
    place.opened()
    index = _index(place)
    if not place.files("stories"):
        yield from _grouped(place, index, engine)
    yield from _compared(place, index, engine)
    yield from quotations.compare(place, engine=engine)


def _index(place: Place) -> _Index:
    ids: list[str] = []
    outlets: list[str | None] = []
    days, partition = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    files = place.files("articles")
    for number, file in enumerate(files):
        held = pq.read_table(file, columns=["id", "published", "outlet"])
        ids += held["id"].to_pylist()
        outlets += held["outlet"].to_pylist()
        days.append(held["published"].cast(pa.int32()).fill_null(-1).to_numpy().astype(np.int64))
        partition.append(np.full(len(held), number))
    return _Index(
        ids=ids,
        days=np.concatenate(days),
        outlets=outlets,
        partition=np.concatenate(partition),
        names=[file.stem for file in files],
    )


# --- stories --------------------------------------------------------------------------------------


def _grouped(place: Place, index: _Index, engine: Engine) -> Iterator[Progress]:
    windows = np.unique(index.days[index.days >= 0] // WINDOW_DAYS).tolist()
    tasks = [
        _window(place, index, window) for window in windows if not _groups(place, window).is_file()
    ]
    done = len(windows) - len(tasks)
    yield Progress(stage="grouping", done=done, total=len(windows), counted="weeks")
    for _ in engine.run(group, tasks):
        done += 1
        yield Progress(stage="grouping", done=done, total=len(windows), counted="weeks")
    write(place.file("stories", "all"), table("stories", _stories(place, index, windows)))
    place.forget("groups")


def _window(place: Place, index: _Index, window: int) -> Task:
    first = window * WINDOW_DAYS
    near = (index.days >= first - MARGIN_DAYS) & (index.days < first + WINDOW_DAYS + MARGIN_DAYS)
    names = [index.names[number] for number in np.unique(index.partition[near])]
    return {"out": str(place.folder), "window": window, "names": names}


def group(task: Task) -> dict[str, Any]:
    """Write the groups of one window's articles, its margins among them."""
    place, window = Place(Path(task["out"])), int(task["window"])
    first = window * WINDOW_DAYS
    days = [_day(first - MARGIN_DAYS), _day(first + WINDOW_DAYS + MARGIN_DAYS)]
    asked = [("published", ">=", days[0]), ("published", "<", days[1])]
    held = [r for name in task["names"] for r in _readings(place, name, asked)]
    groups = [[r.article.id for r in story.readings] for story in pipeline.group(held)]
    write(_groups(place, window), pa.table({"articles": pa.array(groups, pa.list_(pa.string()))}))
    return {}


def _stories(place: Place, index: _Index, windows: Sequence[int]) -> list[Row]:
    """Each dated article in one story, that of the first window which has it in one that begins
    there. What goes on beyond the margin goes on as another story, so that none grows for ever."""
    at = {key: n for n, key in enumerate(index.ids)}
    taken: set[str] = set()
    out = []
    for window in windows:
        for keys in pq.read_table(_groups(place, window))["articles"].to_pylist():
            free = [key for key in keys if key not in taken]
            if free and min(int(index.days[at[key]]) for key in free) // WINDOW_DAYS == window:
                taken.update(free)
                out.append(_story(free, index, at))
    return sorted(out, key=lambda row: (row["first"], row["id"]))


def _story(keys: Sequence[str], index: _Index, at: Mapping[str, int]) -> Row:
    rows = sorted(at[key] for key in keys)
    days = [int(index.days[row]) for row in rows]
    return {
        "id": hashlib.sha256("\0".join(sorted(keys)).encode()).hexdigest()[:12],
        "articles": [index.ids[row] for row in rows],
        "size": len(rows),
        "outlets": len({index.outlets[row] for row in rows} - {None}),
        "first": _day(min(days)),
        "last": _day(max(days)),
    }


def _groups(place: Place, window: int) -> Path:
    return place.work / "groups" / f"{window:06}.parquet"


def _day(number: int) -> dt.date:
    return dt.date(1970, 1, 1) + dt.timedelta(days=number)


# --- claims and differences -----------------------------------------------------------------------


def _compared(place: Place, index: _Index, engine: Engine) -> Iterator[Progress]:
    told = pq.read_table(place.file("stories", "all"), filters=[("size", ">", 1)])
    batches = _batches(told.select(["id", "articles"]).to_pylist())
    at = {key: n for n, key in enumerate(index.ids)}
    total = sum(len(batch) for batch in batches)
    left = [n for n in range(len(batches)) if not place.file("claims", _name(n)).is_file()]
    done = total - sum(len(batches[n]) for n in left)
    yield Progress(stage="comparing", done=done, total=total, counted="stories")
    tasks = []
    for n in left:
        rows = [at[key] for story in batches[n] for key in story["articles"]]
        names = [index.names[number] for number in np.unique(index.partition[rows])]
        tasks.append({"out": str(place.folder), "batch": n, "names": names, "stories": batches[n]})
    for each in engine.run(compare_batch, tasks):
        done += each["stories"]
        yield Progress(stage="comparing", done=done, total=total, counted="stories")


def _batches(stories: Sequence[Row]) -> list[list[Row]]:
    """Stories side by side in time, so many that their articles fit in memory."""
    out: list[list[Row]] = []
    size = ARTICLES
    for story in stories:
        if size + len(story["articles"]) > ARTICLES:
            out.append([])
            size = 0
        out[-1].append(story)
        size += len(story["articles"])
    return out


def compare_batch(task: Task) -> dict[str, Any]:
    """Write the claims and differences of some stories; the claims mark that all is there."""
    place, name = Place(Path(task["out"])), _name(task["batch"])
    wanted = [key for story in task["stories"] for key in story["articles"]]
    held = {
        reading.article.id: reading
        for part in task["names"]
        for reading in _readings(place, part, [("id", "in", wanted)])
    }
    rows: dict[str, list[Row]] = {"claims": [], "differences": [], "failures": []}
    for story in task["stories"]:
        try:
            report = pipeline.compare([held[key] for key in story["articles"]])
        except Exception as error:
            told = f"retold itself failed ({type(error).__name__}: {error})."
            failure = Failure(source=f"story {story['id']}", message=told, hint="This is a bug.")
            rows["failures"].append(row_of_failure(failure))
            continue
        texts = {article.id: article.text for article in report.articles}
        rows["claims"] += [_row_of_claim(claim, story["id"], texts) for claim in report.claims]
        rows["differences"] += _rows_of_differences(report, story["id"], texts)
    if rows["failures"]:
        write(place.file("failures", name), table("failures", rows["failures"]))
    with writing_tables(place, name, ("claims", "differences")) as writers:
        for kind, writer in writers.items():
            writer.write_table(table(kind, rows[kind]))
    return {"stories": len(task["stories"])}


def _name(batch: int) -> str:
    return f"stories-{batch:06}"


def _row_of_claim(claim: Claim, story: str, texts: Mapping[str, str]) -> Row:
    first = claim.passages[0]
    return {
        "story": story,
        "id": claim.id,
        "articles": len({p.article_id for p in claim.passages}),
        "tellings": len(claim.tellings),
        "differences": len(claim.differences),
        "score": claim.score,
        "words": cut(texts[first.article_id], first.span),
        "passages": [
            {
                "article": p.article_id,
                "start": p.span.start,
                "end": p.span.end,
                "attribution": p.attribution_id,
            }
            for p in claim.passages
        ],
        "silent": list(claim.silent),
    }


def _rows_of_differences(report: Report, story: str, texts: Mapping[str, str]) -> list[Row]:
    return [
        {
            "story": story,
            "claim": claim.id,
            "difference": number,
            "facet": difference.facet.value,
            "kind": difference.kind.value,
            "score": difference.score,
            "article": value.article_id,
            "start": value.span.start,
            "end": value.span.end,
            "value": value.value,
            "words": cut(texts[value.article_id], value.span),
        }
        for claim in report.claims
        for number, difference in enumerate(claim.differences)
        for value in difference.values
    ]


# --- readings -------------------------------------------------------------------------------------


def _readings(place: Place, name: str, asked: list[tuple[str, str, Any]]) -> list[Reading]:
    """The readings of a partition whose articles are as asked."""
    articles = pq.read_table(place.file("articles", name), filters=asked)
    if not len(articles):
        return []
    theirs = [("article", "in", articles["id"].to_pylist())]
    tables = {
        part: pq.read_table(place.file(part, name), filters=theirs)
        for part in PARTS
        if part != "articles"
    }
    return readings_of({"articles": articles, **tables})
