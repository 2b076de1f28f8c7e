"""Who is said, within a content, to have said something: told by the words of the content alone.

The model reads each content again; a short clause in it without its surroundings is what it knows
least. Where it found nothing, these forms leave little doubt:

1. {the report} {says} {that …}, {his aides} {told} me {that …}, {they} {asked} him {to …}
2. {the union}’s {claim} {that …}
3. {told by} {the union} {that …}, {described by} {critics} {as …}
4. {according to} {the union}, {…}; {from what I hear from} {engineers}, {…}
5. {her} {point was} {that …}; {she} {makes the claim} {that …}
6. {Holt} “{denies} {all of it}”

What the model found within a content is cut to its clause where it has no marks of its own.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from retold import lexicons, spans
from retold.reading import amended, nesting, subjects
from retold.types import Article, Span, Triple

# set, not fitted: of the 17 that these forms find in two sets of stories readers noted 15; of nine
# thoughts and vows two
SCORE, SCORE_OF_THOUGHT = 0.6, 0.3
MIN_CONTENT_CHARS, MAX_CONTENT_CHARS = 12, 1000

_ADVERBS = (
    r"(?:(?:has|have|had|is|are|was|were|been|did|does|do|not|also|already|once|then|"
    r"since|later|just|even|always|never|often|now|still|first|\w+ly)\s+|\w*[’'](?:ve|s|d|re|t)\s+)*"
)
_BEFORE_VERB = re.compile(rf"\s+{_ADVERBS}$")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been)\s+(?:\w+ly\s+)?$")  # "it {was} told that …"
_CONDITION = re.compile(r"\b(?:if|when|whenever|unless)\s*$", re.IGNORECASE)
_END = re.compile(
    r"(?<!\.)[.!?](?=[\s”\"’')]|$)|;|\s[—–-]+\s|[”\"]|"
    r",\s+(?:but|and|so|which|who|as|while|when|although|though|adding|saying|according)\b"
)
_QUOTES = {"“": "”", "‘": "’", '"': '"', "'": "'"}
_PERSON = (
    r"(?:me|him|her|us|them|you|people|reporters|"
    r"(?:the|his|her|their|our|my|a|an)\s+(?:[\w’'-]+\s+){0,3}[\w’'-]+|"
    r"[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,3})"
)
_OPENS = r"(?=(?:that|whether|how|why|what|to|not\s+to)\b|[“‘\"'])"
_AFTER = {
    "says": re.compile(r",?:?\s+(?=[\w“‘\"'])"),
    "shows": re.compile(r":?\s+(?=[\w“‘\"'])"),
    "tells": re.compile(
        rf"\s+(?:{_PERSON},?:?\s+{_OPENS}|(?:me|him|her|us|them|you)\s+|(?=that\b))"
    ),
    "states": re.compile(r",?:?\s+(?:(?:--|—|–)\s)?(?=(?:that|whether|how|why)\b|[“‘\"'])"),
    "vows": re.compile(r",?:?\s+(?=(?:that|to)\b|[“‘\"'])"),
    "thinks": re.compile(
        r"\s+(?=(?:that|he|she|it|they|we|I|you|the|this|these|there|his|her|our|their|its|no|all|some|many)\b)"
    ),
    "asks": re.compile(
        rf"\s+(?:(?=(?:for\s+)?{_PERSON}\s+(?:not\s+)?to\b)|(?=(?:that|whether|if|why|how)\b|[“‘\"']))"
    ),
}
_NO_STATEMENT = re.compile(
    r"\s+(?:so|it|goodbye|nothing|something|anything|no|yes|to|in|on|at|of|about|much|more|enough)\b"
    r"(?!\s+(?:is|was|would|will|has|had|should|could|can|did|does|are|were))"
)

_MAKES = re.compile(
    r"\b(?P<cue>(?:makes?|made|making)\s+(?:the|an?|this|that|his|her|its|their)\s+"
    r"(?:[\w-]+\s+){0,2}?(?:accusation|allegation|argument|assertion|case|charge|claim|point|"
    r"prediction|promise|statement|suggestion))\s+(?=that\b)"
)
_NOUN = re.compile(
    subjects.OWNER + r"(?P<noun>(?:[\w-]+\s+){0,2}?"
    r"(?:accusation|allegation|announcement|argument|assertion|charge|claim|complaint|contention|"
    r"denial|insistence|pledge|prediction|promise|statement|suggestion|vow|warning|disclosure|revelation|remark|comment|belief|fear|concern|hope)s?)"
    r"(?:\s+(?:last|this)\s+\w+|\s+\w+day)?\s+(?=that\b)"
)
_AGENT = re.compile(
    r"\b(?P<cue>(?:told|informed|warned|assured|advised|notified|asked|urged|ordered|instructed|"
    r"accused|reminded|described|called|labell?ed|dismissed|(?:mis)?characteri[sz]ed|portrayed|"
    r"denounced|criticised|criticized|praised)\s+by|(?:heard|learned|learnt)\s+(?:[\w-]+\s+){0,3}?from)\s+"
    r"(?P<who>(?:[\w.’'-]+\s+){1,6}?)(?=(?:that|to|of|as|for)\s)"
)
_ACCORDING = re.compile(
    r"\b(?P<cue>[Aa]ccording to|"
    r"(?P<first>[Ff]rom what \w+ (?:understand|understood|hear|heard|gather) from))\s+"
    r"(?P<who>(?:(?:the|a|an|his|her|its|their|our|my)\s+)?"
    r"(?:[A-Z][\w.’'-]*(?:\s+(?:of\s+(?:the\s+)?)?[A-Z][\w.’'-]*)*|[a-z][\w’'-]*))"
)
_COMMA = re.compile(r"\s*,?\s*(?=\w)")


def add(article: Article, triples: Sequence[Triple]) -> tuple[Triple, ...]:
    """`triples`, each with the source nearest to its cue, and after them what is said within their
    contents and was not found yet."""
    text = article.text
    out = amended.amend(text, triples)
    named_at = spans.finder((s for t in out for s in (*t.source, *t.cue)), key=lambda span: span)
    inside: dict[int, list[Span]] = {}
    for triple in out:
        if triple.parent is not None and (triple.source or triple.cue):
            inside.setdefault(triple.parent, []).extend(triple.content)
    for index in itertools.count():
        if index == len(out):
            break
        if _depth(out, index) < nesting.MAX_DEPTH:
            found = _outermost(_within(text, out[index]), inside.get(index, ()))
            out += [replace(c, parent=index) for c in found if not named_at(c.cue[0])]
    return tuple(out)


def _depth(triples: Sequence[Triple], index: int) -> int:
    parent = triples[index].parent
    return 0 if parent is None else 1 + _depth(triples, parent)


def _outermost(found: Iterable[Triple], inside: Sequence[Span]) -> list[Triple]:
    """Those of `found` that stand in no other's content, nor in that of the children known."""
    held, taken = [], list(inside)
    for child in sorted(found, key=lambda c: (c.cue, -len(c.content[0]))):
        if not any(spans.overlaps(child.cue[0], other) for other in taken):
            taken += (*child.cue, *child.content)
            held.append(child)
    return held


