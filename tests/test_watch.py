"""Following feeds: what is kept, what is told, and that nothing is lost or comes twice."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from retold import watching
from retold.archive import versions, visits
from retold.archive.store import Archive
from retold.cli import main
from retold.cli.watch import follow
from retold.intake import Reader, Taken
from retold.showing import news
from retold.showing import versions as showing
from retold.sources.metadata import Metadata
from retold.sources.visits import Visitor
from retold.types import Failure
from retold.watching import Event, Gone, Look, Updated
from tests.site import LOCAL, Site, page, serving

NOW = dt.datetime(2031, 5, 4, 9, 30, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
BRIDGE = (
    "The harbour bridge at Ostrel was closed on Thursday after 12 cracks were found in it.",
    "“We had no choice but to close the bridge today,” said the chief engineer, Mara Lind.",
    "The bridge carries 40,000 cars a day, the port authority said in a statement.",
)
OTHER = (
    "Ostrel’s harbour bridge was closed on Thursday when engineers found 14 cracks in it.",
    "“We had no choice but to shut the bridge today,” said the chief engineer, Mara Lind.",
    "Some 40,000 cars cross the bridge each day, said the port authority of Ostrel.",
)

PAGE = Path(__file__).parents[1] / "docs" / "how-to" / "follow-a-feed.md"
DOCUMENTED = PAGE.read_text("utf-8").split("```")[3].strip().splitlines()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def archive(place: str) -> Iterator[Archive]:
    with Archive.open(place) as held:
        yield held


def looked(archive: Archive, *feeds: str, now: dt.datetime = NOW) -> list[Event]:
    """What one look at the feeds brings."""
    at = Look(
        now=now,
        every=dt.timedelta(minutes=15),
        visitor=Visitor(between=0.0, allow=LOCAL),
        reader=Reader(archive, known=Metadata(), model=None),
    )
    return list(watching.look(archive, feeds, at))


def kinds(events: list[Event]) -> list[str]:
    return [type(event).__name__ for event in events]


@pytest.mark.model
def test_what_a_feed_lists_is_kept_once(site: Site, archive: Archive) -> None:
    """New articles are kept; the next look asks for changes alone, and brings nothing."""
    feed = site.feed("feed.xml", "a.html")
    site.pages["a.html"] = page("Bridge closed", *BRIDGE)
    (first,) = looked(archive, feed)
    assert isinstance(first, Taken)
    assert (first.article.title, first.article.outlet) == ("Bridge closed", "The Meridian")
    assert looked(archive, feed, now=NOW + HOUR) == []
    assert site.unchanged == ["feed.xml", "a.html"]
    assert len(archive) == 1


@pytest.mark.model
def test_a_silent_edit_is_found_and_shown(site: Site, archive: Archive, place: str) -> None:
    """A page that says something else is a version; `versions` shows the words of both."""
    feed = site.feed("feed.xml", "a.html")
    site.pages["a.html"] = page("Bridge closed", *BRIDGE)
    looked(archive, feed)
    site.pages["a.html"] = page("Bridge closed", BRIDGE[0].replace("12", "twelve"), *BRIDGE[1:])
    (edit,) = looked(archive, feed, now=NOW + HOUR)
    assert isinstance(edit, Taken)
    assert edit.before is not None
    shown = CliRunner().invoke(main, ["versions", site.url("a.html"), "--archive", place])
    lines = shown.output.splitlines()
    assert lines[0] == f"{site.url('a.html')}: 2 versions"
    assert lines[-2:] == [
        "   - …at Ostrel was closed on Thursday after ‹12› cracks were found in it.",
        "   + …at Ostrel was closed on Thursday after ‹twelve› cracks were found in it.",
    ]


@pytest.mark.model
def test_a_new_article_tells_how_its_story_differs(site: Site, archive: Archive) -> None:
    """The numbers and the words of a quotation that another outlet gives otherwise are news; the
    next look does not tell them again."""
    feed = site.feed("feed.xml", "a.html")
    site.pages["a.html"] = page("Ostrel bridge closed", *BRIDGE, day="2031-05-03")
    looked(archive, feed)
    site.feed("feed.xml", "a.html", "b.html")
    site.pages["b.html"] = page("Bridge at Ostrel is shut", *OTHER, outlet="The Post")
    taken, updated = looked(archive, feed, now=NOW + HOUR)
    assert isinstance(taken, Taken)
    assert isinstance(updated, Updated)
    told = news.lines(updated.report, updated.fresh)
    assert [line for line in DOCUMENTED if line.startswith(("number", "quotation"))] == [
        line for line in told if line.startswith(("number", "quotation"))
    ]
    assert looked(archive, feed, now=NOW + 2 * HOUR) == []


@pytest.mark.model
def test_an_edit_tells_only_what_it_brings(site: Site, archive: Archive) -> None:
    """Of an edited article, only differences that lie in the new words are told."""
    feed = site.feed("feed.xml", "a.html", "bridge.html")
    site.pages["a.html"] = page("Ostrel bridge closed", *BRIDGE, day="2031-05-03")
    site.pages["bridge.html"] = page("Bridge at Ostrel is shut", *OTHER, outlet="The Post")
    looked(archive, feed)
    edited = OTHER[0].replace("14", "17")
    site.pages["bridge.html"] = page(
        "Bridge at Ostrel is shut", edited, *OTHER[1:], outlet="The Post"
    )
    edit, updated = looked(archive, feed, now=NOW + HOUR)
    assert isinstance(updated, Updated)
    assert isinstance(edit, Taken)
    assert edit.before is not None
    changes = versions.edits(edit.before, edit.article)
    (line,) = showing.edited(edit.before, edit.article, changes)
    assert line.replace(site.address, "https://post.example").replace(".html", "") in DOCUMENTED
    told = news.lines(updated.report, updated.fresh, all=True)
    assert any("‹17" in line for line in told)
    assert not any("‹14" in line or "shut›" in line for line in told)


@pytest.mark.model
def test_an_article_that_is_gone_is_told_once(site: Site, archive: Archive) -> None:
    """A page that was taken down is news, once; when it is back, it is followed as before."""
    feed = site.feed("feed.xml", "a.html")
    site.pages["a.html"] = page("Bridge closed", *BRIDGE)
    (taken,) = looked(archive, feed)
    assert isinstance(taken, Taken)
    site.statuses["a.html"] = 410
    assert looked(archive, feed, now=NOW + HOUR) == [
        Gone(url=site.url("a.html"), article_ids=(taken.article.id,))
    ]
    assert looked(archive, feed, now=NOW + 5 * HOUR) == []
    del site.statuses["a.html"]
    site.pages["a.html"] = page("Bridge closed", BRIDGE[0].replace("12", "14"), *BRIDGE[1:])
    assert kinds(looked(archive, feed, now=NOW + 30 * HOUR)) == ["Taken"]


def test_an_address_that_is_none_costs_only_itself(site: Site, archive: Archive) -> None:
    """A feed may list anything."""
    site.pages["feed.xml"] = (
        "<urlset><url><loc>http://[::1</loc></url><url><loc>file:///etc/passwd</loc></url>"
        "<url><loc>http://169.254.169.254/</loc></url><url><loc>x</loc></url></urlset>"
    )
    events = looked(archive, site.url("feed.xml"))
    assert kinds(events) == ["Failure"] * 4
    assert site.asked == ["robots.txt", "feed.xml"]


def test_failures_are_told_once_and_wait_longer(site: Site, archive: Archive) -> None:
    """A page that cannot be had is asked for after 30 minutes, then after an hour, and so on."""
    feed = site.feed("feed.xml", "a.html")
    site.statuses["a.html"] = 503
    (failure,) = looked(archive, feed)
    assert isinstance(failure, Failure)
    assert "503" in failure.message
    assert looked(archive, feed, now=NOW + HOUR / 4) == []
    assert looked(archive, feed, now=NOW + HOUR / 2) == []
    assert site.asked.count("a.html") == 2
    visit = visits.get(archive, site.url("a.html"))
    assert visit is not None
    assert (visit.failures, visit.due) == (2, NOW + HOUR * 3 / 2)


def test_a_feed_that_cannot_be_had_does_not_stop_the_others(site: Site, archive: Archive) -> None:
    """Each feed has its own failure; the rest goes on."""
    site.pages["b.xml"] = "<rss><channel></channel></rss>"
    events = looked(archive, site.url("gone.xml"), site.url("page.html"), site.url("b.xml"))
    assert kinds(events) == ["Failure", "Failure"]
    assert "b.xml" in site.asked


def test_a_page_in_place_of_a_feed_says_which_feed_it_has(site: Site, archive: Archive) -> None:
    """Whoever gives the front page is told the address to give."""
    site.pages["front.html"] = (
        '<html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head>'
        "<body></body></html>"
    )
    (failure,) = looked(archive, site.url("front.html"))
    assert isinstance(failure, Failure)
    assert failure.hint == f"The page names one: {site.url('rss.xml')}"


def test_robots_are_asked_before_pages(site: Site, archive: Archive) -> None:
    """What a site's robots.txt asks not to fetch is not fetched, and is a failure that says so."""
    feed = site.feed("feed.xml", "private/a.html")
    site.pages["robots.txt"] = "User-agent: *\nDisallow: /private/\n"
    (failure,) = looked(archive, feed)
    assert isinstance(failure, Failure)
    assert "robots.txt" in failure.message
    assert site.asked == ["robots.txt", "feed.xml"]


