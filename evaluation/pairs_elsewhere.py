"""How well pairs of passages are judged on corpora that nothing here was trained or tuned on.

    python -m evaluation.pairs_elsewhere [--topics 8] [--only claimdiff|ecbplus]

ClaimDiff: pairs of claims from two outlets' full articles; to be told are those that strengthen or
weaken each other from those that do neither. ECB+: pairs of sentences of different articles on one
event; to be told are those in which annotators marked the same happening. The figure is average
precision over all labelled pairs (chance is the share of positives), of the likeliest pair of
passages in the two sentences, beside that of the plain cosine of the two sentences' vectors.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import tarfile
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evaluation.matching import Stretch, find
from evaluation.stories import research_data
from retold import read, sources
from retold.comparing import candidates, facts, likeness, trees, units
from retold.types import Reading

CORPORA = Path("data") / "corpora"
ECB_TOPICS = (2, 5, 12, 18, 21, 23, 34, 35)  # the usual part for development
EVENT = "ACT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Two places in two articles of one story, and whether they are labelled as alike."""

    first: tuple[int, Stretch]
    second: tuple[int, Stretch]
    is_alike: bool


def scores(readings: Sequence[Reading], asked: Sequence[Asked]) -> list[tuple[float, float]]:
    """For each pair how likely it is judged to tell the same thing, and its plain cosine."""
    held = units.gather(readings, [facts.of(reading) for reading in readings])
    left, right = candidates.find(held)
    judged = trees.load("pairs").judge(likeness.measure(held, left, right))
    table: dict[tuple[int, int], float] = {
        (a, b): p for a, b, p in zip(left.tolist(), right.tolist(), judged.tolist(), strict=True)
    }
    out = []
    for one in asked:
        rows, others = (_rows(held, place) for place in (one.first, one.second))
        likeliest = max(
            (table.get((min(a, b), max(a, b)), 0.0) for a in rows for b in others), default=0.0
        )
        cosine = max(
            (float(held.vectors[a] @ held.vectors[b]) for a in rows[:1] for b in others[:1]),
            default=0.0,
        )
        out.append((likeliest, cosine))
    return out


def average_precision(values: Sequence[float], alike: Sequence[bool]) -> float:
    """The mean of the precision at each positive, equal values in order of place."""
    order = np.argsort(-np.asarray(values), kind="stable")
    hits = np.asarray(alike)[order]
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float(precision[hits].mean()) if hits.any() else 0.0


def claimdiff(archive: Path, topics: int) -> Iterator[tuple[list[Reading], list[Asked]]]:
    """The topics of which both articles are there in full, each with its labelled pairs."""
    for row in _rows_of(archive, "stories.jsonl.gz")[:topics]:
        story = json.loads(row)
        readings = [
            read(
                sources.article(
                    f"{each['title']}\n\n{each['text']}", outlet=each["outlet"], title=each["title"]
                )
            )
            for each in story["articles"]
        ]
        at = {each["title"]: number for number, each in enumerate(story["articles"])}
        asked = []
        for pair in story["pairs"]:
            places = [
                (at[pair[f"article_{side}"]], pair[f"claim_{side}"])
                for side in "ab"
                if pair[f"article_{side}"] in at
            ]
            found = [(n, find(readings[n].article.text, words)) for n, words in places]
            if len(found) == 2 and found[0][1] and found[1][1] and found[0][0] != found[1][0]:
                is_alike = bool(pair.get("strength") or pair.get("weak"))
                (n, first), (m, second) = found
                asked.append(Asked(first=(n, first), second=(m, second), is_alike=is_alike))
        yield readings, asked


def ecbplus(archive: Path, topics: int) -> Iterator[tuple[list[Reading], list[Asked]]]:
    """The events of the first topics: articles of one event, all pairs of annotated sentences."""
    with tarfile.open(archive) as packed:
        documents: dict[tuple[int, str], list[str]] = defaultdict(list)
        for member in packed.getmembers():
            named = re.search(r"/(\d+)_\d+(ecb|ecbplus)\.xml$", member.name)
            file = packed.extractfile(member) if named else None
            if named and file and int(named[1]) in ECB_TOPICS[:topics]:
                documents[int(named[1]), named[2]].append(file.read().decode("utf-8"))
    for _, held in sorted(documents.items()):
        yield _event(held)


