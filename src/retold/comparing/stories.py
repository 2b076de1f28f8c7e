"""A mixed pile of readings put into stories: readings of one event together.

Two articles are near when they share telling names and words and their vectors lie together, and
further apart when they were published on different days. A reading joins the story to whose
readings it is near on average; an index of rare words keeps the number of comparisons small.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from retold.comparing import facts, units
from retold.comparing.units import Floats
from retold.spans import cut
from retold.types import Reading, SectionKind, Story

# how near is near, and what counts for it: the best mean B³ of `evaluation.grouping` on both splits
NEAR = 0.08
MEANING = 0.6
USUAL_COSINE = 0.4
APART = 0.5
UNDATED = 0.2
HEAD_PASSAGES = 40  # an event is told at the head of its articles
TELLING_WORDS = 40  # of an article, by which others are looked up
MAX_ARTICLES_OF_A_WORD = 60  # looked up by a word that more have, all would be near
FADING_DAYS = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sketch:
    """What of an article tells its event: the weight of its words, its vector, its day."""

    words: Mapping[str, float]
    vector: Floats
    day: int | None


def group(readings: Sequence[Reading], *, dated: bool = True) -> tuple[Story, ...]:
    """The readings of each event together; the largest story first, then in order of publication.

    A reading that no other is near is a story of its own. Without `dated` it does not count when
    they were published: an event may be told again after years.
    """
    held = in_order(readings)
    sketches = _sketches(held, dated=dated)
    near = _near(sketches)
    groups = _joined(len(held), near)
    groups.sort(key=lambda rows: (-len(rows), rows))
    return tuple(_story(tuple(held[row] for row in rows)) for rows in groups)


def in_order(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """The readings of different articles, by date of publication, outlet and id; undated last."""
    once = {r.article.id: r for r in readings}
    return tuple(
        sorted(
            once.values(),
            key=lambda r: (
                r.article.published or dt.date.max,
                r.article.outlet or "",
                r.article.id,
            ),
        )
    )


# --- inside ---------------------------------------------------------------------------------------


def _story(readings: tuple[Reading, ...]) -> Story:
    ids = "\0".join(sorted(r.article.id for r in readings))
    return Story(id=hashlib.sha256(ids.encode()).hexdigest()[:12], readings=readings)


def _sketches(readings: Sequence[Reading], *, dated: bool) -> list[_Sketch]:
    counts = [_counts(reading) for reading in readings]
    having: Counter[str] = Counter(word for count in counts for word in count)
    known = units.lexicon()
    out = []
    for reading, count in zip(readings, counts, strict=True):
        weights = {}
        for word, times in count.items():
            here = math.log((1 + len(readings)) / having[word]) / math.log(1 + len(readings))
            weights[word] = (1 + math.log(times)) * known.rarity(word) * (0.5 + here / 2)
        norm = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        published = reading.article.published if dated else None
        out.append(
            _Sketch(
                words={word: weight / norm for word, weight in weights.items()},
                vector=_vector(reading),
                day=published.toordinal() if published else None,
            )
        )
    return out


def _counts(reading: Reading) -> Counter[str]:
    """How often each stem stands in the article; a word of the title counts three times, a name
    twice."""
    out: Counter[str] = Counter()
    text = reading.article.text
    title = next((s.span for s in reading.article.sections if s.kind is SectionKind.TITLE), None)
    heading = cut(text, title).casefold() if title else ""
    for word in facts.words(reading):
        if word.is_content:
            in_title = title is not None and word.span.start < title.end and bool(heading)
            out[word.stem] += 3 if in_title else 2 if word.is_name else 1
    return out


def _vector(reading: Reading) -> Floats:
    """The mean of the vectors of the first passages, unit length."""
    rows = np.frombuffer(reading.vectors, np.int8).reshape(-1, units.VECTOR_SIZE)
    if not len(rows):
        return np.zeros(units.VECTOR_SIZE, np.float32)
    mean = rows[:HEAD_PASSAGES].astype(np.float32).mean(axis=0)
    vector: Floats = (mean / max(float(np.linalg.norm(mean)), 1e-6)).astype(np.float32)
    return vector


def _near(sketches: Sequence[_Sketch]) -> dict[tuple[int, int], float]:
    """How near the articles are that share a telling word: higher is nearer, by row and row."""
    having: dict[str, list[int]] = defaultdict(list)
    for row, sketch in enumerate(sketches):
        top = sorted(sketch.words, key=lambda word: (-sketch.words[word], word))[:TELLING_WORDS]
        for word in top:
            having[word].append(row)
    looked_at: set[tuple[int, int]] = set()
    for rows in having.values():
        if len(rows) <= max(MAX_ARTICLES_OF_A_WORD, int(0.02 * len(sketches))):
            looked_at.update((a, b) for at, a in enumerate(rows) for b in rows[at + 1 :])
    return {pair: _nearness(sketches[pair[0]], sketches[pair[1]]) for pair in sorted(looked_at)}


def _nearness(a: _Sketch, b: _Sketch) -> float:
    """Shared words and meaning, less for every day between the two."""
    small, large = (a.words, b.words) if len(a.words) < len(b.words) else (b.words, a.words)
    words = sum(weight * large[word] for word, weight in small.items() if word in large)
    meaning = max(0.0, float(a.vector @ b.vector) - USUAL_COSINE)
    if a.day is None or b.day is None:
        return words + MEANING * meaning - UNDATED
    return words + MEANING * meaning - APART * (1 - math.exp(-abs(a.day - b.day) / FADING_DAYS))


def _joined(count: int, near: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """Groups of rows, joined from the nearest down while they are near on average."""
    group_of = list(range(count))
    groups = {row: [row] for row in range(count)}
    for (a, b), nearness in sorted(near.items(), key=lambda item: (-item[1], item[0])):
        if nearness < NEAR:
            break
        one, other = group_of[a], group_of[b]
        if one == other:
            continue
        links = [near.get((min(x, y), max(x, y)), 0.0) for x in groups[one] for y in groups[other]]
        if sum(links) < NEAR * len(links):
            continue
        groups[one] += groups.pop(other)
        for row in groups[one]:
            group_of[row] = one
    return [sorted(rows) for rows in groups.values()]