def test_old_entries_of_a_sitemap_are_left(site: Site, archive: Archive) -> None:
    """A sitemap lists all that a site ever published; what is older than two weeks is not news."""
    site.pages["sitemap.xml"] = (
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
        f"<url><loc>{site.url('old.html')}</loc><lastmod>2031-04-01</lastmod></url>"
        f"<url><loc>{site.url('new.html')}</loc><lastmod>2031-05-03</lastmod></url></urlset>"
    )
    looked(archive, site.url("sitemap.xml"))
    assert "new.html" in site.asked
    assert "old.html" not in site.asked


@pytest.mark.model
def test_what_is_forgotten_leaves_no_address_behind(site: Site, archive: Archive) -> None:
    """Forgetting an article forgets that it was visited."""
    feed = site.feed("feed.xml", "a.html")
    site.pages["a.html"] = page("Bridge closed", *BRIDGE)
    (taken,) = looked(archive, feed)
    assert isinstance(taken, Taken)
    archive.forget(taken.article.id)
    assert visits.get(archive, site.url("a.html")) is None
    assert visits.untold(archive) == ()


# --- ended from outside ---------------------------------------------------------------------------

FOLLOW = """
import datetime as dt, signal, sys
from pathlib import Path
from retold.archive.store import Archive
from retold.cli.watch import follow
from retold.sources.visits import Visitor
# where the tests run in the background Ctrl-C is ignored, and children inherit it
signal.signal(signal.SIGINT, signal.default_int_handler)
with Archive.open(Path(sys.argv[1])) as archive:
    follow(archive, sys.argv[2:], every=dt.timedelta(seconds=30), once=False, show_all=False,
           model=None, visitor=Visitor(between=0.0, allow={"127.0.0.1"}))
"""


