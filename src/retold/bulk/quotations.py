"""Every quotation of a corpus with all its wordings, each with the earlier one that it is nearest.

wordings ──fingerprints──▶ which earlier ones to line it up with ──collation──▶ nearest, changes

Of the runs of three words of a wording some are kept by a rule that keeps the same ones wherever
they stand, so that two wordings with five words in a row in common share one (winnowing; Schleimer
et al. 2003). A wording is lined up with the first few that share one: no run of words, however
common, makes the work grow with its square.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from retold.bulk.engine import Engine, Task
from retold.bulk.place import Place, write, writing, writing_tables
from retold.bulk.progress import Progress
from retold.bulk.rows import readings_of
from retold.bulk.schema import GAP, TABLES, Row, table
from retold.comparing import collation, quoted, variants
from retold.comparing.changes import Turn
from retold.comparing.collation import Collation
from retold.comparing.quoted import Token
from retold.comparing.variants import MAX_CANDIDATES, SHINGLE_WORDS
from retold.spans import cut
from retold.types import Reading, Span

WINDOW = 3  # runs, of which one is kept: of five words in a row in common one run is
FIRST = 6  # wordings with a fingerprint, the earliest, that others are lined up with
CHUNK = 2000  # wordings that one task lines up
PARTS = ("articles", "attributions", "speakers", "times", "passages")

_SPANS = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())]))
_WORDINGS = pa.schema(
    [
        *(TABLES["quotations"].field(name) for name in ("attribution", "article", "outlet")),
        *(TABLES["quotations"].field(name) for name in ("published", "speaker", "pieces")),
        ("written", pa.list_(pa.string())),
        ("prints", pa.list_(pa.uint64())),
    ]
)
_LINKS = pa.schema(
    [
        ("of", pa.int64()),
        ("share", pa.float64()),
        ("changes", pa.list_(pa.struct(list(TABLES["variants"])[3:]))),
    ]
)


@dataclass(frozen=True, slots=True)
class _Held:
    """A wording as it is stored: its pieces one after the other as a text of their own."""

    row: Row
    text: str
    places: tuple[tuple[Span, int], ...]  # each piece in `text`, and where it starts in the article
    tokens: tuple[Token, ...]

    def back(self, span: Span) -> Span:
        """The span of the article that a span of `text` stands for."""
        return Span(self._at(span.start), self._at(span.end - 1) + 1)

    def _at(self, here: int) -> int:
        piece, start = next((p, s) for p, s in reversed(self.places) if p.start <= here)
        return start + here - piece.start


def compare(place: Place, *, engine: Engine) -> Iterator[Progress]:
    """Write the tables `quotations` and `variants`."""
    if place.files("quotations"):
        return
    parts = [file.stem for file in place.files("articles")]
    left = [name for name in parts if not _part(place, "wordings", name).is_file()]
    yield from _steps("collecting quotations", "partitions", engine, gather, place, parts, left)
    count = _joined(place, parts)
    chunks = [f"{at:012}" for at in range(0, count, CHUNK)]
    left = [name for name in chunks if not _part(place, "links", name).is_file()]
    yield from _steps("lining quotations up", "chunks", engine, link, place, chunks, left)
    _settle(place, chunks)
    for name in ("wordings", "links"):
        place.forget(name)


def _steps(
    stage: str, counted: str, engine: Engine, work: Any, place: Place,
    names: Sequence[str], left: Sequence[str],
) -> Iterator[Progress]:  # fmt: skip
    done = len(names) - len(left)
    yield Progress(stage=stage, done=done, total=len(names), counted=counted)
    for _ in engine.run(work, [{"out": str(place.folder), "name": name} for name in left]):
        done += 1
        yield Progress(stage=stage, done=done, total=len(names), counted=counted)


# --- wordings -------------------------------------------------------------------------------------


def gather(task: Task) -> dict[str, Any]:
    """Write the wordings of one partition, the earliest first."""
    place, name = Place(Path(task["out"])), task["name"]
    with writing(_part(place, "wordings", name), _WORDINGS) as writer:
        files = {part: pq.ParquetFile(place.file(part, name)) for part in PARTS}
        for group in range(files["articles"].num_row_groups):
            readings = readings_of({p: file.read_row_group(group) for p, file in files.items()})
            rows = [row for reading in readings for row in _rows(reading)]
            writer.write_table(pa.Table.from_pylist(rows, _WORDINGS))
    return {}


def _rows(reading: Reading) -> list[Row]:
    names = {speaker.id: speaker.name for speaker in reading.speakers}
    by = {a.id: names.get(a.speaker_id or "") for a in reading.attributions}
    return [
        {
            "attribution": wording.witness.attribution_id,
            "article": reading.article.id,
            "outlet": reading.article.outlet,
            "published": reading.article.published,
            "speaker": by[wording.witness.attribution_id],
            "pieces": [{"start": p.start, "end": p.end} for p in wording.witness.pieces],
            "written": [cut(reading.article.text, p) for p in wording.witness.pieces],
            "prints": _prints(wording.tokens),
        }
        for wording in sorted(variants.of(reading), key=lambda each: each.rank)
    ]


def _prints(tokens: Sequence[Token]) -> list[int]:
    """The fingerprints of a wording, in the order of their numbers."""
    size = min(SHINGLE_WORDS, len(tokens))
    runs = [tokens[at : at + size] for at in range(len(tokens) - size + 1)]
    hashes = [_hash(run) for run in runs if any(token.is_content for token in run)]
    width = min(WINDOW, len(hashes))
    return sorted({min(hashes[at : at + width]) for at in range(len(hashes) - width + 1)})


def _hash(run: Sequence[Token]) -> int:
    words = " ".join(token.form for token in run).encode()
    return int.from_bytes(hashlib.blake2b(words, digest_size=8).digest(), "big")


def _joined(place: Place, parts: Sequence[str]) -> int:
    """All wordings as one file that any worker can look into, and which has which fingerprint.

    Returns how many they are; the earliest is the first.
    """
    count = 0
    prints, numbers = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
    rough = place.work / "wordings" / "all.rough"
    with pa.OSFile(str(rough), "wb") as sink, pa.ipc.new_file(sink, _WORDINGS) as writer:
        for name in parts:
            held = pq.read_table(_part(place, "wordings", name)).combine_chunks()
            if not len(held):
                continue
            for batch in held.to_batches(max_chunksize=CHUNK):
                column = batch["prints"]
                writer.write_batch(batch)
                prints.append(column.flatten().to_numpy())
                sizes = column.value_lengths().to_numpy()
                numbers.append(np.repeat(np.arange(count, count + len(batch)), sizes))
                count += len(batch)
    rough.replace(place.work / "wordings" / "all.arrow")
    every, number = np.concatenate(prints), np.concatenate(numbers)
    order = np.argsort(every, kind="stable")
    np.save(place.work / "wordings" / "prints.npy", every[order])
    np.save(place.work / "wordings" / "numbers.npy", number[order])
    return count


def _part(place: Place, kind: str, name: str) -> Path:
    return place.work / kind / f"{name}.parquet"


# --- lining up ------------------------------------------------------------------------------------


def link(task: Task) -> dict[str, Any]:
    """Write for each wording of a chunk the earlier one that it is nearest, and the changes."""
    place, start = Place(Path(task["out"])), int(task["name"])
    folder = place.work / "wordings"
    prints = np.load(folder / "prints.npy", mmap_mode="r")
    numbers = np.load(folder / "numbers.npy", mmap_mode="r")
    with pa.memory_map(str(folder / "all.arrow")) as source:
        wordings = _Wordings(pa.ipc.open_file(source))
        end = min(start + CHUNK, len(wordings))
        rows = []
        for n in range(start, end):
            own = wordings[n]
            near = _candidates(n, own.row["prints"], prints, numbers)
            rows.append(_nearest(own, [(m, wordings[m]) for m in near]))
    write(_part(place, "links", task["name"]), pa.Table.from_pylist(rows, _LINKS))
    return {}


class _Wordings:
    """The stored wordings by number, each looked up when it is asked for."""

    def __init__(self, file: pa.ipc.RecordBatchFileReader) -> None:
        self._batches = [file.get_batch(n) for n in range(file.num_record_batches)]
        self._ends = np.cumsum([len(batch) for batch in self._batches])

    def __len__(self) -> int:
        return int(self._ends[-1]) if len(self._ends) else 0

    def __getitem__(self, n: int) -> _Held:
        at = int(np.searchsorted(self._ends, n, side="right"))
        batch = self._batches[at]
        (row,) = batch.slice(n - int(self._ends[at]) + len(batch), 1).to_pylist()
        return _held(row)


def _held(row: Row) -> _Held:
    places, at = [], 0
    for piece, written in zip(row["pieces"], row["written"], strict=True):
        places.append((Span(at, at + len(written)), piece["start"]))
        at += len(written) + 1
    text = "\n".join(row["written"])
    tokens = quoted.tokenise(text, [piece for piece, _ in places])
    return _Held(row, text, tuple(places), tokens)


def _candidates(
    n: int, own: Sequence[int], prints: NDArray[np.uint64], numbers: NDArray[np.int64]
) -> list[int]:
    """Earlier wordings that share fingerprints, those that share most first."""
    shared: Counter[int] = Counter()
    keys = np.array(own, np.uint64)
    for start, key in zip(np.searchsorted(prints, keys).tolist(), keys, strict=True):
        few = slice(start, start + FIRST)
        shared.update(m for m in numbers[few][prints[few] == key].tolist() if m < n)
    ranked = sorted(shared.items(), key=lambda item: (-item[1], item[0]))
    return [m for m, _ in ranked[:MAX_CANDIDATES]]


def _nearest(own: _Held, near: Sequence[tuple[int, _Held]]) -> Row:
    best: tuple[tuple[int, int, int], _Held, Collation] | None = None
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


def _change(turn: Turn, other: _Held, own: _Held) -> Row:
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


# --- tables ---------------------------------------------------------------------------------------


def _settle(place: Place, chunks: Sequence[str]) -> None:
    """Write the tables from what was lined up; a quotation is known by its earliest wording."""
    first: list[int] = []
    with (
        pa.memory_map(str(place.work / "wordings" / "all.arrow")) as source,
        writing_tables(place, "all", ("quotations", "variants")) as writers,
    ):
        file = pa.ipc.open_file(source)
        wordings = _Wordings(file)
        for name in chunks:
            rows: dict[str, list[Row]] = {"quotations": [], "variants": []}
            for each in pq.read_table(_part(place, "links", name)).to_pylist():
                n = len(first)
                first.append(n if each["of"] is None else first[each["of"]])
                own = wordings[n].row
                of = None if each["of"] is None else wordings[each["of"]].row["attribution"]
                known = {"quotation": wordings[first[n]].row["attribution"], "of": of}
                rows["quotations"].append(known | _row_of_wording(own, each))
                rows["variants"] += [
                    known | {"attribution": own["attribution"]} | change
                    for change in each["changes"]
                ]
            for kind, writer in writers.items():
                writer.write_table(table(kind, rows[kind]))


def _row_of_wording(own: Row, linked: Row) -> Row:
    kept = ("attribution", "article", "outlet", "published", "speaker", "pieces")
    return {name: own[name] for name in kept} | {
        "words": GAP.join(own["written"]),
        "changes": len(linked["changes"]),
        "share": linked["share"],
    }
