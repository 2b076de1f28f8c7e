"""Loading: every kind of source, in order, and what becomes of the broken ones."""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold import sources
from retold.errors import SourceError
from retold.sources import Loaded, decoding, language, metadata
from retold.sources.fetch import Download
from retold.types import Failure, SectionKind

PROSE = "The harbour bridge was closed on Thursday, the port authority said in a statement."
MORE = "“We had no choice,” said the chief engineer, Mara Lind, who found the crack herself."
TEXT = f"Bridge closed\n\n{PROSE}\n\n{MORE}\n"
PAGE = (
    '<!DOCTYPE html><html><head><title>Bridge closed</title><meta property="og:site_name" '
    'content="The Meridian"><meta property="article:published_time" content="2031-05-04"></head>'
    f"<body><article><h1>Bridge closed</h1><p>{PROSE}</p><p>{MORE}</p></article></body></html>"
)
DAY = dt.date(2031, 5, 4)


def write(folder: Path, **files: str) -> Path:
    """`folder` with the files in it, their names written with __ for the dot."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, "utf-8")
    return folder


def messages(loaded: Loaded) -> list[str]:
    return [failure.message for failure in loaded.failures]


# --- kinds of sources -----------------------------------------------------------------------------


def test_a_text_file_keeps_its_characters(tmp_path: Path) -> None:
    """The text of an article is the file's own: NFC and line ends apart, nothing is changed."""
    text = "Title\r\n\r\nA\u030angstro\u0308m\u00a0said: “so\u00adft” 🌉, and no more.\r\n"
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    (article,) = sources.load([tmp_path / "a.txt"]).articles
    assert article.text == "Title\n\nÅngström\u00a0said: “so\u00adft” 🌉, and no more.\n"


def test_a_text_file_says_its_title_and_day(tmp_path: Path) -> None:
    """Title and day stand in the head of the text."""
    text = f"Bridge closed\n\nBy Dana Okafor\nMay 4, 2031\n\n{PROSE}\n"
    (article,) = sources.load(write(tmp_path, a__txt=text) / "a.txt").articles
    assert (article.title, article.published, article.outlet) == ("Bridge closed", DAY, None)


def test_two_days_in_the_head_are_none(tmp_path: Path) -> None:
    """Published and updated on different days: the text does not say which counts."""
    text = f"Bridge closed\n\nPublished May 4, 2031\nUpdated May 6, 2031\n\n{PROSE}\n"
    (article,) = sources.load(write(tmp_path, a__txt=text) / "a.txt").articles
    assert article.published is None


def test_a_page_is_told_by_its_name_or_its_looks(tmp_path: Path) -> None:
    """HTML is HTML whatever its file is called."""
    loaded = sources.load([write(tmp_path, a__html=PAGE, b__txt=PAGE.replace("Bridge", "Pier"))])
    assert [a.outlet for a in loaded.articles] == ["The Meridian", "The Meridian"]
    assert [a.published for a in loaded.articles] == [DAY, DAY]


def test_a_folder_is_read_as_its_listing_says(tmp_path: Path) -> None:
    """`articles.json` gives order, outlet, title, day and address; it counts before the page."""
    listing = [
        {"file": "b.html", "outlet": "The Post", "date": "4 May 2031", "url": "https://p.example/b"},
        {"file": "a.txt", "outlet": "The Wire", "headline": "Bridge", "published": "2031-05-05"},
    ]  # fmt: skip
    write(tmp_path, a__txt=TEXT, b__html=PAGE, c__txt=TEXT, articles__json=json.dumps(listing))
    loaded = sources.load(tmp_path)
    assert [(a.outlet, a.published, a.url) for a in loaded.articles] == [
        ("The Post", DAY, "https://p.example/b"),
        ("The Wire", dt.date(2031, 5, 5), None),
    ]
    assert [Path(a.path or "").name for a in loaded.articles] == ["b.html", "a.txt"]


def test_a_folder_without_a_listing_is_read_by_name(tmp_path: Path) -> None:
    """Files come in the order of their names; hidden and other files are passed over."""
    other = TEXT.replace("Thursday", "Friday")
    write(tmp_path, b__txt=TEXT, a__txt=other, notes__md="# Notes", __hidden__txt=TEXT)
    loaded = sources.load(tmp_path)
    assert [Path(a.path or "").name for a in loaded.articles] == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    "rows",
    [
        [{"text": TEXT, "outlet": "The Post", "published": "2031-05-04", "title": "Bridge closed"}],
        {"articles": [{"body": TEXT, "source": {"name": "The Post"}, "publishedAt": "20310504"}]},
        {"content": TEXT, "publisher": "The Post", "date": "May 4, 2031", "link": ""},
        [{"html": PAGE, "outlet": "The Post"}],
    ],
)  # fmt: skip
def test_json_of_many_forms_holds_articles(tmp_path: Path, rows: object) -> None:
    """A list, an object with a list, or one article; fields go by their usual names."""
    (article,) = sources.load(write(tmp_path, a__json=json.dumps(rows)) / "a.json").articles
    assert (article.outlet, article.published, article.title) == ("The Post", DAY, "Bridge closed")


