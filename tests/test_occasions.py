"""When, where and to whom a statement was made. The article is invented."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from retold import marked, spans
from retold.showing import html, occasions, terminal, view
from retold.types import Article, Attribution, Report, SpeakerKind, TimeExpression
from tests import stories

TEXT = """News

In her interview with Tom Reuter this week, {s1 Ann Ode} {c1 said} {q1 the dam was sound}. \
{q2 “{s3 Weiss} {c3 told} us at a dinner, {q3 ‘It will hold,’}”} {s2 Ode} {c2 went on}.

{s4 Weiss} {c4 told} the Herald in May {q4 that it leaked}. {s5 Ode} {c5 warned} {q5 them all}.

{s6 Ode} {c6 answered} {q6 that nobody had told her}."""
CHAINS = [("ode",), ("ode",), ("ode", "weiss"), ("weiss",), ("ode",), ("weiss", "ode")]
# by number of the statement: whom it was said to, where, and when, as the text says it
SAID = {
    0: {"venue": "In her interview with Tom Reuter", "said": "this week"},
    1: {"said": "this week"},
    2: {"venue": "at a dinner", "addressee": "us"},
    3: {"venue": "told the Herald", "said": "in May"},
    4: {"addressee": "them"},
}


def report() -> Report:
    plain, _ = marked.parse(TEXT)
    article = stories.article(plain, outlet="Post", published=dt.date(2031, 5, 9))
    found = stories.attributions(article, TEXT, CHAINS)
    return dataclasses.replace(
        stories.bare(),
        articles=(article,),
        attributions=tuple(_said(article, each, SAID.get(n, {})) for n, each in enumerate(found)),
        speakers=(
            stories.speaker("ode", "Ann Ode", SpeakerKind.PERSON, (article, "Ann Ode")),
            stories.speaker("weiss", "Karl Weiss", SpeakerKind.PERSON, (article, "Weiss")),
        ),
        passages=(),
    )


def _said(article: Article, attribution: Attribution, words: dict[str, str]) -> Attribution:
    place = {kind: stories.find(article, form) for kind, form in words.items()}
    said = place.pop("said", None)
    time = TimeExpression(span=said, date=None) if said else None
    return dataclasses.replace(attribution, said=time, **place)


def told(number: int) -> list[str]:
    """The occasions of a statement, each with whose it is where several speak."""
    seen = view.of(report())
    text = seen.report.articles[0].text
    out = []
    for each in occasions.of(seen, seen.report.attributions[number]):
        words = [f"{piece.lead} {spans.cut(text, piece.span)}".strip() for piece in each.pieces]
        out.append(": ".join(filter(None, (each.name, ", ".join(words)))))
    return out


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, ["In her interview with Tom Reuter this week"]),
        (1, ["In her interview with Tom Reuter this week"]),
        (2, ["Ann Ode: In her interview with Tom Reuter this week", "Karl Weiss: at a dinner"]),
        (3, ["to the Herald in May"]),
        (4, []),
        (5, ["Karl Weiss: to the Herald in May"]),
    ],
    ids=["its own", "its account's", "of each", "an outlet", "a pronoun", "of who told it"],
)
def test_an_occasion_is_told_in_the_words_of_the_text(number: int, expected: list[str]) -> None:
    """Where, to whom and when, of each on whose word it came; a pronoun says nothing by itself."""
    assert told(number) == expected


def test_an_occasion_is_told_once() -> None:
    """Words that open an account, though taken for another's, are of the one who speaks in it."""
    whole = report()
    outer, inner = whole.attributions[1:3]
    same = dataclasses.replace(
        inner, venue=None, addressee=None, said=outer.said, speaker_id="weiss"
    )
    seen = view.of(dataclasses.replace(whole, attributions=(whole.attributions[0], outer, same)))
    venue = whole.attributions[0].venue
    found = occasions.of(seen, dataclasses.replace(same, venue=venue))
    assert [each.name for each in found] == ["Karl Weiss"]


def test_the_ways_say_when_and_to_whom() -> None:
    """On the first screen, among the ways, and in the terminal."""
    page = html.render(report())
    words = '<span class="when"><bdi>Karl Weiss</bdi>: <bdi>at a dinner</bdi></span>'
    assert page.count(words) == 2
    assert "Karl Weiss: at a dinner" in terminal.render(report(), width=120)
