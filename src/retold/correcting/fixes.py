"""What each kind of correction changes in a report; None where its words are not found."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from retold import spans
from retold.correcting import claims, places
from retold.correcting.records import (
    Anchor,
    Correction,
    DateFix,
    Join,
    Part,
    Remark,
    Ruling,
    SpanFix,
    SpeakerFix,
    Split,
    anchors,
)
from retold.types import Attribution, Claim, Hop, Report, Span, Speaker, SpeakerKind


@dataclass(frozen=True, slots=True)
class Fixed:
    """The report with the correction in it, and the id of what was changed."""

    report: Report
    target: str = ""


def fix(report: Report, correction: Correction, *, machine: Report) -> Fixed | None:
    """The report with this correction laid over it; `machine` is as it was before any."""
    deed = correction.deed
    present = {article.id for article in report.articles}
    if not places.stands(report, (a for a in anchors(deed) if a.article_id in present)):
        return None
    match deed:
        case SpeakerFix():
            return _speaker(report, deed, machine)
        case SpanFix():
            return _span(report, deed, machine)
        case DateFix():
            return _date(report, deed)
        case Split():
            return _split(report, deed, correction.id)
        case Join():
            return _join(report, deed)
        case Ruling():
            return _ruling(report, deed)
        case Remark():
            return Fixed(report)
        case _:
            return Fixed(report)


# --- statements ----------------------------------------------------------------------------------


def _statement(report: Report, machine: Report, held: Sequence[Anchor]) -> Attribution | None:
    """The statement of the report that had these words before its words were corrected."""
    found = places.statement(machine, held)
    if found is None:
        return places.statement(report, held)
    return next(a for a in report.attributions if a.id == found.id)


def _speaker(report: Report, deed: SpeakerFix, machine: Report) -> Fixed | None:
    found = _statement(report, machine, deed.statement)
    if found is None:
        return None
    speaker = _known(report, deed.now, deed.kind) if deed.now else None
    speakers = report.speakers
    if speaker and speaker not in speakers:
        speakers = (*speakers, speaker)
    return Fixed(
        replace(
            report,
            speakers=speakers,
            attributions=_respoken(report.attributions, found, speaker.id if speaker else None),
        ),
        found.id,
    )


def _known(report: Report, name: str, kind: SpeakerKind) -> Speaker:
    """The speaker of that name in the report, else a new one whom no words of it name."""
    for speaker in report.speakers:
        if speaker.name.casefold() == name.casefold():
            return speaker
    id = hashlib.sha256(name.casefold().encode()).hexdigest()[:12]
    return Speaker(id=f"reader.{id}", name=name, kind=kind, mentions=(), why="named by the reader")


def _respoken(
    attributions: Iterable[Attribution], found: Attribution, speaker_id: str | None
) -> tuple[Attribution, ...]:
    """The attributions with another speaker for `found`, also where others came through them."""
    held = tuple(attributions)
    is_told = bool(found.chain) and found.chain[-1].speaker_id == found.speaker_id
    through = found.chain[:-1] if is_told else found.chain
    words = spans.hull(found.source) if found.source else None
    last = (Hop(speaker_id=speaker_id, span=words),) if speaker_id else ()
    chain = (*through, *last)
    below = _descendants(held, found.id)
    length = len(found.chain)
    out = []
    for each in held:
        if each.id == found.id:
            sure = each.chain_score if through else 1.0
            told = replace(each, speaker_id=speaker_id, speaker_score=1.0, chain_score=sure)
            out.append(replace(told, chain=chain))
        elif each.id in below and _speakers(each.chain[:length]) == _speakers(found.chain):
            out.append(replace(each, chain=(*chain, *each.chain[length:])))
        else:
            out.append(each)
    return tuple(out)


def _speakers(chain: Iterable[Hop]) -> list[str]:
    return [hop.speaker_id for hop in chain]


def _descendants(held: Iterable[Attribution], id: str) -> set[str]:
    """The statements that stand within the statement `id`, however deep."""
    parents = {each.id: each.parent for each in held}
    out = set()
    for child in parents:
        at, seen = parents[child], set[str]()
        while at is not None and at != id and at not in seen:
            seen.add(at)
            at = parents.get(at)
        if at == id:
            out.add(child)
    return out


def _span(report: Report, deed: SpanFix, machine: Report) -> Fixed | None:
    found = _statement(report, machine, deed.statement)
    if found is None or not places.stands(report, deed.now):
        return None
    pieces = tuple(sorted(a.span for a in deed.now))
    if deed.part is Part.SOURCE:
        changed = replace(found, source=pieces)
    elif deed.part is Part.CUE:
        changed = replace(found, cue=pieces)
    else:
        changed = replace(found, content=pieces)
    attributions = tuple(changed if a.id == found.id else a for a in report.attributions)
    return Fixed(replace(report, attributions=attributions), found.id)


# --- dates ---------------------------------------------------------------------------------------


def _date(report: Report, deed: DateFix) -> Fixed | None:
    if deed.passage is None:
        return _published(report, deed)
    events = [e for e in report.timeline if _is_at(e.article_id, e.span, deed.passage)]
    found = events if len(events) == 1 else [e for e in events if e.date in (deed.was, deed.now)]
    if not found:
        return None
    kept = []
    for event in report.timeline:
        if event not in found:
            kept.append(event)
        elif deed.now:
            kept.append(replace(event, date=deed.now))
    return Fixed(replace(report, timeline=tuple(kept)), found[0].attribution_id or "")


def _published(report: Report, deed: DateFix) -> Fixed:
    day = dt.date.fromisoformat(deed.now) if deed.now else None
    return Fixed(
        replace(
            report,
            articles=tuple(
                replace(a, published=day) if a.id == deed.article_id else a for a in report.articles
            ),
        )
    )


def _is_at(article_id: str, span: Span, held: Anchor) -> bool:
    return article_id == held.article_id and span == held.span


# --- claims --------------------------------------------------------------------------------------


def _split(report: Report, deed: Split, id: str) -> Fixed | None:
    """Every claim that tells the two sides as one is parted. Nothing is left to do where none
    does, if all the passages are still there."""
    target = ""
    for claim in report.claims:
        apart = places.passages(claim, deed.apart)
        rest = tuple(p for p in claim.passages if p not in apart)
        if not apart or not places.passages(claim, set(deed.claim) - set(deed.apart)):
            continue
        target = target or claim.id
        both = (
            claims.part(claim, rest, id=claim.id),
            claims.part(claim, apart, id=f"{claim.id}-{id}"),
        )
        report = claims.replaced(report, claim, [part for part in both if part])
    if target or all(any(places.is_at(p, a) for p in report.passages) for a in deed.claim):
        return Fixed(report, target)
    return None


def _join(report: Report, deed: Join) -> Fixed | None:
    one, other = places.claim(report.claims, deed.claim), places.claim(report.claims, deed.other)
    if one is None or other is None:
        return None
    if one == other:  # the machine has come to say the same
        return Fixed(report, one.id)
    joined = claims.joined(report, one, other)
    without = replace(report, claims=tuple(c for c in report.claims if c != other))
    return Fixed(claims.replaced(without, one, [joined]), one.id)


def _ruling(report: Report, deed: Ruling) -> Fixed | None:
    target = ""
    ruled: list[Claim] = []
    for claim in report.claims:
        differences = []
        for difference in claim.differences:
            if difference.facet is not deed.facet or not places.is_between(difference, deed.values):
                differences.append(difference)
                continue
            target = target or claim.id
            if deed.is_difference:
                differences.append(replace(difference, score=1.0))
        ruled.append(replace(claim, differences=tuple(differences)))
    return Fixed(replace(report, claims=tuple(ruled)), target) if target else None
