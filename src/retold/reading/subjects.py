"""The words before a verb that can be its subject, and those that say whose a noun is."""

from __future__ import annotations

import re

from retold import lexicons, spans
from retold.types import Span

MAX_SUBJECT_WORDS = 9
MAX_LEAD_CHARS = 200  # a subject and its verb are nearer; and no paragraph is gone through for each

CLAUSE = re.compile(
    r"(?:[;:.!?—–]|,\s+(?:and|but|so)\b|[“\"‘(]|"
    r"\b(?:that|what|because|when|if|after|before|since|while|although|though|whether|where|and|but|"
    r"than|until|once|as)\b(?!\s+well\b))\s*[“\"‘(]?",
    re.IGNORECASE,
)
OWNER = (
    r"(?<![\w.-])(?P<owner>(?:(?:his|her|its|their|our|my|your)|"
    r"(?:(?:the|a)\s+)?(?:[A-Z][\w.-]*\s+){0,3}[\w.-]+(?:[’']s|s[’']))\s+)"
)
_NOMINATIVES = frozenset({"he", "she", "they", "we", "you", "it", "who"})
_DETERMINERS = frozenset(
    "the a an his her its their our my your this that these those some many several most both all "  # noqa: SIM905
    "every other one two three four five no more few people folks police".split()
)
# words that do not stand within a subject, beside the verbs of reporting
_NO_SUBJECT = frozenset(
    "is was are were has had have be i he she it they we who which to will would can could may "  # noqa: SIM905
    "might must should".split()
)


def subject(text: str, lead: Span) -> Span | None:
    """The noun phrase that ends `lead`, None where its last words are none."""
    words = text[lead.start : lead.end]
    if words.endswith(",") and (comma := words.rfind(",", 0, -1)) > 0:
        words = words[:comma]  # "his aides, in and outside the house, say"
    breaks = (b.end() for b in CLAUSE.finditer(words) if b.end() < len(words))
    cut = max((*breaks, words.rfind(", ") + 2 if ", " in words else 0), default=0)
    return phrase(text, Span(lead.start + cut, lead.start + len(words))) if words[cut:] else None


def phrase(text: str, span: Span) -> Span | None:
    """`span` if its words can be a subject, without "even" and the like before it."""
    found = spans.snap(text, span)
    if found is None:
        return None
    words = re.findall(r"[\w’'@.-]+", text[found.start : found.end])
    while len(words) > 1 and words[0].lower() in {"even", "only", "just", "now", "then", "so"}:
        found = spans.snap(text, Span(found.start + len(words[0]), found.end)) or found
        words = words[1:]
    if not 0 < len(words) <= MAX_SUBJECT_WORDS:
        return None
    first, low = words[0].lower(), {w.lower() for w in words}
    if first in {"do", "does", "did"}:
        return None  # "do you think": a question
    if len(words) == 1 and first in _NOMINATIVES:
        return found
    opens = first in _DETERMINERS or words[0][0].isupper() or first.endswith("s")
    if not opens or first[:2] in ("i’", "i'") or text[found.end - 1] in ")]":
        return None
    ends = words[-1].lower() in lexicons.words("phrase_openers") | {"that", "the", "a", "not"}
    return None if ends or low & (lexicons.words("reporting") | _NO_SUBJECT) else found
