"""The comparison of one story, put together from what each stage finds.

readings ──people, tellings, alignment──▶ claims ──differences, variants──▶ Report
"""

from __future__ import annotations

import dataclasses
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from retold.comparing import (
    accused,
    alignment,
    confirmation,
    contradicted,
    credits,
    denials,
    departures,
    differences,
    disavowals,
    echoes,
    facts,
    figures,
    labels,
    lone,
    occasions,
    partings,
    people,
    reported,
    rivals,
    spelled,
    stories,
    tellings,
    timeline,
    tolls,
    variants,
    vouched,
    wording,
)
from retold.comparing.alignment import Told
from retold.comparing.differences import Accounts
from retold.comparing.partings import Parting
from retold.comparing.people import People
from retold.comparing.tellings import Reprint
from retold.comparing.vouched import Statements
from retold.spans import overlaps
from retold.types import (
    Attribution,
    Claim,
    Difference,
    DifferenceKind,
    Facet,
    Hop,
    Passage,
    Reading,
    Report,
    Telling,
    Value,
    Variant,
)


def compile(readings: Sequence[Reading]) -> Report:
    """What the accounts of one story share and where they part: the same for any order of them.

    An article that is given twice counts once. A reprint, word for word, tells what its first print
    tells and differs from it in nothing. The articles are in order of publication, then of outlet;
    claims with differences come first, the surest conflicts before the rest.
    """
    held = stories.in_order(readings)
    cast = people.merge(held)
    origins = tellings.find(held)
    reprints = tellings.reprints(held)
    again = {reprint.article_id for reprint in reprints}
    voices = tuple(r for r in held if r.article.id not in again)
    found = [facts.of(reading) for reading in voices]
    accounts = differences.prepare(voices, found, cast)
    wordings = variants.find(voices)
    attributions = {a.id: _recast(a, cast) for r in held for a in r.attributions}
    speakers = {speaker.id: speaker for speaker in cast.speakers}
    credited = credits.find(
        wordings,
        attributions,
        speakers,
        {r.article.id: r.article.text for r in held},
        {r.article.id: facts.quoted_parts(r) for r in held},
    )
    statements = vouched.prepare(voices, attributions, cast.speakers, accounts.sentences)
    told = [
        _claim(held, one, reprints, origins, wordings, credited, accounts, statements)
        for one in alignment.align(accounts.judged)
    ]
    counted = sorted(
        (
            *rivals.find(voices, accounts.sentences, accounts.judged, accounts.rarity),
            *figures.find(voices, accounts.sentences),
            *lone.find(voices, accounts.sentences, accounts.judged),
            *tolls.find(voices, accounts.sentences),
            *departures.find(voices, accounts.sentences, accounts.judged),
            *reported.find(voices, attributions),
            *spelled.find(voices, accounts.sentences),
        ),
        key=lambda one: -_worth(one.difference),
    )
    told = _counted(_without(told, counted), counted, held, reprints, origins)
    parted = (
        *partings.find(voices, accounts.sentences),
        *denials.find(voices, attributions, speakers),
        *disavowals.find(voices, attributions, speakers, accounts.sentences),
        *contradicted.find(voices, attributions, speakers, accounts.sentences),
        *accused.find(voices, attributions, speakers, accounts.sentences),
    )
    told += [_parted(one, origins) for one in parted]
    claims = _numbered(confirmation.count(told, held, cast), held)
    return Report(
        articles=tuple(r.article for r in held),
        speakers=cast.speakers,
        attributions=tuple(attributions.values()),
        passages=tuple(p for r in held for p in r.passages),
        claims=claims,
        timeline=timeline.draw(held, claims),
        wording=wording.collect(held, cast),
        tellings=origins,
        notes=_notes(held),
        echoes=echoes.find(accounts.judged, claims, reprints, held),
    )


# --- inside ---------------------------------------------------------------------------------------


def _notes(readings: Sequence[Reading]) -> tuple[str, ...]:
    """What could not be done in each article, after its label where there are several."""
    called = labels.of(r.article for r in readings)
    return tuple(
        note if len(readings) < 2 else f"{called[r.article.id]}: {note}"
        for r in readings
        for note in r.notes
    )


def _claim(
    readings: Sequence[Reading],
    told: Told,
    reprints: Sequence[Reprint],
    origins: Sequence[Telling],
    wordings: Sequence[Variant],
    credited: Mapping[Variant, Difference],
    accounts: Accounts,
    statements: Statements,
) -> Claim:
    """A claim that still has to get its number."""
    printed = _reprinted(told, reprints, readings)
    quoted = tuple(variant for variant in wordings if _is_in(variant, told))
    return Claim(
        id="c",
        passages=printed.passages,
        tellings=tellings.among(origins, (p.article_id for p in printed.passages)),
        silent=alignment.silent(readings, printed),
        differences=(
            *(credited[variant] for variant in quoted if variant in credited),
            *occasions.weigh(
                differences.find(told.passages, accounts, told=told.score), statements
            ),
            *vouched.find(differences.sentences(told.passages, accounts), statements),
        ),
        variants=quoted,
        score=alignment.sureness(told),
        doubtful=tuple(p.id for p in told.passages if p.id in told.doubtful),
    )


