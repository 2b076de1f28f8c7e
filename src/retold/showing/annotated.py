"""An article made ready for reading: its paragraphs with their marks, and the notes beside them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from markupsafe import Markup

from retold import spans
from retold.showing import alone, corrections, markup, missing, view, voices
from retold.showing.common import Common
from retold.showing.corrections import Told
from retold.showing.markup import COMMON, Mark
from retold.showing.view import Found, View
from retold.types import Article, Attribution, Claim, Facet, Passage, SectionKind, Span

T = TypeVar("T")
PERHAPS = "perhaps-said"  # the class of words of which it is less sure that somebody says them


class NoteKind(StrEnum):
    DIFFERS = "differs"
    MAY_DIFFER = "may differ"
    AGREES = "agrees"
    MAY_AGREE = "may agree"
    ONLY = "only here"
    MAY_BE_ONLY = "may be only here"
    MISSING = "missing here"


# Passages in a note: thirty accounts would else repeat each other beside every paragraph.
MOST_BESIDE = {
    NoteKind.DIFFERS: 5,
    NoteKind.MAY_DIFFER: 3,
    NoteKind.AGREES: 3,
    NoteKind.MAY_AGREE: 3,
    NoteKind.MISSING: 3,
}


@dataclass(frozen=True, slots=True)
class Beside:
    """Passages of other accounts, with the claim that they tell, if it is one, and in what the
    tellings of it differ; `more` counts those for which the note has no room."""

    passages: tuple[Passage, ...]
    claim_id: str = ""
    facets: tuple[str, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """A note beside a paragraph: what the others have in its place, or what it alone tells, with
    the articles that may tell it too."""

    kind: NoteKind
    beside: tuple[Beside, ...] = ()
    own: tuple[Passage, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def facets(self) -> tuple[str, ...]:
        """In what the accounts differ, each facet once."""
        return tuple(dict.fromkeys(facet for each in self.beside for facet in each.facets))

    @property
    def tellers(self) -> tuple[str, ...]:
        """The other articles, each once."""
        return tuple(dict.fromkeys(p.article_id for each in self.beside for p in each.passages))


@dataclass(frozen=True, slots=True)
class Hop:
    """A name in a breadcrumb and the anchor of the words that establish it."""

    name: str
    href: str = ""
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of an article: its words with their marks, the notes and the chains beside it;
    `start` is its first character in the text, `statement` the id of the first that begins in it,
    and `corrected` what a reader corrected there."""

    kind: SectionKind
    start: int
    words: Markup
    notes: tuple[Note, ...]
    chains: tuple[tuple[Hop, ...], ...]
    statement: str = ""
    corrected: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """An article as its paragraphs, and those that are not the article."""

    article: Article
    paragraphs: tuple[Paragraph, ...]
    aside: tuple[tuple[SectionKind, tuple[Markup, ...]], ...]


def page(
    seen: View,
    article: Article,
    found: Sequence[tuple[Found, Common]],
    told: tuple[Told, ...] = (),
) -> Page:
    """The article with every mark of the report in it, and the reader's beside them; `found` are
    the differences, each with what its sides have in common."""
    sections = [(s.kind, tuple(_lines(article, s.span))) for s in article.sections]
    starts = [line.start for _, lines in sections for line in lines]
    read = [
        (anchor.span, each)
        for each in corrections.beside(told, article.id)
        for anchor in each.about
        if anchor.article_id == article.id
    ]
    own = ((span, Mark("reader", f"x-{each.id}")) for span, each in read)
    marks = _held(starts, sorted((*_marks(seen, article, found), *own), key=lambda m: m[0]))
    corrected = _begun(starts, read)
    claims = _begun(
        starts,
        ((p.span, c) for c in seen.report.claims for p in c.passages if p.article_id == article.id),
    )
    unclaimed = {
        kind: _begun(starts, ((p.span, p) for p in told[article.id] if len(seen.articles) > 1))
        for kind, told in ((NoteKind.ONLY, seen.lone), (NoteKind.MAY_BE_ONLY, seen.echoed))
    }
    absent = _begun(starts, missing.places(seen, article))
    spoken = _begun(starts, ((a.content[0], a) for a in seen.spoken[article.id]))
    paragraphs: list[Paragraph] = []
    aside: list[tuple[SectionKind, tuple[Markup, ...]]] = []
    for kind, lines in sections:
        if kind in view.OUTSIDE:
            aside.append((kind, tuple(markup.marked(article, line, ()) for line in lines)))
            continue
        for line in lines:
            at = line.start
            own_here = {kind: told[at] for kind, told in unclaimed.items()}
            paragraphs.append(
                Paragraph(
                    kind=kind,
                    start=at,
                    words=markup.marked(article, line, marks[at]),
                    notes=tuple(_notes(seen, article, claims[at], own_here, absent[at])),
                    chains=_chains(seen, spoken[at]),
                    statement=spoken[at][0].id if spoken[at] else "",
                    corrected=tuple(dict.fromkeys(corrected[at])),
                )
            )
    return Page(article, tuple(paragraphs), tuple(aside))


