"""Following feeds: one look at a time, each what an archive does not hold yet or held otherwise.

    feeds ──▶ pages that are due ──▶ read and kept (intake) ──▶ compared with their stories

All that a look learns is written with what it kept, in one transaction for each page, so that a
look which is broken off, however hard, is completed by the next: nothing is lost, nothing comes
twice, and at most the lines on what was kept last are told again.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest

from retold import intake, pipeline
from retold.archive import counts, rows, stories, versions, visits
from retold.archive.store import Archive
from retold.archive.visits import Visit
from retold.errors import RetoldError
from retold.intake import Reader, Taken
from retold.sources import addresses
from retold.sources.contents import Entry, Note
from retold.sources.fetch import Download, RefusedError, Validators
from retold.sources.metadata import Metadata
from retold.sources.visits import Visitor
from retold.types import Failure, Reading, Report, Span

# Most silent edits come in the first hours: a page is visited again after half its age, at least
# once a day, for two weeks.
FOLLOWED = dt.timedelta(days=14)
MAX_PAUSE = dt.timedelta(days=1)
MAX_FAILURES = 8
MAX_PAGES = 200  # of a feed in one look: the first look at a sitemap may find tens of thousands
GONE = frozenset({404, 410})
AROUND = dt.timedelta(days=3)  # articles of these days may tell the same event


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A page whose article the archive holds is there no more."""

    url: str
    article_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Updated:
    """A story that new articles, or changed ones, have joined.

    `fresh` are these by their ids, each with the spans of its words that are new, None for all.
    """

    report: Report
    fresh: Mapping[str, tuple[Span, ...] | None]


Event = Taken | Gone | Updated | Failure | Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look at feeds: when, how long until the next, and with what it fetches and reads."""

    now: dt.datetime
    every: dt.timedelta
    visitor: Visitor
    reader: Reader


def look(archive: Archive, feeds: Iterable[str], at: Look) -> Iterator[Event]:
    """What is new in the feeds, and what changed in the articles that they led to.

    Raises:
        StoreError: the archive cannot be written.
    """
    due: list[Visit] = []
    for feed in feeds:
        yield from _list(archive, feed, at)
        found = visits.due(archive, feed, at.now, limit=MAX_PAGES + 1)
        due += found[:MAX_PAGES]
        if len(found) > MAX_PAGES:
            yield Note(f"{feed}: {MAX_PAGES} pages are visited now, the others at the next looks.")
    for visit in _by_turns(due):
        yield from _visit(archive, visit, at)
    yield from _tell(archive)


# --- feeds ----------------------------------------------------------------------------------------


def _list(archive: Archive, feed: str, at: Look) -> Iterator[Event]:
    """Remember what the feed lists; its pages are visited later."""
    known = visits.get(archive, feed) or Visit(url=feed, feed=None, first=at.now, due=at.now)
    if known.due and known.due > at.now:
        return
    try:
        download = at.visitor.get_changed(feed, _validators(known))
        listed = list(addresses.entries(download, at.visitor.get)) if download else []
    except RetoldError as error:
        visits.put(archive, _failed(known, error, at, is_feed=True))
        yield Failure(source=feed, message=error.message, hint=error.hint)
        return
    yield from (each for each in listed if not isinstance(each, Entry))
    entries = [each for each in listed if isinstance(each, Entry) and _is_recent(each, at)]
    with archive.writing():
        visits.put_new(archive, (_new(entry, feed, at) for entry in entries))
        visits.put(archive, replace(_answered(known, download), due=at.now, failures=0))


def _is_recent(entry: Entry, at: Look) -> bool:
    day = entry.known.published or entry.changed
    return day is None or day >= (at.now - FOLLOWED).date()


def _new(entry: Entry, feed: str, at: Look) -> Visit:
    return Visit(
        url=entry.url,
        feed=feed,
        first=at.now,
        due=at.now,
        outlet=entry.known.outlet,
        title=entry.known.title,
        published=entry.known.published,
    )


def _by_turns(due: Sequence[Visit]) -> Iterator[Visit]:
    """The pages, those of different sites in turn, so that no site's pace holds up the others."""
    sites: dict[str, list[Visit]] = defaultdict(list)
    for visit in due:
        sites[visit.url.partition("//")[2].partition("/")[0]].append(visit)
    turns = chain.from_iterable(zip_longest(*sites.values()))
    return (visit for visit in turns if visit is not None)


# --- pages ----------------------------------------------------------------------------------------


