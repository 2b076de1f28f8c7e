"""`retold add`, `check`, `export`, `backup`, `forget`: what they say, where, and exit codes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from retold import sources
from retold.archive.database import placed
from retold.archive.store import Archive
from retold.cli import archive, main
from tests import readings
from tests.archives import URL, row, unread

COURIER, HERALD = readings.fire()


@pytest.fixture
def place(new_place: Callable[[], str]) -> str:
    """An archive that holds two accounts of a fire."""
    place = new_place()
    with Archive.open(place) as archive:
        archive.keep_all((COURIER, HERALD))
    return place


@pytest.fixture
def rows(tmp_path: Path, place: str) -> Path:
    """A file with one article that the archive holds as well."""
    file = tmp_path / "articles.jsonl"
    file.write_text(row() + "\n", encoding="utf-8")
    with Archive.open(place) as archive:
        archive.keep(unread(sources.load(file).articles[0]))
    return file


def run(place: str | Path, *arguments: str | Path, text: str | None = None) -> Result:
    """A command on the archive at `place`, which is named as RETOLD_ARCHIVE."""
    environment = {"RETOLD_ARCHIVE": str(place)}
    return CliRunner().invoke(main, [str(a) for a in arguments], env=environment, input=text)


def test_a_log_has_a_line_a_minute(capsys: pytest.CaptureFixture[str]) -> None:
    """Where stderr is no terminal, a run that takes hours says that it goes on."""
    clock = iter((0.0, 30.0, 61.0, 90.0, 122.0))
    count = archive.logged(lambda: next(clock))
    for articles in (600, 1200, 1800, 2400):
        count(articles)
    assert capsys.readouterr().err == "1,200 articles so far\n2,400 articles so far\n"


def test_add_counts_what_it_met(place: str, rows: Path) -> None:
    """The last line says how many articles are new, changed, held already or failed."""
    done = run(place, "add", rows)
    counted = "0 new, 0 changed, 1 held already, 0 failed. The archive holds 3:"
    assert (done.stdout, done.exit_code) == (f"{counted} {placed(place)}\n", 0)


def test_add_reads_standard_input(place: str, rows: Path) -> None:
    """Articles come as JSON lines through a pipe, too."""
    done = run(place, "add", "-", text=rows.read_text("utf-8") * 2)
    assert "2 held already" in done.stdout


def test_add_names_what_failed_and_tries_it_again(place: str, rows: Path) -> None:
    """A broken row is named with its reason at the end; mended, it is no failure any more."""
    whole = rows.read_text("utf-8")
    rows.write_text(f"{whole}{{broken\n", encoding="utf-8")
    done = run(place, "add", rows)
    assert (done.exit_code, "article 2: this line is not JSON" in done.stderr) == (3, True)
    rows.write_text(whole, encoding="utf-8")
    again = run(place, "add", "--retry-failed")
    assert (again.exit_code, "1 held already, 0 failed" in again.stdout) == (0, True)
    assert "0 held already, 0 failed" in run(place, "add", "--retry-failed").stdout


def test_add_fails_if_nothing_could_be_added(place: str) -> None:
    """With no article at all the exit code is 1, and the reason is named."""
    done = run(place, "add", "no-such-file.txt")
    assert (done.exit_code, "no such file" in done.stderr) == (1, True)


def test_the_archive_of_a_user_is_in_their_folder(tmp_path: Path) -> None:
    """Without --archive and RETOLD_ARCHIVE it is made in the folder of the user's programs."""
    environment = {"RETOLD_ARCHIVE": None, "XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}
    done = CliRunner().invoke(main, ["add", "--retry-failed"], env=environment)
    (made,) = tmp_path.rglob("archive.sqlite")
    assert done.stdout.endswith(f"The archive holds 0: {made}\n")


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """Where the user's folder cannot be made, the error names another way."""
    (tmp_path / "file").write_text("in the way")
    environment = {
        "RETOLD_ARCHIVE": None,
        "XDG_CONFIG_HOME": str(tmp_path / "file"),
        "HOME": str(tmp_path / "file"),
    }
    done = CliRunner().invoke(main, ["add", "--retry-failed"], env=environment)
    assert (done.exit_code, "--archive" in done.stderr) == (1, True)


@pytest.mark.model
def test_add_says_what_a_new_version_changed(place: str, rows: Path) -> None:
    """Another text at a known address is kept beside the old one, and the changed words shown."""
    rows.write_text(row().replace("by Easter", "by May").replace("winter", "season"))
    done = run(place, "add", rows)
    assert done.stdout.splitlines()[:-1] == [
        f"changed: {URL}",
        "  - winter",
        "  + season",
        "  - Easter,”",
        "  + May,”",
    ]
    assert "0 new, 1 changed" in done.stdout


def test_check_says_that_all_is_well(place: str) -> None:
    """A whole archive is said to be whole."""
    done = run(place, "check")
    assert (done.stdout, done.exit_code) == (
        f"The archive is whole: 2 articles in {placed(place)}\n",
        0,
    )


def test_check_lists_what_is_wrong(place: str) -> None:
    """A fault is named with its article, and the exit code is 1."""
    with Archive.open(place) as archive:
        archive.database.do("UPDATE statements SET content = 'other' WHERE number = 1")
    done = run(place, "check")
    assert done.exit_code == 1
    assert f"{COURIER.article.id}: the rows of its statements" in done.stdout


def test_export_gives_a_reading_a_line(place: str, tmp_path: Path) -> None:
    """Each line is the reading of an article, in the order in which they were added."""
    done = run(place, "export")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["articles"][0]["text"] for line in lines] == [
        COURIER.article.text,
        HERALD.article.text,
    ]
    run(place, "export", "-o", tmp_path / "all.jsonl")
    assert (tmp_path / "all.jsonl").read_text("utf-8") == done.stdout


