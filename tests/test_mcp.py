"""The tools for a language model, through the client of the protocol's own library."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from retold import pipeline, sources
from retold.archive.database import placed
from retold.archive.store import Archive
from retold.cli import main
from retold.mcp import answers
from retold.types import Story
from tests import exported, readings, stories

pytest.importorskip("mcp", reason="the extra retold[mcp] is not installed")

from mcp import Client, StdioServerParameters

from retold.mcp import server
from retold.mcp.given import Access

POST = "A bridge for Veldmoor\n\n“The bridge will cost 12 million crowns,” said Mayor Ann Quay.\n"
WIRE = "Veldmoor to build\n\n“The bridge will cost 14 million crowns,” said Mayor Ann Quay.\n"


def asked(access: Access, tool: str, **arguments: Any) -> Any:
    """What the tool answers a client: its structure, or the text of its error."""

    async def ask() -> Any:
        async with Client(server.build(access)) as client:
            result = await client.call_tool(tool, arguments)
            return result.content[0].text if result.is_error else result.structured_content

    return asyncio.run(ask())


def tools(access: Access) -> list[Any]:
    async def ask() -> list[Any]:
        async with Client(server.build(access)) as client:
            return list((await client.list_tools()).tools)

    return asyncio.run(ask())


@pytest.fixture
def kept(tmp_path: Path) -> Access:
    """An archive with two invented articles."""
    return filled(str(tmp_path / "news.sqlite"))


def filled(place: str) -> Access:
    with Archive.open(place) as archive:
        archive.keep_all(readings.fire())
    return Access(archive=placed(place))


# --- which tools there are -----------------------------------------------------------------------


def test_every_tool_is_there_and_only_reads(kept: Access) -> None:
    """Five tools, each told to be read-only, with its words for the model."""
    held = tools(kept)
    assert [tool.name for tool in held] == ["compare", "read", "search", "quote", "speaker"]
    assert {tool.annotations.read_only_hint for tool in held} == {True}
    assert [tool.name for tool in held if not tool.description] == []


def test_without_an_archive_two_tools_are_left() -> None:
    """What cannot be asked is not offered."""
    assert [tool.name for tool in tools(Access())] == ["compare", "read"]


# --- what they answer ----------------------------------------------------------------------------


def places(node: Any) -> Iterator[dict[str, Any]]:
    """Everything in an answer that names a place in an article."""
    if isinstance(node, dict):
        if {"article", "start", "end", "text"} <= set(node):
            yield node
        for value in node.values():
            yield from places(value)
    elif isinstance(node, list):
        for value in node:
            yield from places(value)


@pytest.mark.parametrize("report", [stories.bridge, exported.hostile])
@pytest.mark.parametrize("answer", [answers.compared, answers.told])
def test_every_place_holds_its_words(
    report: Callable[[], Any], answer: Callable[..., dict[str, Any]]
) -> None:
    """Whatever is answered stands where it says, and can be cited."""
    held = report()
    found = list(places(answer(held, most=200)))
    assert found != []
    for place in found:
        words = exported.words(held, place["article"], place["start"], place["end"])
        assert place["text"] == words
        assert f"characters {place['start']}–{place['end']}" in place["citation"]


def test_what_is_left_out_is_counted() -> None:
    """A short list says how many more there are."""
    answer = answers.compared(stories.bridge(), most=1)
    assert (len(answer["differences"]), answer["more"]["differences"]) == (1, 2)


def test_a_chain_runs_from_the_outlet_to_the_speaker() -> None:
    """A statement that was passed on names everybody through whom it came."""
    chains = [s["chain"] for s in answers.told(stories.bridge(), most=50)["statements"]]
    assert ["Harbour Post", "Jon Aske", "Orsolya Tarn"] in chains


@pytest.mark.model
def test_texts_are_compared() -> None:
    """Two texts handed in: the numbers that part them, with outlet and place."""
    answer = asked(
        Access(),
        "compare",
        articles=[
            {"text": POST, "outlet": "Post", "published": "2031-05-06"},
            {"text": WIRE, "outlet": "Wire", "published": "2031-05-05"},
        ],
    )
    (sides,) = [d["sides"] for d in answer["differences"] if d["facet"] == "number"]
    assert [(s["given"][0]["text"], s["given"][0]["chain"][0]) for s in sides] == [
        ("14 million crowns", "Wire"),
        ("12 million crowns", "Post"),
    ]


@pytest.mark.model
def test_articles_of_the_archive_are_compared(kept: Access) -> None:
    """By their ids, as the archive holds them."""
    ids = [reading.article.id for reading in readings.fire()]
    answer = asked(kept, "compare", articles=[{"archived": i} for i in ids])
    assert {a["outlet"] for a in answer["articles"]} == {"Courier", "Herald"}
    assert answer["differences"] != []


def test_a_quotation_is_checked(kept: Access) -> None:
    """The altered word is named, and who is credited."""
    answer = asked(kept, "quote", wording="We will reopen within a month")
    assert (answer["outcome"], answer["accounts"][0]["speaker"]) == ("exact", "Dana Holm")


def test_words_are_found(kept: Access) -> None:
    """Statements and articles that have the words, with their places."""
    answer = asked(kept, "search", words="kiosk")
    assert {s["speaker"] for s in answer["statements"]} == {"Dana Holm"}


@pytest.mark.parametrize(
    ("given", "outlets"),
    [
        ({"since": "2031-05-07"}, {"Herald"}),
        ({"until": "2031-05-06"}, {"Courier"}),
        ({"outlet": "Herald"}, {"Herald"}),
        ({"about": "Lindhaven"}, {"Courier"}),
        ({"speaker": "Holm"}, {"Courier", "Herald"}),
    ],
)
def test_what_is_found_can_be_narrowed(
    kept: Access, given: dict[str, str], outlets: set[str]
) -> None:
    """By day, outlet, other words and speaker."""
    answer = asked(kept, "search", words="kiosk", **given)
    assert {s["article"]["outlet"] for s in answer["statements"]} == outlets


@pytest.mark.model
def test_what_says_much_the_same_is_found(tmp_path: Path) -> None:
    """With meaning, passages without the words are found; without, none is looked for."""
    place = tmp_path / "news.sqlite"
    with Archive.open(place) as archive:
        archive.keep_all((pipeline.read(sources.article(POST)), *readings.fire()))
    access, words = Access(archive=place), "the price of a new crossing over the river"
    assert asked(access, "search", words=words)["alike"] is None
    answer = asked(access, "search", words=words, meaning=True)
    assert (answer["statements"], answer["left_out"]) == ([], 2)
    assert "bridge" in answer["alike"][0]["text"]


def test_a_speaker_is_found(kept: Access) -> None:
    """All that somebody is reported to have said, by every outlet."""
    answer = asked(kept, "speaker", name="Holm")
    assert answer["names"] == ["Dana Holm"]
    assert {s["article"]["outlet"] for s in answer["statements"]} == {"Courier", "Herald"}


def test_what_the_archive_says_can_be_cited(kept: Access) -> None:
    """A statement and an account of a quotation are named with their article and characters."""
    (said, *_) = asked(kept, "search", words="kiosk")["statements"]
    (account, *_) = asked(kept, "quote", wording="We will reopen within a month")["accounts"]
    for shown, pieces in ((said, said["content"]), (account, account["pieces"])):
        named, places = shown["citation"].split(", characters ")
        assert places == ", ".join(f"{piece['start']}–{piece['end']}" for piece in pieces)
        assert shown["article"]["outlet"] in named


def test_articles_of_several_events_are_told_so() -> None:
    """What seems to be no one story is compared, with a note on which articles tell what."""
    held = readings.fire()
    apart = [Story(id=each.article.id, readings=(each,)) for each in held[:2]]
    report = pipeline.compare(held[:2])
    assert answers.compared(report, [Story(id="s", readings=held[:2])], most=1)["notes"] == []
    (note,) = answers.compared(report, apart, most=1)["notes"]
    assert f"2 events and were compared all the same: {apart[0].id}; {apart[1].id}" in note


# --- what they refuse ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("speaker", {"name": "Nobody Known"}, "nobody called Nobody Known"),
        ("speaker", {"name": " "}, "no name to look for"),
        ("search", {"query": "kiosk"}, "query"),
        ("read", {"article": {"text": POST, "date": "2031-05-06"}}, "date"),
        ("compare", {"articles": [{"text": POST}]}, "two different articles"),
        ("search", {"words": "…"}, "no word to look for"),
        ("read", {"article": {"archived": "none"}}, "none"),
        ("read", {"article": {}}, "one of `text`, `archived` and `file`"),
        ("read", {"article": {"text": "x", "archived": "y"}}, "one of `text`"),
        ("read", {"article": {"text": POST, "published": "Monday"}}, "'Monday' is not a day"),
        ("compare", {"articles": [{"text": POST}] * 41}, "41 articles are more than 40"),
        ("read", {"article": {"file": "/etc/hostname"}}, "may not read it"),
    ],
)
def test_what_cannot_be_done_is_told(
    kept: Access, tool: str, arguments: dict[str, Any], told: str
) -> None:
    """The model reads what is wrong and what to do, not a traceback."""
    answer = asked(kept, tool, **arguments)
    assert isinstance(answer, str)
    assert told in answer


def test_no_file_outside_the_folder_is_read(tmp_path: Path) -> None:
    """No path and no link leads out of the folder that was allowed."""
    folder, secret = tmp_path / "open", tmp_path / "secret.txt"
    folder.mkdir()
    secret.write_text(POST, encoding="utf-8")
    (folder / "link.txt").symlink_to(secret)
    access = Access(folders=(folder,))
    outside = ("../secret.txt", str(secret), "link.txt", "missing.txt", ".", "open/../../x")
    for name in (*outside, "a\0b", "x" * 5_000, "\ud800", "/dev/zero"):
        assert "may not read it, or it is not there" in asked(
            access, "read", article={"file": name}
        )


def test_no_error_tells_where_the_folder_lies(tmp_path: Path) -> None:
    """A file that is no article is named as it was asked for."""
    (tmp_path / "held.sqlite").write_bytes(b"SQLite format 3\0")
    answer = asked(Access(folders=(tmp_path,)), "read", article={"file": "held.sqlite"})
    assert ("held.sqlite: " in answer, str(tmp_path) in answer) == (True, False)


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("search", {"words": "kiosk'; drop table articles; --"}),
        ("search", {"words": '") OR 1 NEAR(a b, 9) *'}),
        ("search", {"words": "a " * 10_000}),
        ("search", {"words": "kiosk", "most": 10**9}),
        ("search", {"words": "kiosk", "since": "9999-99-99"}),
        ("quote", {"wording": "x " * 10_000}),
        ("quote", {"wording": "\0 \0 \0 \0"}),
        ("speaker", {"name": "%"}),
        ("speaker", {"name": ""}),
        ("read", {"article": {"text": "\0" * 100}}),
        ("read", {"article": {"text": "x" * 2_000_000}}),
        ("read", {"article": {"archived": "' or 1=1 --"}}),
        ("read", {"article": []}),
        ("compare", {"articles": [], "most": -1}),
    ],
)
def test_hostile_arguments_find_nothing(kept: Access, tool: str, arguments: dict[str, Any]) -> None:
    """They are told what is wrong or that nothing is found; none is taken for SQL or a pattern."""
    answer = asked(kept, tool, **arguments)
    if not isinstance(answer, str):
        lists = (value for value in answer.values() if isinstance(value, list))
        assert not any(lists)


@pytest.mark.model
def test_a_file_in_the_folder_is_read(tmp_path: Path) -> None:
    """By its name in the folder."""
    (tmp_path / "post.txt").write_text(POST, encoding="utf-8")
    answer = asked(Access(folders=(tmp_path,)), "read", article={"file": "post.txt"})
    assert [s["speaker"] for s in answer["statements"]] == ["Ann Quay"]


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that names addresses opens no connection."""
    connected: list[Any] = []
    monkeypatch.setattr("socket.socket.connect", lambda _, address: connected.append(address))
    item = "<item><title>x</title><link>http://127.0.0.1:9/x</link></item>"
    feed = f'<rss version="2.0"><channel><title>x</title>{item}</channel></rss>'
    (tmp_path / "feed.xml").write_text(feed, encoding="utf-8")
    answer = asked(Access(folders=(tmp_path,)), "read", article={"file": "feed.xml"})
    assert (connected, isinstance(answer, str)) == ([], True)


