"""Attributions put together from what the model linked and what was told of their speakers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from retold import lexicons, spans
from retold.reading import cues, occasions, roster, said
from retold.reading.scene import Scene
from retold.reading.speakers import Cast
from retold.types import Article, Attribution, Hop, QuotationKind, Span, TimeExpression, Triple

DIRECT_SHARE = 0.85
MIXED_SHARE = 0.04
SURE_OF_ONESELF = 0.3


def assemble(
    article: Article,
    triples: Sequence[Triple],
    cast: Cast,
    times: Sequence[TimeExpression],
) -> tuple[Attribution, ...]:
    """One attribution for each triple, in the same order; parents are named by id."""
    scene = Scene(article, roster.Roster(figures=(), places=()))
    ids = [f"{article.id}.a{n}" for n in range(len(triples))]
    names = {speaker.id: speaker.name for speaker in cast.speakers}
    tellers = [names.get(resolution.speaker_id or "") for resolution in cast.resolutions]
    dated = said.assign(article, triples, tellers, times)
    outlets = _outlets(cast)
    out = []
    for n, (triple, resolution) in enumerate(zip(triples, cast.resolutions, strict=True)):
        around = triples[triple.parent].content if triple.parent is not None else ()
        out.append(
            Attribution(
                id=ids[n],
                article_id=article.id,
                quotation=quotation_kind(scene, triple.content),
                source=triple.source,
                cue=triple.cue,
                content=triple.content,
                speaker_id=resolution.speaker_id,
                speaker_score=resolution.score,
                chain=resolution.chain,
                parent=ids[triple.parent] if triple.parent is not None else None,
                said=dated[n],
                act=cues.act(article.text, triple),
                hedged=cues.is_hedged(scene, triple),
                is_asserted=cues.is_asserted(scene, triple),
                score=triple.score,
                addressee=_inside(around, occasions.addressee(scene, triple, outlets)),
                venue=_inside(around, occasions.venue(scene, triple, outlets)),
                chain_score=resolution.chain_score,
            )
        )
    return tuple(out)


def _inside(around: Sequence[Span], span: Span | None) -> Span | None:
    """The span, None where it does not stand in the content around its statement: there it is of
    whoever speaks around."""
    is_inside = span and (not around or any(spans.contains(piece, span) for piece in around))
    return span if is_inside else None


def without_own_minds(
    article: Article, triples: Sequence[Triple], cast: Cast
) -> tuple[tuple[Triple, ...], Cast]:
    """The triples and their resolutions without what speakers tell of their own minds within their
    statements and what nobody says there; the children of such a one are its parent's."""
    kept = [n for n in range(len(triples)) if not _is_own_mind(article.text, triples, cast, n)]
    order = {n: i for i, n in enumerate(kept)}

    def around(parent: int | None) -> int | None:
        while parent is not None and parent not in order:
            parent = triples[parent].parent
        return None if parent is None else order[parent]

    return (
        tuple(replace(triples[n], parent=around(triples[n].parent)) for n in kept),
        replace(cast, resolutions=tuple(cast.resolutions[n] for n in kept)),
    )


def _is_own_mind(text: str, triples: Sequence[Triple], cast: Cast, index: int) -> bool:
    """True for "she was sure that …" within what she said: a child without a word of speech that
    nobody else makes; for "he would ask" within what he said, if that is not sure; for what
    nobody says; and anywhere for "his alleged ties" and for what only tells of the source.

    Of 144 such children without a word of speech in gold_train readers noted 11; of 26 with one and
    a lower score, 4.
    """
    triple = triples[index]
    hops = cast.resolutions[index].chain
    if (
        _is_alleged(text, triple)
        or _is_naming(text, triple)
        or _is_about_source(text, triple, hops)
    ):
        return True
    if triple.parent is None:
        return False
    if _is_unsaid(text, triple) or _is_own_office(text, triple):
        return True
    speaker = cast.resolutions[index].speaker_id
    is_same = speaker == cast.resolutions[triple.parent].speaker_id
    if set(cues.words_of(text, triple.cue)) & _speech():
        is_told = speaker is not None and bool(triple.source)
        return is_told and is_same and triple.score < SURE_OF_ONESELF
    is_first = set(cues.words_of(text, triple.source)) <= lexicons.words("first_persons")
    return is_same or is_first or speaker is None


_ALLEGED = frozenset({"alleged", "apparent", "claimed", "purported", "reported", "supposed"})
_OWNER = re.compile(r"(?i:his|her|its|their|my|our|your)|.*(?:[’']s|s[’'])", re.DOTALL)


def _is_alleged(text: str, triple: Triple) -> bool:
    """True for "his alleged ties to …", "the mayor’s reported illness", which others tell."""
    if not triple.source or set(cues.words_of(text, triple.cue)) - _ALLEGED or not triple.cue:
        return False
    source, cue = triple.source[-1], triple.cue[0]
    owns = _OWNER.fullmatch(spans.cut(text, source)) is not None
    return owns and text[source.end : cue.start] == " " and triple.content[0].start == cue.end + 1


