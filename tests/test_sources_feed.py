"""Feeds and sitemaps: what they list, which pages are fetched for them, and hostile ones."""

from __future__ import annotations

import datetime as dt
import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from retold import sources
from retold.errors import FormatError, SourceError
from retold.sources import feed
from retold.sources.contents import Entry
from retold.sources.fetch import Download
from retold.sources.metadata import Metadata
from retold.types import Failure
from tests.site import page

PROSE = (
    "The harbour bridge was closed on Thursday, the port authority said in a statement.",
    "“We had no choice,” said the chief engineer, Mara Lind, who found the crack herself.",
)
A, B = "https://meridian.example/a", "https://meridian.example/b"
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<!-- made by hand -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Meridian</title>
<item><title>Bridge &amp; port</title><link>{A}</link><description>A teaser.</description>
<pubDate>Sun, 04 May 2031 10:00:00 GMT</pubDate>
<content:encoded><![CDATA[<p>{PROSE[0]}</p><p>{PROSE[1]}</p>]]></content:encoded></item>
<item><title>Second</title><link>{B}</link><description>A teaser.</description></item>
<item><title>The first again</title><link>{A}</link></item>
<item><title>No link</title><guid isPermaLink="false">urn:7</guid></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Meridian</title>
<entry><title>Bridge</title><link href="{A}"/><published>2031-05-04T10:00:00Z</published>
<summary>A teaser.</summary></entry></feed>"""
NEWS = f"""<?xml version="1.0"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>{A}</loc><image:image><image:loc>{A}.jpg</image:loc><image:title>A crack</image:title>
</image:image><news:news><news:publication><news:name>The Meridian</news:name></news:publication>
<news:publication_date>2031-05-04</news:publication_date><news:title>Bridge</news:title></news:news>
</url><url><loc>{B}</loc><lastmod>2031-05-03</lastmod></url></urlset>"""
DAY = dt.date(2031, 5, 4)


def getting(**pages: str | bytes) -> Callable[[str], Download]:
    """Gives the pages by the last part of their address."""

    def get(url: str) -> Download:
        name = url.rpartition("/")[2].replace(".", "_")
        if name not in pages:
            raise SourceError(f"{url}: the server answers 404: there is no such page.")
        body = pages[name]
        data = body.encode() if isinstance(body, str) else body
        return Download(url=url, body=data, charset=None, is_html=False)

    return get


# --- what they list -------------------------------------------------------------------------------


def test_an_rss_feed_lists_its_articles() -> None:
    """Each address once, with title, day and outlet; what has no address is left out."""
    first, second = feed.read(RSS.encode(), name="feed").entries
    assert first.known == Metadata(
        url=A, outlet="The Meridian", title="Bridge & port", published=DAY
    )
    assert (second.url, second.known.published, second.html) == (B, None, None)


def test_an_atom_feed_lists_its_articles() -> None:
    """Atom says the same in other words; a summary is no article."""
    assert feed.read(ATOM.encode(), name="feed").entries == (
        Entry(
            url=A,
            known=Metadata(url=A, outlet="The Meridian", title="Bridge", published=DAY),
        ),
    )


def test_a_news_sitemap_lists_its_articles() -> None:
    """Title, day and outlet are those of the article, not of its pictures."""
    first, second = feed.read(NEWS.encode(), name="map").entries
    assert first.known == Metadata(url=A, outlet="The Meridian", title="Bridge", published=DAY)
    assert (second.url, second.changed) == (B, dt.date(2031, 5, 3))


def test_an_index_lists_its_sitemaps_the_newest_first() -> None:
    """Sites with many articles have many sitemaps."""
    index = "<sitemapindex>" + "".join(
        f"<sitemap><loc>https://m.example/{n}.xml</loc><lastmod>2031-05-0{n}</lastmod></sitemap>"
        for n in (1, 3, 2)
    )
    found = feed.read(f"{index}</sitemapindex>".encode(), name="map")
    assert found.further == tuple(f"https://m.example/{n}.xml" for n in (3, 2, 1))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<rss version='2.0'>", True),
        (b"<rdf:RDF xmlns:rdf='x'>", True),
        (b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>", True),
        (b"<?xml version='1.0'?><!DOCTYPE html><html>", False),
        (b"<!DOCTYPE html><html><body>&lt;rss&gt; <rss>", False),
        (b"rss", False),
        (b"", False),
    ],
)
def test_a_feed_is_told_by_its_root(data: bytes, expected: bool) -> None:
    """What the file begins with says what it is, whatever it is called."""
    assert feed.is_feed(data) is expected


# --- loading --------------------------------------------------------------------------------------


def test_the_pages_of_a_feed_are_fetched() -> None:
    """An article is what its page says, else what the feed says; a page that is not there is a
    failure of its own."""
    pages = getting(feed_xml=RSS, a=page("Bridge closed", *PROSE, day=""))
    loaded = sources.load("https://meridian.example/feed.xml", get=pages)
    (article,) = loaded.articles
    assert (article.url, article.title, article.published) == (A, "Bridge closed", DAY)
    assert [f.source for f in loaded.failures] == [B]


def test_the_pages_of_all_sitemaps_of_an_index_are_fetched() -> None:
    """Packed or not, one that is broken costs only itself."""
    index = (
        "<sitemapindex><sitemap><loc>https://m.example/one.gz</loc></sitemap>"
        "<sitemap><loc>https://m.example/two.xml</loc></sitemap></sitemapindex>"
    )
    pages = getting(map_xml=index, one_gz=gzip.compress(NEWS.encode()), a=page("Bridge", *PROSE))
    loaded = sources.load("https://m.example/map.xml", get=pages)
    assert [a.url for a in loaded.articles] == [A]
    assert [f.source for f in loaded.failures] == [B, "https://m.example/two.xml"]


def test_a_feed_file_gives_the_articles_that_it_holds(tmp_path: Path) -> None:
    """Nothing is fetched for a file: an entry with a teaser alone is a failure that says so."""
    (tmp_path / "feed.xml").write_text(RSS, "utf-8")
    loaded = sources.load(tmp_path / "feed.xml")
    (article,) = loaded.articles
    assert (article.url, article.outlet, article.published) == (A, "The Meridian", DAY)
    assert PROSE[0] in article.text
    (failure,) = loaded.failures
    assert failure.source == B
    assert "lists it without its text" in failure.message
    assert "Give the feed's address" in failure.hint


# --- hostile --------------------------------------------------------------------------------------

BOMB = (
    "<!DOCTYPE x ["
    + "<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + "]>"
)


@pytest.mark.parametrize("kind", [RSS, NEWS, ATOM])
def test_entities_stay_what_they_are(kind: str, tmp_path: Path) -> None:
    """Neither a bomb of entities nor one that names a file of the reader's is replaced."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    body = re.sub(r"<\?xml.*?\?>", "", kind)
    outside = f"<!DOCTYPE x [<!ENTITY e SYSTEM '{secret.as_uri()}'>]>"
    for doctype, entity in ((BOMB, "&a9;"), (outside, "&e;")):
        hostile = doctype + body.replace("Bridge", f"Bridge {entity}")
        try:
            entries = feed.read(hostile.encode(), name="feed").entries
        except FormatError:
            continue
        told = " ".join(f"{entry.known.title} {entry.html}" for entry in entries)
        assert "the secret" not in told
        assert len(told) < 10_000


@pytest.mark.parametrize(
    "data",
    [
        b"<rss>",
        b"<rss><channel><item><link>" + b"<a>" * 5_000,
        b"<feed>\xff\xfe\x00</feed>",
        b"<urlset><url><loc>",
        b"<urlset>" + b"<a>" * 5_000,
        RSS.encode("utf-16"),
        RSS.replace("utf-8", "no-such-charset").encode(),
        RSS.replace("04 May 2031", "99 Foo 99999").encode(),
        RSS.replace("04 May 2031 10:00:00 GMT", "0" * 5_000).encode(),
        NEWS.replace("2031-05-04", "2031-13-45").encode(),
        f"<rss><channel><item><link>{'http://' * 1000}</link></item></channel></rss>".encode(),
    ],
)
def test_a_broken_feed_is_read_as_far_as_it_goes(tmp_path: Path, data: bytes) -> None:
    """Articles, failures with their reason, and no traceback."""
    (tmp_path / "feed.xml").write_bytes(data)
    loaded = sources.load(tmp_path / "feed.xml")
    assert loaded.articles or loaded.failures
    assert all(isinstance(failure, Failure) and failure.message for failure in loaded.failures)