def _within(text: str, triple: Triple) -> Iterator[Triple]:
    """What is said within the content of one triple."""
    for piece in triple.content:
        if len(piece) < nesting.MIN_CHARS:
            continue
        inner = nesting.inner(text, piece)
        for source, cue, content, score in (
            *_clauses(text, inner),
            *_nouns(text, inner),
            *_points(text, inner),
            *_makes(text, inner),
            *_agents(text, inner),
            *_according(text, inner),
            *_quoted_verbs(text, inner),
        ):
            if len(content) >= MIN_CONTENT_CHARS and len(content) < 0.95 * len(inner):
                yield Triple(source=(source,), cue=(cue,), content=(content,), score=score)


Parts = tuple[Span, Span, Span, float]  # source, cue, content, score


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(lexicons.words('speech_verbs')))})\b")


def _clauses(text: str, piece: Span) -> Iterator[Parts]:
    """Subject, verb of saying, and what was said."""
    kinds = lexicons.table("speech_verbs")
    for verb in _verbs().finditer(text, piece.start + 2, piece.end):
        kind = kinds[verb.group()]
        after = _AFTER[kind].match(text, verb.end(), piece.end)
        first = max(piece.start, verb.start() - subjects.MAX_LEAD_CHARS)
        lead = _BEFORE_VERB.search(text[first : verb.start()])
        if after is None or not lead or not lead.start():
            continue
        is_heard = _PASSIVE.search(lead.group()) and not verb.group().endswith("ing")
        if is_heard or (kind == "says" and _NO_STATEMENT.match(text, verb.end())):
            continue
        stop = first + lead.start()
        subject = subjects.subject(text, Span(first, stop))
        if subject is None or (kind == "shows" and not _is_paper(text, subject)):
            continue
        if _is_noun(verb.group(), text[subject.start : subject.end]):
            continue
        cue = spans.snap(text, Span(stop, verb.end()))
        content = _clause(text, after.end(), piece.end)
        is_thought = kind in ("thinks", "vows")
        if content and _CONDITION.search(text[piece.start : subject.start]):
            comma = text.find(", ", content.start + MIN_CONTENT_CHARS, content.end)
            content = Span(content.start, comma) if comma > 0 else content
        if cue and content:
            yield subject, cue, content, SCORE_OF_THOUGHT if is_thought else SCORE


_SINGULAR = re.compile(r"(?:an?|his|her|its|their|our|my)\b.*[^s]", re.IGNORECASE | re.DOTALL)


def _is_noun(verb: str, before: str) -> bool:
    """True for the "order" of "his last {order}", which is no verb after such words."""
    return verb in lexicons.words("saying_nouns") and _SINGULAR.fullmatch(before) is not None


