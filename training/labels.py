"""The labels that the heads give, in the order of their columns."""

from __future__ import annotations

LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
MENTIONS = (
    "O", "B-person", "I-person", "B-organisation", "I-organisation", "B-place", "I-place",
    "B-group", "I-group",
)  # fmt: skip
# the two kinds of links: each content chooses its cue, each cue its source
RELATIONS = (("content", "cue"), ("cue", "source"))
