"""The apparatus of a quotation: all its wordings across articles, each change with its kind.

Which attributions quote the same words is found through an index of word runs, not by comparing
all pairs. No wording is called the right one; the earliest dated comes first as just that.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from retold.comparing import collation, facts, quoted
from retold.comparing.collation import Collation
from retold.comparing.quoted import Token
from retold.spans import clip, finder, overlaps
from retold.types import Attribution, Change, Reading, Span, Variant, Witness

SHINGLE_WORDS = 3
MIN_CONTENT_WORDS = 2
MAX_WITNESSES_OF_A_SHINGLE = 60  # more, and the run is a phrase of the language
MAX_CANDIDATES = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The quoted words of one attribution. `rank` orders the witnesses: earliest dated first."""

    witness: Witness
    text: str
    tokens: tuple[Token, ...]
    rank: tuple[str, str, int]


def find(readings: Sequence[Reading]) -> tuple[Variant, ...]:
    """Every quotation that two or more articles give, in the order of its first witness.

    What is the same in all of them is there too, with no changes: that they agree is worth
    showing. Only witnesses of different articles make a variant.
    """
    wordings = sorted((w for r in readings for w in of(r)), key=lambda wording: wording.rank)
    linked = _linked(wordings)
    out: list[Variant] = []
    free = set(linked)
    for n in sorted(linked):
        partners = linked[n]
        if n not in free or not any(m in free for m in partners):
            continue
        members = [n, *sorted(partners)]
        free.difference_update(members)
        if len({wordings[m].witness.article_id for m in members}) > 1:
            out.append(_variant([wordings[m] for m in members], [partners[m] for m in members[1:]]))
    return tuple(out)


def collate(wordings: Sequence[Wording]) -> Variant:
    """The collation of wordings that are known to be of one quotation, of at least one."""
    ranked = sorted(wordings, key=lambda wording: wording.rank)
    base = ranked[0].tokens
    return _variant(ranked, [collation.collate(base, other.tokens) for other in ranked[1:]])


def of(reading: Reading) -> tuple[Wording, ...]:
    """The quoted words of each attribution that has enough of them to be known again.

    The innermost attribution has them: what a speaker quotes is another's words.
    """
    parts = finder(facts.quoted_parts(reading), key=lambda part: part)
    article = reading.article
    published = article.published.isoformat() if article.published else None
    inner = children(reading.attributions)
    out = []
    for attribution in reading.attributions:
        pieces = tuple(
            kept
            for content in attribution.content
            for part in parts(content)
            if (kept := clip(part, content))
            and not any(overlaps(kept, span) for span in inner.get(attribution.id, ()))
        )
        tokens = quoted.tokenise(article.text, pieces)
        if sum(token.is_content for token in tokens) < MIN_CONTENT_WORDS:
            continue
        witness = Witness(
            article_id=article.id, attribution_id=attribution.id, pieces=pieces, date=published
        )
        rank = (published or "9999", article.id, pieces[0].start)
        out.append(Wording(witness=witness, text=article.text, tokens=tokens, rank=rank))
    return tuple(out)


def children(attributions: Iterable[Attribution]) -> Mapping[str, list[Span]]:
    """The contents of the attributions that stand in the content of each."""
    out: dict[str, list[Span]] = defaultdict(list)
    for attribution in attributions:
        if attribution.parent:
            out[attribution.parent] += attribution.content
    return out


# --- inside ---------------------------------------------------------------------------------------


def _linked(wordings: Sequence[Wording]) -> dict[int, dict[int, Collation]]:
    """For each wording those of other articles that give the same quotation, lined up with it."""
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, wording in enumerate(wordings):
        for key in _shingles(wording.tokens):
            index[key].append(n)
    out: dict[int, dict[int, Collation]] = defaultdict(dict)
    for n, wording in enumerate(wordings):
        shared: Counter[int] = Counter()
        for key in _shingles(wording.tokens):
            if len(index[key]) <= MAX_WITNESSES_OF_A_SHINGLE:
                shared.update(m for m in index[key] if m > n)
        for m, _ in shared.most_common(MAX_CANDIDATES):
            other = wordings[m]
            if other.witness.article_id == wording.witness.article_id:
                continue
            found = collation.collate(wording.tokens, other.tokens)
            if found.is_same_quotation:
                out[n][m] = found
                out.setdefault(m, {})
    return out


def _shingles(tokens: Sequence[Token]) -> set[tuple[str, ...]]:
    """Runs of words by which a wording is found: three in a row, or two that carry meaning."""
    content = [token.form for token in tokens if token.is_content]
    runs = {
        tuple(token.form for token in tokens[n : n + SHINGLE_WORDS])
        for n in range(len(tokens) - SHINGLE_WORDS + 1)
        if any(token.is_content for token in tokens[n : n + SHINGLE_WORDS])
    }
    return runs | {(a, b) for a, b in itertools.pairwise(content)}


def _variant(wordings: Sequence[Wording], collations: Sequence[Collation]) -> Variant:
    """The first wording as base, the changes of all others from it; substantive ones first."""
    changes = [
        Change(
            kind=turn.kind, witness=n, base=turn.a, other=turn.b, is_substantive=turn.is_substantive
        )
        for n, found in enumerate(collations, start=1)
        for turn in found.turns
    ]
    return Variant(
        witnesses=tuple(wording.witness for wording in wordings),
        changes=tuple(
            sorted(changes, key=lambda change: (not change.is_substantive, change.witness))
        ),
    )
