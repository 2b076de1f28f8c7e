"""The changes between two wordings of a quotation, each with its kind.

A word that is missing before the first or after the last common word is no change, since who
quotes may begin and stop anywhere.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from retold.comparing import facts
from retold.comparing.quoted import HAD, Token
from retold.types import ChangeKind, Span

_NEGATIONS = frozenset(
    (
        "not",
        "no",
        "never",
        "none",
        "nobody",
        "nothing",
        "nowhere",
        "neither",
        "nor",
        "without",
        "cannot",
    )
)
_FILLERS = frozenset(("uh", "um", "er", "oh", "well"))
_ARTICLES = frozenset(("a", "an", "the", "that"))
_COURTESIES = frozenset(("mr", "mrs", "ms", "miss", "dr"))
MAX_NEGATION_WORDS = 4  # a longer stretch that holds a "not" is a stretch left out
MAX_EDGE_WORDS = 4

Block = tuple[int, int, int]
"""Where a common run starts in the one and in the other wording, and how many words it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One change between two wordings. A side is None where that wording has nothing.

    `is_substantive` is False for what may be a matter of transcription, and for what the second
    wording itself marks as left out or edited. `at_a` and `at_b` are the words themselves or,
    where there are none, the words at both sides of the gap.
    """

    kind: ChangeKind
    a: Span | None
    b: Span | None
    at_a: Span
    at_b: Span
    is_substantive: bool


def between(a: Sequence[Token], b: Sequence[Token], blocks: Sequence[Block]) -> tuple[Turn, ...]:
    """What stands between the common runs, and at the ends where the two end in other words."""
    if not blocks:
        return ()
    turns: list[tuple[range, range, Turn]] = []
    edges = [(0, 0, 0), *blocks, (len(a), len(b), 0)]
    for n, ((i, j, size), (next_i, next_j, _)) in enumerate(itertools.pairwise(edges)):
        left, right = range(i + size, next_i), range(j + size, next_j)
        is_edge = n in (0, len(edges) - 2)
        if is_edge:
            left, right = _at_edge(a, b, left, right, is_start=n == 0)
        for words_a, words_b in _at_ellipsis(a, b, left, right):
            if turn := _turn(a, b, words_a, words_b, is_edge=is_edge):
                turns.append((words_a, words_b, turn))
    return _reordered(a, b, turns)


def _at_edge(
    a: Sequence[Token], b: Sequence[Token], left: range, right: range, *, is_start: bool
) -> tuple[range, range]:
    """What of the words outside the common runs can be said to answer each other.

    Only words of the same sentence and piece as the common run, and few enough on both sides.
    """
    if is_start and left and right and _is_form_of(a[left.stop - 1], b[right.stop - 1]):
        return left[-1:], right[-1:]
    left, right = (
        _same_sentence(tokens, words, is_start=is_start)
        for tokens, words in ((a, left), (b, right))
    )
    if not left or not right:
        return range(0), range(0)
    if max(len(_written(a, left)), len(_written(b, right))) > MAX_EDGE_WORDS:
        return range(0), range(0)
    return left, right


def _at_ellipsis(
    a: Sequence[Token], b: Sequence[Token], left: range, right: range
) -> list[tuple[range, range]]:
    """The gap in two where `b` goes on after an ellipsis with words that `a` has not.

    "it reflects ... that we want" of "it reflects the view — you want": "that we" is set for as
    many of the last words that were passed over.
    """
    at = next((n for n in right if b[n].elided), None)
    if at is None or len(left) <= (after := right.stop - at):
        return [(left, right)]
    return [
        (left[: len(left) - after], right[: at - right.start]),
        (left[len(left) - after :], right[at - right.start :]),
    ]


def _is_form_of(a: Token, b: Token) -> bool:
    """True for two forms of one word: "water" and "waters"."""
    return a.is_content and facts.stem(a.form) == facts.stem(b.form)


def _same_sentence(tokens: Sequence[Token], words: range, *, is_start: bool) -> range:
    """The part of `words` that stands in the sentence of the common run.

    At the start it must reach to the beginning of that sentence: who quotes a part may begin
    anywhere, and what stands before the part answers nothing.
    """
    if is_start:
        kept = words.stop
        while kept > words.start and kept < len(tokens):
            before, word = tokens[kept - 1], tokens[kept]
            if before.ends or before.piece != word.piece or word.elided:
                break
            kept -= 1
        is_whole = kept > words.start or (kept < words.stop and tokens[kept].opens)
        return range(kept, words.stop) if is_whole else range(0)
    kept = words.start
    while kept < words.stop and kept > 0:
        before, word = tokens[kept - 1], tokens[kept]
        if before.ends or before.piece != word.piece or word.elided:
            break
        kept += 1
    return range(words.start, kept)


def _turn(
    a: Sequence[Token], b: Sequence[Token], left: range, right: range, *, is_edge: bool
) -> Turn | None:
    """The change from `a[left]` to `b[right]`; None where they are parted by pieces only."""
    words_a, words_b = a[left.start : left.stop], b[right.start : right.stop]
    if _spelled(words_a) == _spelled(words_b) or _is_contracted(a, b, left, right):
        return None
    if not is_edge and (_is_between_pieces(b, right) and not words_b):
        return None
    if not is_edge and (_is_between_pieces(a, left) and not words_a):
        return None
    kind = _kind(a, b, left, right)
    return Turn(
        kind=kind,
        a=_hull(words_a),
        b=_hull(words_b),
        at_a=_hull(words_a) or _around(a, left.start),
        at_b=_hull(words_b) or _around(b, right.start),
        is_substantive=_is_substantive(kind, words_a, words_b)
        and not (_is_pieced(a, left) or _is_pieced(b, right))
        and not (_is_said_again(a, left, right) or _is_said_again(b, right, left))
        and (
            kind is ChangeKind.NEGATION or not (_touches_edit(a, left) or _touches_edit(b, right))
        ),
    )


def _spelled(words: Sequence[Token]) -> str:
    """The letters of the words: "non partisan" is "nonpartisan"."""
    return "".join(word.form for word in words)


def _is_contracted(a: Sequence[Token], b: Sequence[Token], left: range, right: range) -> bool:
    """True for "she’d" and "she had" or "she would", for "who’s" and "who has", for "lyin’" and
    "lying"."""
    if len(left) != 1 or len(right) != 1:
        return False
    short, long = sorted((a[left.start].form, b[right.start].form), key=len)
    if short.endswith("in") and long == f"{short}g":
        return True
    forms = {short, long}
    if forms == {"is", "has"}:
        return _is_ending(a, left.start) or _is_ending(b, right.start)
    return HAD in forms and bool(forms & {"had", "would"})


def _is_ending(tokens: Sequence[Token], at: int) -> bool:
    """True for the second of the words that one contraction holds."""
    return at > 0 and tokens[at - 1].span == tokens[at].span


def _is_between_pieces(tokens: Sequence[Token], gap: range) -> bool:
    """True if two pieces meet at the gap: what is not there may stand in neither."""
    return 0 < gap.start < len(tokens) and tokens[gap.start - 1].piece != tokens[gap.stop].piece


def _is_said_again(tokens: Sequence[Token], gap: range, other: range) -> bool:
    """True for a few words beside a dash, where the other has none, that stand before it or behind
    too: a speaker who begins anew, as in "it is this -- {this} idea", is not always taken down word
    for word."""
    if other or not 0 < len(gap) <= MAX_EDGE_WORDS:
        return False
    near = len(gap) + 1
    before, after = tokens[max(0, gap.start - near) : gap.start], tokens[gap.stop :][:near]
    has_broken_off = any(word.breaks for word in (*before[-1:], *tokens[gap.start : gap.stop]))
    beside = {word.form for word in (*before, *after)}
    return has_broken_off and {tokens[n].form for n in gap} <= beside


def _is_pieced(tokens: Sequence[Token], gap: range) -> bool:
    """True for many words at the end or start of a piece: what the other has there, this one may
    have left out between the pieces."""
    if len(gap) <= MAX_EDGE_WORDS:
        return False
    return any(
        0 < at < len(tokens) and tokens[at - 1].piece != tokens[at].piece
        for at in (gap.start, gap.stop)
    )


def _hull(words: Sequence[Token]) -> Span | None:
    """From the first to the last of the words, None if there are none or they cross pieces."""
    if not words:
        return None
    same = [word for word in words if word.piece == words[0].piece]
    return Span(same[0].span.start, same[-1].span.end)


def _around(tokens: Sequence[Token], gap: int) -> Span:
    """The words at both sides of a gap; of two pieces, the one that goes on."""
    before, after = tokens[max(0, gap - 1)], tokens[min(gap, len(tokens) - 1)]
    if before.piece != after.piece:
        return after.span
    return Span(before.span.start, max(before.span.end, after.span.end))


def _kind(a: Sequence[Token], b: Sequence[Token], left: range, right: range) -> ChangeKind:
    words_a, words_b = a[left.start : left.stop], b[right.start : right.stop]
    own_a, own_b = _written(a, left), _written(b, right)
    is_short = max(len(own_a), len(own_b)) <= MAX_NEGATION_WORDS
    if is_short and _is_negated(own_a) != _is_negated(own_b):
        return ChangeKind.NEGATION
    if words_a and words_b:
        if _elides(a, left):
            return ChangeKind.ELLIPSIS
        figures = [{w.form for w in words if w.form[0].isdigit()} for words in (words_a, words_b)]
        if all(figures) and figures[0] != figures[1]:
            return ChangeKind.NUMBER
        if any(w.is_name for w in words_a) and any(w.is_name for w in words_b):
            return ChangeKind.NAME
        return ChangeKind.SUBSTITUTION
    if (words_a and _elides(b, right)) or (words_b and _elides(a, left)):
        return ChangeKind.ELLIPSIS
    if _is_splice(a, left, b, right) if words_a else _is_splice(b, right, a, left):
        return ChangeKind.SPLICE
    return ChangeKind.CUT if words_a else ChangeKind.INSERTION


def _touches_edit(tokens: Sequence[Token], gap: range) -> bool:
    """True if words in brackets stand in the gap or beside it: an editor's, marked so."""
    beside = range(max(0, gap.start - 1), min(gap.stop + 1, len(tokens)))
    return any(tokens[n].is_edited for n in beside)


