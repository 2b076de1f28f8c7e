"""The comparison of one story, put together from what each stage finds.

readings ──people, tellings, alignment──▶ claims ──differences, variants──▶ Report
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from retold.comparing import alignment, facts, people, stories, tellings, timeline, variants
from retold.comparing.alignment import Told
from retold.comparing.people import People
from retold.spans import overlaps
from retold.types import (
    Attribution,
    Claim,
    DifferenceKind,
    Hop,
    Reading,
    Report,
    Telling,
    Variant,
)


def compile(readings: Sequence[Reading]) -> Report:
    """What the accounts of one story share and where they part: the same for any order of them.

    An article that is given twice counts once. The articles are in order of publication, then of
    outlet; claims with differences come first, the surest conflicts before the rest.
    """
    held = stories.in_order(readings)
    cast = people.merge(held)
    origins = tellings.find(held)
    found = [facts.of(reading) for reading in held]
    wordings = variants.find(held)
    told = alignment.align(held, found)
    claims = _numbered([_claim(held, one, origins, wordings) for one in told], held)
    return Report(
        articles=tuple(r.article for r in held),
        speakers=cast.speakers,
        attributions=tuple(_recast(a, cast) for r in held for a in r.attributions),
        passages=tuple(p for r in held for p in r.passages),
        claims=claims,
        timeline=timeline.draw(held, claims),
        wording=(),
        tellings=origins,
        notes=tuple(dict.fromkeys(note for r in held for note in r.notes)),
    )


# --- inside ---------------------------------------------------------------------------------------


def _claim(
    readings: Sequence[Reading],
    told: Told,
    origins: Sequence[Telling],
    wordings: Sequence[Variant],
) -> Claim:
    """A claim that still has to get its number."""
    return Claim(
        id="c",
        passages=told.passages,
        tellings=tellings.among(origins, (p.article_id for p in told.passages)),
        silent=alignment.silent(readings, told),
        differences=(),
        variants=tuple(v for v in wordings if _is_in(v, told)),
        score=told.score,
    )


def _is_in(variant: Variant, told: Told) -> bool:
    """True if two accounts or more of what is told hold words of the quotation."""
    holding = {
        witness.article_id
        for witness in variant.witnesses
        for passage in told.passages
        if passage.article_id == witness.article_id
        and any(overlaps(piece, passage.span) for piece in witness.pieces)
    }
    return len(holding) > 1


def _numbered(claims: Sequence[Claim], readings: Sequence[Reading]) -> tuple[Claim, ...]:
    """The claims in the order in which a reader wants them, with their ids."""
    length = {r.article.id: max(1, len(r.article.text)) for r in readings}
    ordered = sorted(claims, key=lambda claim: _rank(claim, length))
    return tuple(
        dataclasses.replace(claim, id=f"c{number}") for number, claim in enumerate(ordered, start=1)
    )


def _rank(claim: Claim, length: Mapping[str, int]) -> tuple[object, ...]:
    """Sure conflicts first, then what many independent accounts tell early and surely."""
    worth = max(
        (d.score + (d.kind is DifferenceKind.CONFLICT) for d in claim.differences), default=0.0
    )
    places = [p.span.start / length[p.article_id] for p in claim.passages]
    return (
        -round(worth, 6),
        -len(claim.tellings),
        round(sum(places) / len(places) - claim.score, 6),
        [(p.article_id, p.span) for p in claim.passages],
    )


def _recast(attribution: Attribution, cast: People) -> Attribution:
    """The attribution with the speakers of the report in place of those of its reading."""
    return dataclasses.replace(
        attribution,
        speaker_id=cast.of.get(attribution.speaker_id or ""),
        chain=tuple(
            Hop(speaker_id=cast.of.get(hop.speaker_id, hop.speaker_id), span=hop.span)
            for hop in attribution.chain
        ),
    )