def test_json_lines_go_on_after_a_broken_one(tmp_path: Path) -> None:
    """Each line is an article of its own, and each broken one a failure of its own."""
    good = json.dumps({"text": TEXT, "outlet": "A"}), json.dumps({"text": TEXT, "outlet": "B"})
    lines = "\n".join([good[0], '{"text": ', "[]", '{"outlet": "C"}', "", good[1]])
    loaded = sources.load(write(tmp_path, a__jsonl=lines) / "a.jsonl")
    assert [a.outlet for a in loaded.articles] == ["A", "B"]
    name = tmp_path / "a.jsonl"
    assert [m.split(" (")[0] for m in messages(loaded)] == [
        f"{name}, article 2: this line is not JSON",
        f"{name}, article 3: this is no article.",
        f"{name}, article 4: it has no text.",
    ]


def test_an_unclear_day_is_left_out_and_noted(tmp_path: Path) -> None:
    """A day that two readers read differently is not taken, and the reader is told."""
    rows = json.dumps([{"text": TEXT, "date": "03/04/2031"}])
    loaded = sources.load(write(tmp_path, a__json=rows) / "a.json")
    assert loaded.articles[0].published is None
    assert loaded.notes == (
        f"{tmp_path / 'a.json'}, article 1: the date '03/04/2031' is not clear; "
        "write it as 2024-03-31.",
    )


