"""Comparisons in turn, beside the server, in a process that may die."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests import desk, readings, stories

from retold.archive.store import Archive  # isort: skip
from retold.errors import RetoldError, SourceError  # isort: skip
from retold.sources.metadata import Metadata  # isort: skip
from retold.web import comparing  # isort: skip
from retold.web.comparing import Comparer, Result, Step, Task, Tell  # isort: skip
from retold.web.jobs import BusyError, Jobs, State  # isort: skip
from retold.web.received import Pasted, Uploaded  # isort: skip
from retold.web.worker import Worker  # isort: skip

REPORT = stories.bridge()


def task(text: str) -> Task:
    return Task(received=(Pasted(text=text, known=Metadata()),))


def jobs(run: desk.Run, *, waiting: int = 5) -> Jobs:
    return Jobs(run, lambda result: f"story of {len(result.report.articles)}", waiting=waiting)


def test_a_job_goes_from_waiting_to_done() -> None:
    """Each step is told, and what was sent is let go at the end."""
    gate = threading.Event()

    def run(task: Task, tell: Tell) -> Result:
        tell(Step(doing="reading", done=1, of=2))
        gate.wait(20)
        return Result(report=REPORT, notes=("A note.",))

    held = jobs(run)
    job = held.submit(task("a"))
    desk.until(lambda: held.get(job.id).step == Step(doing="reading", done=1, of=2))  # type: ignore[union-attr]
    running = held.get(job.id)
    gate.set()
    desk.until(lambda: held.get(job.id).is_over)  # type: ignore[union-attr]
    done = held.get(job.id)
    assert running
    assert done
    assert (running.state, done.state, done.story_id, done.notes, done.task) == (
        State.RUNNING,
        State.DONE,
        "story of 3",
        ("A note.",),
        Task(),
    )


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (SourceError("Nothing there.", hint="Look."), "Nothing there."),
        (ZeroDivisionError("oops"), "retold itself failed (ZeroDivisionError: oops)."),
    ],
)
def test_a_job_that_fails_says_why_and_the_next_is_done(error: Exception, message: str) -> None:
    """Whatever happens in one, the others go on."""

    def run(asked: Task, tell: Tell) -> Result:
        if asked == task("bad"):
            raise error
        return Result(report=REPORT)

    held = jobs(run)
    bad, good = held.submit(task("bad")), held.submit(task("good"))
    desk.until(lambda: held.get(good.id).is_over)  # type: ignore[union-attr]
    failed, done = held.get(bad.id), held.get(good.id)
    assert failed
    assert done
    assert (failed.state, failed.message, done.state) == (State.FAILED, message, State.DONE)


def test_a_full_house_is_told() -> None:
    """More than may wait are refused; the same again is the one that waits already."""
    gate = threading.Event()

    def run(asked: Task, tell: Tell) -> Result:
        gate.wait(20)
        return Result(report=REPORT)

    held = jobs(run, waiting=1)
    first = held.submit(task("a"))
    desk.until(lambda: held.get(first.id).state is State.RUNNING)  # type: ignore[union-attr]
    second = held.submit(task("b"))
    again = held.submit(task("b"))
    with pytest.raises(BusyError):
        held.submit(task("c"))
    assert (again.id, held.ahead(second)) == (second.id, 1)
    gate.set()


# --- the process ---------------------------------------------------------------------------------


class Echo:
    """In the place of a comparer: what it is told to do, it does."""

    def run(self, asked: Task, tell: Tell) -> Result:
        match asked.held[0]:
            case "die":
                os._exit(9)
            case "sleep":
                time.sleep(60)
            case "refuse":
                raise SourceError("No.", hint="Never.")
            case "break":
                raise KeyError("x")
        tell(Step(doing=f"in {os.getpid()}"))
        return Result(report=REPORT)


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker(Echo, seconds=30)  # type: ignore[arg-type]
    yield made
    made.close()


def run(worker: Worker, held: str) -> tuple[Result, list[Step]]:
    steps: list[Step] = []
    return worker.run(Task(held=(held,)), steps.append), steps


def test_a_task_is_done_in_another_process(worker: Worker) -> None:
    """The same one for the next task; the report comes back whole."""
    (result, first), (_, second) = run(worker, "a"), run(worker, "b")
    assert (result.report, first == second, str(os.getpid()) in first[0].doing) == (
        REPORT,
        True,
        False,
    )


def test_errors_come_back_and_the_process_goes_on(worker: Worker) -> None:
    """Those of a reader's making with their hint, a bug as a bug."""
    with pytest.raises(SourceError) as told:
        run(worker, "refuse")
    with pytest.raises(RetoldError, match="KeyError"):
        run(worker, "break")
    assert told.value.hint == "Never."
    assert run(worker, "a")[0].report == REPORT


