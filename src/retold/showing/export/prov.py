"""Who has it from whom, as PROV-O (W3C, JSON-LD): every hop of a retelling is an entity of its own.

A statement stands in its article and was quoted from what the outermost speaker said, which was
quoted from what the next one said, down to the primary source. A hop that no words of the text
establish is marked as inferred, and so is the common origin of several articles; both give the
reason.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from retold import spans
from retold.showing import view as views
from retold.showing.export import iris
from retold.showing.view import View
from retold.types import (
    Article,
    Attribution,
    QuotationKind,
    Report,
    Span,
    Speaker,
    SpeakerKind,
    Telling,
)

CONTEXT = {
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "retold": iris.TERMS,
}
AGENT_OF = {
    SpeakerKind.PERSON: "prov:Person",
    SpeakerKind.ORGANISATION: "prov:Organization",
}

Node = dict[str, Any]


def encode(report: Report) -> str:
    """The graph as one JSON document."""
    view = views.of(report)
    nodes: list[Node] = [_article(view, article) for article in report.articles]
    nodes += [_agent(view, speaker) for speaker in report.speakers]
    for said in report.attributions:
        nodes += _retelling(view, said)
    for telling in report.tellings:
        nodes += _origin(view, telling)
    document = {"@context": CONTEXT, "@graph": nodes}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _article(view: View, article: Article) -> Node:
    about: Node = {
        "@id": iris.of_article(article),
        "@type": "prov:Entity",
        "rdfs:label": view.labels[article.id],
    }
    if article.title:
        about["dcterms:title"] = article.title
    if article.published:
        about["dcterms:issued"] = article.published.isoformat()
    if address := iris.address(article):
        about["prov:atLocation"] = {"@id": address}
    return about


def _agent(view: View, speaker: Speaker) -> Node:
    return {
        "@id": iris.within(view.report, "speaker", speaker.id),
        "@type": ["prov:Agent", AGENT_OF[speaker.kind]]
        if speaker.kind in AGENT_OF
        else "prov:Agent",
        "rdfs:label": speaker.name,
    }


# --- chains --------------------------------------------------------------------------------------


def _retelling(view: View, said: Attribution) -> Iterator[Node]:
    """The statement as printed, then what each speaker of its chain said, outermost first."""
    article = view.articles[said.article_id]
    held = [_words(article, piece) for piece in said.content]
    printed: Node = {
        "@id": _name(view, said),
        "@type": "prov:Entity",
        "dcterms:isPartOf": {"@id": iris.of_article(article)},
        "prov:value": " … ".join(node["prov:value"] for node in held),
        "retold:words": held,
    }
    if not said.chain:
        yield printed
        return
    yield printed | _from(view, said, 0) | _primary(view, said)
    for depth, hop in enumerate(said.chain):
        account: Node = {
            "@id": _name(view, said, depth),
            "@type": "prov:Entity",
            "prov:wasAttributedTo": {"@id": iris.within(view.report, "speaker", hop.speaker_id)},
        }
        is_last = depth + 1 == len(said.chain)
        yield account if is_last else account | _from(view, said, depth + 1)


def _name(view: View, said: Attribution, depth: int | None = None) -> str:
    """The statement as printed; with `depth` what that speaker of its chain said."""
    hop = "" if depth is None else f":hop:{depth + 1}"
    return iris.within(view.report, "statement", said.id) + hop


def _from(view: View, said: Attribution, depth: int) -> Node:
    """The edge to what the speaker at `depth` said, with the words that establish it."""
    is_quoted = said.quotation is not QuotationKind.INDIRECT
    hop = said.chain[depth]
    words = (
        {"retold:inferred": False, "retold:words": _words(view.articles[said.article_id], hop.span)}
        if hop.span
        else {
            "retold:inferred": True,
            "rdfs:comment": "no words of the text name this speaker here",
        }
    )
    edge, kind, how = (
        ("prov:wasQuotedFrom", "prov:Quotation", "prov:qualifiedQuotation")
        if is_quoted
        else ("prov:wasDerivedFrom", "prov:Derivation", "prov:qualifiedDerivation")
    )
    account = {"@id": _name(view, said, depth)}
    return {edge: account, how: {"@type": kind, "prov:entity": account, **words}}


def _primary(view: View, said: Attribution) -> Node:
    """The innermost speaker's own words, where somebody stands between."""
    if len(said.chain) < 2:
        return {}
    return {"prov:hadPrimarySource": {"@id": _name(view, said, len(said.chain) - 1)}}


def _words(article: Article, span: Span) -> Node:
    return {
        "@id": iris.of_words(article, span.start, span.end),
        "prov:value": spans.cut(article.text, span),
    }


# --- common origins ------------------------------------------------------------------------------


def _origin(view: View, telling: Telling) -> Iterator[Node]:
    """What several articles rest on: an inference from their texts, with the places that show it.

    An article that rests on nothing else has no origin of its own here.
    """
    if len(telling.article_ids) < 2:
        return
    origin = {"@id": iris.within(view.report, "telling", telling.id)}
    yield {**origin, "@type": "prov:Entity", "rdfs:label": telling.why}
    for article_id in telling.article_ids:
        shown = [
            _words(view.articles[place.article_id], place.span)
            for place in telling.evidence
            if place.article_id == article_id
        ]
        yield {
            "@id": iris.of_article(view.articles[article_id]),
            "prov:hadPrimarySource": origin,
            "prov:qualifiedPrimarySource": {
                "@type": "prov:PrimarySource",
                "prov:entity": origin,
                "retold:inferred": True,
                "rdfs:comment": telling.why,
                **({"retold:words": shown} if shown else {}),
            },
        }
