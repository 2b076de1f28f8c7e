"""A server for tests: stories are at hand without a model, forms are filled as browsers do."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the extra retold[web] is not installed")

from starlette.testclient import TestClient

from retold.types import Report
from retold.web.app import create_app
from retold.web.comparing import Result, Step, Task, Tell
from retold.web.desk import Run
from retold.web.settings import Settings
from retold.web.shelf import story_id
from tests import stories

ADDRESS = "http://127.0.0.1:8765"


def gives(report: Report) -> Run:
    """A comparer to which every task is this report."""

    def run(task: Task, tell: Tell) -> Result:
        tell(Step(doing="reading", done=1, of=2))
        return Result(report=report)

    return run


def client(
    report: Report | None = None,
    *,
    run: Run | None = None,
    settings: Settings | None = None,
    held: bool = True,
    **options: Any,
) -> TestClient:
    """A client of a server that has the story at hand; to be used in a `with`."""
    shown = report or stories.bridge()
    app = create_app(settings or Settings(), run=run or gives(shown))
    if held:
        app.state.desk.shelf.put(shown)
    return TestClient(app, base_url=ADDRESS, **options)


def address(report: Report) -> str:
    return f"/stories/{story_id(a.id for a in report.articles)}"


def fields(page: str) -> dict[str, str]:
    """The hidden fields of the first form of a page that has any."""
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))


def send(browser: TestClient, path: str, data: Mapping[str, Any], **options: Any) -> Any:
    """Fill the form at `path` and send it to where it stands."""
    token = fields(browser.get(path).text)
    return browser.post(path, data={**token, **data}, follow_redirects=False, **options)


def until(is_so: Callable[[], bool], *, seconds: float = 20.0) -> None:
    """Wait for what another thread does."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.01)
