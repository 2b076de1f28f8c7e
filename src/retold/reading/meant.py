"""Whom a description means: all whom the text names are weighed, beside nobody.

A conditional logit over the candidates, as in `antecedents`: the numbers of `evidence` with weights
of each form of description, whose origin lies in `models/descriptions.json`. Whom rules tell is one
of the numbers, another for each rule: it counts for as much as the rule proved right. Without the
states of the model he stands, and where no rule tells there are weights of their own.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from retold.reading import asked, evidence, makers, overtaken, sources, such
from retold.reading.antecedents import BROAD, Character
from retold.reading.asked import Asked
from retold.reading.evidence import FEATURES
from retold.reading.sources import Form, Source
from retold.reading.stage import Answer, Stage
from retold.reading.told import Rule, Told
from retold.types import SpeakerKind

FORMS = (Form.NOMINAL, Form.ORGANISATION, Form.DOCUMENT, Form.GROUP)
# on folds of stories of the labels to learn from and the training stories
# of the odds: under it, rather nobody; from it on nine in ten are right in folds of stories
MIN_SHARE = 0.7
MIN_SHARE_OF_PAPER = 0.8
# they stand as they are told
OUTRIGHT = frozenset({Rule.OFFICE, Rule.LISTED, Rule.OUTLET, Rule.LEAD})
MAX_BACK_CHARS = 6000
MAX_AHEAD_CHARS = 2500


def weighed(stage: Stage, index: int, form: Source, told: Told | None) -> Answer | None:
    """Whom the description of triple `index` most likely means, with his odds, where whom rules
    have `told` counts too; those who need no weighing as they are told. None for nobody who is
    named, or where two are equally good."""
    if told is not None and (told.rule in OUTRIGHT or stage.likeness is None):
        return told.index, told.score
    question = asked.of(stage, index, form)
    held = candidates(stage, question, told)
    rows = evidence.table(stage, question, held, told)
    shares = odds(form.form, rows, has_states=stage.likeness is not None)
    chosen = choice(form.form, shares)
    if chosen is None or overtaken.by_another(stage, question, held[chosen]):
        return None
    return held[chosen].index, round(shares[chosen], 3)


def choice(form: Form, shares: Sequence[float]) -> int | None:
    """The candidate with the highest share, the last of which is nobody's; None if that is nobody
    or has too little for such a description."""
    first = max(range(len(shares)), key=lambda number: shares[number])
    least = MIN_SHARE_OF_PAPER if form is Form.DOCUMENT else MIN_SHARE
    return None if first == len(shares) - 1 or shares[first] < least else first


_NOBODY_KNOWN = frozenset({"another", "any", "each", "every", "some"})
# nouns for bodies that are said of no others: "the union" is no company
_ONE_KIND = frozenset(
    {"airline", "army", "bank", "church", "college", "hospital", "police", "union", "university"}
)
# papers that no one person writes
_NO_PERSONS = frozenset(
    "act amendment bill census constitution data findings law laws legislation poll polls records "  # noqa: SIM905
    "research statute survey surveys".split()
)
_TELLS_WHICH = re.compile(r" (?:that|who|which|of)\b")


def is_weighed(text: str, form: Source) -> bool:
    """True for a description that may be of somebody named: not for "another lawyer" nor "some
    lawyers", nor "its agency" and "their letter", nor for "the panel of judges", which says itself
    which one."""
    if form.form not in FORMS or form.core is None or form.determiner in _NOBODY_KNOWN:
        return False
    if form.form is Form.DOCUMENT:
        return form.owner is None
    if form.form is Form.NOMINAL and form.determiner in sources.INDEFINITE:
        return False
    if form.form is not Form.NOMINAL and form.determiner not in sources.DEFINITE:
        return False
    return not _TELLS_WHICH.match(text, form.core.end)


def candidates(stage: Stage, question: Asked, told: Told | None = None) -> list[Character]:
    """Those who may be meant, and whom rules have told."""
    held = _likely(stage, question) if is_weighed(stage.text, question.form) else []
    named = None if told is None or told.index is None else stage.characters[told.index]
    return [*held, named] if named is not None and named.is_named and named not in held else held


def _likely(stage: Stage, question: Asked) -> list[Character]:
    """Those who may be meant: named near enough before a description or soon after it, or called
    so anywhere; nobody for "a lawyer" where two are lawyers."""
    held = [
        c
        for c in stage.characters
        if c.is_named
        and (question.heads & c.heads or _is_near(c, question.at))
        and _may_be(stage, c, question)
    ]
    is_any = question.form.form is Form.NOMINAL and question.form.determiner in sources.INDEFINITE
    return [] if is_any and len(held) > 1 else held


def _is_near(c: Character, at: int) -> bool:
    last = c.last_before(at)
    if last < 0:
        return c.mentions[0].start - at <= MAX_AHEAD_CHARS
    return at - last <= MAX_BACK_CHARS


def _may_be(stage: Stage, c: Character, question: Asked) -> bool:
    """False for one whom the source itself names, for who is not called as it says in capitals
    ("the Holt administration"), and for the one to whom a letter is; of a noun for a person, for
    all who are none, and unless called so for "her lawyer" and "a lawyer"; for "the union" a
    company."""
    form, is_person = question.form.form, c.kind is SpeakerKind.PERSON
    if c.index in (question.named if form is Form.DOCUMENT else question.inside):
        return False
    if form is Form.NOMINAL and c.index in question.content:
        return False  # "the host challenged Holt": who speaks is not named in his words
    if c.index in question.makers[makers.TO] or not asked.may_be_so(stage, question.form, c):
        return False
    if not _may_say(stage, c, question):
        return False
    if form is Form.ORGANISATION and question.form.head in _ONE_KIND:
        return not such.is_called_otherwise(stage, question, c)
    if form is Form.GROUP:
        return such.has_such(stage, question, c)
    if form is not Form.NOMINAL:
        return True
    if not question.heads:
        return not is_person and such.is_such_thing(stage, question, c)
    is_called = bool(question.heads & c.heads)
    if question.form.owner is not None or question.form.determiner in sources.INDEFINITE:
        return is_called
    is_other = bool(c.heads - BROAD) and not question.heads & BROAD
    is_definite = question.form.determiner in sources.DEFINITE
    return is_person and (is_called or not is_other or is_definite)


def _may_say(stage: Stage, c: Character, question: Asked) -> bool:
    """False for one of whom nothing says that he made a paper, and for a person where no one person
    writes such."""
    if question.form.form is not Form.DOCUMENT:
        return True
    has_made = any(c.index in question.makers[way] for way in makers.SURELY)
    has_made = has_made or such.makes_such(stage, question, c)
    has_made = has_made or such.is_owner(stage, question, c)
    return has_made and (c.kind is not SpeakerKind.PERSON or question.form.head not in _NO_PERSONS)


def odds(form: Form, rows: Sequence[Sequence[float]], *, has_states: bool) -> list[float]:
    """The probability of each candidate, that of nobody last."""
    held = weights(form, has_states=has_states)
    sums = [sum(w * x for w, x in zip(held, row, strict=True)) for row in rows]
    shares = [math.exp(one - max(sums)) for one in sums]
    return [share / sum(shares) for share in shares]


@cache
def weights(form: Form, *, has_states: bool) -> tuple[float, ...]:
    """The weights in the order of `FEATURES` for one form of description; what the file does not
    name weighs nothing."""
    path = files("retold").joinpath("models", "descriptions.json")
    record = json.loads(path.read_text(encoding="utf-8"))
    held = record["weights" if has_states else "weights_without_states"][form]
    return tuple(float(held.get(name, 0.0)) for name in FEATURES)
