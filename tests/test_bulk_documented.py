"""The pages about bulk: every column is there, and every query answers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="needs retold[bulk]")
pytest.importorskip("daft", reason="needs retold[bulk]")

from retold.bulk import schema
from retold.bulk.place import Place, write

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "reference" / "bulk.md").read_text(encoding="utf-8")
HOW_TO = (DOCS / "how-to" / "read-millions.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"^```sql\n(.*?)^```$", HOW_TO, re.MULTILINE | re.DOTALL)


def test_the_page_names_every_column() -> None:
    """Each table has its row, and there its columns in their order."""
    told = {
        name: re.findall(r"`(\w+)`", re.sub(r"\([^()]*\)", "", columns))
        for name, columns in re.findall(r"^\| `(\w+)` \| [^|]+ \| (.+) \|$", PAGE, re.MULTILINE)
    }
    assert told == {name: each.names for name, each in schema.TABLES.items()}


def test_the_queries_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """DuckDB runs the five queries on tables as they are written, and finds what is in them."""
    duckdb = pytest.importorskip("duckdb", reason="needs the extra test")
    fill(Place.at(tmp_path))
    monkeypatch.chdir(tmp_path)
    answers = [duckdb.sql(query).fetchall() for query in QUERIES]
    assert [len(rows) for rows in answers] == [2, 1, 1, 1, 2]
    assert answers[1][0][2:] == ("substitution", "Easter", "May", "Dana Holm")
    assert answers[2][0][2:] == (2, 1)
    assert answers[3][0][2:] == (["14", "17"], ["Courier", "Herald"])
    assert answers[4] == [("Herald", 100.0), ("Courier", 0.0)]


def fill(place: Place) -> None:
    """Two articles with a statement each, of which one changes a word of the other."""
    articles = [
        {"id": "a", "outlet": "Courier", "minhash": [0] * schema.HASHES},
        {"id": "b", "outlet": "Herald", "minhash": [0] * schema.HASHES},
    ]
    said = {"speaker": "Dana Holm"}
    change = {"kind": "substitution", "is_substantive": True, "of_words": "Easter", "words": "May"}
    number = {"story": "s", "claim": "c1", "difference": 0, "facet": "number", "kind": "conflict"}
    held: dict[str, list[schema.Row]] = {
        "articles": articles,
        "attributions": [
            {"id": "a.a1", "article": "a", "speaker_id": "a.s1", **said},
            {"id": "b.a1", "article": "b", "speaker_id": "b.s1", **said},
        ],
        "speakers": [
            {"id": "a.s1", "article": "a", "kind": "person"},
            {"id": "b.s1", "article": "b", "kind": "unnamed"},
        ],
        "duplicates": [{"article": "b", "of": "a", "kind": "near", "likeness": 0.8}],
        "stories": [{"id": "s", "articles": ["a", "b"], "size": 2}],
        "differences": [
            {"article": "a", "words": "14", **number},
            {"article": "b", "words": "17", **number},
        ],
        "quotations": [
            {"attribution": "a.a1", "article": "a", "outlet": "Courier", **said},
            {"attribution": "b.a1", "article": "b", "outlet": "Herald", "of": "a.a1", **said},
        ],
        "variants": [{"attribution": "b.a1", "of": "a.a1", "start": 3, "end": 6, **change}],
    }
    for name, rows in held.items():
        write(place.file(name, "all"), schema.table(name, rows))
