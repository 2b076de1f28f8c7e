"""A PostgreSQL server for the tests, of their own, where one is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

INSTALLED = "/usr/lib/postgresql"  # where Debian has its versions, none of them on the PATH
OWNER = "postgres"  # who runs it where root would, whom it refuses
USERS = "local all locked scram-sha-256\nlocal all all trust\n"
SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
fsync = off
full_page_writes = off
"""


@contextmanager
def running() -> Iterator[Callable[[str, str], str]]:
    """A server on a socket of its own; gives the address of a user's database on it."""
    pytest.importorskip("psycopg", reason="the extra retold[postgres] is not installed")
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL server: install the postgresql package")
    if os.getuid() == 0 and not _is_user(OWNER):
        pytest.skip(f"a PostgreSQL server does not run as root, and there is no user {OWNER}")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short, as the name of a socket has to be
    data = folder / "data"
    try:
        if os.getuid() == 0:
            shutil.chown(folder, OWNER)
        kind = ["--encoding=UTF8", "--locale=C", "--auth=trust", f"--username={OWNER}"]
        _run(programs / "initdb", "-D", data, *kind, "--no-sync")
        (data / "pg_hba.conf").write_text(USERS)
        with (data / "postgresql.conf").open("a") as file:
            file.write(SETTINGS.format(folder=folder))
        _run(programs / "pg_ctl", "-D", data, "-w", "-t", "120", "-l", data / "log", "start")
        try:
            yield lambda user, database: f"postgresql://{user}@/{database}?host={folder}"
        finally:
            _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


class Databases:
    """Empty databases on a server, used again once a test is done: to make one takes its time."""

    def __init__(self, address: Callable[[str, str], str]) -> None:
        self._address = address
        self._free: list[str] = []
        self._taken: list[str] = []

    def take(self) -> str:
        """The address of one."""
        if not self._free:
            name = f"archive_{len(self._taken)}"
            self._do("postgres", f"CREATE DATABASE {name}")
            self._free.append(name)
        self._taken.append(self._free.pop())
        return self._address(OWNER, self._taken[-1])

    def clear(self) -> None:
        """Empty those that were taken."""
        for name in self._taken:
            self._do(name, "DROP SCHEMA IF EXISTS retold CASCADE")
        self._free += self._taken
        self._taken = []

    def _do(self, database: str, sql: str) -> None:
        import psycopg

        address = self._address(OWNER, database)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(sql)


def _programs() -> Path | None:
    """The folder of the newest server that is installed."""
    found = shutil.which("pg_ctl")
    folders = [Path(found).parent] if found else []
    folders += sorted(Path(INSTALLED).glob("*/bin"), key=lambda f: float(f.parent.name))[::-1]
    return next((f for f in folders if (f / "initdb").exists() and (f / "pg_ctl").exists()), None)


def _is_user(name: str) -> bool:
    import pwd  # not where Windows is

    return any(user.pw_name == name for user in pwd.getpwall())


def _run(*command: str | Path) -> None:
    switch = ["runuser", "-u", OWNER, "--"] if os.getuid() == 0 else []
    done = subprocess.run(  # noqa: S603 ours
        [*switch, *map(str, command)],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
