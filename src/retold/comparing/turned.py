"""The changes between the quoted words of two accounts, as slots that part."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator, Sequence

from retold import lexicons, spans
from retold.comparing import collation, quoted
from retold.comparing.changes import Turn
from retold.comparing.collation import Collation
from retold.comparing.quoted import Token
from retold.comparing.slots import Sentence, Slot, SlotKind
from retold.types import Span

MIN_CONTENT_RUN = 2  # words of meaning in a row, for a change beside them to be of one utterance
MIN_SHARE = 0.7  # of the words of the shorter quotation, where no run is long
# of what both still say before a change and behind it, for them to be of one utterance
SHARED_BESIDE = 1 / 3
OWN_WORDS = 4
MAX_TURN_CHARS = 60  # longer, and the two quotations go their own ways
IN_A_BLOCK = 0.8  # of the words of a sentence without marks, for it to be of the quotation

ADDRESSED = frozenset(("you", "your"))

Tokens = Sequence[Token]


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
        if a.article_id == b.article_id:
            continue
        in_a, in_b = a.quoted or _in_a_block(a, b), b.quoted or _in_a_block(b, a)
        if not in_a or not in_b:
            continue
        found = collation.collate(in_a, in_b)
        is_block = not (a.quoted and b.quoted)
        if not found.is_same_quotation or (is_block and not _is_of_a_block(found, a, in_a, in_b)):
            continue
        if found.run < collation.LONG_RUN and _are_apart(a, b):
            continue
        is_one = _is_long(found) and not _part_ways(in_a, in_b, found)
        for turn in found.turns:
            if max(len(turn.at_a), len(turn.at_b)) > MAX_TURN_CHARS:
                continue
            is_change = (
                is_one
                and turn.is_substantive
                and _is_anchored(in_a, turn.at_a, in_b)
                and _is_anchored(in_b, turn.at_b, in_a)
                and _is_embraced(in_a, in_b, turn, found)
            )
            weight = 1.0 + found.share if is_change else 1.0
            yield (n, _turn_slot(a, turn.at_a)), (m, _turn_slot(b, turn.at_b)), weight


def _in_a_block(plain: Sentence, other: Sentence) -> Tokens:
    """The words of a sentence without marks where nearly all may be of the other's quotation; it is
    then set as a block, like a post or a transcript.

    Somebody must speak in it as "I" or to "you": one newspaper also quotes what another prints.
    """
    if not other.quoted or len(plain.stems & other.stems) < IN_A_BLOCK * len(plain.stems):
        return ()
    tokens = quoted.tokenise(plain.text, (plain.span,))
    speaking = lexicons.words("first_persons") | ADDRESSED
    return tokens if any(token.form in speaking for token in tokens) else ()


def _is_of_a_block(found: Collation, a: Sentence, in_a: Tokens, in_b: Tokens) -> bool:
    """True if nearly all words of the sentence without marks are the quotation's, many in a row."""
    words = in_b if a.quoted else in_a
    return found.run >= collation.LONG_RUN and found.matched >= IN_A_BLOCK * len(words)


def _is_long(found: Collation) -> bool:
    """True if enough words are the same, or enough in a row, to know that one utterance is quoted:
    "half of the town is not there anymore" and "the town is not here anymore" may be two."""
    return (
        found.run >= collation.MIN_RUN
        or found.content_run >= MIN_CONTENT_RUN
        or found.share >= MIN_SHARE
    )


def _part_ways(a: Tokens, b: Tokens, found: Collation) -> bool:
    """True if both sentences begin or end with several words that the other has not: two sentences
    of one speech."""
    (first_a, first_b, _), (last_a, last_b, size) = found.blocks[0], found.blocks[-1]
    behind = min(len(a) - last_a, len(b) - last_b) - size
    return max(min(first_a, first_b), behind) >= OWN_WORDS


def _is_anchored(tokens: Tokens, changed: Span, other: Tokens) -> bool:
    """True if the piece of a quotation in which words are changed has a word of meaning beside them
    that the other quotation has too: “anyone I offended” is no wording of “a farmer”, though both
    stand in one sentence."""
    within = {t.piece for t in tokens if spans.overlaps(t.span, changed)}
    known = {t.form for t in other if t.is_content}
    return any(
        t.piece in within and t.form in known and not spans.overlaps(t.span, changed)
        for t in tokens
    )


def _is_embraced(a: Tokens, b: Tokens, turn: Turn, found: Collation) -> bool:
    """True if both go on with some of the same words, and have come with some, as far as both go.

    “with {the harbour in its} efforts to …” and “with {the mayor in these} efforts, despite …” are
    two sentences of one letter.
    """
    same_a = {i + n for i, _, size in found.blocks for n in range(size)}
    same_b = {j + n for _, j, size in found.blocks for n in range(size)}
    for beside in (_before, _behind):
        in_a, in_b = beside(a, turn.at_a), beside(b, turn.at_b)
        shared = min(len(same_a.intersection(in_a)), len(same_b.intersection(in_b)))
        if shared < SHARED_BESIDE * min(len(in_a), len(in_b)):
            return False
    return True


def _before(tokens: Tokens, span: Span) -> range:
    """Which of the tokens end before the span."""
    return range(bisect.bisect_right(tokens, span.start, key=lambda token: token.span.end))


def _behind(tokens: Tokens, span: Span) -> range:
    """Which of the tokens begin behind the span."""
    first = bisect.bisect_left(tokens, span.end, key=lambda token: token.span.start)
    return range(first, len(tokens))


def _are_apart(a: Sentence, b: Sentence) -> bool:
    """True if both sentences say by name who speaks, and it is nobody that the other names.

    "The letter", "the scholars" may be one.
    """
    first, second = (
        {
            s.speaker_id
            for s in one.slots
            if s.kind is SlotKind.SOURCE and s.speaker_id and s.marks.get(SlotKind.NAME.name)
        }
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
