"""The case of the project: two articles, years apart, on whether Russia asked to join NATO."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import retold
from retold.showing import view
from retold.showing.view import View
from retold.types import Difference

STORY = (
    Path(os.environ.get("RETOLD_SHARED", Path(__file__).parents[2] / "shared"))
    / "data"
    / "stories"
    / "nato-2000"
)

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not STORY.is_dir(), reason="needs the research data beside the repository"),
]


@pytest.fixture(scope="module")
def seen() -> View:
    return view.of(retold.retell(retold.load([STORY]).articles))


def _words(seen: View, difference: Difference) -> list[str]:
    return sorted(
        seen.articles[v.article_id].text[v.span.start : v.span.end] for v in difference.values
    )


def test_the_first_differences_are_the_years(seen: View) -> None:
    """When he became president, then by whom and when the wish is said to have ended."""
    first = [at.difference for at in view.differences(seen)[:2]]
    assert [_words(seen, one) for one in first] == [["1999", "2000"], ["2004", "2008"]]


def test_the_chain_runs_through_the_guardian(seen: View) -> None:
    """What he had in mind is known from him through Robertson through the Guardian."""
    chains = {
        tuple(seen.speakers[key].name if key in seen.speakers else "?" for key in route.speakers)
        for route in view.routes(seen)
        if all(route.speakers)
    }
    assert ("UK Guardian", "George Robertson", "Vladimir Putin") in chains


def test_each_account_rests_on_its_own_interview(seen: View) -> None:
    """Two accounts, two tellings, each by an interview that the account names."""
    assert sorted(telling.why for telling in seen.report.tellings) == [
        "interview: Oliver Stone",
        "interview: Tucker Carlson",
    ]


def test_no_form_plea_or_comment_speaks(seen: View) -> None:
    """Every statement stands in the title or the body."""
    outside = [
        attribution.id
        for attribution in seen.report.attributions
        for section in seen.articles[attribution.article_id].sections
        if section.kind in view.OUTSIDE
        and section.span.start <= attribution.content[0].start < section.span.end
    ]
    assert outside == []
