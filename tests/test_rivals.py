"""Rival values: numbers, days and places that two accounts give for one thing."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import pytest

from retold.comparing import differences, facts, people, rivalry, rivals
from retold.comparing.slots import SlotKind
from retold.types import Difference, DifferenceKind, Facet, Reading, Span
from tests import readings
from training import altered

LEADS = (
    "Ada Lindholm signed the contract for the ferry in {place} on {day}, the harbour board said."
    " The contract runs to {pages} pages and was read aloud to the crew.",
    "Ada Lindholm signed the ferry contract in {place} on {day}, the harbour board said."
    " The contract has {pages} pages, and it was read aloud to the crew.",
)
SAME = {"place": "Boston", "day": "May 6, 2031", "pages": "48"}


def _read(*texts: str) -> list[Reading]:
    return [readings.dated(text, f"Outlet {n}") for n, text in enumerate(texts)]


def _found(held: Sequence[Reading]) -> list[Difference]:
    accounts = differences.prepare(held, [facts.of(r) for r in held], people.merge(held))
    found = rivals.find(held, accounts.sentences, accounts.judged, accounts.rarity)
    return [one.difference for one in found]


def _shown(held: Sequence[Reading]) -> list[tuple[Facet, list[str]]]:
    texts = {r.article.id: r.article.text for r in held}
    return [
        (one.facet, sorted(texts[v.article_id][v.span.start : v.span.end] for v in one.values))
        for one in _found(held)
    ]


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        ("pages", "47", (Facet.NUMBER, ["47 pages", "48 pages"])),
        ("day", "May 7, 2031", (Facet.DATE, ["May 6, 2031", "May 7, 2031"])),
        ("place", "Denver", (Facet.PLACE, ["Boston", "Denver"])),
    ],
)
def test_one_value_that_parts_is_found(
    name: str, other: str, expected: tuple[Facet, list[str]]
) -> None:
    """A number, a day, a place: all else is told alike."""
    held = _read(LEADS[0].format(**SAME), LEADS[1].format(**SAME | {name: other}))
    assert _shown(held) == [expected]


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("day", "today", "earlier today"),
        ("day", "this week", "last week"),
        ("place", "Westhaven", "Westhafen"),
        ("pages", "48 of the", "52"),
        ("pages", "another 48", "52"),
    ],
)
def test_what_may_be_the_same_or_leaves_room_is_no_rival(name: str, one: str, other: str) -> None:
    """A day by the same word, a place spelled otherwise, a part of more, more beside others."""
    held = _read(LEADS[0].format(**SAME | {name: one}), LEADS[1].format(**SAME | {name: other}))
    assert _shown(held) == []


@pytest.mark.parametrize(
    ("which", "is_found"), [("the", True), ("a separate", False), ("another", False)]
)
def test_the_day_of_another_is_no_rival(which: str, is_found: bool) -> None:
    """An account that tells of "a separate contract" tells of two, and this is not the first."""
    other = LEADS[1].replace("the ferry contract", f"{which} ferry contract")
    held = _read(LEADS[0].format(**SAME), other.format(**SAME | {"day": "May 7, 2031"}))
    assert bool(_shown(held)) is is_found


def test_the_day_of_a_post_is_of_nothing_it_tells() -> None:
    """A post shows when it was sent; the page of another account gives another day."""
    posts = (
        "“The ferry contract runs to 48 pages,” she wrote. — Ada Lindholm (@lindholm) {day}. The"
        " harbour board read the ferry contract aloud.",
    )
    held = _read(*(posts[0].format(day=day) for day in ("May 6, 2031", "May 9, 2031")))
    assert _shown(held) == []


def test_what_is_found_is_a_conflict_as_sure_as_its_score() -> None:
    """Both cannot be right as written."""
    (one,) = _found(_read(LEADS[0].format(**SAME), LEADS[1].format(**SAME | {"pages": "47"})))
    assert one.kind is DifferenceKind.CONFLICT
    assert rivals.BOUNDS[SlotKind.NUMBER][1] <= one.score <= 1


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("pages", "48", "48"),
        ("pages", "48", "at least 40"),
        ("day", "May 6, 2031", "May 2031"),
        ("place", "Boston", "Massachusetts"),
        ("place", "Georgia", "Atlanta"),
        ("place", "Port Malta", "Maltese Port"),
    ],
    ids=["the same", "both right", "less exact", "a city in a state", "two sizes", "one name"],
)
def test_what_can_both_be_right_is_left_alone(name: str, one: str, other: str) -> None:
    """The same, what leaves room for the other, and places that may lie within each other."""
    held = _read(LEADS[0].format(**SAME | {name: one}), LEADS[1].format(**SAME | {name: other}))
    assert _shown(held) == []


def test_of_three_accounts_the_values_are_one_conflict() -> None:
    """What one gives otherwise than two is set against both."""
    held = _read(
        LEADS[0].format(**SAME),
        LEADS[1].format(**SAME | {"pages": "47"}),
        LEADS[0].format(**SAME).replace("was read", "was then read"),
    )
    assert _shown(held) == [(Facet.NUMBER, ["47 pages", "48 pages", "48 pages"])]


def test_accounts_without_values_have_no_rivals() -> None:
    """Nothing to hold against each other, nothing found."""
    assert _shown(_read("The ferry left.", "The ferry stayed.")) == []


def test_a_list_of_values_is_not_held_against_another() -> None:
    """A sentence that gives more values than sentences do would meet in too many pairs."""
    lists = [", ".join(f"{n} boats" for n in range(one, one + 60, 2)) for one in (100, 101)]
    held = _read(*(f"The harbour board counted {of} in Boston." for of in lists))
    assert _shown(held) == []


def test_every_candidate_has_all_measures() -> None:
    """A column a name, in every row."""
    held = _read(LEADS[0].format(**SAME), LEADS[1].format(**SAME | {"pages": "47"}))
    accounts = differences.prepare(held, [facts.of(r) for r in held], people.merge(held))
    found = rivals.candidates(held, accounts.sentences, accounts.judged, accounts.rarity)
    assert [len(one.row) for one in found] == [len(rivalry.NAMES)] * len(found)
    assert len(found) > 0


# --- copies to learn from -------------------------------------------------------------------------


def _copy() -> altered.Copy:
    held = _read(LEADS[0].format(**SAME), LEADS[1].format(**SAME))
    points = [[(n, Span(0, len(r.article.text))) for n, r in enumerate(held)]]
    return altered.copy([r.article for r in held], points, random.Random(3))  # noqa: S311


def test_a_copy_gives_a_shared_fact_otherwise_in_one_article() -> None:
    """The new words stand where the old ones stood, and the other account keeps its own."""
    made = _copy()
    assert made.altered
    for change in made.altered:
        there, other = made.articles[change.article].text, made.articles[1 - change.article].text
        assert change.new in there
        assert change.fact.words not in there
        assert change.fact.words in other


def test_the_sections_and_points_of_a_copy_end_where_its_text_ends() -> None:
    """Places move with what grows or shrinks before them."""
    made = _copy()
    ends = [(article.sections[-1].span.end, len(article.text)) for article in made.articles]
    assert [end for end, _ in ends] == [length for _, length in ends]
    assert [span.end for _, span in made.points[0]] == [length for _, length in ends]


def test_a_number_is_altered_without_what_it_counts() -> None:
    """What is replaced ends where the number ends: the tenants stay tenants."""
    fact = next(f for f in altered.facts("It has ten tenants.") if f.facet is Facet.NUMBER)
    assert re.sub(fact.pattern, "nine", "It has ten tenants.") == "It has nine tenants."
    assert re.search(fact.finding("nine"), "It has nine tenants.")


def test_a_copy_of_stories_that_share_nothing_is_the_stories() -> None:
    """Where no fact stands in two articles none is altered."""
    held = _read("The ferry left.", "The ferry stayed.")
    articles = tuple(r.article for r in held)
    points = [[(n, Span(0, len(r.article.text))) for n, r in enumerate(held)]]
    made = altered.copy(articles, points, random.Random(3))  # noqa: S311
    assert (made.articles, made.altered) == (articles, ())
