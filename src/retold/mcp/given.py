"""What a language model hands in, made into readings: a text, an article of the archive, a file.

Files are read from folders that were allowed when the server was started, and from nowhere else.
Nothing is fetched and nothing is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NoReturn

from retold import pipeline, sources
from retold.archive.database import Place
from retold.archive.store import Archive
from retold.errors import FormatError, SourceError, StoreError
from retold.types import Article, Reading

if TYPE_CHECKING:
    from retold.reading.encoder import Encoder

MOST_ARTICLES = 40
MOST_NAME_CHARS = 200  # of a file, in a message


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One article, by exactly one of `text`, `archived` and `file`.

    `archived` is the id of an article in the archive, `file` a file in a folder that the server may
    read. The other fields say of the article what it does not say itself; `published` is a day as
    2031-05-06.
    """

    text: str = ""
    archived: str = ""
    file: str = ""
    outlet: str = ""
    title: str = ""
    published: str = ""
    url: str = ""

    __pydantic_config__: ClassVar = {"extra": "forbid"}  # `date` is not `published`, and is told so


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What the server may read: an archive, folders, and the model to read with."""

    archive: Place | None = None
    folders: tuple[Path, ...] = ()
    model: Path | None = None

    def opened(self) -> Archive:
        """The archive, which is never made here.

        Raises:
            StoreError: there is none.
        """
        if self.archive is None:
            raise StoreError("this server has no archive.", hint="Hand the texts in.")
        return Archive.open(self.archive, create=False)

    @property
    def encoder(self) -> Encoder:
        """The model, loaded when it is first asked for."""
        from retold.reading.encoder import Encoder

        return Encoder.of(self.model)


def readings(given: Iterable[Given], access: Access) -> tuple[Reading, ...]:
    """The reading of each, in order, each article once; those of the archive are as it holds them.

    Raises:
        RetoldError: one of them cannot be had, or they are too many.
    """
    asked = tuple(given)
    if len(asked) > MOST_ARTICLES:
        raise FormatError(
            f"{len(asked)} articles are more than {MOST_ARTICLES}.", hint="Give fewer at a time."
        )
    held = (_reading(one, access) for one in asked)
    return tuple({reading.article.id: reading for reading in held}.values())


def day(given: str) -> dt.date | None:
    """The day that was given, None if it is empty.

    Raises:
        FormatError: it is not a day.
    """
    if not given:
        return None
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        raise FormatError(f"{given!r} is not a day such as 2031-05-06.") from None


def _reading(given: Given, access: Access) -> Reading:
    if sum(map(bool, (given.text, given.archived, given.file))) != 1:
        raise FormatError("each article is given by one of `text`, `archived` and `file`.")
    if given.archived:
        with access.opened() as archive:
            return archive.reading(given.archived)
    article = _of_file(given, access) if given.file else _of_text(given)
    return pipeline.read(article, encoder=access.encoder)


def _of_text(given: Given) -> Article:
    return sources.article(
        given.text,
        outlet=given.outlet or None,
        title=given.title or None,
        published=day(given.published),
        url=given.url or None,
    )


def _of_file(given: Given, access: Access) -> Article:
    """The one article of a file that the server may read; no error tells where its folder lies."""
    path = _allowed(given.file, access.folders)
    loaded = sources.load(
        path,
        outlet=given.outlet or None,
        published=day(given.published),
        get=_nothing,
    )
    if loaded.failures:
        failure = loaded.failures[0]
        raise SourceError(failure.message.replace(str(path), given.file), hint=failure.hint)
    if len(loaded.articles) != 1:
        raise SourceError(
            f"{given.file} holds {len(loaded.articles)} articles.", hint="Give the file of one."
        )
    return loaded.articles[0]


def _nothing(url: str) -> NoReturn:
    """Fetches nothing, whatever address a file names."""
    raise SourceError(f"{url}: this server fetches nothing.", hint="Hand the text in.")


def _allowed(name: str, folders: Iterable[Path]) -> Path:
    """The file, which lies in one of the folders whatever links lead to it.

    What is not there and what may not be read are told alike.
    """
    for folder in folders:
        root = folder.resolve()
        try:
            found = (root / name).resolve()
            if found.is_relative_to(root) and found.is_file():
                return found
        except (OSError, ValueError):
            break  # no file system has such a name
    raise SourceError(
        f"{name[:MOST_NAME_CHARS]!r}: this server may not read it, or it is not there.",
        hint="Its folder must be allowed when the server is started: retold mcp --allow FOLDER.",
    )