def test_the_archive_is_not_written(kept: Access) -> None:
    """Whatever is asked, the file stays as it was, to the byte."""
    assert isinstance(kept.archive, Path)
    before = kept.archive.read_bytes()
    asked(kept, "quote", wording="We will reopen within a month")
    asked(kept, "search", words="kiosk")
    asked(kept, "speaker", name="Holm")
    assert kept.archive.read_bytes() == before


def test_the_command_speaks_the_protocol(place: str) -> None:
    """`retold mcp` answers a client over standard input and output, of an archive in a file or on a
    server, after an error too."""
    filled(place)
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "retold", "mcp", "--archive", place],
        env={"PYTHONPATH": "src", "PYTHONWARNINGS": "ignore"},
    )

    async def ask() -> Any:
        async with Client(command) as client:
            refused = await client.call_tool("search", {"words": "\0", "most": -1})
            result = await client.call_tool("quote", {"wording": "We will reopen within a month"})
            return refused.is_error, result.structured_content["outcome"]

    assert asyncio.run(ask()) == (True, "exact")


def test_the_page_shows_what_is_answered() -> None:
    """The place on the page is the first of the example's answer, and every tool is named."""
    page = (Path(__file__).parents[1] / "docs" / "reference" / "mcp.md").read_text(encoding="utf-8")
    answer = answers.compared(exported.small(), most=5)
    place = answer["differences"][0]["sides"][0]["given"][0]
    assert f"```json\n{json.dumps(place, ensure_ascii=False, indent=2)}\n```" in page
    for name in (*answer, *answers.told(exported.small(), most=5)):
        assert f"`{name}`" in page


def test_a_missing_library_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, the command says how to have it."""
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    monkeypatch.delitem(sys.modules, "retold.mcp.server")
    monkeypatch.delattr("retold.mcp.server")
    done = CliRunner().invoke(main, ["mcp"])
    assert (done.exit_code, "pip install 'retold[mcp]'" in done.stderr) == (1, True)
