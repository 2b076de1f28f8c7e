"""Records to the entries of the public file."""

from __future__ import annotations

from collections.abc import Iterable

from retold.showing.export import layout as to
from retold.types import (
    Article,
    Attribution,
    Claim,
    Passage,
    Place,
    Reading,
    Report,
    Span,
    Speaker,
    TimeExpression,
    Variant,
)


def report_file(report: Report) -> to.ReportFile:
    return to.ReportFile(
        format="retold-report/1",
        articles=tuple(map(_article_entry, report.articles)),
        speakers=tuple(map(_speaker_entry, report.speakers)),
        attributions=tuple(map(_attribution_entry, report.attributions)),
        passages=tuple(map(_passage_entry, report.passages)),
        claims=tuple(map(_claim_entry, report.claims)),
        timeline=tuple(
            to.EventEntry(
                article=event.article_id,
                start=event.span.start,
                end=event.span.end,
                date=event.date,
                claim=event.claim_id,
                attribution=event.attribution_id,
            )
            for event in report.timeline
        ),
        wording=tuple(
            to.WordingEntry(
                article=words.article_id,
                start=words.span.start,
                end=words.span.end,
                about=words.about,
                in_quotation=words.in_quotation,
                is_loaded=words.is_loaded,
            )
            for words in report.wording
        ),
        tellings=tuple(
            to.TellingEntry(
                id=telling.id,
                articles=telling.article_ids,
                why=telling.why,
                evidence=tuple(map(_spot_of, telling.evidence)),
            )
            for telling in report.tellings
        ),
        notes=report.notes,
    )


def reading_file(reading: Reading) -> to.ReadingFile:
    return to.ReadingFile(
        format="retold-reading/1",
        model=reading.model,
        articles=(_article_entry(reading.article),),
        speakers=tuple(map(_speaker_entry, reading.speakers)),
        attributions=tuple(map(_attribution_entry, reading.attributions)),
        mentions=tuple(
            to.MentionEntry(start=m.span.start, end=m.span.end, kind=m.kind)
            for m in reading.mentions
        ),
        times=tuple(map(_time_entry, reading.times)),
        passages=tuple(map(_passage_entry, reading.passages)),
        notes=reading.notes,
    )


def _spot(span: Span) -> to.Spot:
    return to.Spot(start=span.start, end=span.end)


def _spots(pieces: Iterable[Span]) -> tuple[to.Spot, ...]:
    return tuple(map(_spot, pieces))


def _spot_or_none(span: Span | None) -> to.Spot | None:
    return _spot(span) if span else None


def _spot_of(place: Place) -> to.SpotOf:
    return to.SpotOf(article=place.article_id, start=place.span.start, end=place.span.end)


def _article_entry(article: Article) -> to.ArticleEntry:
    return to.ArticleEntry(
        id=article.id,
        path=article.path,
        url=article.url,
        outlet=article.outlet,
        title=article.title,
        published=article.published,
        language=article.language,
        text=article.text,
        sections=tuple(
            to.SectionEntry(start=s.span.start, end=s.span.end, kind=s.kind)
            for s in article.sections
        ),
    )


def _speaker_entry(speaker: Speaker) -> to.SpeakerEntry:
    return to.SpeakerEntry(
        id=speaker.id,
        name=speaker.name,
        kind=speaker.kind,
        mentions=tuple(map(_spot_of, speaker.mentions)),
        roles=tuple(map(_spot_of, speaker.roles)),
        members=speaker.members,
        why=speaker.why,
    )


def _time_entry(time: TimeExpression) -> to.TimeEntry:
    return to.TimeEntry(
        start=time.span.start, end=time.span.end, date=time.date, is_relative=time.is_relative
    )


def _attribution_entry(attribution: Attribution) -> to.AttributionEntry:
    return to.AttributionEntry(
        id=attribution.id,
        article=attribution.article_id,
        quotation=attribution.quotation,
        source=_spots(attribution.source),
        cue=_spots(attribution.cue),
        content=_spots(attribution.content),
        speaker=attribution.speaker_id,
        speaker_score=attribution.speaker_score,
        chain=tuple(hop.speaker_id for hop in attribution.chain),
        hops=tuple(
            to.HopEntry(speaker=hop.speaker_id, at=_spot_or_none(hop.span))
            for hop in attribution.chain
        ),
        parent=attribution.parent,
        said=_time_entry(attribution.said) if attribution.said else None,
        act=attribution.act,
        hedged=attribution.hedged,
        is_asserted=attribution.is_asserted,
        addressee=_spot_or_none(attribution.addressee),
        venue=_spot_or_none(attribution.venue),
        score=attribution.score,
    )


def _passage_entry(passage: Passage) -> to.PassageEntry:
    return to.PassageEntry(
        article=passage.article_id,
        start=passage.span.start,
        end=passage.span.end,
        id=passage.id,
        attribution=passage.attribution_id,
    )


def _claim_entry(claim: Claim) -> to.ClaimEntry:
    return to.ClaimEntry(
        id=claim.id,
        passages=tuple(map(_passage_entry, claim.passages)),
        tellings=claim.tellings,
        silent=claim.silent,
        differences=tuple(
            to.DifferenceEntry(
                facet=difference.facet,
                kind=difference.kind,
                values=tuple(
                    to.ValueEntry(
                        article=value.article_id,
                        start=value.span.start,
                        end=value.span.end,
                        value=value.value,
                    )
                    for value in difference.values
                ),
                score=difference.score,
            )
            for difference in claim.differences
        ),
        variants=tuple(map(_variant_entry, claim.variants)),
        score=claim.score,
    )


def _variant_entry(variant: Variant) -> to.VariantEntry:
    return to.VariantEntry(
        witnesses=tuple(
            to.WitnessEntry(
                article=witness.article_id,
                attribution=witness.attribution_id,
                pieces=_spots(witness.pieces),
                date=witness.date,
            )
            for witness in variant.witnesses
        ),
        changes=tuple(
            to.ChangeEntry(
                kind=change.kind,
                witness=change.witness,
                base=_spot_or_none(change.base),
                other=_spot_or_none(change.other),
                is_substantive=change.is_substantive,
            )
            for change in variant.changes
        ),
    )
