"""Sentences that somebody else is said to have told, at their end: "Holt told Weiss that it was
late, {Weiss} {testified}."

The labels of a text are flat, so that of two sayings in such a sentence they keep the one whose
verb stands beside its words. The words at the end make all before them somebody's statement.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from retold import lexicons, spans
from retold import text as texts
from retold.reading import subjects
from retold.types import Span, Triple

SCORE = 0.9  # set, not fitted: the form leaves little doubt
_KINDS = frozenset({"says", "states", "tells"})
WHO = r"[^,;:“”\"()\n]{1,80}?"
AFTER = (
    r"(?: (?:me|him|her|us|them|reporters|jurors|lawmakers|investigators|the \w+))?"
    r"(?: (?:in|on|at|to|during|after|before|late|early|last|this|earlier|later|hours|days|"
    r"yesterday|today|[A-Z]\w+day)\b[^,;:“”\"()\n]{0,70})?"
)
_PAPER = re.compile(r"(?:the|his|her|its|their|an?) (?:[\w’'-]+ ){0,3}(?P<noun>[\w-]+)")
_NO_SPEAKER = frozenset(
    (
        "that", "this", "which", "who", "but", "and", "as", "while", "though", "he", "she", "they",
        "it", "i", "we",
    )
)  # fmt: skip


def finite(kinds: Collection[str]) -> str:
    """The finite verbs of saying of these kinds, as choices of a pattern."""
    verbs = (verb for verb, kind in lexicons.rows("speech_verbs") if kind in kinds)
    return "|".join(sorted(verb for verb in verbs if not verb.endswith("ing")))


@cache
def _tag() -> re.Pattern[str]:
    """Who said so, from the comma to the full stop: `who` and `cue`, or `verb` and `inverted`."""
    verbs = finite(_KINDS)
    return re.compile(
        rf",[”\"]? (?:(?P<who>{WHO}) (?P<cue>(?:(?:has|have|had|also|later|then) )?(?:{verbs}))"
        rf"|(?P<verb>{verbs}) (?P<inverted>{WHO})){AFTER}\."
    )


def embed(text: str, triples: Sequence[Triple]) -> list[Triple]:
    """`triples`, and for each sentence with such an end a triple around those that stand in it."""
    out = list(triples)
    for triple in triples:
        outer = _around(text, triple) if triple.parent is None else None
        if outer is None or _is_known(out, outer):
            continue
        for index, other in enumerate(out):
            held = (*other.source, *other.cue, *other.content)
            if other.parent is None and all(spans.contains(outer.content[0], s) for s in held):
                out[index] = replace(other, parent=len(out))
        out.append(outer)
    return out


def _is_known(triples: Sequence[Triple], outer: Triple) -> bool:
    """True if the words at the end are part of another statement."""
    tag = spans.hull((*outer.source, *outer.cue))
    return any(spans.overlaps(tag, s) for t in triples for s in (*t.source, *t.cue, *t.content))


def _around(text: str, triple: Triple) -> Triple | None:
    """The statement that holds `triple`, whose source and cue stand before what it says."""
    if not (triple.source and triple.cue):
        return None
    first = min(triple.source[0].start, triple.cue[0].start)
    here = [piece for piece in triple.content if "\n" not in text[first : piece.end]]
    if (
        len(here) < len(triple.content)
        or max(triple.source[-1].end, triple.cue[-1].end) > here[0].start
    ):
        return None
    sentence = Span(_sentence(text, first).start, _sentence(text, here[0].end - 1).end)
    if not all(spans.contains(sentence, piece) for piece in here):
        return None
    last = here[-1].end
    found = _tag().match(text, last - (text[last - 1] == ","), sentence.end)
    if found is None or found.end() < sentence.end:
        return None
    roles = ("who", "cue") if found["who"] else ("inverted", "verb")
    who, cue = _speaker(text, Span(*found.span(roles[0]))), Span(*found.span(roles[1]))
    if who is None or last_word(text, who) == last_word(text, triple.source[0]):
        return None
    content = Span(sentence.start, found.start())
    return Triple(source=(who,), cue=(cue,), content=(content,), score=SCORE)


def last_word(text: str, span: Span) -> str:
    """The last word of a name, by which one is told from another."""
    return spans.cut(text, span).split()[-1].casefold()


def _speaker(text: str, span: Span) -> Span | None:
    """`span` if its words can be a speaker, "the report" among them."""
    paper = _PAPER.fullmatch(text, span.start, span.end)
    if paper and paper["noun"] in lexicons.words("document_nouns"):
        return span
    who = subjects.phrase(text, span)
    first = spans.cut(text, who).split()[0].lower() if who else ""
    return None if first in _NO_SPEAKER else who


def _sentence(text: str, at: int) -> Span:
    """The sentence that holds `at`."""
    end = text.find("\n", at)
    paragraph = Span(text.rfind("\n", 0, at) + 1, end if end > 0 else len(text))
    held = _sentences(spans.cut(text, paragraph))
    whole = (Span(s.start + paragraph.start, s.end + paragraph.start) for s in held)
    return next((s for s in whole if s.start <= at < s.end), paragraph)


@lru_cache(maxsize=8)
def _sentences(paragraph: str) -> tuple[Span, ...]:
    """The sentences of a paragraph, cut once for all that is said in it."""
    return texts.sentences(paragraph, Span(0, len(paragraph)))
