"""Pages on an archive: its stories, search, the quotation checker, speakers, versions."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from retold import spans
from retold.archive import accounts, counts, meaning, people, quotations, search, stories
from retold.archive.accounts import Changed
from retold.archive.meaning import Alike
from retold.archive.people import Person
from retold.archive.quotations import Account
from retold.archive.said import Filters, Said
from retold.archive.search import Hit
from retold.archive.store import Archive, Entry
from retold.archive.versions import edits
from retold.errors import FormatError, StoreError
from retold.reading.encoder import Encoder
from retold.showing import markup, segments
from retold.showing import versions as showing
from retold.showing.export import answers as exports
from retold.types import Article, Passage, SectionKind, Span
from retold.web import answers
from retold.web.comparing import Task
from retold.web.forms import FormOf
from retold.web.jobs import BusyError
from retold.web.pages import desk_of
from retold.web.shelf import story_id

MOST = 20
MOST_PAGE = 200
REACH_CHARS = 90
PLACES = 3  # of an article that are shown
HEAVY = threading.BoundedSemaphore(2)  # what compares many readings, at once
PATIENCE_SECONDS = 3  # of a thread that pages need
OWN = (SectionKind.BYLINE, SectionKind.BODY, SectionKind.CAPTION)
JSON = "application/json"
ANSWER: dict[int | str, dict[str, Any]] = {200: {"content": {JSON: {"schema": {"type": "object"}}}}}

router = APIRouter()
Words = Annotated[str, Query(max_length=20_000)]
Name = Annotated[str, Query(max_length=200)]
Day = Annotated[str, Query(max_length=10, description="A day, as 2031-05-05.")]
Limit = Annotated[int, Query(ge=1, le=MOST_PAGE)]
ArticleId = Annotated[str, Path(max_length=64)]


# --- search --------------------------------------------------------------------------------------


class Asked:
    """What a search asks for."""

    def __init__(
        self,
        words: Words = "",
        speaker: Name = "",
        about: Name = "",
        outlet: Name = "",
        since: Annotated[Day, Query(alias="from")] = "",
        until: Annotated[Day, Query(alias="to")] = "",
        meaning: Annotated[bool, Query(description="Also what says much the same.")] = False,
        limit: Limit = MOST,
    ) -> None:
        self.words, self.speaker, self.about = words.strip(), speaker.strip(), about.strip()
        self.outlet, self.since, self.until = outlet.strip(), since.strip(), until.strip()
        self.meaning, self.limit = meaning, limit


@router.get("/search", include_in_schema=False)
def search_page(request: Request, asked: Annotated[Asked, Depends()]) -> Response:
    """Search, and what it found."""
    with _archive(request) as archive:
        found, meant = _results(request, archive, asked)
    return answers.page(
        request, "search.html", asked=asked, found=found, meant=meant, show=_Showing()
    )


@router.get("/search.json", response_class=Response, responses=ANSWER)
def search_json(request: Request, asked: Annotated[Asked, Depends()]) -> Response:
    """Statements and articles by their words, speaker, outlet and day, and by meaning."""
    with _archive(request) as archive:
        found, meant = _results(request, archive, asked)
    if found is None:
        raise FormatError("there is nothing to look for.", hint="Give words, or a speaker.")
    return Response(exports.results(found, meant), media_type=JSON)


def _results(
    request: Request, archive: Archive, asked: Asked
) -> tuple[search.Results | None, meaning.Found | None]:
    """What is found, and what means much the same; None where that was not asked for."""
    if not asked.words and not asked.speaker:
        return None, None
    filters = Filters(
        forms=_forms(people.find(archive, asked.speaker)) if asked.speaker else None,
        about=search.terms(asked.about) if asked.about else None,
        outlet=asked.outlet or None,
        since=_day(asked.since),
        until=_day(asked.until),
    )
    found = search.find(archive, asked.words, filters=filters, most=asked.limit)
    if not (asked.meaning and asked.words):
        return found, None
    with _turn():
        encoder = Encoder.of(desk_of(request).settings.model)
        return found, meaning.ask(archive, asked.words, encoder, filters=filters, most=asked.limit)


# --- a quotation ---------------------------------------------------------------------------------


@router.get("/quote", include_in_schema=False)
def quote_page(request: Request, words: Words = "", speaker: Name = "") -> Response:
    """The quotation checker."""
    with _archive(request) as archive, _turn():
        found = _checked(archive, words, speaker, MOST) if words.strip() else None
    return answers.page(
        request, "quote.html", words=words, speaker=speaker, found=found, show=_Showing()
    )


@router.get("/quote.json", response_class=Response, responses=ANSWER)
def quote_json(request: Request, words: Words, speaker: Name = "", limit: Limit = MOST) -> Response:
    """Who gives a quotation, in which words, credited to whom."""
    with _archive(request) as archive, _turn():
        return Response(exports.check(_checked(archive, words, speaker, limit)), media_type=JSON)


def _checked(archive: Archive, words: str, speaker: str, most: int) -> quotations.Check:
    return quotations.check(archive, words, speaker=speaker.strip() or None, most=most)


# --- speakers ------------------------------------------------------------------------------------


@router.get("/speaker", include_in_schema=False)
def speaker_page(request: Request, name: Name = "") -> Response:
    """What somebody is reported to have said, in time, and where it changed."""
    with _archive(request) as archive, _turn():
        found = people.find(archive, name)
        said, changed = _said(archive, found, MOST_PAGE)
    return answers.page(
        request, "speaker.html", name=name, found=found, said=said, changed=changed, show=_Showing()
    )


@router.get("/speaker.json", response_class=Response, responses=ANSWER)
def speaker_json(request: Request, name: Name, limit: Limit = MOST) -> Response:
    """The same as data: statements in time, and where the speaker's own accounts part."""
    with _archive(request) as archive, _turn():
        found = people.find(archive, name)
        if not found:
            raise HTTPException(404, "Nobody of that name speaks in the archive.")
        said, changed = _said(archive, found, limit)
    return Response(exports.speaker([p.name for p in found], said, changed), media_type=JSON)


