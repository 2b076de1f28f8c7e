"""The log of corrections in an archive: kept once, undone, forgotten with the article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from retold.archive import corrections
from retold.archive.check import check
from retold.archive.store import Archive
from retold.correcting import drafts
from retold.correcting.records import Correction, Undo
from retold.errors import StoreError
from retold.types import Span
from tests import readings

COURIER, HERALD = readings.fire()
NOON = dt.datetime(2031, 6, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def archive(new_archive: Callable[[], Archive]) -> Archive:
    archive = new_archive()
    archive.keep_all((COURIER, HERALD))
    return archive


def remark(reading: readings.Reading, note: str, minute: int = 0) -> Correction:
    at = NOON + dt.timedelta(minutes=minute)
    return drafts.record(drafts.remark(reading.article, Span(0, 4), note), who="Ada", at=at)


def undo(correction: Correction, minute: int = 30) -> Correction:
    at = NOON + dt.timedelta(minutes=minute)
    return drafts.record(Undo(correction_id=correction.id), who="Ben", at=at)


def test_corrections_come_back_in_order(archive: Archive) -> None:
    """The earliest first, whichever was added first."""
    early, late = remark(COURIER, "one"), remark(HERALD, "two", 5)
    corrections.add(archive, (late, early))
    assert corrections.held(archive) == (early, late)


def test_a_correction_is_kept_once(archive: Archive) -> None:
    """Adding an export again adds nothing."""
    log = (remark(COURIER, "one"), remark(HERALD, "two"))
    assert [corrections.add(archive, log), corrections.add(archive, log)] == [2, 0]


def test_an_undo_belongs_to_what_it_undoes(archive: Archive) -> None:
    """Asked for an article, the log holds its corrections and their undos, and no others."""
    mine, other = remark(COURIER, "one"), remark(HERALD, "two")
    corrections.add(archive, (mine, other, undo(mine)))
    assert corrections.about(archive, [COURIER.article.id]) == (mine, undo(mine))


def test_an_undo_of_nothing_is_refused_whole(archive: Archive) -> None:
    """All of a batch is kept, or none of it."""
    with pytest.raises(StoreError, match="no correction"):
        corrections.add(archive, (remark(COURIER, "one"), undo(remark(HERALD, "two"))))
    assert corrections.held(archive) == ()


def test_a_forgotten_article_takes_its_corrections_along(archive: Archive) -> None:
    """They quote its words; what is about another article stays."""
    mine, other = remark(COURIER, "one"), remark(HERALD, "two")
    corrections.add(archive, (mine, other, undo(mine)))
    archive.forget(COURIER.article.id)
    assert corrections.held(archive) == (other,)


def test_a_reading_made_again_keeps_its_corrections(archive: Archive) -> None:
    """They are about an article, not about a reading of it."""
    mine = remark(COURIER, "one")
    corrections.add(archive, (mine,))
    archive.keep(replace(COURIER, model="another model"))
    assert corrections.about(archive, [COURIER.article.id]) == (mine,)


def test_what_a_reader_writes_is_never_sql(archive: Archive) -> None:
    """Names and notes go in as values."""
    mine = drafts.record(
        drafts.remark(COURIER.article, Span(0, 4), "'); DROP TABLE corrections; --"),
        who="Robert'); DROP TABLE articles;--",
        at=NOON,
    )
    corrections.add(archive, (mine,))
    assert corrections.about(archive, ["' OR 1=1 --", COURIER.article.id]) == (mine,)
    assert len(archive) == 2


def test_a_sound_log_has_no_fault(archive: Archive) -> None:
    """`check` finds nothing in what was kept as it should be."""
    mine = remark(COURIER, "one")
    corrections.add(archive, (mine, undo(mine)))
    assert list(check(archive)) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("UPDATE corrections SET entry = '{}'", "a correction in the archive cannot be read"),
        (
            'UPDATE corrections SET entry = replace(entry, \'"words":"Fire\', \'"words":"Dire\')',
            "quotes other words",
        ),
        ("DELETE FROM corrections WHERE number = 1", "undoes one that is not there"),
    ],
)
def test_a_broken_log_is_told(archive: Archive, change: str, message: str) -> None:
    """Each fault of the log in words."""
    mine = remark(COURIER, "one")
    corrections.add(archive, (mine, undo(mine)))
    archive.database.do(change)
    assert any(message in fault.message for fault in check(archive))
