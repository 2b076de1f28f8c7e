"""Whom somebody heard: "he recalled {Putin} asking", "she quoted {him} as replying", "the Herald
reported it, citing {a clerk}"; and who heard him: "{the letter} quotes the bishops, who wrote",
"“I saw {the reports} that he had said no”"."""

from __future__ import annotations

import re

from retold.reading.scene import Scene
from retold.types import Span, Triple

_HEARD = re.compile(
    r"\s*,?\s*\b(?:(?:also|even|has|have|had|later|then) )*"
    r"(?:recall(?:s|ed)|remember(?:s|ed)|recount(?:s|ed)|hear(?:s|d)|overheard|"
    r"quot(?:es|ed)|cit(?:es|ed)|recollect(?:s|ed)|describ(?:es|ed))\s+"
)
_SPEAKING = re.compile(
    r"(?:’s|'s)?\s+(?:as\s+)?(?:asking|saying|telling|replying|answering|adding|insisting|warning|"
    r"promising|joking|wondering|complaining|remarking|whispering|shouting|say|ask)\b"
)
_PRONOUN = re.compile(r"him|her")
_WHO = re.compile(
    r"(?P<who>(?:an? |the |one |some |[A-Z])[^,.;:“”\"()\n]{2,60}?) as (?:saying|telling)\b"
)


def named(scene: Scene, source: Span) -> tuple[Span, int] | None:
    """The one by name whom a source was heard to say the words."""
    found = _HEARD.match(scene.text, source.end)
    if not found:
        return None
    for mention, figure in scene.roster.within(Span(found.end(), found.end() + 30)):
        between = scene.text[found.end() : mention.start]
        if between.strip() in ("", "the", "President", "Mr.", "Mrs.", "Ms.") and _SPEAKING.match(
            scene.text, mention.end
        ):
            return mention, figure.index
    return None


def described(scene: Scene, source: Span) -> Span | None:
    """The words for the one whom a source quotes: "the Herald quoted {a clerk} as saying"."""
    found = _HEARD.match(scene.text, source.end)
    who = _WHO.match(scene.text, found.end()) if found else None
    return Span(*who.span("who")) if who else None


def pronoun(scene: Scene, source: Span) -> Span | None:
    """The place of the pronoun for whom a source was heard to say the words."""
    found = _HEARD.match(scene.text, source.end)
    word = _PRONOUN.match(scene.text, found.end()) if found else None
    if word is None or not _SPEAKING.match(scene.text, word.end()):
        return None
    return Span(*word.span())


# "Citing {a clerk}, the Herald reported …"
_CITING_FIRST = re.compile(r"Citing (?P<who>[^,;:“”\"()\n—–]{3,80}), (?:[Tt]he )?")
_CITED = re.compile(r"\b(?:citing|quoting|according to)\s+(?P<who>[^,.;:“”\"()\n—–]{3,80})")


def cited(scene: Scene, triple: Triple) -> Span | None:
    """The words for the one on whom a report rests, after it in its sentence or before it: "citing
    {a clerk}".

    None within what is quoted, unless right after the words, and where more than one is named so.
    """
    if not triple.source or not triple.cue:
        return None
    sentence = scene.sentence_at(triple.cue[0].start)
    last = triple.source[-1].end
    first = _CITING_FIRST.match(scene.text, sentence.start, sentence.end)
    if first is not None and first.end("who") + 2 <= triple.source[0].start <= first.end():
        return Span(*first.span("who")) if first.end() <= triple.cue[0].start else None
    held = [
        Span(*found.span("who"))
        for found in _CITED.finditer(scene.text, last, sentence.end)
        if scene.quotation(found.start()) is None
        or scene.text[triple.content[-1].end : found.start()] == ", "
    ]
    return held[0] if len(held) == 1 else None


_QUOTES = re.compile(
    r"(?P<who>[^.;:“”\"\n]{2,60}?),? "
    r"(?:(?:has|have|had|also|then|was quick to|were quick to|\w+ly) )*"
    r"(?:quot(?:es?|ed)|cit(?:es?|ed)|highlight(?:s|ed)?)"
    r"(?: (?:the |a |some )?(?:comments?|remarks?|words|statements?|study|studies|reports?)"
    r" (?:from|by|of))? (?:the |an? )?(?:former |[A-Z][a-z]+\. )?$"
)
_WHICH = re.compile(r"(?:who|which)\b")


def by(scene: Scene, triple: Triple) -> Span | None:
    """The words for the one who quotes the source of a triple, at the head of its sentence: "{The
    letter} quotes the Conference of Bishops, {which} wrote", "{She} cited comments from {Holt}".

    None within quotation marks or another statement, which came through its own speaker.
    """
    is_inner = triple.parent is not None
    if is_inner or not triple.source or scene.quotation(triple.source[0].start) is not None:
        return None
    start = triple.source[0].start
    if _WHICH.match(scene.text, start):
        near = Span(max(0, start - 3), max(1, start))
        named = [m for m, _ in scene.roster.within(near) if m.end <= start]
        if not named:
            return None
        start = named[-1].start
    sentence = scene.sentence_at(start)
    found = _QUOTES.match(scene.text, sentence.start, start)
    return Span(*found.span("who")) if found else None


_VOUCHES_BEFORE = re.compile(
    r"(?:\baccording to (?P<who>[^,.;:“”\"()\n]{3,60}?),?|"
    r"\b(?P<paper>(?:the |a |those |news |media |press )+"
    r"(?:reports?|stor(?:y|ies)|articles?|accounts?|rumou?rs?)) that) (?:that )?$",
    re.IGNORECASE,
)
_VOUCHES_AFTER = re.compile(
    r",? (?:according to (?P<who>[^,.;:“”\"()\n]{3,60}), |"
    r"(?:was|were|is|are|has been|have been) quoted (?:as (?:saying|telling \w+) )?"
    r"(?:\w+day )?by (?P<paper>[^,;:.“”\"()\n]{3,60}?)(?=[,;:.“”\"\n]| (?:as|on|in)\b))",
    re.IGNORECASE,
)
MAX_VOUCHED_CHARS = 100


def vouched(scene: Scene, triple: Triple) -> Span | None:
    """The words for the one who reports a statement within another, beside its source: "“Now,
    according to {the Herald}, he says yes”", "{the reports} that he had said no"."""
    if triple.parent is None or not triple.source:
        return None
    source = triple.source[0]
    first = max(scene.sentence_at(source.start).start, source.start - MAX_VOUCHED_CHARS)
    found = _VOUCHES_BEFORE.search(scene.text, first, source.start)
    found = found or _VOUCHES_AFTER.match(scene.text, source.end)
    if found is None:
        return None
    role = "who" if found["who"] else "paper"
    return Span(*found.span(role))