def _said(
    archive: Archive, found: Sequence[Person], most: int
) -> tuple[tuple[Said, ...], tuple[Changed, ...]]:
    if not found:
        return (), ()
    said = accounts.statements(archive, _forms(found), most=most)
    return said, tuple(c for person in found for c in accounts.changed(archive, person.forms))


# --- stories and versions ------------------------------------------------------------------------


@router.get("/archive", include_in_schema=False)
def archive_page(
    request: Request,
    since: Annotated[Day, Query(alias="from")] = "",
    until: Annotated[Day, Query(alias="to")] = "",
) -> Response:
    """The stories of the archive, those of the last week unless other days are asked for."""
    with _archive(request) as archive, _turn():
        found = stories.find(archive, since=_day(since), until=_day(until))
        size = len(archive)
        counted = {story.id: _counts(archive, story) for story in found[:MOST_PAGE]}
    shelf = desk_of(request).shelf
    ready = {story.id: shelf.get(story_id(a.id for a in story.articles)) for story in found}
    return answers.page(
        request,
        "archive.html",
        found=found[:MOST_PAGE],
        left=max(0, len(found) - MOST_PAGE),
        ready={id: held.id for id, held in ready.items() if held},
        counted=counted,
        size=size,
        since=since,
        until=until,
    )


@router.get("/archive.json", response_class=Response, responses=ANSWER)
def archive_json(
    request: Request,
    since: Annotated[Day, Query(alias="from")] = "",
    until: Annotated[Day, Query(alias="to")] = "",
    limit: Limit = MOST,
) -> Response:
    """The stories of the archive, the newest first."""
    with _archive(request) as archive, _turn():
        found = stories.find(archive, since=_day(since), until=_day(until))[:limit]
        counted = [(story, _counts(archive, story)) for story in found]
    return Response(exports.stories(counted), media_type=JSON)


def _counts(archive: Archive, story: stories.Held) -> counts.Counts | None:
    return counts.known(archive, (entry.id for entry in story.articles))


@router.post("/archive/{article_id}", include_in_schema=False)
def compare(request: Request, article_id: ArticleId, form: FormOf) -> Response:
    """Compare the articles of a story, or the accounts of the event that one tells of."""
    most = desk_of(request).settings.limits.articles
    ids = tuple(form.one("articles").split()[:most]) or (article_id,)
    with _archive(request) as archive:
        for id in {article_id, *ids}:
            _known(archive, id)
    job = desk_of(request).jobs.submit(Task(held=ids))
    return RedirectResponse(f"/jobs/{job.id}", 303)


@router.get("/articles/{article_id}", include_in_schema=False)
def article_page(request: Request, article_id: ArticleId) -> Response:
    """An article of the archive: its text, and what was changed in it."""
    held: list[showing.Version] = []
    with _archive(request) as archive:
        for entry in _known(archive, article_id):
            now = archive.reading(entry.id).article
            changed = edits(held[-1].article, now) if held else ()
            held.append(showing.Version(article=now, added=entry.added, edits=changed))
    shown = next(version.article for version in held if version.article.id == article_id)
    return answers.page(request, "article.html", article=shown, versions=held, show=_Showing())


