"""Files by address: on a disk and in an object store alike, whole or not there."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from retold.cli import main
from retold.errors import SourceError, StoreError

pytest.importorskip("daft", reason="needs retold[bulk]")
pytest.importorskip("pyarrow", reason="needs retold[bulk]")

import pyarrow as pa
from pyarrow import fs

from retold.bulk import comparing, finding, reading
from retold.bulk.files import File
from retold.bulk.place import Place, write
from retold.bulk.schema import Row
from retold.types import Reading
from tests import readings
from tests.bulk_places import HERE, LINES, dies, keep, row, table, write_lines

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")
READINGS = {each.article.outlet: each for each in readings.fire()}


# --- addresses ------------------------------------------------------------------------------------


def test_an_address_names_the_same_file_again() -> None:
    """What the store asks for goes with it, and is not shown."""
    file = File.at("s3://me:secret@news/2024/?region=eu-north-1") / "a.parquet"
    assert file.address == "s3://me:secret@news/2024/a.parquet?region=eu-north-1"
    assert File.at(file.address) == file
    assert (str(file), file.name, file.stem) == ("s3://news/2024/a.parquet", "a.parquet", "a")


def test_a_path_is_the_same_from_every_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Workers may stand elsewhere."""
    monkeypatch.chdir(tmp_path)
    assert File.at("out").address == str(tmp_path.resolve() / "out")


@pytest.mark.parametrize("given", ["https://paper.example/a.parquet", "hdfs://name/a", "ftp://a/b"])
def test_what_is_no_object_store_is_refused(given: str) -> None:
    """With what can be done instead."""
    with pytest.raises(SourceError, match=r"nothing at .*Copy it to a disk or to a store \(s3, "):
        File.at(given)


@pytest.mark.parametrize(
    ("glob", "matched"),
    [
        ("in/*.jsonl", ["in/a.jsonl"]),
        ("in/**/*.jsonl", ["in/a.jsonl", "in/b/c.jsonl", "in/b/d/e.jsonl"]),
        ("in/*/c.jsonl", ["in/b/c.jsonl"]),
        ("in/**", ["in/a.jsonl", "in/b/c.jsonl", "in/b/d/e.jsonl", "in/x.warc"]),
        ("in/[ab]*", []),
    ],
)
def test_a_glob_in_a_store_means_what_it_means_on_a_disk(glob: str, matched: list[str]) -> None:
    """`*` stays within a name and `**/` does not."""
    names = ["in/a.jsonl", "in/b/c.jsonl", "in/b/d/e.jsonl", "in/x.warc"]
    pattern = finding.pattern(glob)
    assert [name for name in names if pattern.fullmatch(name)] == matched


# --- on a disk ------------------------------------------------------------------------------------


def test_a_file_gets_its_name_when_it_is_whole(tmp_path: Path) -> None:
    """What breaks off leaves nothing, and what was there before."""
    file = File.at(tmp_path / "a" / "b.txt")
    file.write_text("first")

    def broken() -> None:
        with file.made() as rough:
            rough.write_text("half", encoding="utf-8")
            raise EOFError

    with pytest.raises(EOFError):
        broken()
    assert (file.read_text(), [f.name for f in (tmp_path / "a").iterdir()]) == ("first", ["b.txt"])


def test_a_folder_with_a_sign_of_equality_is_no_column(tmp_path: Path) -> None:
    """Nothing is read out of the names of folders."""
    file = File.at(tmp_path / "year=2024" / "a.parquet")
    write(file, pa.table({"n": [1]}))
    assert file.table().column_names == ["n"]


# --- in an object store ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """A store that speaks S3, on this machine, with a bucket in it; the address of that."""
    server = pytest.importorskip("moto.server", reason="needs moto")
    pytest.importorskip("flask_cors", reason="needs flask-cors")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    settings = f"scheme=http&endpoint_override={host}:{port}&region=us-east-1"
    store, _ = fs.FileSystem.from_uri(f"s3://me:key@?{settings}&allow_bucket_creation=true")
    store.create_dir("news")
    yield f"s3://me:key@news/{{}}?{settings}"
    running.stop()
    gc.collect()  # the server's sockets, here and not in another test


def put(address: str, lines: list[str], folder: Path) -> None:
    with File.at(address).made() as rough:
        write_lines(rough, lines)


def read_partition(task: dict[str, object]) -> dict[str, int]:
    """A partition of which the readings are at hand."""

    return reading.write_partition(task, _reading)