def test_standard_input_is_a_source(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash stands for what is piped in, text or JSON."""
    for piped in (TEXT, json.dumps([{"text": TEXT}])):
        stdin = io.TextIOWrapper(io.BytesIO(piped.encode()))
        monkeypatch.setattr(sys, "stdin", stdin)
        (article,) = sources.load(["-"]).articles
        assert article.title == "Bridge closed"


def test_an_address_is_fetched() -> None:
    """A page from the web is an article with the address at which it was found."""

    def get(url: str) -> Download:
        return Download(url=f"{url}?final", body=PAGE.encode(), charset="utf-8", is_html=True)

    (article,) = sources.load(["https://meridian.example/bridge"], get=get).articles
    assert article.url == "https://meridian.example/bridge?final"
    assert (article.outlet, article.path) == ("The Meridian", None)


def test_what_sources_do_not_say_is_taken_from_the_caller(tmp_path: Path) -> None:
    """`outlet` and `published` fill in, and never overrule."""
    write(tmp_path, a__txt=TEXT, b__html=PAGE)
    loaded = sources.load(tmp_path, outlet="The Post", published=dt.date(2031, 1, 1))
    assert [(a.outlet, a.published) for a in loaded.articles] == [
        ("The Post", dt.date(2031, 1, 1)),
        ("The Meridian", DAY),
    ]


def test_text_at_hand_is_an_article() -> None:
    """`article` makes one of a text, or says why not."""
    made = sources.article(TEXT, outlet="The Post", published=DAY)
    assert [s.kind for s in made.sections] == [SectionKind.TITLE, SectionKind.BODY]
    with pytest.raises(SourceError, match="no article text found"):
        sources.article("Advertisement")


# --- one article, twice or not --------------------------------------------------------------------


def test_an_article_given_twice_is_taken_once(tmp_path: Path) -> None:
    """The same words from the same place are one article, and the reader is told."""
    path = write(tmp_path, a__txt=TEXT) / "a.txt"
    loaded = sources.load([path, tmp_path])
    assert len(loaded.articles) == 1
    assert loaded.failures == ()
    assert loaded.notes == (f"{path} was given twice and is taken once.",)


def test_wire_copy_of_two_outlets_is_two_articles(tmp_path: Path) -> None:
    """The same words from two outlets are two articles with two ids."""
    rows = json.dumps([{"text": TEXT, "outlet": "A"}, {"text": TEXT, "outlet": "B"}])
    loaded = sources.load(write(tmp_path, a__json=rows) / "a.json")
    assert len({a.id for a in loaded.articles}) == 2


def test_the_id_does_not_depend_on_where_the_file_lies(tmp_path: Path) -> None:
    """The same words from the same outlet have the same id on every machine."""
    here, there = write(tmp_path / "x", a__txt=TEXT), write(tmp_path / "y", b__txt=TEXT)
    ids = {sources.load(f, outlet="A").articles[0].id for f in (here, there)}
    assert len(ids) == 1


# --- bad input ------------------------------------------------------------------------------------


def test_one_broken_source_does_not_end_the_batch(tmp_path: Path) -> None:
    """The good are loaded, in order; each of the broken is told."""
    for i in range(200):
        text = f"\x00\x01\x02{i}" if i in (7, 70, 170) else TEXT.replace("Thursday", f"day {i}")
        (tmp_path / f"{i:03}.txt").write_text(text)
    loaded = sources.load([tmp_path])
    assert len(loaded.articles) == 197
    assert [Path(f.source).name for f in loaded.failures] == ["007.txt", "070.txt", "170.txt"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is empty."),
        (b" \n\t", "it is empty."),
        (b"%PDF-1.7\n%\xe2\xe3", "this is a PDF, not text."),
        (b"\x89PNG\r\n\x1a\n\0\0", "this is a picture, not text."),
        (b"PK\x03\x04\x14\0", "this is a zip archive or an office document, not text."),
        (bytes(range(256)) * 8, "this is a binary file, not text."),
        (b"Advertisement\n\nShare on Facebook\n", "no article text found."),
        (b"<html><body><p>Not found.</p></body></html>", "no article text found"),
    ],
)
def test_what_is_no_article_is_told(tmp_path: Path, content: bytes, said: str) -> None:
    """A file without an article gives one line with its name and a hint, and no article."""
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    loaded = sources.load([path])
    assert loaded.articles == ()
    (failure,) = loaded.failures
    assert failure.source == str(path)
    assert failure.message.startswith(f"{path}: {said}")
    assert failure.hint


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    """A missing file, an empty folder and a folder of folders have words of their own."""
    (tmp_path / "outer" / "inner").mkdir(parents=True)
    missing = tmp_path / "missing.txt"
    loaded = sources.load([missing, tmp_path / "outer", tmp_path / "outer" / "inner"])
    assert loaded.failures == (
        Failure(
            source=str(missing),
            message=f"{missing}: there is no such file.",
            hint="Check the name.",
        ),
        Failure(
            source=str(tmp_path / "outer"),
            message=f"{tmp_path / 'outer'}: no text, HTML or JSON file in this folder.",
            hint=f"Give one of its folders, such as {tmp_path / 'outer' / 'inner'}.",
        ),
        Failure(
            source=str(tmp_path / "outer" / "inner"),
            message=f"{tmp_path / 'outer' / 'inner'}: no text, HTML or JSON file in this folder.",
            hint="Save the articles in it as text, HTML or JSON.",
        ),
    )


def test_a_listing_stays_in_its_folder(tmp_path: Path) -> None:
    """A listing from elsewhere cannot show the reader's other files as articles."""
    write(tmp_path, secret__txt=TEXT)
    rows = json.dumps([{"file": "../secret.txt"}, {"file": "articles.json"}, {"file": "gone.txt"}])
    loaded = sources.load(write(tmp_path / "story", articles__json=rows))
    assert loaded.articles == ()
    assert [m.split(": ")[1] for m in messages(loaded)] == [
        "../secret.txt lies outside the folder.",
        "articles.json is the listing itself.",
        "there is no such file.",
    ]


def test_broken_json_is_told(tmp_path: Path) -> None:
    """A file that claims to be JSON and is not names the place."""
    loaded = sources.load(write(tmp_path, a__json="[{]") / "a.json")
    assert messages(loaded)[0].startswith(f"{tmp_path / 'a.json'}: this is not JSON (")


def test_what_is_longer_than_any_article_is_told(tmp_path: Path) -> None:
    """Megabytes of text are no article: the message says so, and what to do."""
    text = f"Bridge closed\n\n{PROSE}\n\n" * (sources.MAX_CHARS // 90)
    (failure,) = sources.load(write(tmp_path, a__txt=text) / "a.txt").failures
    assert "an article of more than 1,500,000 is not read" in failure.message
    assert "JSON lines" in failure.hint


def test_a_large_article_is_read(tmp_path: Path) -> None:
    """Two hundred thousand words are one article; no pattern runs away."""
    text = "Bridge closed\n\n" + (f"{PROSE} {MORE} " * 8 + "\n\n") * 1_000
    (article,) = sources.load(write(tmp_path, a__txt=text) / "a.txt").articles
    assert len(article.text.split()) > 200_000
    assert [s.kind for s in article.sections] == [SectionKind.TITLE, SectionKind.BODY]


# --- bytes, languages, days -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        ("Köln “closed” – 5 €".encode(), None),
        ("\ufeffKöln “closed” – 5 €".encode(), None),
        ("\ufeffKöln “closed” – 5 €".encode("utf-16-le"), None),
        ("\ufeffKöln “closed” – 5 €".encode("utf-16-be"), None),
        ("Köln “closed” – 5 €".encode("utf-16-le"), None),
        ("Köln “closed” – 5 €".encode("cp1252"), None),
        ("Köln “closed” – 5 €".encode("cp1252"), "iso-8859-1"),
        ("Köln “closed” – 5 €".encode("cp1252"), "no-such-charset"),
        ("Köln “closed” – 5 €".encode("cp1252"), "utf-8"),
        ("Köln “closed” – 5 €".encode(), "iso-8859-1"),
    ],
)
def test_bytes_are_decoded_by_what_they_are(data: bytes, charset: str | None) -> None:
    """Marks, UTF-8, the declared charset, Windows-1252: the first that fits."""
    assert decoding.decode(data, name="a", charset=charset) == "Köln “closed” – 5 €"


