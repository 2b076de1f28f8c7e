"""The words of a side that the others have too: what the eye may pass over in what is marked.

{was }unrelated{ to her leaving} | {was }not related{ to her leaving}
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping

from retold import spans
from retold import text as texts
from retold.comparing import facts, quoted, slots
from retold.comparing.quoted import Token
from retold.showing import segments, view
from retold.showing.view import Side, View
from retold.types import Difference, Span, Value

_MONEY = "$£€¥"  # stands before the figures of a sum, of which it is a part

Common = Mapping[Value, tuple[Span, ...]]
"""Of each value what of it stands in the sentences of all other sides: what is left is its own."""


def words(seen: View, difference: Difference) -> Common:
    """The common words of each value; of the other sides those count that surely belong.

    All of a value where it has nothing of its own; of no value anything where no side has: then it
    is the order or the ends that differ.
    """
    sides = view.sides(seen, difference)
    told = [_stems(seen, side) for side in sides]
    sure = [stems for side, stems in zip(sides, told, strict=True) if side.is_sure]
    held = Counter(itertools.chain.from_iterable(sure))
    own: dict[Value, list[Span]] = {}
    for side, stems in zip(sides, told, strict=True):
        others = len(sure) - side.is_sure
        everywhere = {s for s in held if held[s] - (side.is_sure and s in stems) == others}
        own |= {value: _outside(seen, value, everywhere) for value in side.given}
    if not any(own[value] for side in sides if side.is_sure for value in side.given):
        return dict.fromkeys(own, ())
    return {value: _between(seen, value, found) for value, found in own.items()}


# --- inside ---------------------------------------------------------------------------------------


def _stems(seen: View, side: Side) -> frozenset[str]:
    """The stems of the sentences in which the side's words stand."""
    out: set[str] = set()
    for value in side.given:
        text = seen.articles[value.article_id].text
        near = texts.sentences(text, segments.line_of(text, value.span))
        around = [sentence for sentence in near if spans.overlaps(sentence, value.span)]
        out.update(facts.stem(token.form) for token in quoted.tokenise(text, around))
    return frozenset(out)


def _outside(seen: View, value: Value, everywhere: set[str]) -> list[Span]:
    """The telling words of the value that are not everywhere, in runs."""
    text = seen.articles[value.article_id].text
    out: list[Span] = []
    is_open = False
    for token in quoted.tokenise(text, [value.span]):
        if not _is_telling(token):
            continue
        is_own = facts.stem(token.form) not in everywhere
        if is_own and is_open:
            out[-1] = spans.hull((out[-1], token.span))
        elif is_own:
            is_money = token.span.start > value.span.start and text[token.span.start - 1] in _MONEY
            out.append(Span(token.span.start - is_money, token.span.end))
        is_open = is_own
    return out


def _is_telling(token: Token) -> bool:
    """True for a word of meaning, and for one that denies or hedges."""
    return token.is_content or token.form in slots.negations() or token.form in slots.hedges()


def _between(seen: View, value: Value, found: list[Span]) -> tuple[Span, ...]:
    """What of the value is not found, if it holds a word."""
    text = seen.articles[value.article_id].text
    edges = [
        value.span.start,
        *(at for one in found for at in (one.start, one.end)),
        value.span.end,
    ]
    between = (
        Span(*ends) for ends in zip(edges[::2], edges[1::2], strict=True) if ends[0] < ends[1]
    )
    return tuple(span for span in between if any(map(str.isalnum, spans.cut(text, span))))
