"""Claims by articles: who tells, who tells it differently, who is silent; in several orders. And
speakers by articles: how often each is heard."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retold.showing import segments, shared, view
from retold.showing.shared import Shared
from retold.showing.view import Found, View
from retold.types import Attribution, Claim, DifferenceKind, Passage, Speaker


@dataclass(frozen=True, slots=True)
class Row:
    """A claim, and those in its sentences, with what rows are sorted and filtered by.

    `number` counts from 1 by disagreement, `coverage` from 1 by how many tell it. `told` holds the
    first passage of each article that tells any of them, `speakers` the names of all by whom they
    are told. One that `is_sure` is rather one thing, or surely parts in something.
    """

    number: int
    coverage: int
    shared: Shared
    told: Mapping[str, Passage]
    facets: tuple[str, ...]
    speakers: tuple[str, ...]
    is_sure: bool

    @property
    def claim(self) -> Claim:
        """The claim to read first."""
        return self.shared.claim


@dataclass(frozen=True, slots=True)
class Heard:
    """A speaker, how many statements each article has of him, and through whom how many came."""

    speaker: Speaker
    by_article: tuple[tuple[str, int], ...]
    through: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """His statements in all articles."""
        return sum(n for _, n in self.by_article)


def rows(seen: View) -> tuple[Row, ...]:
    """The claims that several articles tell, those first in which they part most."""
    found = sorted(enumerate(shared.of(seen), start=1), key=lambda held: _parting(held[1]))
    sure = [held for held in found if _is_sure(held[1])]
    doubtful = [held for held in found if not _is_sure(held[1])]
    return tuple(
        _row(seen, number, coverage, one)
        for number, (coverage, one) in enumerate((*sure, *doubtful), start=1)
    )


def _row(seen: View, number: int, coverage: int, one: Shared) -> Row:
    passages = [passage for claim in one.claims for passage in claim.passages]
    said = (view.statement_of(seen, p.article_id, p.span) for p in passages)
    return Row(
        number=number,
        coverage=coverage,
        shared=one,
        told={p.article_id: p for p in reversed(passages)},
        facets=tuple(dict.fromkeys(d.facet.value for c in one.claims for d in c.differences)),
        speakers=tuple(dict.fromkeys(name for a in said if a for name in heard(seen, a))),
        is_sure=_is_sure(one),
    )


def best(seen: View, told: Sequence[Passage]) -> Passage:
    """The one to read: the first whole sentence that is short, else the first whole one."""

    def is_cut(passage: Passage) -> tuple[bool, bool]:
        text = seen.articles[passage.article_id].text
        is_part = segments.whole_of(text, passage.span) != passage.span
        return is_part, len(passage.span) > shared.SENTENCE_CHARS

    return min(told, key=is_cut)


def _is_sure(one: Shared) -> bool:
    """True if the claim is rather one thing, or something surely parts in its sentences."""
    return view.is_one(one.claim) or any(
        view.is_sure(Found(claim, d)) for claim in one.claims for d in claim.differences
    )


def _parting(one: Shared) -> tuple[bool, bool, int, float]:
    """Conflicts first, then what surely differs, then what changed in quoting; the more the
    earlier."""
    found = [Found(claim, d) for claim in one.claims for d in claim.differences]
    variants = dict.fromkeys(v for claim in one.claims for v in claim.variants)
    conflicts = sum(at.difference.kind is DifferenceKind.CONFLICT for at in found)
    sure = sum(map(view.is_sure, found))
    changes = sum(map(view.changed, variants))
    best = max((at.difference.score for at in found), default=0.0)
    return not conflicts, not (sure or changes), -(conflicts + sure + changes), -best


def heard(seen: View, statement: Attribution) -> tuple[str, ...]:
    """The names of the known speakers on the way of a statement."""
    return tuple(view.name(seen, id) for id in view.speakers_of(statement) if id in seen.speakers)


def first(claim: Claim, article_id: str) -> Passage | None:
    """The first passage of the article that tells the claim."""
    return next((p for p in claim.passages if p.article_id == article_id), None)


def by_place(found: tuple[Row, ...], article_id: str) -> tuple[Row, ...]:
    """The rows that the article tells, in its order."""
    own = [row for row in found if article_id in row.told]
    return tuple(sorted(own, key=lambda row: row.told[article_id].span))


def by_coverage(found: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows by how many tell them."""
    return tuple(sorted(found, key=lambda row: row.coverage))


def by_facet(found: tuple[Row, ...]) -> dict[str, tuple[Row, ...]]:
    """The rows in which tellings part, by facet."""
    out: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        for facet in row.facets:
            out[facet].append(row)
    return {facet: tuple(out[facet]) for facet in sorted(out)}


def by_speaker(found: tuple[Row, ...]) -> dict[str, tuple[Row, ...]]:
    """The rows by the name of who is heard in them, the most heard first."""
    out: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        for name in row.speakers:
            out[name].append(row)
    return {name: tuple(held) for name, held in sorted(out.items(), key=lambda i: -len(i[1]))}


def speakers(seen: View) -> tuple[Heard, ...]:
    """The speakers with their sure statements by article, the most heard first."""
    direct: Counter[tuple[str, str]] = Counter()
    through: dict[str, Counter[str]] = defaultdict(Counter)
    for attribution in filter(view.is_statement, seen.report.attributions):
        hops = view.speakers_of(attribution)
        if hops[-1] in seen.speakers and hops[-1] is not None:
            direct[hops[-1], attribution.article_id] += 1
            if len(hops) > 1:
                through[hops[-1]][view.name(seen, hops[-2])] += 1
    found = [
        Heard(
            speaker=speaker,
            by_article=tuple((a, direct[speaker.id, a]) for a in seen.articles),
            through=tuple(through[speaker.id].most_common()),
        )
        for speaker in seen.report.speakers
    ]
    return tuple(sorted((h for h in found if h.total), key=lambda h: -h.total))
