"""What an archive promises whether it is in a file or on a server: whole batches, turns, checks,
copies."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from retold.archive import people, search
from retold.archive.check import check
from retold.archive.database import migrations
from retold.archive.said import Filters
from retold.archive.store import Archive, Kept
from retold.errors import StoreError
from tests import archives


def faults(archive: Archive) -> list[str]:
    return [fault.message for fault in check(archive)]


# --- crowded --------------------------------------------------------------------------------------


def test_an_error_in_a_batch_keeps_nothing_of_it(new_archive: Callable[[], Archive]) -> None:
    """A batch is kept whole or not at all, and the next one is kept."""
    archive = new_archive()
    first, second = archives.many(2)
    with pytest.raises(ZeroDivisionError):
        archive.keep_all(reading if reading is first else 1 / 0 for reading in (first, second))
    assert (len(archive), faults(archive)) == (0, [])
    assert archive.keep_all((first, second)) == (Kept.NEW, Kept.NEW)


def test_many_values_are_asked_for_at_once(new_archive: Callable[[], Archive]) -> None:
    """Each value has its own rows, in the order asked, also those of a batch not yet kept."""
    archive = new_archive()
    held = archives.many(30)
    archive.keep_all(held[:20])
    sql = "SELECT id FROM articles WHERE number = ?"
    ids = [reading.article.id for reading in held]

    def asked(numbers: Sequence[int]) -> list[list[str]]:
        found = archive.database.rows_of_each(sql, [(number,) for number in numbers])
        return [[row["id"] for row in each] for each in found]

    assert asked(()) == []
    assert asked(range(99, 0, -1)) == [[]] * 79 + [[id] for id in reversed(ids[:20])]
    with archive.writing():
        archive.keep_all(held[20:])
        assert asked(range(1, 100)) == [[id] for id in ids] + [[]] * 69


def test_a_fault_in_one_of_many_is_told(new_archive: Callable[[], Archive]) -> None:
    """What goes wrong for one of many values is an error of the archive's, with its place."""
    archive = new_archive()
    with pytest.raises(StoreError) as told:
        archive.database.rows_of_each("SELECT id FROM nothing WHERE number = ?", [(1,)] * 99)
    assert told.value.hint


