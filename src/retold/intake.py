"""From sources into an archive: load, read, keep. The one place where compute and keep meet.

    sources ──contents──▶ make and read, in processes ──▶ keep, in batches ──▶ what became of each

What is held already is not read again, so a run that was broken off is completed by another. What
was reported as kept is on the disk.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from retold import pipeline, sources
from retold.archive import sketches
from retold.archive.database import Place
from retold.archive.store import Archive, Kept
from retold.errors import ModelError, RetoldError, StoreError
from retold.sources.contents import Content, Note
from retold.sources.metadata import Fields, Metadata
from retold.types import Article, Failure, Reading

if TYPE_CHECKING:
    from retold.reading.encoder import Encoder

BATCH = 32  # articles in a transaction: what a kill costs at most, and half a second of the index
AHEAD = 4  # articles that wait for each process, so that none waits for the disk
FEW = 8  # fewer articles are read here sooner than two processes have loaded the model


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to add: what the articles may not say of themselves, the model folder if not the one that
    ships with retold, and in how many processes to read."""

    known: Metadata = field(default_factory=Metadata)
    fields: Fields | None = None
    get: sources.Get | None = None
    model: Path | None = None
    jobs: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An article that the archive holds now, and `before`, the version of it that it held last."""

    article: Article
    kept: Kept
    before: Article | None = None


Outcome = Taken | Failure | Note


def add(
    archive: Archive, given: Iterable[str | Path], *, settings: Settings | None = None
) -> Iterator[Outcome]:
    """What becomes of every article in the sources, in their order, once it is on the disk.

    Failures are remembered in the archive with the source that was given, until they succeed.

    Raises:
        StoreError: the archive cannot be written; what was reported before is kept.
    """
    settings = settings or Settings()
    found = _found(given, settings)
    with _reading(archive, found, settings) as results:
        while batch := list(islice(results, BATCH)):
            yield from _kept(archive, batch)
            sketches.keep_up(archive.database)


# --- finding --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _End:
    """A source has been gone through; what failed in it before `since` fails no more."""

    since: dt.datetime


_Read = Article | Reading | Failure
_Found = tuple[str, Content | Failure | Note | _End]
_Result = tuple[str, _Read | Note | _End]


def _found(given: Iterable[str | Path], settings: Settings) -> Iterator[_Found]:
    for source in given:
        since, name = dt.datetime.now(dt.UTC), _name(source)
        for found in sources.contents(source, fields=settings.fields, get=settings.get):
            yield name, found
        yield name, _End(since)


def _name(source: str | Path) -> str:
    """A name under which the source is found again from any folder."""
    if str(source) == sources.STDIN or "://" in str(source):
        return str(source)
    return str(Path(source).resolve())


# --- reading --------------------------------------------------------------------------------------


class Reader:
    """Makes articles and reads those that an archive does not hold; loads the model when one must
    be read. It belongs to one process."""

    def __init__(
        self, archive: Archive, *, known: Metadata, model: Path | None, threads: int = 0
    ) -> None:
        self._archive, self._known = archive, known
        self._model, self._threads = model, threads
        self._encoder: Encoder | None = None

    def read(self, content: Content) -> _Read:
        """The reading of an article, or the article alone if it is held, or why there is none."""
        try:
            made = sources.make(content, self._known)
            if isinstance(made, Failure) or self._archive.status(made) is Kept.SAME:
                return made
            return pipeline.read(made, encoder=self._loaded())
        except (ModelError, StoreError):
            raise  # not the article's fault
        except RetoldError as error:
            return Failure(source=content.name, message=error.message, hint=error.hint)
        except Exception as error:
            return Failure(
                source=content.name,
                message=f"retold itself failed ({type(error).__name__}: {error}).",
                hint="This is a bug; the other articles are not touched by it.",
            )

    def _loaded(self) -> Encoder:
        if self._encoder is None:
            from retold.reading.encoder import DEFAULT, MODELS, Encoder

            self._encoder = Encoder(self._model or MODELS / DEFAULT, threads=self._threads)
        return self._encoder


@contextmanager
def _reading(
    archive: Archive, found: Iterator[_Found], settings: Settings
) -> Iterator[Iterator[_Result]]:
    """What was found, read, in the same order; by processes if there is much of it."""
    first = list(islice(found, FEW))
    found = chain(first, found)
    if settings.jobs == 1 or len(first) < FEW:
        reader = Reader(archive, known=settings.known, model=settings.model)
        yield _one_by_one(found, reader)
        return
    # spawned, for a fork would hold the locks of threads that it does not have
    processes = ProcessPoolExecutor(
        settings.jobs,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(archive.place, settings.known, settings.model),
    )
    try:
        yield _side_by_side(found, processes, settings.jobs * AHEAD)
    except BrokenProcessPool as error:
        raise RetoldError(
            "a process that reads ended before its time; the memory may not have sufficed.",
            hint="What was kept is safe. Run it again, with --jobs 1.",
        ) from error
    finally:
        processes.shutdown(cancel_futures=True)


def _one_by_one(found: Iterator[_Found], reader: Reader) -> Iterator[_Result]:
    for name, each in found:
        yield name, reader.read(each) if isinstance(each, Content) else each


def _side_by_side(
    found: Iterator[_Found], processes: ProcessPoolExecutor, ahead: int
) -> Iterator[_Result]:
    waiting: deque[tuple[str, Future[_Read] | Failure | Note | _End]] = deque()
    for name, each in found:
        submitted = processes.submit(_read, each) if isinstance(each, Content) else each
        waiting.append((name, submitted))
        if len(waiting) > ahead:
            yield _awaited(*waiting.popleft())
    yield from (_awaited(*each) for each in waiting)


def _awaited(name: str, each: Future[_Read] | Failure | Note | _End) -> _Result:
    return name, each.result() if isinstance(each, Future) else each


# --- in a process of its own ----------------------------------------------------------------------

_readers: list[Reader] = []  # the one of this process, once it has begun


def _begin(place: Place, known: Metadata, model: Path | None) -> None:
    """Make this process ready to read; it ends with its parent, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    threading.Thread(target=_end_with_parent, daemon=True).start()
    archive = Archive.open(place, create=False)
    _readers.append(Reader(archive, known=known, model=model, threads=1))


