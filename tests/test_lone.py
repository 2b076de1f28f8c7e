"""Figures of which each account gives but one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from retold.comparing import differences, facts, lone, people
from retold.types import Reading, Value
from tests import readings

BILL = "The ferry bill of {} was passed by the Lindholm council on a Monday."


def _found(*texts: str) -> list[list[str]]:
    held = [readings.dated(text, f"Outlet {n}") for n, text in enumerate(texts)]
    accounts = differences.prepare(held, [facts.of(r) for r in held], people.merge(held))
    return [
        _words(one.difference.values, held)
        for one in lone.find(held, accounts.sentences, accounts.judged)
    ]


def _words(values: Sequence[Value], held: Sequence[Reading]) -> list[str]:
    texts = {r.article.id: r.article.text for r in held}
    return sorted(texts[v.article_id][v.span.start : v.span.end] for v in values)


def test_one_figure_of_a_kind_here_and_there_is_set_side_by_side() -> None:
    """Pages against pages, though both may be right: more than 500, nearly 700."""
    texts = [BILL.format(f"{pages} pages") for pages in ("more than 500", "nearly 700")]
    assert _found(*texts) == [["more than 500 pages", "nearly 700 pages"]]


def test_of_three_accounts_each_gives_its_figure() -> None:
    """Pairs that share a figure are one difference, with a value an account."""
    texts = [BILL.format(f"{pages} pages") for pages in (500, 510, 520)]
    assert _found(*texts) == [["500 pages", "510 pages", "520 pages"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("500 pages", "500 pages"),
        ("500 pages", "1,100 pages"),
        ("500 pages", "510 words"),
        ("2 pages", "3 pages"),
        ("500 pages", "510 pages, after one of 490 pages,"),
        ("500 pages", "700 pages, after one of 900 pages,"),
        ("500 pages", "800 pages, up from 500,"),
        ("500 pages", "another 510 pages"),
        ("500 percent", "510 percent"),
    ],
    ids=[
        "the same",
        "far apart",
        "of two things",
        "small",
        "near",
        "two",
        "both",
        "others",
        "shares",
    ],
)
def test_other_figures_are_left_alone(one: str, other: str) -> None:
    """Only what an account counts but once, close by, and of what is named."""
    assert _found(BILL.format(one), BILL.format(other)) == []


def test_of_passages_that_surely_tell_one_thing_the_figures_are_of_it() -> None:
    """Though elsewhere an account gives another figure of the kind, and they are further apart."""
    texts = [BILL.format(f"{pages} pages") for pages in ("more than 500", "some 800")]
    texts[0] += "\n\nHer diary of last summer ran to 610 pages."
    assert _found(*texts) == [["more than 500 pages", "some 800 pages"]]


def test_figures_in_passages_that_tell_of_two_things_do_not_meet() -> None:
    """Nothing says that the pages are of one book."""
    assert _found(BILL.format("500 pages"), "Snow fell on 510 pages of her diary.") == []


HEARD = "The mayor’s 448-page report described ten meetings with the ferrymen of Elm."


@pytest.mark.parametrize(
    ("told", "is_shown"),
    [
        ("Released in June, the 488-page report says what she knew of Elm.", True),
        ("Released in June, the 488-page diary says what she knew of Elm.", False),
        ("Released in June, the report of up to 488 pages says what she knew of Elm.", False),
    ],
    ids=["the same word", "another word", "both right"],
)
def test_beside_the_same_word_less_will_do(told: str, *, is_shown: bool) -> None:
    """In passages that hardly tell one thing, where only one of the two can be right."""
    assert _found(HEARD, told) == [["448-page", "488-page"]] * is_shown


@pytest.mark.parametrize(
    "told",
    [
        "The ferry bill of 540 pages was passed by the Lindholm council on a Monday.",
        BILL.format("800 pages") + "\n\nHer first bill had been one of 512 pages.",
        BILL.format("340 pages") + "\n\nThe bus bill of 170 pages came on top.",
    ],
    ids=["but rounded", "given elsewhere", "a part of it"],
)
def test_what_goes_with_the_other_account_is_left_alone(told: str) -> None:
    """Its figure is the other's, rounded; or it gives one that is; or two that make it up."""
    assert _found(BILL.format("more than 500 pages"), told) == []