def _event(documents: Sequence[str]) -> tuple[list[Reading], list[Asked]]:
    readings, marked = [], []
    for number, document in enumerate(documents):
        text, found = _sentences(ET.fromstring(document))  # noqa: S314 - a corpus on this disk
        readings.append(read(sources.article(text, outlet=f"outlet {number}")))
        marked += [(number, span, events) for span, events in found if events]
    asked = [
        Asked(first=(n, span), second=(m, other), is_alike=bool(events & others))
        for at, (n, span, events) in enumerate(marked)
        for m, other, others in marked[at + 1 :]
        if n != m
    ]
    return readings, asked


def _sentences(root: ET.Element) -> tuple[str, list[tuple[Stretch, frozenset[str]]]]:
    """The text, a sentence a line, and of each sentence its place and the events marked in it."""
    events = _events(root)
    lines: dict[str, list[ET.Element]] = defaultdict(list)
    for token in root.iter("token"):
        lines[token.get("sentence", "")].append(token)
    text, out = "", []
    for tokens in lines.values():
        start = len(text)
        text += " ".join(token.text or "" for token in tokens)
        marked = (events.get(token.get("t_id", ""), frozenset()) for token in tokens)
        out.append(((start, len(text)), frozenset().union(*marked)))
        text += "\n\n"
    return text, out


def _events(root: ET.Element) -> Mapping[str, frozenset[str]]:
    """For each token the happenings, known across articles, whose mention it is part of."""
    anchors = {
        mark.get("m_id"): [anchor.get("t_id", "") for anchor in mark.iter("token_anchor")]
        for mark in root.iter()
        if mark.get("m_id") and mark.find("token_anchor") is not None
    }
    out: dict[str, set[str]] = defaultdict(set)
    for link in root.iter("CROSS_DOC_COREF"):
        note = link.get("note", "")
        if note.startswith(EVENT):
            for mention in link.iter("source"):
                for token in anchors.get(mention.get("m_id"), ()):
                    out[token].add(note)
    return {token: frozenset(notes) for token, notes in out.items()}


def _rows(held: units.Units, place: tuple[int, Stretch]) -> list[int]:
    """The passages that share half of themselves with a place, the widest first."""
    article, (start, end) = place
    shared = np.minimum(held.end, end) - np.maximum(held.start, start)
    length = held.end - held.start
    rows = np.flatnonzero((held.article == article) & (shared * 2 >= length))
    return [int(row) for row in rows[np.argsort(-length[rows], kind="stable")]]


def _rows_of(archive: Path, name: str) -> list[str]:
    with tarfile.open(archive) as packed:
        member = next(m for m in packed.getmembers() if m.name.endswith(name))
        file = packed.extractfile(member)
        return gzip.decompress(file.read()).decode("utf-8").splitlines() if file else []


CORPUS = {"claimdiff": ("claimdiff_fulltext", claimdiff), "ecbplus": ("ecbplus", ecbplus)}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--topics", type=int, default=100, help="the first so many of each")
    parser.add_argument("--only", choices=tuple(CORPUS))
    options = parser.parse_args()
    data = research_data()
    for name, (folder, stories) in CORPUS.items():
        archive = data / CORPORA / f"{folder}.tar.gz" if data else None
        if options.only not in (None, name):
            continue
        if archive is None or not archive.exists():
            print(f"skipped: no {folder} beside the repository", file=sys.stderr)
            continue
        judged: list[tuple[float, float]] = []
        alike: list[bool] = []
        for readings, asked in stories(archive, options.topics):
            judged += scores(readings, asked)
            alike += [one.is_alike for one in asked]
        ours, plain = zip(*judged, strict=True)
        figures = {
            "pairs": len(alike),
            "alike": round(sum(alike) / len(alike), 3),
            "judged": round(average_precision(ours, alike), 3),
            "cosine": round(average_precision(plain, alike), 3),
        }
        print(json.dumps({name: figures}), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
