"""An archive on a PostgreSQL server: how it is reached, what is refused, what is told of it, and
how it becomes a file and is made of one."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from retold.archive import copying, corrections, search, visits
from retold.archive.check import check
from retold.archive.database import ARTICLES, Address, migrations, placed
from retold.archive.store import Archive, Kept
from retold.archive.visits import Visit
from retold.archive.words import Near, Terms, marks
from retold.cli import main
from retold.correcting import drafts
from retold.errors import FormatError, StoreError
from retold.types import Article, Failure, Reading, Span
from tests import archives, readings, servers

NOON = dt.datetime(2031, 6, 1, 12, tzinfo=dt.UTC)
COLUMNS = "SELECT name FROM pragma_table_info(?) ORDER BY cid"
SERVER_COLUMNS = (
    "SELECT column_name FROM information_schema.columns"
    " WHERE table_schema = 'retold' AND table_name = ? ORDER BY ordinal_position"
)


@pytest.fixture
def place(databases: servers.Databases) -> Iterator[str]:
    yield databases.take()
    databases.clear()


@pytest.fixture
def archive(place: str) -> Iterator[Archive]:
    with Archive.open(place) as opened:
        yield opened


def refused(place: str) -> StoreError:
    with pytest.raises(StoreError) as error:
        Archive.open(place)
    return error.value


# --- addresses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://ada@db.example:5433/news", "postgresql://ada@db.example:5433/news"),
        ("postgresql://ada:secret@db.example/news", "postgresql://ada@db.example/news"),
        ("postgres://ada:secret@/news?host=/run", "postgres://ada@/news"),
        ("postgresql:///news?password=secret", "postgresql:///news"),
        ("postgresql://ada:se@cret@db/news", "postgresql://ada@db/news"),
        ("postgresql://ada:se/secret@db/news", "postgresql://…"),
        ("postgresql://ada:se?secret@db/news", "postgresql://…"),
        ("postgresql://ada:se#secret@db/news", "postgresql://…"),
        ("postgresql://[::1]:5432/news", "postgresql://[::1]:5432/news"),
    ],
)
def test_an_address_is_shown_without_its_password(url: str, shown: str) -> None:
    """Whatever an address is written like, what is shown of it has no password in it."""
    assert (str(placed(url)), "secret" in repr(placed(url))) == (shown, False)


def test_the_example_of_the_reference_is_true() -> None:
    """The page says how an address is shown."""
    page = Path(__file__).parents[1] / "docs" / "reference" / "archive-places.md"
    (given, shown) = re.findall(
        r"^\| `(postgresql:.*)` \| `(.*)` \|$", page.read_text("utf-8"), re.M
    )[0]
    assert str(placed(given)) == shown != given


@given(st.text())
@example("/a@b?c")
@example("[")
def test_no_password_is_shown(rest: str) -> None:
    """No characters make an address show what stands between its first colon and its last at."""
    shown = str(Address(f"postgresql://ada:S3cr3t{rest}S3cr3t@db.example/news"))
    assert "S3cr3t" not in shown


@pytest.mark.parametrize("url", ["mysql://ada:secret@db/news", "https://news.example/archive"])
def test_other_addresses_are_refused(url: str) -> None:
    """What is neither a file nor a PostgreSQL database is said to be neither."""
    error = refused(url)
    assert "PostgreSQL" in error.message
    assert "secret" not in str(error)


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, the error says how to install it."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, "retold.archive.postgres", raising=False)
    assert refused("postgresql://db.example/news").hint == "pip install 'retold[postgres]'"


# --- a server that cannot be had ------------------------------------------------------------------


def test_a_server_that_is_away_is_told(tmp_path: Path) -> None:
    """Nobody listens: the error says where, and what to see to."""
    pytest.importorskip("psycopg", reason="the extra retold[postgres] is not installed")
    error = refused(f"postgresql://ada:secret@/news?host={tmp_path}")
    assert error.message.startswith("postgresql://ada@/news: connection")
    assert "See that the server runs" in error.hint
    assert "secret" not in str(error)


def test_what_is_no_address_is_told_without_its_password() -> None:
    """A password with a sign that is not quoted is said to be the trouble, and not shown."""
    pytest.importorskip("psycopg", reason="the extra retold[postgres] is not installed")
    error = refused("postgresql://ada:s%secret@db/news")
    assert "not the address of a database" in error.message
    assert "%40 stands for @" in error.hint
    assert "secret" not in str(error)


def test_a_wrong_password_is_told_and_not_shown(
    server: Callable[[str, str], str], archive: Archive
) -> None:
    """The server's own words, what to do, and no password."""
    archive.database.do("CREATE ROLE locked LOGIN PASSWORD 'right'")
    error = refused(server("locked:wrong", "postgres"))
    assert "password authentication failed" in error.message
    assert "PGPASSWORD" in error.hint
    assert "wrong" not in str(error)


