"""The pages about the server and corrections say what is so."""

from __future__ import annotations

import json
import re
from pathlib import Path

from click.testing import CliRunner

from tests import desk

from retold.cli import main  # isort: skip
from retold.correcting import file  # isort: skip
from retold.web.settings import MEBIBYTE, Limits  # isort: skip

DOCS = Path(__file__).parents[1] / "docs"
CORRECTIONS = (DOCS / "reference" / "corrections.md").read_text(encoding="utf-8")
SERVER = (DOCS / "reference" / "server.md").read_text(encoding="utf-8")
COMMANDS = (DOCS / "reference" / "command-line.md").read_text(encoding="utf-8")


def test_the_example_of_corrections_is_one() -> None:
    """It is read, and written again as it stands."""
    (example,) = re.findall(r"```json\n(.*?)```", CORRECTIONS, re.DOTALL)
    assert json.loads(file.encode(file.decode(example))) == json.loads(example)


def test_every_kind_of_correction_is_told() -> None:
    """The table has a row for each."""
    rows = re.findall(r"^\| `(\w+)` \| `", CORRECTIONS, re.MULTILINE)
    assert rows == list(file.KINDS)


def test_every_address_with_json_is_told() -> None:
    """What the server describes to programs stands on the page."""
    with desk.client() as browser:
        paths = browser.get("/openapi.json").json()["paths"]
    named = SERVER.replace("`/stories/ID/corrections`, `….json`", "/stories/ID/corrections.json")
    assert [p for p in paths if re.sub(r"\{\w+\}", "ID", p) not in named] == []


def test_the_bounds_are_those_of_the_server() -> None:
    """The table tells the limits that hold."""
    limits = Limits()
    told = re.findall(r"^\| [^|]+ \| (\d+)[^|]*\|$", SERVER, re.MULTILINE)
    assert list(map(int, told)) == [
        limits.body_bytes // MEBIBYTE,
        limits.articles,
        limits.addresses,
        limits.jobs_waiting,
        limits.job_seconds // 60,
        limits.writes_a_minute,
    ]


def test_every_option_of_serve_is_told() -> None:
    """The reference names what the help names."""
    section = COMMANDS.split("## `retold serve`")[1].split("\n## ")[0]
    helped = CliRunner().invoke(main, ["serve", "--help"]).stdout
    options = set(re.findall(r"^  (--[a-z]+)", helped, re.MULTILINE)) - {"--help"}
    assert {option for option in options if f"`{option}" not in section} == set()
