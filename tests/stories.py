"""Invented stories as records, built from marked text without a model.

`bridge()` is a story in three accounts: the Post tells it from an interview, the Wire and the
Ledger print one agency text, the Ledger with a readers' comment and a plea below it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence

from retold import marked
from retold.types import (
    Act,
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
    Mention,
    MentionKind,
    Passage,
    Place,
    QuotationKind,
    Reading,
    Report,
    Section,
    SectionKind,
    Span,
    Speaker,
    SpeakerKind,
    Telling,
    TimeExpression,
    Value,
    Variant,
    Witness,
    Wording,
)

POST = """A bridge for Veldmoor

{q1 The bridge will cost 12 million crowns}, {s1 the minister} {c1 told} the Post on Monday.

{c2 According to} {s2 the minister}, {q2 {s3 Mayor Orsolya Tarn} {c3 promised him} \
{q3 “a good bridge, before winter”}}.

Work begins in 2031. The old crossing fell in March 2029, and the ferry has been full since.

“Nobody asked the ferrymen,” read a banner on the quay."""

WIRE = """Veldmoor to get new crossing

{q1 The bridge will cost 14 million crowns}, {s1 Minister Jon Aske} {c1 said} on Monday.

{s2 Mayor Orsolya Tarn} {c2 promised} {q2 “a new bridge, before winter”}.

Work begins in 2032, the ministry’s crowing planners announced."""

LEDGER_TAIL = """
Please sign up for our newsletter!

Benno K.
May 6, 2031
The mayor said nothing of the kind."""


def article(text: str, *, outlet: str, published: dt.date | None, tail: str = "") -> Article:
    """An article whose first line is the title; `tail` is a plea and readers' comments."""
    whole = text + tail
    title_end = text.index("\n")
    sections = [
        Section(kind=SectionKind.TITLE, span=Span(0, title_end)),
        Section(kind=SectionKind.BODY, span=Span(title_end + 2, len(text))),
    ]
    if tail:
        plea_end = whole.index("!", len(text)) + 1
        sections += [
            Section(kind=SectionKind.BOILERPLATE, span=Span(len(text) + 1, plea_end)),
            Section(kind=SectionKind.COMMENT, span=Span(plea_end + 2, len(whole))),
        ]
    return Article(
        id=hashlib.sha256(f"{whole}\0".encode()).hexdigest()[:12],
        text=whole,
        sections=tuple(sections),
        path=f"{outlet.lower().replace(' ', '-')}.txt",
        outlet=outlet,
        title=text[:title_end],
        published=published,
    )


def find(article: Article, excerpt: str) -> Span:
    """The first place of the excerpt in the article."""
    start = article.text.index(excerpt)
    return Span(start, start + len(excerpt))


def attributions(
    article: Article, marked_text: str, speakers: Sequence[tuple[str, ...]]
) -> tuple[Attribution, ...]:
    """The attributions that the marks show; `speakers` holds the chain of each."""
    _, triples = marked.parse(marked_text)
    out = []
    for number, (triple, chain) in enumerate(zip(triples, speakers, strict=True)):
        first = article.text[triple.content[0].start]
        out.append(
            Attribution(
                id=f"{article.id}.a{number}",
                article_id=article.id,
                quotation=QuotationKind.DIRECT if first == "“" else QuotationKind.INDIRECT,
                source=triple.source,
                cue=triple.cue,
                content=triple.content,
                speaker_id=chain[-1] if chain else None,
                speaker_score=0.9 if chain else 0.0,
                chain=tuple(Hop(speaker_id=s, span=_first(triple.source)) for s in chain),
                parent=None if triple.parent is None else f"{article.id}.a{triple.parent}",
                said=None,
                act=Act.STATED,
                hedged=False,
                is_asserted=True,
                score=0.95,
                chain_score=0.9 if chain else 0.0,
            )
        )
    return tuple(out)


def _first(pieces: tuple[Span, ...]) -> Span | None:
    return pieces[0] if pieces else None


def speaker(id: str, name: str, kind: SpeakerKind, *named: tuple[Article, str]) -> Speaker:
    """A speaker with one mention in each of the articles."""
    mentions = tuple(Place(a.id, find(a, words)) for a, words in named)
    return Speaker(id=id, name=name, kind=kind, mentions=mentions)


def passages(
    article: Article, excerpts: Sequence[str], by: Mapping[int, Attribution]
) -> tuple[Passage, ...]:
    """A passage for each excerpt; `by` names the attributions whose words some of them hold."""
    return tuple(
        Passage(
            id=f"{article.id}.p{n}",
            article_id=article.id,
            span=find(article, excerpt),
            attribution_id=by[n].id if n in by else None,
        )
        for n, excerpt in enumerate(excerpts)
    )


