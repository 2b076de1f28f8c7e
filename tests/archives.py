"""What archives are tested with: small readings, rows of articles, a file of the first version."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from retold.archive.database import ARTICLES, STATEMENTS, Database, Index, migrations
from retold.archive.sqlite import APPLICATION
from retold.types import Article, Reading
from tests import readings

VERSION_1 = Path(__file__).parent / "version_1.sql"
IN_VERSION_1 = frozenset({"8c41d3a0f5b2"})
URL = "https://courier.example/ferry"
FERRY = """Ferry to Varn stops for the winter

The ferry to Varn will stop in November, harbour master Dana Holm said on Monday.

“We will be back by Easter,” Holm told the Courier."""
FIRST_COLUMNS = {
    "articles": "number, id, address, url, outlet, title, published, language, added, model, text,"
    " reading",
    "vectors": "article, packed",
    "speakers": "number, article, id, name, folded, kind",
    "statements": 'number, article, id, start, "end", content, quotation, act, speaker, said,'
    " score",
    "chains": "statement, place, speaker",
}
TOWNS = ("Ostrel", "Varn", "Lindhaven", "Quay", "Marrow", "Teal")


def many(count: int) -> list[Reading]:
    """Short readings of articles of which no two are the same."""
    return [
        readings.read(
            f"Ferry {n} leaves {TOWNS[n % len(TOWNS)]} late\n\n{{q1 “We waited {n} hours,”}} "
            f"{{s1 Dana Holm}} {{c1 said}}. {{q2 The sea was rough}}, {{c2 according to}} "
            f"{{s2 pilot Ned Quill}}.",
            outlet="Herald",
            day=1 + n % 28,
            speakers=("Dana Holm", "Ned Quill"),
        )
        for n in range(count)
    ]


def version_1(place: Path) -> None:
    """A file with the tables and rows that the first version wrote."""
    connection = sqlite3.connect(place)
    connection.executescript(
        f"PRAGMA journal_mode = WAL; BEGIN; {migrations()[0]} {VERSION_1.read_text('utf-8')}"
        f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = 1; COMMIT;"
    )
    connection.close()


def fill(older: Database, newer: Database) -> None:
    """Put into an archive of the first tables what a newer one holds of them."""
    names = Index(table="speaker_words", of="speakers", columns=("name",), is_stemmed=False)
    with older.writing():
        for table, columns in FIRST_COLUMNS.items():
            held = newer.rows(f"SELECT {columns} FROM {table}")  # noqa: S608 names of ours
            marks = ", ".join("?" for _ in columns.split(","))
            sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 the same
            older.do_all(sql, [tuple(row) for row in held])
            older.number_on(table)
        for index in (ARTICLES, STATEMENTS, names):
            texts = f"SELECT number, {', '.join(index.columns)} FROM {index.of}"  # noqa: S608 ours
            older.index(index, older.rows(texts))


def row(text: str = FERRY, url: str = URL) -> str:
    return json.dumps({"url": url, "outlet": "Courier", "published": "2031-05-06", "text": text})


def unread(article: Article) -> Reading:
    """A reading in which nothing was found."""
    return Reading(
        article=article,
        model="none",
        attributions=(),
        speakers=(),
        mentions=(),
        times=(),
        passages=(),
        vectors=b"",
    )
