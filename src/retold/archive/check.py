"""Whether an archive is whole: every span holds its text, every id resolves, the indexes agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from retold.archive import corrections, rows, sketches, vectors
from retold.archive.database import Database
from retold.archive.store import Archive
from retold.comparing.units import VECTOR_SIZE
from retold.errors import RetoldError
from retold.types import Attribution, Reading, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong, and in which article, if it is in one."""

    article_id: str | None
    message: str


def check(archive: Archive) -> Iterator[Fault]:
    """Every fault there is, of the file first, then article by article; none is the answer hoped
    for."""
    for message in archive.database.faults():
        yield Fault(article_id=None, message=message)
    if not _are_counted(archive.database):
        yield Fault(article_id=None, message="the list of names is not that of the speakers")
    for about, message in sketches.faults(archive.database):
        yield Fault(article_id=about, message=message)
    for about, message in corrections.faults(archive):
        yield Fault(article_id=about, message=message)
    for (id,) in archive.database.rows("SELECT id FROM articles ORDER BY number"):
        try:
            reading = archive.reading(id)
        except RetoldError as error:
            yield Fault(article_id=id, message=error.message)
            continue
        messages = (
            *_of_reading(reading),
            *_of_rows(archive, reading),
            *_of_parts(archive, reading),
        )
        yield from (Fault(article_id=id, message=message) for message in messages)


def _are_counted(database: Database) -> bool:
    """True if the names are those of the speakers, each counted."""
    counted = "SELECT name, kind, count(*) FROM speakers GROUP BY name, kind"
    listed = "SELECT name, kind, speakers FROM names"
    return not any(
        database.value(f"SELECT count(*) FROM ({one} EXCEPT {other}) odd")  # noqa: S608 ours
        for one, other in ((counted, listed), (listed, counted))
    )


# --- a reading ------------------------------------------------------------------------------------


def _of_reading(reading: Reading) -> Iterator[str]:
    end = len(reading.article.text)
    for span in _spans(reading):
        if span.end > end:
            yield f"the span {span.start}–{span.end} lies beyond the text's {end} characters"
    speakers = {speaker.id for speaker in reading.speakers}
    said = {attribution.id for attribution in reading.attributions}
    for attribution in reading.attributions:
        named = {hop.speaker_id for hop in attribution.chain} | {attribution.speaker_id} - {None}
        for id in sorted(str(one) for one in named - speakers):
            yield f"{attribution.id} is said by {id}, who is no speaker of it"
        if attribution.parent is not None and attribution.parent not in said:
            yield f"{attribution.id} stands in {attribution.parent}, which is not there"
    for passage in reading.passages:
        if passage.attribution_id is not None and passage.attribution_id not in said:
            yield f"{passage.id} holds {passage.attribution_id}, which is not there"
    if reading.passages and (not reading.vectors or len(reading.vectors) % len(reading.passages)):
        yield f"{len(reading.vectors)} bytes of vectors for {len(reading.passages)} passages"


def _spans(reading: Reading) -> Iterator[Span]:
    for attribution in reading.attributions:
        yield from _spans_of(attribution)
    for speaker in reading.speakers:
        yield from (place.span for place in (*speaker.mentions, *speaker.roles))
    yield from (mention.span for mention in reading.mentions)
    yield from (time.span for time in reading.times)
    yield from (passage.span for passage in reading.passages)


def _spans_of(attribution: Attribution) -> Iterator[Span]:
    yield from (*attribution.source, *attribution.cue, *attribution.content)
    yield from (hop.span for hop in attribution.chain if hop.span)
    yield from (span for span in (attribution.addressee, attribution.venue) if span)
    if attribution.said:
        yield attribution.said.span


def _of_parts(archive: Archive, reading: Reading) -> Iterator[str]:
    """Some of its vectors are had as all of them are."""
    id, count = reading.article.id, len(reading.vectors) // VECTOR_SIZE
    number = archive.database.value("SELECT number FROM articles WHERE id = ?", (id,))
    _, found = vectors.chosen(archive.database, {number: range(count)})
    if found.tobytes() != reading.vectors[: count * VECTOR_SIZE]:
        yield "the parts of its vectors do not begin where they should"


# --- its rows -------------------------------------------------------------------------------------


def _of_rows(archive: Archive, reading: Reading) -> Iterator[str]:
    """The columns say what the reading says."""
    text, ask = reading.article.text, archive.database.rows
    number = archive.database.value(
        "SELECT number FROM articles WHERE id = ?", (reading.article.id,)
    )
    speakers = ask(
        "SELECT number, article, id, name, folded, kind, published FROM speakers"
        " WHERE article = ? ORDER BY number",
        (number,),
    )
    if [tuple(row)[1:] for row in speakers] != [
        rows.speaker(speaker, number, reading.article) for speaker in reading.speakers
    ]:
        yield "the rows of its speakers are not those of the reading"
        return
    numbers = {row["id"]: row["number"] for row in speakers}
    statements = ask(
        'SELECT number, article, id, start, "end", content, quotation, act, speaker, said, score'
        " FROM statements WHERE article = ? ORDER BY number",
        (number,),
    )
    said = reading.attributions
    if [tuple(row)[1:] for row in statements] != [
        rows.statement(text, one, number, numbers) for one in said
    ]:
        yield "the rows of its statements are not those of the reading"
        return
    chains = ask(
        "SELECT c.* FROM chains c JOIN statements s ON s.number = c.statement"
        " WHERE s.article = ? ORDER BY c.statement, c.place",
        (number,),
    )
    hops = (
        rows.chain(one, row["number"], numbers) for one, row in zip(said, statements, strict=True)
    )
    if [tuple(row) for row in chains] != list(chain.from_iterable(hops)):
        yield "the chains of its statements are not those of the reading"
