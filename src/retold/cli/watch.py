"""`retold watch`: follow feeds; `retold versions`: what an outlet changed in an article."""

from __future__ import annotations

import datetime as dt
import re
import signal
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retold.cli.output import emit, line, say, shown
from retold.cli.place import archive_option, opened
from retold.cli.verbs import Verb

if TYPE_CHECKING:
    from retold.archive.store import Archive
    from retold.sources.visits import Visitor
    from retold.types import Article
    from retold.watching import Event, Look

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
SHORTEST = dt.timedelta(seconds=30)

WATCH_EXAMPLES = """\b
Examples:
  retold watch https://news.example/feed.xml https://post.example/sitemap-news.xml
  retold watch --every 1h https://news.example/feed.xml >> news.txt
  retold watch --once https://news.example/feed.xml"""


@click.command(cls=Verb, epilog=WATCH_EXAMPLES)
@click.argument("feeds", nargs=-1, required=True, metavar="FEED...")
@archive_option
@click.option("--every", default="15m", metavar="TIME", help="Between two looks: 15m, 1h, 1d.")
@click.option("--once", is_flag=True, help="One look, and end.")
@click.option("--all", "show_all", is_flag=True, help="Differences that are not sure, too.")
@click.pass_context
def watch(
    ctx: click.Context,
    feeds: Sequence[str],
    place: str,
    every: str,
    once: bool,
    show_all: bool,
) -> None:
    """Follow feeds: keep what is new, and tell what differs and what was changed.

    A FEED is the address of an RSS or Atom feed or of a sitemap. Articles that it lists are read
    and kept in the archive, and visited again for two weeks, ever more seldom. Each line on
    standard output is one thing that is new: a difference that a new article brings to its story,
    other words for a quotation, an edit of an article that the archive holds, an article that is
    gone. End it with Ctrl-C; what was kept is safe, however it ends.
    """
    pause = _pause(every)
    for feed in feeds:
        if not feed.startswith(("http://", "https://")):
            raise click.BadParameter(f"{feed} is not the address of a feed.", param_hint="FEED")
    from retold.sources.visits import Visitor

    with opened(place, create=True) as archive:
        follow(
            archive,
            tuple(dict.fromkeys(feeds)),
            every=pause,
            once=once,
            show_all=show_all,
            model=ctx.find_root().params["model"],
            visitor=Visitor(),
        )


def follow(
    archive: Archive,
    feeds: Sequence[str],
    *,
    every: dt.timedelta,
    once: bool,
    show_all: bool,
    model: Path | None,
    visitor: Visitor,
) -> None:
    """Look at the feeds, again and again unless `once`, until somebody ends it.

    Raises:
        ClickException: one look was asked for, and no feed could be had.
    """
    from retold import watching
    from retold.intake import Reader
    from retold.sources.metadata import Metadata

    reader = Reader(archive, known=Metadata(), model=model)
    try:
        with _ending():
            while True:
                start = time.monotonic()
                now = dt.datetime.now(dt.UTC)
                at = watching.Look(now=now, every=every, visitor=visitor, reader=reader)
                failed = _look(archive, feeds, at, show_all=show_all)
                if once:
                    break
                say(f"next look at {(now + every).astimezone():%H:%M}")
                time.sleep(max(0.0, every.total_seconds() - (time.monotonic() - start)))
    except KeyboardInterrupt:
        say(f"\nstopped. The archive holds {len(archive)}: {archive.place}")
        return
    if failed.issuperset(feeds):
        raise click.ClickException("no feed could be fetched; the reasons are above.")


def _look(archive: Archive, feeds: Sequence[str], at: Look, *, show_all: bool) -> set[str]:
    """Tell what one look brings, and sum it up; what failed."""
    from retold import watching
    from retold.types import Failure

    met: Counter[str] = Counter({"new": 0})
    failed: set[str] = set()
    for event in watching.look(archive, feeds, at):
        _tell(event, met, show_all=show_all)
        if isinstance(event, Failure):
            failed.add(event.source)
    counted = ", ".join(f"{number} {kind}" for kind, number in met.items())
    say(f"{at.now.astimezone():%H:%M}: {counted}")
    return failed


@contextmanager
def _ending() -> Iterator[None]:
    """To be told to end is to be stopped by hand."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _pause(every: str) -> dt.timedelta:
    found = re.fullmatch(r"(\d{1,5})([smhd])", every.strip())
    pause = dt.timedelta(**{UNITS[found[2]]: int(found[1])}) if found else dt.timedelta()
    if pause < SHORTEST:
        raise click.BadParameter(
            f"{every!r} is not a time such as 15m or 1h, of {SHORTEST.seconds}s or more.",
            param_hint="--every",
        )
    return pause


def _tell(event: Event, met: Counter[str], *, show_all: bool) -> None:
    """What is news on standard output, what went wrong beside it."""
    from retold import watching
    from retold.intake import Taken
    from retold.showing import news
    from retold.types import Failure

    match event:
        case Taken():
            met["changed" if event.before else "new"] += 1
            lines = _edits(event.before, event.article) if event.before else ()
        case watching.Gone():
            met["gone"] += 1
            lines = (shown(f"gone: {event.url} (held as {', '.join(event.article_ids)})"),)
        case watching.Updated():
            lines = news.lines(event.report, event.fresh, all=show_all)
        case Failure():
            met["failed"] += 1
            say(f"failed: {line(event)}")
            return
        case _:
            say(f"note: {event.words}")
            return
    emit("".join(f"{each}\n" for each in lines), None)


def _edits(before: Article, after: Article) -> tuple[str, ...]:
    from retold.archive.versions import edits
    from retold.showing import versions as showing

    return tuple(showing.edited(before, after, edits(before, after)))


VERSIONS_EXAMPLES = """\b
Examples:
  retold versions https://news.example/bridge
  retold versions https://news.example/bridge --format json"""


@click.command(cls=Verb, epilog=VERSIONS_EXAMPLES)
@click.argument("article")
@archive_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def versions(article: str, place: str, form: str) -> None:
    """Show word by word what was changed in an article since it was first kept.

    ARTICLE is an address, or the id of any of its versions.
    """
    from retold.archive.versions import edits
    from retold.showing import versions as showing

    held: list[showing.Version] = []
    with opened(place) as archive:
        for entry in archive.versions(archive.named(article)[0]):
            now = archive.reading(entry.id).article
            changed = edits(held[-1].article, now) if held else ()
            held.append(showing.Version(article=now, added=entry.added, edits=changed))
    emit(showing.encoded(held) if form == "json" else showing.lines(held), None)
