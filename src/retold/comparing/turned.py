"""The changes between the quoted words of two accounts, as slots that part."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from retold.comparing import collation
from retold.comparing.slots import Sentence, Slot, SlotKind
from retold.types import Span

MAX_TURN_CHARS = 60  # longer, and the two quotations go their own ways


def find(
    sentences: Sequence[Sentence],
) -> Iterator[tuple[tuple[int, Slot], tuple[int, Slot], float]]:
    """The changes between the quoted words of two sentences: where, and of what weight.

    1 for what may be transcription; for what changes the words, 1 and the share of words in common.
    Two speakers who say something alike have not been quoted differently, unless word after word is
    the same.
    """
    ordered = sorted(range(len(sentences)), key=lambda n: sentences[n].article_id)
    for n, m in itertools.combinations(ordered, 2):
        a, b = sentences[n], sentences[m]
        if a.article_id == b.article_id or not a.quoted or not b.quoted:
            continue
        found = collation.collate(a.quoted, b.quoted)
        if not found.is_same_quotation:
            continue
        if found.run < collation.LONG_RUN and _are_apart(a, b):
            continue
        for turn in found.turns:
            if max(len(turn.at_a), len(turn.at_b)) > MAX_TURN_CHARS:
                continue
            weight = 1.0 + found.share if turn.is_substantive else 1.0
            yield (n, _turn_slot(a, turn.at_a)), (m, _turn_slot(b, turn.at_b)), weight


def _are_apart(a: Sentence, b: Sentence) -> bool:
    """True if both sentences say who speaks, and it is nobody that the other names."""
    first, second = (
        {s.speaker_id for s in one.slots if s.kind is SlotKind.SOURCE and s.speaker_id}
        for one in (a, b)
    )
    return bool(first and second) and not first & second


def _turn_slot(sentence: Sentence, span: Span) -> Slot:
    return Slot(
        article_id=sentence.article_id,
        kind=SlotKind.TURN,
        span=span,
        form=sentence.form_at(span),
        stems=sentence.words_at(span),
        left=frozenset(),
        right=frozenset(),
        governor="",
        marks={},
        is_quoted=True,
        position=(span.start - sentence.span.start) / len(sentence.span),
    )
