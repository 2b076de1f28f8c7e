"""The addresses with `.json`: what they take and give, and that nothing brings them down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests import desk, readings, stories

from retold.archive.store import Archive  # isort: skip
from retold.correcting import file  # isort: skip
from retold.showing.export import json  # isort: skip
from retold.web.comparing import Result, Task, Tell  # isort: skip
from retold.web.received import Address, Pasted  # isort: skip
from retold.web.settings import Limits, Settings  # isort: skip

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
openapi = pytest.importorskip("schemathesis.specs.openapi.checks")

REPORT = stories.bridge()
WIRE, POST, LEDGER = REPORT.articles
STORY = desk.address(REPORT)
NOTE = {
    "about": {
        "article_id": WIRE.id,
        "span": {"start": 0, "end": 8},
        "words": WIRE.text[:8],
    },
    "note": "Ask.",
}


@pytest.fixture
def browser() -> Iterator[Any]:
    with desk.client() as opened:
        yield opened


def test_articles_are_compared() -> None:
    """A job is given for articles and addresses; when it is done it names the story."""
    tasks: list[Task] = []

    def run(task: Task, tell: Tell) -> Result:
        tasks.append(task)
        return Result(report=REPORT)

    sent = {
        "articles": [{"text": "One.", "outlet": "Post", "published": "2031-05-05"}],
        "addresses": ["https://example.org/a"],
    }
    with desk.client(run=run, held=False) as browser:
        job = browser.post("/stories.json", json=sent)
        at = f"/jobs/{job.json()['id']}.json"
        desk.until(lambda: browser.get(at).json()["state"] == "done")
        assert (job.status_code, browser.get(at).json()["story"]) == (202, STORY.split("/")[-1])
    pasted, address = tasks[0].received
    assert isinstance(pasted, Pasted)
    assert (pasted.text, pasted.known.outlet) == ("One.", "Post")
    assert address == Address(url="https://example.org/a")


def test_the_report_of_a_story_is_the_public_file(browser: Any) -> None:
    """What is served is what is written to a file."""
    assert browser.get(f"{STORY}.json").text == json.encode(REPORT)


def test_the_stories_are_listed(browser: Any) -> None:
    """Each with where its report is."""
    (story,) = browser.get("/stories.json").json()
    assert (story["address"], story["outlets"]) == (
        f"{STORY}.json",
        ["Northern Wire", "Harbour Post", "Evening Ledger"],
    )


def test_a_correction_is_kept_and_exported(browser: Any) -> None:
    """What was sent stands in the export, with its time and id."""
    sent = {"who": "Ada", "kind": "note", "deed": NOTE}
    made = browser.post(f"{STORY}/corrections.json", json=sent)
    (held,) = file.decode(browser.get(f"{STORY}/corrections.json").content)
    assert (made.status_code, made.json()["id"], held.who) == (201, held.id, "Ada")
    assert (
        browser.get("/corrections.json").content == browser.get(f"{STORY}/corrections.json").content
    )


@pytest.mark.parametrize(
    ("kind", "deed", "status"),
    [
        ("note", {}, 400),
        ("note", NOTE | {"note": ""}, 400),
        ("note", NOTE | {"about": NOTE["about"] | {"words": "Veldmoot"}}, 422),
        ("note", NOTE | {"about": NOTE["about"] | {"article_id": "none"}}, 422),
        ("note", NOTE | {"about": NOTE["about"] | {"span": {"start": 8, "end": 0}}}, 400),
        ("undo", {"correction_id": "none"}, 404),
        ("speaker", {"statement": [NOTE["about"]], "was": None, "now": "x"}, 422),
        ("dance", {}, 422),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    browser: Any, kind: str, deed: dict[str, Any], status: int
) -> None:
    """Whatever is wrong with it, the answer says so and nothing is kept."""
    sent = {"who": "Ada", "kind": kind, "deed": deed}
    answer = browser.post(f"{STORY}/corrections.json", json=sent)
    assert (answer.status_code, browser.get("/corrections.json").json()["corrections"]) == (
        status,
        [],
    )


def test_the_description_is_of_data_alone(browser: Any) -> None:
    """What is not for programs is not among the addresses, and what is says so by its name."""
    paths = browser.get("/openapi.json").json()["paths"]
    assert {path for path in paths if not path.endswith(".json")} == set()
    assert {"/stories/{id}.json", "/search.json", "/corrections.json"} < set(paths)


# --- whatever is sent ----------------------------------------------------------------------------


HOST = {"host": "127.0.0.1"}
CHECKS = [
    schemathesis.checks.not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_schema_conformance,
]


FOLDER = TemporaryDirectory()  # cases are made of the description when the tests are collected


def _described() -> Any:
    """A server with an archive and a story at hand."""
    place = Path(FOLDER.name) / "a.sqlite"
    with Archive.open(place) as archive:
        archive.keep_all(readings.fire())
    limits = Limits(writes_a_minute=1_000_000, jobs_waiting=1_000_000)
    app = desk.create_app(Settings(archive=place, limits=limits), run=desk.gives(REPORT))
    app.state.desk.shelf.put(REPORT)
    return app


schema = schemathesis.openapi.from_asgi("/openapi.json", _described(), headers=HOST)


@schema.parametrize()
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_is_answered(case: Any) -> None:
    """What the description allows and what it forbids: never a 5xx, always as described."""
    if case.path.startswith("/stories/") and case.meta.generation.mode.is_positive:
        case.path_parameters["id"] = STORY.rsplit("/", 1)[-1]
    case.call_and_validate(headers=HOST, checks=CHECKS)
