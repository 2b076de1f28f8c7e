"""Whom a rule tells for a description, how sure it is, and which rule."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """What tells whom a description means, in the order in which the rules are asked."""

    OFFICE = "office"  # "the president" of the article's time
    APPOSED = "apposed"  # "Anna Holt, {a senator} who …"
    LISTED = "listed"  # "Holt and Weiss … {the two men}"
    DESCRIBED = "described"  # "an aide … {the aide}"
    SPEAKS_ON = "speaks_on"  # who spoke last
    LIKELIEST = "likeliest"  # by the weights of `antecedents`
    OUTLET = "outlet"  # "the Herald … {the newspaper}", where no other was named since
    BODY = "body"  # "the Harbour Board … {the board}"
    AUTHOR = "author"  # who wrote "{the letter}"
    LATER = "later"  # named only below
    LEAD = "lead"  # described in a headline or lead, named below
    HIMSELF = "himself"  # "{The governor} understands that …," the governor said


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """`index` is the character, None where several are equally good."""

    index: int | None
    score: float
    rule: Rule
