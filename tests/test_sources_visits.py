"""Visits that nobody asked for one by one: robots.txt, pace, and asking for changes alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold import sources
from retold.errors import SourceError
from retold.sources import fetch, robots
from retold.sources.fetch import RefusedError, Validators
from retold.sources.robots import Rules
from retold.sources.visits import Visitor
from tests.site import LOCAL, Site, page, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        running.pages["a.html"] = page("Bridge", "The harbour bridge was closed on Thursday.")
        yield running


def visitor(**options: object) -> Visitor:
    return Visitor(**({"between": 0.0, "allow": LOCAL} | options))  # type: ignore[arg-type]


# --- robots.txt -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "path", "expected"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/c", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
        ("User-agent: *\nDisallow: /a*c$", "/abc", False),
        ("User-agent: *\nDisallow: /a*a$", "/a", True),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: *print=", "/a?x=1&print=1", False),
        ("User-agent: *\nDisallow: /caf%C3%A9", "/café", False),
        ("User-agent: *\nDisallow: /~ann", "/%7eann/b", False),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: other\nUser-agent: retold\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Retold/1.0\nDisallow: /b", "/a", True),
        ("User-agent: retold\nDisallow: /a\n\nUser-agent: retold\nDisallow: /b", "/b", False),
        ("Disallow: /", "/a", True),
        ("user-agent : *\r\ndisallow : /a # not here", "/a", False),
        ("<html><body>Not found</body></html>", "/a", True),
    ],
)
def test_rules_are_read_as_the_standard_says(rules: str, path: str, expected: bool) -> None:
    """RFC 9309: the own group before that for all, the longest rule first, at a tie leave."""
    assert robots.parse(rules.encode()).allow(f"https://m.example{path}") is expected


def test_a_delay_is_read() -> None:
    """Not of the standard, and much used; nonsense is none."""
    assert robots.parse(b"User-agent: *\nCrawl-delay: 2.5").delay == 2.5
    assert robots.parse(b"User-agent: *\nCrawl-delay: soon").delay == 0.0


@given(st.binary(max_size=300), st.text(max_size=40))
def test_no_rules_end_in_a_traceback(data: bytes, path: str) -> None:
    """Whatever a site sends, a page may be fetched or may not."""
    rules = robots.parse(b"User-agent: *\nDisallow: /" + data)
    assert rules.allow(f"https://m.example/{path}") in (True, False)


def test_no_rule_takes_long() -> None:
    """A rule of a thousand stars fits or does not at once."""
    rules = robots.parse(b"User-agent: *\nDisallow: " + b"/a*" * 1_000 + b"b$")
    assert rules.allow("https://m.example/" + "a/" * 50_000)
    assert rules != Rules()


def test_a_site_without_rules_may_be_visited(site: Site) -> None:
    """No such file: no rules; it is asked for once."""
    visits = visitor()
    visits.get(site.url("a.html"))
    visits.get(site.url("a.html"))
    assert site.asked == ["robots.txt", "a.html", "a.html"]


def test_a_site_that_cannot_say_is_not_visited_now(site: Site) -> None:
    """A server in trouble is left alone; the next visit asks again."""
    site.statuses["robots.txt"] = 503
    visits = visitor()
    with pytest.raises(RefusedError):
        visits.get(site.url("a.html"))
    site.statuses["robots.txt"] = 404
    assert visits.get(site.url("a.html")).body
    assert site.asked == ["robots.txt", "robots.txt", "a.html"]


def test_pages_that_a_feed_lists_are_visits(site: Site) -> None:
    """The feed was asked for, its pages were not: there robots.txt counts."""
    site.pages["robots.txt"] = "User-agent: *\nDisallow: /a.html\n"
    feed = site.feed("feed.xml", "a.html")
    loaded = sources.load(feed, get=visitor().get)
    assert "robots.txt" in loaded.failures[0].message


# --- pace -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "expected"),
    [("", [1.0, 1.0, 1.0]), ("User-agent: *\nCrawl-delay: 5", [1.0, 5.0, 5.0]),
     ("User-agent: *\nCrawl-delay: 99999", [1.0, 60.0, 60.0])],
)  # fmt: skip
def test_a_site_is_visited_at_its_pace(site: Site, rules: str, expected: list[float]) -> None:
    """A second between two visits, or what the site asks for, up to a minute."""
    slept: list[float] = []
    site.pages["robots.txt"] = rules
    visits = visitor(between=1.0, sleep=slept.append)
    for _ in range(3):
        visits.get(site.url("a.html"))
    waited = [b - a for a, b in zip([0.0, *slept], slept, strict=False)]
    assert [round(each) for each in waited] == expected


# --- changes alone --------------------------------------------------------------------------------


def test_an_unchanged_page_is_not_sent_again(site: Site) -> None:
    """The server knows its own version again; a changed one comes."""
    first = fetch.get(site.url("a.html"), allow=LOCAL)
    assert first.validators is not None
    assert first.validators.url == site.url("a.html")
    assert fetch.get_changed(site.url("a.html"), first.validators, allow=LOCAL) is None
    site.pages["a.html"] = "<p>other</p>"
    again = fetch.get_changed(site.url("a.html"), first.validators, allow=LOCAL)
    assert again is not None
    assert again.body == b"<p>other</p>"


def test_what_one_server_said_is_not_told_to_another(site: Site) -> None:
    """A mark may tell who a reader is: it goes back to the address that gave it, and no other."""
    told = Validators(url=site.url("b.html"), etag='"secret"')
    assert fetch.get_changed(site.url("a.html"), told, allow=LOCAL) is not None
    assert site.unchanged == []


def test_a_refusal_says_when_to_come_again(site: Site) -> None:
    """The status is kept, so that a page that is gone can be told from a server in trouble."""
    site.statuses["a.html"] = 410
    with pytest.raises(RefusedError) as caught:
        fetch.get(site.url("a.html"), allow=LOCAL)
    assert (caught.value.status, caught.value.wait) == (410, None)
    assert isinstance(caught.value, SourceError)
