"""Nothing leaves the machine: what works on files opens no socket and looks up no name."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

WATCHED = """
import sys
def heard(event, arguments):
    if event.startswith("socket."):
        raise SystemExit(f"{event} {arguments}")
sys.addaudithook(heard)
from retold.cli import main
main()
"""
TEXT = "Ferry late\n\nThe ferry to Varn was late, pilot Ned Quill said. {} waited."


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    rows = [
        {"url": f"https://{name}.example/ferry", "outlet": name, "text": TEXT.format(name)}
        for name in ("Courier", "Herald")
    ]
    file = tmp_path / "articles.json"
    file.write_text(json.dumps(rows), encoding="utf-8")
    return file


@pytest.mark.model
@pytest.mark.parametrize("command", ["compare --together", "add --archive {}/a.sqlite"])
def test_no_socket_is_opened_for_files(articles: Path, command: str) -> None:
    """Comparing and keeping files, with addresses in them, touches no network."""
    words = command.format(articles.parent).split()
    done = subprocess.run(  # noqa: S603 ours
        [sys.executable, "-c", WATCHED, *words, str(articles)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stderr, done.returncode) == ("", 0)


def test_the_watch_hears_a_socket() -> None:
    """The test above would fail if something were opened."""
    code = WATCHED.replace("from retold.cli import main\nmain()", "import socket; socket.socket()")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603 ours
    assert done.stderr.startswith("socket.__new__")
