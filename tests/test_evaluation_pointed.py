"""The gold that gives places: what the report has of it is found, and what it has not is missed."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

import retold
from evaluation import pointed
from evaluation.figures import Share
from retold import sources
from retold.types import Report
from training import allsides

FIRST = (
    "Nine people were hurt in the fire at the mill in Westmere, Edda Holt said on Monday. "
    "The mill was built by her family."
)
SECOND = (
    "Edda Holt said on Monday that twelve people were hurt in the fire at the mill in Westmere. "
    "A bakery stood beside it."
)


@pytest.fixture(scope="module")
def report() -> Report:
    made = (sources.article(text) for text in (FIRST, SECOND))
    return retold.compare([retold.read(article) for article in made])


def _place(report: Report, article: int, words: str) -> list[int]:
    start = report.articles[article].text.index(words)
    return [article, start, start + len(words)]


def _scored(report: Report, points: list[Any]) -> dict[str, Any]:
    order = [article.id for article in report.articles]
    return dict(pointed.score(report, pointed.placed(report, order, points)).figures)


def test_what_the_report_has_is_found(report: Report) -> None:
    hurt = "people were hurt in the fire at the mill in Westmere"
    nine, twelve = (0, 1) if "Nine" in report.articles[0].text else (1, 0)
    sides = [_place(report, nine, "Nine"), _place(report, twelve, "twelve")]
    found = _scored(
        report,
        [
            {
                "passages": [
                    _place(report, nine, f"Nine {hurt}"),
                    _place(report, twelve, f"twelve {hurt}"),
                ],
                "differences": [{"facet": "number", "kind": "conflict", "sides": sides}],
            }
        ],
    )
    assert found["pairs"].recall == 1.0
    assert found["conflicts found"] == found["noted, in the report"] == Share(1, 1)


def test_what_the_report_has_not_is_missed(report: Report) -> None:
    built, bakery = "built by her family", "A bakery stood beside it."
    mill = 0 if built in report.articles[0].text else 1
    sides = [_place(report, mill, built), _place(report, 1 - mill, bakery)]
    found = _scored(
        report,
        [
            {
                "passages": sides,
                "differences": [{"facet": "detail", "kind": "variation", "sides": sides}],
            }
        ],
    )
    assert found["pairs"].recall == 0.0
    assert found["noted, in the report"] == found["noted, sure"] == Share(0, 1)


def test_places_lie_within_the_articles() -> None:
    lines = pointed.POINTED.read_text("utf8").splitlines()
    stories = {one["story"]: one["points"] for one in map(json.loads, lines)}
    least = min(stories, key=lambda name: hashlib.sha256(name.encode()).digest())
    held = dict(allsides.stories({least}))
    if not held:
        pytest.skip("no research data beside the repository")
    for point in stories[least]:
        for article, start, end in point["passages"]:
            assert 0 <= start < end <= len(held[least][article].text)
