"""Numbers of two articles that count one thing differently, in whatever sentences they stand."""

from __future__ import annotations

import pytest

from retold.comparing import differences, facts, figures, people, report
from retold.types import DifferenceKind, Facet
from tests import readings


def _parted(first: str, second: str) -> list[list[str]]:
    """The words of the figures that part, in the order of the articles."""
    held = [
        readings.read(f"News\n\n{text}", outlet=outlet)
        for text, outlet in ((first, "Post"), (second, "Herald"))
    ]
    accounts = differences.prepare(held, [facts.of(r) for r in held], people.merge(held))
    texts = {r.article.id: r.article.text for r in held}
    order = [r.article.id for r in held]
    return [
        [
            texts[value.article_id][value.span.start : value.span.end]
            for value in sorted(one.difference.values, key=lambda v: order.index(v.article_id))
        ]
        for one in figures.find(held, accounts.sentences)
    ]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            "He is accused in a 47-page indictment of taking money.",
            "The work was never done, the 48-page indictment says.",
            [["47-page", "48-page"]],
        ),
        (
            "He said sorry to 11,402 people in the rain.",
            "Farrow scored the winner in front of 11,204 at the park.",
            [["11,402 people", "11,204"]],
        ),
        (
            "He is accused in a 47-page indictment of taking money.",
            "The town bought 48-page albums for its schools.",
            [],
        ),
        (
            "He is accused in a 47-page indictment of taking money.",
            "Of the 48-page indictment only 47 pages were read out.",
            [],
        ),
        (
            "He is accused in about 47 pages of an indictment.",
            "The work was never done, the 48-page indictment says.",
            [],
        ),
        (
            "The indictment names Lind, 47, a clerk.",
            "The indictment names Achter, 48, a clerk.",
            [],
        ),
        ("The indictment ran to 20 pages.", "The indictment ran to 48 pages.", []),
    ],
    ids=[
        "one thing in two sentences",
        "long and close",
        "another thing",
        "both in one account",
        "about",
        "two ages",
        "far apart",
    ],
)
def test_close_figures_of_one_thing_part(
    first: str, second: str, expected: list[list[str]]
) -> None:
    """Exact, close, beside the same rare word, and neither given by the other account."""
    assert _parted(first, second) == expected


def test_a_report_shows_such_figures_once_and_as_a_conflict() -> None:
    """A pair that the sentences of a claim show already is not shown again."""
    held = [
        readings.read(f"News\n\n{text}", outlet=outlet)
        for text, outlet in (
            ("He is accused in a 47-page indictment of taking money.", "Post"),
            ("The work was never done, the 48-page indictment says.", "Herald"),
        )
    ]
    found = [d for c in report.compile(held).claims for d in c.differences]
    assert [(d.facet, d.kind) for d in found] == [(Facet.NUMBER, DifferenceKind.CONFLICT)]
