"""From sources into an archive: each article once, versions beside each other, failures kept."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from retold import intake, sources
from retold.archive.check import check
from retold.archive.store import Archive, Kept
from retold.errors import ModelError, StoreError
from retold.intake import Settings, Taken
from retold.types import Failure
from tests.archives import FERRY, URL, row, unread

NO_MODEL = Settings(model=Path("no-such-model"))


@pytest.fixture
def archive(new_archive: Callable[[], Archive]) -> Archive:
    return new_archive()


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """A file with one article."""
    file = tmp_path / "articles.jsonl"
    file.write_text(row() + "\n", encoding="utf-8")
    return file


def test_what_is_held_is_not_read(archive: Archive, rows: Path) -> None:
    """An article that the archive holds needs no model."""
    (article,) = sources.load(rows).articles
    archive.keep(unread(article))
    expected = Taken(article=article, kept=Kept.SAME)
    assert list(intake.add(archive, [rows], settings=NO_MODEL)) == [expected]


@pytest.mark.parametrize("url", [f"{URL}?utm_source=mail", f"{URL}/", f"{URL}#top"])
def test_a_link_to_the_same_page_is_the_same_article(
    archive: Archive, rows: Path, url: str
) -> None:
    """What links carry to tell where readers come from does not make another article."""
    archive.keep(unread(sources.load(rows).articles[0]))
    rows.write_text(row(url=url), encoding="utf-8")
    (taken,) = intake.add(archive, [rows], settings=NO_MODEL)
    assert isinstance(taken, Taken)
    assert (taken.kept, len(archive)) == (Kept.SAME, 1)


def test_comments_do_not_make_a_version(archive: Archive, rows: Path) -> None:
    """A page on which readers went on talking is the article that it was."""
    archive.keep(unread(sources.load(rows).articles[0]))
    rows.write_text(row(f"{FERRY}\n\nComments\n\nTom\n2 hours ago\nAbout time.\nReply"))
    (article,) = sources.load(rows).articles
    assert archive.status(article) is Kept.SAME


def test_a_failure_is_kept_until_it_is_mended(archive: Archive, rows: Path) -> None:
    """What gave no article is remembered with its source and reason, and dropped when it does."""
    article = sources.load(rows).articles[0]
    rows.write_text(f"{row()}\n{{broken\n", encoding="utf-8")
    archive.keep(unread(article))
    taken, failure = intake.add(archive, [rows], settings=NO_MODEL)
    assert isinstance(taken, Taken)
    assert isinstance(failure, Failure)
    assert archive.failures() == ((str(rows.resolve()), failure),)
    rows.write_text(row(), encoding="utf-8")
    list(intake.add(archive, [rows], settings=NO_MODEL))
    assert archive.failures() == ()


def test_a_source_that_is_not_there_does_not_hold_up_the_others(
    archive: Archive, rows: Path
) -> None:
    """A broken source is a failure in its place, and the rest goes on."""
    archive.keep(unread(sources.load(rows).articles[0]))
    found = list(intake.add(archive, ["no-such-file.txt", rows], settings=NO_MODEL))
    assert [type(each) for each in found] == [Failure, Taken]


def test_a_model_that_is_missing_is_told(archive: Archive, rows: Path) -> None:
    """Without a model that can be loaded nothing is kept, and the run ends with the reason."""
    with pytest.raises(ModelError):
        list(intake.add(archive, [rows], settings=NO_MODEL))
    assert len(archive) == 0


def test_half_a_character_is_replaced(archive: Archive, rows: Path) -> None:
    """What JSON can write and no text can hold becomes the sign for what was lost."""
    rows.write_text(row(FERRY + " \ud83d."), encoding="utf-8")
    (article,) = sources.load(rows).articles
    assert article.text.endswith(" \ufffd.")
    assert archive.keep(unread(article)) is Kept.NEW


@pytest.mark.model
@pytest.mark.skipif(os.name != "posix", reason="names of files are bytes")
def test_a_name_that_is_no_text_is_a_failure(archive: Archive, tmp_path: Path) -> None:
    """A file whose name cannot be written is named, and does not end the run."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(FERRY, encoding="utf-8")
    (folder / os.fsdecode(b"b\xff.txt")).write_text(f"{FERRY} Again.", encoding="utf-8")
    taken, failure = intake.add(archive, [folder])
    assert isinstance(taken, Taken)
    assert isinstance(failure, Failure)
    assert [each.source for _, each in archive.failures()] == [f"{folder}/b\\udcff.txt"]
    assert len(archive) == 1


@pytest.mark.model
def test_an_article_is_read_kept_and_found_changed(archive: Archive, rows: Path) -> None:
    """New, then the same, then another version, with what it was before; and all of it whole."""
    (new,) = intake.add(archive, [rows])
    (same,) = intake.add(archive, [rows])
    rows.write_text(row(FERRY.replace("Easter", "May")), encoding="utf-8")
    (version,) = intake.add(archive, [rows])
    assert isinstance(new, Taken)
    assert isinstance(same, Taken)
    assert isinstance(version, Taken)
    assert [new.kept, same.kept, version.kept] == [Kept.NEW, Kept.SAME, Kept.VERSION]
    assert version.before == new.article
    assert [len(reading.attributions) > 0 for reading in archive.readings()] == [True, True]
    assert list(check(archive)) == []


@pytest.mark.model
def test_processes_keep_what_one_would(new_archive: Callable[[], Archive], tmp_path: Path) -> None:
    """Read by two processes, the same articles are kept in the same order, failures in place."""
    texts = [FERRY.replace("Varn", f"Varn {n}") for n in range(9)]
    lines = [row(text, f"{URL}/{n}") for n, text in enumerate(texts)]
    file = tmp_path / "articles.jsonl"
    file.write_text("\n".join([*lines[:4], "{broken", *lines[4:]]), encoding="utf-8")
    kept = []
    for jobs in (1, 2):
        archive = new_archive()
        outcomes = list(intake.add(archive, [file], settings=Settings(jobs=jobs)))
        assert [type(each) for each in outcomes].index(Failure) == 4
        kept.append(tuple(archive.readings()))
    assert kept[0] == kept[1]
    assert len(kept[0]) == 9


def test_an_archive_that_cannot_be_written_ends_the_run(tmp_path: Path, rows: Path) -> None:
    """When the disk is full the run ends with the reason."""
    with Archive.open(tmp_path / "archive.sqlite") as archive:
        archive.keep(unread(sources.load(rows).articles[0]))
        rows.write_text("{broken\n" * 2000, encoding="utf-8")
        pages = archive.database.value("PRAGMA page_count")
        archive.database.do(f"PRAGMA max_page_count = {pages + 1}")
        with pytest.raises(StoreError, match="full"):
            list(intake.add(archive, [rows], settings=NO_MODEL))
