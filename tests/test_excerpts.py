"""Words set out below a line that says whose they are. Texts are invented."""

from __future__ import annotations

import pytest

from tests.test_chains import chains_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Here is an excerpt from Politico:\n\n““{q1 We knew},” {s1 Anna Holt} {c1 said} in May."
            "\n\n“It was late,” and {s2 Karl Weiss} {c2 asked} {q2 why}.”\n\n"
            "{s3 Karl Weiss} {c3 said} {q3 so}.",
            [["Politico", "Anna Holt"], ["Politico", "Karl Weiss"], ["Karl Weiss"]],
        ),
        (
            "A list of answers was sent round by the mayor’s friends:\n\n- The bridge is safe.\n\n"
            "- Last May {s1 Anna Holt} {c1 said} {q1 so}.\n\n{s2 Karl Weiss} {c2 said} {q2 so}.",
            [["mayor’s friends", "Anna Holt"], ["Karl Weiss"]],
        ),
        (
            "Politico has the text of a letter by Karl Weiss:\n\n"
            '"It is late. {s1 Anna Holt} {c1 says} {q1 so}."\n\n{s2 Anna Holt} {c2 said} {q2 no}.',
            [["Karl Weiss", "Anna Holt"], ["Anna Holt"]],
        ),
        (
            "All were late. Politico has reported:\n\nThen {s1 Anna Holt} {c1 said} {q1 so}."
            "\n\n{s2 Karl Weiss} {c2 said} {q2 so}.",
            [["Politico", "Anna Holt"], ["Karl Weiss"]],
        ),
        (
            "All were late (via Politico):\n\n“{q1 Late},” {s1 Anna Holt} {c1 said}."
            "\n\n{s2 Karl Weiss} {c2 said} {q2 so}.",
            [["Politico", "Anna Holt"], ["Karl Weiss"]],
        ),
        (
            "{s1 Anna Holt} {c1 says} {q1 it is late}. — Karl Weiss (@weiss) June 2, 2019\n\n"
            "{s2 Anna Holt} {c2 said} {q2 so}.",
            [["Karl Weiss", "Anna Holt"], ["Anna Holt"]],
        ),
    ],
)
def test_who_is_quoted_in_an_excerpt_came_through_it(text: str, expected: list[list[str]]) -> None:
    """In words set out as somebody’s own he stands above all who speak, to their end."""
    assert chains_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Here is an excerpt from Politico:\n\n{s1 Anna Holt} {c1 said} {q1 so}.",
        "Three things were said of the report by Politico.\n\n“{s1 Anna Holt} {c1 said} {q1 so}.”",
        "The minister spoke of the harbour:\n\n“{s1 Anna Holt} {c1 said} {q1 so}.”",
        "Here is an excerpt from Politico:\n\n“{s1 Anna Holt} {c1 said} {q1 so}.",
        "He wrote:\n\n{s1 Anna Holt} {c1 said} {q1 so}.",
        "This is what Politico reported. They were late:\n\n{s1 Anna Holt} {c1 said} {q1 so}.",
        "{s1 Anna Holt} {c1 said} {q1 so}. It was late (@late).",
        "{s1 Anna Holt} {c1 said} {q1 so}, and the well-known Karl Weiss (@weiss) agreed.",
        "{s1 Anna Holt} {c1 said} {q1 so} – Contact Karl Weiss (@weiss) for more.",
        "All was late. Three firms reported losses:\n\n{s1 Anna Holt} {c1 said} {q1 so}.",
    ],
)
def test_words_that_are_not_set_out_are_the_articles_own(text: str) -> None:
    """Neither without marks or a list, nor without such a line, nor where the marks never close."""
    assert chains_of(text) == [["Anna Holt"]]
