"""What was sent becomes articles, and none of it reaches a file or an address of this machine."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import desk  # noqa: F401 skips where the extra is not installed

from retold.sources.contents import Content  # isort: skip
from retold.sources.metadata import Metadata  # isort: skip
from retold.types import Failure  # isort: skip
from retold.web import received  # isort: skip
from retold.web.received import Address, Pasted, Uploaded  # isort: skip


def found(*sent: received.Received) -> list[object]:
    return list(received.contents(sent))


def failure(*sent: received.Received) -> str:
    """The message of the one failure that comes of it."""
    (only,) = found(*sent)
    assert isinstance(only, Failure)
    return only.message


def bomb() -> bytes:
    """A zip of a hundred megabytes of nothing in a few kilobytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"\0" * 10_000_000)
    return held.getvalue()


def test_pasted_text_is_an_article() -> None:
    """What is known of it goes with it."""
    known = Metadata(outlet="Post")
    (content,) = found(Pasted(text="A bridge.", known=known))
    assert isinstance(content, Content)
    assert (content.text, content.known, content.is_html) == ("A bridge.", known, False)


@pytest.mark.parametrize(
    ("name", "data", "is_html"),
    [
        ("a.txt", b"A bridge.", False),
        ("a.html", b"<!doctype html><p>A bridge.", True),
        ("a", "Ein Brückchen".encode("utf-16"), False),
    ],
)
def test_a_file_is_an_article(name: str, data: bytes, is_html: bool) -> None:
    """Text and HTML, in any encoding that can be told."""
    (content,) = found(Uploaded(name=name, data=data))
    assert isinstance(content, Content)
    assert (content.name, content.is_html) == (name, is_html)


def test_a_file_of_rows_is_several_articles() -> None:
    """JSON and JSON lines, a broken row apart."""
    rows = [{"text": "One.", "outlet": "Post"}, {"text": "Two."}, {"outlet": "Wire"}]
    whole = Uploaded(name="a.json", data=json.dumps(rows).encode())
    lines = Uploaded(name="a.jsonl", data="\n".join(map(json.dumps, rows)).encode())
    for sent in (whole, lines):
        made = found(sent)
        assert [type(each) for each in made] == [Content, Content, Failure]


@pytest.mark.parametrize("file", ["/etc/passwd", "secret.txt", "../secret.txt", "articles.json"])
def test_a_row_that_names_a_file_gets_none(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not of this machine, and not of the folder in which the server was started."""
    (tmp_path / "secret.txt").write_text("The secret.")
    monkeypatch.chdir(tmp_path)
    sent = Uploaded(name="articles.json", data=json.dumps([{"file": file}]).encode())
    assert "only what is sent is read" in failure(sent)


@pytest.mark.parametrize(
    "data",
    [bomb(), gzip.compress(b"x" * 1_000_000), b"%PDF-1.7", b"\x00\x01\x02\x03", b"", b"  \n"],
)
def test_what_is_no_text_is_refused_unopened(data: bytes) -> None:
    """Packed files stay packed; the message says what to send."""
    assert failure(Uploaded(name="a.txt", data=data)).startswith("a.txt: ")


@pytest.mark.parametrize("data", [b"[" * 100_000, b'{"articles": ' * 50_000, b"[1, 2", b"{}"])
def test_json_that_is_none_is_refused(data: bytes) -> None:
    """However deep it is nested."""
    assert failure(Uploaded(name="a.json", data=data)).startswith("a.json")


@pytest.mark.parametrize(
    "url",
    [
        "/etc/passwd",
        "file:///etc/passwd",
        "FILE:/etc/passwd",
        "-",
        "",
        "ftp://example.org/a",
        "gopher://example.org/",
        "javascript:alert(1)",
        "http://",
        "http://127.0.0.1/",
        "http://localhost:8765/stories.json",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://user:secret@example.org/",
        "http://[::ffff:127.0.0.1]/",
        "https://example.org:99999/",
    ],
)
def test_an_address_of_this_machine_is_not_fetched(url: str) -> None:
    """Nor a file, nor one of the network around it; nothing is called."""
    assert failure(Address(url=url))


@given(st.text(max_size=40))
def test_no_address_is_ever_a_file(url: str) -> None:
    """Whatever is given as one, what comes of it without a network is a failure."""
    if "." in url and "//" in url:  # it might be a page
        return
    assert failure(Address(url=url))
