"""The units that are aligned: sentences, what is said in them, and their clauses.

A sentence that tells three things is to be found under each of the three, so passages nest: the
sentence, its main parts, and the parts of those. Two passages of one sentence may share words, and
whoever counts passages must choose among those that do.

    {The mayor, who took office in May, said {the bridge would close}, {after 40 cars sank}}
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from enum import IntEnum

from retold import text as texts
from retold.spans import clip, finder, shared, snap
from retold.types import Article, Attribution, Passage, SectionKind, Span

MIN_WORDS = 3
MIN_QUOTED_WORDS = 4
COVERED = 0.8  # the share of a passage that must be content for it to be the speaker's words


class Break(IntEnum):
    """How sharply two parts of a sentence are set apart."""

    PHRASE = 1
    CLAUSE = 2


_WORD = re.compile(r"\w+(?:['’.&-]\w+)*")
_JOINED = r"and|but|or|so|yet|nor"
_SUBORDINATE = (
    r"who|whom|whose|which|where|when|while|although|though|because|since|after|before|if|unless|"
    r"until|as|whereas|once|even though|even if|despite|amid|according to|following|including"
)
_BREAKS = (
    # the part begins where the group `at` does
    (Break.CLAUSE, re.compile(r"(?:;|:|\s[–—]|\s--|—|…|\.\.\.)\s*(?P<at>)(?=\S)")),
    (Break.CLAUSE, re.compile(rf",[”\"’]?\s+(?P<at>)(?=(?:{_JOINED}|{_SUBORDINATE})\b)")),
    (
        Break.CLAUSE,
        re.compile(
            r"\s(?P<at>)(?=(?:while|although|though|because|after|before|unless|until|whereas|"
            r"who|where|when|which|if|since|once)\s)"
        ),
    ),
    (Break.PHRASE, re.compile(r",[”\"’]?\s+(?P<at>)(?=\S)")),
    (Break.PHRASE, re.compile(r"\s(?P<at>)(?=(?:and|but|that|whose|whom|as|amid|despite)\s)")),
)
# not the party or the short name that is put behind a name
_BRACKET = re.compile(r"(?<!\S)\((?=\w)[^()\n]*\)[.,;:]*(?!\S)")


def split(article: Article, attributions: Sequence[Attribution]) -> tuple[Passage, ...]:
    """The passages of the title and body, in text order, the wider before the narrower.

    No two have the same words. `attribution_id` is that of the innermost attribution whose content
    holds nearly all of the passage.
    """
    said_at = finder(_contents(attributions), key=lambda piece: piece[0])
    found: dict[Span, None] = {}
    for section in article.sections:
        if section.kind not in (SectionKind.TITLE, SectionKind.BODY):
            continue
        for sentence in texts.sentences(article.text, section.span):
            found.update(dict.fromkeys(_units(article.text, sentence, said_at(sentence))))
    spans = sorted(found, key=lambda s: (s.start, -s.end))
    return tuple(
        Passage(
            id=f"{article.id}.p{number}",
            article_id=article.id,
            span=span,
            attribution_id=_said_in(span, said_at(span)),
        )
        for number, span in enumerate(spans)
    )


def clauses(text: str, sentence: Span, *, at_least: Break = Break.PHRASE) -> tuple[Span, ...]:
    """The parts of a sentence, in order, set apart at breaks of `at_least` that sharpness.

    Together they hold all its words. A part has three words or more, but for a sentence that has
    fewer.
    """
    cuts = sorted(at for at, force in _breaks(text, sentence).items() if force >= at_least)
    edges = [sentence.start]
    for at in cuts:
        if _count(text, edges[-1], at) >= MIN_WORDS and _count(text, at, sentence.end) >= MIN_WORDS:
            edges.append(at)
    edges.append(sentence.end)
    parts = (Span(a, b) for a, b in itertools.pairwise(edges) if a < b)
    return tuple(kept for part in parts if (kept := snap(text, part)))


# --- inside ---------------------------------------------------------------------------------------


def _units(
    text: str, sentence: Span, contents: Sequence[tuple[Span, Attribution]]
) -> Iterable[Span]:
    """The passages of one sentence, the widest first; those with nearly the same words once."""
    inner = [
        quoted
        for quotation in texts.quotations(text, sentence)
        for quoted in texts.sentences(text, quotation.inner)
    ]
    said = [part for span, _ in contents if (part := clip(span, sentence))]
    wide = [sentence, *said, *inner, *clauses(text, sentence, at_least=Break.CLAUSE)]
    wide += [part for span in inner for part in clauses(text, span, at_least=Break.CLAUSE)]
    narrow = [part for span in inner or [sentence] for part in clauses(text, span)]
    if inner:
        narrow += clauses(text, sentence)
    units: dict[tuple[int, int], Span] = {}
    for span in [*wide, *narrow]:
        found = [m.start() for m in _WORD.finditer(text, span.start, span.end)]
        if len(found) >= MIN_WORDS or (span == sentence and found):
            units.setdefault((found[0], found[-1]), span)
    return units.values()


def _breaks(text: str, sentence: Span) -> dict[int, Break]:
    """Where a part of the sentence may begin, and how sharply it is set apart."""
    found: dict[int, Break] = {}
    for force, pattern in _BREAKS:
        for match in pattern.finditer(text, sentence.start, sentence.end):
            at = match.start("at")
            found[at] = max(force, found.get(at, force))
    for match in _BRACKET.finditer(text, sentence.start, sentence.end):
        if _count(text, *match.span()) >= MIN_WORDS:
            found[match.start()] = found[match.end()] = Break.CLAUSE
    for quotation in texts.quotations(text, sentence):
        inner = quotation.inner
        if _count(text, inner.start, inner.end) < MIN_QUOTED_WORDS:
            found = {at: force for at, force in found.items() if not inner.start < at < inner.end}
            continue
        found[quotation.span.start] = Break.CLAUSE
        found[quotation.span.end] = Break.CLAUSE
        for part in texts.sentences(text, inner)[1:]:
            found[part.start] = Break.CLAUSE
    return {at: force for at, force in found.items() if sentence.start < at < sentence.end}


def _count(text: str, start: int, end: int) -> int:
    """The number of words between two places."""
    return sum(1 for _ in _WORD.finditer(text, start, end))


def _contents(attributions: Iterable[Attribution]) -> list[tuple[Span, Attribution]]:
    """Each piece of content with its attribution, in text order."""
    pieces = [(span, said) for said in attributions for span in said.content]
    return sorted(pieces, key=lambda piece: piece[0])


def _said_in(span: Span, contents: Sequence[tuple[Span, Attribution]]) -> str | None:
    """The innermost attribution in whose content `span` stands, None in the outlet's own voice."""
    holding = [
        (len(piece), said.id)
        for piece, said in contents
        if shared(piece, span) >= COVERED * len(span)
    ]
    return min(holding)[1] if holding else None
