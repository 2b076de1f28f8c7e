"""The archive keeps readings as they are, once, with versions, and forgets on request."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.archive import rows, search
from retold.archive.check import check
from retold.archive.store import Archive, Kept
from retold.errors import StoreError
from retold.types import Article, Reading
from tests import readings

NOW = dt.datetime(2031, 5, 7, 9, 30, tzinfo=dt.UTC)
COURIER, HERALD = readings.fire()


def at(url: str, reading: Reading, *, id: str) -> Reading:
    """The reading as if its article stood at that address."""
    return replace(reading, article=replace(reading.article, id=id, url=url))


@pytest.fixture
def archive(new_archive: Callable[[], Archive]) -> Archive:
    return new_archive()


def test_a_reading_comes_back_as_it_was(archive: Archive) -> None:
    """What is kept is what is given back, every field of it."""
    first, second = COURIER, HERALD
    assert archive.keep_all((first, second)) == (Kept.NEW, Kept.NEW)
    assert tuple(archive.readings()) == (first, second)
    assert archive.reading(second.article.id) == second


def test_keeping_twice_is_keeping_once(archive: Archive) -> None:
    """The same text from the same place is nothing new."""
    assert [archive.keep(COURIER), archive.keep(COURIER), len(archive)] == [Kept.NEW, Kept.SAME, 1]


def test_another_text_at_the_address_is_a_version(archive: Archive) -> None:
    """A changed text stands beside the old one, and both are found from either."""
    first, second = COURIER, HERALD
    old = at("https://news.example/fire", first, id="aaa")
    new = at("http://www.news.example/fire?utm_source=mail#top", second, id="bbb")
    assert [archive.keep(old, at=NOW), archive.keep(new, at=NOW)] == [Kept.NEW, Kept.VERSION]
    assert [entry.id for entry in archive.versions("bbb")] == ["aaa", "bbb"]


def dated(id: str, day: int | None, outlet: str) -> Reading:
    published = dt.date(2031, 5, day) if day else None
    article = Article(id=id, text=f"Text {id}", sections=(), published=published, outlet=outlet)
    return replace(COURIER, article=article, attributions=(), passages=())


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["c", "b", "a", "d"]),
        ({"outlet": "HERALD"}, ["b", "d"]),
        ({"since": dt.date(2031, 5, 2)}, ["c", "b"]),
        ({"until": dt.date(2031, 5, 2)}, ["b", "a"]),
        ({"limit": 2, "offset": 1}, ["b", "a"]),
    ],
)
def test_articles_are_listed_the_newest_first(
    archive: Archive, asked: dict[str, Any], expected: list[str]
) -> None:
    """A list has those of an outlet, written as one likes, and of some days; the undated last."""
    archive.keep_all(
        (
            dated("a", 1, "Courier"),
            dated("b", 2, "Herald"),
            dated("c", 3, "Courier"),
            dated("d", None, "Herald"),
        )
    )
    assert [entry.id for entry in archive.articles(**asked)] == expected


def test_readings_come_in_the_order_asked_for(archive: Archive) -> None:
    """Those that are not held are left out, and an id asked for twice comes twice."""
    archive.keep_all((COURIER, HERALD))
    ids = [HERALD.article.id, "nothing", COURIER.article.id, HERALD.article.id]
    assert list(archive.readings(ids)) == [HERALD, COURIER, HERALD]


def test_what_is_forgotten_leaves_no_row(archive: Archive) -> None:
    """Forgetting an article takes its statements, speakers, vectors and words with it."""
    first, second = COURIER, HERALD
    archive.keep_all((first, second))
    archive.forget(first.article.id)
    archive.forget(second.article.id)
    tables = ("articles", "vectors", "speakers", "statements", "chains")
    assert [archive.database.value(f"SELECT count(*) FROM {t}") for t in tables] == [0] * 5  # noqa: S608
    assert (search.find(archive, "ferry").articles, list(check(archive))) == ((), [])


def test_no_field_of_a_reading_is_left_out_of_what_is_packed() -> None:
    """What is unpacked has every field that a reading has."""
    packed = set(msgspec.msgpack.decode(zlib.decompress(rows.pack(COURIER))))
    unpacked = {field.name for field in msgspec.structs.fields(rows._Packed)}
    assert unpacked == packed == {field.name for field in fields(Reading)} - {"vectors"}


@settings(deadline=None)  # a test asserts no time
@given(st.text(min_size=1), st.text() | st.none(), st.binary())
def test_any_reading_is_unpacked_as_it_was(text: str, title: str | None, vectors: bytes) -> None:
    """Whatever characters a text has, NUL among them, the reading is the same afterwards."""
    article = Article(id="a", text=text, sections=(), title=title, outlet=title)
    reading = replace(COURIER, article=article, vectors=vectors)
    packed, _ = rows.pack_vectors(vectors)
    assert rows.unpack(text, rows.pack(reading), packed) == reading


@settings(deadline=None)  # a test asserts no time
@given(st.text("htps:/[]@.?=&aA%é "))
def test_any_link_has_an_address(rest: str) -> None:
    """No link is so broken that it has none, and a place within the page is no part of it."""
    url = f"http://{rest}"
    assert rows.address(f"{url}#top") == rows.address(url) is not None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.News.example/Fire/", "news.example/Fire"),
        ("http://news.example/a?id=7&utm_source=x&fbclid=y", "news.example/a?id=7"),
        ("https://news.example/a?empty=", "news.example/a?empty="),
        ("https://[broken/a", "https://[broken/a"),
        ("", None),
        (None, None),
    ],
)
def test_links_to_one_page_have_one_address(url: str | None, expected: str | None) -> None:
    """Scheme, www, tracking and a last slash do not tell pages apart; all else does."""
    assert rows.address(url) == expected


def test_an_article_that_is_not_held_is_said_to_be_unknown(archive: Archive) -> None:
    """Asking for or forgetting what is not there is an error that says so."""
    for ask in (archive.reading, archive.forget, archive.versions):
        with pytest.raises(StoreError, match="no such article"):
            ask("nothing")
