"""Rows of JSON and tables: any names of fields, news agencies' ninjs, and files of any length."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json
from pathlib import Path

import pytest

from retold import sources
from retold.errors import FormatError
from retold.sources import rows
from retold.types import Article, Failure

TEXT = (
    "The harbour bridge was closed on Thursday, the port authority said in a statement.\n\n"
    "“We had no choice,” said the chief engineer, Mara Lind, who found the crack herself."
)
HTML = "".join(f"<p>{line}</p>" for line in TEXT.split("\n\n"))
DAY = dt.date(2031, 5, 4)


def loaded(folder: Path, rows: object, **options: object) -> tuple[Article, ...]:
    path = folder / "a.json"
    path.write_text(json.dumps(rows), "utf-8")
    found = sources.load(path, **options)  # type: ignore[arg-type]
    assert found.failures == ()
    return found.articles


# --- headlines ------------------------------------------------------------------------------------


def kinds(article: Article) -> list[tuple[str, str]]:
    return [(s.kind.value, article.text[s.span.start : s.span.end]) for s in article.sections]


def test_a_headline_in_a_field_of_its_own_stands_before_the_text(tmp_path: Path) -> None:
    """As it does in a page, so that it is read and compared."""
    (article,) = loaded(
        tmp_path, [{"text": TEXT, "headline": " Harbour bridge\n shut in Ostrava "}]
    )
    assert article.title == "Harbour bridge shut in Ostrava"
    assert article.text == f"{article.title}\n\n{TEXT}"
    assert kinds(article) == [("title", article.title), ("body", TEXT)]


def test_a_headline_is_read_as_a_reader_sees_it(tmp_path: Path) -> None:
    """Without the markup in which a page's own data has it; a sign that is no tag stays."""
    row = {"text": TEXT, "title": "<em>Port &amp; bridge</em> shut&#8217;s: 3 <b2> 4"}
    (article,) = loaded(tmp_path, [row])
    assert article.title == "Port & bridge shut’s: 3 <b2> 4"


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("Harbour bridge closed", f"Harbour bridge closed\n\n{TEXT}"),
        ("Harbour bridge closed", f"Harbour bridge closed - The Post\n\n{TEXT}"),
        ("Harbour Bridge Closed", f"Harbour bridge closed. {TEXT}"),
        ("Harbour bridge closed…", f"Harbour bridge closed by the port. {TEXT}"),
        ("20310504-17", TEXT),
        ("a31", TEXT),
        ("?! —", TEXT),
        ("By Mara Lind", TEXT),
        ("Read more: harbour bridge shut", TEXT),
        ("May 4, 2031 10:00 pm", TEXT),
        (TEXT * 2, TEXT),
    ],
)
def test_what_is_no_headline_apart_is_not_put_before_the_text(
    tmp_path: Path, headline: str, text: str
) -> None:
    """One that the text begins with, the name of a record, furniture, or a text called a title."""
    (article,) = loaded(tmp_path, [{"text": text, "title": headline}])
    assert article.text == text


def test_a_headline_does_not_make_an_article(tmp_path: Path) -> None:
    """A row without article text is still a failure."""
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"text": "© 2031 The Post", "title": "Bridge closed at noon"}]))
    assert [f.source for f in sources.load(path).failures] == [f"{path}, article 1"]


def test_a_plain_text_stays_as_given_where_that_is_asked(tmp_path: Path) -> None:
    """Whoever joins offsets with texts of his own needs the characters that he gave."""
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"text": TEXT, "title": "Bridge shut in Ostrava"}]), "utf-8")
    (content,) = sources.contents(path)
    assert isinstance(content, sources.Content)
    article = sources.make(content, as_given=True)
    assert isinstance(article, Article)
    assert (article.title, article.text) == ("Bridge shut in Ostrava", TEXT)


# --- names of fields ------------------------------------------------------------------------------


