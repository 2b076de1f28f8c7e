"""What was said on two occasions: a line that somebody uses again is no conflict of its wordings.

“a battle for the soul of {this harbour},” he said today | in May he called it “a battle for the
soul of {the town}”
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterable

from retold.comparing.vouched import Statements
from retold.reading import calendar
from retold.types import Difference, DifferenceKind, Facet, Value

MIN_DAYS = 31  # what is told of one event was said within a month of it
QUOTED = (Facet.WORDING, Facet.POLARITY)


def weigh(found: Iterable[Difference], statements: Statements) -> tuple[Difference, ...]:
    """The differences, a conflict of words that were said a month apart or more a variation."""
    return tuple(
        dataclasses.replace(one, kind=DifferenceKind.VARIATION)
        if one.kind is DifferenceKind.CONFLICT and _are_two(one, statements)
        else one
        for one in found
    )


# --- inside ---------------------------------------------------------------------------------------


def _are_two(difference: Difference, statements: Statements) -> bool:
    if difference.facet not in QUOTED:
        return False
    days = [known for value in difference.values if (known := _said(value, statements))]
    return any(
        max((later[0] - earlier[1]).days, (earlier[0] - later[1]).days) >= MIN_DAYS
        for earlier, later in itertools.combinations(days, 2)
    )


def _said(value: Value, statements: Statements) -> tuple[dt.date, dt.date] | None:
    """The first and the last day on which the words may have been said, if the article tells."""
    near = statements.near[value.article_id](value.span)
    inmost = min((one for _, one in near), key=lambda one: sum(map(len, one.content)), default=None)
    date = inmost.said.date if inmost and inmost.said else None
    return calendar.days(date) if date else None
