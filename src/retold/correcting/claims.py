"""Claims split and joined: what of their differences and wordings still has all its sides."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from retold import spans
from retold.types import Claim, Difference, Origin, Passage, Report, Span, Variant


def part(claim: Claim, passages: Sequence[Passage], *, id: str) -> Claim | None:
    """The claim of these of its passages; None where one passage is left, which is no claim."""
    if len(passages) < 2:
        return None
    told_by = {p.article_id for p in passages}
    tellings = (tuple(a for a in group if a in told_by) for group in claim.tellings)
    differences = (_between(d, passages) for d in claim.differences)
    variants = (_within(v, passages) for v in claim.variants)
    origins = (_among(o, told_by) for o in claim.origins)
    return replace(
        claim,
        id=id,
        passages=tuple(passages),
        tellings=tuple(filter(None, tellings)),
        differences=tuple(d for d in differences if d),
        variants=tuple(v for v in variants if v),
        origins=tuple(o for o in origins if o),
    )


def joined(report: Report, one: Claim, other: Claim) -> Claim:
    """Both as one: who tells either tells it, and nobody of them is silent."""
    order = {article.id: n for n, article in enumerate(report.articles)}
    passages = sorted(
        dict.fromkeys((*one.passages, *other.passages)),
        key=lambda p: (order[p.article_id], p.span),
    )
    told_by = {p.article_id for p in passages}
    silent = dict.fromkeys((*one.silent, *other.silent))
    return replace(
        one,
        passages=tuple(passages),
        tellings=_merged((*one.tellings, *other.tellings)),
        silent=tuple(a for a in silent if a not in told_by),
        differences=tuple(dict.fromkeys((*one.differences, *other.differences))),
        variants=tuple(dict.fromkeys((*one.variants, *other.variants))),
        origins=tuple(dict.fromkeys((*one.origins, *other.origins))),
        score=max(one.score, other.score),
    )


def replaced(report: Report, claim: Claim, by: Sequence[Claim]) -> Report:
    """The report with other claims in the place of one; its events belong to who holds them."""
    claims: list[Claim] = []
    for each in report.claims:
        claims += by if each.id == claim.id else [each]
    held = {c.id for c in claims}
    timeline = tuple(
        replace(event, claim_id=_holder(by, event.article_id, event.span))
        if event.claim_id == claim.id or (event.claim_id and event.claim_id not in held)
        else event
        for event in report.timeline
    )
    return replace(report, claims=tuple(claims), timeline=timeline)


def _holder(claims: Sequence[Claim], article_id: str, span: Span) -> str | None:
    return next((c.id for c in claims if _holds(c.passages, article_id, span)), None)


def _holds(passages: Sequence[Passage], article_id: str, span: Span) -> bool:
    return any(p.article_id == article_id and spans.overlaps(p.span, span) for p in passages)


def _between(difference: Difference, passages: Sequence[Passage]) -> Difference | None:
    """The difference between these passages, if it still has two sides."""
    values = tuple(v for v in difference.values if _holds(passages, v.article_id, v.span))
    if len({v.value for v in values}) < 2:
        return None
    return replace(difference, values=values)


def _among(origin: Origin, told_by: Collection[str]) -> Origin | None:
    """The origin of those of these articles that it makes one telling, if it still joins two."""
    kept = tuple(a for a in origin.article_ids if a in told_by)
    evidence = tuple(place for place in origin.evidence if place.article_id in told_by)
    return replace(origin, article_ids=kept, evidence=evidence) if len(kept) > 1 else None


def _within(variant: Variant, passages: Sequence[Passage]) -> Variant | None:
    """The wordings in these passages, if the one that the others are set against is among them."""
    kept = [
        n
        for n, witness in enumerate(variant.witnesses)
        if any(_holds(passages, witness.article_id, piece) for piece in witness.pieces)
    ]
    if len(kept) < 2 or kept[0] != 0:
        return None
    place = {old: new for new, old in enumerate(kept)}
    return replace(
        variant,
        witnesses=tuple(variant.witnesses[n] for n in kept),
        changes=tuple(
            replace(c, witness=place[c.witness]) for c in variant.changes if c.witness in place
        ),
    )


def _merged(groups: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Groups that share a member made one, in the order of their first members."""
    out: list[dict[str, None]] = []
    for group in groups:
        sharing = [known for known in out if not known.keys().isdisjoint(group)]
        if not sharing:
            out.append(dict.fromkeys(group))
            continue
        for known in sharing[1:]:
            sharing[0].update(known)
            out.remove(known)
        sharing[0].update(dict.fromkeys(group))
    return tuple(map(tuple, out))
