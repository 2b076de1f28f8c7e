"""Passages of an archive that mean much the same as some words: the nearest by vector.

    vectors ──their signs──▶ a sketch each, 48 bytes ──all compared──▶ the nearest few ──cosine──▶

The sketches lie in a file beside the archive, made from it, and made again when it is lost or does
not fit. What was added since is looked at in the archive itself until it is worth adding.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from retold import spans
from retold.archive import rows, said
from retold.archive.said import Filters
from retold.archive.store import Archive
from retold.comparing.units import VECTOR_SIZE
from retold.types import Attribution, Passage, Reading

WORDS = VECTOR_SIZE // 64
BLOCK = 1 << 14
MAGIC = b"retold-meaning/2"
HEADER = np.dtype(
    [("magic", "S16"), ("blocks", "<i8"), ("rows", "<i8"), ("last", "<i8"), ("state", "S64")]
)
SKETCHES = np.dtype(
    [
        ("count", "<i8"),
        ("article", "<i4", (BLOCK,)),
        ("row", "<i4", (BLOCK,)),
        ("bits", "<u8", (WORDS, BLOCK)),
    ]
)
MOST_UNWRITTEN = 256  # articles that are looked at in the archive before they go into the file
NEAREST = 200  # sketches whose vectors are looked at
LEAST = 0.4  # cosine from which a passage has to do with the words
PAGE = 256
FAR = VECTOR_SIZE + 1  # no two sketches are so far apart

Vector = NDArray[np.int8]


class Encoder(Protocol):
    """What makes a vector of words: the model that reads, of which this package knows no more."""

    name: str

    def vector(self, words: str) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """A passage that is near to some words, `score` its cosine.

    `statement` is the attribution whose words it holds, `chain` the names through whom they came;
    None and empty in the outlet's own voice.
    """

    reading: Reading
    passage: Passage
    statement: Attribution | None
    chain: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The passages that mean much the same as some words, the nearest first.

    `left_out` counts the articles that could not be asked, since another model has read them.
    """

    alike: tuple[Alike, ...]
    left_out: int


def ask(
    archive: Archive,
    words: str,
    encoder: Encoder,
    *,
    filters: Filters | None = None,
    most: int = 20,
) -> Found:
    """The passages nearest in meaning to some words, at most `most`."""
    vector = encoder.vector(words)
    return Found(
        alike=find(archive, vector, model=encoder.name, filters=filters, most=most),
        left_out=left_out(archive, model=encoder.name),
    )


def find(
    archive: Archive,
    vector: bytes,
    *,
    model: str,
    filters: Filters | None = None,
    most: int = 20,
) -> tuple[Alike, ...]:
    """The passages nearest to an int8 vector of a model, the nearest first; of two that share words
    the nearer.

    Articles that another model has read are left out: their vectors are not to be compared.
    """
    filters = filters or Filters()
    asked = np.frombuffer(vector, np.int8)
    readings: dict[int, Reading] = {}
    out: list[Alike] = []
    for score, number, row in _nearest(archive, asked, _allowed(archive, filters)):
        if score < LEAST or len(out) == most:
            break
        if number not in readings:
            readings[number] = archive.reading(_id(archive, number))
        if readings[number].model != model:
            continue
        alike = _alike(readings[number], row, score)
        is_new = not any(_share_words(alike, other) for other in out)
        if is_new and _is_by(alike, filters.forms):
            out.append(alike)
    return tuple(out)


def left_out(archive: Archive, *, model: str) -> int:
    """How many articles `find` cannot ask for this model, since another one has read them."""
    (row,) = archive.database.rows("SELECT count(*) FROM articles WHERE model != ?", (model,))
    return int(row[0])


# --- the nearest ----------------------------------------------------------------------------------


