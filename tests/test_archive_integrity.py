"""Nothing is lost or half done, whatever happens to the writer, the disk or the file."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from retold.archive.check import check
from retold.archive.database import migrations
from retold.archive.store import Archive, Kept
from retold.errors import StoreError
from retold.types import Reading
from tests import archives

NOBODY = 65534


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "archive.sqlite"


def faults(archive: Archive) -> list[str]:
    return [fault.message for fault in check(archive)]


# --- no room, crowded -----------------------------------------------------------------------------


def test_a_full_disk_loses_nothing(place: Path) -> None:
    """When there is no room, the error says so, what was kept stays, and the rest can follow."""
    held = archives.many(30)
    kept: list[Reading] = []
    with Archive.open(place) as archive:
        pages = archive.database.value("PRAGMA page_count")
        archive.database.do(f"PRAGMA max_page_count = {pages + 20}")
        with pytest.raises(StoreError, match="full") as error:
            _until_it_fails(archive, held, kept)
        assert "make room" in error.value.hint
        assert (tuple(archive.readings()), faults(archive)) == (tuple(kept), [])
    with Archive.open(place) as archive:
        archive.keep_all(held)
        assert (len(archive), faults(archive)) == (len(held), [])


def _until_it_fails(archive: Archive, held: list[Reading], kept: list[Reading]) -> None:
    for reading in held:
        archive.keep(reading)
        kept.append(reading)


def test_an_archive_belongs_to_one_thread(place: Path) -> None:
    """Used from a second thread it is refused, and nothing of it is written."""
    met: list[Exception] = []
    with Archive.open(place) as archive:

        def work() -> None:
            try:
                archive.keep(archives.many(1)[0])
            except StoreError as error:
                met.append(error)

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        assert (len(met), len(archive)) == (1, 0)


# --- files that are something else ----------------------------------------------------------------


def test_a_folder_that_is_not_there(place: Path) -> None:
    """An archive in a folder that does not exist is refused in plain words."""
    with pytest.raises(StoreError, match="unable to open") as error:
        Archive.open(place / "inside" / "archive.sqlite")
    assert "folder is there" in error.value.hint


@pytest.mark.parametrize("content", [b"Ferry late\n\n" * 100, b"SQLite format 3\0" + b"\1" * 4096])
def test_a_file_that_is_no_archive_is_left_alone(place: Path, content: bytes) -> None:
    """A text, or a damaged header, is refused and not written over."""
    place.write_bytes(content)
    with pytest.raises(StoreError):
        Archive.open(place)
    assert place.read_bytes() == content


def test_another_programs_database_is_left_alone(place: Path) -> None:
    """A database with tables of its own is not made into an archive."""
    with sqlite3.connect(place) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    before = place.read_bytes()
    with pytest.raises(StoreError, match="not an archive"):
        Archive.open(place)
    assert place.read_bytes() == before


def test_an_archive_of_a_newer_version_is_refused(place: Path) -> None:
    """What a newer retold wrote is not touched, and the error says what to install."""
    with Archive.open(place) as archive:
        archive.database.do("PRAGMA user_version = 9999")
    before = place.read_bytes()
    with pytest.raises(StoreError, match="version 9999") as error:
        Archive.open(place)
    assert "newest retold" in error.value.hint
    assert place.read_bytes() == before


def test_an_archive_of_the_first_version_is_brought_up(place: Path) -> None:
    """Rows that the first version wrote are read, found and checked by this one."""
    archives.version_1(place)
    with Archive.open(place) as archive:
        assert archive.database.version == len(migrations())
        (reading,) = archive.readings()
        (said,) = reading.attributions
        (piece,) = said.content
        assert reading.article.text[piece.start : piece.end] == "“The bridge will close in May,”"
        assert [given for given, _ in archive.failures()] == ["/news/gone.html"]
        assert (archive.keep(reading), faults(archive)) == (Kept.SAME, [])


def test_an_address_is_not_yet_an_archive() -> None:
    """What is no file is refused."""
    with pytest.raises(StoreError, match="an archive is a file"):
        Archive.open("mysql://news")


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="needs users")
@pytest.mark.parametrize("folder_mode", [0o777, 0o555], ids=["in a folder", "in a fixed folder"])
def test_a_file_that_may_not_be_written_is_read(tmp_path: Path, folder_mode: int) -> None:
    """An archive that is read-only can be read; what would write to it is refused with a reason,
    and nobody is told that an index that cannot be compared is wrong."""
    place = tmp_path / "archive.sqlite"
    with Archive.open(place) as archive:
        archive.keep_all(archives.many(2))
    tmp_path.parent.chmod(0o755)  # pytest keeps its folders to their owner
    tmp_path.parent.parent.chmod(0o755)
    place.chmod(0o444)
    tmp_path.chmod(folder_mode)
    code = (
        "import os, sys; from retold.archive.store import Archive; from tests import archives\n"
        "from retold.archive.check import check\n"
        "archives.many(1), archives.migrations()  # loads what this user may not\n"
        f"if os.getuid() == 0: os.setuid({NOBODY})\n"
        "with Archive.open(sys.argv[1]) as archive:\n"
        "    print(sum(1 for _ in archive.readings()))\n"
        "    try: archive.keep(archives.many(3)[2])\n"
        "    except Exception as error: print(type(error).__name__, error.hint)\n"
        "    try: print(list(check(archive)))\n"
        "    except Exception as error: print(type(error).__name__)\n"
    )
    done = subprocess.run(  # noqa: S603 ours
        [sys.executable, "-c", code, str(place)], capture_output=True, text=True, check=False
    )
    tmp_path.chmod(0o755)
    assert done.stderr == ""
    assert done.stdout == (
        "2\nStoreError The file or its folder may not be written; see to the permissions.\n"
        "StoreError\n"
    )


# --- what check finds -----------------------------------------------------------------------------


def test_check_finds_a_damaged_page(place: Path) -> None:
    """Bytes that the disk changed are found, or the file is refused."""
    with Archive.open(place) as archive:
        archive.keep_all(archives.many(20))
    data = bytearray(place.read_bytes())
    at = len(data) // 2 // 4096 * 4096
    data[at : at + 4096] = bytes(4096)
    place.write_bytes(data)
    assert _found_out(place)


def _found_out(place: Path) -> bool:
    try:
        with Archive.open(place) as archive:
            return bool(faults(archive))
    except StoreError as error:
        return "backup" in error.hint


# --- what is forgotten ----------------------------------------------------------------------------


def test_what_is_forgotten_is_not_in_the_file(place: Path) -> None:
    """No word of a forgotten article is left in any byte of the archive's files."""
    held = archives.many(3)
    with Archive.open(place) as archive:
        archive.keep_all(held)
        kept = archives.readings.read("Zyxwvut closes\n\nThe qqqplant is shut.", outlet="Herald")
        archive.keep(kept)
        archive.forget(kept.article.id)
        left = [path.read_bytes().lower() for path in place.parent.glob(f"{place.name}*")]
        assert [word for word in (b"zyxwvut", b"qqqplant") for data in left if word in data] == []
        assert (len(archive), faults(archive)) == (3, [])