_ANONYMITY = re.compile(r"(?:(?:for|on|the|condition|of) ){0,5}anonymity\b")


def _is_about_source(text: str, triple: Triple, hops: Sequence[Hop]) -> bool:
    """True for "the Herald, {citing} {two aides}, reported …" and "who {asked for} {anonymity}":
    nothing is said but who says it."""
    named = [*triple.source, *(hop.span for hop in hops[-1:] if hop.span)]
    return _ANONYMITY.match(text, triple.content[0].start) is not None or all(
        any(spans.contains(span, piece) for span in named) for piece in triple.content
    )


_NAMES = frozenset(
    {"called", "dubbed", "entitled", "labeled", "labelled", "named", "nicknamed", "titled"}
)
_IS_VERB = re.compile(r"(?:\b(?:and|but|or|then|also|who|which|that|\w+ly)|^|[,;:.”\"\n]) ?$")


def _is_naming(text: str, triple: Triple) -> bool:
    """True for "a plan called “Quick Return”" and "the bill, dubbed “For the Many,” …": it says
    what something is called, and nobody is told to call it so."""
    words = cues.words_of(text, triple.cue)
    if (
        len(words) != 1
        or words[0] not in _NAMES
        or triple.content[0].start != triple.cue[0].end + 1
    ):
        return False
    at = triple.cue[0].start
    if triple.source:
        return text[triple.source[-1].end : at].strip() in {",", "—", "–", "-", "--", "("}
    return _IS_VERB.search(text, max(0, at - 24), at) is None


def _is_own_office(text: str, triple: Triple) -> bool:
    """True for what "this court" holds in a judge's words: he speaks for it himself."""
    first, *others = cues.words_of(text, triple.source) or [""]
    return first == "this" and others[-1:] == ["court"]


_NOBODY = frozenset(
    {"neither", "no", "nobody", "none", "how", "what", "when", "where", "whether", "why"}
)
_HANGS_ON = re.compile(
    r"that (?:is|was|are|were|has|had|have|will|would|can|could|may|might|should|came|comes|dates?|"
    r"goes|made|makes|went)\b"
)


def _is_unsaid(text: str, triple: Triple) -> bool:
    """True for what "no senator" says, for what somebody "showed", who does not say it as a paper
    does, and for "that dates from May" after "a pledge"."""
    words, who = cues.words_of(text, triple.cue), cues.words_of(text, triple.source)
    is_noun = words[-1:] != [] and words[-1] in lexicons.words("saying_nouns")
    return (
        bool(_NOBODY & set(who[:1]))
        or (bool(_SHOWS & set(words)) and not _is_paper(text, triple))
        or (is_noun and _HANGS_ON.match(text, triple.content[0].start) is not None)
    )


_SHOWS = frozenset({"show", "showed", "showing", "shown", "shows"})


def _is_paper(text: str, triple: Triple) -> bool:
    """True if the source is nothing said, or ends with a noun for something written."""
    last = cues.words_of(text, triple.source)[-1:]
    return not last or last[0] in lexicons.words("document_nouns")


@cache
def _speech() -> frozenset[str]:
    """Verbs of saying, and nouns for what is said."""
    spoken = frozenset(v for v, kind in lexicons.rows("speech_verbs") if kind != "thinks")
    return spoken | lexicons.words("saying_nouns")


def _outlets(cast: Cast) -> frozenset[Span]:
    """The places that name a newspaper, a station or the like."""
    known = lexicons.words("outlets")
    return frozenset(
        place.span
        for speaker in cast.speakers
        if any(
            " ".join(speaker.name.split()[i:]) in known for i in range(len(speaker.name.split()))
        )
        for place in speaker.mentions
    )


def quotation_kind(scene: Scene, content: Sequence[Span]) -> QuotationKind:
    """Direct if the words all stand in quotation marks, mixed if some do, else indirect.

    Words in a quotation that reaches beyond the content count only at the next depth: in "“He said
    he would go,” she said" what he said is not quoted.
    """
    text = scene.article.text
    total = sum(_letters(text, piece) for piece in content)
    quoted = 0
    for piece in content:
        inside = [
            clipped
            for q in scene.quotations_in(piece)
            if (clipped := spans.clip(q.span, piece)) and not _is_beyond(q.span, piece)
        ]
        quoted += sum(_letters(text, s) for s in spans.merge(inside))
    share = quoted / total if total else 0.0
    if share >= DIRECT_SHARE:
        return QuotationKind.DIRECT
    return QuotationKind.MIXED if share > MIXED_SHARE else QuotationKind.INDIRECT


def _is_beyond(quotation: Span, piece: Span) -> bool:
    """True if a quotation reaches beyond a piece of content by more than its own marks."""
    return quotation.start < piece.start - 2 or (
        quotation.end > piece.end + 3 and quotation.start < piece.start
    )


def _letters(text: str, span: Span) -> int:
    return sum(c.isalnum() for c in text[span.start : span.end])
