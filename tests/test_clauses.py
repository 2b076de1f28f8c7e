"""Statements in a clause of what another says. Texts are invented."""

from __future__ import annotations

import pytest

from retold import marked, spans
from retold.reading import hearsay
from tests.test_chains import chains_of
from tests.test_speakers import article_of


def parts(text: str) -> list[tuple[str, int | None]]:
    """The content and the parent of each triple of the marked text."""
    bare, triples = marked.parse(text)
    told = hearsay.add(article_of(bare), triples)
    return [(spans.cut(bare, spans.hull(t.content)), t.parent) for t in told]


def test_a_clause_is_part_of_what_is_said() -> None:
    """What "when" or "that" ties to a content stands within it, and the content reaches to its
    end."""
    assert parts(
        "{s1 The inspectors} {c1 insist} {q1 that she hid much} when {s2 she} {c2 said} "
        "{q2 the bridge was closed}."
    ) == [("that she hid much when she said the bridge was closed", None),
          ("the bridge was closed", 0)]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "{s1 Holt} {c1 said} {q1 it was late} at a time that {s2 the council} {c2 called} "
        "{q2 the bridge safe}.",
        "{s1 Holt} {c1 called} {q1 him a clerk} {s2 who} {c2 says} {q2 the bridge is safe}.",
    ],
)
def test_who_speaks_in_a_clause_speaks_through_the_one_around_it(text: str) -> None:
    """A clause without a comma before it is told by the speaker around it."""
    assert [parent for _, parent in parts(text)] == [None, 0]


@pytest.mark.parametrize(
    "text",
    [
        "{s1 Holt} {c1 said} {q1 it was late}, when {s2 she} {c2 said} {q2 so}.",
        "{s1 Holt} {c1 said} {q1 it was late} and {s2 Weiss} {c2 said} {q2 so}.",
        "{s1 Holt} {c1 said} {q1 “it was late”} when {s2 Weiss} {c2 said} {q2 so}.",
        "{q1 It was late}, {s1 Holt} {c1 said} when {s2 Weiss} {c2 said} {q2 so}.",
        "{s1 Holt} {c1 said} {q1 it was late}\n\n{s2 Weiss} {c2 said} {q2 so}.",
    ],
)
def test_a_clause_of_its_own_is_nobodys(text: str) -> None:
    """After a comma, an "and", a quotation, a verb or another paragraph both stand side by side."""
    assert [parent for _, parent in parts(text)] == [None, None]


def test_what_is_cut_to_its_clause_gives_up_what_stands_beyond() -> None:
    """A statement that was read within another’s content, and lies outside it once that is cut
    to its clause, is told by the one around both."""
    assert parts(
        "{s1 Holt} {c1 said}: {q1 “{s2 The Herald} {c2 says} {q2 the bridge is shut, and he says "
        "{s3 Weiss} {c3 asked} {q3 why}}.”}"
    )[2] == ("why", 0)


def test_a_question_in_its_own_words_is_not_about_who_asks() -> None:
    """In "Asked by Weiss about his claims that …" they are the claims of the one who is asked."""
    assert chains_of(
        "Tom Holt spoke. {c1 Asked} by {s1 Karl Weiss} {q1 about {s2 his} {c2 claims} {q2 that it "
        "was late}}, Holt laughed."
    )[1] == ["Karl Weiss", "Tom Holt"]
