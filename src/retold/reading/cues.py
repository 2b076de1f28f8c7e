"""What a cue does: the act, and how far the reporter backs it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from retold import lexicons, spans
from retold.reading.scene import Scene
from retold.types import Act, Span, Triple

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_NEGATED = re.compile(
    r"(?:\b(?:not|never|no longer|without)|n[’']t)\s+"
    r"(?:[\w]+ly\s+|yet\s+|even\s+)?(?:be\s+)?(?P<verb>\w+)",
    re.IGNORECASE,
)
_IF = re.compile(
    r"(?:^|[\s“\"‘'(,—–])(?:if|unless|whether or not|in case|should|had)\s*$", re.IGNORECASE
)
# "warned him to go" orders, "warned that it was late" states
_MAY_STATE = re.compile(r"(?:warn|insist|advis|plead)", re.IGNORECASE)
_STATES = re.compile(
    r"[“\"‘']|that\b(?!.{0,60}\b(?:be|should|must|not)\b)|(?:he|she|it|they|there)\b"
)
_CALLS = re.compile(r"\bcall(?:s|ed|ing)?\s+(?:up)?on\b|\bcall(?:s|ed|ing)?\s+for\b", re.IGNORECASE)


# --- the act --------------------------------------------------------------------------------------


def words_of(text: str, pieces: Sequence[Span]) -> list[str]:
    """The words of the pieces, in lower case."""
    return [w.lower() for p in pieces for w in _WORD.findall(text[p.start : p.end])]


def act(text: str, triple: Triple) -> Act:
    """What the cue does with the content; a question in quotation marks is asked, whatever the cue.

    "Did not say" is stated still: denial is an act of its own, not the absence of one.
    """
    told = lexicons.table("cues")
    if any(_CALLS.search(text, c.start, c.end) for c in triple.cue):
        return Act.ORDERED
    acts = [Act(told[w]) for w in words_of(text, triple.cue) if w in told]
    strong = [a for a in acts if a is not Act.STATED]
    if strong and not (acts[-1] is Act.STATED and acts[0] is not Act.STATED and len(acts) > 2):
        first = strong[0]
        if first is Act.ORDERED and _only_states(text, triple):
            return Act.STATED
        if (
            first is Act.ORDERED
            and "asked" in words_of(text, triple.cue)
            and _is_question(text, triple)
        ):
            return Act.ASKED
        return first
    if (
        _is_question(text, triple)
        and (not acts or acts == [Act.STATED])
        and len(triple.content) == 1
    ):
        return Act.ASKED
    return Act.STATED


def _only_states(text: str, triple: Triple) -> bool:
    """True for an order's verb with a plain statement: "warned that it was late"."""
    orders = any(_MAY_STATE.match(word) for word in words_of(text, triple.cue))
    return orders and _STATES.match(text, triple.content[0].start) is not None


def _is_question(text: str, triple: Triple) -> bool:
    """True if the content is one question in quotation marks."""
    last = triple.content[-1]
    words = text[last.start : last.end].rstrip(" ”\"’'")
    opens = text[triple.content[0].start] in "“\"‘'"
    return opens and words.endswith("?") and not re.search(r"[.!?]\s", words[:-1])


# --- how far it is asserted -----------------------------------------------------------------------


def _clause(scene: Scene, triple: Triple) -> Span:
    """The words around source and cue in which a hedge counts: those not part of the content."""
    pieces = triple.cue or triple.source or triple.content[:1]
    sentence = scene.sentence_at(pieces[0].start)
    start = max(sentence.start, min(p.start for p in (*triple.cue, *triple.source, *pieces)) - 30)
    end = min(sentence.end, max(p.end for p in (*triple.cue, *triple.source, *pieces)) + 15)
    return Span(start, max(end, start + 1))


def is_hedged(scene: Scene, triple: Triple) -> bool:
    """True if the reporter keeps a distance: "allegedly", "claimed", "may have said"."""
    clause = _clause(scene, triple)
    return _hedges().search(_without(scene.text, clause, triple.content)) is not None


_REPORTEDLY = re.compile(r"\breportedly\b|\b(?:is|are|was|were) said to\b", re.IGNORECASE)


def is_reported(scene: Scene, triple: Triple) -> bool:
    """True if the words around the cue say that others report it: "reportedly"."""
    words = _without(scene.text, _clause(scene, triple), triple.content)
    return _REPORTEDLY.search(words) is not None


@cache
def _hedges() -> re.Pattern[str]:
    """The words of the list, longest first."""
    words = sorted(lexicons.words("hedges"), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def _without(text: str, bounds: Span, pieces: Sequence[Span]) -> str:
    """The words of `bounds` that lie in none of `pieces`, which are made blank."""
    out = list(text[bounds.start : bounds.end])
    for piece in pieces:
        if inside := spans.clip(piece, bounds):
            for i in range(inside.start - bounds.start, inside.end - bounds.start):
                out[i] = " "
    return "".join(out)


def is_asserted(scene: Scene, triple: Triple) -> bool:
    """False if nobody says that it was said: "if he had said yes", "he would say", "did not say".

    "Would say" counts as said where it tells of the past ("he would later say").
    """
    text = scene.text
    anchor = (triple.source or triple.cue or triple.content)[0]
    sentence = scene.sentence_at(anchor.start)
    before = text[max(sentence.start, anchor.start - 24) : anchor.start]
    if _IF.search(before) and triple.source:
        return False
    if not triple.cue:
        return True
    cue = triple.cue[0]
    lead = _without(text, Span(min(anchor.start, cue.start), cue.end), triple.content)
    if any(n["verb"].lower() in lexicons.words("cues") for n in _NEGATED.finditer(lead)):
        return False
    first = _WORD.search(text, cue.start, cue.end)
    if first and first.group().lower() in {"if", "unless"}:
        return False
    modal = re.search(
        r"\b(?:would|could|might|should|may)\b(?!\s+(?:later|go on|have to|hardly))", lead
    )
    return not (modal and "later" not in lead)
