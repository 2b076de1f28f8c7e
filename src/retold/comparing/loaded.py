"""Loaded words in an article, each with whom it is said of where the words beside it say so.

    the {embattled} Holt · Holt is a {reckless} man · Holt, a notorious {liar} ·
    called Holt a {coward} · Holt {lashed out}

A word that is only near a name is said of nobody in particular. Left out are parts of names and
titles of works (“The {Dangerous} Sea”), halves of longer words (anti-{racist}), and phrases in
which the word judges nobody (woke up).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from retold import lexicons
from retold.spans import contains, finder, overlaps
from retold.types import Span

Mentions = Sequence[tuple[Span, str]]

MAX_BETWEEN_CHARS = 60  # a word that modifies or predicates a name is no farther from it
MAX_PHRASE_CHARS = 24

_MODIFIER = re.compile(
    r"(?:^|[“\"(,;:—–]\s?|\b(?:the|an?|this|that|his|her|their|our|its|my|your|most|more|very|of|by|as|"
    r"from|with|for|like|is|was)\s(?:\w+ly\s)?)$",
    re.IGNORECASE,
)
_DECK = re.compile(r"(?:,?\s(?:and\s)?(?P<word>[\w.’'-]+))")
_ASIDE = r"(?:,\s[A-Z][^,;]{1,40},|\s\([^)]{1,40}\))?"  # Holt, R-Tolmouth, …
_BE = (
    rf"{_ASIDE}(?:,?\swho)?"
    r"\s(?:is|was|are|were|has\sbeen|have\sbeen|had\sbeen|becomes?|became|remains?|remained|"
    r"seems?|looks?)"
)
_PREDICATE = re.compile(rf"{_BE}(?:\sone\sof\sthe)?(?P<between>(?:,?\s[\w’'-]+){{0,5}})\s[“\"]?$")
_APPOSITION = re.compile(r",\s(?:an?|the|one\sof\sthe)(?P<between>(?:\s[\w’'-]+){0,3})\s[“\"]?$")
_NAMED = re.compile(
    r"\s(?:as\s)?(?:an?|the)(?P<between>(?:\s[\w’'-]+){0,3})\s[“\"]?$|\sas\s[“\"]?$"
)
_NAMING = re.compile(
    r"\b(?:call|label|labell|brand|dubb|describ|denounc|portray|paint|deem|consider|dismiss|"
    r"characteri[sz]|condemn|depict|regard|attack)(?:s|es|e|ed|ing)?\s(?:[A-Z][\w.]*\s){0,3}$"
)
_DOES = re.compile(rf"{_ASIDE}\s(?:(?:has|have|had|also|then|later|again|\w+ly)\s){{0,2}}$")
_DOING = re.compile(r"(?:ed|back|out|down|off|up)$")
_NO_SUBJECT_AFTER = re.compile(
    r"\b(?:of|by|for|with|to|from|about|against|on|in|at|over|between|under|than|like|toward|towards)"
    r"\s(?:the\s)?(?:[A-Z][\w.]*\s){0,4}$"
)
_OWNER = re.compile(r"[’'](?:s\b|(?=\s))")
# what parts a predicate from its subject: another clause, an object, a purpose
_PARTING = frozenset(
    "to for in on by with that who which being from at against about under over after before "  # noqa: SIM905
    "when where if because than trying going doing facing asked told said".split()
)
_DETERMINERS = frozenset("the a an his her its their this that these those".split())  # noqa: SIM905


def find(
    text: str, sentences: Sequence[Span], mentions: Mentions, titles: Sequence[Span] = ()
) -> Iterator[tuple[Span, str | None]]:
    """The loaded words of some sentences, each with the mention's actor of whom it is said, None
    where it is said of nobody in particular; `titles` are sentences with capitals throughout."""
    mentioned = finder(mentions, key=lambda held: held[0])
    for sentence in sentences:
        near = [held for held in mentioned(sentence) if contains(sentence, held[0])]
        is_title = any(overlaps(sentence, title) for title in titles)
        for match in judging().finditer(text, sentence.start, sentence.end):
            span = Span(*match.span())
            if any(overlaps(span, mention) for mention, _ in near) or _is_no_judgement(text, span):
                continue
            if is_title or not _is_of_a_name(text, span, sentence, near):
                yield span, _said_of(text, span, sentence, near)


@cache
def judging() -> re.Pattern[str]:
    """Matches a word or phrase of the list of those that judge."""
    listed = sorted(lexicons.words("loaded"), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, listed))})(?![\w-])", re.IGNORECASE)


# --- inside ---------------------------------------------------------------------------------------


def _is_no_judgement(text: str, span: Span) -> bool:
    start, end = max(0, span.start - MAX_PHRASE_CHARS), span.end + MAX_PHRASE_CHARS
    phrases = _unloaded().finditer(text, start, end)
    return any(contains(Span(*phrase.span()), span) for phrase in phrases)


@cache
def _unloaded() -> re.Pattern[str]:
    listed = sorted(lexicons.words("unloaded"), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, listed))})\b", re.IGNORECASE)


def _is_of_a_name(text: str, span: Span, sentence: Span, near: Mentions) -> bool:
    """True for a capitalised word with another beside it that is no mention: part of a name, or of
    the title of a work."""
    word = text[span.start : span.end]
    if not word[0].isupper() or word.isupper():
        return False
    before = re.search(r"([\w’'-]+)\s$", text[sentence.start : span.start])
    after = re.match(r"\s([\w’'-]+)", text[span.end : sentence.end])
    if after and any(m.start == span.end + after.start(1) for m, _ in near):
        return False  # “Crooked Holt”
    return any(
        found is not None and found.group(1)[0].isupper() and not found.group(1).isupper()
        for found in (before, after)
    )


def _said_of(text: str, span: Span, sentence: Span, near: Mentions) -> str | None:
    """The actor whom a loaded word modifies, predicates or is the deed of."""
    before = [held for held in near if held[0].end <= span.start][-1:]
    after = [held for held in near if held[0].start >= span.end][:1]
    said = [about for mention, about in before if _follows(text, span, sentence, mention)]
    said += [about for mention, about in after if _precedes(text, span, sentence, mention)]
    return said[0] if said else None


def _follows(text: str, span: Span, sentence: Span, mention: Span) -> bool:
    """True if the word after a name is said of it."""
    lead, between = text[sentence.start : mention.start], text[mention.end : span.start]
    if len(between) > MAX_BETWEEN_CHARS or _OWNER.match(text, mention.end):
        return False
    named = _NAMED.fullmatch(between)
    if named and (_NAMING.search(lead) or " as " in f"{between} "):
        return _is_one_phrase(named["between"])
    apposed = _APPOSITION.fullmatch(between)
    if apposed:
        return _is_one_phrase(apposed["between"])
    if _NO_SUBJECT_AFTER.search(lead):
        return False
    predicate = _PREDICATE.fullmatch(between)
    if predicate:
        return _is_one_phrase(predicate["between"])
    word = text[span.start : span.end].casefold()
    is_deed = word in lexicons.words("loaded_cues") or bool(_DOING.search(word))
    return is_deed and bool(_DOES.fullmatch(between))


def _is_one_phrase(between: str | None) -> bool:
    """True for the words between "is" and a loaded word if no other phrase begins among them."""
    words = re.findall(r"[\w’'-]+", (between or "").casefold())
    content = [n for n, word in enumerate(words) if word not in lexicons.words("function_words")]
    after = words[content[0] :] if content else []
    return not _PARTING & set(words) and not _DETERMINERS & set(after)


def _precedes(text: str, span: Span, sentence: Span, mention: Span) -> bool:
    """True if the word stands before a name in the same noun phrase."""
    if _OWNER.match(text, mention.end) or mention.start - span.end > MAX_BETWEEN_CHARS:
        return False
    if not _MODIFIER.search(text[sentence.start : span.start]):
        return False
    between = text[span.end : mention.start]
    words = _DECK.findall(between.rstrip())
    if _DECK.sub("", between.rstrip()) or not between.endswith(" "):
        return False
    return all(_may_lead(word) for word in words)


def _may_lead(word: str) -> bool:
    """True for a word of what leads up to a name: a title, an office, an adjective."""
    low = word.casefold().strip(".")
    held = ("titles", "title_adjectives", "person_nouns")
    return word[0].isupper() or any(
        low in lexicons.words(name) or word in lexicons.words(name) for name in held
    )