def _value(article: Article, excerpt: str, value: str) -> Value:
    return Value(article_id=article.id, span=find(article, excerpt), value=value)


def bridge_articles() -> tuple[Article, Article, Article]:
    """The Post, the Wire and the Ledger."""
    post, wire = marked.parse(POST)[0], marked.parse(WIRE)[0]
    return (
        article(post, outlet="Harbour Post", published=dt.date(2031, 5, 6)),
        article(wire, outlet="Northern Wire", published=dt.date(2031, 5, 5)),
        article(wire, outlet="Evening Ledger", published=dt.date(2031, 5, 6), tail=LEDGER_TAIL),
    )


def bridge() -> Report:
    """The report of the story: a conflict of numbers and of dates, a changed word, a silence."""
    post, wire, ledger = bridge_articles()
    spoken = {
        post.id: attributions(post, POST, [("s1",), ("s1",), ("s1", "s2")]),
        wire.id: attributions(wire, WIRE, [("s1",), ("s2",)]),
        ledger.id: attributions(ledger, WIRE, [("s1",), ("s2",)]),
    }
    in_post = passages(
        post,
        [
            "The bridge will cost 12 million crowns",
            "“a good bridge, before winter”",
            "Work begins in 2031.",
            "The old crossing fell in March 2029",
            "“Nobody asked the ferrymen,” read a banner on the quay.",
        ],
        {0: spoken[post.id][0], 1: spoken[post.id][2]},
    )
    in_agency = {
        a.id: passages(
            a,
            [
                "The bridge will cost 14 million crowns",
                "“a new bridge, before winter”",
                "Work begins in 2032, the ministry’s crowing planners announced.",
            ],
            {0: spoken[a.id][0], 1: spoken[a.id][1]},
        )
        for a in (wire, ledger)
    }
    tellings = ((post.id,), (wire.id, ledger.id))
    claims = (
        Claim(
            id="c1",
            passages=(in_post[0], in_agency[wire.id][0], in_agency[ledger.id][0]),
            tellings=tellings,
            silent=(),
            differences=(
                Difference(
                    facet=Facet.NUMBER,
                    kind=DifferenceKind.CONFLICT,
                    values=(
                        _value(post, "12 million crowns", "12000000"),
                        _value(wire, "14 million crowns", "14000000"),
                        _value(ledger, "14 million crowns", "14000000"),
                    ),
                    score=0.9,
                ),
            ),
            variants=(),
            score=0.9,
        ),
        Claim(
            id="c2",
            passages=(in_post[1], in_agency[wire.id][1], in_agency[ledger.id][1]),
            tellings=tellings,
            silent=(),
            differences=(
                Difference(
                    facet=Facet.WORDING,
                    kind=DifferenceKind.VARIATION,
                    values=(
                        _value(post, "good", "good"),
                        _value(wire, "new bridge", "new"),
                        _value(ledger, "new bridge", "new"),
                    ),
                    score=0.8,
                ),
            ),
            variants=(_variant(post, wire, ledger, spoken),),
            score=0.95,
        ),
        Claim(
            id="c3",
            passages=(in_post[2], in_agency[wire.id][2]),
            tellings=((post.id,), (wire.id,)),
            silent=(ledger.id,),
            differences=(
                Difference(
                    facet=Facet.DATE,
                    kind=DifferenceKind.CONFLICT,
                    values=(_value(post, "2031", "2031"), _value(wire, "2032", "2032")),
                    score=0.7,
                ),
            ),
            variants=(),
            score=0.7,
        ),
    )
    return Report(
        articles=(wire, post, ledger),
        speakers=(
            speaker(
                "s1",
                "Jon Aske",
                SpeakerKind.PERSON,
                (post, "the minister"),
                (wire, "Minister Jon Aske"),
                (ledger, "Minister Jon Aske"),
            ),
            speaker(
                "s2",
                "Orsolya Tarn",
                SpeakerKind.PERSON,
                *((a, "Mayor Orsolya Tarn") for a in (post, wire, ledger)),
            ),
        ),
        attributions=tuple(a for i in (wire.id, post.id, ledger.id) for a in spoken[i]),
        passages=(*in_agency[wire.id], *in_post, *in_agency[ledger.id]),
        claims=claims,
        timeline=(
            Event(article_id=post.id, span=in_post[3].span, date="2029-03", claim_id=None),
            Event(article_id=post.id, span=in_post[2].span, date="2031", claim_id="c3"),
            Event(
                article_id=wire.id,
                span=in_agency[wire.id][2].span,
                date="2032",
                claim_id="c3",
            ),
        ),
        wording=(
            Wording(
                article_id=wire.id,
                span=find(wire, "the ministry’s crowing planners"),
                about="s1",
                in_quotation=False,
                is_loaded=True,
            ),
        ),
        tellings=(
            Telling(id="t1", article_ids=(post.id,), why="an interview"),
            Telling(
                id="t2",
                article_ids=(wire.id, ledger.id),
                why="the same text",
                evidence=(Place(ledger.id, in_agency[ledger.id][0].span),),
            ),
        ),
        notes=("Evening Ledger: one date stays relative.",),
    )


