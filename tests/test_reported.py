"""What is quoted here and reported there in the same words."""

from __future__ import annotations

import pytest

from retold.comparing import report, reported
from retold.types import DifferenceKind, Facet
from tests import readings


def shown(*texts: str) -> list[set[str]]:
    """The words on the sides of each wording that parts, where all are Mara Lind's."""
    held = [
        readings.read(f"News\n\n{text}", outlet=f"Outlet {n}", speakers=["Mara Lind"])
        for n, text in enumerate(texts)
    ]
    own = {r.article.id: r.article.text for r in held}
    return [
        {own[v.article_id][v.span.start : v.span.end] for v in d.values}
        for c in report.compile(held).claims
        for d in c.differences
        if d.facet is Facet.WORDING and d.kind is DifferenceKind.VARIATION
    ]


@pytest.mark.parametrize(
    ("direct", "indirect", "expected"),
    [
        (
            "{q1 “You will be looked after, Tom,”} {s1 Mara Lind} {c1 said}.",
            "{s1 Lind} {c1 told him} {q1 he would be looked after}.",
            {"You will be looked after", "he would be looked after"},
        ),
        (
            "{q1 “I didn’t trust the harbour board,”} {s1 Mara Lind} {c1 said}.",
            "{s1 Lind} {c1 said} {q1 that she did not trust the harbour board}.",
            {"I didn’t trust the harbour board", "she did not trust the harbour board"},
        ),
    ],
)
def test_what_is_quoted_here_and_reported_there_is_shown(
    direct: str, indirect: str, expected: set[str]
) -> None:
    """In the words that both have, the person and the time of the verb turned."""
    assert expected in shown(direct, indirect)


@pytest.mark.parametrize(
    ("direct", "indirect", "who"),
    [
        (
            "{q1 “I did not trust the harbour board,”} {s1 Mara Lind} {c1 said}.",
            "{s1 Achter} {c1 said} {q1 that he did not trust the harbour board}.",
            "Tom Achter",
        ),
        (
            "{q1 “The board did not trust the harbour police,”} {s1 Mara Lind} {c1 said}.",
            "{s1 Lind} {c1 said} {q1 the board did not trust the harbour police}.",
            "Mara Lind",
        ),
        (
            "{q1 “I did not trust the harbour board,”} {s1 Mara Lind} {c1 said}.",
            "{s1 Lind} {c1 said} {q1 she did not trust the harbour board}. "
            "{q2 “I did not trust the harbour board,”} {s2 she} {c2 said}.",
            "Mara Lind",
        ),
    ],
    ids=["another speaker", "no person turns", "quoted there too"],
)
def test_what_is_not_surely_one_statement_is_not(direct: str, indirect: str, who: str) -> None:
    """Another speaker, words that anybody may have, and what both quote are no such difference."""
    held = [
        readings.read(f"News\n\n{text}", outlet=outlet, speakers=[name] * text.count("{s"))
        for text, outlet, name in ((direct, "Post", "Mara Lind"), (indirect, "Herald", who))
    ]
    attributions = {a.id: a for a in report.compile(held).attributions}
    assert reported.find(held, attributions) == ()
