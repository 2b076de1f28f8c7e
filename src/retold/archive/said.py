"""Statements as an archive lists them: who said it, through whom, where exactly, in which article.

The rows tell all that a list shows, so no reading is decoded for it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from retold import spans
from retold.archive import rows, store
from retold.archive.database import ARTICLES, Row
from retold.archive.store import Archive, Entry
from retold.archive.words import Terms, marks
from retold.types import Act, QuotationKind, Span, SpeakerKind

SELECT = """SELECT st.number AS statement, st.id AS statement_id, st.start, st."end", st.content,
st.quotation, st.act, st.said, st.score, sp.name AS speaker, sp.kind,
a.text, a.id, a.url, a.outlet, a.title, a.published, a.added, a.model
FROM statements st JOIN articles a ON a.number = st.article
LEFT JOIN speakers sp ON sp.number = st.speaker"""

CHAINS = "SELECT c.statement, s.name FROM chains c JOIN speakers s ON s.number = c.speaker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What articles and statements are looked at: all that are not None must hold.

    `forms` are the folded names of whose statements are meant, `about` terms that the
    article must have.
    """

    forms: tuple[str, ...] | None = None
    about: Terms | None = None
    outlet: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Characters of an article from `start` on, so that a span of the article can be shown without
    the whole of it."""

    start: int
    text: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.start + len(self.text))

    def cut(self, span: Span) -> str:
        """The characters of a span of the article that lies in the stretch."""
        return self.text[span.start - self.start : span.end - self.start]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement in a list. `pieces` are its content, `marks` the words in it that were looked
    for; both are spans of the article, which `stretch` holds from the first piece to the last.

    `chain` names the speakers through whom it came, the outermost first, the speaker last.
    """

    id: str
    article: Entry
    speaker: str | None
    kind: SpeakerKind | None
    chain: tuple[str, ...]
    pieces: tuple[Span, ...]
    marks: tuple[Span, ...]
    stretch: Stretch
    quotation: QuotationKind
    act: Act
    said: str | None
    score: float


def conditions(archive: Archive, filters: Filters) -> tuple[list[str], list[Any]]:
    """The filters as conditions of SQL on `a` and `st`, and their values."""
    where, values = of_articles(archive, filters)
    if filters.forms is not None:
        marks = ", ".join("?" * len(filters.forms))
        where.append(f"st.speaker IN (SELECT number FROM speakers WHERE folded IN ({marks}))")  # noqa: S608
        values += filters.forms
    return where, values


def of_articles(archive: Archive, filters: Filters) -> tuple[list[str], list[Any]]:
    """The filters that look at the article alone, as conditions of SQL on `a`."""
    given = (
        ("a.outlet = ?", filters.outlet),
        ("a.published >= ?", filters.since and filters.since.isoformat()),
        ("a.published <= ?", filters.until and filters.until.isoformat()),
    )
    where = [condition for condition, value in given if value]
    values: list[Any] = [value for _, value in given if value]
    if filters.about:
        matching = archive.database.matching(ARTICLES, filters.about)
        where.append(f"a.number IN (SELECT w.rowid FROM article_words w WHERE {matching.where})")  # noqa: S608
        values += matching.values
    return where, values


def newest(
    archive: Archive, filters: Filters, *, most: int, is_backward: bool = False
) -> list[Row]:
    """The rows of `SELECT` of at most so many statements that the filters leave, those of the
    newest articles first; those of one article in their order, or with `is_backward` the last of
    them first."""
    order = "st.start DESC" if is_backward else "st.start"
    where, values = of_articles(archive, filters)
    if filters.forms is not None:
        numbers = _newest_by(archive, filters.forms, (where, values), order, most)
    else:
        joined = "statements st JOIN articles a"
        if not (filters.outlet or filters.about):
            joined = "articles a CROSS JOIN statements st"  # day by day, until there are enough
        condition = " AND ".join(["st.article = a.number", *where])
        found = archive.database.rows(
            f"SELECT st.number FROM {joined} WHERE {condition}"  # noqa: S608
            f" ORDER BY a.published DESC NULLS LAST, st.article DESC, {order} LIMIT ?",
            (*values, most),
        )
        numbers = [row[0] for row in found]
    sql = f"{SELECT} WHERE st.number = ?"
    return [row for number in numbers for row in archive.database.rows(sql, (number,))]


