"""Lines of an article with what matters marked in them, for people to read and tests to reuse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evaluation.matching import Stretch
from evaluation.metrics import Case, Disagreement, Json, stretches
from retold import marked
from retold.types import Span, Triple

MAX_CHARS = 700


def statement(it: Case, attribution: Json) -> str:
    """`courier: {q1 “No,”} {s1 she} {c1 said}.`, the lines that hold it."""
    key = it.keys[attribution["article"]]
    roles = [stretches(attribution[role]) for role in ("content", "source", "cue")]
    return f"{key}: {line(it.texts[key], *roles)}"


def excerpt(it: Case, key: str, text: str) -> str:
    """The same for an excerpt of the gold."""
    at = it.at(key, text)
    return f"{key}: {line(it.texts[key], [at]) if at else text}"


def difference(it: Case, found: Disagreement) -> list[str]:
    """One line a value, each with its words marked."""
    return [
        f"{key}: {line(it.texts[key], [at])}"
        for key, places in found.places.items()
        for at in places
    ]


def line(
    text: str,
    content: Sequence[Stretch],
    source: Sequence[Stretch] = (),
    cue: Sequence[Stretch] = (),
) -> str:
    """The lines from the first to the last mark, cut to a readable length."""
    every = [*content, *source, *cue]
    first, last = min(s for s, _ in every), max(e for _, e in every)
    start = text.rfind("\n", 0, first) + 1
    if first - start > MAX_CHARS // 3:  # begin with a whole word
        start = text.rfind(" ", 0, first - MAX_CHARS // 3) + 1
    end = text.find("\n", last)
    end = min(len(text) if end < 0 else end, max(last, start + MAX_CHARS))
    triple = Triple(
        content=_shifted(content, start),
        source=_shifted(source, start),
        cue=_shifted(cue, start),
        score=1.0,
    )
    return marked.mark(text[start:end], (triple,)).replace("\n", " ⏎ ")


def _shifted(pieces: Iterable[Stretch], by: int) -> tuple[Span, ...]:
    return tuple(Span(start - by, end - by) for start, end in pieces)
