"""Fit how sure a chain is to what readers found to be said through others.

    python -m training.chains --shared ../shared

Writes `models/chains.json`. Right is a chain whose last two names are those that the reader gives
to the same words. It learns from the training stories, from `nested.jsonl` but for the articles
held out, and from `judged_chains.jsonl`: a line an article of the corpus `news_12k`, `{"url",
"items": [{"content", "chain", "right"}]}`, with what was shown there and whether a reader took it
to be so; `content` is where the words begin and end, `chain` the last two names. What is printed
was judged on folds of stories apart from the fit, and then on the articles held out.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.speakers import bare
from retold.comparing import people
from retold.reading import (
    attributions,
    chains,
    confidence,
    confidence_chains,
    hearsay,
    speakers,
    statements,
)
from retold.reading.encoder import Encoder
from retold.types import Article, Hop, Span, Triple
from training import allsides, nested, news, stories
from training.confidence import fitted, show

JUDGED = Path(__file__).with_name("judged_chains.jsonl")
MODEL = Path(__file__).parents[1] / "src" / "retold" / "models" / "chains.json"
STRENGTH = 0.3
HELD_OUT = "held out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A chain of two or more as it is shown: its words, its last two names, what is measured."""

    article: Article
    triple: Triple
    names: tuple[str, str]
    features: tuple[float, ...]


def shown(articles: Sequence[Article], encoder: Encoder) -> Iterator[Shown]:
    """The chains that the readings of the articles of a story show, with the names that the story
    gives to their speakers."""
    found = [_chains(article, encoder) for article in articles]
    merged = people.merge([bare(a, cast) for a, (cast, _) in zip(articles, found, strict=True)])
    named = {speaker.id: speaker.name for speaker in merged.speakers}
    for article, (_, held) in zip(articles, found, strict=True):
        for triple, chain, features in held:
            above, below = (named[merged.of[hop.speaker_id]] for hop in chain[-2:])
            yield Shown(article=article, triple=triple, names=(above, below), features=features)


Measured = tuple[Triple, tuple[Hop, ...], tuple[float, ...]]


def _chains(article: Article, encoder: Encoder) -> tuple[speakers.Cast, list[Measured]]:
    """Who speaks in an article, and what is measured of each chain of two or more."""
    states = encoder.encode(article)
    triples = hearsay.add(article, attributions.extract(article, states, encoder))
    mentions = attributions.mentions(article, states, encoder)
    stage = speakers.settled(article, triples, mentions, states)
    drawn = chains.draw(stage)
    cast = speakers.resolve(article, triples, mentions, states)
    told, _ = statements.without_own_minds(article, triples, cast)
    kept = {(triple.cue, triple.content) for triple in told}
    return cast, [
        (triple, resolution.chain, tuple(confidence_chains.features(stage, index, drawn[index])))
        for index, (triple, resolution) in enumerate(zip(triples, cast.resolutions, strict=True))
        if len(resolution.chain) > 1
        and resolution.speaker_id is not None
        and (triple.cue, triple.content) in kept
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A chain of a story, whether it is right in both names, and of which part it is."""

    story: str
    features: tuple[float, ...]
    is_right: bool
    part: str


def of_gold(shared: Path, encoder: Encoder) -> Iterator[Row]:
    """The chains of the training stories."""
    for story, read in itertools.groupby(stories.stories(shared), key=lambda each: each.story):
        held = list(read)
        asked = {
            each.article.id: [
                (place, tuple(statement["chain"][-2:]))
                for statement, place in zip(each.statements, each.spans, strict=True)
                if len(statement.get("chain") or ()) > 1
            ]
            for each in held
        }
        for each in shown([one.article for one in held], encoder):
            yield _row(story, "training stories", each, asked[each.article.id])


def of_nested(encoder: Encoder) -> Iterator[Row]:
    """The chains of the articles in which readers noted all that is said through others."""
    lines = nested.lines()
    held = dict(allsides.stories({line["story"] for line in lines}))
    for line in lines:
        if line["story"] in held:
            asked = [(Span(*item["content"]), tuple(item["chain"])) for item in line["items"]]
            part = HELD_OUT if line["held_out"] else "looked into"
            for each in shown([held[line["story"]][line["article"]]], encoder):
                yield _row(line["story"], part, each, asked)


def of_judged(encoder: Encoder) -> Iterator[Row]:
    """The chains that a reader judged one by one and that are shown still."""
    lines = [json.loads(line) for line in JUDGED.read_text("utf8").splitlines()]
    judged = {line["story"]: line["items"] for line in lines}
    for story, articles in news.articles(judged):
        known = {(item["content"][0], *item["chain"]): item["right"] for item in judged[story]}
        for each in shown(articles, encoder):
            is_right = known.get((each.triple.content[0].start, *each.names))
            if is_right is not None:
                yield Row(story=story, features=each.features, is_right=is_right, part="judged")


Asked = tuple[Span, tuple[str, ...]]  # where the words stand, and the last two names


def _row(story: str, part: str, each: Shown, asked: Sequence[Asked]) -> Row:
    is_right = any(
        nested.is_same(each.article.text, each.triple.content, place)
        and all(map(nested.is_like, each.names, names))
        for place, names in asked
    )
    return Row(story=story, features=each.features, is_right=is_right, part=part)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    options = parser.parse_args()
    encoder = Encoder.default()
    rows = [*of_gold(options.shared, encoder), *of_nested(encoder), *of_judged(encoder)]
    learned = [row for row in rows if row.part != HELD_OUT]
    weights, folds, truth = fitted(
        [(row.story, (row.features, row.is_right)) for row in learned], strength=STRENGTH
    )
    parts = np.array([row.part for row in learned])
    for part in dict.fromkeys(parts):
        print(f"{part}, on folds of stories apart from the fit:")
        here = parts == part
        show(folds[here], truth[here], bounds=(0.0, 0.3, 0.5, 0.7), gold=int(truth[here].sum()))
    out = [row for row in rows if row.part == HELD_OUT]
    scores = np.array([confidence.score(row.features, weights) for row in out])
    right = np.array([row.is_right for row in out])
    print("held out:")
    show(scores, right, bounds=(0.0, 0.3, 0.5, 0.7), gold=int(right.sum()))
    MODEL.write_text(json.dumps(_record(learned, weights), indent=1) + "\n", "utf8")


def _record(learned: Sequence[Row], weights: Sequence[float]) -> dict[str, Any]:
    return {
        "origin": "python -m training.chains",
        "data": f"{len(learned)} chains that were shown, {sum(row.is_right for row in learned)} "
        "of them right: of the training stories, nested.jsonl but for what is held out, and "
        "judged_chains.jsonl",
        "licence": "Apache-2.0",
        "weights": dict(zip(confidence_chains.NAMES, weights, strict=True)),
    }


if __name__ == "__main__":
    main()
