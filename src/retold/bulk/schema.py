"""The tables, column by column.

The reference page `bulk` explains every column; a column is never renamed or given another type
within one `FORMAT`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from retold.comparing.units import VECTOR_SIZE

FORMAT = "retold-bulk/1"
HASHES = 64
GAP = " … "  # between the pieces of what is shown as one

Row = dict[str, Any]

_SPAN = [("start", pa.int32()), ("end", pa.int32())]
_SPANS = pa.list_(pa.struct(_SPAN))
_KINDS = pa.list_(pa.struct([("kind", pa.string()), *_SPAN]))

FOUND = pa.schema(
    [
        ("id", pa.string()),
        ("path", pa.string()),
        ("url", pa.string()),
        ("outlet", pa.string()),
        ("title", pa.string()),
        ("published", pa.date32()),
        ("language", pa.string()),
        ("text", pa.string()),
        ("sections", _KINDS),
        ("words", pa.uint64()),
        ("minhash", pa.list_(pa.uint32(), HASHES)),
    ]
)
TABLES: Mapping[str, pa.Schema] = {
    "articles": pa.schema(
        [
            *FOUND,
            ("model", pa.string()),
            ("mentions", _KINDS),
            ("notes", pa.list_(pa.string())),
        ]
    ),
    "attributions": pa.schema(
        [
            ("id", pa.string()),
            ("article", pa.string()),
            ("quotation", pa.string()),
            ("speaker", pa.string()),
            ("chain", pa.list_(pa.string())),
            ("words", pa.string()),
            ("source", _SPANS),
            ("cue", _SPANS),
            ("content", _SPANS),
            ("speaker_id", pa.string()),
            ("speaker_score", pa.float64()),
            ("hops", pa.list_(pa.struct([("speaker_id", pa.string()), *_SPAN]))),
            ("chain_score", pa.float64()),
            ("parent", pa.string()),
            (
                "said",
                pa.struct([*_SPAN, ("date", pa.string()), ("is_relative", pa.bool_())]),
            ),
            ("act", pa.string()),
            ("hedged", pa.bool_()),
            ("is_asserted", pa.bool_()),
            ("score", pa.float64()),
            ("addressee", pa.struct(_SPAN)),
            ("venue", pa.struct(_SPAN)),
        ]
    ),
    "speakers": pa.schema(
        [
            ("id", pa.string()),
            ("article", pa.string()),
            ("name", pa.string()),
            ("kind", pa.string()),
            ("mentions", _SPANS),
            ("roles", _SPANS),
            ("why", pa.string()),
        ]
    ),
    "times": pa.schema(
        [
            ("article", pa.string()),
            *_SPAN,
            ("words", pa.string()),
            ("date", pa.string()),
            ("is_relative", pa.bool_()),
        ]
    ),
    "passages": pa.schema(
        [
            ("id", pa.string()),
            ("article", pa.string()),
            *_SPAN,
            ("attribution", pa.string()),
            ("vector", pa.list_(pa.int8(), VECTOR_SIZE)),
        ]
    ),
    "failures": pa.schema(
        [("source", pa.string()), ("message", pa.string()), ("hint", pa.string())]
    ),
    "duplicates": pa.schema(
        [
            ("article", pa.string()),
            ("of", pa.string()),
            ("kind", pa.string()),
            ("likeness", pa.float64()),
        ]
    ),
    "stories": pa.schema(
        [
            ("id", pa.string()),
            ("articles", pa.list_(pa.string())),
            ("size", pa.int32()),
            ("outlets", pa.int32()),
            ("first", pa.date32()),
            ("last", pa.date32()),
        ]
    ),
    "claims": pa.schema(
        [
            ("story", pa.string()),
            ("id", pa.string()),
            ("articles", pa.int32()),
            ("tellings", pa.int32()),
            ("differences", pa.int32()),
            ("score", pa.float64()),
            ("words", pa.string()),
            (
                "passages",
                pa.list_(
                    pa.struct([("article", pa.string()), *_SPAN, ("attribution", pa.string())])
                ),
            ),
            ("silent", pa.list_(pa.string())),
        ]
    ),
    "differences": pa.schema(
        [
            ("story", pa.string()),
            ("claim", pa.string()),
            ("difference", pa.int32()),
            ("facet", pa.string()),
            ("kind", pa.string()),
            ("score", pa.float64()),
            ("article", pa.string()),
            *_SPAN,
            ("value", pa.string()),
            ("value_score", pa.float64()),
            ("words", pa.string()),
        ]
    ),
    "story_variants": pa.schema(
        [
            ("story", pa.string()),
            ("claim", pa.string()),
            ("variant", pa.int32()),
            ("kind", pa.string()),
            ("is_substantive", pa.bool_()),
            ("of_article", pa.string()),
            ("of_attribution", pa.string()),
            ("of_start", pa.int32()),
            ("of_end", pa.int32()),
            ("of_words", pa.string()),
            ("article", pa.string()),
            ("attribution", pa.string()),
            *_SPAN,
            ("words", pa.string()),
        ]
    ),
    "quotations": pa.schema(
        [
            ("quotation", pa.string()),
            ("attribution", pa.string()),
            ("article", pa.string()),
            ("outlet", pa.string()),
            ("published", pa.date32()),
            ("speaker", pa.string()),
            ("words", pa.string()),
            ("pieces", _SPANS),
            ("of", pa.string()),
            ("changes", pa.int32()),
            ("share", pa.float64()),
        ]
    ),
    "variants": pa.schema(
        [
            ("quotation", pa.string()),
            ("attribution", pa.string()),
            ("of", pa.string()),
            ("kind", pa.string()),
            ("is_substantive", pa.bool_()),
            ("of_start", pa.int32()),
            ("of_end", pa.int32()),
            ("of_words", pa.string()),
            *_SPAN,
            ("words", pa.string()),
        ]
    ),
}


def table(name: str, rows: Sequence[Row]) -> pa.Table:
    """Rows as a table of that name."""
    return pa.Table.from_pylist(rows, schema=TABLES[name].with_metadata({"format": FORMAT}))


def arrays(name: str, columns: Mapping[str, Any]) -> pa.Table:
    """Columns as a table of that name."""
    return pa.table(dict(columns), schema=TABLES[name].with_metadata({"format": FORMAT}))