def _known(archive: Archive, article_id: str) -> Sequence[Entry]:
    try:
        return archive.versions(article_id)
    except StoreError as error:
        raise HTTPException(404, "The archive has no such article.") from error


# --- what all of them need -----------------------------------------------------------------------


@contextmanager
def _archive(request: Request) -> Iterator[Archive]:
    """The server's archive, opened for this thread."""
    place = desk_of(request).settings.archive
    if place is None:
        raise HTTPException(404, "This server has no archive. Start it with --archive PLACE.")
    with Archive.open(place) as archive:
        yield archive


@contextmanager
def _turn() -> Iterator[None]:
    """A turn among those who ask for much at once."""
    if not HEAVY.acquire(timeout=PATIENCE_SECONDS):
        raise BusyError("Too much is asked for at once.", hint="Try again in a minute.")
    try:
        yield
    finally:
        HEAVY.release()


def _forms(found: Sequence[Person]) -> tuple[str, ...]:
    return tuple(form for person in found for form in person.forms)


def _day(day: str) -> dt.date | None:
    if not day.strip():
        return None
    try:
        return dt.date.fromisoformat(day.strip())
    except ValueError:
        raise FormatError(f"{day!r} is not a day such as 2031-05-05.") from None


class _Showing:
    """What a template calls to show what an archive answers."""

    def statement(self, said: Said) -> Markup:
        """The pieces of a statement, the words that were looked for marked."""
        pieces = [
            _cut(said.stretch.text, said.stretch.start, piece, said.marks) for piece in said.pieces
        ]
        return Markup(" … ").join(pieces)

    def places(self, hit: Hit) -> list[Markup]:
        """The first places of an article that have the words, in their lines."""
        shown: list[Span] = []
        for mark in hit.marks:
            if len(shown) == PLACES:
                break
            if not any(spans.overlaps(mark, earlier) for earlier in shown):
                line = segments.line_of(hit.text, mark)
                shown.append(segments.around(hit.text, mark, line, reach=REACH_CHARS))
        return [_cut(hit.text, 0, span, hit.marks) for span in shown]

    def alike(self, one: Alike) -> Markup:
        """A passage in its line."""
        article = one.article
        line = segments.line_of(article.text, one.passage.span)
        return markup.excerpt(article, one.passage.span, (), whole=line)

    def account(self, account: Account) -> Markup:
        """An account's words among others; what it changed is marked."""
        article = account.reading.article
        whole = spans.hull(account.match.pieces)
        line = segments.line_of(article.text, whole)
        shown = segments.around(article.text, whole, line, reach=REACH_CHARS)
        changed = [turn.a for turn in account.match.turns if turn.a]
        return markup.excerpt(article, shown, changed or account.match.pieces, whole=line)

    def telling(self, changed: Changed, passage: Passage) -> Markup:
        """One of a speaker's own tellings, with what is different in it."""
        article = self.article(changed, passage.article_id)
        focus = [
            value.span
            for difference in changed.differences
            for value in difference.values
            if value.article_id == article.id and spans.overlaps(value.span, passage.span)
        ]
        return markup.excerpt(article, passage.span, focus)

    def article(self, changed: Changed, article_id: str) -> Article:
        return next(r.article for r in changed.readings if r.article.id == article_id)

    def lines(self, article: Article) -> Iterator[tuple[str, Markup]]:
        """The lines of an article's own words after its title, each with its kind."""
        for section in article.sections:
            if section.kind in OWN:
                for line in spans.cut(article.text, section.span).split("\n"):
                    if line.strip():
                        yield section.kind.value, markup.words(line)

    def cut(self, text: str, span: Span) -> Markup:
        """Any characters."""
        return _cut(text, 0, span, ())

    def around(self, article: Article, span: Span) -> Markup:
        """Characters of an article in their line."""
        line = segments.line_of(article.text, span)
        return markup.in_context(article, span, line, reach=REACH_CHARS)


def _cut(text: str, start: int, span: Span, marks: Sequence[Span]) -> Markup:
    """Characters of a text that begins at `start` of its article, the marks in it as marks."""
    out = Markup("")
    for segment in segments.flatten(span, [(mark, "mark") for mark in marks]):
        words = markup.words(text[segment.span.start - start : segment.span.end - start])
        out += Markup("<mark>{}</mark>").format(words) if segment.keys else words
    return Markup('<bdi class="t">{}</bdi>').format(out)
