"""What a job does: the articles that were sent are made, read and compared, each step told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from retold import intake, pipeline, sources
from retold.archive import counts, stories
from retold.archive.database import Place
from retold.archive.store import Archive
from retold.errors import SourceError
from retold.reading.encoder import DEFAULT, MODELS, Encoder
from retold.sources.contents import Content, Found, Note
from retold.sources.metadata import Metadata
from retold.types import Article, Failure, Reading, Report, Story
from retold.web import received
from retold.web.received import Received


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be compared: what was sent, or what the archive holds: several articles, or the
    accounts of the event that one tells of.

    `together` compares all that was sent, even if it seems to be of several stories.
    """

    received: tuple[Received, ...] = ()
    held: tuple[str, ...] = ()
    together: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How far a job has come. `of` is None while nobody can know."""

    doing: str
    done: int = 0
    of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The report, what could not be read, and what a reader should know of the rest."""

    report: Report
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()


Tell = Callable[[Step], None]


class Comparer:
    """Does tasks, with the model loaded once and the archive open. It belongs to one thread."""

    def __init__(
        self, *, archive: Place | None = None, model: Path | None = None, articles: int = 60
    ) -> None:
        self._most = articles
        self._model = model or MODELS / DEFAULT
        self._encoder: Encoder | None = None
        self._archive = Archive.open(archive) if archive else None
        self._reader = (
            intake.Reader(self._archive, known=Metadata(), model=self._model)
            if self._archive is not None
            else None
        )

    def run(self, task: Task, tell: Tell) -> Result:
        """The comparison.

        Raises:
            RetoldError: there are no two articles to compare, or too many.
        """
        tell(Step(doing="loading"))
        if task.held:
            result = self._compared(self._kept(task.held), together=True, tell=tell)
            if self._archive is not None:
                counts.keep(self._archive, result.report)
            return result
        found = tuple(_bounded(received.contents(task.received), self._most))
        readings, unread = self._read([f for f in found if isinstance(f, Content)], tell)
        result = self._compared(
            readings,
            together=task.together,
            tell=tell,
            failures=(*(f for f in found if isinstance(f, Failure)), *unread),
        )
        notes = tuple(f.words for f in found if isinstance(f, Note))
        return replace(result, notes=(*notes, *result.notes))

    def _compared(
        self,
        readings: Sequence[Reading],
        *,
        together: bool,
        tell: Tell,
        failures: tuple[Failure, ...] = (),
    ) -> Result:
        if len(readings) < 2:
            raise _too_few(readings, failures)
        tell(Step(doing="comparing"))
        report, notes = compared(readings, together=together)
        return Result(report=report, failures=failures, notes=notes)

    def _kept(self, ids: tuple[str, ...]) -> tuple[Reading, ...]:
        """The articles of the archive; with one alone, the other accounts of its event too."""
        if self._archive is None:
            raise SourceError("this server has no archive.")
        if len(ids) == 1:
            return stories.readings(self._archive, stories.around(self._archive, ids[0]))
        return tuple(self._archive.readings(ids))

    def _read(
        self, contents: Sequence[Content], tell: Tell
    ) -> tuple[tuple[Reading, ...], tuple[Failure, ...]]:
        """The readings, each article once."""
        readings: dict[str, Reading] = {}
        failures: list[Failure] = []
        for number, content in enumerate(contents):
            tell(Step(doing="reading", done=number, of=len(contents)))
            made = self._one(content)
            if isinstance(made, Failure):
                failures.append(made)
            else:
                readings.setdefault(made.article.id, made)
        return tuple(readings.values()), tuple(failures)

    def _one(self, content: Content) -> Reading | Failure:
        """The reading of an article; with an archive it is kept, or taken from it."""
        try:
            return self._read_or_kept(content)
        except UnicodeEncodeError:
            return Failure(
                source=content.name,
                message=f"{content.name}: it holds half a character, which is no text.",
                hint="Save it again as UTF-8.",
            )

    def _read_or_kept(self, content: Content) -> Reading | Failure:
        if self._archive is None or self._reader is None:
            made = sources.make(content)
            return made if isinstance(made, Failure) else self._fresh(made)
        found = self._reader.read(content)
        if isinstance(found, Reading):
            self._archive.keep(found)
        elif isinstance(found, Article):  # held, if not under another name
            is_held = found.id in self._archive
            return self._archive.reading(found.id) if is_held else self._fresh(found)
        return found

    def _fresh(self, article: Article) -> Reading:
        self._encoder = self._encoder or Encoder(self._model)
        return pipeline.read(article, encoder=self._encoder)


def compared(readings: Sequence[Reading], *, together: bool) -> tuple[Report, tuple[str, ...]]:
    """The report of the largest story, or of all where no two are of one; notes say which."""
    found = () if together else pipeline.group(readings)
    story = max(found, key=_size, default=None)
    if story is None or _size(story) < 2:
        notes = ("No two articles seem to tell the same event; compared all the same.",)
        return pipeline.compare(readings), () if together else notes
    left = [r.article for s in found if s is not story for r in s.readings]
    if not left:
        return pipeline.compare(story), ()
    names = ", ".join(a.outlet or a.title or a.id for a in left[:3])
    return pipeline.compare(story), (
        f"{len(found)} stories found; compared the largest, {_size(story)} of {len(readings)} "
        f"articles. Left out: {names}{'' if len(left) <= 3 else f' and {len(left) - 3} more'}.",
    )


def _size(story: Story) -> int:
    return len(story.readings)


def _bounded(found: Iterable[Found], most: int) -> Iterable[Found]:
    for number, each in enumerate(found):
        if number >= most:
            raise SourceError(
                f"more than {most} articles were sent.",
                hint="Send fewer, or add them to an archive with `retold add`.",
            )
        yield each


def _too_few(readings: Sequence[Reading], failures: Sequence[Failure]) -> SourceError:
    reasons = " ".join(f"{f.message} {f.hint}".strip() for f in failures)
    if not readings:
        return SourceError(f"No article could be read. {reasons}".strip())
    return SourceError(
        f"One article, and nothing to compare it with. {reasons}".strip(), hint="Give another one."
    )
