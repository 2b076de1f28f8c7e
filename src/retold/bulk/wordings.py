"""The wordings of all quotations of a corpus by number, the earliest first, and their fingerprints.

Of the runs of three words of a wording some are kept by a rule that keeps the same ones wherever
they stand, so that two wordings with five words in a row in common share one (winnowing; Schleimer
et al. 2003).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from retold.bulk import stored
from retold.bulk.engine import Done, Task
from retold.bulk.files import File, kept_here
from retold.bulk.place import Place, rows_of, write, writing
from retold.bulk.schema import TABLES, Row
from retold.comparing import quoted, variants
from retold.comparing.quoted import Token
from retold.comparing.variants import SHINGLE_WORDS
from retold.spans import cut
from retold.types import Reading, Span

WINDOW = 3  # runs, of which one is kept: of five words in a row in common one run is
BATCH = 2000  # wordings that are written at once
PRINTED = 16_000  # fingerprints of a row group: what is looked through for a few of them

_SPANS = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())]))
WORDINGS = pa.schema(
    [
        *(TABLES["quotations"].field(name) for name in ("attribution", "article", "outlet")),
        *(TABLES["quotations"].field(name) for name in ("published", "speaker", "pieces")),
        ("written", pa.list_(pa.string())),
        ("prints", pa.list_(pa.uint64())),
    ]
)
PRINTS = pa.schema([("print", pa.uint64()), ("number", pa.int64())])


@dataclass(frozen=True, slots=True)
class Held:
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


class Wordings:
    """The stored wordings by number, each looked up when it is asked for."""

    def __init__(self, file: pa.ipc.RecordBatchFileReader) -> None:
        self._batches = [file.get_batch(n) for n in range(file.num_record_batches)]
        self._ends = np.cumsum([len(batch) for batch in self._batches])

    def __len__(self) -> int:
        return int(self._ends[-1]) if len(self._ends) else 0

    def row(self, n: int) -> Row:
        at = int(np.searchsorted(self._ends, n, side="right"))
        batch = self._batches[at]
        (row,) = batch.slice(n - int(self._ends[at]) + len(batch), 1).to_pylist()
        found: Row = row
        return found

    def __getitem__(self, n: int) -> Held:
        return held(self.row(n))


def held(row: Row) -> Held:
    """A stored row as a wording."""
    places, at = [], 0
    for piece, written in zip(row["pieces"], row["written"], strict=True):
        places.append((Span(at, at + len(written)), piece["start"]))
        at += len(written) + 1
    text = "\n".join(row["written"])
    tokens = quoted.tokenise(text, [piece for piece, _ in places])
    return Held(row, text, tuple(places), tokens)


@contextmanager
def opened(place: Place) -> Iterator[Wordings]:
    """All wordings, as `join` wrote them; what is not asked for stays on the disk."""
    with pa.memory_map(str(kept_here(_all(place)))) as source:
        yield Wordings(pa.ipc.open_file(source))


def part(place: Place, name: str) -> File:
    """The wordings of a partition."""
    return place.work / "wordings" / f"{name}.parquet"


def prints(place: Place, name: str) -> File:
    """The fingerprints of a partition in their order, each with its wording's number there."""
    return place.work / "prints" / f"{name}.parquet"


def gather(task: Task) -> Done:
    """Write the fingerprints of one partition and its wordings, the earliest first; the wordings
    mark that both are there."""
    place, name = Place.at(task["out"]), task["name"]
    keys, numbers = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
    count = 0
    with writing(part(place, name), WORDINGS) as writer:
        rows: list[Row] = []
        for reading in stored.readings(place, name):
            for row in rows_of_reading(reading):
                keys.append(np.array(row["prints"], np.uint64))
                numbers.append(np.full(len(row["prints"]), count))
                rows.append(row)
                count += 1
            if len(rows) >= BATCH:
                writer.write_table(pa.Table.from_pylist(rows, WORDINGS))
                rows = []
        writer.write_table(pa.Table.from_pylist(rows, WORDINGS))
        every, number = np.concatenate(keys), np.concatenate(numbers)
        order = np.argsort(every, kind="stable")
        with writing(prints(place, name), PRINTS) as printed:
            told = pa.table([every[order], number[order]], schema=PRINTS)
            printed.write_table(told, row_group_size=PRINTED)
    return {}


def rows_of_reading(reading: Reading) -> list[Row]:
    """The wordings of one article, in their order."""
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
            "prints": fingerprints(wording.tokens),
        }
        for wording in sorted(variants.of(reading), key=lambda each: each.rank)
    ]


def fingerprints(tokens: Sequence[Token]) -> list[int]:
    """The fingerprints of a wording, in the order of their numbers."""
    size = min(SHINGLE_WORDS, len(tokens))
    runs = [tokens[at : at + size] for at in range(len(tokens) - size + 1)]
    hashes = [_hash(run) for run in runs if any(token.is_content for token in run)]
    windows = range(max(1, len(hashes) - WINDOW + 1)) if hashes else ()
    return sorted({min(hashes[at : at + WINDOW]) for at in windows})


def _hash(run: Sequence[Token]) -> int:
    words = " ".join(token.form for token in run).encode()
    return int.from_bytes(hashlib.blake2b(words, digest_size=8).digest(), "big")


def number(place: Place, parts: Sequence[str]) -> int:
    """Write the number of the first wording of each partition; how many wordings there are."""
    sizes = [rows_of(part(place, name)) for name in parts]
    starts = np.cumsum([0, *sizes])
    told = pa.table({"name": list(parts), "start": starts[:-1]})
    write(place.work / "joined" / "starts.parquet", told)
    return int(starts[-1])


def starts(place: Place) -> dict[str, int]:
    """The number of the first wording of each partition, by name."""
    told = (place.work / "joined" / "starts.parquet").table().to_pydict()
    return dict(zip(told["name"], told["start"], strict=True))


def join(place: Place, parts: Sequence[str]) -> None:
    """Write all wordings as one file that any worker can look into, if it is not there."""
    if _all(place).is_file():
        return
    with (
        _all(place).made() as rough,
        pa.OSFile(str(rough), "wb") as sink,
        pa.ipc.new_file(sink, WORDINGS) as writer,
    ):
        for name in parts:
            with part(place, name).parquet() as source:
                for batch in source.iter_batches(batch_size=BATCH):
                    writer.write_batch(batch)


def _all(place: Place) -> File:
    return place.work / "joined" / "all.arrow"