def _reading(found: Row) -> Reading:
    held = READINGS[found["outlet"]]
    ours, theirs = (id.encode() for id in (found["id"], held.article.id))
    return msgspec.json.decode(msgspec.json.encode(held).replace(theirs, ours), type=Reading)


def test_a_job_from_store_to_store_is_that_from_disk_to_disk(bucket: str, tmp_path: Path) -> None:
    """The same rows but for the names of files, and nothing left of what was on the way."""
    texts = [row(r.article.text, str(o), r.article.published.day) for o, r in READINGS.items()]
    (tmp_path / "in").mkdir()
    write_lines(tmp_path / "in" / "a.jsonl", [*texts, *LINES[-2:]])
    put(bucket.format("in/a.jsonl"), [*texts, *LINES[-2:]], tmp_path)
    places = []
    for given, out in (
        (str(tmp_path / "in" / "*.jsonl"), str(tmp_path / "out")),
        (bucket.format("in/*.jsonl"), bucket.format("out")),
    ):
        settings = reading.Settings(partitions=2)
        list(reading.read([given], out, engine=HERE, settings=settings, by=read_partition))
        list(comparing.compare(out, engine=HERE))
        places.append(Place.at(out))
    disk, store = places
    names = [
        [f.path.removeprefix(p.folder.path) for f in p.folder.inside(deep=True)] for p in places
    ]
    assert names[0] == names[1]
    for name in ("articles", "duplicates", "stories", "claims", "quotations", "variants"):
        wanted, given_rows = table(disk, name), table(store, name)
        for each in (*wanted, *given_rows):
            each.pop("path", None)
        assert given_rows == wanted
    assert {each["path"] for each in table(store, "articles")} == {"s3://news/in/a.jsonl"}
    assert table(store, "failures")[0]["source"] == "s3://news/in/a.jsonl, article 3"
    # a second time there is nothing to do
    steps = list(reading.read([given], out, engine=HERE, settings=settings, by=dies))
    steps += comparing.compare(out, engine=HERE)
    assert [step for step in steps if step.done < step.total] == []


def test_a_folder_of_a_store_means_what_lies_in_it(bucket: str, tmp_path: Path) -> None:
    """Files of articles at any depth, each once; a name with nothing behind it is refused."""
    for name in ("folder/b.jsonl", "folder/deep/a.jsonl.gz", "folder/note.md"):
        put(bucket.format(name), LINES, tmp_path)
    found = finding.files_of([bucket.format("folder"), bucket.format("folder/b.jsonl")])
    assert [file.path for file in found] == ["folder/b.jsonl", "folder/deep/a.jsonl.gz"]
    with pytest.raises(SourceError, match="there is no such file"):
        finding.files_of([bucket.format("folder/c*.jsonl")])


def test_a_damaged_file_of_a_store_is_a_failure(bucket: str, tmp_path: Path) -> None:
    """By the name that it has in the store; the job goes on."""
    with File.at(bucket.format("damaged/a.parquet")).made() as rough:
        rough.write_bytes(b"PAR1 and nothing more")
    file = bucket.format("damaged/a.parquet")
    place = Place.at(tmp_path / "out")
    done = finding.find({"out": place.address, "unit": 0, "file": file, "fields": None})
    assert done == {"articles": 0, "failures": 1}
    (failure,) = table(place, "failures")
    assert (failure["source"], "damaged" in failure["message"]) == (
        "s3://news/damaged/a.parquet",
        True,
    )


def test_a_store_that_is_not_there_is_told(bucket: str) -> None:
    """No traceback of the library, and no key in the message."""
    told = CliRunner().invoke(main, ["bulk", "compare", bucket.replace("news", "none").format("a")])
    assert (told.exit_code, "me:key" in told.output) == (1, False)
    assert "s3://none/a" in told.output


def test_a_table_goes_into_a_store_whole(bucket: str, tmp_path: Path) -> None:
    """What breaks off in the middle leaves no object."""
    file = File.at(bucket.format("broken/a.parquet"))

    def broken() -> None:
        with file.made() as rough:
            rough.write_bytes(b"PAR1")
            raise EOFError

    with pytest.raises(EOFError):
        broken()
    assert file.is_file() is False
    place = Place(File.at(bucket.format("kept")))
    keep(place, readings.fire())
    with pytest.raises(StoreError, match="another job"):
        place.begin({"inputs": ["others"]})
