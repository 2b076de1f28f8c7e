"""Invented stories of any size: many accounts, or one that is long and hostile."""

from __future__ import annotations

import dataclasses
import datetime as dt

from retold.types import (
    Article,
    Attribution,
    Claim,
    Difference,
    DifferenceKind,
    Facet,
    Passage,
    Report,
    Span,
    SpeakerKind,
    Telling,
    Value,
)
from tests import stories

SPEAKERS = 20
SAID = "Speaker{who} said that bridge {n} would cost {price} million crowns before winter."
HOSTILE_WORDS = (
    "<b onclick=alert(1)>wörd</b> 👩‍👩‍👧 \u202eesrever\u202c zero\u200bwidth &amp; “forged” "
)


def crowd(*, accounts: int, paragraphs: int, filling: str = "") -> Report:
    """Accounts that each tell the same things, every third with other figures, each by a speaker;
    `filling` goes before each statement."""
    articles, attributions, passages = [], [], []
    told: list[list[tuple[Passage, Value]]] = [[] for _ in range(paragraphs)]
    for number in range(accounts):
        article = _article(number, paragraphs, filling)
        articles.append(article)
        for n in range(paragraphs):
            attribution, passage, value = _statement(article, number, n)
            attributions.append(attribution)
            passages.append(passage)
            told[n].append((passage, value))
    ids = [a.id for a in articles]
    return Report(
        articles=tuple(articles),
        speakers=tuple(
            stories.speaker(
                f"s{who}",
                f"Speaker{who}",
                SpeakerKind.PERSON,
                *((a, f"Speaker{who} ") for a in articles if f"Speaker{who} " in a.text),
            )
            for who in range(SPEAKERS)
        ),
        attributions=tuple(attributions),
        passages=tuple(passages),
        claims=tuple(_claim(n, held, ids) for n, held in enumerate(told)),
        timeline=(),
        wording=(),
        tellings=tuple(Telling(id=f"t{i}", article_ids=(i,), why="") for i in ids),
    )


def _words(number: int, n: int) -> tuple[int, str]:
    who = n % SPEAKERS
    return who, SAID.format(who=who, n=n, price=10 + n + (number % 3 == 0))


def _article(number: int, paragraphs: int, filling: str) -> Article:
    lines = [filling + _words(number, n)[1] for n in range(paragraphs)]
    return stories.article(
        f"Account {number}\n\n" + "\n\n".join(lines),
        outlet=f"Outlet {number}",
        published=dt.date(2031, 5, 1) + dt.timedelta(days=number),
    )


def _statement(article: Article, number: int, n: int) -> tuple[Attribution, Passage, Value]:
    who, words = _words(number, n)
    start = article.text.index(words)
    content = Span(start + words.index("that"), start + len(words) - 1)
    cue = Span(start + words.index("said"), start + words.index("said") + 4)
    source = Span(start, start + len(f"Speaker{who}"))
    bare = stories.attributions(article, f"{{q1 {words[:2]}}}", [(f"s{who}",)])[0]
    attribution = dataclasses.replace(
        bare, id=f"{article.id}.a{n}", source=(source,), cue=(cue,), content=(content,)
    )
    passage = Passage(
        id=f"{article.id}.p{n}",
        article_id=article.id,
        span=content,
        attribution_id=attribution.id,
    )
    price = words.split()[words.split().index("cost") + 1]
    at = start + words.index(f"{price} million")
    value = Value(article_id=article.id, span=Span(at, at + len(price)), value=price)
    return attribution, passage, value


def _claim(n: int, held: list[tuple[Passage, Value]], ids: list[str]) -> Claim:
    return Claim(
        id=f"c{n}",
        passages=tuple(passage for passage, _ in held),
        tellings=tuple((i,) for i in ids),
        silent=(),
        differences=(
            Difference(
                facet=Facet.NUMBER,
                kind=DifferenceKind.CONFLICT,
                values=tuple(value for _, value in held),
                score=0.9,
            ),
        ),
        variants=(),
        score=0.9,
    )
