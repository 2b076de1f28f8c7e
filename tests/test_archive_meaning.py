"""Passages are found by what they mean, through sketches that can be lost and made again."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.archive import lists, meaning, rows, vectors
from retold.archive import sketches as module
from retold.archive.check import check
from retold.archive.said import Filters
from retold.archive.store import Archive
from retold.comparing.units import VECTOR_SIZE
from retold.spans import cut
from retold.types import Reading, Span
from tests import readings


def vector(words: str) -> bytes:
    """The vector of some words, as the readings of the tests have them."""
    return readings.vectors(words, [Span(0, len(words))])


@pytest.fixture
def archive(new_archive: Callable[[], Archive]) -> Archive:
    archive = new_archive()
    archive.keep_all(readings.fire())
    return archive


def near(archive: Archive, asked: bytes, **narrowed: Any) -> tuple[meaning.Alike, ...]:
    return meaning.find(archive, asked, model="counted words", **narrowed)


def sketches(archive: Archive) -> Path:
    assert archive.database.sketches
    return archive.database.sketches


def shown(found: tuple[meaning.Alike, ...]) -> list[str]:
    return [cut(one.article.text, one.passage.span) for one in found]


def test_the_nearest_passage_comes_first(archive: Archive) -> None:
    """Words find the passages that share their meaning, with their cosine, and no others."""
    found = near(archive, vector("insurers expect a dispute over the roof"))
    assert shown(found)[0].startswith("Insurers expect a long dispute")
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(one.score >= meaning.LEAST for one in found)


def test_the_vectors_of_another_model_are_left_alone(archive: Archive) -> None:
    """What another model has read cannot be near to a vector of this one."""
    asked = vector("insurers expect a dispute over the roof")
    assert meaning.find(archive, asked, model="another") == ()
    held = len(list(archive.articles()))
    counted = [meaning.left_out(archive, model=model) for model in ("another", "counted words")]
    assert counted == [held, 0]


def test_a_passage_says_whose_words_it_holds(archive: Archive) -> None:
    """A statement comes with its speaker; filters by speaker leave the outlet's own voice out."""
    asked = vector("the blaze began in a kiosk")
    (first, *_) = near(archive, asked, filters=Filters(forms=("dana holm",)))
    assert (first.chain, shown((first,))) == (("Dana Holm",), ["The blaze began in a kiosk"])
    assert near(archive, asked, filters=Filters(forms=("nobody",))) == ()
    found = near(archive, asked, filters=Filters(outlet="Herald"))
    assert {one.article.outlet for one in found} == {"Herald"}


def test_what_is_forgotten_meanwhile_is_left_out(archive: Archive) -> None:
    """An article that is gone when its words are to be shown is passed over, the others are not."""
    found = list(meaning._alikes(archive, [(0.9, 99, 0), (0.8, 1, 0)], 5))
    assert [(one.score, one.article) for one in found] == [(0.8, next(archive.readings()).article)]


def test_no_two_share_words(archive: Archive) -> None:
    """A sentence and a part of it are shown once."""
    found = near(archive, vector("the blaze began in a kiosk, said fire chief Dana Holm"))
    for at, one in enumerate(found):
        for other in found[:at]:
            assert one.passage.span != other.passage.span


