"""Every quotation of a corpus with all its wordings, each with the earlier one that it is nearest.

wordings ──fingerprints──▶ which earlier ones to line it up with ──collation──▶ nearest, changes

A wording is lined up with the first few that share a fingerprint: no run of words, however common,
makes the work grow with its square. No step holds more than a part of the corpus in memory.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import pyarrow as pa

from retold.bulk import fingerprints, wordings
from retold.bulk.engine import MEGABYTE, Done, Engine, Task
from retold.bulk.files import File, kept_here
from retold.bulk.place import Place, parquet_in, write, writing_tables
from retold.bulk.progress import Progress
from retold.bulk.schema import FORMAT, GAP, TABLES, Row, table
from retold.bulk.wordings import Held
from retold.comparing import collation
from retold.comparing.changes import Turn
from retold.comparing.collation import Collation
from retold.comparing.variants import MAX_CANDIDATES
from retold.spans import cut

TOLD = ("quotations", "variants")
CHUNK = 2000  # wordings that one task lines up
# What a process holds at most, measured by `python -m benchmarks.bulk growth`, with some room
HELD = 500 * MEGABYTE

_LINKS = pa.schema(
    [
        ("of", pa.int64()),
        ("share", pa.float64()),
        ("changes", pa.list_(pa.struct(list(TABLES["variants"])[3:]))),
    ]
)


def compare(place: Place, *, engine: Engine) -> Iterator[Progress]:
    """Write the tables `quotations` and `variants`."""
    mark = place.folder / "compared.json"
    if mark.is_file():
        return
    parts = [file.stem for file in place.files("articles")]
    yield from _each(place, engine, "collecting quotations", wordings.gather, "wordings", parts)
    count = wordings.number(place, parts)
    pieces = fingerprints.stretches(place, parts)
    yield from _each(place, engine, "sorting fingerprints", fingerprints.sort, "index", pieces)
    wordings.join(place, parts)
    fingerprints.join(place, pieces)
    chunks = [f"{at:012}" for at in range(0, count, CHUNK)]
    yield from _each(place, engine, "lining quotations up", link, "links", chunks)
    _trace(place, chunks, count)
    yield from _each(place, engine, "writing quotations", tell, None, chunks)
    if not chunks:  # tables without a row are there too
        with writing_tables(place, "none", TOLD):
            pass
    mark.write_text(json.dumps({"format": FORMAT, "quotations": count}) + "\n")
    for name in ("wordings", "prints", "index", "joined", "links"):
        (place.work / name).drop()


def _each(
    place: Place,
    engine: Engine,
    stage: str,
    work: Callable[[Task], Done],
    folder: str | None,
    names: Sequence[str],
) -> Iterator[Progress]:
    """Do the work of a stage for each name that has no file in the folder yet.

    Args:
        folder: of what is needed on the way; None for the table of quotations.
    """
    files = parquet_in(place.work / folder) if folder else place.files("quotations")
    finished = {file.stem for file in files}
    left = [name for name in names if name not in finished]
    done = len(names) - len(left)
    yield Progress(stage=stage, done=done, total=len(names), counted="parts")
    tasks = ({"out": place.address, "name": name} for name in left)
    for _ in engine.run(work, tasks, held=HELD):
        done += 1
        yield Progress(stage=stage, done=done, total=len(names), counted="parts")


# --- lining up ------------------------------------------------------------------------------------


def link(task: Task) -> Done:
    """Write for each wording of a chunk the earlier one that it is nearest, and the changes."""
    place, start = Place.at(task["out"]), int(task["name"])
    index = fingerprints.opened(place)
    with wordings.opened(place) as held:
        rows = []
        for n in range(start, min(start + CHUNK, len(held))):
            own = held[n]
            near = index.earlier(n, own.row["prints"])[:MAX_CANDIDATES]
            rows.append(nearest(own, ((m, held[m]) for m in near)))
    write(_links(place, task["name"]), pa.Table.from_pylist(rows, _LINKS))
    return {}


def nearest(own: Held, near: Iterable[tuple[int, Held]]) -> Row:
    """Which of the wordings of other articles this one is nearest, as a row of links."""
    best: tuple[tuple[int, int, int], Held, Collation] | None = None
    for m, other in near:
        if other.row["article"] == own.row["article"]:
            continue
        found = collation.collate(other.tokens, own.tokens)
        rank = (-found.matched, len(found.turns), m)
        if found.is_same_quotation and (best is None or rank < best[0]):
            best = rank, other, found
    if best is None:
        return {"of": None, "share": None, "changes": []}
    (*_, m), other, found = best
    changes = [_change(turn, other, own) for turn in found.turns]
    return {"of": m, "share": found.share, "changes": changes}


def _change(turn: Turn, other: Held, own: Held) -> Row:
    there = other.back(turn.a) if turn.a else None
    here = own.back(turn.b) if turn.b else None
    return {
        "kind": turn.kind.value,
        "is_substantive": turn.is_substantive,
        "of_start": there and there.start,
        "of_end": there and there.end,
        "of_words": turn.a and cut(other.text, turn.a).replace("\n", GAP),
        "start": here and here.start,
        "end": here and here.end,
        "words": turn.b and cut(own.text, turn.b).replace("\n", GAP),
    }


def _links(place: Place, name: str) -> File:
    return place.work / "links" / f"{name}.parquet"


# --- tables ---------------------------------------------------------------------------------------


def _trace(place: Place, chunks: Sequence[str], count: int) -> None:
    """Write for each wording the number of the earliest of its quotation."""
    with _first(place).made() as rough:
        first = np.lib.format.open_memmap(rough, "w+", np.int64, (count,))
        at = 0
        for name in chunks:
            for of in _links(place, name).table(columns=["of"])["of"].to_pylist():
                first[at] = at if of is None else first[of]
                at += 1
        first.flush()


def tell(task: Task) -> Done:
    """Write the rows of a chunk of wordings; a quotation is known by its earliest wording."""
    place, name = Place.at(task["out"]), task["name"]
    first = np.load(kept_here(_first(place)), mmap_mode="r")
    rows: dict[str, list[Row]] = {kind: [] for kind in TOLD}
    with wordings.opened(place) as held:
        for n, each in enumerate(_links(place, name).table().to_pylist(), start=int(name)):
            own = held.row(n)
            of = None if each["of"] is None else held.row(each["of"])["attribution"]
            known = {"quotation": held.row(int(first[n]))["attribution"], "of": of}
            rows["quotations"].append(known | _row_of_wording(own, each))
            rows["variants"] += [
                known | {"attribution": own["attribution"]} | change for change in each["changes"]
            ]
    with writing_tables(place, name, TOLD) as writers:
        for kind, writer in writers.items():
            writer.write_table(table(kind, rows[kind]))
    return {}


def _first(place: Place) -> File:
    return place.work / "joined" / "first.npy"


def _row_of_wording(own: Row, linked: Row) -> Row:
    kept = ("attribution", "article", "outlet", "published", "speaker", "pieces")
    return {name: own[name] for name in kept} | {
        "words": GAP.join(own["written"]),
        "changes": len(linked["changes"]),
        "share": linked["share"],
    }