def _nearest(
    archive: Archive, vector: Vector, allowed: NDArray[np.bool_] | None
) -> list[tuple[float, int, int]]:
    """Cosine, article and row of the passages that are nearest by sketch, by cosine downward."""
    asked = _bits(vector[None, :])[:, 0]
    near = np.zeros((3, 0), np.int64)  # distance, article and row of the nearest so far
    bound = FAR
    for block in _sketched(archive):
        count = int(block["count"])
        articles = block["article"][:count]
        distance = np.zeros(count, np.uint16)
        for word in range(WORDS):
            distance += np.bitwise_count(block["bits"][word, :count] ^ asked[word])
        if allowed is not None:
            distance[~allowed[articles]] = FAR
        few = np.flatnonzero(distance < bound)
        found = np.stack([distance[few], articles[few], block["row"][few]]).astype(np.int64)
        near = np.concatenate([near, found], axis=1)
        near = near[:, np.argsort(near[0], kind="stable")[:NEAREST]]
        if near.shape[1] == NEAREST:
            bound = int(near[0, -1])
    return _by_cosine(archive, vector, {(int(a), int(r)) for _, a, r in near.T})


def _by_cosine(
    archive: Archive, vector: Vector, near: Collection[tuple[int, int]]
) -> list[tuple[float, int, int]]:
    held = dict(_vectors(archive, sorted({number for number, _ in near})))
    found = [
        (_cosine(held[number][row], vector), number, row)
        for number, row in near
        if number in held and row < len(held[number])
    ]
    return sorted(found, key=lambda each: (-each[0], each))


def _cosine(a: Vector, b: Vector) -> float:
    x, y = a.astype(np.float32), b.astype(np.float32)
    return float(x @ y / max(1e-6, float(np.linalg.norm(x) * np.linalg.norm(y))))


def _bits(vectors: Vector) -> NDArray[np.uint64]:
    """The signs of vectors, a column each."""
    packed = np.packbits(vectors > 0, axis=1)
    return np.ascontiguousarray(packed.view("<u8").T)


# --- what is held ---------------------------------------------------------------------------------


def _allowed(archive: Archive, filters: Filters) -> NDArray[np.bool_] | None:
    """By number of article, whether the filters leave it; None if they leave all."""
    if filters == Filters():
        return None
    where, values = said.conditions(archive, filters)
    joined = "JOIN statements st ON st.article = a.number" if filters.forms is not None else ""
    sql = f"SELECT DISTINCT a.number FROM articles a {joined} WHERE {' AND '.join(where)}"  # noqa: S608
    out = np.zeros(1 + int(archive.database.value("SELECT max(number) FROM articles") or 0), bool)
    out[[row[0] for row in archive.database.rows(sql, values)]] = True
    return out


def _id(archive: Archive, number: int) -> str:
    return str(archive.database.value("SELECT id FROM articles WHERE number = ?", (number,)))


def _vectors(archive: Archive, numbers: Sequence[int]) -> Iterator[tuple[int, Vector]]:
    """The vectors of articles, a row a passage."""
    for number in numbers:
        packed = archive.database.value("SELECT packed FROM vectors WHERE article = ?", (number,))
        if packed is not None:
            held = np.frombuffer(rows.unpack_vectors(packed), np.int8)
            yield number, held.reshape(-1, VECTOR_SIZE)


def _alike(reading: Reading, row: int, score: float) -> Alike:
    passage = reading.passages[row]
    names = {speaker.id: speaker.name for speaker in reading.speakers}
    by_id = {attribution.id: attribution for attribution in reading.attributions}
    statement = by_id.get(passage.attribution_id or "")
    return Alike(
        reading=reading,
        passage=passage,
        statement=statement,
        chain=tuple(names[hop.speaker_id] for hop in statement.chain) if statement else (),
        score=round(score, 4),
    )


def _share_words(one: Alike, other: Alike) -> bool:
    return one.reading.article.id == other.reading.article.id and spans.overlaps(
        one.passage.span, other.passage.span
    )


def _is_by(alike: Alike, forms: Sequence[str] | None) -> bool:
    return forms is None or bool(alike.chain and rows.folded(alike.chain[-1]) in forms)


# --- the file of sketches -------------------------------------------------------------------------


def _sketched(archive: Archive) -> Iterator[Any]:
    """All sketches in blocks, those of the file first, then what was added since."""
    last = 0
    file = archive.database.sketches
    if file is not None and (header := _kept(archive, file)) is not None:
        last = int(header["last"])
        yield from _blocks(file, header)
    for block, _ in _made(archive, last):
        yield block


