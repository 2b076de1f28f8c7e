"""Two versions of an article: what was changed, in the characters of both."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.archive.versions import edits
from retold.spans import cut
from retold.types import Article, Span
from tests import stories

FIRST = """Harbour to reopen

The harbour will reopen on Monday, the mayor said.

It has two piers."""
LETTERS = st.lists(st.sampled_from("abcdef\n"), max_size=12)


def article(text: str) -> Article:
    return stories.article(text, outlet="Herald", published=None)


def changed(before: str, after: str) -> list[tuple[str | None, str | None]]:
    """The words of both sides of each edit."""
    old, new = article(before), article(after)
    return [
        (edit.before and cut(old.text, edit.before), edit.after and cut(new.text, edit.after))
        for edit in edits(old, new)
    ]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (FIRST, []),
        (FIRST.replace("\n\nIt", "\n\n\nIt").replace("two piers", "two  piers"), []),
        (FIRST.replace("Monday", "Tuesday"), [("Monday,", "Tuesday,")]),
        (FIRST.replace(", the mayor said", ""), [("Monday, the mayor said.", "Monday.")]),
        (FIRST + "\n\nA third is planned.", [(None, "A third is planned.")]),
        (FIRST.removesuffix("\n\nIt has two piers."), [("It has two piers.", None)]),
    ],
    ids=["the same", "blanks alone", "a word", "a part", "a paragraph more", "a paragraph less"],
)
def test_edits_are_the_words_that_changed(
    after: str, expected: list[tuple[str | None, str | None]]
) -> None:
    """Each edit holds the words of both versions that stand in place of each other, no more."""
    assert changed(FIRST, after) == expected


@settings(deadline=None)  # a test asserts no time
@given(LETTERS, LETTERS)
def test_edits_lead_from_one_version_to_the_other(old: list[str], new: list[str]) -> None:
    """Without the words of the edits, both versions are the same."""
    before, after = article(f"Head\n\n{' '.join(old)}."), article(f"Head\n\n{' '.join(new)}.")
    found = edits(before, after)
    left = _without(before.text, [edit.before for edit in found])
    assert left == _without(after.text, [edit.after for edit in found])


def _without(text: str, taken: list[Span | None]) -> list[str]:
    left = list(text)
    for span in taken:
        if span:
            left[span.start : span.end] = " " * len(span)
    return "".join(left).split()
