"""Passages are found by what they mean, through sketches that can be lost and made again."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from retold.archive import meaning
from retold.archive.said import Filters
from retold.archive.store import Archive
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
    return [cut(one.reading.article.text, one.passage.span) for one in found]


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
    assert {one.reading.article.outlet for one in found} == {"Herald"}


def test_no_two_share_words(archive: Archive) -> None:
    """A sentence and a part of it are shown once."""
    found = near(archive, vector("the blaze began in a kiosk, said fire chief Dana Holm"))
    for at, one in enumerate(found):
        for other in found[:at]:
            assert one.passage.span != other.passage.span


@pytest.mark.parametrize("damage", ["lost", "cut", "other", "empty"])
def test_the_sketches_are_made_again(archive: Archive, damage: str) -> None:
    """A file that is lost, cut short or of another archive changes no answer."""
    asked = vector("ferries were moved to Lindhaven")
    before = shown(near(archive, asked))
    file = sketches(archive)
    content = file.read_bytes()
    damaged = {
        "cut": content[:-9],
        "other": content.replace(b"meaning/2", b"meaning/9"),
        "empty": b"",
    }
    if damage == "lost":
        file.unlink()
    else:
        file.write_bytes(damaged[damage])
    assert shown(near(archive, asked)) == before
    assert file.stat().st_size == len(content)


def test_two_that_write_the_sketches_at_once(archive: Archive) -> None:
    """A file whose last block another process has written over is made anew, and nothing is missed
    in silence."""
    asked = vector("the blaze began in a kiosk")
    before = shown(near(archive, asked))
    file = sketches(archive)
    content = bytearray(file.read_bytes())
    start = meaning.HEADER.itemsize
    assert int.from_bytes(content[start : start + 8], "little") > 1
    content[start : start + 8] = (1).to_bytes(8, "little")
    file.write_bytes(content)
    assert shown(near(archive, asked)) == before


def test_a_file_of_sketches_that_was_never_finished_is_forgotten(archive: Archive) -> None:
    """What a killed process left beside the archive goes with the article."""
    left = sketches(archive).with_name(f"{sketches(archive).name}.0123")
    left.write_bytes(b"sketches")
    archive.forget(next(archive.readings()).article.id)
    assert not left.exists()


def test_what_is_added_later_is_found(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """New articles are found before they are in the file, and when they have been added to it."""
    asked = vector("bakers bake rye bread")
    assert near(archive, asked) == ()
    archive.keep(readings.read("Bread\n\nThe bakers bake rye bread at dawn.", outlet="Gazette"))
    size = sketches(archive).stat().st_size
    assert shown(near(archive, asked))[0] == "The bakers bake rye bread at dawn."
    assert sketches(archive).stat().st_size == size
    monkeypatch.setattr(meaning, "MOST_UNWRITTEN", 0)
    assert shown(near(archive, asked))[0] == "The bakers bake rye bread at dawn."
    assert sketches(archive).stat().st_size > size


def test_what_is_forgotten_leaves_no_sketch(archive: Archive) -> None:
    """Forgetting an article removes the file, which may hold sketches of it."""
    near(archive, vector("kiosk"))
    first = next(archive.readings())
    archive.forget(first.article.id)
    assert not sketches(archive).exists()
    found = near(archive, vector("the blaze began in a kiosk"))
    assert first.article.id not in {one.reading.article.id for one in found}


def test_blocks_do_not_part_what_is_found(new_archive: Callable[[], Archive]) -> None:
    """Sketches that fill several blocks are all looked at."""
    archive = new_archive()
    first, _ = readings.fire()
    count = 1 + meaning.BLOCK // len(first.passages)
    rows = [_copy(first, n) for n in range(3)]
    archive.keep_all(rows)
    wide = np.tile(np.frombuffer(first.vectors, np.int8), count).tobytes()
    many = dataclasses.replace(_copy(first, 9), vectors=wide, passages=first.passages * count)
    archive.keep(many)
    archive.keep(readings.read("Bread\n\nThe bakers bake rye bread at dawn.", outlet="Gazette"))
    found = near(archive, vector("bakers bake rye bread"))
    assert shown(found)[0] == "The bakers bake rye bread at dawn."


def _copy(reading: Reading, number: int) -> Reading:
    return readings.again(
        reading, f"https://copy.example/{hashlib.sha256(bytes([number])).hexdigest()}"
    )
