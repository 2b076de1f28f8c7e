"""`retold corrections` and `retold compare --corrections`: in, out, and laid over a report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from retold.archive import corrections as log
from retold.archive.store import Archive
from retold.cli import main
from retold.correcting import drafts, file
from retold.correcting.records import Correction, Undo
from retold.types import Span
from tests import readings

COURIER, HERALD = readings.fire()
NOON = dt.datetime(2031, 6, 1, 12, tzinfo=dt.UTC)


def remark(note: str) -> Correction:
    return drafts.record(drafts.remark(COURIER.article, Span(0, 4), note), who="Ada", at=NOON)


def undo(correction: Correction) -> Correction:
    at = NOON + dt.timedelta(hours=1)
    return drafts.record(Undo(correction_id=correction.id), who="Ben", at=at)


@pytest.fixture
def place(new_place: Callable[[], str]) -> str:
    place = new_place()
    with Archive.open(place) as archive:
        archive.keep_all((COURIER, HERALD))
    return place


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_what_is_exported_can_be_imported(place: str, tmp_path: Path) -> None:
    """Into another archive, once, however often it is tried."""
    made = remark("Ask.")
    with Archive.open(place) as archive:
        log.add(archive, (made, undo(made)))
    out, other = tmp_path / "out.json", tmp_path / "b.sqlite"
    Archive.open(other).close()
    run("corrections", "export", "--archive", place, "-o", out)
    told = [run("corrections", "import", out, "--archive", other).stderr for _ in range(2)]
    assert told == ["2 of 2 corrections are new.\n", "0 of 2 corrections are new.\n"]
    with Archive.open(other) as archive:
        assert log.held(archive) == (made, undo(made))


def test_the_list_says_who_did_what(place: str) -> None:
    """One line for each, with what was undone."""
    made = remark("Ask\nthe chief.")
    with Archive.open(place) as archive:
        log.add(archive, (made, undo(made)))
    lines = run("corrections", "list", "--archive", place).stdout.splitlines()
    assert lines[0] == f"{made.id}  2031-06-01  Ada: note [undone]  Ask the chief."
    assert "Ben: undone" in lines[1]


def test_an_empty_list_says_so(place: str) -> None:
    """Nothing on stdout, a word on stderr."""
    result = run("corrections", "list", "--archive", place)
    assert (result.stdout, result.stderr) == ("", "The archive has no corrections.\n")


@pytest.mark.parametrize("verb", [("corrections", "import"), ("compare", "x", "--corrections")])
def test_a_broken_file_is_named(verb: tuple[str, ...], tmp_path: Path) -> None:
    """One line that says which file and what to do."""
    broken = tmp_path / "broken.json"
    broken.write_text("{}")
    result = run(*verb, broken)
    assert result.exit_code == 1
    assert f"{broken}: this is not a retold-corrections/1 file. Write one with" in result.stderr


@pytest.mark.model
def test_a_comparison_takes_corrections_from_a_file(tmp_path: Path) -> None:
    """The page marks them as the reader's."""
    for reading in (COURIER, HERALD):
        (tmp_path / f"{reading.article.outlet}.txt").write_text(reading.article.text)
    report = tmp_path / "report.json"
    run("compare", tmp_path, "--together", "-o", report)
    from retold.showing.export import json

    article = json.decode(report.read_bytes()).articles[0]
    made = drafts.record(drafts.remark(article, Span(0, 4), "Ask the chief."), who="Ada", at=NOON)
    given, page = tmp_path / "given.corrections", tmp_path / "page.html"
    given.write_text(file.encode((made,)))
    report.unlink()
    result = run("compare", tmp_path, "--together", "--corrections", given, "-o", page)
    assert result.exit_code == 0, result.output
    assert "<ins><bdi>Ask the chief.</bdi></ins>" in page.read_text()
