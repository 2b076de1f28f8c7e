"""Records to the entries of the public file and back, field by field.

An entry holds what its record holds, with three things laid out otherwise: a span's ends stand in
the entry itself, ids go by what they name (`article_id` is `article`), and beside the chain with
its words (`hops`) stands the plain list of its speakers (`chain`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from retold import types
from retold.showing.export import layout
from retold.types import Reading, Report, Span

ENTRY_OF: Mapping[type, type] = {
    types.Article: layout.ArticleEntry,
    types.Attribution: layout.AttributionEntry,
    types.Change: layout.ChangeEntry,
    types.Claim: layout.ClaimEntry,
    types.Difference: layout.DifferenceEntry,
    types.Echo: layout.EchoEntry,
    types.Event: layout.EventEntry,
    types.Hop: layout.HopEntry,
    types.Mention: layout.MentionEntry,
    types.Origin: layout.OriginEntry,
    types.Passage: layout.PassageEntry,
    types.Place: layout.SpotOf,
    types.Section: layout.SectionEntry,
    types.Span: layout.Spot,
    types.Speaker: layout.SpeakerEntry,
    types.Telling: layout.TellingEntry,
    types.TimeExpression: layout.TimeEntry,
    types.Value: layout.ValueEntry,
    types.Variant: layout.VariantEntry,
    types.Witness: layout.WitnessEntry,
    types.Wording: layout.WordingEntry,
}
RECORD_OF = {entry: record for record, entry in ENTRY_OF.items()}

# what an entry calls otherwise than its record
FIELD_OF = {
    "article": "article_id",
    "articles": "article_ids",
    "at": "span",
    "attribution": "attribution_id",
    "claim": "claim_id",
    "hops": "chain",
    "speaker": "speaker_id",
}
NAME_OF = {field: name for name, field in FIELD_OF.items()}


def report_file(report: Report) -> layout.ReportFile:
    fields = {field.name: getattr(report, field.name) for field in dataclasses.fields(report)}
    return layout.ReportFile(format="retold-report/1", **_entries(fields))


def reading_file(reading: Reading) -> layout.ReadingFile:
    """The file of a reading; it leaves out the vectors."""
    names = ("model", "speakers", "attributions", "mentions", "times", "passages", "notes")
    fields = {"articles": (reading.article,)} | {name: getattr(reading, name) for name in names}
    return layout.ReadingFile(format="retold-reading/1", **_entries(fields))


def report(file: layout.ReportFile) -> Report:
    return Report(**{f.name: _record(getattr(file, f.name)) for f in dataclasses.fields(Report)})


def reading(file: layout.ReadingFile) -> Reading:
    """The reading of a file, without vectors."""
    names = ("model", "speakers", "attributions", "mentions", "times", "passages", "notes")
    fields = {name: _record(getattr(file, name)) for name in names}
    return Reading(article=_record(file.articles[0]), vectors=b"", **fields)


def _entries(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _entry(value) for name, value in fields.items()}


def _entry(value: Any) -> Any:
    """The entry of a record, or of each of several; what is neither is itself."""
    if isinstance(value, tuple):
        return tuple(map(_entry, value))
    made = ENTRY_OF.get(type(value))
    if made is None:
        return value
    return made(**{name: _entry(_held(value, name)) for name in made.__struct_fields__})  # type: ignore[attr-defined]


def _held(record: Any, name: str) -> Any:
    """What `record` holds for the field `name` of its entry."""
    if name in ("start", "end"):
        return getattr(record if isinstance(record, Span) else record.span, name)
    if name == "chain":
        return tuple(hop.speaker_id for hop in record.chain)
    return getattr(record, FIELD_OF.get(name, name))


def _record(value: Any) -> Any:
    """The record of an entry, or of each of several, whose own checks run on the way."""
    if isinstance(value, tuple):
        return tuple(map(_record, value))
    made = RECORD_OF.get(type(value))
    if made is None:
        return value
    if made is Span:
        return Span(value.start, value.end)
    return made(**{f.name: _record(_told(value, f.name)) for f in dataclasses.fields(made)})


def _told(entry: Any, field: str) -> Any:
    """What `entry` holds for the field `field` of its record."""
    if field == "span" and isinstance(entry, layout.Spot):
        return Span(entry.start, entry.end)
    return getattr(entry, NAME_OF.get(field, field))
