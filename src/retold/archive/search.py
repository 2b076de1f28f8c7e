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
from retold.archive.database import ARTICLES, STATEMENTS, Index
from retold.archive.said import Filters, Said
from retold.archive.store import Archive, Entry
from retold.archive.words import Term, Terms, marks
from retold.errors import FormatError
from retold.types import Span

MOST_TERMS = 32
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
    asked = terms(words) if words.strip() else None
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


def terms(words: str) -> Terms:
    """The words as terms, all of which must be had.

    Raises:
        FormatError: there is no word among them, or too many.
    """
    out = []
    for match in _TERM.finditer(words):
        term = match.group(1) if match.group(2) is None else match.group(2)
        if not _WORD.search(term):
            continue
        begins = match.group(2) is not None and term.endswith("*")
        out.append(Term(term.rstrip("*"), begins=begins))
    if not out:
        raise FormatError(f"there is no word to look for in {words!r}.", hint="Give one or more.")
    if len(out) > MOST_TERMS:
        raise FormatError(
            f"{len(out)} words are too many to look for.",
            hint=f"Give {MOST_TERMS} at most; `retold quote` takes whole quotations.",
        )
    return tuple(out)


# --- inside ---------------------------------------------------------------------------------------


def _statements(
    archive: Archive, asked: Terms | None, filters: Filters, most: int
) -> tuple[Said, ...]:
    if asked is None:
        return said.listed(archive, said.newest(archive, filters, most=most))
    where, values = said.conditions(archive, filters)
    numbers = _best(archive, STATEMENTS, asked, where, values, most)
    sql = f"{said.SELECT} WHERE st.number = ?"
    found = [row for number in numbers for row in archive.database.rows(sql, (number,))]
    return said.listed(archive, found, asked=asked)


def _articles(archive: Archive, asked: Terms, filters: Filters, most: int) -> tuple[Hit, ...]:
    where, values = said.of_articles(archive, filters)
    sql = (
        "SELECT number, id, url, outlet, title, published, added, model, text FROM articles"
        " WHERE number = ?"
    )
    numbers = _best(archive, ARTICLES, asked, where, values, most)
    found = [row for number in numbers for row in archive.database.rows(sql, (number,))]
    marked = marks([row["text"] for row in found], asked)
    return tuple(
        Hit(article=store.entry(row), text=row["text"], marks=places)
        for row, places in zip(found, marked, strict=True)
    )


JOINED = {  # to an index, what filters look at
    STATEMENTS: "JOIN statements st ON st.number = w.rowid"
    " JOIN articles a ON a.number = st.article",
    ARTICLES: "JOIN articles a ON a.number = w.rowid",
}


def _best(
    archive: Archive, index: Index, asked: Terms, where: list[str], values: list[Any], most: int
) -> list[int]:
    """The numbers of the rows that have most of the words, those that the filters leave.

    Of words that stand nearly everywhere only the rows added last are weighed against each other.
    """
    matching = archive.database.matching(index, asked)
    joined = JOINED[index] if where else ""  # the tables beside the index cost more than it does
    condition = " AND ".join([matching.where, *where])
    latest = (
        f"SELECT w.rowid AS number, {matching.weighed} AS weighed FROM {index.table} w {joined}"  # noqa: S608
        f" WHERE {condition} ORDER BY {matching.latest} LIMIT {archive.database.most_weighed}"
    )
    found = archive.database.rows(
        f"SELECT number FROM ({latest}) held ORDER BY {matching.rank} LIMIT ?",  # noqa: S608
        (*matching.values, *values, *matching.rank_values, most),
    )
    return [row[0] for row in found]
