"""The pages of the server: from articles to a story and its corrections, without JavaScript."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from retold.archive import corrections as log
from retold.archive.store import Archive
from retold.correcting import drafts
from retold.correcting.overlay import Standing
from retold.errors import SourceError
from retold.showing import html
from retold.types import Failure
from retold.web.comparing import Result, Task, Tell
from retold.web.received import Address, Pasted, Uploaded
from retold.web.settings import Limits, Settings
from tests import desk, stories

REPORT = stories.bridge()
WIRE, POST, LEDGER = REPORT.articles
STORY = desk.address(REPORT)
COST = REPORT.attributions[0]


@pytest.fixture
def browser() -> Iterator[Any]:
    with desk.client() as opened:
        yield opened


def correct(browser: Any, what: str, **data: Any) -> Any:
    """Send the first form of the page of a thing, with `data` for the one that is meant."""
    return desk.send(browser, f"{STORY}/correct/{what}", data)


# --- from articles to a story --------------------------------------------------------------------


def test_articles_lead_to_a_story() -> None:
    """What was sent is compared, and the page follows to the story."""
    with desk.client(held=False) as browser:
        token = desk.fields(browser.get("/").text)
        sent = browser.post("/stories", data={**token, "text-0": "One.", "text-1": "Two."})
        desk.until(lambda: browser.get(sent.url).url.path == STORY)


def test_what_is_sent_is_what_is_compared() -> None:
    """Pasted text with what is known of it, files by their bare names, addresses a line each."""
    tasks: list[Task] = []

    def run(task: Task, tell: Tell) -> Result:
        tasks.append(task)
        return Result(report=REPORT)

    with desk.client(run=run, held=False) as browser:
        token = desk.fields(browser.get("/").text)
        browser.post(
            "/stories",
            data={
                **token,
                "text-1": "One.",
                "outlet-1": " The  Post ",
                "published-1": "2031-05-05",
                "addresses": " https://example.org/a \r\n\r\nhttps://example.org/b",
                "together": "1",
            },
            files=[("files", ("../../etc/pass\nwd.txt", b"Two.", "text/plain"))],
        )
        desk.until(lambda: bool(tasks))
    pasted, uploaded, *addresses = tasks[0].received
    assert isinstance(pasted, Pasted)
    assert (pasted.text, pasted.known.outlet, str(pasted.known.published)) == (
        "One.",
        "The Post",
        "2031-05-05",
    )
    assert isinstance(uploaded, Uploaded)
    assert ("/" in uploaded.name, "\n" in uploaded.name, uploaded.data) == (False, False, b"Two.")
    assert addresses == [
        Address(url="https://example.org/a"),
        Address(url="https://example.org/b"),
    ]
    assert tasks[0].together


def test_nothing_sent_is_told(browser: Any) -> None:
    """An empty form says what it wants."""
    token = desk.fields(browser.get("/").text)
    answer = browser.post("/stories", data=token)
    assert (answer.status_code, "nothing to compare" in answer.text) == (400, True)


def test_too_many_addresses_are_told() -> None:
    """The bound is named."""
    with desk.client(settings=Settings(limits=Limits(addresses=2))) as browser:
        token = desk.fields(browser.get("/").text)
        answer = browser.post("/stories", data={**token, "addresses": "a\nb\nc"})
        assert (answer.status_code, "at most 2 addresses" in answer.text) == (400, True)


def test_what_fails_is_told_with_what_to_do() -> None:
    """The page of a comparison that failed shows message and hint."""

    def run(task: Task, tell: Tell) -> Result:
        raise SourceError("One article, and nothing to compare it with.", hint="Give another.")

    with desk.client(run=run, held=False) as browser:
        token = desk.fields(browser.get("/").text)
        job = browser.post("/stories", data={**token, "text-0": "One."}).url
        desk.until(lambda: "Give another." in browser.get(job).text)


def test_what_could_not_be_read_is_named_beside_the_story() -> None:
    """A failure does not hide behind the story that came of the rest."""

    def run(task: Task, tell: Tell) -> Result:
        failure = Failure(source="x", message="<b>x</b>: it is empty.", hint="Save it again.")
        return Result(report=REPORT, failures=(failure,), notes=("2 stories found.",))

    with desk.client(run=run, held=False) as browser:
        token = desk.fields(browser.get("/").text)
        job = browser.post("/stories", data={**token, "text-0": "One."}).url
        desk.until(lambda: "Open the story" in browser.get(job).text)
        page = browser.get(job).text
        assert "&lt;b&gt;x&lt;/b&gt;: it is empty." in page
        assert "2 stories found." in page


def test_a_story_is_the_page_of_its_report(browser: Any) -> None:
    """It is the very page that is written to a file, with links to correct it."""
    shown = browser.get(STORY).text
    assert re.sub(r' <a class="correct".*?</a>', "", shown) == re.sub(
        r'<a href="#main">', '<a href="/">', html.render(REPORT), count=1
    )


@pytest.mark.parametrize("report", [stories.bridge(), stories.hostile(), stories.bare()])
def test_every_page_to_which_a_story_leads_is_there(report: Any) -> None:
    """Whatever the articles hold, each of its links of the server answers."""
    with desk.client(report) as browser:
        page = browser.get(desk.address(report)).text
        links = {unescape(link) for link in re.findall(r'href="(/[^"#]*)', page)}
        broken = {link for link in links if browser.get(link).status_code != 200}
        assert (broken, len(links) > 1) == (set(), True)


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/jobs/none",
        "/stories/none",
        "/stories/none.json",
        f"{STORY}/correct/statements/none",
        f"{STORY}/correct/differences/none",
        "/stories/..%2f..%2fetc%2fpasswd",
        "/static/..%2f..%2f..%2fpyproject.toml",
        "/static/%2e%2e/app.py",
        "/static//etc/passwd",
    ],
)
def test_what_is_not_there_is_not_there(browser: Any, path: str) -> None:
    """An unknown address is a 404, and none leads to a file."""
    assert browser.get(path).status_code == 404


# --- corrections ---------------------------------------------------------------------------------


def test_a_speaker_is_corrected_and_marked_as_the_readers(browser: Any) -> None:
    """The story says who, when, what stood there and what stands there now."""
    answer = correct(
        browser, f"statements/{COST.id}", do="speaker", speaker="Ida Voss", who="Ada <b>"
    )
    page = browser.get(answer.headers["location"]).text
    assert answer.status_code == 303
    assert "<del><bdi>Jon Aske</bdi></del>" in page
    assert "<ins><bdi>Ida Voss</bdi></ins>" in page
    assert "Ada &lt;b&gt;" in page
    assert page.count("by the reader") == 1


@pytest.mark.parametrize(
    ("what", "data", "shown"),
    [
        (f"articles/{WIRE.id}", {"do": "date", "date": "2031-05-04"}, "2031-05-04"),
        (
            f"statements/{COST.id}",
            {"do": "words", "source": "Jon Aske", "cue": "said", "content": "The bridge will cost"},
            "<ins><bdi>The bridge will cost</bdi></ins>",
        ),
        (f"statements/{COST.id}", {"do": "note", "note": "Ask.\r\nAgain."}, "Ask.\nAgain."),
        (f"claims/{REPORT.claims[0].id}", {"do": "join", "other": "c3"}, "the same claim"),
        (
            f"claims/{REPORT.claims[0].id}",
            {"do": "split", "apart": [REPORT.claims[0].passages[0].id]},
            "not the same claim",
        ),
    ],
)
def test_what_can_be_corrected(browser: Any, what: str, data: dict[str, Any], shown: str) -> None:
    """Each kind of form leaves its mark on the page of the story."""
    answer = correct(browser, what, **data)
    assert shown in browser.get(answer.headers["location"]).text


@pytest.mark.parametrize(("do", "left"), [("dismiss", 2), ("confirm", 3)])
def test_a_difference_is_dismissed_or_confirmed(browser: Any, do: str, left: int) -> None:
    """A dismissed one is no longer among the differences; a confirmed one stays."""
    page = browser.get(STORY).text
    path = re.search(rf"{STORY}/correct/(differences/\w+)", page)
    assert path
    correct(browser, path[1], do=do)
    report = browser.get(f"{STORY}.json").json()
    assert sum(len(claim["differences"]) for claim in report["claims"]) == left
    shown = browser.get(STORY).text.split('<section id="articles"')[0]
    assert shown.count("by the reader") == (do == "confirm")


def test_a_date_on_the_timeline_is_corrected(browser: Any) -> None:
    """The event stands at its new date."""
    path = re.search(rf"{STORY}/correct/(events/\w+)", browser.get(STORY).text)
    assert path
    correct(browser, path[1], do="date", date="2028~")
    assert "2028~" in [e["date"] for e in browser.get(f"{STORY}.json").json()["timeline"]]


@pytest.mark.parametrize(
    ("what", "data", "told"),
    [
        (f"statements/{COST.id}", {"do": "words", "source": "nobody there"}, "does not stand"),
        (f"statements/{COST.id}", {"do": "note", "note": "  "}, "a note has between"),
        (f"statements/{COST.id}", {"do": "speaker", "speaker": "x" * 300}, "a name has between"),
        (f"statements/{COST.id}", {"do": "dance"}, "cannot be corrected so"),
        (f"articles/{WIRE.id}", {"do": "date", "date": "soon"}, "is no day"),
        ("claims/c1", {"do": "split"}, "parts nothing"),
        ("claims/c1", {"do": "join", "other": "none"}, "joined with itself"),
        ("claims/c1", {"do": "note", "note": "x", "who": "a\x00b"}, "a name has between"),
    ],
)
def test_what_cannot_be_is_told_on_the_form(
    browser: Any, what: str, data: dict[str, Any], told: str
) -> None:
    """A broken correction is refused with its reason, and nothing is kept."""
    answer = correct(browser, what, **data)
    assert (answer.status_code, told in answer.text) == (400, True)
    assert browser.get("/corrections.json").json()["corrections"] == []


def test_words_left_as_they_were_are_no_correction(browser: Any) -> None:
    """Sending the form as it came changes nothing."""
    page = browser.get(f"{STORY}/correct/statements/{COST.id}").text
    held = dict(re.findall(r'<textarea name="(\w+)"[^>]*>([^<]*)</textarea>', page))
    parts = {part: unescape(held[part]) for part in ("source", "cue", "content")}
    answer = correct(browser, f"statements/{COST.id}", do="words", **parts)
    assert (answer.status_code, "nothing was changed" in answer.text) == (400, True)


def test_two_readers_at_once_do_not_overwrite_each_other() -> None:
    """Who sends a form about what was corrected meanwhile is shown it as it is now."""
    with desk.client() as ada:
        what = f"{STORY}/correct/statements/{COST.id}"
        ben = desk.TestClient(ada.app, base_url=desk.ADDRESS)
        old = desk.fields(ben.get(what).text)
        desk.send(ada, what, {"do": "speaker", "speaker": "Ida Voss"})
        answer = ben.post(what, data={**old, "do": "speaker", "speaker": "Jo Lund"})
        assert (answer.status_code, 'value="Ida Voss"' in answer.text) == (409, True)
        assert "Jo Lund" not in ben.get(STORY).text


def test_two_readers_correct_different_things() -> None:
    """A correction of one thing is no reason to refuse one of another."""
    with desk.client() as ada:
        ben = desk.TestClient(ada.app, base_url=desk.ADDRESS)
        note = f"{STORY}/correct/claims/c1"
        old = desk.fields(ben.get(note).text)
        desk.send(
            ada, f"{STORY}/correct/statements/{COST.id}", {"do": "speaker", "speaker": "Ida Voss"}
        )
        answer = ben.post(note, data={**old, "do": "note", "note": "Ask."}, follow_redirects=False)
        assert answer.status_code == 303


def test_undo_and_lay_again(browser: Any) -> None:
    """Each press of the button is a record; the story follows."""
    correct(browser, f"statements/{COST.id}", do="speaker", speaker="Ida Voss")
    seen = []
    for _ in range(3):
        seen.append("Ida Voss" in str(browser.get(f"{STORY}.json").json()["speakers"]))
        page = browser.get(f"{STORY}/corrections").text
        action = re.search(r'action="([^"]+/undo)"', page)
        assert action
        browser.post(action[1], data=desk.fields(page))
    assert seen == [True, False, True]
    kinds = [c["kind"] for c in browser.get("/corrections.json").json()["corrections"]]
    assert kinds == ["speaker", "undo", "undo", "undo"]


def test_an_undo_pressed_twice_undoes_once(browser: Any) -> None:
    """Of two readers who undo the same the second is told, and nothing is laid again."""
    correct(browser, f"statements/{COST.id}", do="speaker", speaker="Ida Voss")
    page = browser.get(f"{STORY}/corrections").text
    action = re.search(r'action="([^"]+/undo)"', page)
    assert action
    codes = [
        browser.post(action[1], data=desk.fields(page), follow_redirects=False).status_code
        for _ in range(2)
    ]
    assert (codes, "Ida Voss" in str(browser.get(f"{STORY}.json").json())) == ([303, 409], False)


def test_all_words_of_a_statement_change_at_once(browser: Any) -> None:
    """Source, cue and content in one form are three corrections, and all of them hold."""
    correct(
        browser,
        f"statements/{COST.id}",
        do="words",
        source="Jon Aske",
        cue="on Monday",
        content="will cost 14 million",
    )
    held = browser.app.state.desk.shelf.get(STORY.rsplit("/", 1)[-1])
    assert [each.standing for each in held.corrected.laid] == [Standing.HOLDS] * 3


def test_undoing_what_is_not_there_is_a_404(browser: Any) -> None:
    """No record is made of nothing."""
    token = desk.fields(browser.get("/").text)
    assert browser.post(f"{STORY}/corrections/none/undo", data=token).status_code == 404


def test_the_report_without_corrections_is_the_machines(browser: Any) -> None:
    """The overlay never alters what was found."""
    before = browser.get(f"{STORY}.json").json()
    correct(browser, f"statements/{COST.id}", do="speaker", speaker="Ida Voss")
    after = browser.get(f"{STORY}.json").json()
    assert (browser.get(f"{STORY}.json?by=machine").json(), after == before) == (before, False)


def test_the_name_of_the_reader_is_remembered(browser: Any) -> None:
    """The next form has it; nothing in it can end a header."""
    name = "Ada Bell; Path=/\u2028é"
    correct(browser, "claims/c1", do="note", note="Ask.", who=name.replace("\u2028", ""))
    page = browser.get(f"{STORY}/correct/claims/c1").text
    assert 'name="who" value="Ada Bell; Path=/é"' in page


def test_a_correction_comes_back_when_the_story_is_compared_again(browser: Any) -> None:
    """The machine's part is run again, and the reader's is laid over it."""
    correct(browser, f"statements/{COST.id}", do="speaker", speaker="Ida Voss")
    browser.app.state.desk.shelf.put(stories.bridge())
    assert "Ida Voss" in browser.get(STORY).text


def test_corrections_of_an_archive_outlive_the_server(tmp_path: Path) -> None:
    """They are in its file, and another server lays them over the same story."""
    settings = Settings(archive=tmp_path / "a.sqlite")
    Archive.open(tmp_path / "a.sqlite").close()
    with desk.client(settings=settings) as browser:
        correct(browser, f"statements/{COST.id}", do="speaker", speaker="Ida Voss")
    with desk.client(settings=settings) as browser:
        assert "Ida Voss" in browser.get(STORY).text
    with Archive.open(tmp_path / "a.sqlite") as archive:
        assert len(log.held(archive)) == 1


def test_corrections_that_others_put_into_the_archive_are_followed(tmp_path: Path) -> None:
    """Imported while the server runs, they are on the page the next time it is asked for."""
    place = tmp_path / "a.sqlite"
    with desk.client(settings=Settings(archive=place)) as browser:
        deed = drafts.speaker(REPORT, COST, "Ida Voss")
        made = drafts.record(deed, who="Ada", at=dt.datetime(2031, 6, 1, tzinfo=dt.UTC))
        with Archive.open(place) as archive:
            log.add(archive, (made,))
        assert "Ida Voss" in browser.get(STORY).text


def test_many_readers_correct_one_thing_at_once() -> None:
    """Of those who saw the same state one is taken, and the others are told."""
    with desk.client() as browser:
        what = f"{STORY}/correct/statements/{COST.id}"
        form = desk.fields(browser.get(what).text)
        with ThreadPoolExecutor(8) as readers:
            codes = readers.map(
                lambda n: (
                    browser.post(
                        what,
                        data={**form, "do": "speaker", "speaker": f"Reader {n}"},
                        follow_redirects=False,
                    ).status_code
                ),
                range(8),
            )
            assert sorted(codes) == [303] + [409] * 7
