"""Who is said to report a sentence: "according to X", "as X reported", "…, X reports"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retold import lexicons
from retold.reading import descriptions, roles, sources
from retold.reading.excerpts import Excerpt
from retold.reading.scene import Scene
from retold.reading.stage import Stage
from retold.types import Span, Triple

_REPORTED = re.compile(
    r"\b(?:according to|as (?:first )?(?:reported|quoted|recounted|told) (?:by|in)|in the words of|"
    r"(?:recounted|reported|retold|relayed|published|quoted(?: as \w+)?|cited) (?:by|in)|"
    r"(?<=, )per(?= (?:the )?[A-Z]))\s+(?:an? |the )?",
    re.IGNORECASE,
)
MAX_GAP_CHARS = 25
_TITLE = re.compile(r"(?:[\w’'-]+\.? )?")  # “according to {Senator} Holt”
_REPORTS = re.compile(
    r"\s+(?:reports?|reported|has (?:learned|reported)|have (?:learned|reported)|tweeted|tweets|"
    r"first reported|is reporting|are reporting)\b(?!\s+(?:that|how|on how|by)\b)"
)
_LAST = re.compile(r"(?:, |,[”\"’'] )(?:as )?(?:[Tt]he )?(?:\w+[’']s )?$")
_REPORTS_FIRST = re.compile(r"\s+(?:(?:first|also|now) )?(?:reports?|reported|has reported)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """Who reports: a character by index, the words that say so, and where they name him."""

    speaker: int
    span: Span
    at: int


def named(scene: Scene, bounds: Span) -> Reporter | None:
    """Who is named after "according to" and the like within `bounds`, outside quotation marks."""
    for found in _REPORTED.finditer(scene.text, bounds.start, bounds.end):
        if found.end() == bounds.end or scene.quotation(found.start()) is not None:
            continue
        near = Span(found.end(), min(found.end() + MAX_GAP_CHARS, bounds.end))
        for mention, figure in scene.roster.within(near):
            gap = scene.text[found.end() : mention.start]
            if (
                mention.start >= found.end()
                and _TITLE.fullmatch(gap)
                and not scene.is_owned(mention)
                and not _describes(scene.text, mention)
            ):
                span = Span(found.start(), mention.end)
                return Reporter(speaker=figure.index, span=span, at=mention.start)
    return _reports(scene, bounds)


_NOUN = re.compile(r" (?P<noun>[a-z][\w-]*)")


def _describes(text: str, mention: Span) -> bool:
    """True for the Navy of "a Navy officer": it says who reports, and does not itself; the Herald
    of "the Herald newspaper" does."""
    end = mention.end
    while (kind := _NOUN.match(text, end)) and kind["noun"] in lexicons.words("outlet_nouns"):
        end = kind.end()
    found = _NOUN.match(text, end)
    nouns = {found["noun"], roles.singular(found["noun"])} if found else set()
    return any(nouns & lexicons.words(each) for each in _SOURCES)


_ACCORDING = re.compile(
    r"\b(?i:according to)\s+(?P<who>(?:\b(?:[A-Z]\.){2,}|[^,;:.—–“”\"()]){3,80})"
)
_SOURCES = ("document_nouns", "group_nouns", "organisation_nouns", "person_nouns")


def described(stage: Stage, index: int, bounds: Span) -> Reporter | None:
    """The paper, group or person that is described after "according to" within `bounds`."""
    scene = stage.scene
    for found in _ACCORDING.finditer(scene.text, bounds.start, bounds.end):
        who = Span(*found.span("who"))
        form = sources.of(scene.text, (who,), scene.roster)
        if scene.quotation(who.start) is not None or form.figure is not None:
            continue
        nouns = {form.head, roles.singular(form.head)}
        if form.core is None or not any(nouns & lexicons.words(each) for each in _SOURCES):
            continue
        known = descriptions.same_head(stage, form)
        speaker = descriptions.own(stage, index, form) if known is None else known
        span = Span(found.start(), form.core.end)
        return Reporter(speaker=speaker, span=span, at=who.start)
    return None


def excerpted(stage: Stage, index: int, held: Sequence[Excerpt]) -> Reporter | None:
    """Whose words are set out around triple `index`, in one of the excerpts `held`."""
    triple = stage.triples[index]
    at = (triple.source or triple.content)[0].start
    around = [e for e in held if e.bounds.start <= at < e.bounds.end]
    if not around:
        return None
    who = around[0].who
    form = sources.of(stage.text, (who,), stage.scene.roster)
    outlets = [f for _, f in stage.scene.roster.within(who) if _names_outlet(f.name)]
    if form.figure is not None or outlets:
        speaker = (form.figure or outlets[0]).index
    elif (known := descriptions.same_head(stage, form)) is not None:
        speaker = known
    else:
        speaker = descriptions.own(stage, index, form)
    return Reporter(speaker=speaker, span=who, at=who.start)


def _reports(scene: Scene, bounds: Span) -> Reporter | None:
    """Who is said to report the sentence: "…, the Herald reports", "…, as the Herald reported", "As
    the Herald reports, …", and an outlet that is known at its head."""
    for mention, figure in scene.roster.within(bounds):
        before = scene.text[bounds.start : mention.start]
        is_first = before in ("", "The ") and _names_outlet(figure.name)
        pattern = _REPORTS_FIRST if is_first else _REPORTS
        verb = pattern.match(scene.text, mention.end, bounds.end)
        if verb is None or mention.start < bounds.start or scene.quotation(mention.start):
            continue
        after = scene.text[verb.end() : bounds.end].strip()
        is_last = _LAST.search(before) is not None and len(after) < 2
        if is_first or is_last or re.match(r"As (?:the )?$", before):
            span = Span(mention.start, verb.end())
            return Reporter(speaker=figure.index, span=span, at=mention.start)
    return None


def is_within(stage: Stage, index: int, reporter: Reporter) -> bool:
    """True if `reporter` is named in the words that triple `index` reports, or is part of its
    source; where the source is the reporter and another speaks, he does report."""
    triple, figure = stage.triples[index], stage.forms[index].figure
    is_source = figure is not None and figure.index == reporter.speaker
    pieces = triple.content if is_source else (*triple.content, *triple.source)
    return any(s.start <= reporter.at < s.end for s in pieces) or (
        _OF_THING.match(stage.text, reporter.span.start) is not None
        and _is_behind(triple, reporter.at)
    )


_OF_THING = re.compile(r"(?:recount|report|retold|relay|publish|quot|cit)", re.IGNORECASE)


def _is_behind(triple: Triple, at: int) -> bool:
    """True for a place right behind a piece of what is said: "that the plan, first reported {by the
    Herald}, was old"."""
    told = (*triple.source, *triple.cue, *triple.content)
    return max((s for s in told if s.end <= at), default=None) in triple.content


def is_outlet(stage: Stage, index: int) -> bool:
    """True for a newspaper, station or the like that is known."""
    return _names_outlet(stage.characters[index].name)


def _names_outlet(name: str) -> bool:
    return bool({name, f"The {name}"} & lexicons.words("outlets"))
