"""How much of what readers found to be said through others is found, and how much else is shown.

    python -m training.nested

`nested.jsonl` beside this file holds all that readers found to be said through others in articles
of the AllSides corpus: a line an article, `{"story", "article", "held_out", "items": [{"content",
"source", "cue", "outer_source", "outer_cue", "kind"}]}`, each place [start, end], left out where
the text has none; `kind` is "said", "asked", "denied" or "thought". Nothing was fitted to it; forms
were looked for in the articles that are not held out, the others were not looked into.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evaluation.matching import MIN_JACCARD, Stretch, jaccard, words
from retold import pipeline
from retold.types import Article, Attribution
from training import allsides

NESTED = Path(__file__).with_name("nested.jsonl")
SURE = 0.5


def count(article: Article, items: Iterable[dict[str, Any]]) -> Counter[str]:
    """Of the labelled statements of an article how many are found and told through another, and of
    what is told through another, shown and sure, how much is labelled."""
    told = [a for a in pipeline.read(article).attributions if len(a.chain) > 1]
    asked = [words(article.text, [tuple(item["content"])]) for item in items]
    out = Counter(labelled=len(asked))
    right = {n: [g for g in asked if _is_same(article.text, a, g)] for n, a in enumerate(told)}
    out["told"] = sum(any(g in held for held in right.values()) for g in asked)
    for n, each in enumerate(told):
        for kind in ("shown", "sure") if each.score >= SURE else ("shown",):
            out[kind] += 1
            out[f"{kind}, labelled"] += bool(right[n])
    return out


def _is_same(text: str, found: Attribution, held: frozenset[Stretch]) -> bool:
    pieces = [(s.start, s.end) for s in found.content]
    return any(
        jaccard(words(text, form), held) >= MIN_JACCARD for form in (pieces, *([p] for p in pieces))
    )


def main() -> None:
    lines = [json.loads(line) for line in NESTED.read_text("utf8").splitlines()]
    held = dict(allsides.stories({line["story"] for line in lines}))
    totals: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
    for line in lines:
        if line["story"] in held:
            article = held[line["story"]][line["article"]]
            totals[line["held_out"]] += count(article, line["items"])
    for is_out, total in totals.items():
        print("held out" if is_out else "looked into", dict(total))


if __name__ == "__main__":
    main()