def _newest_by(
    archive: Archive,
    forms: Sequence[str],
    of: tuple[list[str], list[Any]],
    order: str,
    most: int,
) -> list[int]:
    """The numbers of the newest statements of whoever has one of the names: for each of them an
    index gives its newest, day by day, down to the day before which enough are found already."""
    where, values = of
    joined = "JOIN articles a ON a.number = sp.article" if where else ""
    found: list[Row] = []
    since: str | None = None
    for form in dict.fromkeys(forms):
        bound, day = (["sp.published >= ?"], [since]) if since else ([], [])
        sql = (
            "SELECT st.number, sp.published, sp.article, st.start FROM speakers sp"  # noqa: S608 ours
            f" CROSS JOIN statements st {joined}"
            f" WHERE {' AND '.join(['sp.folded = ?', *bound, 'st.speaker = sp.number', *where])}"
            f" ORDER BY sp.published DESC NULLS LAST, sp.article DESC, {order} LIMIT ?"
        )
        if more := archive.database.rows(sql, (form, *day, *values, most)):
            found += more
            found.sort(key=lambda row: row["start"], reverse=order.endswith("DESC"))
            found.sort(key=lambda row: (row["published"] or "", row["article"]), reverse=True)
            found = found[:most]
            since = found[-1]["published"] if len(found) == most else None
    return [row["number"] for row in found]


def listed(
    archive: Archive, found: Iterable[Row], *, asked: Terms | None = None
) -> tuple[Said, ...]:
    """The statements of rows of `SELECT`, in their order, marked where they have what was asked."""
    held = list(found)
    chains = _chains(archive, [row["statement"] for row in held])
    marked = marks([row["content"] for row in held], asked) if asked else [()] * len(held)
    return tuple(
        _said(row, chains[row["statement"]], places)
        for row, places in zip(held, marked, strict=True)
    )


def _chains(archive: Archive, numbers: Sequence[int]) -> dict[int, list[str]]:
    out: dict[int, list[str]] = defaultdict(list)
    for start in range(0, len(numbers), store.PAGE):
        page = numbers[start : start + store.PAGE]
        held = ", ".join("?" * len(page))
        sql = f"{CHAINS} WHERE c.statement IN ({held}) ORDER BY c.statement, c.place"
        for row in archive.database.rows(sql, page):
            out[row["statement"]].append(row["name"])
    return out


def _said(row: Row, chain: Sequence[str], marked: Sequence[Span]) -> Said:
    stretch = Stretch(start=row["start"], text=row["text"][row["start"] : row["end"]])
    pieces = _pieces(row["content"], stretch)
    return Said(
        id=row["statement_id"],
        article=store.entry(row),
        speaker=row["speaker"],
        kind=SpeakerKind(row["kind"]) if row["kind"] else None,
        chain=tuple(chain) or ((row["speaker"],) if row["speaker"] else ()),
        pieces=pieces,
        marks=_in_pieces(marked, row["content"], pieces),
        stretch=stretch,
        quotation=QuotationKind(row["quotation"]),
        act=Act(row["act"]),
        said=row["said"],
        score=row["score"],
    )


def _pieces(content: str, stretch: Stretch) -> tuple[Span, ...]:
    """Where the pieces of a content stand in the article."""
    out, at = [], 0
    for piece in content.split(rows.GAP):
        at = stretch.text.index(piece, at)
        if piece:
            out.append(Span(stretch.start + at, stretch.start + at + len(piece)))
        at += len(piece)
    return tuple(out)


def _in_pieces(found: Sequence[Span], content: str, pieces: Sequence[Span]) -> tuple[Span, ...]:
    """Spans of the content as spans of the article; one that runs over a gap is several."""
    out: list[Span] = []
    at = 0
    for piece, words in zip(pieces, filter(None, content.split(rows.GAP)), strict=True):
        at = content.index(words, at)
        for span in found:
            if kept := spans.clip(span, Span(at, at + len(words))):
                out.append(Span(piece.start + kept.start - at, piece.start + kept.end - at))
        at += len(words)
    return tuple(sorted(out))
