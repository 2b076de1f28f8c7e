"""Claims by articles: who tells, who tells it differently, who is silent; in several orders. And
speakers by articles: how often each is heard."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from retold.showing import view
from retold.showing.view import Found, View
from retold.types import Attribution, Claim, DifferenceKind, Passage, Speaker


@dataclass(frozen=True, slots=True)
class Row:
    """A claim with what rows are sorted and filtered by.

    `number` counts from 1 by disagreement, `coverage` from 1 by how many tell it. `told` holds the
    first passage of each article that tells it, `speakers` the names of all by whom it is told.
    """

    number: int
    coverage: int
    claim: Claim
    told: Mapping[str, Passage]
    facets: tuple[str, ...]
    speakers: tuple[str, ...]


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
    claims = view.agreed(seen)
    coverage = {claim.id: n for n, claim in enumerate(claims, start=1)}
    parting = sorted(claims, key=lambda claim: (*_parting(claim), coverage[claim.id]))
    return tuple(
        Row(
            number=number,
            coverage=coverage[claim.id],
            claim=claim,
            told={p.article_id: p for p in reversed(claim.passages)},
            facets=tuple(dict.fromkeys(d.facet.value for d in claim.differences)),
            speakers=_speakers(seen, claim),
        )
        for number, claim in enumerate(parting, start=1)
    )


def _parting(claim: Claim) -> tuple[bool, bool, int, float]:
    """Conflicts first, then what surely differs, then what changed in quoting; the more the
    earlier."""
    conflicts = sum(d.kind is DifferenceKind.CONFLICT for d in claim.differences)
    sure = sum(view.is_sure(Found(claim, d)) for d in claim.differences)
    changes = sum(c.is_substantive for v in claim.variants for c in v.changes)
    best = max((d.score for d in claim.differences), default=0.0)
    return not conflicts, not (sure or changes), -(conflicts + sure + changes), -best


def _speakers(seen: View, claim: Claim) -> tuple[str, ...]:
    found = (view.statement_of(seen, p.article_id, p.span) for p in claim.passages)
    return tuple(dict.fromkeys(name for a in found if a for name in heard(seen, a)))


def heard(seen: View, statement: Attribution) -> tuple[str, ...]:
    """The names of the known speakers on the way of a statement."""
    return tuple(view.name(seen, id) for id in view.speakers_of(statement) if id in seen.speakers)


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
    """The speakers with their statements by article, the most heard first."""
    direct: Counter[tuple[str, str]] = Counter()
    through: dict[str, Counter[str]] = defaultdict(Counter)
    for attribution in seen.report.attributions:
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
