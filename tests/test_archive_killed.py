"""What is left of an archive when its writers are killed, cut off from power or out of room."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from retold.archive.check import check
from retold.archive.store import Archive
from tests import archives

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks the writers that it kills")
MORE_BYTES = 1 << 17  # that a file may grow by: less than forty articles take


@needs_fork
@pytest.mark.parametrize(
    ("deed", "times"),
    [
        ("keep", 40),
        ("migrate", 40),
        ("correct", 20),
        ("import", 3),
        pytest.param("add", 3, marks=pytest.mark.model),
        pytest.param("watch", 3, marks=pytest.mark.model),
    ],
)
def test_a_killed_writer_leaves_a_whole_archive(deed: str, times: int) -> None:
    """Killed or cut off from power at random moments, an archive is whole, holds what was reported
    as kept, and another run completes it without keeping anything twice."""
    command = [sys.executable, "-m", "tests.archive_killing", deed, "--times", str(times)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 ours
    assert done.stderr == ""
    met = json.loads(done.stdout)
    wrong = {name: met[name] for name in ("faults", "lost", "twice", "missing")}
    assert (met["kills"], wrong) == (times, {"faults": 0, "lost": 0, "twice": 0, "missing": 0})


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)), resource.RLIM_INFINITY))
from retold.cli import main
main()
"""


@pytest.mark.model
@pytest.mark.skipif(sys.platform == "win32", reason="limits the size of files as Unix does")
def test_adding_where_there_is_no_room(tmp_path: Path) -> None:
    """`retold add` says what is wrong and what is safe, which it is, and goes on once there is
    room."""
    place, source = tmp_path / "archive.sqlite", tmp_path / "articles.jsonl"
    rows = [
        archives.row(f"{archives.FERRY}\n\nIt was trip {n}.", f"x.example/{n}") for n in range(40)
    ]
    source.write_text("\n".join(rows[:4]))
    add = ["add", str(source), "--archive", str(place), "--jobs", "1"]
    assert _retold(*add).returncode == 0
    source.write_text("\n".join(rows))
    full = _retold(*add, most=place.stat().st_size + MORE_BYTES)
    assert full.returncode == 1
    assert "Is it full" in full.stderr
    assert "Traceback" not in full.stderr
    with Archive.open(place) as archive:
        assert f"{len(archive) - 4} new" in full.stdout
        assert (len(archive) < 40, list(check(archive))) == (True, [])
    assert _retold(*add).returncode == 0
    with Archive.open(place) as archive:
        assert (len(archive), list(check(archive))) == (40, [])


def _retold(*words: str, most: int | None = None) -> subprocess.CompletedProcess[str]:
    """The command; with `most`, no file may grow beyond so many bytes."""
    start = ["-m", "retold"] if most is None else ["-c", LIMITED, str(most)]
    return subprocess.run(  # noqa: S603 ours
        [sys.executable, *start, *words], capture_output=True, text=True, check=False
    )