def test_exported_articles_are_the_same_articles(place: str, rows: Path) -> None:
    """What `export --articles` writes, `add` knows again."""
    with Archive.open(place) as archive:
        archive.forget(COURIER.article.id, HERALD.article.id)
    exported = run(place, "export", "--articles").stdout
    assert "1 held already" in run(place, "add", "-", text=exported).stdout


def test_backup_is_refused_over_a_file(place: str, tmp_path: Path) -> None:
    """A copy is written once, and not over another file."""
    copy = tmp_path / "copy.sqlite"
    assert run(place, "backup", copy).stdout == f"2 articles in {copy}\n"
    done = run(place, "backup", copy)
    assert (done.exit_code, "file already" in done.stderr) == (1, True)
    assert run(copy, "check").exit_code == 0


@pytest.mark.parametrize("name", [URL, f"{URL}?utm_source=mail"])
def test_forget_takes_an_address(place: str, rows: Path, name: str) -> None:
    """An article is forgotten by its address, too."""
    assert run(place, "forget", name).exit_code == 0
    with Archive.open(place) as archive:
        assert [entry.id for entry in archive.articles()] == [HERALD.article.id, COURIER.article.id]


def test_the_example_in_python_runs(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The lines of the page on archives do what they say."""
    page = Path(__file__).parents[1] / "docs" / "how-to" / "keep-an-archive.md"
    (code,) = re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    exec(code.replace("archive.sqlite", place), {})  # noqa: S102 our own page
    assert capsys.readouterr().out == "2031-05-06 Fire closes the Ostrel ferry terminal 1\n"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["add"], 2),
        (["add", "a.txt", "--jobs", "0"], 2),
        (["add", "a.txt", "--published", "Monday"], 2),
        (["backup"], 2),
        (["forget"], 2),
        (["forget", "nothing"], 1),
        (["backup", "no-such-folder/copy.sqlite"], 1),
        (["export", "-o", "no-such-folder/all.jsonl"], 2),
    ],
)
def test_wrong_usage_and_failure(place: str, arguments: list[str], code: int) -> None:
    """A wrong command line is exit code 2, what cannot be done is 1."""
    assert run(place, *arguments).exit_code == code


@pytest.mark.parametrize("verb", [["check"], ["export"], ["backup", "copy"], ["forget", "all"]])
def test_commands_that_ask_make_no_archive(tmp_path: Path, verb: list[str]) -> None:
    """Where there is no archive, only `add` makes one; the others say so."""
    done = run(tmp_path / "none.sqlite", *verb)
    assert (done.exit_code, "no archive here yet" in done.stderr) == (1, True)
    assert not (tmp_path / "none.sqlite").exists()