def _variant(
    post: Article, wire: Article, ledger: Article, spoken: Mapping[str, Sequence[Attribution]]
) -> Variant:
    said = {
        post.id: spoken[post.id][2],
        wire.id: spoken[wire.id][1],
        ledger.id: spoken[ledger.id][1],
    }
    order = (wire, post, ledger)
    new = find(wire, "new bridge")
    return Variant(
        witnesses=tuple(
            Witness(
                article_id=a.id,
                attribution_id=said[a.id].id,
                pieces=said[a.id].content,
                date=a.published.isoformat() if a.published else None,
            )
            for a in order
        ),
        changes=(
            Change(
                kind=ChangeKind.SUBSTITUTION,
                witness=1,
                base=Span(new.start, new.start + 3),
                other=find(post, "good"),
                is_substantive=True,
            ),
        ),
    )


def bridge_reading() -> Reading:
    """The reading of the Post's article."""
    report = bridge()
    post = next(a for a in report.articles if a.outlet == "Harbour Post")
    mayor = find(post, "Mayor Orsolya Tarn")
    year = find(post, "March 2029")
    own = tuple(p for p in report.passages if p.article_id == post.id)
    return Reading(
        article=post,
        model="none",
        attributions=tuple(a for a in report.attributions if a.article_id == post.id),
        speakers=(
            speaker("s1", "the minister", SpeakerKind.UNNAMED, (post, "the minister")),
            speaker("s2", "Orsolya Tarn", SpeakerKind.PERSON, (post, "Mayor Orsolya Tarn")),
        ),
        mentions=(Mention(kind=MentionKind.PERSON, span=mayor),),
        times=(TimeExpression(span=year, date="2029-03"),),
        passages=own,
        vectors=bytes(384 * len(own)),
        notes=("one note",),
    )


HOSTILE = """<script>document.title = "ran"</script> “Forged” title

{q1 “Ignore this </span><img src=x onerror=alert(1)> \
\u202eesrever\u202c 👩‍👩‍👧 é\u200b \x1b[31mred”}, \
{s1 “><b>Dr. O'Bad & Sons} {c1 said}.

The price was 5 crowns &amp; 3 &lt; 4 {{ 7 * 7 }}."""


def hostile() -> Report:
    """Two accounts full of what must never run, turn the line or colour the screen."""
    text = HOSTILE.replace("{{ 7 * 7 }}", r"\{\{ 7 * 7 \}\}")
    plain = marked.parse(text)[0]
    one = article(plain, outlet="<i>Ünï\u202e</i>", published=None)
    two = article(plain.replace("5 crowns", "6 crowns"), outlet="Plain", published=None)
    said = {a.id: attributions(a, text, [("s1",)]) for a in (one, two)}
    told = {
        a.id: passages(a, [f"The price was {n} crowns &amp; 3 &lt; 4"], {})
        for a, n in ((one, 5), (two, 6))
    }
    return Report(
        articles=(
            dataclasses.replace(one, url="javascript:alert(1)"),
            dataclasses.replace(two, url="https://example.org/?a=<b>&c='d\""),
        ),
        speakers=(speaker("s1", "<u>“Dr. O'Bad\u202e & Sons", SpeakerKind.PERSON),),
        attributions=(*said[one.id], *said[two.id]),
        passages=(*told[one.id], *told[two.id]),
        claims=(
            Claim(
                id="c1",
                passages=(*told[one.id], *told[two.id]),
                tellings=((one.id,), (two.id,)),
                silent=(),
                differences=(
                    Difference(
                        facet=Facet.NUMBER,
                        kind=DifferenceKind.CONFLICT,
                        values=(_value(one, "5 crowns", "5"), _value(two, "6 crowns", "6")),
                        score=1.0,
                    ),
                ),
                variants=(),
                score=1.0,
            ),
        ),
        timeline=(),
        wording=(),
        tellings=(
            Telling(id="t1", article_ids=(one.id,), why="<script>"),
            Telling(id="t2", article_ids=(two.id,), why=""),
        ),
        notes=("<script>alert(2)</script>",),
    )


def bare() -> Report:
    """Two accounts in which nothing was found."""
    post, wire, _ = bridge_articles()
    return Report(
        articles=(post, wire),
        speakers=(),
        attributions=(),
        passages=(),
        claims=(),
        timeline=(),
        wording=(),
        tellings=(
            Telling(id="t1", article_ids=(post.id,), why=""),
            Telling(id="t2", article_ids=(wire.id,), why=""),
        ),
    )
