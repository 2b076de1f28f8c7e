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


# A program of its own, which sees the tests end, however they end, by the end of its input.
KEEPER = """
"$1/pg_ctl" -D "$2/data" -w -t 120 -l "$2/data/log" start >/dev/null && echo up && cat >/dev/null
"$1/pg_ctl" -D "$2/data" -m immediate stop >/dev/null
rm -rf "$2"
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
    folder = _prepared(programs)
    keeper = _as_owner("sh", "-c", KEEPER, "sh", programs, folder)
    with subprocess.Popen(  # noqa: S603 ours
        keeper,
        cwd="/",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # what ends the tests shall not end it
    ) as kept:
        assert kept.stdout
        assert kept.stdout.readline() == "up\n", "the PostgreSQL server did not start"
        yield lambda user, database: f"postgresql://{user}@/{database}?host={folder}"


def _prepared(programs: Path) -> Path:
    """A folder with what a server starts from."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short, as the name of a socket has to be
    data = folder / "data"
    if os.getuid() == 0:
        shutil.chown(folder, OWNER)
    kind = ["--encoding=UTF8", "--locale=C", "--auth=trust", f"--username={OWNER}"]
    made = _as_owner(programs / "initdb", "-D", data, *kind, "--no-sync")
    subprocess.run(made, cwd="/", capture_output=True, check=True)  # noqa: S603 ours
    (data / "pg_hba.conf").write_text(USERS)
    with (data / "postgresql.conf").open("a") as file:
        file.write(SETTINGS.format(folder=folder))
    return folder


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


def _as_owner(*command: str | Path) -> list[str]:
    """The command, run as one whom the server does not refuse."""
    switch = ["runuser", "-u", OWNER, "--"] if os.getuid() == 0 else []
    return [*switch, *map(str, command)]
