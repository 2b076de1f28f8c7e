"""The command line: what it says, where, and with which exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import retold
from retold.cli import main, output

HEAVY = [
    "numpy",
    "onnxruntime",
    "trafilatura",
    "dateparser",
    "jinja2",
    "rich",
    "msgspec",
    "tokenizers",
]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_help_imports_nothing_heavy() -> None:
    """`retold --help` is quick because nothing but click is loaded for it."""
    code = (
        "import sys; sys.argv = ['retold', '--help']\n"
        "from retold.cli import main\n"
        "try: main()\n"
        f"except SystemExit: print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 our own interpreter
    assert done.stdout.splitlines()[-1] == "[]"


def test_importing_retold_imports_nothing_heavy() -> None:
    """`import retold` alone loads no library."""
    code = f"import sys, retold; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 our own interpreter
    assert done.stdout.strip() == "[]"


def test_every_name_of_the_package_is_there() -> None:
    """The five verbs and the records can be had from `retold` itself."""
    assert [name for name in retold.__all__ if getattr(retold, name) is None] == []


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    """A misspelt name fails as in any module."""
    with pytest.raises(AttributeError, match="no attribute 'retells'"):
        _ = retold.retells


def test_version() -> None:
    """`--version` says the version of the package."""
    assert run("--version").output == f"retold {retold.__version__}\n"


@pytest.mark.parametrize("verb", [[], ["compare"], ["read"], ["demo"]])
def test_help_ends_well(verb: list[str]) -> None:
    """Every verb explains itself."""
    assert run(*verb, "--help").exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["compare"],
        ["compare", "a.txt", "--format", "pdf"],
        ["compare", "a.txt", "b.txt", "-o", "no-such-folder/report.html"],
        ["compare", "a.txt", "b.txt", "-o", "report.pdf"],
        ["compare", "a.txt", "b.txt", "--published", "Monday"],
        ["read", "a.txt", "-o", "report.html"],
        ["reed", "a.txt"],
    ],
)
def test_wrong_usage_is_2(arguments: list[str]) -> None:
    """A wrong command line is told before any work is done."""
    assert run(*arguments).exit_code == 2


def test_a_missing_file_is_1_and_one_line(tmp_path: Path) -> None:
    """A source that is not there is named, with no traceback."""
    done = run("read", tmp_path / "nowhere.txt")
    assert (done.exit_code, "nowhere.txt" in done.stderr, "Traceback" in done.output) == (
        1,
        True,
        False,
    )


def test_one_article_is_not_compared(tmp_path: Path) -> None:
    """One article where two are needed: the line says what to do instead."""
    (tmp_path / "a.txt").write_text(ACCOUNTS["a.txt"], encoding="utf-8")
    done = run("compare", tmp_path / "a.txt")
    assert (done.exit_code, "nothing to compare it with" in done.stderr) == (1, True)


def test_one_row_is_not_compared(tmp_path: Path) -> None:
    """The command that is proposed names the file, and no headline that no shell could take."""
    path = tmp_path / "my rows.csv"
    path.write_text(f'title,text\n"Nine dead, harbour says","{ACCOUNTS["a.txt"]}"\n', "utf-8")
    assert f"retold read '{path}'" in run("compare", path).stderr


def test_an_article_given_twice_is_taken_once(tmp_path: Path) -> None:
    """The same article twice is one article, and a note says so."""
    (tmp_path / "a.txt").write_text(ACCOUNTS["a.txt"], encoding="utf-8")
    done = run("compare", tmp_path / "a.txt", tmp_path / "a.txt")
    assert (done.exit_code, done.stderr.splitlines()[0][:6]) == (1, "note: ")


ACCOUNTS = {
    "a.txt": """Ferry sinks off Veldmoor

The ferry Anna Lise sank off Veldmoor on Monday with 41 people aboard, the coast guard said.

“We heard a bang and then the water came,” Captain Ruud Haas told reporters on the quay.

Haas said the harbour master had warned him of the wind an hour before.
""",
    "b.txt": """Captain: ‘a bang, then water’

The ferry Anna Lise sank off Veldmoor on Monday with 38 people aboard, the coast guard said.

“We heard a crash and then the water came,” said Captain Ruud Haas.