def _begun(starts: list[int], found: Iterable[tuple[Span, T]]) -> dict[int, list[T]]:
    """What begins in each line, by the line's first character."""
    out: dict[int, list[T]] = defaultdict(list)
    for span, item in found:
        out[starts[max(0, bisect_right(starts, span.start) - 1)]].append(item)
    return out


def _held(starts: list[int], found: Iterable[tuple[Span, T]]) -> dict[int, list[tuple[Span, T]]]:
    """What stands in each line, with its span, by the line's first character."""
    out: dict[int, list[tuple[Span, T]]] = defaultdict(list)
    for span, item in found:
        first = max(0, bisect_right(starts, span.start) - 1)
        for start in starts[first : bisect_left(starts, span.end)]:
            out[start].append((span, item))
    return out


def breadcrumb(seen: View, attribution: Attribution) -> tuple[Hop, ...]:
    """The chain of a statement after the outlet, each hop leading to its words."""
    hops = view.speakers_of(attribution)
    with_words = {n for n, hop in enumerate(attribution.chain) if hop.span}
    doubtful = len(hops) - 1 if voices.is_perhaps(seen, attribution) else None
    return tuple(
        Hop(
            view.name(seen, id),
            f"#h-{attribution.id}-{n}" if n in with_words else "",
            n == doubtful,
        )
        for n, id in enumerate(hops)
    )


def focus(claim: Claim, article_id: str) -> tuple[Span, ...]:
    """The characters in which the article parts from others that tell the claim: those of sure
    differences and changed quotations, of others only where there is none."""
    sure = [d for d in claim.differences if view.is_sure(Found(claim, d))]
    values = [v.span for d in sure for v in d.values if v.article_id == article_id]
    for variant in claim.variants:
        for change in (c for c in variant.changes if c.is_substantive):
            for witness, span in ((0, change.base), (change.witness, change.other)):
                if span and variant.witnesses[witness].article_id == article_id:
                    values.append(span)
    if not sure and not values:
        values = [v.span for d in claim.differences for v in d.values if v.article_id == article_id]
    return spans.merge(values)


def parting(claim: Claim, article_id: str) -> NoteKind:
    """Whether the article differs from others in this claim or agrees, surely or perhaps."""
    return _parting(claim, article_id)[0]


def _marks(
    seen: View, article: Article, found: Sequence[tuple[Found, Common]]
) -> Iterator[tuple[Span, Mark]]:
    for number, (at, common) in enumerate(found, start=1):
        for n, value in enumerate(at.difference.values):
            if value.article_id == article.id:
                yield value.span, _mark(at, f"v-{number}-{n}", f"#d-{number}")
                if view.is_sharp(at):
                    for span in common[value]:
                        yield span, Mark(COMMON)
    for claim in seen.report.claims:
        for n, passage in enumerate(claim.passages):
            if passage.article_id == article.id:
                yield passage.span, Mark("claim", f"p-{claim.id}-{n}", claim.id)
    for n, passage in enumerate(view.unclaimed(seen, article.id)):
        yield passage.span, Mark("place", f"l-{article.id}-{n}")
    for n, event in enumerate(view.dated(seen)):
        if event.article_id == article.id:
            yield event.span, Mark("place", f"e-{n}")
    for n, words in enumerate(seen.report.wording):
        if words.article_id == article.id:
            yield words.span, Mark("place", f"w-{n}")
    for telling in seen.report.tellings:
        for n, place in enumerate(telling.evidence):
            if place.article_id == article.id:
                yield place.span, Mark("place", f"b-{telling.id}-{n}")
    for claim in seen.report.claims:
        places = (place for origin in claim.origins for place in origin.evidence)
        for n, place in enumerate(places):
            if place.article_id == article.id:
                yield place.span, Mark("place", f"o-{claim.id}-{n}")
    for speaker in seen.report.speakers:
        for n, place in enumerate(speaker.roles):
            if place.article_id == article.id:
                yield place.span, Mark("place", f"r-{speaker.id}-{n}")
    for attribution in seen.spoken[article.id]:
        yield from _of_statement(attribution)
    yield from markup.unseen(article)


def _mark(at: Found, anchor: str, href: str) -> Mark:
    """Bold where a difference is sharp, faint where it is sure, only a place where it is not."""
    if view.is_sharp(at):
        return Mark("value", anchor, at.claim.id, href)
    if view.is_sure(at):
        return Mark("part", anchor, at.claim.id, href)
    return Mark("place", anchor)


