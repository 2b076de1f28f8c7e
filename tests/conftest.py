"""What several files of tests are given: a headless Chromium that opens reports, places for
archives in a file and on a server."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from retold.archive.store import Archive
from retold.showing import html
from retold.types import Report
from tests import servers

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def server() -> Iterator[Callable[[str, str], str]]:
    """A PostgreSQL server: gives the address of a user's database on it."""
    with servers.running() as address:
        yield address


@pytest.fixture(scope="session")
def databases(server: Callable[[str, str], str]) -> servers.Databases:
    """Those of the server."""
    return servers.Databases(server)


@pytest.fixture(scope="session", params=["a file", "a server"])
def kind(request: pytest.FixtureRequest) -> str:
    """What an archive is in: a test that asks for a place runs for each."""
    return str(request.param)


@pytest.fixture
def new_place(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[[], str]]:
    """Gives places for archives where none is yet, files or databases of a server."""
    if kind == "a file":
        numbers = count()
        yield lambda: str(tmp_path / f"archive-{next(numbers)}.sqlite")
        return
    databases = request.getfixturevalue("databases")
    yield databases.take
    databases.clear()


@pytest.fixture
def place(new_place: Callable[[], str]) -> str:
    """One of them."""
    return new_place()


@pytest.fixture
def new_archive(new_place: Callable[[], str]) -> Iterator[Callable[[], Archive]]:
    """Opens a new archive; all are closed after the test."""
    with ExitStack() as held:
        yield lambda: held.enter_context(Archive.open(new_place()))


@pytest.fixture(autouse=True, scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What can be made again is not put into the user's own folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for a file of tests."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        pytest.skip("no Chromium on the PATH")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Opens a report in a window of its own; `problems` and `requests` tell what it did."""
    contexts = []

    def show(report: Report, **settings: Any) -> Any:
        file = tmp_path / "report.html"
        file.write_text(html.render(report), encoding="utf-8")
        contexts.append(browser.new_context(**settings))
        page = contexts[-1].new_page()
        page.problems = []
        page.requests = []
        page.on("console", lambda m: page.problems.append(m.text))
        page.on("pageerror", lambda e: page.problems.append(str(e)))
        page.on("dialog", lambda d: page.problems.append(d.message))
        page.on("request", lambda r: page.requests.append(r.url))
        page.goto(file.as_uri())
        return page

    yield show
    for context in contexts:
        context.close()