def _is_paper(text: str, subject: Span) -> bool:
    """True if the last word of a subject is a noun for something written."""
    last = re.findall(r"[\w-]+", text[subject.start : subject.end])[-1:]
    return bool({word.lower() for word in last} & lexicons.words("document_nouns"))


def _clause(text: str, start: int, end: int) -> Span | None:
    """What is said, from `start` to the end of its clause or of its quotation."""
    end = min(end, start + MAX_CONTENT_CHARS)
    closing = _QUOTES.get(text[start])
    if closing:
        at = text.find(closing, start + 1, end)
        while 0 < at < end - 1 and closing in "’'" and text[at + 1].isalnum():
            at = text.find(closing, at + 1, end)
        return Span(start, at + 1 if at > 0 else end)
    stop = _END.search(text, min(start + MIN_CONTENT_CHARS, end), end)
    end = stop.start() if stop else end
    while end > start + 1 and text[end - 1] in ", ":
        end -= 1
    return spans.snap(text, Span(start, end))


def _nouns(text: str, piece: Span) -> Iterator[Parts]:
    """ "the union’s claim that …": whose claim it is."""
    for found in _NOUN.finditer(text, piece.start, piece.end):
        owner = spans.snap(text, Span(*found.span("owner")))
        content = _clause(text, found.end(), piece.end)
        if owner and content:
            yield owner, Span(*found.span("noun")), content, SCORE


_IS_THAT = re.compile(
    r"(?<![\w.-])(?P<owner>his|her|its|their|our|my|(?:(?:the|a)\s+)?(?:[A-Z][\w.-]*\s+){0,3}[\w.-]+[’']s)\s+"
    r"(?P<noun>(?:[\w-]+\s+)?(?:point|view|belief|argument|position|message|claim|theory|fear|hope)\s+"
    r"(?:is|was)(?:\s+(?:simply|really|just|only|not))?)\s+(?=that\b)"
)


def _points(text: str, piece: Span) -> Iterator[Parts]:
    """ "her point was that …": whose point it is."""
    for found in _IS_THAT.finditer(text, piece.start, piece.end):
        content = _clause(text, found.end(), piece.end)
        if content:
            yield Span(*found.span("owner")), Span(*found.span("noun")), content, SCORE


def _makes(text: str, piece: Span) -> Iterator[Parts]:
    """ "the union makes the claim that …"."""
    for found in _MAKES.finditer(text, piece.start + 2, piece.end):
        first = max(piece.start, found.start() - subjects.MAX_LEAD_CHARS)
        lead = _BEFORE_VERB.search(text[first : found.start()])
        if not lead or not lead.start():
            continue
        who = subjects.subject(text, Span(first, first + lead.start()))
        content = _clause(text, found.end(), piece.end)
        if who and content:
            yield who, Span(*found.span("cue")), content, SCORE


def _agents(text: str, piece: Span) -> Iterator[Parts]:
    """ "told by the union that …", "described by critics as …"."""
    for found in _AGENT.finditer(text, piece.start, piece.end):
        who = subjects.phrase(text, Span(*found.span("who")))
        content = _clause(text, found.end(), piece.end)
        if who and content:
            yield who, Span(*found.span("cue")), content, SCORE


_QUOTED_VERB = re.compile(r"\s[“\"](?P<verb>\w+)\s(?P<content>[^“”\"]{12,})[”\"]")


def _quoted_verbs(text: str, piece: Span) -> Iterator[Parts]:
    """ "Holt “denies all that was said of him”": the verb stands in the marks too."""
    kinds = lexicons.table("speech_verbs")
    for found in _QUOTED_VERB.finditer(text, piece.start, piece.end):
        lead = Span(max(piece.start, found.start() - subjects.MAX_LEAD_CHARS), found.start())
        is_said = kinds.get(found["verb"], "shows") not in ("shows", "thinks")
        subject = subjects.subject(text, lead) if is_said and len(lead) else None
        if subject:
            yield subject, Span(*found.span("verb")), Span(*found.span("content")), SCORE


def _according(text: str, piece: Span) -> Iterator[Parts]:
    """ "according to the union": the clause that it stands in."""
    for found in _ACCORDING.finditer(text, piece.start, piece.end):
        first = max(piece.start, found.start() - subjects.MAX_LEAD_CHARS)
        lead = text[first : found.start()].rstrip()
        cut = max((b.end() for b in subjects.CLAUSE.finditer(lead)), default=0)
        is_last = lead.endswith(",") and cut < len(lead) - 1
        if is_last and not found["first"]:
            content = spans.snap(text, Span(first + cut, first + len(lead) - 1))
        else:
            after = _COMMA.match(text, found.end(), piece.end)
            content = _clause(text, after.end(), piece.end) if after else None
        if content:
            yield Span(*found.span("who")), Span(*found.span("cue")), content, SCORE
