"""How like two passages are: what can be measured of a pair, and the trained judgement of it.

The measurements are made for many pairs at once; `left` and `right` are rows of `Units`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from retold.comparing.facts import Facts
from retold.comparing.units import NOTHING, Floats, Ints, Units

CHUNK = 2048  # pairs held in memory at a time
MAX_RANK = 20
USUAL = 8  # pairs of a passage by which it is told what is usual for it


def measure(units: Units, left: Ints, right: Ints) -> Floats:
    """What is alike and unlike in each pair: one row a pair, columns as in `NAMES`."""
    host = units.host[left], units.host[right]
    cosine = _cosine(units, left, right)
    exact = _by_length(_overlap, units, left, right)
    _, once, back = np.unique(
        _host_pair(units, left, right), return_index=True, return_inverse=True
    )
    hosts = host[0][once], host[1][once]
    near = [_cosine(units, *hosts), *(_neighbour_cosine(units, *hosts, step) for step in (-1, 1))]
    near = [column[back] for column in near]
    of_hosts = _by_length(_overlap, units, *hosts)[back]
    columns = [
        cosine,
        *near,
        *exact.T,
        *_by_length(_runs, units, left, right).T,
        *_named(units, left, right),
        *_lengths(units, left, right),
        of_hosts[:, 0],
        of_hosts[:, 1],
        of_hosts[:, 6],
        of_hosts[:, 2] - exact[:, 2],
        *_standing(units, left, right, cosine, near[0], exact[:, 1]),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


PAIR_NAMES = (
    "cosine", "host_cosine", "before_cosine", "after_cosine", "cover_low", "cover_high",
    "shared", "rarest", "soft_low", "soft_high", "soft_mean", "pairs_low", "pairs_high",
    "run", "run_share_low", "run_share_high", "quoted_run", "quoted_low", "quoted_high",
    "names_shared", "names_low", "names_high", "numbers_shared", "numbers_apart", "numbers_any",
    "times_shared", "times_apart", "times_any", "length_low", "length_high", "said_both",
    "said_one", "speaker_same", "speaker_apart", "title_one", "title_both", "place_low",
    "place_high", "place_apart", "of_host_low", "of_host_high", "host_cover_low",
    "host_cover_high", "host_soft", "rest_cover",
)  # fmt: skip
STANDING_NAMES = (
    "cosine_rank_low", "cosine_rank_high", "cosine_margin_low", "cosine_margin_high",
    "cover_rank_low", "cover_rank_high", "cosine_nested", "cosine_above_usual", "usual_low",
    "usual_high", "central_low", "central_high", "host_rank_low", "host_rank_high",
)  # fmt: skip
NAMES = PAIR_NAMES + STANDING_NAMES


# --- one pair by itself ---------------------------------------------------------------------------


def _by_length(
    compare: Callable[[Units, Ints, Ints], Floats], units: Units, left: Ints, right: Ints
) -> Floats:
    """`compare` for all pairs, a chunk of pairs of like length at a time: short ones cost less."""
    count = (units.forms >= 0).sum(1)
    order = np.argsort(np.maximum(count[left], count[right]), kind="stable")
    starts = range(0, max(1, len(order)), CHUNK)
    chunks = [order[at : at + CHUNK] for at in starts]
    found = np.concatenate([compare(units, left[rows], right[rows]) for rows in chunks])
    out = np.empty_like(found)
    out[order] = found
    return out


def _trimmed(units: Units, table: Ints, rows: Ints) -> Ints:
    """The columns of the rows up to the last that holds anything."""
    held = table[rows]
    width = int((held >= 0).sum(1).max(initial=1))
    return held[:, : max(2, width)]


def _cosine(units: Units, left: Ints, right: Ints) -> Floats:
    cosine: Floats = np.einsum("ij,ij->i", units.vectors[left], units.vectors[right])
    return cosine


def _neighbour_cosine(units: Units, left: Ints, right: Ints, step: int) -> Floats:
    """The cosine of the sentences before (step -1) or after both; 0 where either has none."""
    near = _neighbours(units, step)
    a, b = near[left], near[right]
    cosine: Floats = np.where((a >= 0) & (b >= 0), _cosine(units, a, b), 0.0)
    return cosine


def _neighbours(units: Units, step: int) -> Ints:
    """Of each host the host before or after it in the same article, NOTHING at the ends."""
    hosts = np.unique(units.host)
    out = np.full(len(units), NOTHING, np.int32)
    here, there = (hosts[:-1], hosts[1:]) if step > 0 else (hosts[1:], hosts[:-1])
    same = units.article[here] == units.article[there]
    out[here[same]] = there[same]
    return out


def _overlap(units: Units, left: Ints, right: Ints) -> Floats:
    """Shared words: how much of each passage the other covers, word for word and by meaning."""
    a, b = _trimmed(units, units.stems, left), _trimmed(units, units.stems, right)
    wa, wb = units.weight[left][:, : a.shape[1]], units.weight[right][:, : b.shape[1]]
    equal = (a[:, :, None] == b[:, None, :]) & (a[:, :, None] >= 0)
    in_b, in_a = equal.any(axis=2), equal.any(axis=1)
    like = np.matmul(units.meanings[a], units.meanings[b].transpose(0, 2, 1))
    like = np.where((a[:, :, None] >= 0) & (b[:, None, :] >= 0), like, 0.0)
    like = np.where(equal, 1.0, np.clip((like - 0.35) / 0.65, 0.0, 0.9))
    total_a, total_b = wa.sum(1) + 1e-3, wb.sum(1) + 1e-3
    cover_a, cover_b = (wa * in_b).sum(1) / total_a, (wb * in_a).sum(1) / total_b
    soft_a = (wa * like.max(axis=2)).sum(1) / total_a
    soft_b = (wb * like.max(axis=1)).sum(1) / total_b
    # two words in a row that both have, in the same order
    follows = (equal[:, :-1, :-1] & equal[:, 1:, 1:]).any(axis=2).sum(1)
    count_a, count_b = (a >= 0).sum(1), (b >= 0).sum(1)
    steps_low = follows / np.maximum(1, np.maximum(count_a, count_b) - 1)
    steps_high = follows / np.maximum(1, np.minimum(count_a, count_b) - 1)
    columns = [
        np.minimum(cover_a, cover_b),
        np.maximum(cover_a, cover_b),
        (wa * in_b).sum(1),
        (wa * in_b).max(axis=1),
        np.minimum(soft_a, soft_b),
        np.maximum(soft_a, soft_b),
        (soft_a + soft_b) / 2,
        steps_low,
        steps_high,
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _runs(units: Units, left: Ints, right: Ints) -> Floats:
    """The longest run of the same words in both, and how much of it stands in quotation marks."""
    a, b = _trimmed(units, units.forms, left), _trimmed(units, units.forms, right)
    qa, qb = units.quoted[left][:, : a.shape[1]], units.quoted[right][:, : b.shape[1]]
    length = np.zeros((len(left), b.shape[1] + 1), np.int16)
    in_quotes = np.zeros_like(length)
    best = np.zeros(len(left), np.int16)
    best_quoted = np.zeros(len(left), np.int16)
    for at in range(a.shape[1]):
        equal = (a[:, at, None] == b) & (a[:, at, None] >= 0)
        either = equal & (qa[:, at, None] | qb)
        length[:, 1:] = np.where(equal, length[:, :-1] + 1, 0)
        in_quotes[:, 1:] = np.where(either, in_quotes[:, :-1] + 1, 0)
        best = np.maximum(best, length.max(axis=1))
        best_quoted = np.maximum(best_quoted, in_quotes.max(axis=1))
    count_a, count_b = (a >= 0).sum(1), (b >= 0).sum(1)
    share_a, share_b = qa.sum(1) / np.maximum(1, count_a), qb.sum(1) / np.maximum(1, count_b)
    columns = [
        best,
        best / np.maximum(1, np.maximum(count_a, count_b)),
        best / np.maximum(1, np.minimum(count_a, count_b)),
        best_quoted,
        np.minimum(share_a, share_b),
        np.maximum(share_a, share_b),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _named(units: Units, left: Ints, right: Ints) -> list[Floats]:
    """Names, numbers and times that both have, and that only one has."""
    told = {row: _told(units.facts[row]) for row in np.union1d(left, right).tolist()}
    rows = []
    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        names_a, numbers_a, times_a = told[a]
        names_b, numbers_b, times_b = told[b]
        both = len(names_a & names_b)
        rows.append(
            (
                both,
                both / max(1, len(names_a), len(names_b)),
                both / max(1, min(len(names_a), len(names_b))),
                len(numbers_a & numbers_b),
                min(len(numbers_a - numbers_b), len(numbers_b - numbers_a)),
                bool(numbers_a) + bool(numbers_b),
                len(times_a & times_b),
                min(len(times_a - times_b), len(times_b - times_a)),
                bool(times_a) + bool(times_b),
            )
        )
    return list(np.array(rows, np.float32).reshape(len(left), 9).T)


def _told(fact: Facts) -> tuple[set[str], set[tuple[float, float]], set[str]]:
    """The words of the names in a passage, its numbers, and its times."""
    return (
        {word for name in fact.names for word in name.key.split()},
        {(number.low, number.high) for number in fact.numbers},
        {time.date for time in fact.times if time.date},
    )


def _lengths(units: Units, left: Ints, right: Ints) -> list[Floats]:
    """Lengths, voices and places of the two."""
    chars = (units.end - units.start).astype(np.float32)
    hosts = chars[units.host]
    count = np.log1p((units.stems >= 0).sum(1))
    said, title = units.is_said.astype(np.float32), units.is_title.astype(np.float32)
    speaker_a, speaker_b = units.speaker[left], units.speaker[right]
    named = (speaker_a >= 0) & (speaker_b >= 0)
    share = chars / hosts
    return [
        np.minimum(count[left], count[right]),
        np.maximum(count[left], count[right]),
        said[left] * said[right],
        np.abs(said[left] - said[right]),
        (named & (speaker_a == speaker_b)).astype(np.float32),
        (named & (speaker_a != speaker_b)).astype(np.float32),
        np.abs(title[left] - title[right]),
        title[left] * title[right],
        np.minimum(units.place[left], units.place[right]),
        np.maximum(units.place[left], units.place[right]),
        np.abs(units.place[left] - units.place[right]),
        np.minimum(share[left], share[right]),
        np.maximum(share[left], share[right]),
    ]


# --- a pair among the others ----------------------------------------------------------------------


def _standing(
    units: Units, left: Ints, right: Ints, cosine: Floats, by_host: Floats, cover: Floats
) -> list[Floats]:
    """How each pair stands among the pairs of the same passage with the same other article."""
    rank_a, margin_a = _rank(units, left, right, cosine)
    rank_b, margin_b = _rank(units, right, left, cosine)
    cover_a, _ = _rank(units, left, right, cover)
    cover_b, _ = _rank(units, right, left, cover)
    best = _best(_host_pair(units, left, right), cosine)
    host_a, _ = _rank(units, left, right, by_host)
    host_b, _ = _rank(units, right, left, by_host)
    return [
        np.minimum(rank_a, rank_b),
        np.maximum(rank_a, rank_b),
        np.minimum(margin_a, margin_b),
        np.maximum(margin_a, margin_b),
        np.minimum(cover_a, cover_b),
        np.maximum(cover_a, cover_b),
        cosine - best,
        *_usual(units, left, right, cosine),
        *_central(units, left, right),
        np.minimum(host_a, host_b),
        np.maximum(host_a, host_b),
    ]


def _usual(units: Units, left: Ints, right: Ints, cosine: Floats) -> list[Floats]:
    """The cosine above what is usual among the nearest of both, and what is usual."""
    both, value = np.concatenate([left, right]), np.concatenate([cosine, cosine])
    order = np.lexsort((-value, both))
    both, value = both[order], value[order]
    kept = np.arange(len(both)) - np.searchsorted(both, both) < USUAL
    count = np.bincount(both[kept], minlength=len(units))
    total = np.bincount(both[kept], value[kept], len(units))
    usual = (total / np.maximum(1, count)).astype(np.float32)
    low, high = np.minimum(usual[left], usual[right]), np.maximum(usual[left], usual[right])
    return [cosine - (low + high) / 2, low, high]


def _central(units: Units, left: Ints, right: Ints) -> list[Floats]:
    """How near each of the two is to what the story is about: the mean of its sentences."""
    hosts = np.unique(units.host)
    centre = units.vectors[hosts].sum(axis=0) / max(1, len(hosts))  # none in another language
    near = units.vectors @ (centre / max(float(np.linalg.norm(centre)), 1e-6))
    return [np.minimum(near[left], near[right]), np.maximum(near[left], near[right])]


def _host_pair(units: Units, left: Ints, right: Ints) -> NDArray[np.int64]:
    """One number for the pair of sentences in which the pair stands."""
    a, b = units.host[left].astype(np.int64), units.host[right].astype(np.int64)
    return np.minimum(a, b) * len(units) + np.maximum(a, b)


def _best(key: NDArray[np.int64], value: Floats) -> Floats:
    """The highest value among those with the same key."""
    _, inverse = np.unique(key, return_inverse=True)
    best = np.full(inverse.max(initial=-1) + 1, -np.inf)
    np.maximum.at(best, inverse, value)
    return best[inverse].astype(np.float32)


def _rank(units: Units, left: Ints, right: Ints, value: Floats) -> tuple[Floats, Floats]:
    """Among the pairs of a left passage with one other article: the rank of each by `value`, the
    sentences of the other article counted once, and its lead over the best other sentence."""
    group = left.astype(np.int64) * (units.article.max(initial=0) + 1) + units.article[right]
    order = np.lexsort((right, -np.round(value, 5), group))
    group, value, host = group[order], value[order], units.host[right][order]
    start = np.searchsorted(group, group)
    _, first, back = np.unique(group * len(units) + host, return_index=True, return_inverse=True)
    is_first = np.zeros(len(order), np.int64)
    is_first[first] = 1
    place = np.cumsum(is_first)
    ranked = place[first[back]] - place[start] if len(order) else place
    second = np.zeros(len(order), np.float32)
    is_second = (ranked == 1) & (is_first == 1)
    second[start[is_second]] = value[is_second]
    rank, lead = np.empty(len(order), np.float32), np.empty(len(order), np.float32)
    rank[order] = np.minimum(ranked, MAX_RANK)
    lead[order] = value - np.where(ranked == 0, second[start], value[start])
    return rank, lead
