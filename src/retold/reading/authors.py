"""Who speaks in a letter, a statement, a release: who wrote it, as far as the text tells."""

from __future__ import annotations

import re
from collections.abc import Callable

from retold import lexicons
from retold.reading import makers, sources
from retold.reading.sources import Form, Source
from retold.reading.stage import Stage
from retold.types import Span

MAX_BACK_CHARS = 4000
Resolve = Callable[[Source], int | None]

_WORD = re.compile(r"\w+")
_WRITTEN_BY = re.compile(r"\s+(?:from|by|of|written by|signed by|sent by|released by|issued by)\s+")
_PHRASE_END = re.compile(r"[;:“”\"]|,? (?:said|says|that|to|which|who|about|on|in|at)\b")
_OWNS = re.compile(r"(?:’s|'s|(?<=s)’|(?<=s)')(?: [\w-]+){0,2} $")
_ISSUED = re.compile(
    r"(?:(?:And |But )?"
    r"(?:[Oo]n|[Ii]n|[Aa]t|[Aa]fter|Before|Since|Later|Earlier|Shortly|Soon)\b[^,]{2,60}, )?"
    r"(?P<who>[^“”]{3,160}?),? (?:(?:has|have|had|also|then|jointly) )*"
    r"(?:sent|issued|released|wrote|signed|published|posted|put out|fired off|delivered|drafted|"
    r"penned|passed|adopted|approved)\b"
)

_OF_IT = re.compile(r"\bof (?:the|this|that) $")


def author(stage: Stage, form: Source, resolve: Resolve) -> int | None:
    """The character whom the source, or the sentence that brought the paper in, names as its
    author, or the last who was said to have made one; `resolve` tells whom words mean."""
    if form.head not in lexicons.words("authored_nouns") or not form.core or not form.span:
        return None
    if found := _WRITTEN_BY.match(stage.text, form.core.end):
        return _writer(stage, Span(found.end(), max(form.span.end, found.end() + 1)), resolve)
    if form.determiner not in sources.DEFINITE:
        return None
    brought = _brought_in(stage, form.core.start, form.head)
    if brought is not None and (maker := _maker(stage, brought, resolve)) is not None:
        return maker
    return _last_maker(stage, form.core.start)


def _brought_in(stage: Stage, at: int, head: str) -> Span | None:
    """The last place before `at` that names such a paper, but not one that only says of what
    something is: "one of the signers of the letter", or that somebody has it."""
    noun = re.compile(rf"\b{re.escape(head.removesuffix('s'))}s?\b", re.IGNORECASE)
    first = max(stage.scene.paragraphs[0].start, at - MAX_BACK_CHARS)
    places = [found.span() for found in noun.finditer(stage.text, first, at)]
    outside = [
        p
        for p in places
        if stage.scene.quotation(p[0]) is None
        and not _OF_IT.search(stage.text, max(0, p[0] - 12), p[0])
        and not makers.is_at_hand(stage.text, stage.scene.sentence_at(p[0]).start, p[0])
    ]
    return Span(*outside[-1]) if outside else None


def _maker(stage: Stage, noun: Span, resolve: Resolve) -> int | None:
    """Who made the paper named at `noun`, as its sentence tells."""
    text, sentence = stage.text, stage.scene.sentence_at(noun.start)
    if by := _WRITTEN_BY.match(text, noun.end, sentence.end):
        writer = _writer(stage, Span(by.end(), sentence.end), resolve)
        if writer is not None:
            return writer
    for mention, figure in stage.scene.roster.within(Span(sentence.start, noun.end)):
        if mention.end < noun.start and _OWNS.fullmatch(text, mention.end, noun.start):
            return figure.index
    issued = _ISSUED.match(text, sentence.start, noun.start)
    maker = _meant(stage, Span(*issued.span("who")), resolve) if issued else None
    if maker is not None:
        return maker
    spoke = [i for i, at in stage.history if sentence.start <= at < sentence.end]
    return spoke[-1] if spoke else None


def _last_maker(stage: Stage, at: int) -> int | None:
    """Who last was said, in this paragraph or the one before, to have made anything written."""
    here = stage.scene.paragraph(at)
    for speaker, place in reversed(stage.history):
        if place >= at:
            continue
        if here - stage.scene.paragraph(place) > 1:
            return None
        sentence = stage.scene.sentence_at(place)
        if any(
            word.group().lower() in lexicons.words("authored_nouns")
            and not makers.is_at_hand(stage.text, sentence.start, word.start())
            for word in _WORD.finditer(stage.text, sentence.start, sentence.end)
        ):
            return speaker
    return None


def _writer(stage: Stage, span: Span, resolve: Resolve) -> int | None:
    """Who is meant by the words at the head of `span`: "her lawyer, {Tom Reuter}"."""
    stop = _PHRASE_END.search(stage.text, span.start, span.end)
    end = stop.start() if stop else span.end
    return _meant(stage, Span(span.start, end), resolve) if span.start < end else None


def _meant(stage: Stage, span: Span, resolve: Resolve) -> int | None:
    form = sources.of(stage.text, (span,), stage.scene.roster)
    if form.form is Form.NAME:
        return form.figure.index if form.figure else None
    people = (Form.NOMINAL, Form.GROUP, Form.ORGANISATION)
    is_known = sources.may_speak(form, *sources.SENDERS)
    return resolve(form) if form.form in people and is_known else None
