"""What is written, as the programs read it for which it is meant.

Datasette serves the database, DuckDB reads the tables, the PROV library the chains, TimelineJS
draws the timeline.
"""

from __future__ import annotations

import asyncio
import html as entities
import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from retold.showing.export import csv, prov, sqlite, tables, timelinejs
from retold.types import Report
from tests import exported, stories

VENDOR = Path(__file__).parent / "vendor"
REPORTS = {"bridge": stories.bridge, "hostile": exported.hostile}
each_report = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS.keys())


# --- SQLite: Datasette ---------------------------------------------------------------------------


def served(report: Report, folder: Path, *addresses: str) -> list[Any]:
    """What Datasette answers at each address of the database."""
    datasette = pytest.importorskip("datasette.app", reason="datasette opens the database")
    (folder / "story.sqlite").write_bytes(sqlite.encode(report))

    server = datasette.Datasette([str(folder / "story.sqlite")])

    async def ask() -> list[Any]:
        answers = [await server.client.get(f"/story{address}") for address in addresses]
        assert {answer.status_code for answer in answers} == {200}
        return [answer.json() if ".json" in a else answer.text
                for a, answer in zip(addresses, answers, strict=True)]  # fmt: skip

    try:
        # a thread of its own: where a browser is open, this one has a loop already
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(lambda: asyncio.run(ask())).result()
    finally:
        server.executor.shutdown()
        server.get_database("story").close()


@each_report
@pytest.mark.filterwarnings("ignore")  # what it does with its own threads is not ours
def test_datasette_shows_every_table(report: Any, tmp_path: Path) -> None:
    """Each table is there with all its rows, under its name; those of the indexes are hidden."""
    (database,) = served(report(), tmp_path, ".json")
    shown = {t["name"]: t["count"] for t in database["tables"] if not t["hidden"]}
    held = (sqlite.articles(report()), *tables.all_of(report()))
    assert shown == {table.name: len(table.rows) for table in held}


@pytest.mark.filterwarnings("ignore")
def test_datasette_searches_and_leads_to_the_article(tmp_path: Path) -> None:
    """It finds the full-text index by itself, and makes a link of the article of a row."""
    page, found = served(
        stories.bridge(), tmp_path, "/statements", "/statements.json?_search=good&_shape=array"
    )
    assert 'name="_search"' in page
    assert f'href="/story/articles/{stories.bridge().articles[0].id}"' in page
    assert found != []
    assert [row["content"] for row in found if "good" not in row["content"].lower()] == []


# --- CSV: DuckDB ---------------------------------------------------------------------------------


@each_report
@pytest.mark.parametrize("name", tables.names())
def test_duckdb_reads_every_row(report: Any, name: str, tmp_path: Path) -> None:
    """Columns and rows are those of the table, whatever stands in a cell."""
    duckdb = pytest.importorskip("duckdb", reason="duckdb reads the table")
    table = tables.of(report(), name)
    file = tmp_path / "table.csv"
    file.write_text(csv.encode(report(), table=name), encoding="utf-8", newline="")
    read = duckdb.read_csv(str(file), header=True, all_varchar=True)
    assert (tuple(read.columns), len(read.fetchall())) == (table.columns, len(table.rows))


# --- PROV ----------------------------------------------------------------------------------------


@each_report
@pytest.mark.filterwarnings("ignore")  # rdflib warns of its own class
def test_the_prov_library_reads_every_edge(report: Any) -> None:
    """An attribution for each hop, and a derivation of every statement and hop from the next."""
    model = pytest.importorskip("prov.model", reason="the PROV library reads the chains")
    rdflib = pytest.importorskip("rdflib", reason="rdflib reads linked data")
    turtle = rdflib.Graph().parse(data=prov.encode(report()), format="json-ld").serialize()
    document = model.ProvDocument.deserialize(content=turtle, format="rdf", rdf_format="turtle")
    kinds = Counter(type(record).__name__ for record in document.get_records())
    hops = sum(len(said.chain) for said in report().attributions)
    assert (kinds["ProvAttribution"], kinds["ProvAgent"]) == (hops, len(report().speakers))
    assert kinds["ProvDerivation"] >= hops


# --- in a browser --------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize("report", [stories.bridge(), exported.dated(exported.hostile())])
def test_timelinejs_draws_every_event(report: Report, browser: Any) -> None:
    """A slide for each with its headline; no error, no warning, and nothing runs."""
    page = served_alone(browser, "timelinejs/timeline.js", '<div id="timeline"></div>')
    data = json.loads(timelinejs.encode(report))
    page.evaluate("data => { window.told = new TL.Timeline('timeline', data, {}); }", data)
    slides = page.locator(".tl-slide .tl-headline")
    slides.nth(len(data["events"]) - 1).wait_for(state="attached")
    assert page.evaluate("told.config.messages") == {"errors": [], "warnings": []}
    assert [plain(words) for words in slides.all_text_contents()] == [
        plain(entities.unescape(event["text"]["headline"])) for event in data["events"]
    ]
    assert page.problems == []


def plain(words: str) -> str:
    """The characters that a page holds: blanks are one, and HTML has no NUL."""
    return " ".join(words.replace("\0", "").split())


def served_alone(browser: Any, script: str, body: str) -> Any:
    """A page with one vendored script, to which nothing else is answered; `problems` are its
    errors and dialogs."""
    page = browser.new_page()
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("dialog", lambda dialog: page.problems.append(dialog.message))

    def answer(route: Any) -> None:
        asked = route.request.url
        if asked.endswith("/page"):
            page_text = f'<meta charset="utf-8">{body}<script src="/script.js"></script>'
            route.fulfill(body=page_text, content_type="text/html; charset=utf-8")
        elif asked.endswith("/script.js"):
            route.fulfill(path=VENDOR / script, content_type="text/javascript; charset=utf-8")
        else:
            route.fulfill(body="", content_type="text/css")

    page.route("**/*", answer)
    page.goto("http://reader.example/page")
    return page
