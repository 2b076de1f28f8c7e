"""From the world to articles: files, folders, JSON, pages and addresses, all by `load`."""

from __future__ import annotations

import datetime as dt
import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from retold.errors import RetoldError, SourceError
from retold.reviews import Review
from retold.sources import files, language, metadata, plain
from retold.sources.contents import Checked, Content, Found, Note
from retold.sources.metadata import Fields, Metadata
from retold.text import normalise
from retold.types import Article, Failure, Section, SectionKind

if TYPE_CHECKING:
    from retold.sources.addresses import Get as Get

STDIN = "-"
# 250,000 words: no article is that long, and one that were would take gigabytes to read
MAX_CHARS = 1_500_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What came of a batch: its articles in the order of the sources, each once; what failed; and
    notes on what was left out, in plain words; and `reviews` of claims that were among them."""

    articles: tuple[Article, ...]
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()
    reviews: tuple[Review, ...] = ()


def load(
    sources: str | Path | Iterable[str | Path],
    *,
    outlet: str | None = None,
    published: dt.date | None = None,
    fields: Fields | None = None,
    get: Get | None = None,
    as_given: bool = False,
) -> Loaded:
    """The articles in `sources`; a broken source is a failure, and the rest goes on.

    Args:
        sources: text, HTML, JSON, JSON-lines, feed, WARC and WACZ files, folders, http(s)
            addresses of pages, feeds and sitemaps, "-" for standard input; or one of these.
        outlet: the outlet of the articles that do not say it.
        published: the day of those that do not say it.
        fields: where the rows of JSON files have a field, if not under a usual name.
        get: how an address is fetched; by `fetch.get` unless told otherwise.
        as_given: as for `make`.
    """
    articles = _Articles()
    failures: list[Failure] = []
    notes: list[str] = []
    reviews: dict[Review, None] = {}
    known = Metadata(outlet=outlet, published=published)
    found = contents(sources, fields=fields, get=get)
    for made in _stream(found, known, as_given=as_given):
        if isinstance(made, Failure):
            failures.append(made)
        elif isinstance(made, Checked):
            reviews[made.review] = None
        elif isinstance(made, Note):
            notes.append(made.words)
        elif first := articles.first_of(made):
            notes.append(_given_twice(made, first))
        else:
            articles.add(made)
    return Loaded(
        articles=tuple(articles.by_id.values()),
        failures=tuple(failures),
        notes=tuple(notes),
        reviews=tuple(reviews),
    )


def stream(
    sources: str | Path | Iterable[str | Path],
    *,
    outlet: str | None = None,
    published: dt.date | None = None,
    fields: Fields | None = None,
    get: Get | None = None,
) -> Iterator[Article | Failure | Note]:
    """What `load` gathers, as it is found and one at a time; an article given twice comes twice.

    Args: as for `load`.
    """
    known = Metadata(outlet=outlet, published=published)
    yield from _stream(contents(sources, fields=fields, get=get), known)


def _stream(
    found: Iterable[Found], known: Metadata, *, as_given: bool = False
) -> Iterator[Article | Failure | Note]:
    for each in found:
        if isinstance(each, Content):
            yield make(each, known, as_given=as_given)
            yield from _checked(each)
        else:
            yield each


def contents(
    sources: str | Path | Iterable[str | Path],
    *,
    fields: Fields | None = None,
    get: Get | None = None,
) -> Iterator[Found]:
    """What `sources` hold, not yet made into articles: `make` does that, in any process."""
    each = (sources,) if isinstance(sources, (str, Path)) else sources
    for source in each:
        yield from _contents(source, fields, get)


def make(
    content: Content, fallback: Metadata | None = None, *, as_given: bool = False
) -> Article | Failure:
    """The article in `content`, or why there is none.

    Args:
        fallback: what the content may not say itself.
        as_given: a plain text stays as it is, and offsets lead into it, although a headline of its
            own is then not compared.
    """
    try:
        return _article(content, fallback or Metadata(), as_given=as_given)
    except RetoldError as error:
        return Failure(source=content.name, message=error.message, hint=error.hint)


def article(
    text: str,
    *,
    outlet: str | None = None,
    title: str | None = None,
    published: dt.date | None = None,
    url: str | None = None,
) -> Article:
    """An article of text that is already at hand, plain or HTML; a `title` that does not stand in
    the text is put before it.

    Raises:
        SourceError: no article in it.
    """
    return _article(
        Content(
            name="the text",
            text=text,
            is_html=files.looks_like_html(text, strict=True),
            known=Metadata(url=url, outlet=outlet, title=title, published=published),
        ),
        Metadata(),
    )


def _checked(content: Content) -> Iterator[Checked]:
    """The reviews of claims that a page holds beside its article."""
    if content.is_html:
        from retold.sources import html  # as in `_article`

        yield from (Checked.of(content.name, review) for review in html.reviews_in(content.text))


# --- finding --------------------------------------------------------------------------------------


def _contents(source: str | Path, fields: Fields | None, get: Get | None) -> Iterator[Found]:
    """What `source` holds; its own error is the last thing found in it."""
    try:
        if isinstance(source, Path):
            yield from files.find(source, fields=fields)
        elif source == STDIN:
            yield from files.from_stream(sys.stdin.buffer, name="standard input", fields=fields)
        elif "://" in source:
            from retold.sources import addresses  # urllib3 takes 0.1 s, and few runs need it

            yield from addresses.find(source, get)
        else:
            yield from files.find(Path(source), fields=fields)
    except RetoldError as error:
        yield Failure(source=str(source), message=error.message, hint=error.hint)


# --- making ---------------------------------------------------------------------------------------


def _article(content: Content, fallback: Metadata, *, as_given: bool = False) -> Article:
    """The article in `content`: what is listed about it counts before what its page says."""
    known = content.known
    if content.is_html:
        from retold.sources import html  # trafilatura takes 0.3 s, and text files do not need it

        page = html.read(content.text, name=content.name, url=known.url)
        text, sections = page.text, page.sections
        known = known.completed_by(page.known)
    else:
        text = normalise(content.text)
        sections = plain.sections(text, title=known.title)
        if known.title and not as_given and plain.lacks(text, sections, known.title):
            text = f"{normalise(known.title)}\n\n{text}"  # as in a page, so that it is compared
            sections = plain.sections(text, title=known.title)
        known = known.completed_by(_told_by(text, sections))
    if not any(section.kind == SectionKind.BODY for section in sections):
        raise SourceError(
            f"{content.name}: no article text found.", hint="Check that it is the whole article."
        )
    if len(text) > MAX_CHARS:
        raise SourceError(
            f"{content.name}: {len(text):,} characters; an article of more than {MAX_CHARS:,} is "
            "not read.",
            hint="If it holds several articles, give them as files of their own or as JSON lines.",
        )
    known = known.completed_by(content.listed or fallback).completed_by(fallback)
    return Article(
        id=_id(text, known),
        text=text,
        sections=sections,
        path=known.path,
        url=known.url,
        outlet=known.outlet,
        title=known.title,
        published=known.published,
        language=language.of_article(text, sections),
    )


def _told_by(text: str, sections: Sequence[Section]) -> Metadata:
    """What a plain text says of itself: its title, and the day in its byline if it has just one."""
    said: dict[SectionKind, list[str]] = {kind: [] for kind in SectionKind}
    for section in sections:
        said[section.kind].append(text[section.span.start : section.span.end])
    head = "\n".join(said[SectionKind.BYLINE][:2]).splitlines()
    days = {day for line in head if (day := metadata.date_of(line))}
    return Metadata(
        title=next(iter(said[SectionKind.TITLE]), None),
        published=days.pop() if len(days) == 1 else None,
    )


def _id(text: str, known: Metadata) -> str:
    """The same for the same words from the same place, wherever the file lies."""
    told_by = known.url or known.outlet or ""
    return hashlib.sha256(f"{text}\0{told_by}".encode()).hexdigest()[:12]


# --- the same article twice -----------------------------------------------------------------------


class _Articles:
    """Articles in the order in which they came, each once.

    An article repeats another that has its words and is from the same outlet. The same words from
    two outlets are wire copy, and both are kept.
    """

    def __init__(self) -> None:
        self.by_id: dict[str, Article] = {}
        self._by_words: dict[tuple[str, str], Article] = {}

    def first_of(self, article: Article) -> Article | None:
        """The article that this one repeats."""
        return self.by_id.get(article.id) or self._by_words.get(
            (article.text, article.outlet or "")
        )

    def add(self, article: Article) -> None:
        self.by_id[article.id] = article
        if article.outlet:
            self._by_words[article.text, article.outlet] = article


def _given_twice(article: Article, first: Article) -> str:
    again, before = (a.path or a.url or a.title or a.id for a in (article, first))
    if again == before:
        return f"{again} was given twice and is taken once."
    return (
        f"{again} has the same text as {before} and is taken once; "
        "if they are of two outlets, name these in articles.json."
    )
