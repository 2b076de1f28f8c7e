"""Archives of millions: every record in or in failures, the same rows however they are spread."""

from __future__ import annotations

import dataclasses
import datetime as dt
import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from retold import pipeline
from retold.cli import main
from retold.errors import SourceError, StoreError
from tests import readings, test_sources_warc
from tests.test_stories import pile

pytest.importorskip("daft", reason="needs retold[bulk]")
pytest.importorskip("pyarrow", reason="needs retold[bulk]")

import pyarrow as pa
import pyarrow.parquet as pq

from retold.bulk import comparing, duplicates, finding, rows, schema
from retold.bulk.place import Place, write
from tests.bulk_places import (
    AGAIN,
    COMPARED,
    FERRY,
    HERE,
    LINES,
    OTHER,
    READ,
    content,
    planned,
    read_all,
    row,
    table,
    write_lines,
)

# --- rows -----------------------------------------------------------------------------------------


def test_a_reading_comes_back_from_its_rows() -> None:
    """What is written of a reading is all of it."""
    given = list(readings.fire())
    tables = rows.tables_of([(_found(each.article), each) for each in given])
    assert rows.readings_of(tables) == given


def _found(article: Any) -> dict[str, Any]:
    return rows.row_of_article(article) | {"words": 0, "minhash": [0] * schema.HASHES}


def test_a_reading_of_nothing_comes_back() -> None:
    """An article in which nothing was found has a row, and no others."""
    bare = dataclasses.replace(
        readings.fire()[0], attributions=(), speakers=(), passages=(), vectors=b""
    )
    tables = rows.tables_of([(_found(bare.article), bare)])
    assert rows.readings_of(tables) == [bare]


def test_the_columns_stay() -> None:
    """Names and types of all columns are those of this version of the tables."""
    told = {name: {f.name: str(f.type) for f in each} for name, each in schema.TABLES.items()}
    kept = json.loads((Path(__file__).parent / "bulk_schema.json").read_text(encoding="utf-8"))
    assert {"format": schema.FORMAT, "tables": told} == kept


# --- finding --------------------------------------------------------------------------------------


def test_inputs_are_files_folders_and_globs(tmp_path: Path) -> None:
    """Each file is taken once, by name, whatever names it."""
    for name in ("b.jsonl", "a.jsonl.gz", "note.md"):
        (tmp_path / name).write_bytes(b"")
    found = finding.files_of([str(tmp_path), str(tmp_path / "*.jsonl"), str(tmp_path / "b.jsonl")])
    assert [file.name for file in found] == ["a.jsonl.gz", "b.jsonl"]


@pytest.mark.parametrize("given", ["nothing-*.jsonl", "https://paper.example/news.parquet"])
def test_an_input_that_means_nothing_is_refused(given: str) -> None:
    """No job begins on a name with nothing behind it, or on the address of a page."""
    with pytest.raises(SourceError):
        finding.files_of([given])


@pytest.mark.parametrize("kind", ["jsonl", "jsonl.gz", "parquet"])
def test_the_same_articles_come_from_any_file(tmp_path: Path, kind: str) -> None:
    """JSON lines, packed or not, and Parquet give the same articles; broken rows are failures."""
    file = tmp_path / f"news.{kind}"
    text = "\n".join([*LINES[:2], '{"outlet": "Nobody"}']).encode()
    if kind == "parquet":
        held = [json.loads(line) for line in text.splitlines()]
        held[0]["published"] = dt.date(2031, 5, 6)
        held[1]["published"] = dt.date(2031, 5, 6)
        pq.write_table(pa.Table.from_pylist(held), file)
    else:
        file.write_bytes(gzip.compress(text) if kind.endswith("gz") else text)
    place = Place.at(tmp_path / "out")
    done = finding.find({"out": place.address, "unit": 0, "file": str(file), "fields": None})
    assert done == {"articles": 2, "failures": 1}
    finding.plan(place, None, size=10)
    found = planned(place, 0)
    assert {(r["outlet"], r["published"], r["text"]) for r in found} == {
        ("Courier", dt.date(2031, 5, 6), FERRY),
        ("Gazette", dt.date(2031, 5, 6), AGAIN),
    }
    assert "no text" in table(place, "failures")[0]["message"]


def test_pages_of_a_crawl_are_articles(tmp_path: Path) -> None:
    """What lies around the text of a page in a WARC file is no part of its words."""
    file = tmp_path / "crawl.warc.gz"
    file.write_bytes(test_sources_warc.records(test_sources_warc.PAGE.encode()))
    place = Place.at(tmp_path / "out")
    done = finding.find({"out": place.address, "unit": 0, "file": str(file), "fields": None})
    finding.plan(place, None, size=10)
    (found,) = planned(place, 0)
    assert (done, found["url"]) == ({"articles": 1, "failures": 0}, "https://m.example/0")
    assert test_sources_warc.PROSE[0] in found["text"]