def _of_statement(attribution: Attribution) -> Iterator[tuple[Span, Mark]]:
    is_sure = view.is_statement(attribution)
    for n, piece in enumerate(attribution.content):
        yield piece, Mark("content" if is_sure else PERHAPS, "" if n else f"a-{attribution.id}")
    for piece in attribution.source if is_sure else ():
        yield piece, Mark("source")
    for piece in attribution.cue if is_sure else ():
        yield piece, Mark("cue")
    for n, hop in enumerate(attribution.chain):
        if hop.span:
            yield hop.span, Mark("place", f"h-{attribution.id}-{n}")


def _lines(article: Article, bounds: Span) -> Iterator[Span]:
    start = bounds.start
    for line in article.text[bounds.start : bounds.end].split("\n"):
        if line.strip():
            yield Span(start, start + len(line))
        start += len(line) + 1


def _notes(
    seen: View,
    article: Article,
    claims: list[Claim],
    own: Mapping[NoteKind, list[Passage]],
    absent: list[Passage],
) -> Iterator[Note]:
    """Where the article differs, where it agrees, what it alone tells, what it does not.

    Claims overlap: what another account has is shown once, where it matters most.
    """
    beside: dict[NoteKind, list[Beside]] = {kind: [] for kind in NoteKind}
    shown: list[Passage] = []
    parting = [(_parting(claim, article.id), claim) for claim in {c.id: c for c in claims}.values()]
    order = list(NoteKind)
    for (kind, facets), claim in sorted(parting, key=lambda held: order.index(held[0][0])):
        fresh = [p for p in _others(claim, article.id) if not any(_is_same(p, q) for q in shown)]
        shown += fresh
        if fresh or kind in (NoteKind.DIFFERS, NoteKind.MAY_DIFFER):
            beside[kind].append(Beside(tuple(fresh), claim.id, facets))
    if absent:
        beside[NoteKind.MISSING].append(Beside(tuple(absent)))
    for kind in NoteKind:
        if own.get(kind):
            yield Note(kind, own=tuple(own[kind]), others=alone.others(seen.report, own[kind]))
        if any(each.passages for each in beside[kind]):
            yield Note(kind, beside=_fitting(beside[kind], MOST_BESIDE[kind]))


def _fitting(groups: list[Beside], room: int) -> tuple[Beside, ...]:
    """The groups with as many passages as there is room for, the first of each before others."""
    spare = max(0, room - sum(bool(group.passages) for group in groups))
    out = []
    for group in groups:
        first = min(1, room, len(group.passages))
        kept = group.passages[: first + spare]
        room -= first
        spare -= len(kept) - first
        out.append(replace(group, passages=kept, more=len(group.passages) - len(kept)))
    return tuple(out)


def _is_same(a: Passage, b: Passage) -> bool:
    """True if most of the shorter is the other's."""
    if a.article_id != b.article_id:
        return False
    return 2 * spans.shared(a.span, b.span) > min(len(a.span), len(b.span))


def _others(claim: Claim, article_id: str) -> tuple[Passage, ...]:
    """One passage of each other account of the claim, one that holds a value where there is one;
    the accounts with a value first."""
    values = [(v.article_id, v.span) for d in claim.differences for v in d.values]

    def is_plain(passage: Passage) -> bool:
        return not any(
            article == passage.article_id and spans.contains(passage.span, span)
            for article, span in values
        )

    out: dict[str, Passage] = {}
    for passage in sorted(claim.passages, key=is_plain):
        if passage.article_id != article_id:
            out.setdefault(passage.article_id, passage)
    return tuple(out.values())


def _parting(claim: Claim, article_id: str) -> tuple[NoteKind, tuple[str, ...]]:
    """Whether the article differs in this claim, surely or perhaps, and in what; or agrees, as
    surely as the passages tell one thing."""
    sure: dict[str, None] = {}
    unsure: dict[str, None] = {}
    for difference in claim.differences:
        if any(v.article_id == article_id for v in difference.values):
            is_sure = view.is_sure(Found(claim, difference))
            (sure if is_sure else unsure)[difference.facet.value] = None
    if not sure and focus(claim, article_id) and any(map(view.changed, claim.variants)):
        sure[Facet.WORDING.value] = None
    if sure or unsure:
        return NoteKind.DIFFERS if sure else NoteKind.MAY_DIFFER, tuple(sure or unsure)
    own = (p for p in claim.passages if p.article_id == article_id)
    is_sure = view.is_one(claim) and any(p.id not in claim.doubtful for p in own)
    return NoteKind.AGREES if is_sure else NoteKind.MAY_AGREE, ()


def _chains(seen: View, begun: list[Attribution]) -> tuple[tuple[Hop, ...], ...]:
    """The chains of the sure statements, each once."""
    by_names: dict[tuple[str, ...], tuple[Hop, ...]] = {}
    for attribution in filter(view.is_statement, begun):
        hops = breadcrumb(seen, attribution)
        known = by_names.setdefault(tuple(hop.name for hop in hops), hops)
        if known[-1].is_doubtful:
            by_names[tuple(hop.name for hop in hops)] = hops
    return tuple(by_names.values())
