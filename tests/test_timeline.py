"""The timeline of a story: which events, in which order, from which words."""

from __future__ import annotations

import datetime as dt

import pytest

from retold.comparing import timeline
from retold.reading import times
from retold.types import (
    Act,
    Article,
    Attribution,
    Claim,
    Passage,
    QuotationKind,
    Reading,
    Section,
    SectionKind,
    Span,
)

# a Tuesday
PUBLISHED = dt.date(2015, 3, 31)


def reading(text: str, *, name: str = "a", attributions: tuple[Attribution, ...] = ()) -> Reading:
    section = Section(kind=SectionKind.BODY, span=Span(0, len(text)))
    article = Article(id=name, text=text, sections=(section,), published=PUBLISHED)
    return Reading(
        article=article,
        model="",
        attributions=attributions,
        speakers=(),
        mentions=(),
        times=times.find(article),
        passages=(),
        vectors=b"",
    )


def drawn(*readings: Reading, claims: tuple[Claim, ...] = ()) -> list[tuple[str, str]]:
    text = {r.article.id: r.article.text for r in readings}
    events = timeline.draw(readings, claims)
    return [(e.date, text[e.article_id][e.span.start : e.span.end]) for e in events]


def test_in_order_of_date() -> None:
    """Events are in order of their first day, the narrower date first, whoever tells them."""
    first = reading(
        "The dam was opened in May 1999 by the queen. It leaked in 1954, before it broke."
    )
    second = reading("It has been dry since 1954. In the 1950s there was no dam at all.", name="b")
    assert [date for date, _ in drawn(first, second)] == [
        "1950/1959",
        "1954",
        "1954/..",
        "1999-05",
    ]


def test_same_day_in_order_of_article_and_place() -> None:
    """Events of one date stand in the order of the articles, then of the text."""
    one = reading("The dam broke on Friday at last. On Friday the mayor left the town.")
    two = reading("The river rose on Friday as well, they say.", name="b")
    assert drawn(one, two) == [
        ("2015-03-27", "The dam broke on Friday at last."),
        ("2015-03-27", "On Friday the mayor left the town."),
        ("2015-03-27", "The river rose on Friday as well, they say."),
    ]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        (
            "It opened to the whole world in May 1954, but the council of the town "
            "shut it in 1960.",
            [
                "It opened to the whole world in May 1954",
                "the council of the town shut it in 1960.",
            ],
        ),
        (
            "It reached Ann Oakes, who was the keeper of the dam from 1999 to 2003, and she wept.",
            ["who was the keeper of the dam from 1999 to 2003"],
        ),
        (
            "In a May 2010 talk, Ann Oakes, who kept the dam, told a story of her own.",
            ["In a May 2010 talk, Ann Oakes, who kept the dam, told a story of her own."],
        ),
        (
            "She said in May 2010 that the dam had broken and, while it rained, she had wept.",
            ["She said in May 2010 that the dam had broken"],
        ),
        ("It broke in 1954.", ["It broke in 1954."]),
    ],
)
def test_clause(text: str, clauses: list[str]) -> None:
    """An event shows the clause that holds its date, and a short sentence whole."""
    assert [words for _, words in drawn(reading(text))] == clauses


@pytest.mark.parametrize(
    "text",
    [
        "A few months before the flood they had met at the dam.",
        "The world is a different place today.",
        "The 21st century will be wet.",
        "He kept the dam for two years and ate fish every Friday.",
    ],
)
def test_no_event(text: str) -> None:
    """What has no date, or a date as wide as an age, is no event."""
    assert drawn(reading(text)) == []


def test_claim_and_statement_of_an_event() -> None:
    """An event knows the claim that tells it, and the statement that was made then."""
    text = "Ann Oakes said on Friday that the dam broke in 1954."
    content, day = Span(30, 51), Span(18, 24)
    plain = reading(text)
    spoken = Attribution(
        id="a.a0",
        article_id="a",
        quotation=QuotationKind.INDIRECT,
        source=(Span(0, 9),),
        cue=(Span(10, 14),),
        content=(content,),
        speaker_id=None,
        speaker_score=0.0,
        chain=(),
        parent=None,
        said=next(x for x in plain.times if x.span == day),
        act=Act.STATED,
        hedged=False,
        is_asserted=True,
        score=1.0,
    )
    passage = Passage(id="a.p0", article_id="a", span=content, attribution_id="a.a0")
    claim = Claim(
        id="c1",
        passages=(passage,),
        tellings=(("a",),),
        silent=(),
        differences=(),
        variants=(),
        score=1.0,
    )
    events = timeline.draw((reading(text, attributions=(spoken,)),), (claim,))
    assert [(e.date, e.claim_id, e.attribution_id) for e in events] == [
        ("1954", "c1", None),
        ("2015-03-27", None, "a.a0"),
    ]
