"""`retold bulk` on the command line: what it is asked, what it tells, what it refuses."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import onnxruntime
import pytest
from click.testing import CliRunner

from retold.cli import main
from retold.cli.bulk import follow, log
from retold.errors import ModelError
from retold.reading.encoder import DEFAULT, MODELS, Encoder, device_of
from tests import readings

pytest.importorskip("daft", reason="needs retold[bulk]")
pytest.importorskip("pyarrow", reason="needs retold[bulk]")

from retold.bulk.place import Place
from retold.bulk.progress import Progress
from tests.bulk_places import keep, write_lines

has_gpu = "CUDAExecutionProvider" in onnxruntime.get_available_providers()


def refused(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["bulk", *map(str, arguments)])
    return done.exit_code, " ".join(done.output.split())


@pytest.mark.skipif(has_gpu, reason="onnxruntime finds a GPU here")
def test_a_gpu_that_is_not_there_is_told(tmp_path: Path) -> None:
    """With what to install, before anything is read; `auto` takes the CPU."""
    file = write_lines(tmp_path / "news.jsonl", ["{}"])
    code, told = refused("read", file, tmp_path / "out", "--device", "cuda")
    assert (code, "Install onnxruntime-gpu" in told) == (1, True)
    assert not (tmp_path / "out").exists()
    assert [device_of("auto"), device_of("cpu")] == ["cpu", "cpu"]
    with pytest.raises(ModelError, match="no GPU can be used"):
        Encoder(MODELS / DEFAULT, device="cuda")


@pytest.mark.model
@pytest.mark.skipif(not has_gpu, reason="onnxruntime finds no GPU here")
def test_a_gpu_is_taken_where_there_is_one() -> None:
    """Unless the CPU is asked for."""
    assert [Encoder(MODELS / DEFAULT, device=each).device for each in ("auto", "cpu")] == [
        "cuda",
        "cpu",
    ]


@pytest.mark.parametrize("given", ["12", "many", "-3GB", "3 PB", "GB"])
def test_a_size_that_is_none_is_refused(given: str) -> None:
    """With how to write it."""
    code, told = refused("compare", "out", f"--memory={given}")
    assert (code, "write it as 800MB, 12GB or 1.5TB" in told) == (2, True)


def test_too_little_memory_is_refused(tmp_path: Path) -> None:
    """Before a process is started."""
    keep(Place.at(tmp_path), list(readings.fire()))
    code, told = refused("compare", tmp_path, "--memory", "0.1gb")
    assert (code, "--memory allows 100 MB" in told) == (1, True)


def test_a_log_tells_how_far_a_long_stage_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Once a minute, with its rate since it went on and the time left."""
    told = [("finding", 0), ("finding", 90), ("reading", 20), ("reading", 30), ("reading", 60)]
    steps = [Progress(stage=s, done=d, total=100, counted="articles") for s, d in told]
    clock = iter([0.0, 1.0, 100.0, 150.0, 180.0])
    log(steps, lambda: next(clock))
    assert capsys.readouterr().err == ("reading: 60 of 100 articles, 0.5 a second, 0:01:20 left\n")


@pytest.mark.skipif(importlib.util.find_spec("ray") is not None, reason="Ray is installed here")
def test_a_cluster_without_ray_is_told(tmp_path: Path) -> None:
    """With what to install."""
    code, told = refused("compare", tmp_path, "--ray", "local")
    assert (code, "pip install 'daft[ray]'" in told) == (1, True)


@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="Ray is not installed here")
def test_a_cluster_that_is_not_there_is_told(tmp_path: Path) -> None:
    """With how an address is written; in a process of its own, for which Ray is set up once."""
    done = subprocess.run(  # noqa: S603 our own program
        [sys.executable, "-m", "retold", "bulk", "compare", tmp_path, "--ray", "nowhere"],
        capture_output=True,
        text=True,
        check=False,
    )
    told = " ".join(done.stderr.split())
    assert (done.returncode, "no Ray cluster is reached at nowhere" in told) == (1, True)
    assert "ray://HEAD:10001" in told


def test_who_breaks_a_job_off_is_told_how_it_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    """What is finished is kept, and so the same command is all that is needed."""

    def broken_off() -> Iterator[Progress]:
        yield Progress(stage="reading", done=0, total=4, counted="files")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        follow(broken_off())
    assert capsys.readouterr().err == "Broken off; the same command goes on from here.\n"


def test_a_job_that_is_broken_off_ends_as_other_commands_do() -> None:
    """What is to be tidied is tidied; what the engine does after that no longer ends Python."""
    script = """
import atexit, os, click
from retold.cli.bulk import Job
atexit.register(os.abort)
@click.command(cls=Job)
def work():
    atexit.register(lambda: print("tidied", flush=True))
    raise KeyboardInterrupt
work()
"""
    done = subprocess.run(  # noqa: S603 - this program
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "tidied\n")
