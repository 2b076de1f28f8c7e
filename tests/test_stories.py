"""A mixed pile put into stories. All articles are invented."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools

from retold.comparing import stories
from tests import readings

COUNCIL = """Varn council votes for the wheat tax

The council of Varn voted for a wheat tax on Friday, by nine votes to four. Farmers threw wheat at \
the doors of the council. Councillor Ivo Brandt called the tax the price of dry roads."""

FARMERS = """Farmers protest as wheat tax passes in Varn

Farmers threw wheat at the council doors in Varn after nine councillors voted for the wheat tax. \
Ivo Brandt, a councillor, defended the tax. The vote on Friday was nine to four."""

AGAIN = """The price of dry roads

Varn has dry roads today. Old people remember how much wheat lay at the doors of the council."""


def pile() -> list[readings.Reading]:
    return [
        *readings.fire(),
        readings.read(COUNCIL, outlet="Gazette", day=20),
        readings.read(FARMERS, outlet="Farmer", day=21),
        readings.read(
            "Comet seen over the bay\n\nAstronomers saw a green comet above the bay at dawn.",
            outlet="Star",
            day=12,
        ),
    ]


def test_events_apart() -> None:
    """Accounts of one event stand together, those of another apart, and a lone one alone."""
    found = stories.group(pile())
    assert [[r.article.outlet for r in story.readings] for story in found] == [
        ["Courier", "Herald"],
        ["Gazette", "Farmer"],
        ["Star"],
    ]


def test_told_again_after_years() -> None:
    """Years later it is another event, unless it does not count when the accounts appeared."""
    again = readings.read(AGAIN, outlet="Almanac")
    later = dataclasses.replace(again.article, published=dt.date(2038, 5, 2))
    held = [
        readings.read(COUNCIL, outlet="Gazette"),
        dataclasses.replace(again, article=later),
    ]
    assert [len(stories.group(held, dated=dated)) for dated in (True, False)] == [2, 1]


def test_any_order() -> None:
    """The stories are the same for any order of the pile."""
    held = pile()
    expected = stories.group(held)
    assert all(stories.group(list(order)) == expected for order in itertools.permutations(held))


def test_empty_pile() -> None:
    """No readings make no stories."""
    assert stories.group([]) == ()


def test_undated() -> None:
    """A reading without a date joins its story all the same, after the dated ones."""
    courier, herald = readings.fire()
    undated = readings.read(readings.HERALD.replace("Herald", "Globe"), outlet="Globe", day=None)
    (story, *others) = stories.group([undated, courier, herald])
    assert [r.article.outlet for r in story.readings] == ["Courier", "Herald", "Globe"]
    assert others == []
