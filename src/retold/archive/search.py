"""What an archive holds on some words: the statements that have them, and the articles.

    words ──expression──▶ the full-text index ──▶ Hits, with the words found as spans of the text

Words stand together in any order and form ("vote" finds "voted"), a phrase in quotation marks in
its order, and `elect*` stands for all that begins so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from retold.archive import said, store
from retold.archive.people import phrase
from retold.archive.said import CLOSE, OPEN, Filters, Said
from retold.archive.store import Archive, Entry
from retold.errors import FormatError
from retold.types import Span

MOST_TERMS = 32
MOST_WEIGHED = 4000
_TERM = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]|(\S+)")
_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that has the words; `marks` are where, in order, in its text."""

    article: Entry
    text: str
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What was found: those that have most of the words come first, or without words the newest.

    `has_more` is True where the limit kept some back.
    """

    statements: tuple[Said, ...]
    articles: tuple[Hit, ...]
    has_more: bool


def find(
    archive: Archive, words: str, *, filters: Filters | None = None, most: int = 20
) -> Results:
    """At most `most` statements, and as many articles, that have all of the words.

    Without words, the statements that the filters leave. A speaker asks for statements alone.

    Raises:
        FormatError: there is nothing in the words to look for.
    """
    filters = filters or Filters()
    asked = expression(words) if words.strip() else None
    statements = _statements(archive, asked, filters, most + 1)
    articles = (
        ()
        if asked is None or filters.forms is not None
        else _articles(archive, asked, filters, most + 1)
    )
    return Results(
        statements=statements[:most],
        articles=articles[:most],
        has_more=len(statements) > most or len(articles) > most,
    )


def expression(words: str) -> str:
    """The words as the full-text index understands them, and nothing else that it would obey.

    Raises:
        FormatError: there is no word among them, or too many.
    """
    terms = []
    for match in _TERM.finditer(words):
        term = match.group(1) if match.group(2) is None else match.group(2)
        if not _WORD.search(term):
            continue
        begins = match.group(2) is not None and term.endswith("*")
        terms.append(phrase(term.rstrip("*")) + ("*" if begins else ""))
    if not terms:
        raise FormatError(f"there is no word to look for in {words!r}.", hint="Give one or more.")
    if len(terms) > MOST_TERMS:
        raise FormatError(
            f"{len(terms)} words are too many to look for.",
            hint=f"Give {MOST_TERMS} at most; `retold quote` takes whole quotations.",
        )
    return " AND ".join(terms)


# --- inside ---------------------------------------------------------------------------------------


def _statements(
    archive: Archive, asked: str | None, filters: Filters, most: int
) -> tuple[Said, ...]:
    where, values = said.conditions(filters)
    if asked is None:
        found = archive.database.rows(
            f"{said.SELECT} WHERE {' AND '.join(where) or 'TRUE'}"
            " ORDER BY a.published DESC, st.article DESC, st.start LIMIT ?",
            (*values, most),
        )
        return said.listed(archive, found)
    numbers = _best(archive, STATEMENTS, asked, where, values, most)
    sql = f"{said.SELECT} WHERE st.number = ?"
    found = [row for number in numbers for row in archive.database.rows(sql, (number,))]
    marked = {n: _marked(archive, STATEMENTS, asked, n) for n in numbers}
    return said.listed(archive, found, marked=marked)


def _articles(archive: Archive, asked: str, filters: Filters, most: int) -> tuple[Hit, ...]:
    where, values = said.of_articles(filters)
    sql = (
        "SELECT number, id, url, outlet, title, published, added, model, text FROM articles"
        " WHERE number = ?"
    )
    return tuple(
        Hit(
            article=store.entry(row),
            text=row["text"],
            marks=said.marks(_marked(archive, ARTICLES, asked, number), row["text"]),
        )
        for number in _best(archive, ARTICLES, asked, where, values, most)
        for row in archive.database.rows(sql, (number,))
    )


@dataclass(frozen=True, slots=True)
class _Index:
    """A full-text index: its table, the column of the text in it, and what its rows are of."""

    table: str
    column: int
    joined: str


STATEMENTS = _Index(
    "statement_words",
    0,
    "JOIN statements st ON st.number = w.rowid JOIN articles a ON a.number = st.article",
)
ARTICLES = _Index("article_words", 1, "JOIN articles a ON a.number = w.rowid")


def _best(
    archive: Archive, index: _Index, asked: str, where: list[str], values: list[Any], most: int
) -> list[int]:
    """The numbers of the rows that have most of the words, those that the filters leave.

    Of words that stand nearly everywhere only the rows added last are weighed against each other.
    """
    joined = index.joined if where else ""  # the tables beside the index cost more than it does
    condition = " AND ".join([f"{index.table} MATCH ?", *where])
    latest = (
        f"SELECT w.rowid AS number, w.rank AS rank FROM {index.table} w {joined}"  # noqa: S608
        f" WHERE {condition} ORDER BY w.rowid DESC LIMIT {MOST_WEIGHED}"
    )
    found = archive.database.rows(
        f"SELECT number FROM ({latest}) ORDER BY rank LIMIT ?",  # noqa: S608
        (asked, *values, most),
    )
    return [row[0] for row in found]


def _marked(archive: Archive, index: _Index, asked: str, number: int) -> str:
    """The text of a row with marks around what was asked for."""
    marked: str | None = archive.database.value(
        f"SELECT highlight({index.table}, ?, ?, ?) FROM {index.table}"  # noqa: S608
        f" WHERE {index.table} MATCH ? AND rowid = ?",
        (index.column, OPEN, CLOSE, asked, number),
    )
    return marked or ""
