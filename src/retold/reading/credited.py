"""What the layout alone credits: a dash and a name after a quotation, or on the next line, and what
somebody posted.

    “We were never asked.”
    ― Ada Holm, Tolmouth

    We were never asked. — Ada Holm (@adaholm) May 6, 2031

No verb says who speaks, and a cue above can draw such a quotation to somebody else; the form leaves
little doubt: it is right in all 24 places in PolNeAR. A name and a colon before are left to the
labels, since “Watch: …” and “Related: …” look the same.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from retold import lexicons, spans, text
from retold.reading import blocks, excerpts
from retold.types import Span, Triple

# set, not fitted: the form is too rare in the stories read closely
SCORE = 0.9
MIN_WORDS = 4  # fewer in marks may be a title: “Voices of Hope” — Ada Holm
_NAME = r"[A-Z][\w’'-]*(?:\.?(?: (?:de|da|la|el|al|bin|van|von|of|the))* [A-Z][\w’'-]*){0,5}"
_WHO = r", [^.:;!?”\"\n]{2,60}"  # “…” ― Ada Holm, who lives in Tolmouth
_CREDIT = re.compile(rf"\s*(?P<cue>[―—–]|--?)\s*(?P<source>{_NAME}(?:{_WHO})?)[.\s]*")
_WORD = re.compile(r"\w+")
# what a page puts before a post, and what hangs on its end
_SKIP = re.compile(r"Skip \w+ post by @\w+ |Report ")
_LINKS = re.compile(r"(?:\s*(?:https?://|pic\.twitter\.com/|t\.co/)\S+)*\s*$")


def found(source: str, bounds: Sequence[Span]) -> Iterator[Triple]:
    """What paragraphs hold that their layout credits to somebody."""
    yield from blocks.found(source, bounds)
    for paragraph, after in itertools.zip_longest(bounds, bounds[1:]):
        yield from _posts(source, paragraph)
        whole = _quotation(source, paragraph)
        if whole is None:
            continue
        rest = Span(whole.end, paragraph.end) if whole.end < paragraph.end else after
        credit = _CREDIT.fullmatch(source, rest.start, rest.end) if rest else None
        if credit:
            yield Triple(
                source=(Span(*credit.span("source")),),
                cue=(Span(*credit.span("cue")),),
                content=(whole,),
                score=SCORE,
            )


def _posts(source: str, paragraph: Span) -> Iterator[Triple]:
    """What is posted in a paragraph, each above the name of who posted it; what is all in quotation
    marks may be another's words."""
    for post in excerpts.posted(source, paragraph):
        skipped = _SKIP.match(source, post.bounds.start, post.bounds.end)
        start = skipped.end() if skipped else post.bounds.start
        links = _LINKS.search(source, start, post.bounds.end)
        end = links.start() if links else post.bounds.end
        held = spans.snap(source, Span(start, end)) if start < end else None  # not a link alone
        if held is None or len(_WORD.findall(spans.cut(source, held))) < MIN_WORDS:
            continue
        if any(q.span == held for q in text.quotations(source, held)):
            continue
        dash = Span(post.bounds.end, post.who.start)
        cue = spans.snap(source, dash) or dash
        yield Triple(source=(post.who,), cue=(cue,), content=(held,), score=SCORE)


def _quotation(source: str, paragraph: Span) -> Span | None:
    """The quotation with which a paragraph begins, if it is the only one in it."""
    held = [q for q in text.quotations(source, paragraph) if q.depth == 0 and q.is_closed]
    if (
        len(held) != 1
        or held[0].span.start != paragraph.start
        or len(_WORD.findall(spans.cut(source, held[0].inner))) < MIN_WORDS
    ):
        return None
    return held[0].span


def preferred(source: str, triples: Sequence[Triple], credits: Sequence[Triple]) -> list[Triple]:
    """`triples` in text order, but what overlaps a credited quotation is the credit's alone, unless
    somebody is named in it who says so; what else has the verb of a credit goes on with it."""
    out, shown = list(credits), range(len(credits))
    for triple in triples:
        kept = tuple(
            piece
            for piece in triple.content
            if not any(
                spans.overlaps(piece, part)
                for credit in credits
                for part in (credit.content[0], *credit.source)
            )
        )
        kept = triple.content if any(_holds(source, credit, triple) for credit in credits) else kept
        same = next((n for n in shown if _has_cue(source, out[n], triple)), None)
        if kept and same is not None:
            out[same] = replace(out[same], content=spans.merge((*out[same].content, *kept)))
        elif kept:
            out.append(replace(triple, content=kept))
    return sorted(out, key=lambda triple: (triple.content[0], triple.cue, triple.source))


def _has_cue(source: str, credit: Triple, triple: Triple) -> bool:
    """True if both have one and the same verb: “{We knew},” Holm {wrote}: ¶ {We kept quiet.}"""
    verb = credit.cue[0]
    return source[verb.start].isalpha() and any(spans.overlaps(verb, cue) for cue in triple.cue)


def _holds(source: str, around: Triple, triple: Triple) -> bool:
    """True if what somebody else says, he and the verb too, stands in the words of a credit:
    of their own minds speakers tell in every sentence."""
    if not (triple.source and triple.cue):
        return False
    is_own = spans.cut(source, triple.source[0]).casefold() in lexicons.words("first_persons")
    told = spans.hull((*triple.source, *triple.cue, *triple.content))
    return not is_own and any(spans.contains(piece, told) for piece in around.content)


def within(source: str, triples: Sequence[Triple]) -> list[Triple]:
    """`triples`, those that stand in the words of a credit within it."""
    around = [n for n, each in enumerate(triples) if each.score == SCORE]
    return [
        replace(t, parent=next((n for n in around if _holds(source, triples[n], t)), None))
        for t in triples
    ]
