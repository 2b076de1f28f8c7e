"""Reports to export: one small enough for a manual, one that tries to break what reads it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools

from retold import marked
from retold.comparing import report
from retold.types import (
    Article,
    Attribution,
    Change,
    ChangeKind,
    Claim,
    Difference,
    DifferenceKind,
    Event,
    Facet,
    Hop,
    Passage,
    Place,
    QuotationKind,
    Report,
    Span,
    Speaker,
    SpeakerKind,
    Telling,
    Value,
    Variant,
    Witness,
    Wording,
)
from tests import readings, stories

POST = """A bridge for Veldmoor

{q1 “The bridge will cost 12 million,”} the reckless {s1 Jon Aske} {c1 said}. \
Work begins in 2031."""

WIRE = """Veldmoor to get a bridge

{c1 According to} {s1 Orsolya Tarn}, {q1 {s2 Jon Aske} {c2 said} \
{q2 “the bridge will cost 14 million”}}."""


def small() -> Report:
    """Two accounts of one sentence, with another number in each; in one it is hearsay."""
    post, wire = _account("post", POST, "Harbour Post", 6), _account("wire", WIRE, "Wire", 5)
    in_post = _said(post, POST, [("s1",)])
    in_wire = _said(wire, WIRE, [("s2",), ("s2", "s1")])
    passages = (_passage(wire, in_wire[1]), _passage(post, in_post[0]))
    return Report(
        articles=(wire, post),
        speakers=(
            _speaker("s1", "Jon Aske", (wire, post)),
            _speaker("s2", "Orsolya Tarn", (wire,)),
        ),
        attributions=(*in_wire, *in_post),
        passages=passages,
        claims=(
            Claim(
                id="c1",
                passages=passages,
                tellings=((wire.id,), (post.id,)),
                silent=(),
                differences=(
                    Difference(
                        facet=Facet.NUMBER,
                        kind=DifferenceKind.CONFLICT,
                        values=(
                            _value(wire, "14 million", "14000000"),
                            _value(post, "12 million", "12000000"),
                        ),
                        score=0.9,
                    ),
                ),
                variants=(_variant(in_wire[1], in_post[0], wire, post),),
                score=0.9,
            ),
        ),
        timeline=(
            Event(
                article_id=post.id,
                span=stories.find(post, "Work begins in 2031."),
                date="2031",
                claim_id=None,
            ),
        ),
        wording=(
            Wording(
                article_id=post.id,
                span=stories.find(post, "reckless"),
                about="s1",
                in_quotation=False,
                is_loaded=True,
            ),
        ),
        tellings=(
            Telling(id="t1", article_ids=(wire.id,), why=""),
            Telling(id="t2", article_ids=(post.id,), why=""),
        ),
    )


def _account(id: str, text: str, outlet: str, day: int) -> Article:
    made = stories.article(marked.parse(text)[0], outlet=outlet, published=dt.date(2031, 5, day))
    url = f"https://{id}.example/bridge"
    return dataclasses.replace(made, id=id, url=url, path=f"{id}.txt")


def _said(article: Article, text: str, chains: list[tuple[str, ...]]) -> tuple[Attribution, ...]:
    """The statements of an article, each hop of a chain at the words of its own source."""
    said = stories.attributions(article, text, chains)
    at = {a.speaker_id: a.source[0] for a in said}
    return tuple(
        dataclasses.replace(
            a,
            quotation=QuotationKind.DIRECT if a.chain[-1].speaker_id == "s1" else a.quotation,
            chain=tuple(Hop(speaker_id=h.speaker_id, span=at[h.speaker_id]) for h in a.chain),
        )
        for a in said
    )


def _speaker(id: str, name: str, named_in: tuple[Article, ...]) -> Speaker:
    mentions = tuple(Place(a.id, stories.find(a, name)) for a in named_in)
    return Speaker(id=id, name=name, kind=SpeakerKind.PERSON, mentions=mentions)


def _passage(article: Article, said: Attribution) -> Passage:
    return Passage(
        id=f"{article.id}.p0",
        article_id=article.id,
        span=said.content[0],
        attribution_id=said.id,
    )


def _value(article: Article, words: str, value: str) -> Value:
    return Value(article_id=article.id, span=stories.find(article, words), value=value)


def _variant(first: Attribution, second: Attribution, wire: Article, post: Article) -> Variant:
    return Variant(
        witnesses=tuple(
            Witness(
                article_id=a.article_id, attribution_id=a.id, pieces=a.content, date=f"2031-05-0{d}"
            )
            for a, d in ((first, 5), (second, 6))
        ),
        changes=(
            Change(
                kind=ChangeKind.NUMBER,
                witness=1,
                base=stories.find(wire, "14"),
                other=stories.find(post, "12"),
                is_substantive=True,
            ),
        ),
    )


# what a reader of some format takes for its own, or cannot hold
NASTY = (
    "=1+1 \0\x08\x0b\x1f\x7f\x85\u2028\ufffe\u202e\u200b \U0001f469‍\U0001f467 \U0001f1e9\U0001f1ea"
    " שלום </ab><script>alert(1)</script> ]]> [^1] | `x` *y* &amp; \"'; drop table articles; --"
)


@functools.cache
def hostile() -> Report:
    """Two accounts full of what must not run, must not break a file and must not shift a place."""
    bare = f"""{NASTY}

{{q1 “=SUM(1) {NASTY} we will pay 14 million crowns for it,”}} {{s1 Dana Holm}} {{c1 said}}.

{{q2 -2 {NASTY}}}, {{s2 @all}} {{c2 claimed}}. It began on May 3, 2031."""
    other = bare.replace("14 million", "17 million").replace("It began", "+ It began")
    held = [
        readings.read(text, outlet=outlet, day=day, speakers=("=Dana Holm <b>", "@SUM(A1)\n- x"))
        for text, outlet, day in ((bare, "=cmd|' /C calc'!A0", 6), (other, "| [x](y) <i>", 7))
    ]
    urls = ("javascript:alert(1)", "https://x.example/<script>")
    return report.compile(
        [
            dataclasses.replace(one, article=dataclasses.replace(one.article, url=url))
            for one, url in zip(held, urls, strict=True)
        ]
    )


def dated(report: Report) -> Report:
    """The report with the first hundred characters of each article as an event of 2031."""
    events = tuple(
        Event(article_id=a.id, span=Span(0, 100), date="2031-05-03", claim_id=None)
        for a in report.articles
    )
    return dataclasses.replace(report, timeline=events)


def words(report: Report, article_id: str, start: int, end: int) -> str:
    """What stands at a place of an article of the report."""
    return next(a.text for a in report.articles if a.id == article_id)[start:end]
