"""How much of what readers found to be said through others is found, and how much else is shown.

    python -m training.nested

`nested.jsonl` beside this file holds all that readers found to be said through others in articles
of the AllSides corpus: a line an article, `{"story", "article", "held_out", "items": [{"content",
"source", "cue", "outer_source", "outer_cue", "kind", "chain"}]}`, each place [start, end], left out
where the text has none; `kind` is "said", "asked", "denied" or "thought", `chain` the last two
names. How sure chains are was fitted to the articles that are not held out (training/chains.py),
and forms were looked for in them; the others were not looked into.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from evaluation.matching import MIN_JACCARD, is_same_name, jaccard, words
from retold import pipeline
from retold.types import Article, Attribution, Span
from training import allsides

NESTED = Path(__file__).with_name("nested.jsonl")
SURE = 0.5
MAX_ACRONYM_CHARS = 5


def lines() -> list[dict[str, Any]]:
    """The labelled articles, in the order of the file."""
    return [json.loads(line) for line in NESTED.read_text("utf8").splitlines()]


def count(article: Article, items: Iterable[dict[str, Any]]) -> Counter[str]:
    """Of the labelled statements of an article how many are found and told through another, and
    with both names; of what is told through another, shown and sure, how much is labelled, and how
    much with both names."""
    reading = pipeline.read(article)
    named = {speaker.id: speaker.name for speaker in reading.speakers}
    told = [each for each in reading.attributions if len(each.chain) > 1]
    asked = [(Span(*item["content"]), item.get("chain", ())) for item in items]
    out = Counter(labelled=len(asked))
    same = [[is_same(article.text, each.content, place) for place, _ in asked] for each in told]
    right = [
        [
            is_it and _has_names(each, named, names)
            for is_it, (_, names) in zip(row, asked, strict=True)
        ]
        for each, row in zip(told, same, strict=True)
    ]
    out["told"] = sum(map(any, zip(*same, strict=True)))
    out["told, right"] = sum(map(any, zip(*right, strict=True)))
    for each, is_labelled, is_right in zip(told, map(any, same), map(any, right), strict=True):
        for kind in ("shown", "sure") if each.chain_score >= SURE else ("shown",):
            out[kind] += 1
            out[f"{kind}, labelled"] += is_labelled
            out[f"{kind}, right"] += is_right
    return out


def is_same(text: str, content: Sequence[Span], place: Span) -> bool:
    """True if the words of the content, or of a piece of it, are those at `place`."""
    asked = words(text, [(place.start, place.end)])
    pieces = [(span.start, span.end) for span in content]
    forms = (pieces, *([piece] for piece in pieces))
    return any(jaccard(words(text, form), asked) >= MIN_JACCARD for form in forms)


def is_like(one: str, other: str) -> bool:
    """True if two names may be one's: the words of one are in the other, or it is short for it."""
    if is_same_name(one, other):
        return True
    short, long = sorted((one, other), key=len)
    if short.isupper() and len(short) <= MAX_ACRONYM_CHARS:
        return short == "".join(re.findall(r"\b[A-Z]", long))
    return False


def _has_names(each: Attribution, named: dict[str, str], names: Sequence[str]) -> bool:
    """True if the chain ends with these names."""
    shown = [named[hop.speaker_id] for hop in each.chain[-2:]]
    return len(names) == len(shown) and all(map(is_like, shown, names))


def main() -> None:
    held = dict(allsides.stories({line["story"] for line in lines()}))
    totals: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
    for line in lines():
        if line["story"] in held:
            article = held[line["story"]][line["article"]]
            totals[line["held_out"]] += count(article, line["items"])
    for is_out, total in totals.items():
        print("held out" if is_out else "looked into", dict(total))


if __name__ == "__main__":
    main()
