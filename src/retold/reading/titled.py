"""A name at the end of a long title: "Chairman of the Joint Chiefs of Staff General Karl Weiss".

What "of" or "and" joins to a noun there is no aside: the whole describes the one whom it names.
"""

from __future__ import annotations

import re

from retold import lexicons
from retold.reading import names, roles
from retold.reading.roster import Figure, Roster
from retold.types import Span, SpeakerKind

_PHRASE_END = re.compile(r"(?:[’']s)?\s*$|[,;:.”\"(]| (?:\(|-|–|—|--|who\b)")
_MARKS = re.compile(r"[,;:“”\"()—–]|\s--?\s")
_JOINS = frozenset({"to", "for", "with", "from", "by", "in", "at", "on", "like", "about"})


def named(text: str, span: Span, roster: Roster) -> tuple[Span, Figure] | None:
    """The person who is named in full at the end of the title with which `span` begins, if one
    is."""
    for mention, figure in roster.within(span):
        is_person = figure.kind is SpeakerKind.PERSON and figure.is_certain
        is_full = " " in text[mention.start : mention.end]
        if mention.end > span.end or not (is_person and is_full):
            continue
        if mention.start <= span.start or not _PHRASE_END.match(text, mention.end, span.end):
            return None
        title = Span(span.start, mention.start)
        is_shared = _has_person_before_and(text, title, roster)
        return (mention, figure) if not is_shared and _is_title(text, title) else None
    return None


def _has_person_before_and(text: str, title: Span, roster: Roster) -> bool:
    """True for "Holt and port spokesman", not for "lobbyist and former Holt adviser"."""
    named = (m for m, f in roster.within(title) if f.kind is SpeakerKind.PERSON and f.is_certain)
    return any(text.startswith(" and ", m.end) for m in named)


def _is_title(text: str, span: Span) -> bool:
    """True for words that describe one person, and none but the one named after them: not for
    "lawyer for former agent {Karl Weiss}", "wife of Senator", "lawmakers and Governor"."""
    words = names.words_of(text, span)
    if (
        len(words) > 1
        and words[0].low == "the"
        and (words[1].is_capital or _is_of_two_trades(words))
    ):
        words = words[1:]  # "the Norhaven Union for Tides President"
    if (
        not words
        or words[0].low in lexicons.words("function_words")
        or _MARKS.search(text, span.start, span.end)
    ):
        return False
    low = [w.low for w in words]
    joins = [i for i, w in enumerate(low) if w == "of" or w == "and" or w in _JOINS]
    return bool(joins) and (_is_office_at_body(words) or all(_goes_on(words, i) for i in joins))


_IN_BODY = frozenset({"of", "and", "for", "the", "on"})


def _is_office_at_body(words: list[names.Word]) -> bool:
    """True for "Centers for Tides and Storms spokesman": a body's name and its officer's noun."""
    *body, noun = words
    first = body[0]
    return (
        not noun.is_capital
        and _is_noun(noun.low)
        and first.is_capital
        and body[-1].is_capital
        and not (_is_noun(first.low) or _is_nouns(first.low))
        and all(w.is_capital or w.low in _IN_BODY for w in body)
    )


_ENVOYS = frozenset({"ambassador", "envoy"})
_OFFICES = frozenset(
    "chancellor governor king lady mayor minister premier president queen secretary senator "  # noqa: SIM905
    "speaker".split()
)


def _is_of_two_trades(words: list[names.Word]) -> bool:
    """True for "the founder and chief executive": one person, where "the mayor and governor" may be
    two."""
    low = [w.low for w in words]
    at = low.index("and") if low.count("and") == 1 else 0
    return at > 1 and _is_noun(low[at - 1]) and not {low[at - 1], low[-1]} & _OFFICES


def _goes_on(words: list[names.Word], at: int) -> bool:
    """True if what the word at `at` joins belongs to the title before the name."""
    low = [w.low for w in words]
    before, rest = low[at - 1] if at else "", words[at + 1 :]
    ends = _is_noun(low[-1])
    if not rest or not before:
        return False
    if low[at] == "and":
        return ends and (_is_noun(before) or _is_part_of_body(words, at) or _is_of(words, at))
    if low[at] == "to" and before in _ENVOYS:
        return all(w.is_capital or w.low == "the" for w in rest)
    if low[at] == "of":
        is_office = before in lexicons.words("titles") or _is_body(before)
        is_office = is_office or (
            words[at - 1].is_capital and not (_is_noun(before) or _is_nouns(before))
        )
        is_office = is_office or _is_in_name(words, at) or (ends and _is_of(words, at))
        return is_office and not all(w.low in _alone() for w in rest)
    if not any(_is_noun(w) or _is_nouns(w) for w in low[:at]):
        return ends and words[at - 1].is_capital  # "March for Tides president"
    is_office = low[at] in {"to", "for"} and [w.low for w in rest[:-1]] == ["the"]
    # "lawyer for the Rev. Karl Weiss", but "counsel to the President Anna Holt"
    is_held = rest[-1].is_capital and rest[-1].low != "president"
    return is_office and _is_noun(before) and not is_held and ends


def _is_in_name(words: list[names.Word], at: int) -> bool:
    """True for the second "of" of "Chairman of the Joint Chiefs of Staff": all around has capitals,
    and somebody's office stands before it."""
    around = [*words[at - 2 : at], *words[at + 1 : at + 2]]
    is_name = at > 2 and all(word.is_capital for word in around)
    return is_name and _is_noun(words[0].low) and words[1].low == "of"


def _alone() -> frozenset[str]:
    """Titles that stand before a name by themselves: "Senator", not "Defense"."""
    return lexicons.words("titles") - lexicons.words("half_titles")


def _is_part_of_body(words: list[names.Word], at: int) -> bool:
    """True for the "and" of "Tides and Harbour Committee spokesman"."""
    capitals = [w for w in words[at + 1 :] if w.is_capital]
    is_inside = words[at - 1].is_capital and words[at + 1].is_capital
    return (
        is_inside
        and not _is_nouns(words[at - 1].low)
        and not words[-1].is_capital
        and any(_is_body(w.low) for w in capitals)
    )


def _is_of(words: list[names.Word], at: int) -> bool:
    """True for the "and" of "Tides and Harbour Services Secretary" and the "of" of "Joint Chiefs of
    Staff Chairman": all have capitals, and "and" joins neither places nor several persons."""
    around = [words[at - 1], *words[at + 1 :]]
    places = lexicons.words("places")
    is_place = any(w.text in places for w in (words[at - 1], words[at + 1]))
    is_other = _is_noun(words[at - 1].low) or (is_place and words[at].low == "and")
    is_other = is_other or (at < 2 and _is_nouns(words[at - 1].low))
    is_long = len(words) > at + 2 and not _is_noun(words[at + 1].low)
    return is_long and not is_other and all(w.is_capital for w in around)


def _is_noun(word: str) -> bool:
    """True for a noun for one person."""
    return word in lexicons.words("person_nouns") or word in lexicons.words("titles")


def _is_nouns(word: str) -> bool:
    """True for a noun for several."""
    one = roles.singular(word)
    return word in lexicons.words("group_nouns") or (one != word and _is_noun(one))


def _is_body(word: str) -> bool:
    return word in lexicons.words("organisation_nouns")
