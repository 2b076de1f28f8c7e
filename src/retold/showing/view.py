"""What a report shows, in the order in which a reader wants it. No words of its own but labels."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from retold import spans
from retold.comparing import facts, labels
from retold.comparing import sides as belonging
from retold.reading import calendar
from retold.showing import alone, segments
from retold.types import (
    Act,
    Article,
    Attribution,
    Claim,
    Difference,
    DifferenceKind,
    Event,
    Facet,
    Passage,
    Place,
    Report,
    SectionKind,
    Span,
    Speaker,
    Value,
    Variant,
    Witness,
)

SURE_SCORE = 0.5  # from here on a claim, a difference, a way of hearsay is rather so than not
_WORD = re.compile(r"[\w'’]+")
FEW_CHARS = 40  # a reader compares so many at a glance
FACTS = (Facet.NUMBER, Facet.DATE, Facet.PLACE, Facet.PERSON, Facet.POLARITY, Facet.MODALITY)
OUTSIDE = (SectionKind.COMMENT, SectionKind.BOILERPLATE, SectionKind.CAPTION)
NOBODY = "about no main actor"


@dataclass(frozen=True, slots=True)
class View:
    """A report with its records at hand by id.

    `labels` name each article, no two alike; `spoken` and `lone` hold, for each article, its
    statements and what surely no other tells, `echoed` what perhaps none does; `near` finds the
    statements whose words touch a span.
    """

    report: Report
    articles: Mapping[str, Article]
    speakers: Mapping[str, Speaker]
    attributions: Mapping[str, Attribution]
    labels: Mapping[str, str]
    spoken: Mapping[str, tuple[Attribution, ...]]
    lone: Mapping[str, tuple[Passage, ...]]
    echoed: Mapping[str, tuple[Passage, ...]]
    near: Mapping[str, Callable[[Span], list[tuple[Span, Attribution]]]]


@dataclass(frozen=True, slots=True)
class Side:
    """One value of a difference with all that give it, in order of article and place; `is_sure` is
    False for what may not belong beside the others."""

    value: str
    given: tuple[Value, ...]
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """A difference with the claim in which it stands."""

    claim: Claim
    difference: Difference


@dataclass(frozen=True, slots=True)
class Point:
    """What a reader looks at as one: a difference, and what else parts in the passages of its
    claim."""

    first: Found
    beside: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """A way by which words reached an article: the statements that came by it, in text order, all
    as surely or all less surely."""

    article_id: str
    speakers: tuple[str | None, ...]
    attributions: tuple[Attribution, ...]

    @property
    def is_through(self) -> bool:
        """True if somebody stands between the article and the speaker."""
        return len(self.speakers) > 1

    @property
    def is_sure(self) -> bool:
        """True if it is to be shown unasked: surely said, and of hearsay surely come so."""
        is_sure = _came_surely if self.is_through else is_statement
        return all(map(is_sure, self.attributions))


def of(report: Report) -> View:
    """The report with its records at hand."""
    spoken: dict[str, list[Attribution]] = {article.id: [] for article in report.articles}
    for attribution in report.attributions:
        spoken[attribution.article_id].append(attribution)
    lone = {article.id: alone.told(report, article.id) for article in report.articles}
    return View(
        report=report,
        articles={a.id: a for a in report.articles},
        speakers={s.id: s for s in report.speakers},
        attributions={a.id: a for a in report.attributions},
        labels=labels.of(report.articles),
        spoken={article: tuple(said) for article, said in spoken.items()},
        lone={article: told.surely for article, told in lone.items()},
        echoed={article: told.perhaps for article, told in lone.items()},
        near={
            article: spans.finder(
                [(piece, a) for a in said for piece in a.content], key=lambda held: held[0]
            )
            for article, said in spoken.items()
        },
    )


def differences(view: View) -> tuple[Found, ...]:
    """Every difference once, what is sure before the others: conflicts first, then variations, of
    both those of fact before those of words and detail; behind them those in words of grammar
    alone ("has", "had"). Of each of these the surest first, with those of its point right behind.

    The same values that several claims set against the same words are one difference; one whose
    words are all among those of an earlier one is left out.
    """
    parting = [
        Found(claim, difference)
        for claim in view.report.claims
        for difference in claim.differences
        if len({v.value for v in difference.values}) > 1
    ]
    found = _merged(parting)
    found.sort(key=_order)
    shown: list[set[Place]] = []
    out: list[Found] = []
    for at in found:
        places = _places(at.difference)
        if not any(places <= earlier for earlier in shown):
            shown.append(places)
            out.append(at)
    return tuple(at for point in points(out) for at in (point.first, *point.beside))


def points(found: Iterable[Found]) -> tuple[Point, ...]:
    """The differences in the same order, of each claim one, and the others beside it.

    Of the passages of a claim a reader is shown the surest first, and what else parts in them
    there. A conflict stands by itself, or beside others in the wording of the same quotation, and
    what is not sure never beside what is.
    """
    held: dict[tuple[str, bool, int | Facet | None], list[Found]] = defaultdict(list)
    for number, at in enumerate(found):
        beside: int | Facet | None = None
        if at.difference.kind is DifferenceKind.CONFLICT:
            is_worded = at.difference.facet is Facet.WORDING
            beside = at.difference.facet if is_worded else number
        held[at.claim.id, is_sure(at), beside].append(at)
    return tuple(Point(first, tuple(others)) for first, *others in held.values())


def _order(found: Found) -> tuple[bool, bool, bool, bool, float]:
    difference = found.difference
    sure = is_sure(found)
    is_conflict = difference.kind is DifferenceKind.CONFLICT
    is_slight = is_conflict and difference.facet is Facet.WORDING and _is_slight(difference)
    is_of_words = sure and difference.facet not in FACTS
    return not sure, is_slight, not is_conflict, is_of_words, -difference.score


def _is_slight(difference: Difference) -> bool:
    """True if no word of meaning is another."""
    words = {word for value in difference.values for word in _WORD.findall(value.value)}
    return words <= facts.function_words()


def _merged(found: list[Found]) -> list[Found]:
    """Copies of a text differ from a third account alike: their differences made one."""
    out: list[Found] = []
    for at in found:
        for n, earlier in enumerate(out):
            if _is_same(earlier.difference, at.difference):
                both = dict.fromkeys((*earlier.difference.values, *at.difference.values))
                score = max(earlier.difference.score, at.difference.score)
                merged = replace(earlier.difference, values=tuple(both), score=score)
                out[n] = Found(earlier.claim, merged)
                break
        else:
            out.append(at)
    return out


def _is_same(a: Difference, b: Difference) -> bool:
    return (
        (a.facet, a.kind) == (b.facet, b.kind)
        and {v.value for v in a.values} == {v.value for v in b.values}
        and not _places(a).isdisjoint(_places(b))
    )


def _places(difference: Difference) -> set[Place]:
    return {Place(v.article_id, v.span) for v in difference.values}


def is_sure(found: Found) -> bool:
    """True if the difference is one to show unasked."""
    return found.difference.kind is DifferenceKind.CONFLICT or found.difference.score >= SURE_SCORE


def is_sharp(found: Found) -> bool:
    """True if the difference is sure and few words show it: one for the first screen."""
    values = found.difference.values
    is_short = sum(len(v.span) for v in values) <= FEW_CHARS * len(values)
    is_conflict = found.difference.kind is DifferenceKind.CONFLICT
    return is_conflict or (is_sure(found) and is_short)


def less_sure(found: Sequence[object], sure: Sequence[object]) -> str:
    """What is said, after their number, of how many are not sure."""
    left = len(found) - len(sure)
    if not left:
        return ""
    return f", {left} of them less sure" if sure else ", all less sure"


def sides(view: View, difference: Difference) -> tuple[Side, ...]:
    """The values of a difference, those that are the same put together, in order of articles, the
    sure ones first; two at least are sure."""
    order = {a.id: n for n, a in enumerate(view.report.articles)}
    given: dict[str, list[Value]] = defaultdict(list)
    for value in sorted(difference.values, key=lambda v: (order[v.article_id], v.span)):
        given[value.value].append(value)
    sure = belonging.sure([max(value.score for value in values) for values in given.values()])
    found = [
        Side(form, tuple(values), is_sure)
        for (form, values), is_sure in zip(given.items(), sure, strict=True)
    ]
    return tuple(sorted(found, key=lambda side: not side.is_sure))


def around(seen: View, at: Found, value: Value) -> Span:
    """What stands around a value: its passage as far as its line goes, else the line."""
    line = segments.line_of(seen.articles[value.article_id].text, value.span)
    inside = [
        p.span
        for p in at.claim.passages
        if p.article_id == value.article_id and spans.contains(p.span, value.span)
    ]
    return (spans.clip(min(inside, key=len), line) if inside else None) or line


def told_by(claim: Claim) -> tuple[str, ...]:
    """The articles that tell a claim, each once, in order."""
    return tuple(dict.fromkeys(p.article_id for p in claim.passages))


def unclaimed(view: View, article_id: str) -> tuple[Passage, ...]:
    """What surely or perhaps only the article tells."""
    return (*view.lone[article_id], *view.echoed[article_id])


def is_one(claim: Claim) -> bool:
    """True if its passages rather tell one thing than several: it is to be shown unasked."""
    return claim.score >= SURE_SCORE


def is_title(view: View, passage: Passage) -> bool:
    """True if the passage stands in a title."""
    sections = view.articles[passage.article_id].sections
    return any(
        s.kind is SectionKind.TITLE and spans.overlaps(s.span, passage.span) for s in sections
    )


def inside(view: View, passage: Passage) -> tuple[Attribution, ...]:
    """The outermost statements whose words lie in the passage, or in whose words it lies."""
    if passage.attribution_id and passage.attribution_id in view.attributions:
        return (view.attributions[passage.attribution_id],)
    near = view.near[passage.article_id](passage.span)
    whole = (a for piece, a in near if a.parent is None and spans.contains(passage.span, piece))
    return tuple(dict.fromkeys(whole))


UNTOLD = (Act.THOUGHT, Act.WISHED)


def statement_of(view: View, article_id: str, span: Span) -> Attribution | None:
    """The innermost statement in whose words the span lies.

    What somebody is said to think or to wish within another's statement is the other's to tell,
    and so is what came from somebody within it not surely.
    """
    near = view.near[article_id](span)
    held = (a for piece, a in near if spans.contains(piece, span))
    told = (a for a in held if a.parent is None or (a.act not in UNTOLD and _came_surely(a)))
    return min(told, key=_said, default=None)


def routes(view: View) -> tuple[Route, ...]:
    """All ways by which words came: the sure ones first, of these the longest, then by how much
    came."""
    by: dict[tuple[str, tuple[str | None, ...], bool], list[Attribution]] = defaultdict(list)
    for attribution in view.report.attributions:
        chain = speakers_of(attribution)
        is_sure = (is_statement if len(chain) == 1 else _came_surely)(attribution)
        by[attribution.article_id, chain, is_sure].append(attribution)
    found = [Route(article, chain, tuple(made)) for (article, chain, _), made in by.items()]
    return tuple(sorted(found, key=_by_length))


def is_statement(attribution: Attribution) -> bool:
    """True if its words are rather somebody's statement than not: it is to be shown unasked."""
    return attribution.score >= SURE_SCORE