def _written(tokens: Sequence[Token], words: range) -> list[Token]:
    """The words that are the speaker's: those in brackets an editor wrote."""
    return [tokens[n] for n in words if not tokens[n].is_edited]


def _is_negated(words: Sequence[Token]) -> bool:
    return sum(word.form in _NEGATIONS for word in words) % 2 == 1


def _elides(tokens: Sequence[Token], gap: range) -> bool:
    """True if an ellipsis stands in or right after the gap."""
    return any(tokens[n].elided for n in range(gap.start, min(gap.stop + 1, len(tokens))))


def _is_splice(fuller: Sequence[Token], gap: range, other: Sequence[Token], at: range) -> bool:
    """True if leaving `gap` out of the fuller runs parts of two of its sentences together."""
    if gap.start == 0 or gap.stop >= len(fuller) or at.start == 0 or other[at.start - 1].ends:
        return False
    return any(fuller[n].ends for n in range(gap.start - 1, gap.stop))


def _is_substantive(kind: ChangeKind, words_a: Sequence[Token], words_b: Sequence[Token]) -> bool:
    if kind is ChangeKind.ELLIPSIS:
        return False
    forms_a, forms_b = ({w.form for w in words} for words in (words_a, words_b))
    if kind in (ChangeKind.CUT, ChangeKind.INSERTION):
        return not forms_a | forms_b <= _ARTICLES | _FILLERS | _COURTESIES
    return not (forms_a ^ forms_b <= _FILLERS or _is_censored(words_a, words_b))


