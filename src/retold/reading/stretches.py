"""From the states of an article to stretches with a role: their tokens and their spans.

1. the best legal sequence of labels gives stretches of tokens with a role;
2. each stretch becomes a span, its ends at whole words and its quotation marks in pairs.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from retold import spans, text
from retold.reading.encoder import Encoder, Floats, States
from retold.reading.linking import Stretch
from retold.types import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of tokens with one role, its span, and the mean log-probability of its labels.

    `margin` is how much better its labels score than none, mean over tokens; `sentence` counts the
    sentences of the text up to the one in which it begins.
    """

    role: str
    stretch: Stretch
    span: Span
    log: float
    margin: float
    sentence: int
    is_quoted: bool = False


# --- labels to stretches -------------------------------------------------------------------------


def decode(emissions: Floats, transitions: Floats) -> npt.NDArray[np.int64]:
    """The best sequence of labels (Viterbi)."""
    length, labels = emissions.shape
    path = np.zeros(length, dtype=np.int64)
    if not length:
        return path
    back = np.zeros((length, labels), dtype=np.int64)
    score = emissions[0]
    for place in range(1, length):
        total = score[:, None] + transitions
        back[place] = total.argmax(axis=0)
        score = total.max(axis=0) + emissions[place]
    path[-1] = score.argmax()
    for place in range(length - 1, 0, -1):
        path[place - 1] = back[place, path[place]]
    return path


def of_path(path: npt.NDArray[np.int64], names: Sequence[str]) -> list[tuple[str, Stretch]]:
    """The labelled stretches of a path with their roles, in order."""
    out: list[tuple[str, Stretch]] = []
    start, role = 0, ""
    for place in range(len(path) + 1):
        name = names[path[place]] if place < len(path) else "O"
        goes_on = name.startswith("I-") and name[2:] == role
        if role and not goes_on:
            out.append((role, (start, place)))
            role = ""
        if name != "O" and not goes_on:
            start, role = place, name[2:]
    return out


def log_softmax(scores: Floats) -> Floats:
    shifted: Floats = scores - scores.max(axis=1, keepdims=True)
    out: Floats = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return out


def at_words(source: str, span: Span) -> Span | None:
    """`span` grown to whole words and freed of blanks at its ends."""
    start, end = span.start, span.end
    while start > 0 and source[start - 1].isalnum() and source[start].isalnum():
        start -= 1
    while end < len(source) and source[end - 1].isalnum() and source[end].isalnum():
        end += 1
    return spans.snap(source, Span(start, end))


def runs(source: str, states: States, encoder: Encoder, bounds: Sequence[Span]) -> list[Run]:
    """All stretches of an article with their roles, at whole words."""
    begins = [sentence.start for b in bounds for sentence in text.sentences(source, b)]
    emissions = states.labels
    path = decode(emissions, np.array(encoder.config["transitions"], dtype=np.float32))
    sure = log_softmax(emissions)[np.arange(len(path)), path] if len(path) else path
    over = emissions[np.arange(len(path)), path] - emissions[:, 0]
    out = []
    for role, (first, last) in of_path(path, encoder.config["labels"]):
        ends = states.tokens.starts[first], states.tokens.ends[last - 1]
        if ends[0] >= ends[1]:
            continue
        span = at_words(source, Span(int(ends[0]), int(ends[1])))
        if span is not None:
            out.append(
                Run(
                    role=role,
                    stretch=(first, last),
                    span=span,
                    log=float(sure[first:last].mean()),
                    margin=float(over[first:last].mean()),
                    sentence=bisect.bisect_right(begins, span.start),
                )
            )
    return out


# --- ends of contents ----------------------------------------------------------------------------


def _with_marks(source: str, span: Span, quotations: Sequence[text.Quotation]) -> Span:
    """`span` with the quotation marks that belong to it: both or neither of each pair.

    The annotators' rule: the marks and everything between them belong to the content.
    """
    for quotation in quotations:
        if not quotation.is_closed or not spans.overlaps(span, quotation.span):
            continue
        if 2 * spans.shared(span, quotation.inner) >= len(quotation.inner):
            span = spans.hull((span, quotation.span))
    return span


def contents(source: str, found: Sequence[Run], bounds: Sequence[Span]) -> list[Run]:
    """The contents with their quotation marks; none runs into a source or cue beside it."""
    quotations = (q for b in bounds for q in text.quotations(source, b) if q.depth == 0)
    quoted_at = spans.finder(quotations, key=lambda quotation: quotation.span)
    taken_at = spans.finder((r for r in found if r.role != "content"), key=lambda run: run.span)
    out = []
    for run in found:
        if run.role != "content":
            continue
        near = quoted_at(run.span)
        span = _with_marks(source, run.span, near)
        if taken_at(span):
            span = run.span
        is_quoted = any(spans.contains(q.span, span) or q.span.start == span.start for q in near)
        out.append(replace(run, span=span, is_quoted=is_quoted))
    return out


def labelled(
    source: str, states: States, encoder: Encoder, bounds: Sequence[Span]
) -> list[tuple[str, Span]]:
    """Every stretch that has a role, linked or not: what the labels alone say."""
    found = runs(source, states, encoder, bounds)
    kept = [run for run in found if run.role != "content"] + contents(source, found, bounds)
    return [(run.role, run.span) for run in kept]