def test_several_writers_and_a_reader_at_once(place: str) -> None:
    """Processes that open a new archive and write to it at the same moment wait for one another."""
    code = (
        "import sys; from tests import archives; from retold.archive.store import Archive\n"
        "held = archives.many(10)\n"
        "sys.stdin.readline()\n"
        "with Archive.open(sys.argv[1]) as archive:\n"
        "    for reading in held: archive.keep(reading); sum(1 for _ in archive.readings())\n"
    )
    writers = [
        subprocess.Popen(  # noqa: S603 ours
            [sys.executable, "-c", code, place],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for writer in writers:  # all are told to begin before any is waited for
        assert writer.stdin
        writer.stdin.write("now\n")
        writer.stdin.flush()
    assert [writer.communicate()[1] for writer in writers] == ["", "", ""]
    with Archive.open(place) as archive:
        assert (len(archive), faults(archive)) == (10, [])


def test_a_reader_sees_the_moment_at_which_it_asked(place: str) -> None:
    """What another connection has not finished writing is neither there for a reader nor in its
    way."""
    first, second = archives.many(2)
    with Archive.open(place) as writer, Archive.open(place) as reader:
        writer.keep(first)
        with writer.writing():
            writer.keep(second)
            assert [reading.article.id for reading in reader.readings()] == [first.article.id]
        assert len(reader) == 2


def test_a_writer_that_never_ends_is_an_error_with_a_reason(place: str, kind: str) -> None:
    """Who waits for too long is told that another process is writing, and can go on after it."""
    impatience = {"a file": "PRAGMA busy_timeout = 1", "a server": "SET lock_timeout = 1"}
    with Archive.open(place) as first, Archive.open(place) as second:
        second.database.do(impatience[kind])
        with first.writing(), pytest.raises(StoreError) as error:
            second.keep(archives.many(1)[0])
        assert "Another process is writing" in error.value.hint
        assert second.keep(archives.many(1)[0]) is Kept.NEW


# --- what is something else -----------------------------------------------------------------------


def test_no_archive_is_made_where_one_was_to_be_read(place: str) -> None:
    """A command that reads says that there is no archive, and makes none."""
    for _ in range(2):
        with pytest.raises(StoreError, match="no archive here yet"):
            Archive.open(place, create=False)


def test_an_archive_of_a_newer_version_is_refused(place: str, kind: str) -> None:
    """What a newer retold wrote is not touched, and the error says what to install."""
    newer = {
        "a file": "PRAGMA user_version = 9999",
        "a server": "UPDATE archive SET version = 9999",
    }
    with Archive.open(place) as archive:
        archive.database.do(newer[kind])
    for _ in range(2):
        with pytest.raises(StoreError, match="version 9999") as error:
            Archive.open(place)
        assert "newest retold" in error.value.hint


@pytest.mark.parametrize("steps", [1, 4])
def test_an_older_archive_is_brought_up(
    new_archive: Callable[[], Archive],
    place: str,
    kind: str,
    monkeypatch: pytest.MonkeyPatch,
    steps: int,
) -> None:
    """An archive of fewer steps, with all that its tables held, is whole after the others, and
    gives the answers of one that was made by this retold."""
    made = new_archive()
    made.keep_all(archives.many(3))
    with monkeypatch.context() as older:
        module = {"a file": "sqlite", "a server": "postgres"}[kind]
        older.setattr(f"retold.archive.{module}.migrations", lambda *of: migrations(*of)[:steps])
        with Archive.open(place) as archive:
            archives.fill(archive.database, made.database)
    with Archive.open(place) as archive:
        assert (archive.database.version, faults(archive)) == (made.database.version, [])
        assert people.find(archive, "Quill") == people.find(made, "Quill")
        by = Filters(forms=("ned quill",))
        assert search.find(archive, "", filters=by) == search.find(made, "", filters=by)
        archive.keep_all(archives.many(4))
        assert faults(archive) == []


# --- what check finds -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("damage", "values", "expected"),
    [
        ("UPDATE articles SET text = 'Gone'", (), "out of place"),
        ("UPDATE articles SET text = upper(text)", (), "rows of its statements"),
        ("UPDATE statements SET content = 'We never waited'", (), "rows of its statements"),
        ("UPDATE speakers SET name = 'Nobody'", (), "rows of its speakers"),
        ("DELETE FROM chains", (), "chains of its statements"),
        ("UPDATE vectors SET packed = ?", (b"\0",), "cannot be decoded"),
        ("DELETE FROM vectors", (), "no such article"),
        ("UPDATE articles SET reading = ?", (b"\x12\x34",), "cannot be decoded"),
        ("DELETE FROM article_words WHERE rowid = 1", (), "article_words is not in step"),
        ("UPDATE names SET name = 'Nobody' || number", (), "speaker_words is not in step"),
        ("UPDATE names SET speakers = 7", (), "list of names"),
        ("DELETE FROM names WHERE number = 1", (), "list of names"),
    ],
)
def test_check_finds_what_was_damaged(
    new_archive: Callable[[], Archive], damage: str, values: tuple[Any, ...], expected: str
) -> None:
    """A row, an index or a blob that was changed behind the archive's back is named."""
    archive = new_archive()
    archive.keep_all(archives.many(2))
    archive.database.do(damage, values)
    assert any(expected in message for message in faults(archive))


# --- copies ---------------------------------------------------------------------------------------


def test_a_backup_is_an_archive_of_its_own(place: str, tmp_path: Path) -> None:
    """A copy made while another writes holds what was there, and can be written to."""
    first, second = archives.many(2)
    copy = tmp_path / "copy.sqlite"
    with Archive.open(place) as archive, Archive.open(place) as other:
        archive.keep(first)
        with other.writing():
            other.keep(second)
            archive.backup(copy)
    with Archive.open(copy) as archive:
        assert tuple(archive.readings()) == (first,)
        assert (archive.keep(second), faults(archive)) == (Kept.NEW, [])


def test_a_backup_overwrites_nothing(new_archive: Callable[[], Archive], tmp_path: Path) -> None:
    """A file that is there already stays as it is."""
    copy = tmp_path / "copy.sqlite"
    copy.write_text("precious")
    with pytest.raises(StoreError, match="file already"):
        new_archive().backup(copy)
    assert copy.read_text() == "precious"
