"""A small corpus for the tests of bulk, its tables as rows, and an engine without processes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from retold.bulk import finding, reading, rows, schema
from retold.bulk.engine import Done, Engine, Task
from retold.bulk.place import Place, writing_tables
from retold.bulk.stored import PARTS
from retold.types import Reading

ONE = Engine(jobs=1)
READ = (*PARTS, "duplicates")
COMPARED = (
    "stories", "claims", "differences", "story_variants", "quotations", "variants",
)  # fmt: skip

FERRY = """Ferry to Varn stops for the winter

The ferry to Varn will stop in November, harbour master Dana Holm said on Monday.

“We will be back by Easter with a new boat and the same crew,” Holm told the Courier.

The island has 400 inhabitants and one shop, which will be closed in the winter months."""
AGAIN = FERRY.replace("one shop", "a shop")
OTHER = """Ferry to Varn to stop in winter

“We will be back by May with a new boat and the same crew,” Dana Holm told the Herald.

Varn has a harbour, a shop and a school with eleven children and two teachers."""
GERMAN = """Die Fähre nach Varn

Die Fähre nach Varn fährt im Winter nicht, sagte die Leiterin des Hafens am Montag. Sie wird erst
im April wieder fahren, und das ist für die Insel keine gute Nachricht."""


def row(text: str, outlet: str, day: int | None = 6, **more: Any) -> str:
    published = {"published": f"2031-05-{day:02}"} if day else {}
    return json.dumps({"text": text, "outlet": outlet, **published, **more})


LINES = [
    row(FERRY, "Courier"),
    row(AGAIN, "Gazette"),
    row(FERRY, "Reprint", 7),
    row(OTHER, "Herald", 7),
    row(GERMAN, "Bote", 8),
    row(FERRY, "Courier", 9),
    '{"outlet": "Nobody"}',
    "{broken",
]


class Here:
    """An engine that does each task at once, in this process, the last one first."""

    jobs = 1
    ray = None

    def run(
        self, work: Callable[[Task], Done], tasks: Iterable[Task], *, held: int
    ) -> Iterator[Done]:
        for task in reversed(list(tasks)):
            yield work(json.loads(json.dumps(task)))


HERE: Any = Here()


def write_lines(file: Path, lines: list[str]) -> Path:
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def read_all(inputs: Path | str, out: Path | str, *, engine: Any = HERE, **settings: Any) -> Place:
    list(reading.read([str(inputs)], out, engine=engine, settings=reading.Settings(**settings)))
    return Place.at(out)


def table(place: Place, name: str) -> list[dict[str, Any]]:
    return [each for file in place.files(name) for each in file.table().to_pylist()]


def content(place: Place, tables: tuple[str, ...]) -> dict[str, list[dict[str, Any]]]:
    return {name: table(place, name) for name in tables}


def planned(place: Place, partition: int) -> list[dict[str, Any]]:
    return [row for batch in finding.planned(place, partition, size=2) for row in batch]


def keep(place: Place, *partitions: list[Reading]) -> None:
    """A finished reading, written as `retold bulk read` writes it, without a model."""
    place.begin({"inputs": []})
    for number, held in enumerate(partitions):
        with writing_tables(place, reading.name(number), (*PARTS,)) as writers:
            for each in held:
                found = rows.row_of_article(each.article)
                found |= {"words": 0, "minhash": [0] * schema.HASHES}
                for kind, written in rows.tables_of([(found, each)]).items():
                    writers[kind].write_table(written)
    with writing_tables(place, "all", ("duplicates",)):
        pass


def dies_once(task: Task) -> Done:
    """A task that takes its worker down the first time."""
    mark = Path(task["mark"])
    if task["n"] == 2 and not mark.exists():
        mark.touch()
        os._exit(9)
    return {"n": task["n"]}


def dies(task: Task) -> Done:
    """A task that takes every worker down."""
    os._exit(9)


def dies_in_the_middle(task: Task) -> Done:
    """Reads a partition; at the second its worker dies the first time, its files half made."""
    mark = Path(task["out"]).with_suffix(".died")
    if task["partition"] != 1 or mark.exists():
        return reading.read_partition(task)
    mark.touch()
    return reading.write_partition(task, lambda row: os._exit(9))


def island(number: int) -> str:
    """A short account with a number of its own, from one of three weeks."""
    return row(
        f"Ferry to island {number} stops\n\nThe ferry to island {number} will stop, Dana Holm said."
        f"\n\n“We will be back with {number} boats and the same crew,” Holm said.",
        f"Outlet {number % 3}",
        1 + number,
    )


ISLANDS = [island(number) for number in range(18)]
