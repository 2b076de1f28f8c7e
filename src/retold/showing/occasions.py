"""When, where and to whom a statement was made, by each on whose word it came, in the text's words.

Ann Ode, {in her interview with Tom Reuter this week} › Karl Weiss, {at a dinner}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retold import lexicons, spans
from retold.showing import view
from retold.showing.view import View
from retold.types import Attribution, Span

# what may stand between two of the words for one occasion: "in an interview with Reuter on Friday"
_JOINT = re.compile(r",?(?: (?:in|on|at|late|early))? ?")
_LED_IN = re.compile(r"(?:at|by|during|in|on|through|to|via)\b", re.IGNORECASE)
_VERB = re.compile(r"\w+ ")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of the article, and what they need before them to be read by themselves: "to"."""

    lead: str
    span: Span


@dataclass(frozen=True, slots=True)
class Occasion:
    """When, where and to whom one of those through whom a statement came spoke; `name` is his where
    there are several, else empty. Pieces in text order."""

    name: str
    pieces: tuple[Piece, ...]


def of(seen: View, attribution: Attribution) -> tuple[Occasion, ...]:
    """What is told of the occasions of a statement, the outermost teller's first; may be empty.

    What the same words tell of two is the inner one's."""
    is_alone = len(view.speakers_of(attribution)) == 1
    found: dict[tuple[Piece, ...], str | None] = {}
    for one in _way(seen, attribution):
        found.setdefault(own(seen, one), view.speakers_of(one)[-1])
    return tuple(
        Occasion("" if is_alone else view.name(seen, speaker), pieces)
        for pieces, speaker in reversed(found.items())
        if pieces
    )


def own(seen: View, attribution: Attribution) -> tuple[Piece, ...]:
    """The words for the statement itself, those that stand side by side as one piece."""
    text = seen.articles[attribution.article_id].text
    out: list[Piece] = []
    for piece in sorted(_held(seen, attribution, text), key=lambda piece: piece.span):
        last = out[-1] if out else None
        if last and spans.contains(last.span, piece.span):
            continue
        if last and not piece.lead and _JOINT.fullmatch(text, last.span.end, piece.span.start):
            out[-1] = Piece(last.lead, Span(last.span.start, piece.span.end))
        else:
            out.append(piece)
    return tuple(out)


# --- inside ---------------------------------------------------------------------------------------


def _way(seen: View, attribution: Attribution) -> list[Attribution]:
    """The statement, then that of each who stands above its speaker, as far as there is one."""
    out = [attribution]
    while (above := _above(seen, out[-1])) and above not in out:
        out.append(above)
    return out


def _above(seen: View, attribution: Attribution) -> Attribution | None:
    """The statement in whose words it stands; else, where it was told by somebody, the last before
    it that he made on the same way."""
    way = view.speakers_of(attribution)
    around = seen.attributions.get(attribution.parent or "")
    if around is not None:
        return around if view.speakers_of(around)[-1] in way else None
    before = (
        one
        for one in seen.spoken[attribution.article_id]
        if view.speakers_of(one) == way[:-1] and one.content[0] < attribution.content[0]
    )
    return max(before, key=lambda one: one.content[0], default=None)


def _held(seen: View, attribution: Attribution, text: str) -> Iterator[Piece]:
    said = attribution.said.span if attribution.said else None
    if said:
        yield Piece("", said)
    if attribution.addressee and not _is_pronoun(text, attribution.addressee):
        yield Piece("to", attribution.addressee)
    venue = attribution.venue or (said and _venue_at(seen, attribution, said))
    if venue:
        yield _of_venue(text, venue)


def _venue_at(seen: View, attribution: Attribution, said: Span) -> Span | None:
    """Where the account was given that the time dates, told of another of its statements: "in a May
    interview", "in an interview last week"."""
    for one in seen.spoken[attribution.article_id]:
        is_of_it = one.said and one.said.span == said and one.speaker_id == attribution.speaker_id
        if one.venue and (is_of_it or spans.contains(one.venue, said)):
            return one.venue
    return None


def _of_venue(text: str, venue: Span) -> Piece:
    """ "In a letter" as it stands, "told the Herald" as to whom."""
    verb = _VERB.match(text, venue.start, venue.end)
    if verb is None or _LED_IN.match(text, venue.start, venue.end):
        return Piece("", venue)
    return Piece("to", Span(verb.end(), venue.end))


def _is_pronoun(text: str, span: Span) -> bool:
    return spans.cut(text, span).lower() in lexicons.words("persons")