def _counted(
    claims: Sequence[Claim],
    found: Sequence[Parting],
    readings: Sequence[Reading],
    reprints: Sequence[Reprint],
    origins: Sequence[Telling],
) -> list[Claim]:
    """The claims with the values that part: in the claim that tells of both, else in one of their
    own; none that a claim shows already, as surely or as a conflict."""
    out = list(claims)
    for one in found:
        values = one.difference.values
        shown = [d for claim in out for d in claim.differences if _hold(d.values, values)]
        is_again = any(_shows(d, one.difference) for claim in out for d in claim.differences)
        if is_again or any(_is_surer(d, one.difference) for d in shown):
            continue
        home = next((n for n, claim in enumerate(out) if _hold(claim.passages, values)), None)
        if home is None:
            told = Told(passages=one.passages, score=one.difference.score)
            printed = _reprinted(told, reprints, readings)
            out.append(
                dataclasses.replace(
                    _parted(Parting(passages=printed.passages, difference=one.difference), origins),
                    silent=alignment.silent(readings, printed),
                )
            )
        else:
            differences = (*out[home].differences, one.difference)
            out[home] = dataclasses.replace(out[home], differences=differences)
    return out


def _without(claims: Sequence[Claim], found: Sequence[Parting]) -> list[Claim]:
    """The claims without the variations that show, less surely, figures that part."""
    shown = [one.difference for one in found]
    return [
        dataclasses.replace(
            claim,
            differences=tuple(
                d for d in claim.differences if not any(_is_less(d, other) for other in shown)
            ),
        )
        for claim in claims
    ]


def _is_less(difference: Difference, other: Difference) -> bool:
    """True for a less sure difference of the same facet that shows words of two sides too."""
    return not _is_surer(difference, other) and _share_sides(difference, other)


def _shows(difference: Difference, other: Difference) -> bool:
    """True for a difference of the same facet, worth as much, that shows words of two sides too."""
    return _worth(difference) >= _worth(other) and _share_sides(difference, other)


def _share_sides(one: Difference, other: Difference) -> bool:
    sides = {value.article_id for value in one.values if _hold(other.values, [value])}
    return one.facet is other.facet and len(sides) > 1


def _is_surer(difference: Difference, other: Difference) -> bool:
    is_conflict = difference.kind is DifferenceKind.CONFLICT
    return is_conflict or difference.score >= other.score


def _hold(held: Sequence[Passage | Value], values: Sequence[Value]) -> bool:
    """True if each value shares a character with one of those held."""
    return all(
        any(one.article_id == v.article_id and overlaps(one.span, v.span) for one in held)
        for v in values
    )


def _parted(parting: Parting, origins: Sequence[Telling]) -> Claim:
    """What one article tells twice, on the word of two sources who part; nobody is silent on it."""
    return Claim(
        id="c",
        passages=parting.passages,
        tellings=tellings.among(origins, (p.article_id for p in parting.passages)),
        silent=(),
        differences=(parting.difference,),
        variants=(),
        score=parting.difference.score,
    )


def _reprinted(told: Told, reprints: Sequence[Reprint], readings: Sequence[Reading]) -> Told:
    """What is told, with the same passages of the articles that print the same text again."""
    order = {r.article.id: at for at, r in enumerate(readings)}
    again = [
        reprint.passages[p.id]
        for reprint in reprints
        for p in told.passages
        if p.id in reprint.passages
    ]
    passages = sorted((*told.passages, *again), key=lambda p: (order[p.article_id], p.span))
    return dataclasses.replace(told, passages=tuple(passages))


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
        dataclasses.replace(claim, id=f"c{number}")
        for number, claim in enumerate(_shown_once(ordered), start=1)
    )


def _shown_once(claims: Sequence[Claim]) -> Iterator[Claim]:
    """The claims without the differences whose words an earlier one of the same facet shows on two
    sides."""
    shown: dict[tuple[str, Facet], list[tuple[int, Value]]] = defaultdict(list)
    number = 0
    for claim in claims:
        kept = []
        for difference in claim.differences:
            touched: dict[int, set[str]] = defaultdict(set)
            for value in difference.values:
                for other, earlier in shown[value.article_id, difference.facet]:
                    if overlaps(value.span, earlier.span):
                        touched[other].add(value.article_id)
            if any(len(articles) > 1 for articles in touched.values()):
                continue
            number += 1
            kept.append(difference)
            for value in difference.values:
                shown[value.article_id, difference.facet].append((number, value))
        yield dataclasses.replace(claim, differences=tuple(kept))


def _rank(claim: Claim, length: Mapping[str, int]) -> tuple[object, ...]:
    """Sure conflicts first, then what many independent accounts tell, early and surely.

    A difference is as sure as it is that the two passages tell the same thing at all.
    """
    worth = max((_worth(d) for d in claim.differences), default=0.0) * math.sqrt(claim.score)
    places = [p.span.start / length[p.article_id] for p in claim.passages]
    return (
        -round(worth, 6),
        -len(claim.tellings),
        round(sum(places) / len(places) - claim.score, 6),
        [(p.article_id, p.span) for p in claim.passages],
    )


def _worth(difference: Difference) -> float:
    return difference.score * (2 if difference.kind is DifferenceKind.CONFLICT else 1)


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
