"""What a cue does: the act, how far the reporter backs it, to whom and where it was said."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

from retold import lexicons, spans
from retold.reading.scene import Scene
from retold.types import Act, Span, Triple

MAX_NEAR_CHARS = 90

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_NEGATED = re.compile(
    r"(?:\b(?:not|never|no longer|without)|n[’']t)\s+"
    r"(?:[\w]+ly\s+|yet\s+|even\s+)?(?:be\s+)?(?P<verb>\w+)",
    re.IGNORECASE,
)
_IF = re.compile(
    r"(?:^|[\s“\"‘'(,—–])(?:if|unless|whether or not|in case|should|had)\s*$", re.IGNORECASE
)
_TELLS = re.compile(
    r"(?<!\bin )\b(?:told|tells|tell|telling|asked|asks|ask|asking|informed|informs|assured|"
    r"assures|reminded|reminds|warned|warns|urged|urges|ordered|orders|advised|advises|notified|instructed|invited|"
    r"begged|challenged|encouraged|lobbied|lectured|wrote|writes|answered|addressed|promised|"
    r"alerted|texted|emailed|e-mailed|called on|calls on|calling on|pressed|pressured|persuaded|"
    r"said to|says to|spoke with|spoke to|speaking to|explained to|complained to|replied to|"
    r"confided to|confided in|wrote to|announced to|testified to)\s+",
    re.IGNORECASE,
)
_CALL_SIGN = re.compile(r"[KW][A-Z]{2,3}(?:-(?:TV|FM|AM))?|\w+-TV")
# "warned him to go" orders, "warned that it was late" states
_MAY_STATE = re.compile(r"(?:warn|insist|advis|plead)", re.IGNORECASE)
_STATES = re.compile(
    r"[“\"‘']|that\b(?!.{0,60}\b(?:be|should|must|not)\b)|(?:he|she|it|they|there)\b"
)
_CALLS = re.compile(r"\bcall(?:s|ed|ing)?\s+(?:up)?on\b|\bcall(?:s|ed|ing)?\s+for\b", re.IGNORECASE)
_STOPS = frozenset(
    [
        "that",
        "if",
        "whether",
        "to",
        "on",
        "in",
        "at",
        "by",
        "for",
        "with",
        "from",
        "about",
        "last",
        "this",
        "when",
        "during",
        "after",
        "before",
        "as",
        "and",
        "but",
        "while",
        "where",
        "why",
        "how",
        "what",
        "who",
        "which",
        "whose",
        "he",
        "she",
        "they",
        "it",
        "i",
        "we",
        "there",
        "not",
        "only",
        "also",
        "again",
        "too",
        "why",
        "saying",
        "adding",
        "because",
        "so",
        "then",
        "yesterday",
        "today",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "through",
        "via",
        "of",
        "into",
        "ahead",
    ]
)
_TIME_WORDS = frozenset(
    [
        "last",
        "late",
        "early",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "recently",
        "yesterday",
        "today",
        "earlier",
    ]
)


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


# --- to whom and where ----------------------------------------------------------------------------


def addressee(scene: Scene, triple: Triple, outlets: Collection[Span] = ()) -> Span | None:
    """To whom it was said, None if the cue does not tell or tells of an outlet.

    `outlets` are the places that name one.
    """
    text = scene.text
    for found in _tells(scene, triple):
        target = _phrase(text, found.end(), _end(scene, triple, found.end()))
        is_source = target and any(spans.overlaps(target, s) for s in triple.source)
        if target and not is_source and not _is_outlet(scene, target, outlets):
            return target
    return _after_agent(scene, triple, outlets)


_TO = re.compile(r" to (?=[A-Z]|(?:the|an?|his|her|its|their)\b)")


def _after_agent(scene: Scene, triple: Triple, outlets: Collection[Span]) -> Span | None:
    """To whom it was "revealed by {Weiss} to a film maker"; "to calm the town" is nobody."""
    if not (triple.source and triple.cue):
        return None
    is_agent = scene.text[triple.cue[-1].end : triple.source[0].start] == " by "
    found = _TO.match(scene.text, triple.source[-1].end) if is_agent else None
    if found is None:
        return None
    target = _phrase(scene.text, found.end(), _end(scene, triple, found.end()))
    return None if target and _is_outlet(scene, target, outlets) else target


def _tells(scene: Scene, triple: Triple) -> list[re.Match[str]]:
    """The verbs with somebody after them in the cue, or between the source and the content."""
    pieces = triple.cue or triple.source
    if not pieces:
        return []
    start = min(p.start for p in pieces)
    end = min(max(p.end for p in pieces) + MAX_NEAR_CHARS, len(scene.text))
    out = []
    for found in _TELLS.finditer(scene.text, start, end):
        inside = any(c.start <= found.start() < c.end for c in triple.content)
        if not inside and any(spans.overlaps(Span(*found.span()), p) for p in triple.cue):
            out.append(found)
    return out


def _end(scene: Scene, triple: Triple, at: int) -> int:
    """Where the words after `at` stop being the cue's: at the content, or the sentence's end."""
    sentence = scene.sentence_at(at)
    after = [c.start for c in triple.content if c.start >= at]
    return min([sentence.end, at + MAX_NEAR_CHARS, *after])


_TOKEN = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Govs?|Gen|Lt|Col|Prof|St|[A-Z])\.(?:[A-Z]\.)*|[^\s,;:.“”\"—–()]+|[,;:.“”\"—–()]"
)


def _phrase(text: str, start: int, end: int) -> Span | None:
    """The noun phrase that starts at `start`: up to the first word that ends one."""
    last = start
    for token in _TOKEN.finditer(text, start, end):
        low = token.group().lower()
        if low == "of" and last > start:
            continue
        if low in _STOPS or low in _TIME_WORDS or not low[0].isalnum():
            break
        last = token.end()
    return spans.snap(text, Span(start, last)) if last > start else None


def _is_outlet(scene: Scene, span: Span, outlets: Collection[Span]) -> bool:
    """True for "CNN" and "the newspaper": where something is said, not to whom."""
    if any(spans.overlaps(span, outlet) for outlet in outlets):
        return True
    words = scene.text[span.start : span.end]
    bare = words.removeprefix("the ").removeprefix("The ")
    last = bare.split()[-1]
    if last.lower() in lexicons.words("outlet_nouns") or _CALL_SIGN.fullmatch(last):
        return True
    return any(bare == o or bare.startswith(o + " ") for o in lexicons.words("outlets"))


def venue(scene: Scene, triple: Triple, outlets: Collection[Span] = ()) -> Span | None:
    """Where or by what it was said: "in a statement", "told CNN", "on Twitter"."""
    text = scene.text
    for found in _tells(scene, triple):
        target = _phrase(text, found.end(), _end(scene, triple, found.end()))
        if target and _is_outlet(scene, target, outlets):
            return Span(found.start(), target.end)
    anchor = (triple.cue or triple.source or triple.content)[0]
    sentence = scene.sentence_at(anchor.start)
    return _retold_to(scene, triple, outlets) or _venue_in(scene, triple, sentence)


# "recalled the same anecdote about the bridge {to the Herald} in May"
_RETOLD = re.compile(
    r" (?:the|an?|this|that|his|her|their) (?:same |similar )?"
    r"(?:story|anecdote|account|tale|version)\b[^.;:“”\"\n]{0,80}? "
    r"(?P<venue>to (?P<who>(?:the )?[A-Z][\w’.-]*(?: [A-Z][\w’.-]*){0,4}))"
)


def _retold_to(scene: Scene, triple: Triple, outlets: Collection[Span]) -> Span | None:
    """The outlet to which somebody told the same story again."""
    found = _RETOLD.match(scene.text, triple.cue[-1].end) if triple.cue else None
    is_outlet = found and _is_outlet(scene, Span(*found.span("who")), outlets)
    return Span(*found.span("venue")) if found and is_outlet else None


_PREPOSITION = re.compile(
    r"(?<!according )\b(?:in|at|on|during|via|by|through|to|(?:(?<=sat )|(?<=sat down ))for)\s+",
    re.IGNORECASE,
)


def _venue_in(scene: Scene, triple: Triple, sentence: Span) -> Span | None:
    """The phrase of the sentence, outside content and quotation marks, that names a venue and
    stands next to the source or the cue, or opens the sentence."""
    text = scene.text
    near = [*triple.source, *triple.cue]
    for found in _PREPOSITION.finditer(text, sentence.start, sentence.end):
        start = found.start()
        if any(c.start <= start < c.end for c in triple.content):
            continue
        phrase = _venue_phrase(text, start, found.end(), sentence.end)
        if phrase is None or any(spans.overlaps(phrase, s) for s in triple.source):
            continue
        opens = start - sentence.start <= 3
        close = any(0 <= start - p.end <= 45 or 0 <= p.start - phrase.end <= 12 for p in near)
        inside = any(spans.overlaps(phrase, p) for p in triple.cue)
        if opens or close or inside:
            return phrase
    return None


_ENDS = re.compile(
    r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bGen)"
    r"\.(?:\s|$)|[,;:!?—–\n](?:\s|$)"
)


def _venue_phrase(text: str, start: int, after: int, end: int) -> Span | None:
    """A preposition with a venue noun or an outlet as the head of what follows."""
    outlets = lexicons.words("outlets")
    window = text[after : min(end, after + 70)]
    window = _ENDS.split(window)[0]
    words = list(re.finditer(r"[^\s]+", window))[:9]
    lead = text[start:after].strip().lower()
    last = None
    for i, word in enumerate(words):
        bare = word.group().strip("“”\"’',.").lower()
        if bare in {"that", "who", "which", "when", "said", "he", "she", "they", "and", "to", "by"}:
            break
        if bare in lexicons.words("venues") and lead != "to":
            if (lead, i, bare) == ("in", 0, "response"):
                break
            end = _noun_end(words, i)
            last = words[end].end()
            if end + 1 < len(words) and words[end + 1].group() in {
                "with",
                "to",
                "on",
                "from",
                "released",
                "by",
            }:
                tail = _tail(window, last)
                last = tail or last
            break
    if last is None:
        plain = re.sub(r"[“”\"]", "", window).removeprefix("the ")
        held = [o for o in outlets if re.match(rf"{re.escape(o)}(?:\b|$)", plain) and len(o) > 2]
        if held and lead in ("on", "to", "via", "in"):
            at = window.find(max(held, key=len))
            if at >= 0:
                last = at + len(max(held, key=len))
    return spans.snap(text, Span(start, after + last)) if last else None


_RUN_ON = frozenset({"account", "feed", "page", "thread"})


def _noun_end(words: Sequence[re.Match[str]], at: int) -> int:
    """Of "court filing" and "Twitter feed" the last word: a venue's noun may run on."""
    nouns = lexicons.words("venues") | _RUN_ON
    while at + 1 < len(words) and words[at].group()[-1].isalnum():
        if words[at + 1].group().strip("“”\"’',.").lower() not in nouns:
            break
        at += 1
    return at


def _tail(window: str, at: int) -> int | None:
    """Where "with David Frost" after "an interview" ends."""
    found = re.match(r"\s+(?:with|to|on|from|by)\s+(?:the\s+)?(?:[A-Z][\w’'.-]*\s?)+", window[at:])
    return at + len(found.group().rstrip()) if found else None
