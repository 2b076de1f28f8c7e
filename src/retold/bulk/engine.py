"""Tasks on Daft: on the cores of this machine, or on a Ray cluster, with the same code."""

from __future__ import annotations

import importlib.util
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import daft

from retold.errors import RetoldError

TRIES = 3  # with nothing done between them, and it is no accident that workers end
MAX_CHARS = 300  # of what a worker said when it ended
MEGABYTE = 1_000_000

Task = dict[str, Any]
Done = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """Where tasks run: in at most `jobs` processes, here or on the Ray cluster at `ray`, and in no
    more than `memory` bytes hold together."""

    jobs: int = 1
    ray: str | None = None
    memory: int | None = None

    def __post_init__(self) -> None:
        # for the workers, which inherit it: Arrow's own allocator keeps what was freed, 20 MB more
        # with each task that goes through the articles of many files
        os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
        if self.ray is not None:
            _connect(self.ray)

    def run(
        self, work: Callable[[Task], Done], tasks: Iterable[Task], *, held: int
    ) -> Iterator[Done]:
        """What each task says when it is done, as they get done.

        A task whose worker ended before its time is done again by another.

        Args:
            work: a function of a module, so that another process finds it.
            held: bytes that a process holds at most when it works at one of them.

        Raises:
            RetoldError: a worker fails again and again, or one alone would hold too much.
        """
        left = dict.fromkeys(json.dumps(task) for task in tasks)
        jobs = self.fitting(held)
        tries = 0  # since a task was done last
        while left:
            try:
                for text, done in _once(work, list(left), jobs, on_ray=self.ray is not None):
                    del left[text]
                    tries = 0
                    yield done
            except Exception as error:  # Daft has one of its own for each way to fail
                tries += 1
                if tries == TRIES:
                    raise RetoldError(
                        f"a worker failed {TRIES} times ({_last_line(error)}).",
                        hint="What was finished is kept. Run it again, with fewer --jobs or less "
                        "--memory if the memory did not suffice.",
                    ) from error

    def fitting(self, held: int) -> int:
        """How many processes there may be, each of which holds so many bytes."""
        if self.memory is None:
            return self.jobs
        if held > self.memory:
            raise RetoldError(
                f"a process may hold {held / MEGABYTE:,.0f} MB here, and --memory allows "
                f"{self.memory / MEGABYTE:,.0f} MB for all.",
                hint="Allow more, or cut the archive by outlet or country if the articles of two "
                "weeks are too many.",
            )
        return min(self.jobs, self.memory // held)


def _once(
    work: Callable[[Task], Done], texts: Sequence[str], most: int, *, on_ray: bool
) -> Iterator[tuple[str, Done]]:
    jobs = min(most, len(texts))

    @daft.cls(max_concurrency=jobs, use_process=True)  # type: ignore[untyped-decorator, unused-ignore]
    class Worker:
        """A process that does one task after the other; what it loads, it keeps."""

        @daft.method(return_dtype=daft.DataType.string())  # type: ignore[untyped-decorator, unused-ignore]
        def run(self, text: str) -> str:
            return json.dumps([text, work(json.loads(text))])

    tasks = daft.from_pydict({"task": list(texts)}).into_batches(1)
    if on_ray:
        tasks = tasks.into_partitions(len(texts))
    worker: Any = Worker()  # its methods take a column where they are declared to take a value
    done = tasks.select(worker.run(daft.col("task")).alias("done"))
    for row in done.iter_rows(results_buffer_size=1):
        text, said = json.loads(row["done"])
        yield text, said


def _connect(address: str) -> None:
    if importlib.util.find_spec("ray") is None:
        raise RetoldError(
            "a cluster needs Ray, which is not installed.", hint="pip install 'daft[ray]'"
        )
    try:
        daft.set_runner_ray(None if address == "local" else address, noop_if_initialized=True)
    except (OSError, ValueError, RuntimeError) as error:  # Ray's own, one for each kind of address
        raise RetoldError(
            f"no Ray cluster is reached at {address} ({_last_line(error)}).",
            hint="Give the address of its head as ray://HEAD:10001, or “local” for one here.",
        ) from error


def _last_line(error: Exception) -> str:
    """What an error says in the end; it may hold all that a worker printed."""
    lines = str(error).strip().splitlines()
    return lines[-1].strip()[:MAX_CHARS] if lines else type(error).__name__
