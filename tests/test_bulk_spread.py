"""However the work is spread, and whatever happens to a worker, the rows are the same."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from retold.errors import RetoldError

pytest.importorskip("daft", reason="needs retold[bulk]")
pytest.importorskip("pyarrow", reason="needs retold[bulk]")

from retold.bulk import comparing, reading
from retold.bulk.engine import MEGABYTE, Engine
from retold.bulk.place import Place
from tests import bulk_places
from tests.bulk_places import (
    COMPARED,
    ISLANDS,
    LINES,
    ONE,
    READ,
    content,
    dies,
    dies_in_the_middle,
    dies_once,
    read_all,
    table,
    write_lines,
)

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")
TWO = Engine(jobs=2)
NO_CLUSTER = 77  # how `tests.bulk_on_ray` ends where Ray cannot start one


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    """The engine leaves the pipes of its workers to the garbage collector, who comes here."""
    yield
    gc.collect()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eighteen articles of three weeks and what is broken, in one file."""
    return write_lines(tmp_path_factory.mktemp("news") / "news.jsonl", [*ISLANDS, *LINES[-2:]])


@pytest.fixture(scope="module")
def whole(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """All of it in one partition, by one process."""
    out = tmp_path_factory.mktemp("whole") / "out"
    place = read_all(source, out, engine=ONE, partitions=1)
    list(comparing.compare(place.address, engine=ONE))
    return place


@pytest.mark.model
def test_sixteen_partitions_give_the_rows_of_one(
    whole: Place, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By two processes, of which one is killed in the middle with its files half made."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))  # so that workers find the work
    out = tmp_path / "out"
    settings = reading.Settings(partitions=16)
    list(reading.read([str(source)], out, engine=TWO, settings=settings, by=dies_in_the_middle))
    list(comparing.compare(out, engine=TWO))
    place = Place.at(out)
    assert (tmp_path / "out.died").exists()
    assert [len(each.files("articles")) for each in (whole, place)] == [1, 16]
    assert content(place, (*READ, *COMPARED)) == content(whole, (*READ, *COMPARED))
    assert len(table(place, "failures")) == len(table(whole, "failures")) == 2
    assert list(out.rglob("*.part")) == []


@pytest.mark.model
def test_a_cluster_of_two_nodes_gives_the_rows_of_one(
    whole: Place, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sixteen partitions on Ray, where one worker is killed in the middle too."""
    pytest.importorskip("ray", reason="needs daft[ray]")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    out = tmp_path / "out"
    # a process of its own: for Daft there is one engine in a process, and Ray leaves its threads
    done = subprocess.run(  # noqa: S603 our own script
        [sys.executable, "-m", "tests.bulk_on_ray", str(source), str(out)],
        capture_output=True,
        text=True,
        check=False,
        timeout=900,  # rather than for ever, if the cluster does not answer
    )
    if done.returncode == NO_CLUSTER:
        pytest.skip(f"Ray starts no cluster here: {done.stdout.strip()[-200:]}")
    assert done.returncode == 0, done.stderr[-3000:]
    assert "2 nodes" in done.stdout
    assert (tmp_path / "out.died").exists()
    place = Place.at(out)
    assert len(place.files("articles")) == 16
    assert content(place, (*READ, *COMPARED)) == content(whole, (*READ, *COMPARED))


def test_a_killed_worker_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The task that it was at is done by another, and no task is done twice."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    tasks = [{"n": n, "mark": str(tmp_path / "mark")} for n in range(4)]
    done = [each["n"] for each in TWO.run(dies_once, tasks, held=0)]
    assert sorted(done) == [0, 1, 2, 3]


def test_workers_that_always_die_end_the_job(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a few times without anything done, the error says what to do."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    with pytest.raises(RetoldError, match=r"failed 3 times .* fewer --jobs"):
        list(ONE.run(dies, [{}], held=0))


@pytest.mark.parametrize(("memory", "jobs"), [(None, 8), (2000, 4), (1999, 3), (500, 1)])
def test_memory_bounds_how_many_work_at_once(memory: int | None, jobs: int) -> None:
    """So many processes as the memory holds, and never more than asked for."""
    engine = Engine(jobs=8, memory=memory and memory * MEGABYTE)
    assert engine.fitting(500 * MEGABYTE) == jobs


def test_memory_that_does_not_hold_one_is_refused() -> None:
    """Before anything is done, with both figures."""
    with pytest.raises(RetoldError, match="may hold 500 MB here, and --memory allows 499 MB"):
        list(Engine(memory=499 * MEGABYTE).run(bulk_places.dies, [{}], held=500 * MEGABYTE))
