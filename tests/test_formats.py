"""The one table of formats, and how the command line goes by it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from retold.cli import main
from retold.errors import RetoldError
from retold.showing import formats
from retold.showing.export import json, tables
from retold.showing.formats import Format, Output
from tests import exported, stories

KIND_OF = {Output.TEXT: str, Output.PAGE: str, Output.BYTES: bytes, Output.FOLDER: dict}
LIBRARY_OF = {"xlsx": "xlsxwriter", "spacy": "spacy"}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture(params=formats.FORMATS, ids=lambda form: form.name)
def form(request: pytest.FixtureRequest) -> Format:
    held: Format = request.param
    if held.extra:
        pytest.importorskip(LIBRARY_OF[held.extra], reason=f"retold[{held.extra}] is not installed")
    return held


def test_a_name_is_one_format() -> None:
    """No two formats have a name or a suffix in common."""
    suffixes = [suffix for form in formats.FORMATS for suffix in form.suffixes]
    assert len(formats.NAMED) == len(formats.FORMATS)
    assert len(set(suffixes)) == len(suffixes)


def test_the_tables_are_those_that_csv_can_write() -> None:
    """The names on the command line are the names of the tables."""
    assert tables.names() == formats.TABLES


@pytest.mark.parametrize("report", [stories.bridge, stories.bare, exported.hostile])
def test_every_format_writes_any_report(form: Format, report: Any) -> None:
    """Whatever a report holds, each form of reports writes it, as text, bytes or files."""
    if form.is_for_reports:
        options = {"width": 80, "colour": False} if form.name == "text" else {}
        assert isinstance(formats.write(report(), form, **options), KIND_OF[form.output])


def test_a_reading_is_written_as_the_report_of_its_article(form: Format) -> None:
    """What knows only reports gets one of the one article; each form of readings writes it."""
    if form.is_for_readings:
        options = {"width": 80, "colour": False} if form.name == "text" else {}
        written = formats.write(stories.bridge_reading(), form, **options)
        assert isinstance(written, KIND_OF[form.output])
        assert written


def test_a_missing_library_is_told_with_its_remedy() -> None:
    """The error is the command that installs what is missing."""
    form = Format(name="x", about="", report="retold_no_such_module:encode", extra="xlsx")
    with pytest.raises(RetoldError, match=r"pip install 'retold\[xlsx\]'"):
        formats.write(stories.bare(), form)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--format", "xlsx"), "add -o report.xlsx"),
        (("--format", "brat"), "add -o FOLDER"),
        (("--format", "json", "--table", "claims"), "--table goes with --format csv"),
        (("-o", "here"), "is a folder; name a file"),
        (("--format", "brat", "-o", "full"), "is not empty"),
        (("--format", "brat", "-o", "full/a.txt"), "is a file; name a folder"),
    ],
)
def test_where_a_format_cannot_go_is_told_first(
    arguments: tuple[str, ...], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wrong usage is 2 and says what to do, before any article is read."""
    (tmp_path / "here").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.txt").write_text("mine", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = run("compare", "a.txt", "b.txt", *arguments)
    assert (done.exit_code, told in " ".join(done.stderr.split())) == (2, True)


def test_read_writes_no_page() -> None:
    """What needs several accounts is not offered for one."""
    assert run("read", "a.txt", "-o", "report.html").exit_code == 2


@pytest.fixture
def accounts(tmp_path: Path) -> list[Path]:
    texts = (
        "A bridge for Veldmoor\n\n“The bridge will cost 12 million crowns,” said Mayor Ann Quay.\n",
        "Veldmoor to build\n\n“The bridge will cost 14 million crowns,” said Mayor Ann Quay.\n",
    )
    held = [tmp_path / f"{n}.txt" for n in range(len(texts))]
    for path, text in zip(held, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return held


@pytest.mark.model
def test_the_command_line_writes_files_and_folders(accounts: list[Path], tmp_path: Path) -> None:
    """Bytes go to a file, several files to a new folder, and a table to standard output."""
    folder, database = tmp_path / "brat", tmp_path / "story.sqlite"
    assert run("compare", *accounts, "--format", "brat", "-o", folder).exit_code == 0
    assert [p.suffix for p in sorted(folder.iterdir())] == [
        *(".ann", ".txt", ".ann", ".txt"),
        *(".conf", ".json"),
    ]
    assert run("compare", *accounts, "-o", database).exit_code == 0
    assert database.read_bytes().startswith(b"SQLite format 3")
    table = run("read", accounts[0], "--format", "csv").stdout
    assert table.startswith("article,outlet,title,url,published,statement,speaker,")


@pytest.mark.model
def test_corrected_annotations_come_back(accounts: list[Path], tmp_path: Path) -> None:
    """What was taken out of the folder is in no report that is made with it."""
    folder = tmp_path / "brat"
    run("compare", *accounts, "--outlet", "Post", "--together", "--format", "brat", "-o", folder)
    (first, *_) = sorted(folder.glob("*.ann"))
    first.write_text("", encoding="utf-8")
    done = run("compare", folder, "--annotations", folder, "--together", "--format", "json")
    report = json.decode(done.stdout)
    told = {a.id: a.text for a in report.articles}
    held = {told[a.article_id] for a in report.attributions}
    assert held == set(told.values()) - {first.with_suffix(".txt").read_text(encoding="utf-8")}


@pytest.mark.model
def test_an_article_without_annotations_is_read_and_told(
    accounts: list[Path], tmp_path: Path
) -> None:
    """A note names what the folder has no annotations of."""
    (tmp_path / "brat").mkdir()
    (tmp_path / "brat" / "x.txt").write_text("Another text.", encoding="utf-8")
    (tmp_path / "brat" / "x.ann").write_text("", encoding="utf-8")
    done = run("read", accounts[0], "--annotations", tmp_path / "brat")
    assert (done.exit_code, "has no annotations of" in done.stderr) == (0, True)
