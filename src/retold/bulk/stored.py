"""Readings as they stand in the tables of a place, a few in memory at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pyarrow.compute as pc

from retold.bulk.place import Place
from retold.bulk.rows import readings_of
from retold.bulk.schema import Row
from retold.types import Reading

PARTS = ("articles", "attributions", "speakers", "times", "passages")


def readings(
    place: Place, name: str, *, wanted: Callable[[Row], bool] | None = None
) -> Iterator[Reading]:
    """The readings of a partition in order, those of `wanted` articles if it is given.

    What was written at once is looked at at once: the row groups of all tables belong together.

    Args:
        wanted: says of the `id` and `published` of an article whether it is.
    """
    with ExitStack() as stack:
        files = {part: stack.enter_context(place.file(part, name).parquet()) for part in PARTS}
        for group in range(files["articles"].num_row_groups):
            known = files["articles"].read_row_group(group, columns=["id", "published"])
            keys = [row["id"] for row in known.to_pylist() if wanted is None or wanted(row)]
            if not keys:
                continue
            tables = {part: file.read_row_group(group) for part, file in files.items()}
            for part, held in tables.items() if len(keys) < len(known) else ():
                column = "id" if part == "articles" else "article"
                tables[part] = held.filter(pc.field(column).isin(keys))
            yield from readings_of(tables)
