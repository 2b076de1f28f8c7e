"""The source of a statement as the words beside its cue give it: whole, and the nearest there is.

{I} asked him: ‘Will you?’ He said · said {Holt}, according to the Herald
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from retold import lexicons, spans
from retold.reading import calendar, names, subjects
from retold.types import Span, Triple

_BEFORE_CUE = re.compile(
    r"\b(?P<who>I|[Ww]e|[Hh]e|[Ss]he|[Tt]hey) (?:\w+ly |also |had |has |have |then )?$"
)


_ACCORDING = re.compile(r"according to (?:the )?$")
_AFTER_CUE = re.compile(r" (?P<who>[A-Z][\w.’-]+(?: [A-Z][\w.’-]+){0,3})\b")


_WHO_REPORTED = re.compile(
    r"(?:^|[.!?”\"\n]\s*)(?P<who>[A-Z][^,.;:“”\"\n]{0,60}(?:\.[^,.;:“”\"\n ]+)*\.?), "
    r"according to (?:the |an? )?$"
)


def _before_reporter(text: str, place: Span, cue: Span) -> Span | None:
    """The subject before its reporter: in "{Holt}, according to the Herald, {said}" she speaks."""
    if text[place.end : cue.start].strip() != ",":
        return None
    first = max(0, place.start - 100)
    found = _WHO_REPORTED.search(text[first : place.start])
    return Span(first + found.start("who"), first + found.end("who")) if found else None


# "the younger Holt {blasted} by {his sister} over …"
_BY = re.compile(
    r"(?<=ed) by (?P<who>(?:(?:the|an?|his|her|its|their|some|many) )?[\w’.-]+(?: [\w’.-]+){0,4}?)"
    r"(?= (?:for|over|on|as|in|to|after|with|because|that|of|who|at|during|when)\b|[,;”\n]|\.\s|$)"
)


# "the visit {was revealed} by {Karl Weiss} to a film maker": only a name, and no day
_BY_NAME = re.compile(
    rf"(?<=ed) by (?P<who>(?:the )?(?!(?:{'|'.join((*calendar.MONTHS, *calendar.WEEKDAYS))})\b)"
    r"(?-i:[A-Z])[\w’.-]*(?: (?-i:[A-Z])[\w’.-]*){0,4})",
    re.IGNORECASE,
)


# “…,” {reads the letter}
_READS = re.compile(r"\b(?:reads?|said|says|states?|stated|added|adds) (?P<paper>the [a-z]+)$")


def _ends(pieces: Sequence[Span]) -> tuple[int, int]:
    return pieces[0].start, pieces[-1].end


_NOBODY = frozenset({"the", "a", "an", "just", "more"})


_BRACKETED = re.compile(r"\[\w\]$")
# "{some of} the mayor’s claims"
_SHARE = re.compile(
    r"(?:all|any|each|few|many|most|much|none|one|several|some) of "
    r"(?=[^,;:“”\"\n]*(?:\b(?:his|her|its|their|my|our|your)|[’']s|s[’'])$)",
    re.IGNORECASE,
)
_VERB_AFTER = re.compile(r"(?<=\w) (?:said|says)$")
# "{Holt} has become the latest minister {to say} …"
_IS_ONE = re.compile(
    r"(?<=\w) (?:is|was|(?:has |had )?become|becomes|became) the "
    r"(?:first|second|third|last|latest|most recent|only) (?:[\w-]+ ){0,3}[\w-]+$"
)


def _with_words(text: str, triple: Triple) -> Triple:
    """`triple`, its source whole words that name somebody: "[T]{he council}" with its first letter,
    "{Holt said}" without the verb, nothing of a mere article or adverb: "copies {the} requested".
    """
    whole = tuple(_whole(text, s) for s in triple.source)
    kept = tuple(s for s in whole if spans.cut(text, s).strip().casefold() not in _NOBODY)
    return triple if kept == triple.source else replace(triple, source=kept)


def _whole(text: str, span: Span) -> Span:
    """`span` with the letter in brackets that it begins with, without a verb or a lone bracket at
    its end."""
    letter = _BRACKETED.search(text, max(0, span.start - 3), span.start)
    start, end = letter.start() if letter else span.start, span.end
    if (share := _SHARE.match(text, start, end)) is not None:
        start = share.end()
    if end - start > 1 and text[end - 1] == ")" and "(" not in text[start:end]:
        end -= 1
    end = next((a.end("name") for a in _hidden(text, Span(start, end))), end)
    if (
        verb := _VERB_AFTER.search(text, start, end) or _IS_ONE.search(text, start, end)
    ) is not None:
        end = verb.start()
    return Span(start, end) if end > start else span


def _hidden(text: str, span: Span) -> Iterator[re.Match[str]]:
    """The names in `span` behind which a page hides headlines."""
    given = lexicons.words("first_names")
    for word in names.words_of(text, span):
        found = names.again(text, word.start, span.end) if word.is_capital else None
        if found and (word.low in given or " " not in found["name"]):
            yield found


_ASKED = re.compile(r"(?:When )?(?P<verb>asked|pressed|pushed|questioned|quizzed)\b", re.IGNORECASE)
_OPENS = re.compile(r"(?:^|[.!?:;”\"\n(—–]\s*)$")
_OF_WHOM = re.compile(r"\b(?:[Ww]hen|[Ii]f|[Oo]nce|being) $")
_AGENT = re.compile(r"\bby (?:the |an? )?$")


def _by(text: str, place: Span) -> bool:
    """True after "by"."""
    return _AGENT.search(text, max(0, place.start - 8), place.start) is not None


def is_asked(text: str, cue: Span) -> bool:
    """True for "{Pressed on} whether it was late, Holt said": somebody else asked her."""
    verb = _ASKED.match(text, cue.start, cue.end)
    if verb is None:
        return False
    is_capital = verb.group()[0].isupper()  # and so is every verb of a headline
    opens = is_capital and _OPENS.search(text, max(0, cue.start - 3), cue.start) is not None
    is_led = opens or verb.start("verb") > cue.start
    return is_led or _OF_WHOM.search(text, max(0, cue.start - 8), cue.start) is not None


# "{Holt} {faced accusations} from Ito {that …}"
_MEETS = re.compile(
    r"(?:\b(?:fac(?:e[sd]?|ing)|dr[ae]wn?|draw(?:s|ing)|takes?|took|taking|taken|under|"
    r"receiv(?:e[sd]?|ing)|earn(?:ed|s|ing)?|weather(?:ed|s)?) (?:\w+ ){0,3}"
    r"(?:accusations?|allegations?|backlash|charges|claims|complaints|condemnation|criticisms?|fire|"
    r"flak|outcry|pressure|questions|rebukes?|ridicule|scrutiny)|"
    r"\bpleaded (?:not )?guilty\b.* charges)\b",
    re.IGNORECASE,
)
_FROM = re.compile(
    r" from (?P<who>(?:the |an? )?[\w’-]+(?: [A-Z][\w’-]+){0,3})(?= (?:for|that|over|about)\b)"
)


def is_met(text: str, cue: Span) -> bool:
    """True for "{Holt} {faced accusations} {that she was late}": somebody else made them."""
    return _MEETS.search(text, cue.start, cue.end) is not None


# "{The aides} {were warned about} …": somebody else did
_ADDRESSED = re.compile(
    r"(?:(?:has|have|had) been|was|were|been|being|is|are|got|gets?) "
    r"(?:\w+ly |also |not |first |then )?"
    r"(?:advised|assured|briefed|informed|notified|reminded|told|warned)\b",
    re.IGNORECASE,
)
_MEETS_HERE = re.compile(rf"[^,;:“”\".\n]{{0,40}}{_MEETS.pattern}", re.IGNORECASE)


def _is_addressed(text: str, source: Span, cue: Span) -> bool:
    """True for "{Aides} {were told of} it" and "{Holt} faces {accusations} {that …}": they did not
    say so themselves."""
    if source.end > cue.start or _is_outlet(spans.cut(text, source)):
        return False  # "Fox News is told" reports it
    if _ADDRESSED.match(text, cue.start, cue.end):
        return True
    met = _MEETS_HERE.match(text, source.end, cue.end)
    return met is not None and met.end() == cue.end > cue.start


def _is_outlet(words: str) -> bool:
    return bool(
        {words, words.removeprefix("the ").removeprefix("The ")} & lexicons.words("outlets")
    )


# "{Holt} wrote to Ito {warning} that …": the words are hers who wrote, not Ito’s
_SENDS = re.compile(
    r"\b(?:(?:has|have|had|also|then|later) )*"
    r"(?:wrote|written|penned|filed|tweeted|hit|fired|shot|replied|responded|sent|texted|emailed)\b"
    r"[^.!?;:“”\"\n]{0,60}? (?:to|at|against) (?:the )?(?:[A-Z][\w.]* )*$"
)
_LETTER = re.compile(
    r"\b(?:briefs?|e-?mails?|letters?|memos?|messages?|notes?|petitions?|texts?|tweets?)"
    r" (?:to|at|with) (?:the )?(?:[A-Z][\w.]* )*$"
)
_DOES = re.compile(r"(?:by )?\w+ing\b")


def _does(text: str, place: Span, cue: Span) -> bool:
    """True for a participle right after those at `place`."""
    return 0 < cue.start - place.end <= 2 and _DOES.match(text, cue.start) is not None


def _is_written_to(text: str, place: Span) -> bool:
    """True for "penning a letter to {Ito}"."""
    return _LETTER.search(text, max(0, place.start - 60), place.start) is not None


def _sender(text: str, place: Span) -> Span | None:
    """Who sends the words on to whom stands as the source right before a participle."""
    first = max(0, place.start - subjects.MAX_LEAD_CHARS, text.rfind("\n", 0, place.start) + 1)
    sends = _SENDS.search(text, first, place.start)
    lead = text[first : sends.start()].rstrip() if sends else ""
    return subjects.subject(text, Span(first, first + len(lead))) if lead else None


def _of_others(text: str, triple: Triple) -> Triple | None:
    """`triple` without the source that the model gives, where that one was only asked, accused or
    written to, and with whoever did so where the words tell; None where he speaks."""
    place, cue = triple.source, triple.cue[0]
    if (quoted := _quoted_one(text, triple)) is not None:
        return quoted
    if is_asked(text, cue) and not _by(text, place[0]):
        return replace(triple, source=())
    if is_met(text, cue) and place[0].start < cue.start:
        by = _FROM.match(text, cue.end)
        return replace(triple, source=(Span(*by.span("who")),) if by else ())
    if _is_addressed(text, place[-1], cue):
        by = _BY.match(text, cue.end)
        return replace(triple, source=(Span(*by.span("who")),) if by else ())
    if _is_of_next_sentence(text, place[0], cue):
        return replace(triple, source=())
    if not _does(text, place[-1], cue):
        return None
    if (who := _sender(text, place[-1])) is not None:
        return replace(triple, source=(who,))
    return replace(triple, source=()) if _is_written_to(text, place[-1]) else None


# "{Holt} was quoted by the Herald as saying …"
_QUOTED_BY = re.compile(
    r"\b(?:is|are|was|were|been) (?:also |later )?quoted(?: as \w+)? by (?:the |an? )?$"
)


def _quoted_one(text: str, triple: Triple) -> Triple | None:
    """`triple` as that of whom its source quotes: who does so is no speaker."""
    place = triple.source[0]
    first = max(0, place.start - subjects.MAX_LEAD_CHARS, text.rfind("”", 0, place.start) + 1)
    quoted = _QUOTED_BY.search(text, first, place.start) or _QUOTED_BY.search(
        text, first, place.start + len("the ")
    )
    lead = text[first : quoted.start()].rstrip() if quoted else ""
    who = subjects.subject(text, Span(first, first + len(lead))) if lead else None
    if who is None:
        return None
    content = tuple(c for c in triple.content if not spans.overlaps(c, who))
    return replace(triple, source=(who,), content=content or triple.content)


_NEXT_SENTENCE = re.compile(r"[^“”\"\n]*\b(?P<last>\w{4,})[.!?] $")


def _is_of_next_sentence(text: str, place: Span, cue: Span) -> bool:
    """True for "… to say no, {citing} it. {The board} had …": it begins a sentence of its own, and
    {Holt} of "{said} Capt. {Holt}" does not."""
    if place.start <= cue.end or not text[place.start].isupper():
        return False
    found = _NEXT_SENTENCE.match(text, cue.end, place.start)
    return found is not None and found["last"].lower() not in lexicons.words("titles")


def source(text: str, triple: Triple) -> Triple:
    """`triple`, its source another if that stands nearer to its cue: in "{I} asked him: ‘Will
    you?’ He said" the question is not his, in "said {Holt}, according to the Herald" it is hers."""
    triple = _with_words(text, triple)
    if triple.cue and not triple.source and (paper := _READS.search(text, *_ends(triple.cue))):
        return replace(triple, source=(Span(*paper.span("paper")),))
    if triple.cue and not triple.source and (by := _BY_NAME.match(text, triple.cue[-1].end)):
        return replace(triple, source=(Span(*by.span("who")),))
    if not (triple.source and triple.cue):
        return triple
    if (others := _of_others(text, triple)) is not None:
        return others
    if triple.source[0].start < triple.cue[0].end:
        if (who := _before_reporter(text, triple.source[0], triple.cue[0])) is not None:
            return replace(triple, source=(who,))
        is_quoted = "quoted" in spans.cut(text, triple.cue[-1]).split()  # it is he who speaks
        by = None if is_quoted else _BY.match(text, triple.cue[-1].end)
        return replace(triple, source=(Span(*by.span("who")),)) if by else triple
    after = _AFTER_CUE.match(text, triple.cue[-1].end, triple.source[0].start)
    start = triple.source[0].start
    if after and _ACCORDING.search(text, max(0, start - 24), start):
        return replace(triple, source=(Span(*after.span("who")),))
    at = triple.cue[0].start
    found = _BEFORE_CUE.search(text, max(0, at - 24), at)
    return replace(triple, source=(Span(*found.span("who")),)) if found else triple