def test_fields_are_where_the_reader_says(tmp_path: Path) -> None:
    """Dotted paths lead into objects and lists; a mapped field counts before the usual names."""
    row = {
        "doc": {"words": TEXT, "heads": [{"v": "Bridge closed"}]},
        "medium.name": "The Post",
        "title": "not this",
        "day": "2031-05-04",
    }
    fields = rows.fields_of(
        ("text=doc.words", "title=doc.heads.0.v", "outlet=medium.name", "published=day")
    )
    (article,) = loaded(tmp_path, [row], fields=fields)
    assert (article.title, article.outlet, article.published) == ("Bridge closed", "The Post", DAY)


def test_html_that_is_mapped_counts_before_text_that_is_not(tmp_path: Path) -> None:
    """A row may have a teaser under a usual name."""
    (article,) = loaded(
        tmp_path, [{"text": "A teaser.", "source_page": HTML}], fields={"html": "source_page"}
    )
    assert "Mara Lind" in article.text


@pytest.mark.parametrize("pair", ["title", "title=", "headline=title", "=title", ""])
def test_a_pair_that_maps_nothing_is_told(pair: str) -> None:
    """The fields that there are stand in the hint."""
    with pytest.raises(FormatError, match="maps no field") as caught:
        rows.fields_of([pair])
    assert "title" in caught.value.hint


def test_a_row_without_the_mapped_field_is_told(tmp_path: Path) -> None:
    """What is not where it was said to be is a failure, and nothing else is taken for it."""
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": TEXT}) + "\n")
    (failure,) = sources.load(tmp_path / "a.jsonl", fields={"text": "words"}).failures
    assert failure.message.endswith("article 1: it has no text.")
    assert failure.hint == "Check the name that the text is mapped to."


# --- ninjs ----------------------------------------------------------------------------------------

FIRST = {
    "uri": "http://wire.example/items/1",
    "versioncreated": "2031-05-04T10:00:00Z",
    "headline": "Bridge closed",
    "body_xhtml": HTML,
    "source": "Northern Wire",
}
SECOND = {
    "uri": "urn:newsml:wire.example:1",
    "firstcreated": "2031-05-04T10:00:00Z",
    "versioncreated": "2031-05-06T10:00:00Z",
    "headlines": [{"role": "short", "value": "Shut"}, {"role": "main", "value": "Bridge closed"}],
    "bodies": [
        {"contenttype": "text/html", "value": HTML},
        {"contenttype": "text/plain", "value": TEXT},
    ],
    "infosources": [{"name": "Northern Wire"}],
}


@pytest.mark.parametrize("rows", [FIRST, [SECOND], {"_items": [FIRST]}])
def test_items_of_news_agencies_are_articles(tmp_path: Path, rows: object) -> None:
    """ninjs of either generation, alone, in a list, or as a server wraps it."""
    (article,) = loaded(tmp_path, rows)
    assert (article.title, article.outlet, article.published) == (
        "Bridge closed",
        "Northern Wire",
        DAY,
    )
    assert "Mara Lind" in article.text


def test_a_name_is_no_address(tmp_path: Path) -> None:
    """The `uri` of an item is its address only where it is one."""
    (first,) = loaded(tmp_path, FIRST)
    (second,) = loaded(tmp_path, SECOND)
    assert (first.url, second.url) == ("http://wire.example/items/1", None)


@pytest.mark.parametrize("row", [{"text": TEXT}, {"html": HTML}])
def test_brackets_that_hold_no_host_are_no_address(tmp_path: Path, row: dict[str, str]) -> None:
    """What no program can take for an address is left out, and the article is read."""
    (article,) = loaded(tmp_path, [{**row, "url": "http://[harbour"}])
    assert article.url is None
    assert "Mara Lind" in article.text


# --- many rows ------------------------------------------------------------------------------------


