"""A wording that somebody asks for, held against a text that may give it.

    wording ──of──▶ Asked        Asked, text ──find──▶ Match, or None where nothing is like it

The words are lined up by `collation`, the account's first, so a change is read as: this account has
the one, the asked wording the other. Neither is called the right one.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from retold import spans
from retold import text as texts
from retold.comparing import collation, facts, quoted, units
from retold.comparing.changes import Block, Turn
from retold.comparing.collation import Collation
from retold.comparing.quoted import Token
from retold.errors import FormatError
from retold.types import ChangeKind, Span

MIN_WORDS, MAX_WORDS = 3, 500

# what is rare, near and the same: chosen with `python -m evaluation.checking --part choose`
GRAMMAR_WEIGHT = 0.02  # of a word of grammar, beside 0..1 for one that carries meaning
RUN_WEIGHT = 0.3  # of a word of grammar within a common run of this many words
RUN_WORDS = 3
DENSE = 0.7  # of the words from the first to the last in common, by weight, where no run is long
MOST = 0.6  # of the asked words; with less in common, one run must tell by itself
TELLING = 2.0  # worth of a run that hardly stands in two quotations by chance
REACH_CHARS = 160  # an account may say in more words what is asked, and break it off in between
ROOM = 0.2  # the weight that a word must have to be worth all the reach to it
EDGE_WORDS = 8
MAX_GAP_WORDS = 12  # between two runs, unless an ellipsis says that words were left out
LOOSE = 0.25  # what a stretch with nothing but other words in between would cost of the score

AROUND = ' \t\n“”„«»"'  # what may stand around a wording and is no part of it
_WORD = re.compile(r"[^\W_]+")


class Outcome(StrEnum):
    """How an account has a wording that was asked for.

    EXACT: its words, whole and in order. TRUNCATED: one of the two leaves out some of the other's.
    ALTERED: words are changed. UNLIKE: the nearest there is, and no wording of the same quotation.
    """

    EXACT = "exact"
    TRUNCATED = "truncated"
    ALTERED = "altered"
    UNLIKE = "unlike"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A wording that is looked for: `text` without the marks around it, its words, and the weight
    of each form, by which a rare word tells more than a common one."""

    text: str
    tokens: tuple[Token, ...]
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Where a text comes nearest to a wording.

    `pieces` are the account's words from the first to the last in common; `turns` the changes from
    them (`a`) to the asked ones (`b`); `missing` what of the asked wording, at its ends, is not
    there. `goes_on` is True where the account quotes more than was asked for. `share` is the part
    of the asked words that is there, by weight, and `score` that, less for what stands between.
    """

    outcome: Outcome
    pieces: tuple[Span, ...]
    turns: tuple[Turn, ...]
    missing: tuple[Span, ...]
    is_quoted: bool
    goes_on: bool
    share: float
    score: float


def of(wording: str) -> Asked:
    """The wording as it is looked for.

    Raises:
        FormatError: too few words to be known again, or more than any quotation has.
    """
    text = texts.normalise(wording).strip(AROUND)
    tokens = quoted.tokenise(text, (Span(0, len(text)),)) if text else ()
    if len(tokens) < MIN_WORDS:
        raise FormatError(
            f"{len(tokens)} words are too few to know a quotation by.",
            hint=f"Give {MIN_WORDS} or more, or use `retold search` for single words.",
        )
    if len(tokens) > MAX_WORDS:
        raise FormatError(
            f"{len(tokens)} words are more than a quotation has.",
            hint=f"Give the {MAX_WORDS} that matter, or compare the articles themselves.",
        )
    return Asked(text=text, tokens=tokens, weights={t.form: weight(t.form) for t in tokens})


@lru_cache(maxsize=65536)
def weight(form: str) -> float:
    """How much a word tells: its rarity in news, 0..1, next to nothing for a word of grammar."""
    if form in facts.function_words():
        return GRAMMAR_WEIGHT
    return units.lexicon().rarity(facts.stem(form))


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """Where in a text the asked words gather, and the most weight of them that stands together.

    Two stretches where the rarest words stand elsewhere than the most words.
    """

    stretches: tuple[Span, ...]
    weight: float


def gather(asked: Asked, text: str) -> Gathering | None:
    """Where the asked words stand together; None where no telling word is there.

    It costs a quarter of `find` and tells which texts are worth it.
    """
    hits = [
        (match.start(), match.end(), form)
        for match in _WORD.finditer(text)
        if (form := match.group().casefold()) in asked.weights
    ]
    reach = 2 * len(asked.text) + REACH_CHARS
    weight, rarest = _densest(hits, asked.weights, reach)
    _, most = _densest(hits, dict.fromkeys(asked.weights, 1.0), reach)
    if weight <= 0 or rarest is None or most is None:
        return None
    both = (rarest,) if spans.overlaps(rarest, most) else (rarest, most)
    return Gathering(stretches=both, weight=weight)


def find(asked: Asked, text: str, gathering: Gathering | None = None) -> Match | None:
    """The place of `text` that comes nearest to the wording; None if it shares no telling word.

    Args:
        gathering: what `gather` gives, where it was asked before.
    """
    gathering = gathering or gather(asked, text)
    found = [_within(asked, text, s) for s in (gathering.stretches if gathering else ())]
    return max(
        (match for match in found if match),
        key=lambda match: (match.outcome is not Outcome.UNLIKE, match.score),
        default=None,
    )


# --- where to look --------------------------------------------------------------------------------


def _densest(
    hits: Sequence[tuple[int, int, str]], weights: Mapping[str, float], reach: int
) -> tuple[float, Span | None]:
    """The stretch that has most of the words by weight in the least room, and how much of it."""
    held = dict.fromkeys(weights, 0)
    best, total, first = (0.0, 0, 0), 0.0, 0
    for last, (_, end, form) in enumerate(hits):
        if not held[form]:
            total += weights[form]
        held[form] += 1
        while first < last:
            start, _, gone = hits[first]
            gain = 0.0 if held[gone] > 1 else weights[gone]
            if start >= end - reach and gain > ROOM * (hits[first + 1][0] - start) / reach:
                break
            held[gone] -= 1
            total -= gain
            first += 1
        start = hits[first][0]
        worth = total - ROOM * (end - start) / reach
        if worth >= best[0]:
            best = max(best, (worth, start, end))
    return best[0], Span(best[1], best[2]) if best[0] > 0 else None


def _within(asked: Asked, text: str, stretch: Span) -> Match | None:
    """The match of a stretch of the text, with what stands around it."""
    pieces, is_quoted = _pieces(asked, text, stretch)
    held = quoted.tokenise(text, pieces)
    found = collation.collate(held, asked.tokens)
    low, high = _close(found, held, asked.tokens)
    if low > 0 or high < len(held):
        held = held[low:high]
        found = collation.collate(held, asked.tokens)
    if not found.blocks:
        return None
    return _match(asked, text, held, found, is_quoted=is_quoted)


def _pieces(asked: Asked, text: str, stretch: Span) -> tuple[tuple[Span, ...], bool]:
    """What stands in quotation marks near the stretch, if most asked words of it do, else all.

    The flag says whether it is quoted.
    """
    near = _whole_words(text, stretch.start - REACH_CHARS, stretch.end + REACH_CHARS)
    start = text.rfind("\n", 0, near.start) + 1
    stop = text.find("\n", near.end)
    lines = Span(start, stop if stop >= 0 else len(text))
    inner = [q.inner for q in texts.quotations(text, lines) if q.depth == 0]
    pieces = tuple(kept for span in inner if (kept := spans.clip(span, near)))
    hits = [
        Span(*match.span())
        for match in _WORD.finditer(text, stretch.start, stretch.end)
        if match.group().casefold() in asked.weights
    ]
    within = [hit for hit in hits if any(spans.contains(piece, hit) for piece in pieces)]
    if 2 * len(within) > len(hits):
        return pieces, True
    return (near,), False


def _whole_words(text: str, start: int, end: int) -> Span:
    """The characters from `start` to `end`, as far as there are any, cut through no word."""
    start, end = max(0, start), min(len(text), end)
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return Span(start, end)


def _close(found: Collation, a: Sequence[Token], b: Sequence[Token]) -> tuple[int, int]:
    """The words of `a` about the longest common run and the runs that are not too far from it.

    What is further off has a word in common by chance.
    """
    if not found.blocks:
        return 0, len(a)
    middle = max(range(len(found.blocks)), key=lambda n: found.blocks[n][2])
    low = high = middle
    while low > 0 and _are_near(found.blocks[low - 1], found.blocks[low], b):
        low -= 1
    while high + 1 < len(found.blocks) and _are_near(found.blocks[high], found.blocks[high + 1], b):
        high += 1
    first, last = found.blocks[low], found.blocks[high]
    start = 0 if low == 0 else max(0, first[0] - EDGE_WORDS)
    stop = len(a) if high + 1 == len(found.blocks) else min(len(a), last[0] + last[2] + EDGE_WORDS)
    return start, stop


def _are_near(before: Block, after: Block, b: Sequence[Token]) -> bool:
    gap = after[0] - before[0] - before[2]
    elided = any(b[n].elided for n in range(before[1] + before[2], after[1] + 1))
    return elided or gap <= MAX_GAP_WORDS or min(before[2], after[2]) >= collation.MIN_RUN


# --- what it is -----------------------------------------------------------------------------------


def _match(
    asked: Asked, text: str, held: Sequence[Token], found: Collation, *, is_quoted: bool
) -> Match:
    first, last = found.blocks[0], found.blocks[-1]
    stretch = held[first[0] : last[0] + last[2]]
    density = _in_common(held, [(i, size) for i, _, size in found.blocks]) / _worth(stretch)
    share = _in_common(asked.tokens, [(j, size) for _, j, size in found.blocks]) / _worth(
        asked.tokens
    )
    missing = _missing(asked.tokens, found)
    is_same = found.is_same_quotation and _is_telling(asked.tokens, found, share, density)
    return Match(
        outcome=_outcome(found.turns, missing) if is_same else Outcome.UNLIKE,
        pieces=_by_piece(stretch),
        turns=found.turns,
        missing=missing,
        is_quoted=is_quoted,
        goes_on=is_quoted and _goes_on(held, *_answering(held, found)),
        share=round(share, 4),
        score=round(share * (1 - LOOSE * (1 - density)), 4),
    )


def _weigh(tokens: Iterable[Token]) -> float:
    return sum(weight(token.form) for token in tokens)


def _worth(tokens: Iterable[Token]) -> float:
    """What a run of words is worth: in it, words of grammar tell too."""
    return sum(max(RUN_WEIGHT, weight(token.form)) for token in tokens)


def _in_common(tokens: Sequence[Token], held: Iterable[tuple[int, int]]) -> float:
    """What the common runs are worth, given where each begins and how many words it has."""
    runs = [tokens[start : start + size] for start, size in held]
    return sum(_worth(run) if len(run) >= RUN_WORDS else _weigh(run) for run in runs)


def _is_telling(asked: Sequence[Token], found: Collation, share: float, density: float) -> bool:
    """True if so much is in common that it is no chance, among all that an archive holds.

    Within a story less is enough, which is what `is_same_quotation` asks for.
    """
    longest = max(_worth(asked[j : j + size]) for _, j, size in found.blocks)
    is_close = found.run >= collation.MIN_RUN or density >= DENSE
    return is_close and (share >= MOST or longest >= TELLING)


def _missing(asked: Sequence[Token], found: Collation) -> tuple[Span, ...]:
    """The asked words before the first and after the last common run that answer to nothing."""
    _, start, _ = found.blocks[0]
    _, at, size = found.blocks[-1]
    answered = [turn.b for turn in found.turns if turn.b]
    out = []
    for edge in (asked[:start], asked[at + size :]):
        left = [t.span for t in edge if not any(spans.contains(b, t.span) for b in answered)]
        if left:
            out.append(spans.hull(left))
    return tuple(out)


def _by_piece(tokens: Sequence[Token]) -> tuple[Span, ...]:
    """The stretch that the words of each piece take up."""
    return tuple(
        spans.hull(token.span for token in held)
        for _, held in itertools.groupby(tokens, key=lambda token: token.piece)
    )


def _answering(held: Sequence[Token], found: Collation) -> tuple[int, int]:
    """The words that have an asked one or stand in the place of one, as a range."""
    (start, _, _), (last, _, size) = found.blocks[0], found.blocks[-1]
    replaced = [turn.a for turn in found.turns if turn.a and turn.b]
    at = [n for n, t in enumerate(held) if any(spans.contains(a, t.span) for a in replaced)]
    return min([start, *at]), max([last + size, *(n + 1 for n in at)])


def _goes_on(held: Sequence[Token], start: int, stop: int) -> bool:
    """True if the piece in which these words begin or end has more on that side."""
    before = start > 0 and held[start - 1].piece == held[start].piece
    return before or (stop < len(held) and held[stop].piece == held[stop - 1].piece)


def _outcome(turns: Sequence[Turn], missing: Sequence[Span]) -> Outcome:
    """How the two wordings of one quotation go together."""
    if not turns and not missing:
        return Outcome.EXACT
    return Outcome.TRUNCATED if all(map(_leaves_out, turns)) else Outcome.ALTERED


def _leaves_out(turn: Turn) -> bool:
    """True if the asked wording leaves words out here, or either marks that it does."""
    if turn.kind is ChangeKind.ELLIPSIS:
        return True
    return turn.b is None and turn.kind in (ChangeKind.CUT, ChangeKind.SPLICE)