def _kept(archive: Archive, file: Path) -> Any:
    """The header of the file, which is brought up to date where it lacks many articles or does not
    fit; None where it cannot be, and all is looked at in the archive."""
    header = _header(archive, file)
    newest = int(archive.database.value("SELECT max(number) FROM articles") or 0)
    if header is None or newest - int(header["last"]) > MOST_UNWRITTEN:
        with suppress(OSError):
            _write(archive, file, header)
            header = _header(archive, file)
    return header if header is not None and header["blocks"] else None


def _header(archive: Archive, file: Path) -> Any:
    """What the file says of itself; None where that is not so."""
    try:
        (header,) = np.fromfile(file, HEADER, 1)
        if header["magic"] != MAGIC:
            return None
        # two processes that add to it at once may write over each other's last block
        is_whole = int(_blocks(file, header)["count"].sum()) == header["rows"]
    except (OSError, ValueError):
        return None
    return header if is_whole and header["state"] == _state(archive, int(header["last"])) else None


def _blocks(file: Path, header: Any) -> Any:
    """The blocks of the file, read as they are looked at; an empty one cannot be mapped."""
    if not header["blocks"]:
        return np.zeros(0, SKETCHES)
    return np.memmap(file, SKETCHES, "r", HEADER.itemsize, int(header["blocks"]))


def _state(archive: Archive, last: int) -> bytes:
    """What tells that the articles up to a number are those that were sketched."""
    # the plus keeps to an index of days: the table itself would be read whole
    ((count, total),) = archive.database.rows(
        "SELECT count(*), coalesce(sum(number), 0) FROM articles WHERE +number <= ?", (last,)
    )
    id = archive.database.value("SELECT id FROM articles WHERE number = ?", (last,))
    return f"{count} {total} {id}".encode()


def _write(archive: Archive, file: Path, header: Any) -> None:
    """Add to the file what was added to the archive, or make it anew where it has no header.

    The header is written last, so that a run that is broken off has done nothing. A new file takes
    the place of the old one when it is whole, for others may be reading that.
    """
    if header is not None:
        with file.open("r+b") as out:
            _add(archive, out, header)
        return
    new = file.with_name(f"{file.name}.{uuid.uuid4().hex}")
    try:
        with new.open("xb") as out:
            _add(archive, out, np.zeros((), HEADER))
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)


def _add(archive: Archive, out: IO[bytes], header: Any) -> None:
    blocks, count, last = (int(header[name]) for name in ("blocks", "rows", "last"))
    out.seek(HEADER.itemsize + blocks * SKETCHES.itemsize)
    for block, upto in _made(archive, last):
        out.write(block.tobytes())
        blocks, count, last = blocks + 1, count + int(block["count"]), upto
    out.flush()
    out.seek(0)
    out.write(np.array([(MAGIC, blocks, count, last, _state(archive, last))], HEADER).tobytes())


def _made(archive: Archive, after: int) -> Iterator[tuple[Any, int]]:
    """Blocks of sketches of the articles after a number, each with the last article that is whole
    in it or before it."""
    block, count, last = np.zeros((), SKETCHES), 0, after
    for number, vectors in _all_vectors(archive, after):
        bits, done = _bits(vectors), 0
        while done < len(vectors):
            taken = min(BLOCK - count, len(vectors) - done)
            block["article"][count : count + taken] = number
            block["row"][count : count + taken] = np.arange(done, done + taken)
            block["bits"][:, count : count + taken] = bits[:, done : done + taken]
            count, done = count + taken, done + taken
            block["count"] = count
            if count == BLOCK:
                yield block, number if done == len(vectors) else last
                block, count = np.zeros((), SKETCHES), 0
        last = number
    if count:
        yield block, last


def _all_vectors(archive: Archive, after: int) -> Iterator[tuple[int, Vector]]:
    sql = "SELECT article FROM vectors WHERE article > ? ORDER BY article LIMIT ?"
    while numbers := [row[0] for row in archive.database.rows(sql, (after, PAGE))]:
        yield from _vectors(archive, numbers)
        after = numbers[-1]