def test_lines_come_one_at_a_time(tmp_path: Path) -> None:
    """The first article is there before the second line is read."""
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": TEXT}) + "\n" + "{broken\n")
    found = sources.stream(path)
    assert isinstance(next(found), Article)
    assert isinstance(next(found), Failure)


def test_packed_lines_are_read(tmp_path: Path) -> None:
    """A file that is packed with gzip is read as it is unpacked; a damaged one to the damage."""
    lines = "".join(json.dumps({"text": f"Part {n}\n\n{TEXT}"}) + "\n" for n in range(50))
    data = gzip.compress(lines.encode())
    (tmp_path / "a.jsonl.gz").write_bytes(data)
    (tmp_path / "b.jsonl.gz").write_bytes(data[:-20])
    assert len(sources.load(tmp_path / "a.jsonl.gz").articles) == 50
    (failure,) = sources.load(tmp_path / "b.jsonl.gz").failures
    assert "it is damaged" in failure.message


def test_a_line_that_is_too_long_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One endless line costs itself and no memory; the next is read."""
    monkeypatch.setattr(rows, "MAX_LINE_BYTES", 1_000)
    lines = [
        json.dumps({"text": TEXT}),
        json.dumps({"text": "x" * 5_000}),
        json.dumps({"text": TEXT}),
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    found = list(sources.stream(tmp_path / "a.jsonl"))
    assert [type(each).__name__ for each in found] == ["Article", "Failure", "Article"]


def test_a_separator_within_a_string_parts_no_rows(tmp_path: Path) -> None:
    """U+2028 may stand in JSON as it is, and ends no line of a file."""
    (tmp_path / "a.jsonl").write_text(f'{{"text": "One\u2028two. {PROSE}"}}\n', "utf-8")
    assert len(sources.load(tmp_path / "a.jsonl").articles) == 1


PROSE = "The harbour bridge was closed on Thursday, the port authority said in a statement."


def test_what_is_nested_without_end_is_no_json(tmp_path: Path) -> None:
    """A million brackets are a failure and no crash."""
    (tmp_path / "a.json").write_text("[" * 1_000_000)
    (failure,) = sources.load(tmp_path / "a.json").failures
    assert "this is not JSON" in failure.message


# --- tables ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("delimiter", "name"), [(",", "a.csv"), (";", "a.csv"), ("\t", "a.tsv")])
def test_rows_of_a_table_are_articles(tmp_path: Path, delimiter: str, name: str) -> None:
    """As spreadsheets write them: quoted, with line breaks in a cell, whatever parts the cells."""
    cells = (("Outlet", "Date", "Text"), ("The Post", "2031-05-04", TEXT), ("Ledger", "", PROSE))
    table = io.StringIO(newline="")
    csv.writer(table, delimiter=delimiter).writerows(cells)
    (tmp_path / name).write_text(f"\ufeff{table.getvalue()}", "utf-8", newline="")
    post, ledger = sources.load(tmp_path / name).articles
    assert (post.outlet, post.published, post.text) == ("The Post", DAY, TEXT)
    assert (ledger.outlet, ledger.published, ledger.text) == ("Ledger", None, PROSE)


def test_a_table_without_a_text_is_told_once(tmp_path: Path) -> None:
    """Not once a row; a column that is mapped is looked for under its name."""
    (tmp_path / "a.csv").write_text(f"Medium,Words\nThe Post,{PROSE}\nLedger,{PROSE}\n", "utf-8")
    (failure,) = sources.load(tmp_path / "a.csv").failures
    assert "none of its columns" in failure.message
    mapped = sources.load(tmp_path / "a.csv", fields={"text": "Words", "outlet": "Medium"})
    assert [article.outlet for article in mapped.articles] == ["The Post", "Ledger"]


def test_a_table_in_a_folder_is_not_looked_for(tmp_path: Path) -> None:
    """A folder of articles may hold what retold wrote of them."""
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "differences.csv").write_text(f"words,text\nx,{PROSE}\n", "utf-8")
    assert len(sources.load(tmp_path).articles) == 1