def test_a_damaged_file_is_a_failure(tmp_path: Path) -> None:
    """What is no Parquet file is named with what to do, and the job goes on."""
    file = tmp_path / "news.parquet"
    file.write_bytes(b"PAR1 and nothing more")
    place = Place.at(tmp_path / "out")
    done = finding.find({"out": place.address, "unit": 0, "file": str(file), "fields": None})
    assert done == {"articles": 0, "failures": 1}
    assert table(place, "failures")[0]["source"] == str(file)


def test_articles_stand_in_order_of_publication(tmp_path: Path) -> None:
    """Whatever the order of the files, the partitions run from the earliest to the undated."""
    days: list[int | None] = [9, None, 3, 7, 3]
    lines = [row(f"{FERRY} {n}", f"Outlet {n}", day) for n, day in enumerate(days)]
    place = Place.at(tmp_path / "out")
    file = write_lines(tmp_path / "news.jsonl", lines)
    finding.find({"out": place.address, "unit": 0, "file": str(file), "fields": None})
    finding.plan(place, 2, size=10)
    found = [each for n in range(2) for each in planned(place, n)]
    assert [r["published"] and r["published"].day for r in found] == [3, 3, 7, 9, None]
    assert finding.partitions_of(place) == [3, 2]


# --- duplicates -----------------------------------------------------------------------------------


def test_copies_are_marked_with_what_they_repeat(tmp_path: Path) -> None:
    """The same words are an exact copy of the earliest, nearly the same a near one, others none."""
    place = Place.at(tmp_path / "out")
    lines = [row(FERRY, "Courier", 5), row(AGAIN, "Gazette", 6), row(FERRY, "Reprint", 7)]
    file = write_lines(tmp_path / "news.jsonl", [*lines, row(OTHER, "Herald", 8)])
    finding.find({"out": place.address, "unit": 0, "file": str(file), "fields": None})
    finding.plan(place, 1, size=10)
    found = planned(place, 0)
    empty = {"model": "none", "mentions": [], "notes": []}
    write(place.file("articles", "part"), schema.table("articles", [r | empty for r in found]))
    assert duplicates.find(place) == 2
    outlets = {r["id"]: r["outlet"] for r in found}
    told = {
        (outlets[r["article"]], outlets[r["of"]], r["kind"]) for r in table(place, "duplicates")
    }
    assert told == {("Gazette", "Courier", "near"), ("Reprint", "Courier", "exact")}


# --- stories --------------------------------------------------------------------------------------


def test_what_a_window_holds_of_a_reading_tells_its_event() -> None:
    """The groups are those of the whole readings, of which a window holds but the telling part."""
    held = pile()
    known = {reading.article.id: reading for reading in map(comparing.telling, held)}
    whole = [[r.article.id for r in story.readings] for story in pipeline.group(held)]
    part = [[r.article.id for r in s.readings] for s in pipeline.group(list(known.values()))]
    assert part == whole
    assert not any(r.attributions or r.speakers or r.passages for r in known.values())


# --- the whole job --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A small corpus read in three partitions and compared."""
    folder = tmp_path_factory.mktemp("bulk")
    place = read_all(write_lines(folder / "news.jsonl", LINES), folder / "out", partitions=3)
    list(comparing.compare(place.address, engine=HERE))
    return place


@pytest.mark.model
def test_every_record_is_an_article_or_a_failure(job: Place) -> None:
    """Six articles, one of them given twice; two broken rows with their reasons."""
    assert [r["outlet"] for r in table(job, "articles")].count("Courier") == 1
    assert len(table(job, "articles")) == 5
    reasons = " ".join(r["message"] for r in table(job, "failures"))
    assert len(table(job, "failures")) == 2
    assert "article 7: it has no text" in reasons
    assert "article 8: this line is not JSON" in reasons


@pytest.mark.model
def test_every_span_is_what_is_shown(job: Place) -> None:
    """The words of every row are the characters of its article."""
    texts = {r["id"]: r["text"] for r in table(job, "articles")}
    shown = [
        (each["words"], schema.GAP.join(texts[each["article"]][s["start"] : s["end"]] for s in at))
        for name, pieces in (("attributions", "content"), ("quotations", "pieces"))
        for each in table(job, name)
        for at in [each[pieces]]
    ]
    shown += [
        (each["words"], texts[each["article"]][each["start"] : each["end"]])
        for name in ("times", "differences")
        for each in table(job, name)
    ]
    by = {each["attribution"]: each["article"] for each in table(job, "quotations")}
    shown += [
        (each["words"], texts[by[each["attribution"]]][each["start"] : each["end"]])
        for each in table(job, "variants")
        if each["words"]
    ]
    assert shown != []
    assert [pair for pair in shown if pair[0] != pair[1]] == []


