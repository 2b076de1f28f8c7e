"""Who made a paper, as the places before tell that name its kind: "Holt’s letter … the letter"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retold.reading.sources import Form, Source
from retold.reading.stage import Stage
from retold.types import Span

MAX_BACK_CHARS = 6000
MAX_PLACES = 3  # before the description, the nearest ones
MAX_NAME_CHARS = 40
WAYS = ("beside", "owned", "made", "by", "spoke")
"""How a text says who made it: "a Herald report", "Holt’s new report", "Holt sent a report", "a
report by Holt", and whoever spoke where it is named."""
SURELY = ("beside", "owned", "by", "spoke")  # not who is merely named in the sentence before it
TO = "to"  # those to whom it is: "a report to Holt", which is not hers

_OWNS = re.compile(r"(?:’s|'s|(?<=s)’|(?<=s)')(?: [\w-]+){0,3} ")
_TO = re.compile(r"(?: [\w-]+){0,3}? to (?:the |a |an )?(?:[A-Z][a-z]{1,3}\. )?")
# not "a letter seen by the Herald"
_BY = re.compile(
    r"(?:(?! (?:cited|given|obtained|posted|provided|received|reviewed|seen|shared|viewed)\b)"
    r" [\w-]+){0,2}? (?:by|from|of) (?:the |a |an )?"
)
_HAS = re.compile(
    r"\b(?:answer|comment\w* on|condemn|criticiz|dismiss|examin|read|receiv|reject|repl\w* to|"
    r"respond\w* to|review|saw|see|stud[iy]|welcom)\w* (?:[\w-]+ ){0,3}$"
)


def is_at_hand(text: str, start: int, noun: int) -> bool:
    """True for a paper at `noun` that somebody named from `start` on only has: whoever says "it was
    {reviewing the} letter" did not write it."""
    return _HAS.search(text, start, noun) is not None


def of(stage: Stage, form: Source) -> dict[str, frozenset[int]]:
    """The characters who made such a paper, by each of `WAYS`, and those to whom it is; none for
    what is no paper."""
    found: dict[str, set[int]] = {way: set() for way in (*WAYS, TO)}
    if form.form is Form.DOCUMENT:
        for place in _places(stage, form):
            _before(stage, place, found)
            found["by"] |= _after(stage, place, _BY)
            found[TO] |= _after(stage, place, _TO)
            sentence = stage.scene.sentence_at(place.start)
            if not is_at_hand(stage.text, sentence.start, place.start):
                spoke = (i for i, at in stage.history if sentence.start <= at < sentence.end)
                found["spoke"].update(spoke)
    return {way: frozenset(held) for way, held in found.items()}


def _places(stage: Stage, form: Source) -> Iterator[Span]:
    """The last places before a description, outside quotation marks, that have its noun, and its
    own."""
    assert form.core is not None  # noqa: S101 - a description has words
    noun = re.compile(rf"\b{re.escape(form.head.removesuffix('s'))}s?\b", re.IGNORECASE)
    first = max(0, form.core.start - MAX_BACK_CHARS)
    held = [Span(*m.span()) for m in noun.finditer(stage.text, first, form.core.start)]
    yield from [p for p in held if stage.scene.quotation(p.start) is None][-MAX_PLACES:]
    yield Span(form.core.end - 1, form.core.end)


def _before(stage: Stage, place: Span, found: dict[str, set[int]]) -> None:
    """Those who are named in the sentence before the paper."""
    start = stage.scene.sentence_at(place.start).start
    named = stage.scene.roster.within(Span(start, place.start)) if start < place.start else []
    for mention, figure in named:
        if mention.end > place.start:
            continue
        if stage.text[mention.end : place.start] == " ":
            found["beside"].add(figure.index)
        elif _OWNS.fullmatch(stage.text, mention.end, place.start):
            found["owned"].add(figure.index)
        elif not (
            stage.scene.is_oblique(mention)
            or stage.scene.is_owned(mention)
            or is_at_hand(stage.text, mention.end, place.start)
        ):
            found["made"].add(figure.index)


def _after(stage: Stage, place: Span, words: re.Pattern[str]) -> set[int]:
    """Who is named first after the paper and `words`."""
    said = words.match(stage.text, place.end, stage.scene.sentence_at(place.start).end)
    end = min(len(stage.text), said.end() + MAX_NAME_CHARS) if said else 0
    if said is None or said.end() >= end:
        return set()
    return {figure.index for _, figure in stage.scene.roster.within(Span(said.end(), end))[:1]}
