"""`retold serve` as it is started: where it listens, what it refuses, what it tells."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests import desk  # noqa: F401 skips where the extra is not installed

from retold.cli import main  # isort: skip


@contextmanager
def started(*options: str, **environment: str) -> Iterator[tuple[int, list[str]]]:
    """The port and the lines that a server tells; it is ended as Ctrl-C ends it."""
    server = subprocess.Popen(  # noqa: S603 our own command
        [sys.executable, "-m", "retold", "serve", "--port", "0", *options],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )
    assert server.stderr
    lines = [server.stderr.readline() for _ in range(2)]
    port = re.search(r":(\d+) ", lines[0])
    assert port, lines
    try:
        yield int(port[1]), lines
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=30)


def status(port: int, path: str = "/", **headers: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def test_it_tells_its_address_and_answers(tmp_path: Path) -> None:
    """The address holds once it is told, on this machine alone, and so does the archive."""
    place = tmp_path / "a.sqlite"
    with started("--archive", str(place)) as (port, lines):
        assert (f"http://127.0.0.1:{port}" in lines[0], str(place) in lines[1]) == (True, True)
        assert (status(port), status(port, "/search")) == (200, 200)
        others = [a for *_, (a, *_) in socket.getaddrinfo(socket.gethostname(), None)]
        for address in others:
            if not address.startswith("127.") and ":" not in address:
                with pytest.raises(OSError, match="refused"):
                    socket.create_connection((address, port), timeout=5)


def test_a_token_of_the_environment_guards_it() -> None:
    """No list of processes shows it."""
    token = "correct horse battery"  # noqa: S105 of the test
    with started("--host", "0.0.0.0", RETOLD_TOKEN=token) as (port, _):  # noqa: S104 guarded
        given = {"Authorization": f"Bearer {token}"}
        assert (status(port, "/stories.json"), status(port, "/stories.json", **given)) == (401, 200)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])  # noqa: S104 refused
def test_without_a_key_it_listens_to_nobody_else(host: str) -> None:
    """It does not start, and says what to give."""
    result = CliRunner().invoke(main, ["serve", "--host", host, "--port", "0"])
    assert result.exit_code == 1
    assert "Give --token or --password, or listen on 127.0.0.1." in result.stderr


def test_a_port_that_is_taken_is_told() -> None:
    """One line, and what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = CliRunner().invoke(main, ["serve", "--port", str(port)])
    assert result.exit_code == 1
    assert f"127.0.0.1:{port}: it cannot be listened on" in result.stderr


def test_an_archive_that_is_none_is_told(tmp_path: Path) -> None:
    """Before the server is there, not at the first page."""
    broken = tmp_path / "a.sqlite"
    broken.write_text("no archive" * 100)
    result = CliRunner().invoke(main, ["serve", "--port", "0", "--archive", str(broken)])
    assert (result.exit_code, str(broken) in result.stderr) == (1, True)