def test_a_process_that_dies_is_replaced(worker: Worker) -> None:
    """The task that brought it down fails with what to do, the next is done."""
    with pytest.raises(RetoldError, match="ended before its time"):
        run(worker, "die")
    assert run(worker, "a")[0].report == REPORT


def test_a_task_that_takes_too_long_is_ended() -> None:
    """And the next one gets a new process."""
    worker = Worker(Echo, seconds=4)  # type: ignore[arg-type]
    try:
        with pytest.raises(RetoldError, match="was ended"):
            run(worker, "sleep")
    finally:
        worker.close()


# --- what it does there --------------------------------------------------------------------------


def test_one_article_is_too_few() -> None:
    """The reason is told, with what failed."""
    comparer = Comparer()
    with pytest.raises(SourceError, match=r"No article could be read\. a\.txt: it is empty"):
        comparer.run(Task(received=(Uploaded(name="a.txt", data=b""),)), lambda step: None)


def test_too_many_articles_are_refused() -> None:
    """Before any is read."""
    sent = tuple(Uploaded(name="a.txt", data=b"A.") for _ in range(3))
    with pytest.raises(SourceError, match="more than 2 articles"):
        Comparer(articles=2).run(Task(received=sent), lambda step: None)


def test_articles_of_two_events_are_told_apart() -> None:
    """The largest story is compared, and a note names what was left out; together, all are."""
    other = readings.read(
        "Council buys a snow plough\n\nThe council of Eskdale bought a snow plough on Friday for "
        "the northern roads.",
        outlet="Eskdale Echo",
        day=20,
    )
    held = (*readings.fire(), other)
    report, notes = comparing.compared(held, together=False)
    whole, silent = comparing.compared(held, together=True)
    assert (len(report.articles), len(whole.articles), silent) == (2, 3, ())
    assert "Left out: Eskdale Echo." in notes[0]


def test_a_story_of_the_archive_is_compared_from_it(tmp_path: Path) -> None:
    """Nothing is read again: no model is loaded."""
    place = tmp_path / "a.sqlite"
    with Archive.open(place) as archive:
        archive.keep_all(readings.fire())
    comparer = Comparer(archive=place, model=tmp_path / "none")
    asked = Task(held=(readings.fire()[0].article.id,))
    assert len(comparer.run(asked, lambda step: None).report.articles) == 2


@pytest.mark.model
def test_what_is_read_is_kept_in_the_archive(tmp_path: Path) -> None:
    """And taken from it the next time."""
    place = tmp_path / "a.sqlite"
    sent = tuple(
        Pasted(text=reading.article.text, known=Metadata(outlet=reading.article.outlet))
        for reading in readings.fire()
    )
    steps: list[Step] = []
    make = partial(Comparer, archive=place)
    result = make().run(Task(received=sent, together=True), steps.append)
    with Archive.open(place) as archive:
        assert all(article.id in archive for article in result.report.articles)
    again = make(model=tmp_path / "none").run(Task(received=sent, together=True), steps.append)
    assert again.report == result.report


@pytest.mark.model
@pytest.mark.parametrize("is_kept", [True, False])
def test_half_a_character_is_told(is_kept: bool, tmp_path: Path) -> None:
    """What JSON can carry and no text can hold does not bring the others down."""
    broken = b'[{"text": "A title\\n\\nA bridge \\ud800 fell in the town of Veldmoor."}]'
    sent = tuple(Pasted(text=r.article.text, known=Metadata()) for r in readings.fire())
    comparer = Comparer(archive=tmp_path / "a.sqlite" if is_kept else None)
    asked = Task(received=(*sent, Uploaded(name="a.json", data=broken)), together=True)
    result = comparer.run(asked, lambda step: None)
    assert len(result.report.articles) + len(result.failures) == 3