@pytest.mark.parametrize("damage", ["lost", "cut", "overwritten", "other", "empty", "no sketches"])
def test_the_sketches_are_made_again(archive: Archive, damage: str) -> None:
    """A file that is lost, damaged or something else changes no answer, and is whole again."""
    asked = vector("ferries were moved to Lindhaven")
    before = shown(near(archive, asked))
    file = sketches(archive)
    content = file.read_bytes()
    match damage:
        case "lost":
            file.unlink()
        case "cut":
            file.write_bytes(content[: len(content) // 2])
        case "overwritten":
            file.write_bytes(content[:4096] + b"\7" * (len(content) - 4096))
        case "other":
            file.write_bytes(b"a letter to my aunt, not a database")
        case "empty":
            file.write_bytes(b"")
        case "no sketches":
            with closing(sqlite3.connect(file)) as connection:
                connection.execute("UPDATE pieces SET held = x'0102030405'")
                connection.commit()
    assert shown(near(archive, asked)) == before
    assert list(check(archive)) == []
    assert file.stat().st_size == len(content)


def test_sketches_of_another_archive_are_made_anew(
    archive: Archive, new_archive: Callable[[], Archive]
) -> None:
    """A file that belongs to other articles with the same numbers is not believed."""
    asked = vector("bakers bake rye bread")
    other = new_archive()
    other.keep_all(
        readings.read(f"Bread\n\nThe bakers bake rye bread at {hour}.", outlet="Gazette")
        for hour in ("dawn", "noon")
    )
    assert near(archive, asked) == ()
    sketches(other).parent.mkdir(exist_ok=True)
    sketches(other).write_bytes(sketches(archive).read_bytes())
    assert shown(near(other, asked))[0] == "The bakers bake rye bread at dawn."
    assert list(check(other)) == []


def test_sketches_out_of_step_are_a_fault(archive: Archive) -> None:
    """`check` names the articles whose sketches are not those of their vectors."""
    near(archive, vector("kiosk"))
    assert list(check(archive)) == []
    first, _ = archive.readings()
    with closing(sqlite3.connect(sketches(archive))) as connection:
        ((number, held),) = connection.execute("SELECT number, held FROM pieces").fetchall()
        piece = lists.unpacked(held)
        others = lists.packed(piece.only(piece.article != 1))
        connection.execute("UPDATE pieces SET held = ? WHERE number = ?", (others, number))
        connection.commit()
    faults = list(check(archive))
    assert [fault.article_id for fault in faults] == [first.article.id]
    assert "which is made again" in faults[0].message


@pytest.mark.parametrize("is_sketched", [False, True])
def test_vectors_that_are_damaged_stop_nothing(archive: Archive, is_sketched: bool) -> None:
    """An article whose vectors cannot be unpacked is not found by meaning, the others are, and
    `check` names it."""
    asked = vector("the blaze began in a kiosk")
    first, second = archive.readings()
    if is_sketched:
        near(archive, asked)
    archive.database.do("UPDATE vectors SET packed = ? WHERE article = 1", (b"\0",))
    assert {one.article.id for one in near(archive, asked)} == {second.article.id}
    assert {fault.article_id for fault in check(archive)} == {first.article.id}


@pytest.mark.parametrize("starts", [b"", b"\0", b"\1\0\0\0", b"\xff\xff\0\0"])
def test_parts_of_vectors_that_begin_elsewhere_are_a_fault(archive: Archive, starts: bytes) -> None:
    """What says falsely where parts begin stops nothing, and `check` names the article."""
    first, second = archive.readings()
    asked = vector("the blaze began in a kiosk")
    near(archive, asked)
    archive.database.do("UPDATE vectors SET starts = ? WHERE article = 1", (starts,))
    assert second.article.id in {one.article.id for one in near(archive, asked)}
    assert {fault.article_id for fault in check(archive)} == {first.article.id}


@settings(deadline=None)  # a test asserts no time
@given(st.integers(0, 200), st.lists(st.integers(0, 220), unique=True))
def test_some_vectors_are_had_without_the_others(count: int, which: list[int]) -> None:
    """Any of an article's vectors, and none that it has not; of an older archive too, in which all
    are one part."""
    held = np.random.default_rng(count).integers(-9, 9, (count, VECTOR_SIZE), np.int8)
    packed, starts = rows.pack_vectors(held.tobytes())
    with Archive.open(":memory:") as archive:
        archive.database.do("PRAGMA foreign_keys = OFF")
        archive.database.do(
            "INSERT INTO vectors VALUES (1, ?, ?), (2, ?, NULL)", (packed, starts, packed)
        )
        for number in (1, 2):
            places, found = vectors.chosen(archive.database, {number: which})
            there = [row for _, row in places]
            assert sorted(places) == sorted((number, row) for row in which if row < count)
            assert found.tolist() == held[there].tolist()


def test_a_damaged_file_of_sketches_is_a_fault(archive: Archive) -> None:
    """`check` says which file to remove when it cannot be read."""
    near(archive, vector("kiosk"))
    sketches(archive).write_bytes(b"a letter to my aunt, not a database")
    (fault,) = check(archive)
    assert f"remove {sketches(archive).name}" in fault.message


def test_what_is_added_later_is_found(archive: Archive) -> None:
    """New articles are found by the next search, whatever was sketched before."""
    asked = vector("bakers bake rye bread")
    assert near(archive, asked) == ()
    archive.keep(readings.read("Bread\n\nThe bakers bake rye bread at dawn.", outlet="Gazette"))
    assert shown(near(archive, asked))[0] == "The bakers bake rye bread at dawn."
    assert list(check(archive)) == []


def test_sketches_that_may_not_be_written_hide_nothing(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was added is found while another process keeps the file of sketches to itself."""
    monkeypatch.setattr(module, "BUSY_SECONDS", 0)
    asked = vector("bakers bake rye bread")
    assert near(archive, asked) == ()
    archive.keep(readings.read("Bread\n\nThe bakers bake rye bread at dawn.", outlet="Gazette"))
    with closing(sqlite3.connect(sketches(archive), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert shown(near(archive, asked))[0] == "The bakers bake rye bread at dawn."


def test_what_is_forgotten_leaves_no_sketch(archive: Archive) -> None:
    """Forgetting an article removes its sketches from the file, and those of no other."""
    asked = vector("the blaze began in a kiosk")
    near(archive, asked)
    first, second = archive.readings()
    trace = np.frombuffer(first.vectors, np.int8).reshape(-1, VECTOR_SIZE)
    one = lists.signs(trace)[0].tobytes()
    assert one in sketches(archive).read_bytes() + _log(archive)
    archive.forget(first.article.id)
    left = sketches(archive).read_bytes() + _log(archive)
    assert one not in left
    assert first.article.id.encode() not in left
    assert {one.article.id for one in near(archive, asked)} == {second.article.id}
    assert list(check(archive)) == []


def _log(archive: Archive) -> bytes:
    log = sketches(archive).with_name(f"{sketches(archive).name}-wal")
    return log.read_bytes() if log.exists() else b""


def test_lists_lose_nothing(
    new_archive: Callable[[], Archive], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large archive, whose sketches lie in lists, gives what a small one gives if all lists are
    looked at; also of what is added to it, and of what is left when some is forgotten."""
    monkeypatch.setattr(module, "LISTED", 4)
    monkeypatch.setattr(module, "MOST_WAITING", 40)
    monkeypatch.setattr(lists, "CENTRES", 5)
    held = [each for n in range(4) for each in _both(n)]
    many, few = new_archive(), new_archive()
    asked = vector("insurers expect a dispute over the roof")
    for start in range(0, 8, 2):
        many.keep_all(held[start : start + 2])
        near(many, asked)
    few.keep_all(held)
    with closing(sqlite3.connect(sketches(many))) as connection:
        found = connection.execute("SELECT DISTINCT list FROM pieces WHERE list >= 0").fetchall()
    assert len(found) > 1
    for archive in (many, few):
        archive.forget(held[3].article.id)
    monkeypatch.setattr(module, "LISTED", 10**9)
    assert near(many, asked) == near(few, asked)
    assert list(check(many)) == []


def _both(number: int) -> list[Reading]:
    first, second = readings.fire()
    if not number:
        return [first, second]
    return [_copy(first, 2 * number), _copy(second, 2 * number + 1)]


def test_few_articles_are_looked_at_one_by_one(archive: Archive) -> None:
    """Where a filter leaves few articles, their vectors are asked without any sketch."""
    asked = vector("the blaze began in a kiosk")
    assert near(archive, asked, filters=Filters(outlet="Herald"))
    assert not sketches(archive).exists()


def _copy(reading: Reading, number: int) -> Reading:
    return readings.again(
        reading, f"https://copy.example/{hashlib.sha256(bytes([number])).hexdigest()}"
    )
