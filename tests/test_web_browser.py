"""The server in a browser: by keyboard, without JavaScript, on hostile text, in two windows."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests import desk, readings, stories

from retold.archive.store import Archive  # isort: skip
from retold.types import Report  # isort: skip
from retold.web.app import create_app  # isort: skip
from retold.web.comparing import Result, Step, Task, Tell  # isort: skip
from retold.web.settings import Limits, Settings  # isort: skip

uvicorn = pytest.importorskip("uvicorn", reason="the extra retold[web] is not installed")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the PATH"),
]
AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
REPORT = stories.bridge()
STORY = desk.address(REPORT)
Open = Callable[..., Any]


go_on = threading.Event()
go_on.set()


def reading(task: Task, tell: Tell) -> Result:
    """Stops in the middle while a test looks at its progress."""
    tell(Step(doing="reading", done=1, of=3))
    go_on.wait()
    return Result(report=REPORT)


@pytest.fixture
def halfway() -> Iterator[threading.Event]:
    """A task started now goes on when this is set."""
    go_on.clear()
    yield go_on
    go_on.set()


@contextmanager
def serving(settings: Settings, *held: Report) -> Iterator[str]:
    """A server on a port that is free; its address."""
    app = create_app(settings, run=reading)
    for report in held:
        app.state.desk.shelf.put(report)
    taken = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]})
    thread.start()
    yield f"http://127.0.0.1:{taken.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    taken.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with an archive, and with two stories at hand."""
    place = tmp_path_factory.mktemp("archive") / "a.sqlite"
    with Archive.open(place) as archive:
        archive.keep_all(readings.fire())
    patient = Settings(archive=place, limits=Limits(writes_a_minute=10_000))
    with serving(patient, REPORT, stories.hostile()) as told:
        yield told


@pytest.fixture
def opened(chromium: Any, address: str) -> Iterator[Open]:
    contexts = []

    def show(path: str, **settings: Any) -> Any:
        contexts.append(chromium.new_context(**settings))
        page = contexts[-1].new_page()
        page.problems = []
        page.foreign = []
        page.on("console", lambda m: page.problems.append(m.text))
        page.on("pageerror", lambda e: page.problems.append(str(e)))
        page.on("dialog", lambda d: page.problems.append(d.message))
        page.on(
            "request",
            lambda r: r.url.startswith((address, "data:")) or page.foreign.append(r.url),
        )
        page.goto(address + path)
        return page

    yield show
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_articles_lead_to_their_story(opened: Open, scripts: bool) -> None:
    """Pasted and sent, the page follows to the story by itself, with a script and without."""
    page = opened("/", java_script_enabled=scripts)
    page.fill('[name="text-0"]', "One.")
    page.fill('[name="text-1"]', "Two.")
    page.click("main form button >> nth=0")
    page.wait_for_url("**/stories/*")
    assert (page.url.endswith(STORY), page.problems, page.foreign) == (True, [], [])


def test_the_keyboard_is_enough(opened: Open) -> None:
    """From the first field to the story without a mouse."""
    page = opened("/")
    page.focus('[name="text-0"]')
    page.keyboard.type("One.")
    page.focus('[name="text-1"]')
    page.keyboard.type("Two.")
    page.focus("form button >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stories/*")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == "d-1"


def test_progress_is_shown(opened: Open, halfway: threading.Event) -> None:
    """How many of how many, while it works."""
    page = opened("/")
    page.fill('[name="text-0"]', "Another.")
    page.click("form button >> nth=0")
    page.locator("#doing", has_text="1 of 3").wait_for()
    halfway.set()
    page.wait_for_url("**/stories/*")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_correction_and_its_undo(opened: Open, scripts: bool) -> None:
    """From the story to the form, back to the story, and taken back again."""
    page = opened(STORY, java_script_enabled=scripts)
    page.click("a.correct[href*='/claims/c2']")
    page.fill("[name=note]", "Ask the mayor.")
    page.fill("form:has([name=note]) [name=who]", "Ada Bell")
    page.click("text=Add the note")
    shown = page.inner_text("#corrections")
    page.click("text=Undo or export them")
    page.locator("li", has_text="Ask the mayor.").last.locator("text=Undo").click()
    undone = page.locator("li", has_text="Ask the mayor.").last.inner_text()
    assert ("Ada Bell" in shown, "undone" in undone) == (True, True)


def test_two_windows_at_once(opened: Open) -> None:
    """Who comes second is shown what the first one did, and nothing is overwritten."""
    ada = opened(f"{STORY}/correct/statements/{REPORT.attributions[1].id}")
    ben = opened(f"{STORY}/correct/statements/{REPORT.attributions[1].id}")
    for page, name in ((ada, "Ida Voss"), (ben, "Jo Lund")):
        page.fill("[name=speaker]", name)
        page.click("text=Save the speaker")
    assert "Somebody has corrected this meanwhile" in ben.inner_text("[role=alert]")
    assert ben.input_value("[name=speaker]") == "Ida Voss"


def test_a_hostile_story_is_text(opened: Open, address: str) -> None:
    """On every page to which it leads nothing runs and nothing is fetched."""
    page = opened(desk.address(stories.hostile()))
    links = page.eval_on_selector_all("a.correct", "all => all.map(a => a.pathname)")
    for path in sorted(set(links))[:12]:
        page.goto(address + path)
    assert (page.problems, page.foreign, len(links) > 3) == ([], [], True)


PAGES = [
    "/",
    "/stories",
    "/archive",
    "/search?words=ferry",
    "/quote?words=we+will+reopen+within+a+week",
    "/speaker?name=Holm",
    "/nowhere",
    STORY,
    f"{STORY}/correct/claims/c1",
    f"{STORY}/correct/statements/{REPORT.attributions[0].id}",
    f"{STORY}/correct/articles/{REPORT.articles[0].id}",
    f"{STORY}/corrections",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_scrolls_sideways_on_a_phone(opened: Open, address: str, scheme: str) -> None:
    """360 px are enough for each of them."""
    page = opened("/", viewport={"width": 360, "height": 800}, color_scheme=scheme)
    widths = {}
    for path in PAGES:
        page.goto(address + path)
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
    assert {path: w for path, w in widths.items() if w > 360} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(opened: Open, address: str, scheme: str) -> None:
    """Names of fields, contrast, headings, landmarks: on every page, by day and by night."""
    page = opened("/", bypass_csp=True, color_scheme=scheme)
    found = {}
    for path in PAGES:
        page.goto(address + path)
        page.add_script_tag(path=AXE)
        found[path] = page.evaluate(
            """() => axe.run(document, { resultTypes: ['violations'] }).then(r => r.violations
                .filter(v => ['serious', 'critical'].includes(v.impact))
                .map(v => v.id + ': ' + v.nodes.map(n => n.target).join(' ')))"""
        )
    assert {path: held for path, held in found.items() if held} == {}


def test_the_door_opens_to_the_password(chromium: Any, tmp_path: Path) -> None:
    """Without it a browser sees the door alone; with it, what it asked for."""
    with serving(Settings(secrets=("correct horse",)), REPORT) as told:
        context = chromium.new_context()
        page = context.new_page()
        page.goto(told + STORY)
        shut = page.url
        page.fill("[name=secret]", "correct horse")
        page.keyboard.press("Enter")
        page.wait_for_url(told + "/")
        page.goto(told + STORY)
        inside = page.url
        context.close()
    assert (shut, inside) == (f"{told}/login", told + STORY)