def _came_surely(attribution: Attribution) -> bool:
    return attribution.chain_score >= SURE_SCORE


def _by_length(route: Route) -> tuple[bool, int, int]:
    return not route.is_sure, -len(route.speakers), -sum(map(_said, route.attributions))


def manner(attribution: Attribution) -> str | None:
    """How it was said where it was not stated: "denied", "asked", "not asserted"."""
    if attribution.act is not Act.STATED:
        return attribution.act.value
    return None if attribution.is_asserted else "not asserted"


def _said(attribution: Attribution) -> int:
    return sum(map(len, attribution.content))


def speakers_of(attribution: Attribution) -> tuple[str | None, ...]:
    """The chain, the speaker last; None stands for a speaker that could not be told."""
    hops = tuple(hop.speaker_id for hop in attribution.chain)
    if not hops or hops[-1] != attribution.speaker_id:
        return (*hops, attribution.speaker_id)
    return hops


def name(view: View, speaker_id: str | None, *, unknown: str = "unresolved") -> str:
    """The speaker's name, `unknown` where it could not be told."""
    speaker = view.speakers.get(speaker_id) if speaker_id else None
    return " ".join(speaker.name.split()) if speaker else unknown


def chain(view: View, article_id: str, attribution: Attribution | None) -> tuple[str, ...]:
    """The chain in names, from the outlet to the innermost speaker."""
    hops = speakers_of(attribution) if attribution else ()
    return (view.labels[article_id], *(name(view, hop) for hop in hops))


def quotations(view: View) -> tuple[tuple[Claim, Variant], ...]:
    """Quotations in several wordings, each once, those with most changes of substance first."""
    found: dict[tuple[Witness, ...], tuple[Claim, Variant]] = {}
    for claim in view.report.claims:
        for variant in claim.variants:
            if len(variant.witnesses) > 1:
                found.setdefault(variant.witnesses, (claim, variant))
    return tuple(sorted(found.values(), key=lambda cv: -changed(cv[1])))


def changed(variant: Variant) -> int:
    """How many changes of substance the wordings have."""
    return sum(change.is_substantive for change in variant.changes)


def set_aside(article: Article) -> dict[SectionKind, int]:
    """How many sections of each kind that is not the article stand in its text."""
    kinds = Counter(s.kind for s in article.sections)
    return {kind: kinds[kind] for kind in OUTSIDE if kinds[kind]}


def dated(view: View) -> tuple[Event, ...]:
    """The events by date, the earliest first, then by article and place."""
    order = {a.id: n for n, a in enumerate(view.report.articles)}
    return tuple(
        sorted(
            view.report.timeline,
            key=lambda e: (calendar.order(e.date), order[e.article_id], e.span),
        )
    )