def _is_censored(words_a: Sequence[Token], words_b: Sequence[Token]) -> bool:
    """True for a word and the letters of it that are left, as in "d—", "bulls---", "s***hole"."""
    return _is_masked(words_a, words_b) or _is_masked(words_b, words_a)


def _is_masked(left: Sequence[Token], whole: Sequence[Token]) -> bool:
    """True if `left` is what a mask leaves of the first word of `whole`."""
    if not whole or not left or len(left) > 2 or not left[0].is_masked:
        return False
    word = whole[0].form
    return word.startswith(left[0].form) and (len(left) == 1 or word.endswith(left[1].form))


def _reordered(
    a: Sequence[Token], b: Sequence[Token], turns: Sequence[tuple[range, range, Turn]]
) -> tuple[Turn, ...]:
    """The changes, a cut and an insertion of the same words made one change of order."""
    out = [turn for _, _, turn in turns]
    for left, _, cut in turns:
        for _, right, insertion in turns:
            if (
                cut.b is not None
                or insertion.a is not None
                or cut not in out
                or insertion not in out
            ):
                continue
            moved = [token.form for token in a[left.start : left.stop]]
            if moved and moved == [token.form for token in b[right.start : right.stop]]:
                out.remove(cut)
                out[out.index(insertion)] = Turn(
                    kind=ChangeKind.ORDER,
                    a=cut.a,
                    b=insertion.b,
                    at_a=cut.at_a,
                    at_b=insertion.at_b,
                    is_substantive=len(moved) > 1,
                )
    return tuple(out)
