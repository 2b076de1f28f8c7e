"""Paragraphs set out as somebody’s words without quotation marks: below a line that says who says
so and ends in a colon, and the turns of a broadcast as it is written down.

    In a letter to the council, {Holm} {wrote}:

    {We have waited for two years.}

    ADA HOLM, HOST: Welcome back.

    {HOLM}{:} {Who told you so?}
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache

from retold import lexicons, spans
from retold.reading import excerpts, subjects, tags
from retold.types import Span, Triple

SCORE = 0.9  # set, not fitted: of 99 lines with a colon in 4,844 articles 95 were right
MIN_CHARS = 40
_AFTER = (
    r"(?: (?:on|in|via|at|during|last|earlier|late|yesterday|today|[A-Z]\w+day|\w+ly)\b"
    r"[^.:“”\"\n]{0,60})?"
)
_TOLD = r"(?: (?!that\b|what\b|to\b)[^.:“”\"\n]{2,80})?"  # whom, and when
_NOT_SAID = re.compile(r"\b(?:never|not|if|whether|nor)\b", re.IGNORECASE)
_LEAD_IN = re.compile(r"\b(?:how|what) $")  # “Here’s what {Holm} said:” may lead in a list of many
_MARKS = "“\"‘'«[(-–—•*"
_CAPITALS = r"[A-Z][A-Z.’'-]*[A-Z]"
_TURN = re.compile(
    rf"(?P<who>(?P<name>{_CAPITALS}(?: (?:{_CAPITALS}|[A-Z]\.)){{0,4}})(?:, [^:\n]{{2,80}})?)"
    r"(?P<cue>:) (?=\S)"
)
_ASIDE = re.compile(r"\([^()\n]*\)")
MIN_TURNS = 3


def found(text: str, bounds: Sequence[Span]) -> Iterator[Triple]:
    """What paragraphs hold that the line above, or the label of a turn, gives to somebody."""
    yield from _below(text, bounds)
    yield from _turns(text, bounds)


@cache
def _cue() -> re.Pattern[str]:
    """The verb of saying with which a line ends, but for its time and place."""
    verbs, told = tags.finite(("says", "states")), tags.finite(("tells",))
    lead = r"(?:(?:has|have|had|also|then|later|recently|just|further|\w+ly) )*"
    said = rf"(?:{verbs}|reads?|continued|went on)\b(?={_AFTER}:$)|(?:{told})\b(?={_TOLD}:$)"
    return re.compile(rf"\b(?P<cue>{lead}(?:{said}))")


def _below(text: str, bounds: Sequence[Span]) -> Iterator[Triple]:
    """The paragraph below each line that says who says so."""
    for line, block in itertools.pairwise(bounds):
        if text[line.end - 1] != ":" or not _is_block(text, block):
            continue
        ends = (text.rfind(mark, line.start, line.end) for mark in (". ", "? ", "! ", "” ", '" '))
        start = max(line.start, *(end + 1 for end in ends))
        cue = _cue().search(text, start + 1, line.end)
        lead = spans.snap(text, Span(start, cue.start())) if cue else None
        is_said = lead and _NOT_SAID.search(text, lead.start, lead.end) is None
        who = subjects.subject(text, lead) if lead and is_said else None
        if cue and who and _LEAD_IN.search(text, line.start, who.start) is None:
            yield Triple(
                source=(who,), cue=(Span(*cue.span("cue")),), content=(block,), score=SCORE
            )


def _is_block(text: str, block: Span) -> bool:
    """True for a paragraph of plain words: no quotation, no list or line above one, no post."""
    return (
        len(block) >= MIN_CHARS
        and text[block.start] not in _MARKS
        and text[block.end - 1] != ":"
        and excerpts.BULLET.match(text, block.start) is None
        and excerpts.POSTED.search(text, block.start, block.end) is None
    )


def _turns(text: str, bounds: Sequence[Span]) -> Iterator[Triple]:
    """What is said in each turn of a broadcast, up to the next; in the last its own paragraph."""
    labels = [
        (n, m) for n, line in enumerate(bounds) if (m := _TURN.match(text, line.start, line.end))
    ]
    if not _is_broadcast([label["name"] for _, label in labels]):
        return
    ends = [n for n, _ in labels[1:]] + [labels[-1][0] + 1]
    for (first, label), last in zip(labels, ends, strict=True):
        said = [Span(label.end(), bounds[first].end), *bounds[first + 1 : last]]
        said = list(itertools.takewhile(lambda s: not _ASIDE.fullmatch(text, s.start, s.end), said))
        if said:
            whole = spans.hull(said)
            who, cue = Span(*label.span("who")), Span(*label.span("cue"))
            yield Triple(source=(who,), cue=(cue,), content=(whole,), score=SCORE)


def _is_broadcast(names: Sequence[str]) -> bool:
    """True if somebody is named by first and last name, and by the last name alone, as in
    “WATCH LIVE:” and “LIVE:” nobody is."""
    given = lexicons.words("first_names")
    full = {name.split()[-1] for name in names if " " in name and name.split()[0].lower() in given}
    return len(names) >= MIN_TURNS and any(name in full for name in names)
