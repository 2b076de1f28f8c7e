"""PolNeAR as its scorer sees it: the articles, what was found in them, and which of it is right."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

HALF = 0.5
Record = Mapping[str, Any]
Words = Mapping[str, set[Any]]


@dataclass(frozen=True, slots=True)
class Side:
    """The attributions of one side of an article, with their words as the scorer counts them."""

    records: Sequence[Record]
    words: Sequence[Words]
    is_direct: Sequence[bool]


@dataclass(frozen=True, slots=True)
class Scored:
    """An article; `pairs` leads from gold to found where content and source are both right."""

    name: str
    text: str
    gold: Side
    found: Side
    pairs: Mapping[int, int]


def scorer(data: Path) -> ModuleType:
    """The scorer that lies with the research data."""
    path = data / "score" / "score_attributions.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scored(data: Path, rows: Iterable[Mapping[str, Any]]) -> Iterator[Scored]:
    """The articles of the dev part, as they come out with what was found, `rows`."""
    module = scorer(data)
    held: dict[str, list[Record]] = {}
    for row in rows:
        record = {role: module.as_pieces(row[role]) for role in module.ROLES}
        if record not in held.setdefault(row["doc"], []):
            held[row["doc"]].append(record)
    for name, article in module.load_polnear(data / "data" / "polnear" / "dev").items():
        kept = [r for r in held.get(name, ()) if not _is_discarded(article, r)]
        gold, found = _side(module, article, article.gold), _side(module, article, kept)
        yield Scored(name, article.text, gold, found, _pairs(module, gold, found))


def _is_discarded(article: Any, record: Record) -> bool:
    """True for what lies mostly where the annotators were told not to look."""
    size = sum(end - start for start, end in record["content"])
    inside = sum(
        max(0, min(end, last) - max(start, first))
        for start, end in record["content"]
        for first, last in article.ignore
    )
    return 2 * inside > size


def _side(module: ModuleType, article: Any, records: Sequence[Record]) -> Side:
    merged = module.merge(article, records)
    return Side(
        merged,
        [
            {r: module.words_of(article, module.trimmed(article, m[r])) for r in module.ROLES}
            for m in merged
        ],
        [module.is_direct(article, m["content"]) for m in merged],
    )


def _pairs(module: ModuleType, gold: Side, found: Side) -> Mapping[int, int]:
    def alike(i: int, j: int) -> float:
        ours, theirs = gold.words[i], found.words[j]
        values = [overlap(ours[role], theirs[role]) for role in ("content", "source")]
        return sum(values) if min(values) >= HALF else 0.0

    pairs: Mapping[int, int] = module.pair_up(len(gold.records), len(found.records), alike)
    return pairs


def overlap(left: set[Any], right: set[Any]) -> float:
    """The Jaccard index; two empty sets agree."""
    return len(left & right) / len(left | right) if left or right else 1.0
