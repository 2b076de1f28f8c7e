"""A report in the words of schema.org (JSON-LD): articles, quotations, and who claims what.

Quoted words are a `Quotation`; what is told in an outlet's own words is a `Claim` of its speaker as
that outlet understood it. What several accounts tell is a `Claim` with its appearances. Nothing is
rated: there is no `ClaimReview` here.
"""

from __future__ import annotations

import json
from typing import Any

from retold import spans
from retold.showing import view as views
from retold.showing.export import iris
from retold.showing.view import View
from retold.types import Article, Attribution, Claim, QuotationKind, Report, Span, SpeakerKind

TYPE_OF = {
    SpeakerKind.PERSON: "Person",
    SpeakerKind.UNNAMED: "Person",
    SpeakerKind.ORGANISATION: "Organization",
    SpeakerKind.PLACE: "Organization",  # "Moscow said" speaks of a government
    SpeakerKind.GROUP: "Organization",
    SpeakerKind.DOCUMENT: "CreativeWork",
}

Node = dict[str, Any]


def encode(report: Report) -> str:
    """The graph as one JSON document."""
    view = views.of(report)
    nodes = [
        *(_article(article) for article in report.articles),
        *(_statement(view, said) for said in report.attributions),
        *(_claim(view, claim) for claim in report.claims),
    ]
    document = {"@context": "https://schema.org", "@graph": nodes}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _article(article: Article) -> Node:
    node: Node = {
        "@id": iris.of_article(article),
        "@type": "NewsArticle",
        "inLanguage": article.language,
    }
    if article.title:
        node["headline"] = article.title
    if article.outlet:
        node["publisher"] = {"@type": "Organization", "name": article.outlet}
    if article.published:
        node["datePublished"] = article.published.isoformat()
    if address := iris.address(article):
        node["url"] = address
    return node


def _statement(view: View, said: Attribution) -> Node:
    article = view.articles[said.article_id]
    is_quoted = said.quotation is not QuotationKind.INDIRECT
    node: Node = {
        "@id": iris.within(view.report, "statement", said.id),
        "@type": "Quotation" if is_quoted else "Claim",
        "text": " … ".join(spans.cut(article.text, piece) for piece in said.content),
        "isPartOf": [_part(article, piece) for piece in said.content],
    }
    speaker = _speaker(view, said.speaker_id)
    if speaker and speaker["@type"] == "CreativeWork":
        node["isBasedOn"] = [speaker]
    elif speaker:
        node["spokenByCharacter" if is_quoted else "creator"] = speaker
    if not is_quoted and article.outlet:
        node["claimInterpreter"] = {"@type": "Organization", "name": article.outlet}
    between = [_account(view, hop) for hop in views.speakers_of(said)[:-1] if hop]
    if between:
        node["isBasedOn"] = [*between, *node.get("isBasedOn", ())]
    return node


def _speaker(view: View, speaker_id: str | None) -> Node | None:
    speaker = view.speakers.get(speaker_id) if speaker_id else None
    if speaker is None:
        return None
    kind = TYPE_OF[speaker.kind]
    name = iris.within(view.report, "speaker", speaker.id)
    return {"@id": name, "@type": kind, "name": speaker.name}


def _account(view: View, speaker_id: str) -> Node:
    """What somebody between the article and the speaker told, outermost first."""
    speaker = _speaker(view, speaker_id)
    if speaker is None or speaker["@type"] == "CreativeWork":
        return speaker or {"@type": "CreativeWork"}
    return {"@type": "CreativeWork", "creator": speaker}


def _claim(view: View, claim: Claim) -> Node:
    """What several accounts tell, in the words of the earliest; which is the earliest by date."""
    told = [(view.articles[p.article_id], p.span) for p in claim.passages]
    dated = [one for one in told if one[0].published]
    article, span = min(dated, key=lambda one: str(one[0].published), default=told[0])
    node: Node = {
        "@id": iris.within(view.report, "claim", claim.id),
        "@type": "Claim",
        "text": spans.cut(article.text, span),
        "appearance": [_part(article, span) for article, span in told],
    }
    if dated:
        node["firstAppearance"] = {"@id": iris.of_words(article, span.start, span.end)}
    return node


def _part(article: Article, span: Span) -> Node:
    """The stretch of the article, named by its code points."""
    return {
        "@id": iris.of_words(article, span.start, span.end),
        "@type": "CreativeWork",
        "text": spans.cut(article.text, span),
        "isPartOf": {"@id": iris.of_article(article)},
    }