def _visit(archive: Archive, visit: Visit, at: Look) -> Iterator[Event]:
    """What became of a page; how it went is remembered with it."""
    try:
        download = at.visitor.get_changed(visit.url, _validators(visit))
        content = (
            addresses.page(download, name=visit.url, listed=_listed(visit)) if download else None
        )
    except RetoldError as error:
        yield from _fail(archive, visit, error, at)
        return
    if download is None or content is None:
        visits.put(archive, _rested(visit, at))
        return
    read = at.reader.read(content)
    if isinstance(read, Failure):
        yield from _fail(archive, visit, RetoldError(read.message, hint=read.hint), at)
        return
    article = read.article if isinstance(read, Reading) else read
    done = replace(_answered(_rested(visit, at), download), address=rows.address(article.url))
    with archive.writing():
        taken = intake.taken(archive, read) if isinstance(read, Reading) else None
        visits.put(archive, done)
        if taken:
            visits.keep_untold(archive, article.id)
    if taken:
        yield taken


def _fail(archive: Archive, visit: Visit, error: RetoldError, at: Look) -> Iterator[Event]:
    """The failure is told the first time, and the page waits longer each time; that an article is
    gone is news of its own."""
    visits.put(archive, _failed(visit, error, at))
    if visit.failures:
        return
    held = archive.named(visit.address) if visit.address else ()
    if held and isinstance(error, RefusedError) and error.status in GONE:
        yield Gone(url=visit.url, article_ids=held)
    else:
        yield Failure(source=visit.url, message=error.message, hint=error.hint)


def _rested(visit: Visit, at: Look) -> Visit:
    age = at.now - visit.first
    pause = min(max(age / 2, at.every), MAX_PAUSE)
    return replace(visit, due=at.now + pause if age < FOLLOWED else None, failures=0)


def _failed(visit: Visit, error: RetoldError, at: Look, *, is_feed: bool = False) -> Visit:
    failures = visit.failures + 1
    pause = min(at.every * 2 ** min(failures, 16), MAX_PAUSE)
    if isinstance(error, RefusedError) and error.wait:
        pause = max(pause, min(dt.timedelta(seconds=error.wait), MAX_PAUSE))
    is_left = failures >= MAX_FAILURES and not is_feed
    return replace(visit, failures=failures, due=None if is_left else at.now + pause)


def _validators(visit: Visit) -> Validators | None:
    if not visit.answered:
        return None
    return Validators(url=visit.answered, etag=visit.etag, modified=visit.modified)


def _answered(visit: Visit, download: Download | None) -> Visit:
    """`visit` with what the server said of the version that came, if one came."""
    if download is None:
        return visit
    said = download.validators
    if said is None:
        return replace(visit, answered=None, etag=None, modified=None)
    return replace(visit, answered=said.url, etag=said.etag, modified=said.modified)


def _listed(visit: Visit) -> Metadata:
    return Metadata(outlet=visit.outlet, title=visit.title, published=visit.published)


# --- stories --------------------------------------------------------------------------------------


def _tell(archive: Archive) -> Iterator[Updated]:
    """The stories that the articles kept and not yet told of have joined.

    A story counts as told when the next is asked for.
    """
    while ids := visits.untold(archive):
        day = _day(archive, ids[0])
        for story in stories.find(archive, since=day - AROUND, until=day + AROUND):
            joined = [entry.id for entry in story.articles if entry.id in ids]
            if not joined:
                continue
            fresh = {id: _fresh(archive, id) for id in joined}
            report = pipeline.compare(stories.readings(archive, story))
            counts.keep(archive, report)
            yield Updated(report=report, fresh=fresh)
            with archive.writing():
                visits.told(archive, joined)
        with archive.writing():
            visits.told(archive, (id for id in ids if _day(archive, id) == day))


def _day(archive: Archive, article_id: str) -> dt.date:
    """The day of publication, else that on which the article was kept."""
    (entry,) = (entry for entry in archive.versions(article_id) if entry.id == article_id)
    return entry.published or entry.added.date()


def _fresh(archive: Archive, article_id: str) -> tuple[Span, ...] | None:
    """The words of an article that the version before it has not; None if it has no other."""
    held = [entry.id for entry in archive.versions(article_id)]
    at = held.index(article_id)
    if not at:
        return None
    before, after = archive.reading(held[at - 1]).article, archive.reading(article_id).article
    return tuple(edit.after for edit in versions.edits(before, after) if edit.after)
