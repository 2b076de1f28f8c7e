"""What the labels linked, put right by the words around it: whose a statement is, where it ends,
and in which other it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retold import lexicons, spans
from retold import text as texts
from retold.reading import clauses, sources, subjects, tags
from retold.types import Span, Triple

MIN_CONTENT_CHARS = 12
MAX_OWNER_CHARS = 80


def amend(text: str, triples: Sequence[Triple]) -> list[Triple]:
    """`triples`, each with the source nearest to its cue and, within another, cut to its clause."""
    told = [_before_report(text, sources.told_by(text, _parted(text, t))) for t in triples]
    out = [_within_sentence(text, triple) for triple in tags.embed(text, clauses.embed(text, told))]
    out = [_joined(text, _with_owner(text, _after_reporter(text, out, t))) for t in out]
    return _hung_higher(out)


_WITH_SUBJECT = re.compile(
    r"(?P<who>(?:an?|the|another|one)\s+(?:[\w’'-]+\s+){1,5}?)(?P<verb>[\w-]+)", re.IGNORECASE
)


def _parted(text: str, triple: Triple) -> Triple:
    """A triple without a source whose cue holds the subject too, the two apart: "{an article of
    impeachment} {states}", "{a letter} {saying}"."""
    if triple.source or len(triple.cue) != 1:
        return triple
    found = _WITH_SUBJECT.fullmatch(text, triple.cue[0].start, triple.cue[0].end)
    verb = found["verb"].lower() if found else ""
    if not found or verb not in lexicons.words("speech_verbs") - lexicons.words("saying_nouns"):
        return triple
    who = subjects.phrase(text, Span(*found.span("who")))
    return replace(triple, source=(who,), cue=(Span(*found.span("verb")),)) if who else triple


_OWNER_BEFORE = re.compile(subjects.OWNER + r"(?:[\w-]+\s+){0,2}?$")


def _after_reporter(text: str, triples: Sequence[Triple], triple: Triple) -> Triple:
    """A triple without a source, its cue right after a reporter, with the subject before him:
    "{Karl Holt}, according to the Herald, {told} her that …"."""
    if triple.parent is None or triple.source or not triple.cue:
        return triple
    reporter = triples[triple.parent].source
    who = sources.before_reporter(text, reporter[0], triple.cue[0]) if reporter else None
    return replace(triple, source=(who,)) if who else triple


_OWN_REPORT = re.compile(
    r"\s+(?:(?:is|are) reporting|reports?|reported|has (?:reported|learned))\b"
)


def _before_report(text: str, triple: Triple) -> Triple:
    """A triple whose source does no more than report it, with the subject of its cue: "{Karl Holt}
    {denied} {it}, the Herald is reporting"."""
    if not (triple.source and triple.cue and _OWN_REPORT.match(text, triple.source[-1].end)):
        return triple
    cue, first = triple.cue[0], triple.content[0].start
    if not cue.end <= first < triple.source[0].start:
        return triple
    start = max(text.rfind("\n", 0, cue.start) + 1, cue.start - subjects.MAX_LEAD_CHARS)
    lead = spans.snap(text, Span(start, cue.start)) if start < cue.start else None
    who = subjects.subject(text, lead) if lead else None
    return replace(triple, source=(who,)) if who else triple


_JOINED = re.compile(
    r"\bjoin(?:s|ed|ing)?\s+(?:with\s+)?(?P<who>[^.;:“”\"\n]{3,90}?)\s+(?:in\s+)?$"
)


def _joined(text: str, triple: Triple) -> Triple:
    """A triple within another with those as its source whom somebody joins in saying it: "we join
    {the engineers} in {saying} {so}"."""
    if triple.parent is None or not triple.cue:
        return triple
    cue = triple.cue[0]
    at = cue.start + len("in ") if text.startswith("in ", cue.start) else cue.start
    found = _JOINED.search(text, max(0, at - subjects.MAX_LEAD_CHARS), at)
    if found is None or not text[at:].split(" ", 1)[0].endswith("ing"):
        return triple
    return replace(triple, source=(Span(*found.span("who")),))


def _with_owner(text: str, triple: Triple) -> Triple:
    """A triple without a source whose cue is a noun, with whose it is: "denounced {the mayor’s}
    {remarks} that …"."""
    if triple.parent is None or triple.source or not triple.cue:
        return triple
    cue = triple.cue[0]
    if text[cue.start : cue.end].lower() not in lexicons.words("saying_nouns"):
        return triple
    first = max(0, cue.start - MAX_OWNER_CHARS)
    found = _OWNER_BEFORE.search(text[first : cue.start])
    if found is None:
        return triple
    owner = spans.snap(text, Span(first + found.start("owner"), first + found.end("owner")))
    return replace(triple, source=(owner,)) if owner else triple


_NEXT_CLAUSE = re.compile(r", (?=(?:and|but) (?:he|she|they|it|we|I|there)\b)|\s(?=and now\b)")


def _within_sentence(text: str, triple: Triple) -> Triple:
    """A triple within another whose words outside quotation marks end with their clause."""
    if triple.parent is None or not triple.cue:
        return triple
    pieces = tuple(_clipped(text, triple, piece) for piece in triple.content)
    return _without_addressee(text, replace(triple, content=pieces))


_TOLD = re.compile(r"[^.,;:“”\"()]{2,60}? (?=that\b)")


def _without_addressee(text: str, triple: Triple) -> Triple:
    """A triple whose content begins with "that" where its cue tells somebody so: "they {warned}
    those who went {that it was late}"."""
    first, *others = triple.content
    last = text[triple.cue[-1].start : triple.cue[-1].end].rpartition(" ")[2].lower()
    told = _TOLD.match(text, first.start, first.end)
    if lexicons.table("speech_verbs").get(last) != "tells" or told is None:
        return triple
    if first.start < triple.cue[-1].end or text.startswith("that ", first.start):
        return triple
    return replace(triple, content=(Span(told.end(), first.end), *others))


def _clipped(text: str, triple: Triple, piece: Span) -> Span:
    if piece.start < triple.cue[-1].end or text[piece.start] in "“‘\"'«":
        return piece
    first = (*texts.sentences(text, piece), piece)[0]
    stop = _NEXT_CLAUSE.search(text, min(first.end, first.start + MIN_CONTENT_CHARS), first.end)
    return Span(first.start, stop.start()) if stop else first


def _hung_higher(triples: Sequence[Triple]) -> list[Triple]:
    """`triples`, each within a content that still reaches to its words."""
    out = list(triples)
    for index, triple in enumerate(out):
        parent = triple.parent
        while parent is not None and out[parent].parent is not None:
            if any(spans.overlaps(triple.content[0], piece) for piece in out[parent].content):
                break
            parent = out[parent].parent
        out[index] = replace(triple, parent=parent)
    return out
