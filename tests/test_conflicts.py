"""What cannot both be right as written."""

from __future__ import annotations

import dataclasses

import pytest

from retold.comparing import agreements, conflicts
from retold.comparing.agreements import Agreement
from retold.comparing.slots import Slot, SlotKind
from retold.types import Difference, DifferenceKind, Facet, Span, TimeExpression, Value


def dated(article_id: str, words: str, date: str, *, is_relative: bool) -> Slot:
    """A date led in by the same word, beside the same word, in each article."""
    span = Span(0, len(words))
    return Slot(
        article_id=article_id,
        kind=SlotKind.DATE,
        span=span,
        form=words,
        stems=frozenset({words}),
        left=frozenset({"president"}),
        right=frozenset(),
        governor="in",
        marks={},
        is_quoted=False,
        position=0.5,
        time=TimeExpression(span=span, date=date, is_relative=is_relative),
    )


@pytest.mark.parametrize(
    ("is_relative", "likeness", "expected"),
    [(False, 0.1, True), (False, 0.05, False), (True, 0.1, False), (True, 0.5, True)],
    ids=["years", "years of two things", "weekdays", "weekdays in alike sentences"],
)
def test_a_reckoned_date_needs_alike_sentences(
    is_relative: bool, likeness: float, expected: bool
) -> None:
    """The same words beside two years are enough; beside two weekdays they are not."""
    one = dated("a", "wednesday", "2031-05-07", is_relative=is_relative)
    other = dated("b", "friday", "2031-05-09", is_relative=is_relative)
    assert conflicts._is_same_place(one, other, likeness, 0.7) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("tuesday morning", "tuesday", False), ("tuesday", "friday", True)],
)
def test_the_same_day_of_the_week_is_no_conflict(one: str, other: str, expected: bool) -> None:
    """Which Tuesday it is was reckoned from the day of the paper, which may be the day after."""
    dates = ("2031-05-06", "2031-05-13")
    held = [
        dated(name, words, date, is_relative=True)
        for name, words, date in zip("ab", (one, other), dates, strict=True)
    ]
    assert conflicts.date_as_exactly(*held) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("january 16", "jan. 16", False), ("january 16 2030", "jan. 16 2031", True)],
    ids=["reckoned", "given"],
)
def test_a_day_whose_year_is_reckoned_is_the_same_day(one: str, other: str, expected: bool) -> None:
    """Which January it is was reckoned from the day of the paper."""
    held = [
        dated(name, words, f"{year}-01-16", is_relative=False)
        for name, words, year in zip("ab", (one, other), (2030, 2031), strict=True)
    ]
    assert conflicts.date_as_exactly(*held) is expected


@pytest.mark.parametrize(
    ("words", "is_relative", "expected"),
    [
        ("wednesday", True, Agreement.INCOMPARABLE),
        ("may 7 2031", False, Agreement.CONFLICT),
    ],
    ids=["reckoned", "given"],
)
def test_an_anniversary_is_no_conflict(words: str, is_relative: bool, expected: Agreement) -> None:
    """The same day of another year, once but reckoned: the day itself, and its anniversary."""
    day = dated("a", "may 7 2026", "2026-05-07", is_relative=False)
    later = dated("b", words, "2031-05-07", is_relative=is_relative)
    assert agreements.of_dates(day.time, later.time) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("end", "ending", True),
        ("my", "his", True),
        ("world view or", "worldview", True),
        ("eb", "executive board", True),
        ("u.h.c", "united harbour council", True),
        ("eb", "elected board of", False),
        ("visit", "message", False),
    ],
)
def test_words_that_are_fitted_to_their_sentence_are_no_conflict(
    a: str, b: str, expected: bool
) -> None:
    """Another ending or person belongs to the sentence around, and what is written short is the
    same words: neither is a change in what was said."""
    assert conflicts._is_fitted(a, b) is expected


def _conflict(*held: tuple[str, int]) -> Difference:
    values = (Value(article_id=a, span=Span(at, at + 2), value=f"{at}") for a, at in held)
    return Difference(
        facet=Facet.NUMBER, kind=DifferenceKind.CONFLICT, values=tuple(values), score=0.6
    )


def test_what_one_account_sets_against_several_is_one_conflict() -> None:
    """Conflicts that share a value are shown together, a value an article; others stay apart."""
    found = [
        _conflict(("a", 0), ("b", 4)),
        _conflict(("b", 4), ("c", 8)),
        _conflict(("a", 20), ("c", 30)),
    ]
    shown = [[(v.article_id, v.span.start) for v in d.values] for d in conflicts._joined(found)]
    assert shown == [[("a", 0), ("b", 4), ("c", 8)], [("a", 20), ("c", 30)]]


def test_an_update_is_not_joined_to_a_conflict() -> None:
    """What a later account gives higher stays a variation, though it shares a value."""
    conflict = _conflict(("a", 0), ("b", 4))
    update = dataclasses.replace(_conflict(("b", 4), ("c", 8)), kind=DifferenceKind.VARIATION)
    assert conflicts._joined([conflict, update]) == (conflict, update)


@pytest.mark.parametrize(("gap", "expected"), [(40, True), (400, False)], ids=["near", "far"])
def test_changes_of_one_stretch_are_one_conflict(gap: int, expected: bool) -> None:
    """Another changed word counts as shown where it stands near, on both sides, to one that is."""
    shown = dataclasses.replace(_conflict(("a", 0), ("b", 0)), facet=Facet.WORDING)
    one, other = (
        dataclasses.replace(
            dated(article, "may", "2031-05", is_relative=False), span=Span(gap, gap + 3)
        )
        for article in ("a", "b")
    )
    assert conflicts._is_beside(shown, one, other) is expected
