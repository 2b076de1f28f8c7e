"""What a running server holds: its settings, its keys, the stories and the jobs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from retold.archive.store import Archive
from retold.web.comparing import Result, Task, Tell
from retold.web.jobs import Jobs
from retold.web.keys import Keys
from retold.web.settings import Settings
from retold.web.shelf import Shelf
from retold.web.worker import Worker, comparer

Run = Callable[[Task, Tell], Result]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One for each server."""

    settings: Settings
    keys: Keys
    shelf: Shelf
    jobs: Jobs
    worker: Worker | None

    def close(self) -> None:
        """Take no more work, and end what is under way."""
        self.jobs.close()
        if self.worker:
            self.worker.close()


def furnished(settings: Settings, *, run: Run | None = None) -> Desk:
    """A desk; tasks are done by a process of its own unless `run` does them.

    Raises:
        StoreError: the archive cannot be opened or made.
    """
    if settings.archive:
        Archive.open(settings.archive).close()  # a broken one is told before anyone asks
    limits = settings.limits
    worker = None
    if run is None:
        make = comparer(archive=settings.archive, model=settings.model, articles=limits.articles)
        worker = Worker(make, seconds=limits.job_seconds)
        run = worker.run
    shelf = Shelf(archive=settings.archive, stories=limits.stories_held, reviews=settings.reviews)
    return Desk(
        settings=settings,
        keys=Keys(settings.secrets),
        shelf=shelf,
        jobs=Jobs(run, lambda result: shelf.put(result.report), waiting=limits.jobs_waiting),
        worker=worker,
    )