@pytest.mark.model
def test_an_article_in_another_language_says_so(job: Place) -> None:
    """Its row has its language and a note, and nothing was looked for in it."""
    (german,) = (r for r in table(job, "articles") if r["language"] == "de")
    assert any("retold reads English" in note for note in german["notes"])
    assert [r for r in table(job, "attributions") if r["article"] == german["id"]] == []


@pytest.mark.model
def test_a_changed_quotation_is_found_across_the_corpus(job: Place) -> None:
    """The later wording points to the earlier one, with the word that was changed."""
    outlets = {r["id"]: r["outlet"] for r in table(job, "articles")}
    by = {r["attribution"]: outlets[r["article"]] for r in table(job, "quotations")}
    (change,) = (r for r in table(job, "variants") if by[r["attribution"]] == "Herald")
    assert (by[change["of"]] in ("Courier", "Gazette"), change["of_words"], change["words"]) == (
        True,
        "Easter",
        "May",
    )


@pytest.mark.model
def test_a_story_holds_its_articles_once(job: Place) -> None:
    """Every dated article is in one story, and the ferry's is one."""
    told = [key for story in table(job, "stories") for key in story["articles"]]
    assert sorted(told) == sorted(r["id"] for r in table(job, "articles"))
    assert max(story["size"] for story in table(job, "stories")) >= 3


@pytest.mark.model
def test_the_rows_are_the_same_however_they_are_spread(job: Place, tmp_path: Path) -> None:
    """One partition and two files in other order give the rows of three partitions, in order."""
    write_lines(tmp_path / "b.jsonl", LINES[:3])
    write_lines(tmp_path / "a.jsonl", LINES[3:])
    place = read_all(tmp_path / "*.jsonl", tmp_path / "out", partitions=1)
    list(comparing.compare(place.address, engine=HERE))
    wanted = content(job, (*READ, *COMPARED))
    for held in (given := content(place, (*READ, *COMPARED)), wanted):
        for each in held["articles"]:
            del each["path"]
    assert given == wanted


@pytest.mark.model
def test_a_finished_job_does_nothing_again(job: Place) -> None:
    """The same command leaves every file as it is."""
    files = {file: file.stat().st_mtime_ns for file in Path(job.address).rglob("*.parquet")}
    (source,) = json.loads((job.folder / "job.json").read_text())["inputs"]
    read_all(source, Path(job.address), partitions=3)
    list(comparing.compare(job.address, engine=HERE))
    assert {file: file.stat().st_mtime_ns for file in Path(job.address).rglob("*.parquet")} == files


@pytest.mark.model
def test_a_killed_job_is_completed_to_the_same_rows(job: Place, tmp_path: Path) -> None:
    """A job that is killed in the middle leaves whole files, and goes on from there."""
    (source,) = json.loads((job.folder / "job.json").read_text())["inputs"]
    out = tmp_path / "out"
    command = [sys.executable, "-m", "retold", "bulk", "read", source, str(out)]
    running = subprocess.Popen(  # noqa: S603 our own command
        [*command, "--partitions", "3", "--jobs", "1"],
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while running.poll() is None and not Place.at(out).files("articles"):
        time.sleep(0.05)
    if running.poll() is None:
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    assert Place.at(out).files("articles") != []
    place = read_all(source, out, partitions=3)
    assert content(place, (*READ, "failures")) == content(job, (*READ, "failures"))
    assert list(out.rglob("*.part")) == []


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """Neither strange files nor another job are written over."""
    file = write_lines(tmp_path / "news.jsonl", LINES)
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="not empty"):
        read_all(file, out)
    with pytest.raises(StoreError, match="not empty"):
        read_all(file, out / "thesis.txt")
    (out / "thesis.txt").unlink()
    Place.at(out).begin({"inputs": ["others"]})
    with pytest.raises(StoreError, match="another job"):
        read_all(file, out)


def test_comparing_asks_for_a_finished_reading(tmp_path: Path) -> None:
    """A folder without a reading, or with half of one, says what to run."""
    told = CliRunner().invoke(main, ["bulk", "compare", str(tmp_path)])
    assert (told.exit_code, "retold bulk read INPUT OUT" in told.output) == (1, True)
    Place.at(tmp_path).begin({"inputs": []})
    with pytest.raises(StoreError, match="not finished"):
        list(comparing.compare(tmp_path, engine=HERE))


def test_input_without_an_article_says_where_the_reasons_stand(tmp_path: Path) -> None:
    """Nothing but broken rows is an error that names the failures."""
    file = write_lines(tmp_path / "news.jsonl", ["{broken", '{"outlet": "Nobody"}'])
    with pytest.raises(SourceError, match="failures"):
        read_all(file, tmp_path / "out")
    assert len(table(Place.at(tmp_path / "out"), "failures")) == 2
