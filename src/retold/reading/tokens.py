"""An article as the model takes it: word pieces with their offsets, and windows over them.

Training and reading share this module, so that the model meets the same input in both.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from retold import spans, text
from retold.reading import hidden
from retold.types import Span

Ints = npt.NDArray[np.int64]

# the shape of a token: how it is written, times where it stands among quotation marks
CASES = ("lower", "title", "upper", "digit", "mark", "continued")
QUOTED = ("outside", "double", "single", "opens", "closes")
SHAPES = len(CASES) * len(QUOTED)
BREAK = 1  # [unused0]: stands between two paragraphs
CLS, SEP, PAD = 101, 102, 0
FULL_STOP = 1012


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Word pieces of some paragraphs in text order, a BREAK between two paragraphs.

    Arrays of one length: `ids` and `shapes` for the model, `starts` and `ends` in code points
    (a BREAK is empty), `paragraph` the number of the paragraph.
    """

    ids: Ints
    shapes: Ints
    starts: Ints
    ends: Ints
    paragraph: Ints

    def __len__(self) -> int:
        return len(self.ids)

    def within(self, span: Span) -> slice:
        """The tokens that share a character with `span`."""
        first = int(np.searchsorted(self.ends, span.start, side="right"))
        last = int(np.searchsorted(self.starts, span.end, side="left"))
        return slice(first, max(first, last))


def _case(value: str, *, is_continued: bool) -> int:
    """The index in CASES of how a token is written."""
    if is_continued:
        return CASES.index("continued")
    if any(ch.isdigit() for ch in value):
        return CASES.index("digit")
    if not any(ch.isalpha() for ch in value):
        return CASES.index("mark")
    if len(value) > 1 and value.isupper():
        return CASES.index("upper")
    return CASES.index("title" if value[:1].isupper() else "lower")


class _QuotedAt:
    """Where a place in a paragraph stands among its quotation marks."""

    def __init__(self, quotations: Sequence[text.Quotation]) -> None:
        self.opens = {i for q in quotations for i in range(q.span.start, q.inner.start)}
        self.closes = {i for q in quotations for i in range(q.inner.end, q.span.end)}
        events: list[tuple[int, int, bool]] = []
        for q in quotations:
            is_single = q.mark in "‘'"
            events += [(q.inner.start, 1, is_single), (q.inner.end, -1, is_single)]
        depth = {False: 0, True: 0}
        self.at: list[int] = []
        self.state: list[int] = []
        for place, step, is_single in sorted(events):
            depth[is_single] += step
            self.at.append(place)
            self.state.append(1 if depth[False] else 2 if depth[True] else 0)

    def __call__(self, place: int) -> int:
        """The index in QUOTED."""
        if place in self.opens:
            return QUOTED.index("opens")
        if place in self.closes:
            return QUOTED.index("closes")
        index = bisect.bisect_right(self.at, place) - 1
        return self.state[index] if index >= 0 else 0


def tokenise(source: str, paragraphs: Sequence[Span], tokenizer: Tokenizer) -> Tokens:
    """The tokens of `paragraphs`, which are in order and lie apart, but for what a page hides."""
    rows: list[tuple[int, int, int, int, int]] = []
    parts = [spans.cut(source, paragraph) for paragraph in paragraphs]
    encoded = tokenizer.encode_batch(parts, add_special_tokens=False)
    for number, (paragraph, found) in enumerate(zip(paragraphs, encoded, strict=True)):
        if number:
            rows.append((BREAK, 0, paragraph.start, paragraph.start, number))
        quoted = _QuotedAt(text.quotations(source, paragraph))
        unseen = [*hidden.within(source, paragraph)]
        previous: int | None = None
        for token, (first, last), word in zip(
            found.ids, found.offsets, found.word_ids, strict=True
        ):
            start, end = paragraph.start + first, paragraph.start + last
            if start >= end or any(held.start <= start < held.end for held in unseen):
                continue
            case = _case(source[start:end], is_continued=word == previous)
            previous = word
            rows.append((token, case * len(QUOTED) + quoted(start), start, end, number))
    table = np.array(rows, dtype=np.int64).reshape(-1, 5)
    return Tokens(
        ids=table[:, 0],
        shapes=table[:, 1],
        starts=table[:, 2],
        ends=table[:, 3],
        paragraph=table[:, 4],
    )


def as_sentence(found: Tokens) -> Tokens:
    """`found` written as a sentence: a capital first and a full stop, of no characters, last.

    The network knows sentences; "her chief had assured her that it was clean", as it stands in a
    content, is none to it.
    """
    if not len(found):
        return found
    outside = QUOTED.index("outside")
    shapes = found.shapes.copy()
    shapes[0] = CASES.index("title") * len(QUOTED) + shapes[0] % len(QUOTED)
    last = int(found.ends[-1])
    return Tokens(
        ids=np.append(found.ids, FULL_STOP),
        shapes=np.append(shapes, CASES.index("mark") * len(QUOTED) + outside),
        starts=np.append(found.starts, last),
        ends=np.append(found.ends, last),
        paragraph=np.append(found.paragraph, found.paragraph[-1]),
    )


def windows(length: int, *, size: int, overlap: int) -> Iterator[slice]:
    """Windows of at most `size` tokens over `length`, each sharing `overlap` with the next.

    They are of even length, so that no window is a leftover of a few tokens.
    """
    if length <= size:
        yield slice(0, length)
        return
    count = -(-(length - overlap) // (size - overlap))
    step = (length - size) / (count - 1)
    for number in range(count):
        start = round(number * step)
        yield slice(start, start + size)


def owners(length: int, cuts: Sequence[slice]) -> list[slice]:
    """For each window the tokens that it answers for: up to the middle of each overlap."""
    edges = [0]
    edges += [(a.stop + b.start) // 2 for a, b in itertools.pairwise(cuts)]
    edges.append(length)
    return [slice(a, b) for a, b in itertools.pairwise(edges)]
