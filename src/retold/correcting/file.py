"""Corrections as a file of their own, `retold-corrections/1`, and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import msgspec

from retold.correcting import overlay, records
from retold.correcting.records import Correction, Deed
from retold.errors import FormatError, SpanError

FORMAT = "retold-corrections/1"
KINDS: Mapping[str, type[Deed]] = {
    "speaker": records.SpeakerFix,
    "span": records.SpanFix,
    "date": records.DateFix,
    "split": records.Split,
    "join": records.Join,
    "difference": records.Ruling,
    "note": records.Remark,
    "undo": records.Undo,
}
_NAMES = {kind: name for name, kind in KINDS.items()}


class _Entry(msgspec.Struct, frozen=True):
    id: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    kind: str
    who: str
    at: Annotated[dt.datetime, msgspec.Meta(tz=True)]
    deed: dict[str, Any]


def encode(corrections: Iterable[Correction]) -> str:
    """One JSON document, the earliest correction first."""
    held = {"format": FORMAT, "corrections": list(map(entry, overlay.in_order(corrections)))}
    return msgspec.json.format(msgspec.json.encode(held), indent=1).decode() + "\n"


def decode(text: str | bytes) -> tuple[Correction, ...]:
    """The corrections that `encode` wrote.

    Raises:
        FormatError: it is not a file of corrections, or one of them is broken.
    """
    hint = "Write one with `retold corrections export`."
    try:
        held = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FormatError(f"this is not JSON: {error}.", hint=hint) from error
    if not isinstance(held, Mapping) or held.get("format") != FORMAT:
        raise FormatError(f"this is not a {FORMAT} file.", hint=hint)
    entries = held.get("corrections")
    if not isinstance(entries, list):
        raise FormatError("this file has no list of corrections.", hint=hint)
    return overlay.in_order(map(of_entry, entries))


def entry(correction: Correction) -> dict[str, Any]:
    """The correction as plain values; `deed` holds what its kind needs."""
    return {
        "id": correction.id,
        "kind": kind_of(correction.deed),
        "who": correction.who,
        "at": correction.at.isoformat(),
        "deed": msgspec.to_builtins(correction.deed),
    }


def of_entry(told: object) -> Correction:
    """The correction that `entry` made plain.

    Raises:
        FormatError: something is missing or out of place in it.
    """
    try:
        held = msgspec.convert(told, _Entry)
        if held.kind not in KINDS:
            raise FormatError(
                f"correction {held.id}: there is no kind “{held.kind}”.",
                hint=f"The kinds are {', '.join(KINDS)}.",
            )
        deed = msgspec.convert(held.deed, KINDS[held.kind])
        return Correction(id=held.id, who=held.who, at=held.at.astimezone(dt.UTC), deed=deed)
    except (msgspec.ValidationError, SpanError) as error:
        raise FormatError(f"a correction is broken: {error}.") from error


def kind_of(deed: Deed) -> str:
    """The word for the kind of a deed."""
    return _NAMES[type(deed)]