def test_a_page_declares_its_charset() -> None:
    """The page's own word counts when the server says nothing."""
    page = '<html><head><meta charset="windows-1251"></head><body>Мост закрыт</body></html>'
    assert decoding.decode(page.encode("cp1251"), name="a") == page


def test_one_broken_byte_does_not_spoil_the_rest() -> None:
    """UTF-8 that was cut within a character stays UTF-8."""
    assert decoding.decode("Köln – “zu”".encode()[:-1], name="a") == "Köln – “zu\ufffd"


@given(st.binary(max_size=200))
def test_no_bytes_end_in_a_traceback(data: bytes) -> None:
    """Bytes are text, or are refused in words."""
    with suppress(SourceError):
        assert isinstance(decoding.decode(data, name="a"), str)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{PROSE} {MORE}", "en"),
        ("Le pont du port a été fermé jeudi après que des ingénieurs ont trouvé une fissure dans "
         "la poutre principale, selon les autorités de la ville.", "fr"),
        ("Die Hafenbrücke wurde am Donnerstag geschlossen, nachdem Ingenieure einen Riss in dem "
         "Träger gefunden hatten, wie die Behörde mitteilte und der Bürgermeister sagte.", "de"),
        ("El puente del puerto fue cerrado el jueves después de que los ingenieros encontraron una "
         "grieta en la viga, según las autoridades de la ciudad.", "es"),
        ("Мост в порту был закрыт в четверг после того, как инженеры нашли трещину в балке, "
         "сообщили власти города, и он не будет открыт до лета, как сказал мэр.", "ru"),
        ("港の橋は木曜日に閉鎖された。技術者が主桁に亀裂を見つけたと港湾局が発表した。", "ja"),
        ("λόγος " * 30, "el"),
        ("zxq vbn mlk poi " * 20, "und"),
        ("Bridge closed", "en"),
    ],
)  # fmt: skip
def test_the_language_is_told(text: str, expected: str) -> None:
    """Letters and common words give the language; where they do not, nobody guesses."""
    assert language.tell(text) == expected


def test_readers_may_comment_in_another_language(tmp_path: Path) -> None:
    """The language of an article is that of its own words."""
    comment = "Le pont est dans la ville et il ne sera pas ouvert avant des mois, selon les gens."
    text = f"{TEXT}\n\nLeave a Reply\n\nAnn\nMay 5, 2031\n\n" + f"{comment}\n\n" * 9
    (article,) = sources.load(write(tmp_path, a__txt=text) / "a.txt").articles
    assert article.language == "en"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2031-05-04", DAY),
        ("2031-05-04T23:59:00+02:00", DAY),
        ("2031/5/4", DAY),
        ("20310504", DAY),
        ("May 4, 2031", DAY),
        ("Posted: Sunday, 4 May 2031, 10:20", DAY),
        ("Updated May 4th, 2031 at 9 a.m.", DAY),
        ("Sun, 04 May 2031 10:00:00 GMT", DAY),
        ("03/04/2031", None),
        ("2031-13-40", None),
        ("Mayor 4, 2031", DAY),
        ("last Friday", None),
        ("", None),
    ],
)
def test_a_day_is_told_or_left(text: str, expected: dt.date | None) -> None:
    """A day with its year is read in any usual form; what is unclear is none."""
    assert metadata.date_of(text) == expected