def _read(content: Content) -> _Read:
    return _readers[0].read(content)


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
    os._exit(1)  # a killed parent closes no queue, and a process that waits on one waits for ever


# --- keeping --------------------------------------------------------------------------------------


def _kept(archive: Archive, batch: Sequence[_Result]) -> list[Outcome]:
    """A batch kept in one transaction."""
    out: list[Outcome] = []
    with archive.writing():
        for given, result in batch:
            match result:
                case Reading():
                    out.append(_taken(archive, result, given))
                case Article():
                    out.append(Taken(article=result, kept=Kept.SAME))
                case Failure():
                    archive.note_failure(result, given=given)
                    out.append(result)
                case Note():
                    out.append(result)
                case _End():
                    archive.settle(given, since=result.since)
    return out


def _taken(archive: Archive, reading: Reading, given: str) -> Taken | Failure:
    try:
        return taken(archive, reading)
    except UnicodeEncodeError:  # raised before anything of the reading is written
        failure = Failure(
            source=reading.article.path or given,
            message="its name is not written in UTF-8, and an archive cannot hold it.",
            hint="Rename the file.",
        )
        archive.note_failure(failure, given=given)
        return failure


def taken(archive: Archive, reading: Reading) -> Taken:
    """Keep a reading, in the transaction that is open or one of its own."""
    kept = archive.keep(reading)
    if kept is not Kept.VERSION:
        return Taken(article=reading.article, kept=kept)
    *_, last, _ = archive.versions(reading.article.id)
    return Taken(article=reading.article, kept=kept, before=archive.reading(last.id).article)
