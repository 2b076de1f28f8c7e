"""What changed between two versions of an article: the words of both, with their places."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from retold import text
from retold.spans import cut
from retold.types import Article, Span

WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Words of the version before, and the words of the one after that stand in their place.

    A side is None where that version has nothing there; never both.
    """

    before: Span | None
    after: Span | None


def edits(before: Article, after: Article) -> tuple[Edit, ...]:
    """What of title and body is not the same in both, in text order; blanks do not count."""
    old, new = _paragraphs(before), _paragraphs(after)
    out: list[Edit] = []
    for rows, columns in _apart([_forms(before, p) for p in old], [_forms(after, p) for p in new]):
        left, right = list(chain(*old[rows])), list(chain(*new[columns]))
        out += _word_edits(before, left, after, right)
    return tuple(out)


def _word_edits(
    before: Article, left: Sequence[Span], after: Article, right: Sequence[Span]
) -> Iterator[Edit]:
    for rows, columns in _apart(_forms(before, left), _forms(after, right)):
        yield Edit(before=_whole(left[rows]), after=_whole(right[columns]))


def _apart(a: Sequence[object], b: Sequence[object]) -> Iterator[tuple[slice, slice]]:
    """Where two sequences part, as stretches of both; one of the two may be empty."""
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    for kind, i, j, k, n in matcher.get_opcodes():
        if kind != "equal":
            yield slice(i, j), slice(k, n)


def _paragraphs(article: Article) -> list[list[Span]]:
    """The words of each paragraph."""
    return [
        [Span(*m.span()) for m in WORD.finditer(article.text, bounds.start, bounds.end)]
        for bounds in text.paragraphs_of(article)
    ]


def _forms(article: Article, words: Sequence[Span]) -> tuple[str, ...]:
    return tuple(cut(article.text, word) for word in words)


def _whole(words: Sequence[Span]) -> Span | None:
    return Span(words[0].start, words[-1].end) if words else None
