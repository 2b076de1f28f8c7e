"""To whom and where something was said, as the words around it tell.

    {told} CNN · said {in a letter to Ms. Ito} · was revealed by Holt {to a film maker}

An outlet is where it was said, a person to whom.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from retold import lexicons, spans
from retold.reading import calendar
from retold.reading.scene import Scene
from retold.types import Span, Triple

MAX_NEAR_CHARS = 90

_TELLS = re.compile(
    r"(?<!\bin )\b(?:told|tells|tell|telling|asked|asks|ask|asking|informed|informs|assured|"
    r"assures|reminded|reminds|warned|warns|urged|urges|ordered|orders|advised|advises|notified|"
    r"instructed|invited|begged|challenged|encouraged|lobbied|lectured|promised|"
    r"alerted|texted|emailed|e-mailed|called on|calls on|calling on|pressed|pressured|persuaded|"
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbeen )said to|"
    r"says to|spoke with|spoke to|speaking to|explained to|complained to|replied to|"
    r"confided to|confided in|wrote to|announced to|testified to)\s+",
    re.IGNORECASE,
)
_CALL_SIGN = re.compile(r"[KW][A-Z]{2,3}(?:-(?:TV|FM|AM))?|\w+-TV")
_STOPS = frozenset(
    (
        *calendar.WEEKDAYS,
        "about", "adding", "after", "afterward", "afterwards", "again", "against", "ahead", "also",
        "and", "as", "at", "back", "because", "before", "beforehand", "but", "by", "directly",
        "during", "earlier", "early", "following", "for", "from", "gathered", "he", "how", "i",
        "if", "in", "inside", "into", "it", "just", "last", "late", "later", "not", "of", "on",
        "online", "only", "outside", "over", "previously", "prior", "recently", "saying", "she",
        "shortly", "so", "sometime", "that", "then", "there", "they", "this", "through",
        "throughout", "to", "today", "too", "traveling", "travelling", "under", "until", "via",
        "we", "what", "when", "where", "whether", "which", "while", "who", "whose", "why", "with",
        "within", "yesterday",
    )
)  # fmt: skip


def addressee(scene: Scene, triple: Triple, outlets: Collection[Span] = ()) -> Span | None:
    """To whom it was said, None if the cue does not tell or tells of an outlet.

    `outlets` are the places that name one.
    """
    text = scene.text
    for found in _tells(scene, triple):
        target = _phrase(text, found.end(), _end(scene, triple, found.end()))
        if target is None or _is_told(spans.cut(text, target)):
            continue
        is_source = any(spans.overlaps(target, s) for s in triple.source)
        if not is_source and not _is_outlet(scene, target, outlets):
            return target
    return _after_agent(scene, triple, outlets)


_TOLD = frozenset(
    (
        "applause", "cheers", "chuckles", "claim", "claims", "joke", "jokes", "laughs", "laughter",
        "lie", "lies", "question", "questions", "stories", "story", "tale", "tales", "truth",
    )
)  # fmt: skip


def _is_told(words: str) -> bool:
    """True for what is told, or what answers it: "told a lie", "said to laughter"; and for a lone
    verb, "wrote to insist"."""
    last = words.split()[-1]
    lists = ("pronouns", "person_nouns", "group_nouns", "organisation_nouns")
    is_noun = " " in words or not words.islower() or words.endswith("s")
    is_verb = not is_noun and not any(words in lexicons.words(held) for held in lists)
    return is_verb or last in _TOLD or last in lexicons.words("authored_nouns")


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
    last, before = start, ""
    for token in _TOKEN.finditer(text, start, end):
        low = token.group().lower()
        if low == "of" and last > start:
            continue
        is_end = low in _STOPS or _is_manner(token.group())
        if not low[0].isalnum() or (is_end and before not in ("a", "an", "the")):
            break  # but "the traveling press", "a rally"
        last, before = token.end(), low
    return spans.snap(text, Span(start, last)) if last > start else None


def _is_manner(word: str) -> bool:
    """True for "privately", which ends a noun phrase as "family" does not."""
    nouns = lexicons.words("organisation_nouns") | lexicons.words("group_nouns")
    return word.endswith("ly") and word.islower() and word not in nouns


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
    r"(?<!according )\b(?:in|at|on|during|via|through|to"
    r"|by(?! (?:the|an?|his|her|its|their|this|that)\b)|(?:(?<=sat )|(?<=sat down ))for)\s+",
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
        if any(_ASIDE.match(text, s.end, start) for s in triple.source):
            continue
        opens = start - sentence.start <= 3
        close = any(0 <= start - p.end <= 45 or 0 <= p.start - phrase.end <= 12 for p in near)
        inside = any(spans.overlaps(phrase, p) for p in triple.cue)
        if opens or close or inside:
            return phrase
    return None


# "Holt, {who} sat silent {at her trial}, said": of another thing that she did
_ASIDE = re.compile(r",? (?:who|whose|which|where|when)\b")
_ENDS = re.compile(
    r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bGen)"
    r"\.(?:\s|$)|[,;:!?—–\n](?:\s|$)"
)


def _venue_phrase(text: str, start: int, after: int, end: int) -> Span | None:
    """A preposition with a venue noun or an outlet as the head of what follows."""
    window = _ENDS.split(text[after : min(end, after + 70)])[0]
    words = list(re.finditer(r"[^\s]+", window))[:9]
    lead = text[start:after].strip().lower()
    at = _venue_noun(words, lead)
    if at is None:
        last = _outlet_end(window, lead)
    else:
        last = words[at].end()
        if at + 1 < len(words) and words[at + 1].group() in _GOES_ON:
            last = _tail(window, last) or last
    return spans.snap(text, Span(start, after + last)) if last else None


_GOES_ON = frozenset({"by", "from", "on", "released", "to", "with"})
_ENDS_NOUN = frozenset(
    (
        "and", "as", "at", "by", "during", "for", "from", "he", "in", "on", "said", "she", "that",
        "they", "to", "when", "which", "who", "with",
    )
)  # fmt: skip
_RUN_ON = frozenset({"account", "feed", "page", "thread"})


def _venue_noun(words: Sequence[re.Match[str]], lead: str) -> int | None:
    """Which of the words after the preposition `lead` ends the noun of a venue; "court filing" and
    "Twitter feed" run on."""
    venues = lexicons.words("venues")
    bare = [*(word.group().strip("“”\"’',.").lower() for word in words), ""]
    head = next((n for n, word in enumerate(bare) if word in venues | _ENDS_NOUN), None)
    if head is None or bare[head] in _ENDS_NOUN or lead == "to":
        return None
    if (lead, head, bare[head]) == ("in", 0, "response"):
        return None
    at = head
    while words[at].group()[-1].isalnum() and bare[at + 1] in venues | _RUN_ON:
        at += 1
    return at if lead != "on" or bare[at] in lexicons.words("aired") else None


def _outlet_end(window: str, lead: str) -> int | None:
    """Where the outlet ends that the words after the preposition begin with."""
    plain = re.sub(r"[“”\"]", "", window).removeprefix("the ")
    known = lexicons.words("outlets")
    held = [o for o in known if re.match(rf"{re.escape(o)}(?:\b|$)", plain) and len(o) > 2]
    if not held or lead not in ("on", "to", "via", "in"):
        return None
    at = window.find(max(held, key=len))
    return at + len(max(held, key=len)) if at >= 0 else None


def _tail(window: str, at: int) -> int | None:
    """Where "with David Frost" after "an interview" ends."""
    found = re.match(r"\s+(?:with|to|on|from|by)\s+(?:the\s+)?(?:[A-Z][\w’'.-]*\s?)+", window[at:])
    return at + len(found.group().rstrip()) if found else None