def following(place: Path, feed: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 our own program
        [sys.executable, "-c", FOLLOW, str(place), feed],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": "src"},
    )


def wait_for(site: Site, path: str, process: subprocess.Popen[str]) -> None:
    while path not in site.asked and process.poll() is None:
        time.sleep(0.01)


@pytest.mark.model
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly(site: Site, tmp_path: Path, sign: signal.Signals) -> None:
    """Ctrl-C, or to be told to end, ends it with a line on what is kept, and no traceback."""
    process = following(tmp_path / "a.sqlite", site.feed("feed.xml"))
    wait_for(site, "feed.xml", process)
    process.send_signal(sign)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "stopped. The archive holds 0" in errors
    assert "Traceback" not in errors


@pytest.mark.model
def test_a_killed_look_is_completed_by_the_next(site: Site, tmp_path: Path) -> None:
    """Killed while it reads, it loses nothing and keeps nothing twice."""
    names = [f"{n}.html" for n in range(6)]
    feed = site.feed("feed.xml", *names)
    for name in names:
        site.pages[name] = page(f"Bridge {name}", *(f"{p} It is number {name}." for p in BRIDGE))
    process = following(tmp_path / "a.sqlite", feed)
    wait_for(site, "3.html", process)
    process.kill()
    process.communicate()
    with Archive.open(tmp_path / "a.sqlite") as archive:
        looked(archive, feed, now=dt.datetime.now(dt.UTC) + HOUR)
        assert sorted(e.title or "" for e in archive.articles()) == [f"Bridge {n}" for n in names]
        assert visits.untold(archive) == ()


def test_what_a_server_says_does_not_move_the_cursor(
    site: Site, archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    """Words of others that a terminal would obey are made visible, in failures too."""
    site.pages["feed.xml"] = "<rss><channel></channel></rss>"
    now = dt.datetime.now(dt.UTC)
    page_url, feed_url = site.url("\x1b[2J.html"), site.url("feed.xml")
    visits.put(archive, visits.Visit(url=page_url, feed=feed_url, first=now, due=now))
    follow(
        archive,
        (feed_url,),
        every=HOUR,
        once=True,
        show_all=False,
        model=None,
        visitor=Visitor(between=0.0, allow=LOCAL),
    )
    told = capsys.readouterr().err
    assert "\x1b" not in told
    assert "⟨U+001B⟩[2J.html" in told
