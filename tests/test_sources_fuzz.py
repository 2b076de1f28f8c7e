"""Any bytes, as text, page, feed or rows: an article whose spans hold, or a reason."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retold import sources
from retold.errors import RetoldError
from retold.sources import feed, files
from retold.sources.contents import Content, Note
from retold.spans import cut
from retold.types import Article, Failure
from tests.site import page

MEMORY = Path("a")
WORDS = st.sampled_from(
    ["The harbour bridge was closed on Thursday, officials said.", "“We knew,” said Mara Lind.",
     "By Dana Okafor", "May 4, 2031", "Advertisement", "Share on Facebook", "Leave a Reply",
     "Ann says:",
     "\u2028", "\x00", "\ufeff", "\u202e", "\r", "A\u030a", "🌉", "\ud7ff", "&amp;", "«", "„"]
)  # fmt: skip
TEXTS = st.lists(WORDS | st.text(max_size=30), max_size=40).map("\n\n".join)
TAGS = st.sampled_from(
    ["<p>", "</p>", "<div>", "<article>", "<h1>", "<br>", "<table><tr><td>", "<li>", "<a href=x>",
     "<script>", "<!--", "-->", "<![CDATA[", "<svg>", "<math>", "<template>", "<p",
     "&#0;", "&#x110000;", "<figcaption>", "<meta charset=utf-16>", "</html>", "<base href='::'>",
     '<meta property="article:published_time" content="9">',
     "<blockquote>", "<time datetime=99999-99-99>", "<html xmlns='x'>"]
)  # fmt: skip
PAGES = st.lists(TAGS | WORDS | st.text(max_size=20), max_size=60).map("".join)
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def made(data: bytes, path: Path | None = None) -> list[Article | Failure | Note]:
    """What becomes of the bytes of a file."""
    try:
        found = list(files.from_bytes(data, name="a", path=path))
    except RetoldError:
        return []
    return [sources.make(each) if isinstance(each, Content) else each for each in found]


def holds(article: Article) -> None:
    """Every character that is no blank lies in one section, and every section in the text."""
    held = sum(len("".join(cut(article.text, s.span).split())) for s in article.sections)
    assert held == len("".join(article.text.split()))
    for section in article.sections:
        assert 0 <= section.span.start < section.span.end <= len(article.text)
        assert cut(article.text, section.span).strip()


def check(each: Article | Failure | Note) -> None:
    if isinstance(each, Article):
        holds(each)
    elif isinstance(each, Failure):
        assert each.message


@QUICK
@given(TEXTS)
def test_any_text(text: str) -> None:
    """Plain text in any disorder."""
    for each in made(text.encode("utf-8", "surrogatepass"), Path("a.txt")):
        check(each)


@QUICK
@given(PAGES)
def test_any_page(html: str) -> None:
    """Markup that no parser would write, around an article and without one."""
    whole = page("Bridge closed", "The harbour bridge was closed on Thursday, it said." * 3, html)
    for text in (html, whole):
        for each in made(text.encode("utf-8", "surrogatepass"), Path("a.html")):
            check(each)


@QUICK
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a.json", "a.xml", "a"]))
def test_any_bytes(data: bytes, name: str) -> None:
    """What is no text at all."""
    for each in made(data, Path(name)):
        check(each)


ROWS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["text", "body", "uri", "bodies", "headlines", "url", "date", "source",
                         "articles", "value", "contenttype", "body_text", "file", "html"]),
        inner, max_size=6),
    max_leaves=20,
)  # fmt: skip


@QUICK
@given(ROWS)
def test_any_rows(rows: object) -> None:
    """JSON of any form, with the names of fields that are looked for."""
    for each in made(json.dumps(rows).encode(), Path("a.json")):
        check(each)


PARTS = st.sampled_from(
    ["<item>", "</item>", "<entry>", "<link>https://m.example/a</link>", "<link href='//['/>",
     "<url>",
     "<loc>https://m.example/b</loc>", "<title>Bridge", "</title>", "<pubDate>99 Foo 0</pubDate>",
     "<content:encoded>", "<![CDATA[<p>", "]]>", "<updated>-1</updated>", "&a;", "<source url='x'>",
     "<lastmod>2031-02-30</lastmod>", "<!ENTITY", "<?php", "<content type='xhtml'>", "</channel>"]
)  # fmt: skip


@QUICK
@given(
    st.sampled_from(["<rss version='2.0'><channel>", "<feed>", "<urlset>", "<sitemapindex>"]),
    st.lists(PARTS | st.text(max_size=10), max_size=30).map("".join),
)
def test_any_feed(root: str, rest: str) -> None:
    """Feeds that end too soon, never end, or say nonsense."""
    data = f"{root}{rest}".encode("utf-8", "surrogatepass")
    assert feed.is_feed(data)
    for each in made(data):
        check(each)


@pytest.mark.parametrize(
    "date", ["0000-00-00", "9999-12-31T99", "1e9", "-1", "٢٠٣١-٠٥-٠٤", "²031-05-04"]
)
def test_nonsense_for_a_date_is_no_date(tmp_path: Path, date: str) -> None:
    """Neither a crash nor a day that nobody meant."""
    text = "The harbour bridge was closed on Thursday, the port authority said in a statement."
    (tmp_path / "a.html").write_text(page("Bridge", text, text, day=date), "utf-8")
    (article,) = sources.load(tmp_path / "a.html").articles
    assert article.published in (None, dt.date(2031, 5, 4))