def test_a_missing_database_is_told(server: Callable[[str, str], str]) -> None:
    """The error names the database, and says how to make it."""
    error = refused(server("postgres", "nothing_here"))
    assert '"nothing_here" does not exist' in error.message
    assert "createdb" in error.hint


def test_a_database_of_another_encoding_is_refused(
    server: Callable[[str, str], str], archive: Archive
) -> None:
    """One that cannot hold every language is not begun with."""
    archive.database.do("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    assert "--encoding UTF8" in refused(server("postgres", "latin")).hint


def test_who_may_not_write_is_told(server: Callable[[str, str], str], archive: Archive) -> None:
    """A role that may look and not write reads, and is told when it writes."""
    archive.keep(archives.many(1)[0])
    archive.database.do("CREATE ROLE looker LOGIN")
    archive.database.do("GRANT USAGE ON SCHEMA retold TO looker")
    archive.database.do("GRANT SELECT ON ALL TABLES IN SCHEMA retold TO looker")
    name = archive.database.value("SELECT current_database()")
    with Archive.open(server("looker", name)) as looking:
        assert (len(looking), list(check(looking))) == (1, [])
        with pytest.raises(StoreError, match="permission denied") as error:
            looking.keep(archives.many(2)[1])
    assert "grants it" in error.value.hint


def test_a_schema_of_that_name_is_left_alone(place: str) -> None:
    """What somebody else keeps in a schema of the archive's name is not written to."""
    import psycopg

    with psycopg.connect(place, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA retold")
        connection.execute("CREATE TABLE retold.recipes (name text)")
    assert "not an archive" in refused(place).message


def test_a_connection_that_is_cut_in_the_middle_is_told(place: str, archive: Archive) -> None:
    """What is under way when the server goes away fails, all of it, and what comes later works."""
    first, second, third = archives.many(3)
    archive.keep(first)
    with pytest.raises(StoreError) as error:
        archive.keep_all(_cutting(place, (second, third)))
    assert "ended the connection" in error.value.hint
    assert (len(archive), archive.keep(second), list(check(archive))) == (1, Kept.NEW, [])


def test_a_connection_that_is_cut_at_rest_is_made_anew(place: str, archive: Archive) -> None:
    """A server that was started again between two questions is asked the second."""
    first, second = archives.many(2)
    archive.keep(first)
    _cut(place)
    assert len(archive) == 1
    _cut(place)
    assert (archive.keep(second), list(check(archive))) == (Kept.NEW, [])


def _cutting(place: str, held: Iterable[Reading]) -> Iterator[Reading]:
    """The readings; after each, the server goes away."""
    for reading in held:
        yield reading
        _cut(place)


def _cut(place: str) -> None:
    """End every other connection to the database."""
    with Archive.open(place) as other:
        other.database.do(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE pid != pg_backend_pid() AND datname = current_database()"
        )


# --- words ----------------------------------------------------------------------------------------


PLAIN = ["vote", "voted", "voter", "election", "elect", "elections", "the", "of", "ha", "us"]
ACCENTED = ["Río", "rio", "cafe\u0301", "café", "naïve", "ß", "東京", "東京都", "1e5", "½", "²"]
MARKED = ["re-vote", "Vote's", "1,000", "x_y", "U.S.", "don’t", "dont", "“we”", "a-b-c"]
VOCABULARY = PLAIN + ACCENTED + MARKED
TEXTS = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=12).map(" ".join)


@settings(
    deadline=None,  # no test asserts a time
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # each example adds some articles
)
@given(st.lists(TEXTS, min_size=1, max_size=6), st.lists(TEXTS, min_size=1, max_size=8), st.data())
def test_a_server_finds_what_a_file_does(
    archive: Archive, tmp_path: Path, texts: list[str], asked: list[str], data: st.DataObject
) -> None:
    """All words, phrases, beginnings and neighbours find the same articles in both, and mark the
    same characters."""
    held = [archives.unread(Article(id=text, text=text, sections=())) for text in texts]
    with Archive.open(tmp_path / "file.sqlite") as file:
        file.keep_all(held)
        archive.keep_all(held)
        for words in asked:
            shape = data.draw(st.sampled_from(["{}", '"{}"', "{}*"]))
            with suppress(FormatError):  # "½" alone is no word
                terms = search.terms(shape.format(words))
                assert _found(archive, terms) == _found(file, terms)
        near = (Near(*data.draw(st.tuples(*[st.sampled_from(PLAIN)] * 2)), 2),)
        assert _found(archive, near) == _found(file, near)


def _found(archive: Archive, terms: Terms) -> list[tuple[str, tuple[Span, ...]]]:
    matching = archive.database.matching(ARTICLES, terms)
    rows = archive.database.rows(
        "SELECT a.text FROM article_words w JOIN articles a ON a.number = w.rowid"  # noqa: S608
        f" WHERE {matching.where} ORDER BY a.number",
        matching.values,
    )
    texts = [row["text"] for row in rows]
    return list(zip(texts, marks(texts, terms), strict=True))


def test_a_text_of_any_length_is_found_by_its_last_words(archive: Archive) -> None:
    """More words than the server's own index could take hide no word and no phrase."""
    many = " ".join(f"word{n}{'x' * 90}" for n in range(10_500))
    long = Article(id="long", text=f"{many} the last bridge collapsed.", sections=())
    short = Article(id="short", text="The bridge is open.", sections=())
    archive.keep_all((archives.unread(long), archives.unread(short)))
    found = {
        words: {hit.article.id for hit in search.find(archive, words).articles}
        for words in ("bridge", '"the last bridge"', '"last the bridge"', "collaps*", "absent")
    }
    assert found == {
        "bridge": {"long", "short"},
        '"the last bridge"': {"long"},
        '"last the bridge"': set(),
        "collaps*": {"long"},
        "absent": set(),
    }


def test_titles_and_texts_are_no_phrase_together(archive: Archive) -> None:
    """A phrase does not run from the end of the title into the text."""
    article = archives.many(1)[0].article
    made = dataclasses.replace(article, title="Ferry late again")
    archive.keep(archives.unread(made))
    start = article.text.split()[0]
    assert search.find(archive, f'"late again {start}"').articles == ()
    assert len(search.find(archive, f"again {start}").articles) == 1


# --- copies ---------------------------------------------------------------------------------------


def filled(archive: Archive) -> None:
    """Something in every table."""
    held = archives.many(3)
    archive.keep_all(held, at=NOON)
    archive.keep(readings.read("Odd\n\nA \0 and a \U0010fffe {q1 stay} {c1 said} {s1 Ana Río}."))
    archive.forget(held[1].article.id)  # numbers have gaps
    archive.note_failure(Failure(source="a", message="broken", hint="mend"), given="b", at=NOON)
    remark = drafts.remark(held[0].article, Span(0, 5), "so it was")
    corrections.add(archive, (drafts.record(remark, who="Ada", at=NOON),))
    visits.put(archive, Visit(url="https://a.example/feed", feed=None, first=NOON, due=NOON))
    visits.keep_untold(archive, held[0].article.id)


def content(archive: Archive) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    return {
        table: sorted(tuple(row) for row in archive.database.rows(f"SELECT * FROM {table}"))  # noqa: S608
        for table in copying.TABLES
    }


def test_an_archive_goes_from_server_to_file_and_back_as_it_is(
    archive: Archive, databases: servers.Databases, tmp_path: Path
) -> None:
    """Every row is the same afterwards, words are found, and new articles come after the old."""
    filled(archive)
    archive.backup(tmp_path / "copy.sqlite")
    again = databases.take()
    with Archive.open(tmp_path / "copy.sqlite") as file:
        file.backup(again)
        assert content(file) == content(archive)
        empty = {table for table, held in content(file).items() if not held}
        assert empty <= {"counts"}  # made when stories are asked for
    with Archive.open(again) as copied:
        assert (content(copied), list(check(copied))) == (content(archive), [])
        assert search.find(copied, "waited").statements == search.find(archive, "waited").statements
        new = archives.many(9)[8]
        assert copied.keep(new) is Kept.NEW
        assert [reading.article.id for reading in copied.readings()][-1] == new.article.id


def test_a_copy_goes_into_nothing_but_an_empty_archive(
    archive: Archive, databases: servers.Databases
) -> None:
    """An archive that holds something is not written over, and nothing is put beside it."""
    other = databases.take()
    first, second = archives.many(2)
    archive.keep(first)
    with Archive.open(other) as held:
        held.keep(second)
        with pytest.raises(StoreError, match="not empty"):
            archive.backup(other)
        assert (tuple(held.readings()), list(check(held))) == ((second,), [])


def test_a_version_means_the_same_tables_in_both(archive: Archive, tmp_path: Path) -> None:
    """Each table that is copied has the same columns in the same order, at the same version."""
    with Archive.open(tmp_path / "file.sqlite") as file:
        for table in copying.TABLES:
            columns = [row[0] for row in file.database.rows(COLUMNS, (table,))]
            assert [row[0] for row in archive.database.rows(SERVER_COLUMNS, (table,))] == columns
        assert archive.database.version == file.database.version
        assert len(migrations("postgres")) == len(migrations("sqlite"))


# --- the commands ---------------------------------------------------------------------------------


def test_commands_take_an_address_and_print_it_without_the_password(
    server: Callable[[str, str], str], archive: Archive, tmp_path: Path
) -> None:
    """`check` and `backup` name the archive, and nobody who looks over the shoulder learns more."""
    name = archive.database.value("SELECT current_database()")
    address = server("postgres:any-word", name)  # which this server does not ask for
    for command in (["check"], ["backup", str(tmp_path / "copy.sqlite")]):
        done = CliRunner().invoke(main, [*command, "--archive", address])
        assert (done.exit_code, "any-word" in done.output) == (0, False)


@pytest.mark.model
def test_a_killed_add_is_completed_by_the_next(place: str, tmp_path: Path) -> None:
    """`kill -9` in the middle of a real `retold add` loses nothing that was kept, and another run
    keeps the rest and nothing twice."""
    file = tmp_path / "articles.jsonl"
    texts = [
        f"Ferry {n} leaves late\n\nThe ferry number {n} was late, a pilot said." for n in range(40)
    ]
    lines = (archives.row(text, f"{archives.URL}/{n}") for n, text in enumerate(texts))
    file.write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "retold", "add", str(file), "--archive", place, "--jobs", "1"]
    with Archive.open(place) as archive:
        adding = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
        while adding.poll() is None and not len(archive):
            time.sleep(0.01)
        adding.send_signal(signal.SIGKILL)
        adding.wait()
        kept = list(archive.readings())
        assert list(check(archive)) == []
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
        assert f"{40 - len(kept)} new, 0 changed, {len(kept)} held already" in done.stdout
        assert list(archive.readings())[: len(kept)] == kept
        assert (len(archive), list(check(archive))) == (40, [])
