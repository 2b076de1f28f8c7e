"""A report as one SQLite file: the articles with their texts, and every table that leads to them.

In SQL `substr(text, start + 1, end - start)` is what was found.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing

from retold.showing.export import tables
from retold.showing.export.tables import Table
from retold.types import Report

KIND_OF = {"start": "integer", "end": "integer", "wording": "integer", "tellings": "integer"}
KIND_OF |= {"score": "real", "speaker_score": "real", "chain_score": "real", "value_score": "real"}
KIND_OF |= dict.fromkeys(("hedged", "asserted", "substantive", "quoted", "loaded"), "integer")
# what people look for in words
SEARCHED = {"articles": ("title", "text"), "statements": ("speaker", "content")}


def encode(report: Report) -> bytes:
    """The bytes of the file, the same for the same report."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("pragma foreign_keys = on")
        _write(database, articles(report))
        for table in tables.all_of(report):
            _write(database, table)
        for name, columns in SEARCHED.items():
            _index(database, name, columns)
        database.commit()
        return database.serialize()


def articles(report: Report) -> Table:
    """The articles themselves; the column `article` of every other table names one of them."""
    columns = ("article", "outlet", "title", "url", "published", "language", "text")
    rows = tuple(
        (
            *(a.id, a.outlet, a.title, a.url, a.published.isoformat() if a.published else None),
            *(a.language, a.text),
        )
        for a in report.articles
    )
    return Table(name="articles", columns=columns, rows=rows)


def _write(database: sqlite3.Connection, table: Table) -> None:
    """One table, with a key of its own and the way to its article."""
    kinds = [f'"{column}" {KIND_OF.get(column, "text")}' for column in table.columns]
    if table.name == "articles":
        kinds[0] += " primary key"
    else:
        kinds.append('foreign key ("article") references "articles"("article")')
    database.execute(f'create table "{table.name}" ({", ".join(kinds)})')
    places = ", ".join("?" * len(table.columns))
    database.executemany(f'insert into "{table.name}" values ({places})', table.rows)  # noqa: S608 names are our own


def _index(database: sqlite3.Connection, name: str, columns: tuple[str, ...]) -> None:
    """The full-text index of some columns, under the name that Datasette looks for."""
    named = ", ".join(columns)
    database.execute(f'create virtual table "{name}_fts" using fts5({named}, content="{name}")')
    database.execute(f"insert into {name}_fts({name}_fts) values ('rebuild')")  # noqa: S608 names are our own
