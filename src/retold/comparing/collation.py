"""Two wordings of one quotation lined up word by word."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from retold.comparing import changes
from retold.comparing.changes import Block, Turn
from retold.comparing.quoted import Token

MIN_RUN = 5
LONG_RUN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Collation:
    """Two wordings lined up. `blocks` are the runs that they have in common, `run` the longest of
    them in words, `share` the part of the shorter wording's words that the other has, all of the
    forms compared."""

    turns: tuple[Turn, ...]
    blocks: tuple[Block, ...]
    run: int
    content_run: int
    matched: int
    content_matched: int
    share: float

    @property
    def is_same_quotation(self) -> bool:
        """True if the two are wordings of one quotation, told by the words they have in common."""
        if self.run >= LONG_RUN and self.content_run >= 3:
            return True
        if self.run >= MIN_RUN and self.share >= 0.95:
            return True
        if self.run >= MIN_RUN and self.content_run >= 2 and self.share >= 0.4:
            return True
        return self.content_matched >= 2 and self.share >= 0.6 and self.matched >= 3


def collate(a: Sequence[Token], b: Sequence[Token]) -> Collation:
    """`a` and `b` lined up, the changes in the order of `b`."""
    blocks = _blocks(a, b)
    matched = sum(size for _, _, size in blocks)
    run = max((size for _, _, size in blocks), default=0)
    return Collation(
        turns=changes.between(a, b, blocks),
        blocks=tuple(blocks),
        run=run,
        content_run=max((_content(a[i : i + n]) for i, _, n in blocks), default=0),
        matched=matched,
        content_matched=sum(_content(a[i : i + n]) for i, _, n in blocks),
        share=matched / min(len(a), len(b)) if a and b else 0.0,
    )


# --- lining up ------------------------------------------------------------------------------------


def _content(tokens: Sequence[Token]) -> int:
    return sum(token.is_content for token in tokens)


def _blocks(a: Sequence[Token], b: Sequence[Token]) -> list[Block]:
    """The runs that the two have in common, in order, without chance meetings.

    A run with nothing but words of grammar between two changes is chance unless it is long, or
    closes a sentence in both.
    """
    blocks = _runs([token.form for token in a], [token.form for token in b])
    longest = max((size for _, _, size in blocks), default=0)
    return [
        (i, j, size)
        for i, j, size in blocks
        if size == longest
        or _content(a[i : i + size])
        or size >= 3
        or _is_near(blocks, (i, j, size))
        or (size > 1 and _closes(a, i + size - 1) and _closes(b, j + size - 1))
    ]


def _closes(tokens: Sequence[Token], at: int) -> bool:
    """True for the last word of a sentence, or of a stretch in quotation marks."""
    return at + 1 == len(tokens) or tokens[at].ends or tokens[at + 1].piece != tokens[at].piece


def _runs(a: Sequence[str], b: Sequence[str]) -> list[Block]:
    """The matching blocks, the longest first found; those before the first as far right as can be.

    "we" before "will not be pushed" is the nearest "we", not the first of the text.
    """
    blocks = _matching(a, b)
    if len(blocks) < 2:
        return blocks
    first = max(blocks, key=lambda block: block[2])
    i, j, _ = first
    before = [
        (i - at_a - size, j - at_b - size, size)
        for at_a, at_b, size in reversed(_matching(a[:i][::-1], b[:j][::-1]))
    ]
    return before + blocks[blocks.index(first) :]


def _matching(a: Sequence[str], b: Sequence[str]) -> list[Block]:
    found = difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return [(block.a, block.b, block.size) for block in found if block.size]


def _is_near(blocks: Sequence[Block], block: Block) -> bool:
    """True if a small run stands but a word or two away from the runs at its sides, in both."""
    at = blocks.index(block)
    i, j, size = block
    before = blocks[at - 1] if at else None
    after = blocks[at + 1] if at + 1 < len(blocks) else None
    gaps = [max(i - before[0] - before[2], j - before[1] - before[2])] if before else []
    gaps += [max(after[0] - i - size, after[1] - j - size)] if after else []
    return max(gaps) <= (2 if len(gaps) == 2 else 1)
