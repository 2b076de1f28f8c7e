"""Several named side by side, who speak together: "Senators Ann Lee and Bo Marsh"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from retold import lexicons
from retold.reading.roster import Figure, Roster
from retold.types import Span, SpeakerKind

_WORD = re.compile(r"[^\W_]+(?:[’'.\-](?=[^\W_])[^\W_]+)*")
_MEMBER = r"[A-Z]\w+(?: [A-Z]\w+)? (?:Democrat|Republican)"
# what stands between two of them: ", ", " and ", " of Ohio, and the committee’s chairman, Mr. ",
# " (D-Mass.) and Rep. ", ", a former sheriff, and "
_BETWEEN = re.compile(
    r"(?: of [A-Z]\w+(?: [A-Z]\w+)?| \([^()]{1,20}\))?"
    rf"(?:(?:, (?:(?:the|an?) [^,;:“”\"()]{{3,80}}|{_MEMBER}))?, and |, | and | & )(?P<rest>.*)",
    re.DOTALL,
)
# "Tides and Harbour Committee {Chairman}"
_OFFICE = re.compile(
    r"[A-Z][\w’-]*(?: (?:and|of|for|the|[A-Z][\w’-]*))* (?P<title>[A-Z]\w+\.?(?: [A-Z]\w+\.)?) "
)
# "White House press {secretary}"
_AT_BODY = re.compile(r"(?:[A-Z][\w’.-]* ){1,5}(?:[a-z]+ )?(?P<noun>[a-z-]+) ")
_ROLE = re.compile(r"(?!that\b|when\b|as\b)(?:the |an? )?[\w’' -]{3,60}, ")
_NOT_ALL = re.compile(
    r"\b(?:including|like|such as|led by|for|to|of|with|by|from|about|than)\s*(?:both\s*)?$"
)


def persons(text: str, span: Span, roster: Roster) -> tuple[Figure, ...]:
    """The persons whom a source names side by side; empty unless there are two or more."""
    named = [
        (mention, figure)
        for mention, figure in roster.within(span)
        if figure.kind is SpeakerKind.PERSON and figure.is_certain
    ]
    if len(named) < 2 or _NOT_ALL.search(text, span.start, named[0][0].start):
        return ()
    between = [text[a.end : b.start] for (a, _), (b, _) in itertools.pairwise(named)]
    is_joint = all(_joins(words) for words in between)
    closes = " and " in between[-1] or " & " in between[-1]
    figures = tuple({figure.index: figure for _, figure in named}.values())
    return figures if is_joint and closes and len(figures) > 1 else ()


_AND = re.compile(r"(?: \([^()]{1,12}\))?(?:,? and|,) (?:the )?")
_BOTH = re.compile(r"(?:both )?(?:the )?", re.IGNORECASE)
_CLOSING = re.compile(r"(?: \([^()]{1,12}\))?,?")


def bodies(text: str, span: Span, roster: Roster) -> tuple[Figure, ...]:
    """The bodies and places that are all that a source names, side by side: "the Tide Office and
    the Harbour Board"; empty unless there are two or more."""
    named = roster.within(span)
    kinds = {figure.kind for _, figure in named if figure.is_certain}
    if len(named) < 2 or not kinds <= {SpeakerKind.ORGANISATION, SpeakerKind.PLACE}:
        return ()
    between = [text[a.end : b.start] for (a, _), (b, _) in itertools.pairwise(named)]
    is_all = _BOTH.fullmatch(text, span.start, max(span.start, named[0][0].start))
    is_all = is_all and _CLOSING.fullmatch(text, named[-1][0].end, max(span.end, named[-1][0].end))
    is_joint = all(_AND.fullmatch(words) for words in between) and " and " in between[-1]
    if between[-1] == " and " and _is_body(text, named[-1][0]):
        return ()  # "the Tides {and Harbours Committee}" is one
    figures = tuple({figure.index: figure for _, figure in named}.values())
    return figures if is_all and is_joint and len(figures) > 1 else ()


def _is_body(text: str, mention: Span) -> bool:
    """True for a name that ends with a noun for a body."""
    last = text[mention.start : mention.end].split()[-1].lower()
    return last in lexicons.words("organisation_nouns")


def before(text: str, at: int, roster: Roster, back: int) -> tuple[Span, tuple[Figure, ...]] | None:
    """The last persons named side by side within `back` characters before `at`, and where."""
    named = [
        (mention, figure)
        for mention, figure in roster.within(Span(max(0, at - back), max(at, 1)))
        if figure.kind is SpeakerKind.PERSON and figure.is_certain and mention.end <= at
    ]
    end = len(named)
    for first in range(len(named) - 2, -1, -1):
        if _joins(text[named[first][0].end : named[first + 1][0].start]):
            continue
        if found := _together(text, named[first + 1 : end]):
            return found
        end = first + 1
    return _together(text, named[:end])


def _together(
    text: str, named: list[tuple[Span, Figure]]
) -> tuple[Span, tuple[Figure, ...]] | None:
    """Names of which each is joined to the next, if they close with "and"."""
    figures = tuple({figure.index: figure for _, figure in named}.values())
    if len(figures) < 2 or not _CLOSES.search(text[named[-2][0].end : named[-1][0].start]):
        return None
    return Span(named[0][0].start, named[-1][0].end), figures


_CLOSES = re.compile(r" (?:and|&) ")


def _joins(words: str) -> bool:
    found = _BETWEEN.fullmatch(words)
    if found is None:
        return False
    rest = found["rest"]
    if (role := _ROLE.match(rest)) is not None:
        rest = rest[role.end() :]
    titles = lexicons.words("titles")
    if (noun := _AT_BODY.fullmatch(rest)) and noun["noun"] in lexicons.words("person_nouns"):
        return True
    if (office := _OFFICE.fullmatch(rest)) is not None:
        rest = office["title"]
    return all(word.rstrip(".").lower() in titles for word in rest.split())


def name(figures: Sequence[Figure]) -> str:
    """ "Ann Lee, Bo Marsh and Di Fox"."""
    every = [figure.name for figure in figures]
    return f"{', '.join(every[:-1])} and {every[-1]}"


def noun(text: str, span: Span, roster: Roster) -> str:
    """The noun before the first name: "senators" of "two senators, Ann Lee and Bo Marsh"."""
    first = roster.within(span)[0][0]
    words = _WORD.findall(text[span.start : max(first.start, span.start)])
    return words[-1].lower() if words else ""
