"""What waits to be compared, what is being compared, and what came of it: one after another."""

from __future__ import annotations

import queue
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from retold.errors import RetoldError
from retold.types import Failure
from retold.web.comparing import Result, Step, Task, Tell

HELD = 200  # jobs that are remembered after their end
WAITING = Step(doing="waiting")


class State(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A task on its way. `story_id` is there once it is done, `message` once it has failed."""

    id: str
    task: Task
    state: State = State.WAITING
    step: Step = WAITING
    story_id: str = ""
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()
    message: str = ""
    hint: str = ""

    @property
    def is_over(self) -> bool:
        return self.state in (State.DONE, State.FAILED)


class BusyError(RetoldError):
    """More waits already than the server takes."""


class Jobs:
    """Runs tasks in the order in which they come, one at a time, beside the server."""

    def __init__(
        self,
        run: Callable[[Task, Tell], Result],
        keep: Callable[[Result], str],
        *,
        waiting: int,
    ) -> None:
        """`run` does a task; `keep` takes what came of it and gives the id of the story."""
        self._run, self._keep = run, keep
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._queue: queue.Queue[str | None] = queue.Queue(maxsize=waiting)
        self._thread = threading.Thread(target=self._work, name="retold-jobs", daemon=True)
        self._thread.start()

    def submit(self, task: Task) -> Job:
        """The job that will do the task; the one that already does, if nothing of it is over.

        Raises:
            BusyError: too many wait.
        """
        with self._lock:
            for job in self._jobs.values():
                if job.task == task and not job.is_over:
                    return job
            job = Job(id=secrets.token_urlsafe(9), task=task)
            try:
                self._queue.put_nowait(job.id)
            except queue.Full:
                raise BusyError(
                    "Too many comparisons are waiting.", hint="Try again in a minute."
                ) from None
            self._jobs[job.id] = job
            over = [id for id, known in self._jobs.items() if known.is_over]
            for id in over[: max(0, len(self._jobs) - HELD)]:
                del self._jobs[id]
            return job

    def get(self, id: str) -> Job | None:
        """The job of that id, if it is still remembered."""
        return self._jobs.get(id)

    def ahead(self, job: Job) -> int:
        """How many jobs are to be done before this one."""
        with self._lock:
            ids = [known.id for known in self._jobs.values() if not known.is_over]
        return ids.index(job.id) if job.id in ids else 0

    def close(self) -> None:
        """Take no more jobs; the one that runs ends with its worker."""
        with self._lock:
            while not self._queue.empty():
                self._queue.get_nowait()
            self._queue.put_nowait(None)

    def _work(self) -> None:
        while (id := self._queue.get()) is not None:
            job = self._jobs[id]
            self._put(replace(job, state=State.RUNNING, step=Step(doing="starting")))
            self._put(self._done(job))

    def _done(self, job: Job) -> Job:
        nothing = Task()  # what was sent is not held on to
        try:
            result = self._run(job.task, lambda step: self._told(job.id, step))
            return replace(
                job,
                task=nothing,
                state=State.DONE,
                story_id=self._keep(result),
                failures=result.failures,
                notes=result.notes,
            )
        except RetoldError as error:
            failed, message, hint = job, error.message, error.hint
        except Exception as error:
            message = f"retold itself failed ({type(error).__name__}: {error})."
            failed, hint = job, "This is a bug."
        return replace(failed, task=nothing, state=State.FAILED, message=message, hint=hint)

    def _told(self, id: str, step: Step) -> None:
        self._put(replace(self._jobs[id], step=step))

    def _put(self, job: Job) -> None:
        with self._lock:
            self._jobs[job.id] = job
