"""The pages on an archive: search, quotations, speakers, stories, versions; and their data."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from retold import pipeline, sources
from retold.archive.database import placed
from retold.archive.store import Archive
from tests import desk, readings, stories

from retold.web.comparing import Result, Task, Tell  # isort: skip
from retold.web.settings import Settings  # isort: skip

COURIER, HERALD = readings.fire()
BRIDGE = "A bridge for Veldmoor\n\n“The bridge will cost 12 million crowns,” said Ann Quay.\n"
HOSTILE = "<script>alert(1)</script>' OR 1=1 --"
PAGES = ("/archive", "/search?words=ferry", "/quote?words=a+b+c+d", "/speaker?name=Holm")


def versions() -> tuple[Any, Any]:
    """The Courier, and the same address with other words a day later."""
    first = dataclasses.replace(
        COURIER, article=dataclasses.replace(COURIER.article, url="https://courier.example/fire")
    )
    text = COURIER.article.text.replace("14 passengers", "15 passengers")
    again = readings.read(text, outlet="Courier", day=6)
    return first, dataclasses.replace(
        again, article=dataclasses.replace(again.article, url="https://courier.example/fire")
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("archive") / "a.sqlite"
    with Archive.open(place) as archive:
        archive.keep_all((*versions(), HERALD))
    return place


@pytest.fixture(scope="module")
def browser(place: Path) -> Iterator[Any]:
    with desk.client(settings=Settings(archive=place)) as opened:
        yield opened


@pytest.mark.parametrize("path", [*PAGES, "/articles/x", "/archive.json", "/search.json?words=x"])
def test_without_an_archive_there_is_none(path: str) -> None:
    """The answer says how to have one."""
    with desk.client() as browser:
        answer = browser.get(path)
        assert (answer.status_code, "--archive PLACE" in answer.text) == (404, True)


def test_the_pages_ask_an_archive_wherever_it_is(new_place: Callable[[], str]) -> None:
    """Each page is there for an archive in a file and for one on a server."""
    place = placed(new_place())
    with Archive.open(place) as archive:
        archive.keep_all((*versions(), HERALD))
    with desk.client(settings=Settings(archive=place)) as browser:
        assert [browser.get(path).status_code for path in PAGES] == [200] * len(PAGES)
        assert browser.get("/search.json?words=ferry").json()["articles"]


@pytest.mark.parametrize("path", PAGES)
def test_the_pages_of_an_archive_are_there(browser: Any, path: str) -> None:
    """And every page leads to them."""
    page = browser.get(path)
    assert (page.status_code, 'href="/quote"' in page.text) == (200, True)


def test_search_marks_the_words(browser: Any) -> None:
    """Statements and articles, with what was looked for marked in them."""
    page = browser.get("/search?words=reopen").text
    assert "We will <mark>reopen</mark> within a week" in page
    assert "<h2>Articles</h2>" in page


@pytest.mark.model
def test_search_by_meaning(tmp_path: Path) -> None:
    """Passages that say it in other words are shown, with the articles that cannot be asked so."""
    with Archive.open(tmp_path / "a.sqlite") as archive:
        archive.keep_all((pipeline.read(sources.article(BRIDGE)), HERALD))
    with desk.client(settings=Settings(archive=tmp_path / "a.sqlite")) as browser:
        asked = "words=the price of a new crossing over the river"
        assert "Alike in meaning" not in browser.get(f"/search?{asked}").text
        page = browser.get(f"/search?{asked}&meaning=1").text
        found = browser.get(f"/search.json?{asked}&meaning=true").json()
    assert "<h2>Alike in meaning</h2>" in page
    assert "1 of the articles were read by another model" in page
    assert ("bridge" in found["alike"][0]["text"], found["left_out"]) == (True, 1)


def test_search_by_speaker_and_day(browser: Any) -> None:
    """Filters narrow; without words the speaker alone is enough."""
    found = browser.get("/search.json?speaker=Holm&from=2031-05-07").json()
    assert {s["article"]["outlet"] for s in found["statements"]} == {"Herald"}


def test_nothing_found_is_told(browser: Any) -> None:
    """An empty page says what to try."""
    assert "Nothing found." in browser.get("/search?words=zeppelin").text


def test_a_quotation_is_checked(browser: Any) -> None:
    """An account with other words shows which."""
    page = browser.get("/quote?words=We+will+reopen+within+a+short+week").text
    assert '<del><bdi class="t">short</bdi></del>' in page


def test_a_quotation_that_nobody_gives_is_told(browser: Any) -> None:
    """Not found is said, and never dressed up."""
    page = browser.get("/quote?words=the+moon+is+made+of+old+cheese").text
    assert "No article in the archive gives these words." in page


def test_a_speaker_is_shown_in_time(browser: Any) -> None:
    """What they are reported to have said, each with its article and chain."""
    page = browser.get("/speaker?name=holm").text
    assert page.index("within a week") < page.index("within a month")


def test_nobody_of_that_name_is_told(browser: Any) -> None:
    """The page says what to try, the data is a 404."""
    assert "Nobody called Zorro" in browser.get("/speaker?name=Zorro").text
    assert browser.get("/speaker.json?name=Zorro").status_code == 404


def test_the_stories_of_the_archive_are_listed(browser: Any) -> None:
    """Each can be compared."""
    page = browser.get("/archive").text
    assert ('action="/archive/' in page, "3 articles" in page) == (True, True)


def test_a_story_of_the_archive_is_compared(place: Path) -> None:
    """From the list, the articles that it names; from an article, whatever tells of its event."""
    tasks: list[Task] = []

    def run(task: Task, tell: Tell) -> Result:
        tasks.append(task)
        return Result(report=stories.bridge())

    article = f"/articles/{HERALD.article.id}"
    with desk.client(settings=Settings(archive=place), run=run) as browser:
        listed = desk.fields(browser.get("/archive").text)
        browser.post(f"/archive/{HERALD.article.id}", data=listed)
        browser.post(f"/archive/{HERALD.article.id}", data=desk.fields(browser.get(article).text))
        strange = browser.post(f"/archive/{HERALD.article.id}", data=listed | {"articles": "x"})
        desk.until(lambda: len(tasks) == 2)
    assert strange.status_code == 404
    assert [set(task.held) for task in tasks] == [
        {versions()[1].article.id, HERALD.article.id},  # of two versions, the last
        {HERALD.article.id},
    ]


def test_an_article_shows_what_was_changed_in_it(browser: Any) -> None:
    """Versions beside each other, the changed words marked."""
    first, _ = versions()
    page = browser.get(f"/articles/{first.article.id}").text
    assert (">14</mark>" in page, ">15</mark>" in page) == (True, True)


@pytest.mark.parametrize(
    "path",
    [
        "/search?words={}",
        "/search?words=a&speaker={}",
        "/search?words=a&outlet={}",
        "/search?words=a&about={}",
        "/quote?words={}+b+c+d+e",
        "/quote?words=a+b+c+d&speaker={}",
        "/speaker?name={}",
        "/articles/{}",
    ],
)
@pytest.mark.parametrize("words", [HOSTILE, '"', "*", "NEAR(a b)", "a AND", "\x00", "é" * 100])
def test_nothing_that_is_asked_is_obeyed(browser: Any, path: str, words: str) -> None:
    """Whatever is asked for is words to look for: no SQL, no query language, no markup."""
    from urllib.parse import quote

    answer = browser.get(path.format(quote(words)))
    assert (answer.status_code in (200, 400, 404, 422), "<script>alert" in answer.text) == (
        True,
        False,
    )


@pytest.mark.parametrize("path", ["/search?words=a&from=soon", "/archive?to=2031-02-30"])
def test_a_day_that_is_none_is_told(browser: Any, path: str) -> None:
    """The answer shows how a day is written."""
    answer = browser.get(path)
    assert (answer.status_code, "2031-05-05" in answer.text) == (400, True)
