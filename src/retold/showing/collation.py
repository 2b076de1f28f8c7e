"""The wordings of one quotation in columns: word below word, and the columns in which they part."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby

from retold import spans
from retold.types import Article, Change, Span, Variant

WORD = re.compile(r"\S+")
NOT_OF_A_WORD = re.compile(r"[\W_]+")
LINE_CHARS = 96  # the columns of one line
WRAP_CHARS = 34  # a cell longer than this wraps

Place = tuple[int, bool]  # the word of the base at which a column begins; False if before it
Turn = tuple[str, int, int, int, int]  # as difflib has it


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of one wording in a column. `is_cut` where there are none though words of it stand
    before and after; a wording that begins later or ends earlier is not cut."""

    pieces: tuple[Span, ...]
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """The same place in all wordings, and the changes by which they part there."""

    cells: tuple[Cell, ...]
    changes: tuple[Change, ...]

    @property
    def is_parting(self) -> bool:
        """True if a change of substance stands here."""
        return any(change.is_substantive for change in self.changes)

    @property
    def kinds(self) -> tuple[str, ...]:
        """What kinds of change of substance, each once."""
        return tuple(dict.fromkeys(c.kind.value for c in self.changes if c.is_substantive))


@dataclass(frozen=True, slots=True)
class _Word:
    span: Span
    form: str
    piece: int


Row = list[list[_Word]]  # for each wording its words in one column


def lines(variant: Variant, articles: Sequence[Article]) -> tuple[tuple[Column, ...], ...]:
    """The columns in lines of readable width; `articles` are those of the witnesses, in order."""
    found: list[list[Column]] = []
    room = 0
    for column in columns(variant, articles):
        longest = max(sum(len(piece) for piece in cell.pieces) for cell in column.cells)
        width = 3 + min(WRAP_CHARS, longest)
        if width > room or not found:
            found.append([])
            room = LINE_CHARS
        found[-1].append(column)
        room -= width
    return tuple(map(tuple, found))


def columns(variant: Variant, articles: Sequence[Article]) -> tuple[Column, ...]:
    """The columns in order; every word of every wording stands in just one of them."""
    worded = [
        _words(article.text, witness.pieces)
        for article, witness in zip(articles, variant.witnesses, strict=True)
    ]
    base, *others = worded
    aligned = [_aligned(base, other) for other in others]
    begins = _begins(len(base), aligned)
    held: dict[Place, list[list[_Word]]] = defaultdict(lambda: [[] for _ in worded])
    for n, word in enumerate(base):
        held[_at(begins, n)][0].append(word)
    for number, (words, turns) in enumerate(zip(others, aligned, strict=True), start=1):
        for place, word in _placed(words, turns, begins):
            held[place][number].append(word)
    rows = _joined(variant, [held[place] for place in sorted(held)])
    ends = [_ends([row[number] for row in rows]) for number in range(len(worded))]
    return tuple(
        Column(
            tuple(
                Cell(_pieces(words), is_cut=not words and low < n < high)
                for words, (low, high) in zip(row, ends, strict=True)
            ),
            _touching(variant, row),
        )
        for n, row in enumerate(rows)
    )


def _words(text: str, pieces: Sequence[Span]) -> list[_Word]:
    """The words with their punctuation; a dash that stands alone belongs to the word before it."""
    out: list[_Word] = []
    for number, piece in enumerate(pieces):
        for found in WORD.finditer(text, piece.start, piece.end):
            form = NOT_OF_A_WORD.sub("", found.group().casefold())
            if form or not out or out[-1].piece != number:
                out.append(_Word(Span(*found.span()), form, number))
            else:
                out[-1] = replace(out[-1], span=Span(out[-1].span.start, found.end()))
    return out


def _aligned(base: list[_Word], other: list[_Word]) -> list[Turn]:
    forms = [w.form for w in base], [w.form for w in other]
    return list(SequenceMatcher(None, *forms, autojunk=False).get_opcodes())


def _begins(size: int, aligned: list[list[Turn]]) -> list[int]:
    """Words of the base at which a column begins: where a wording parts from it or comes back, but
    never within what another replaces."""
    turns = [turn for each in aligned for turn in each]
    cuts = {0, size} | {at for _, low, high, _, _ in turns for at in (low, high)}
    replaced = [(low, high) for kind, low, high, _, _ in turns if kind == "replace"]
    return sorted(at for at in cuts if not any(low < at < high for low, high in replaced))


def _at(begins: list[int], word: int) -> Place:
    return begins[bisect_right(begins, word) - 1], True


def _placed(
    words: list[_Word], turns: list[Turn], begins: list[int]
) -> Iterator[tuple[Place, _Word]]:
    """Each word with its column: below its like, below what it replaces, or between columns."""
    for kind, low, _, start, end in turns:
        for n in range(start, end):
            if kind == "insert" and low in begins:
                yield (low, False), words[n]
            else:
                yield _at(begins, low + n - start if kind == "equal" else low), words[n]


def _joined(variant: Variant, rows: list[Row]) -> list[Row]:
    """Neighbours in which the same changes of substance stand made one; of those with none,
    neighbours that the same wordings have."""
    out: list[Row] = []
    last: tuple[tuple[Change, ...], tuple[bool, ...]] | None = None
    for row in rows:
        changes = tuple(c for c in _touching(variant, row) if c.is_substantive)
        here = (changes, () if changes else tuple(bool(words) for words in row))
        if here == last:
            out[-1] = [[*a, *b] for a, b in zip(out[-1], row, strict=True)]
        else:
            out.append(row)
        last = here
    return out


def _touching(variant: Variant, row: Row) -> tuple[Change, ...]:
    """The changes that stand in a word of the row."""
    return tuple(
        change
        for change in variant.changes
        if any(
            span and any(spans.overlaps(span, word.span) for word in row[number])
            for number, span in ((0, change.base), (change.witness, change.other))
        )
    )


def _ends(words: list[list[_Word]]) -> tuple[int, int]:
    """The first and the last column in which a wording has words."""
    filled = [n for n, held in enumerate(words) if held]
    return (filled[0], filled[-1]) if filled else (0, 0)


def _pieces(words: list[_Word]) -> tuple[Span, ...]:
    """The words as stretches of the text, with what stands between them left out."""
    return tuple(
        spans.hull(word.span for word in held)
        for _, held in groupby(words, key=lambda word: word.piece)
    )
