"""A reading as its text with the spans of its attributions marked in line."""

from __future__ import annotations

from retold import marked
from retold.types import Reading


def encode(reading: Reading) -> str:
    """The marked text, with one line end at its end; `retold.marked.parse` reads it."""
    return marked.mark(reading.article.text, reading.attributions).rstrip("\n") + "\n"
