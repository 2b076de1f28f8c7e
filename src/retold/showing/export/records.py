"""Entries of the public file back to records, whose own checks run on the way."""

from __future__ import annotations

from collections.abc import Iterable

from retold.showing.export import layout as to
from retold.types import (
    Article,
    Attribution,
    Change,
    Claim,
    Difference,
    Event,
    Hop,
    Passage,
    Place,
    Report,
    Section,
    Span,
    Speaker,
    Telling,
    TimeExpression,
    Value,
    Variant,
    Witness,
    Wording,
)


def report(file: to.ReportFile) -> Report:
    return Report(
        articles=tuple(map(_article, file.articles)),
        speakers=tuple(map(_speaker, file.speakers)),
        attributions=tuple(map(_attribution, file.attributions)),
        passages=tuple(map(_passage, file.passages)),
        claims=tuple(map(_claim, file.claims)),
        timeline=tuple(
            Event(
                article_id=event.article,
                span=_span(event),
                date=event.date,
                claim_id=event.claim,
                attribution_id=event.attribution,
            )
            for event in file.timeline
        ),
        wording=tuple(
            Wording(
                article_id=words.article,
                span=_span(words),
                about=words.about,
                in_quotation=words.in_quotation,
                is_loaded=words.is_loaded,
            )
            for words in file.wording
        ),
        tellings=tuple(
            Telling(
                id=telling.id,
                article_ids=telling.articles,
                why=telling.why,
                evidence=tuple(map(_place, telling.evidence)),
            )
            for telling in file.tellings
        ),
        notes=file.notes,
    )


def _span(spot: to.Spot) -> Span:
    return Span(spot.start, spot.end)


def _spans(spots: Iterable[to.Spot]) -> tuple[Span, ...]:
    return tuple(map(_span, spots))


def _span_or_none(spot: to.Spot | None) -> Span | None:
    return _span(spot) if spot else None


def _place(spot: to.SpotOf) -> Place:
    return Place(spot.article, _span(spot))


def _article(entry: to.ArticleEntry) -> Article:
    return Article(
        id=entry.id,
        text=entry.text,
        sections=tuple(Section(kind=s.kind, span=_span(s)) for s in entry.sections),
        path=entry.path,
        url=entry.url,
        outlet=entry.outlet,
        title=entry.title,
        published=entry.published,
        language=entry.language,
    )


def _speaker(entry: to.SpeakerEntry) -> Speaker:
    return Speaker(
        id=entry.id,
        name=entry.name,
        kind=entry.kind,
        mentions=tuple(map(_place, entry.mentions)),
        roles=tuple(map(_place, entry.roles)),
        members=entry.members,
        why=entry.why,
    )


def _attribution(entry: to.AttributionEntry) -> Attribution:
    said = entry.said
    return Attribution(
        id=entry.id,
        article_id=entry.article,
        quotation=entry.quotation,
        source=_spans(entry.source),
        cue=_spans(entry.cue),
        content=_spans(entry.content),
        speaker_id=entry.speaker,
        speaker_score=entry.speaker_score,
        chain=tuple(Hop(speaker_id=h.speaker, span=_span_or_none(h.at)) for h in entry.hops),
        parent=entry.parent,
        said=TimeExpression(span=_span(said), date=said.date, is_relative=said.is_relative)
        if said
        else None,
        act=entry.act,
        hedged=entry.hedged,
        is_asserted=entry.is_asserted,
        score=entry.score,
        addressee=_span_or_none(entry.addressee),
        venue=_span_or_none(entry.venue),
    )


def _passage(entry: to.PassageEntry) -> Passage:
    return Passage(
        id=entry.id,
        article_id=entry.article,
        span=_span(entry),
        attribution_id=entry.attribution,
    )


def _claim(entry: to.ClaimEntry) -> Claim:
    return Claim(
        id=entry.id,
        passages=tuple(map(_passage, entry.passages)),
        tellings=entry.tellings,
        silent=entry.silent,
        differences=tuple(
            Difference(
                facet=difference.facet,
                kind=difference.kind,
                values=tuple(
                    Value(article_id=v.article, span=_span(v), value=v.value)
                    for v in difference.values
                ),
                score=difference.score,
            )
            for difference in entry.differences
        ),
        variants=tuple(map(_variant, entry.variants)),
        score=entry.score,
    )


def _variant(entry: to.VariantEntry) -> Variant:
    return Variant(
        witnesses=tuple(
            Witness(
                article_id=witness.article,
                attribution_id=witness.attribution,
                pieces=_spans(witness.pieces),
                date=witness.date,
            )
            for witness in entry.witnesses
        ),
        changes=tuple(
            Change(
                kind=change.kind,
                witness=change.witness,
                base=_span_or_none(change.base),
                other=_span_or_none(change.other),
                is_substantive=change.is_substantive,
            )
            for change in entry.changes
        ),
    )
