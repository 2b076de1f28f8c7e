"""The stories that a server has at hand, and the corrections that are laid over them.

Reports are held in memory, the last used ones; with an archive their readings are in it, and a
story that was let go can be compared again. Corrections are in the archive, or else in memory.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass

from retold import reviews
from retold.archive import corrections as log
from retold.archive.database import Address, Place
from retold.archive.store import Archive
from retold.correcting import overlay
from retold.correcting.overlay import Corrected
from retold.correcting.records import Correction
from retold.reviews import Review
from retold.showing import html
from retold.types import Report

MAX_PAGE_BYTES = 200_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A story as the machine has it, the reader's corrections of it with their undos, and the story
    as these make it, with its page."""

    id: str
    at: dt.datetime
    machine: Report
    log: tuple[Correction, ...]
    corrected: Corrected
    page: bytes

    @property
    def report(self) -> Report:
        return self.corrected.report


def story_id(articles: Iterable[str]) -> str:
    """The same for the same articles in any order."""
    return hashlib.sha256(" ".join(sorted(articles)).encode()).hexdigest()[:12]


class Shelf:
    """The last used stories, at most so many; whoever reads never waits for whoever writes."""

    def __init__(
        self, *, archive: Place | None, stories: int, reviews: Sequence[Review] = ()
    ) -> None:
        self._archive, self._most, self._reviews = archive, stories, reviews
        self._stories: OrderedDict[str, Held] = OrderedDict()
        self._log: tuple[Correction, ...] = ()
        self._mark = ""  # of the archive's log when the pages were made
        self._written: tuple[object, ...] = ()  # when its file was written, as far as was looked
        self._lock = threading.Lock()  # held for a moment
        self._writing = threading.RLock()  # held while a page is made

    def put(self, report: Report) -> str:
        """Keep a story; the id under which it is found."""
        id = story_id(article.id for article in report.articles)
        with self._writing:
            self._keep(self._made(id, report, dt.datetime.now(dt.UTC)))
        return id

    def _keep(self, held: Held) -> None:
        with self._lock:
            self._stories[held.id] = held
            self._stories.move_to_end(held.id)
            while len(self._stories) > 1 and (
                len(self._stories) > self._most
                or sum(len(each.page) for each in self._stories.values()) > MAX_PAGE_BYTES
            ):
                self._stories.popitem(last=False)

    def get(self, id: str) -> Held | None:
        """The story, if it is at hand, with what others have corrected in the archive meanwhile."""
        self._follow()
        with self._lock:
            held = self._stories.get(id)
            if held:
                self._stories.move_to_end(id)
            return held

    def stories(self) -> tuple[Held, ...]:
        """Those at hand, the newest first."""
        with self._lock:
            return tuple(sorted(self._stories.values(), key=lambda h: h.at, reverse=True))

    # --- corrections -----------------------------------------------------------------------------

    def turn(self) -> AbstractContextManager[object]:
        """While it lasts nobody else corrects: what was looked at stays so until it is changed."""
        return self._writing

    def correct(self, made: Sequence[Correction]) -> None:
        """Keep corrections and lay them over the stories that they are about."""
        with self._writing:
            if self._archive:
                with Archive.open(self._archive) as archive:
                    log.add(archive, made)
            else:
                self._log = overlay.in_order((*self._log, *made))
            self._lay()

    def _lay(self) -> None:
        for held in self.stories():
            if self._about(held.machine) != held.log:
                self._keep(self._made(held.id, held.machine, held.at))

    def _follow(self) -> None:
        """Lay the corrections anew if the archive's log is not what it was."""
        if self._archive is None or (written := _written(self._archive)) == self._written:
            return
        with Archive.open(self._archive) as archive:
            mark = log.mark(archive)
        with self._writing:
            if mark != self._mark:
                self._lay()
            self._mark, self._written = mark, written

    def corrections(self) -> tuple[Correction, ...]:
        """All of them, the earliest first."""
        if not self._archive:
            return self._log
        with Archive.open(self._archive) as archive:
            return log.held(archive)

    def _about(self, report: Report) -> tuple[Correction, ...]:
        """Those about a story, with their undos, the earliest first."""
        if not self._archive:
            return overlay.of_report(report, self._log)
        with Archive.open(self._archive) as archive:
            found = log.about(archive, (article.id for article in report.articles))
        return overlay.of_report(report, found)

    def _made(self, id: str, machine: Report, at: dt.datetime) -> Held:
        about = self._about(machine)
        corrected = overlay.apply(machine, about)
        page = html.render(
            corrected.report,
            laid=corrected.laid,
            address=f"/stories/{id}",
            reviews=reviews.about(self._reviews, machine.articles),
        )
        return Held(
            id=id, at=at, machine=machine, log=about, corrected=corrected, page=page.encode()
        )


def _written(place: Place) -> tuple[object, ...]:
    """Another value once something was written to the archive: a look at its files, no reading. Of
    one on a server only asking tells, so that every value is another."""
    if isinstance(place, Address):
        return (object(),)
    seen: list[object] = []
    for file in (place, place.with_name(f"{place.name}-wal")):
        with suppress(FileNotFoundError):
            told = file.stat()
            seen.append((told.st_mtime_ns, told.st_size))
    return tuple(seen)