The harbour master denied that he had warned anyone.
""",
}


@pytest.fixture
def accounts(tmp_path: Path) -> Path:
    for name, text in ACCOUNTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.model
def test_two_accounts_are_compared(accounts: Path) -> None:
    """Text on stdout, nothing on stderr, exit 0."""
    done = run("compare", accounts / "a.txt", accounts / "b.txt", "--published", "2031-05-06")
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, "2 articles, 2 tellings")


@pytest.mark.model
def test_where_the_page_is_is_said(accounts: Path, tmp_path: Path) -> None:
    """A page that was written is one click away; other files are silent."""
    page, table = tmp_path / "report.html", tmp_path / "report.csv"
    said = [run("compare", accounts, "-o", path).stderr for path in (page, table)]
    assert said == [f"Open it in a browser: {page.as_uri()}\n", ""]


@pytest.mark.model
def test_the_suffix_chooses_the_form(accounts: Path) -> None:
    """`-o report.json` and `-o report.html` need no `--format`."""
    for name, begins in (("report.json", "{"), ("report.html", "<!doctype html>")):
        run("compare", accounts / "a.txt", accounts / "b.txt", "-o", accounts / name)
        assert (accounts / name).read_text(encoding="utf-8").startswith(begins)


@pytest.mark.model
def test_a_broken_source_among_good_ones_is_3(accounts: Path) -> None:
    """The rest goes on, the broken one is named, and the exit code tells."""
    done = run("compare", accounts / "a.txt", accounts / "b.txt", accounts / "c.txt")
    assert (done.exit_code, "c.txt" in done.stderr, done.stdout != "") == (3, True, True)


@pytest.mark.model
def test_json_in_a_pipe_is_json(accounts: Path) -> None:
    """stdout holds the document and nothing else."""
    done = run("compare", accounts / "a.txt", accounts / "b.txt", "--format", "json")
    assert json.loads(done.stdout)["format"] == "retold-report/1"


@pytest.mark.model
def test_read_prints_the_marked_form(accounts: Path) -> None:
    """What `read --format marked` prints holds the text of the article."""
    from retold import marked

    done = run("read", accounts / "a.txt", "--format", "marked")
    assert marked.parse(done.stdout)[0].strip() == ACCOUNTS["a.txt"].strip()


@pytest.mark.model
def test_the_demo_writes_its_page(tmp_path: Path) -> None:
    """`retold demo` prints the report, writes the page and says how to open it; what a limit
    kept back is had by the option that the report names."""
    done = run("demo", "--all", "-o", tmp_path / "demo.html")
    assert "(--all)" not in done.stdout
    assert (done.exit_code, (tmp_path / "demo.html").exists(), "file://" in done.stderr) == (
        0,
        True,
        True,
    )


def test_every_option_is_documented() -> None:
    """The page about the command line names each verb and each of its options."""
    page = Path(__file__).parents[1] / "docs" / "reference" / "command-line.md"
    chapters = page.read_text(encoding="utf-8").split("\n## ")
    missing = [
        f"{verb.name} {option}"
        for verb in main.commands.values()
        for parameter in verb.params
        if parameter.param_type_name == "option"
        for option in parameter.opts
        if not any(
            chapter.startswith(f"`retold {verb.name}") and f"`{option}" in chapter
            for chapter in chapters
        )
    ]
    assert missing == []


FULL = Path("/dev/full")  # a disk on which there is never room


@pytest.mark.skipif(not FULL.exists(), reason="the system has no /dev/full")
@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_a_full_disk_is_no_bug(tmp_path: Path, form: str) -> None:
    """The file and the reason are named."""
    story = tmp_path / "story.txt"
    story.write_text("La machine est fermée depuis lundi, a dit la maire de Varn. " * 5)
    done = run("read", story, "--format", form, "-o", FULL)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "/dev/full could not be written: No space left on device." in done.stderr


def test_no_half_of_a_file_is_left(tmp_path: Path) -> None:
    """What could not be written to its end is taken away, where nothing was there before."""
    new, old = tmp_path / "new.html", tmp_path / "old.html"
    old.write_text("before")

    def broken(place: Path) -> None:
        with output.whole(place):
            place.write_text("half")
            raise OSError(28, "No space left on device")

    for place in (new, old):
        with pytest.raises(click.ClickException, match="No space left"):
            broken(place)
    assert (new.exists(), old.exists()) == (False, True)
