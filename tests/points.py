"""An invented story in two accounts, with claims of any of their words."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence

from retold.types import Claim, Passage, Report
from tests import stories

QUAY = """The quay at Varn

The quay is shut, and two boats sank there on Monday. Anna Holt called it a calm night.
Nobody was hurt. The mayor will speak on Friday in the town hall of Varn."""
BOATS = """Two boats sink

Two boats sank at the quay on Monday, so the quay is shut. It was a calm night in Varn.
The mayor is silent. No one was hurt, the harbour master said in a short statement."""


def story(*claims: tuple[Sequence[str], float]) -> Report:
    """The two accounts, each also as its sentences, with claims of the words of either."""
    articles = (
        stories.article(QUAY, outlet="Varn Post", published=None),
        stories.article(BOATS, outlet="Harbour Wire", published=None),
    )
    sentences = [
        [f"{s}." for line in a.text.split("\n")[2:] for s in line.rstrip(".").split(". ")]
        for a in articles
    ]
    number = itertools.count()

    def passage(words: str) -> Passage:
        article = next(a for a in articles if words in a.text)
        span = stories.find(article, words)
        return Passage(id=f"p{next(number)}", article_id=article.id, span=span, attribution_id=None)

    made = []
    for n, (told, score) in enumerate(claims):
        passages = tuple(passage(words) for words in told)
        tellings = tuple((i,) for i in dict.fromkeys(p.article_id for p in passages))
        made.append(
            Claim(
                id=f"c{n}",
                passages=passages,
                tellings=tellings,
                silent=(),
                differences=(),
                variants=(),
                score=score,
            )
        )
    return dataclasses.replace(
        stories.bare(),
        articles=articles,
        speakers=(),
        attributions=(),
        passages=tuple(passage(words) for held in sentences for words in held),
        claims=tuple(made),
        timeline=(),
        wording=(),
        tellings=(),
    )


SHUT = (("The quay is shut", "the quay is shut"), 0.9)
SANK = (("two boats sank there on Monday", "Two boats sank at the quay on Monday"), 0.8)
CALM = (("Anna Holt called it a calm night.", "It was a calm night in Varn."), 0.7)
