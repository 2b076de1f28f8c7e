"""Linked data: Web Annotations, PROV-O and schema.org, as an RDF library reads them."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any

import pytest

from retold.showing.export import iris, prov, schemaorg, webannotation
from retold.types import Hop, Report
from tests import exported, stories

rdflib = pytest.importorskip("rdflib", reason="rdflib reads linked data back")

# the library's own reader of JSON-LD warns of the library's own class
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")

REPORTS = {"bridge": stories.bridge, "hostile": exported.hostile}
each_report = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS.keys())

OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
PROV = rdflib.PROV
RETOLD = rdflib.Namespace(iris.TERMS)

# the terms of the Web Annotation vocabulary that are used, in place of the context on the web
ANNOTATION_CONTEXT = {
    "oa": str(OA),
    "as": "https://www.w3.org/ns/activitystreams#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": str(rdflib.RDF),
    "rdfs": str(rdflib.RDFS),
    "id": {"@type": "@id", "@id": "@id"},
    "type": {"@type": "@id", "@id": "@type"},
    "Annotation": "oa:Annotation",
    "SpecificResource": "oa:SpecificResource",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextualBody": "oa:TextualBody",
    "TimeState": "oa:TimeState",
    "Text": "http://purl.org/dc/dcmitype/Text",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "state": {"@type": "@id", "@id": "oa:hasState"},
    "cached": {"@type": "@id", "@id": "oa:cachedSource"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": "oa:start",
    "end": "oa:end",
    "value": "rdf:value",
    "format": "dc:format",
    "language": "dc:language",
    "label": "rdfs:label",
    "total": "as:totalItems",
    "first": {"@type": "@id", "@id": "as:first"},
    "partOf": {"@type": "@id", "@id": "as:partOf"},
    "startIndex": "as:startIndex",
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
    **{
        name: f"oa:{name}"
        for name in ("identifying", "describing", "classifying", "linking", "tagging")
    },
}


def graph(text: str, context: object = None) -> Any:
    document = json.loads(text)
    if context:
        document["@context"] = context
    return rdflib.Graph().parse(data=json.dumps(document), format="json-ld")


# --- Web Annotation ------------------------------------------------------------------------------


@each_report
def test_positions_lead_to_the_words(report: Any) -> None:
    """Position and quotation of a selector choose the same characters of the captured text."""
    held = graph(webannotation.encode(report()), ANNOTATION_CONTEXT)
    wrong = []
    for target in held.subjects(rdflib.RDF.type, OA.SpecificResource):
        state = held.value(target, OA.hasState)
        text = str(held.value(held.value(state, OA.cachedSource), rdflib.RDF.value))
        position, quotation = sorted(
            held.objects(target, OA.hasSelector), key=lambda s: str(held.value(s, rdflib.RDF.type))
        )
        start, end = (held.value(position, end).toPython() for end in (OA.start, OA.end))
        exact, prefix, suffix = (
            str(held.value(quotation, term)) for term in (OA.exact, OA.prefix, OA.suffix)
        )
        around = webannotation.AROUND_CHARS
        if (text[start:end], text[max(0, start - around) : start], text[end : end + around]) != (
            exact,
            prefix,
            suffix,
        ):
            wrong.append(exact)
    assert wrong == []


@each_report
def test_annotations_keep_to_the_model(report: Any) -> None:
    """Each has one id, a motivation of the vocabulary and a target; the collection counts them."""
    document = json.loads(webannotation.encode(report()))
    items = document["first"]["items"]
    assert document["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert document["total"] == len(items) == len({item["id"] for item in items})
    assert {item["type"] for item in items} == {"Annotation"}
    assert {item["motivation"] for item in items} <= set(ANNOTATION_CONTEXT)
    assert [item for item in items if not item["target"]] == []


def test_every_key_of_an_annotation_is_of_the_vocabulary() -> None:
    """Nothing of our own is in the document."""

    def keys(node: Any) -> set[str]:
        if isinstance(node, dict):
            return set(node).union(*map(keys, node.values()))
        return set().union(*map(keys, node)) if isinstance(node, list) else set()

    assert keys(json.loads(webannotation.encode(stories.bridge()))) - {"@context"} <= set(
        ANNOTATION_CONTEXT
    )


def test_an_address_that_cannot_stand_in_a_link_is_none() -> None:
    """A target without a good address is the captured text itself."""
    sources = {
        target["source"]
        for item in json.loads(webannotation.encode(exported.hostile()))["first"]["items"]
        for target in item["target"]
        if "source" in target
    }
    assert [s for s in sources if not re.fullmatch(r"urn:retold:article:[0-9a-f]+", s)] == []


# --- PROV-O --------------------------------------------------------------------------------------


@each_report
def test_prov_uses_the_terms_of_prov_alone(report: Any) -> None:
    """Every term in the namespace of PROV-O is one that the ontology has."""
    held = graph(prov.encode(report()))
    used = {t for triple in held for t in triple if str(t).startswith(str(PROV))}
    assert used != set()
    assert [t for t in used if t not in PROV] == []


def test_a_retelling_leads_to_its_primary_source() -> None:
    """The mayor's words, which the minister passed on, come from what he said and from her."""
    held = graph(prov.encode(stories.bridge()))
    ((statement, primary),) = [
        (s, o) for s, o in held.subject_objects(PROV.hadPrimarySource) if "statement" in s
    ]
    account = held.value(statement, PROV.wasQuotedFrom)
    assert held.value(account, PROV.wasQuotedFrom) == primary
    assert [
        str(held.value(held.value(x, PROV.wasAttributedTo), rdflib.RDFS.label))
        for x in (account, primary)
    ] == ["Jon Aske", "Orsolya Tarn"]


def test_what_is_told_in_other_words_is_derived_not_quoted() -> None:
    """An indirect statement repeats no words: it is a derivation."""
    held = graph(prov.encode(exported.small()))
    kinds = {
        str(held.value(s, PROV.value)): [p for p in (PROV.wasQuotedFrom, PROV.wasDerivedFrom)
                                         if (s, p, None) in held]
        for s in held.subjects(rdflib.DCTERMS.isPartOf)
    }  # fmt: skip
    assert kinds == {
        "Jon Aske said “the bridge will cost 14 million”": [PROV.wasDerivedFrom],
        "“the bridge will cost 14 million”": [PROV.wasQuotedFrom],
        "“The bridge will cost 12 million,”": [PROV.wasQuotedFrom],
    }


def inferred(report: Report) -> list[str]:
    held = graph(prov.encode(report))
    return sorted(
        str(held.value(edge, rdflib.RDFS.comment))
        for edge in held.subjects(RETOLD.inferred, rdflib.Literal(True))
    )


def test_a_hop_that_no_words_show_is_inferred() -> None:
    """An edge says so when the text names nobody for it."""
    small = exported.small()
    bare = tuple(
        dataclasses.replace(
            a, chain=tuple(Hop(speaker_id=h.speaker_id, span=None) for h in a.chain)
        )
        for a in small.attributions[-1:]
    )
    assert inferred(small) == []
    assert inferred(dataclasses.replace(small, attributions=bare)) == [
        "no words of the text name this speaker here"
    ]


def test_a_common_origin_is_inferred_with_its_reason() -> None:
    """Two articles with one agency text have a source in common, and the edge says why."""
    assert inferred(stories.bridge()) == ["the same text", "the same text"]


# --- schema.org ----------------------------------------------------------------------------------


# which properties schema.org (30.1) gives to the types that are written, and what may stand there
WORK = {"text": "Text", "isPartOf": "CreativeWork", "isBasedOn": "CreativeWork"}
MADE = {**WORK, "creator": "Organization Person"}
PROPERTIES = {
    "NewsArticle": {
        "inLanguage": "Text",
        "headline": "Text",
        "publisher": "Organization",
        "datePublished": "Text",
        "url": "Text",
    },
    "Organization": {"name": "Text"},
    "Person": {"name": "Text"},
    "CreativeWork": {**MADE, "name": "Text"},
    "Quotation": {**WORK, "spokenByCharacter": "Organization Person"},
    "Claim": {
        **MADE,
        "claimInterpreter": "Organization",
        "appearance": "CreativeWork",
        "firstAppearance": "CreativeWork",
    },
}


def misplaced(node: Any) -> list[tuple[str, str, str]]:
    """What stands where schema.org has no place for it: type, property, what was found."""
    if isinstance(node, list):
        return [found for each in node for found in misplaced(each)]
    if not isinstance(node, dict):
        return []
    told = {field: value for field, value in node.items() if not field.startswith("@")}
    held = PROPERTIES.get(node.get("@type", ""), {})
    here = [
        (node["@type"], field, kind)
        for field, value in told.items()
        for each in (value if isinstance(value, list) else [value])
        if (kind := kind_of(each)) and kind not in held.get(field, "").split()
    ]
    return here + misplaced(list(told.values()))


def kind_of(value: Any) -> str:
    """The type of a value; empty for a reference, whose type stands elsewhere."""
    return str(value.get("@type", "")) if isinstance(value, dict) else "Text"


@each_report
def test_schemaorg_has_every_property_where_it_stands(report: Any) -> None:
    """Each property is one of its type, and its value of a type that may stand there."""
    assert misplaced(json.loads(schemaorg.encode(report()))["@graph"]) == []


@each_report
def test_schemaorg_uses_its_terms_alone(report: Any) -> None:
    """Every type and property is one that schema.org has, and nothing is rated."""
    held = graph(schemaorg.encode(report()), {"@vocab": str(rdflib.SDO)})
    terms = {p for p in held.predicates() if p != rdflib.RDF.type}
    terms |= set(held.objects(None, rdflib.RDF.type))
    assert [t for t in terms if t not in rdflib.SDO] == []
    assert rdflib.SDO.ClaimReview not in terms
    assert not {t for t in terms if "ating" in str(t)}


def test_a_quotation_names_who_said_it() -> None:
    """Quoted words are a Quotation with its speaker; who passed them on is what it is based on."""
    (node,) = [
        n
        for n in json.loads(schemaorg.encode(exported.small()))["@graph"]
        if n["@type"] == "Quotation" and n.get("isBasedOn")
    ]
    said = node["spokenByCharacter"]["name"], node["isBasedOn"][0]["creator"]["name"]
    assert (node["text"], *said) == (
        "“the bridge will cost 14 million”",
        "Jon Aske",
        "Orsolya Tarn",
    )


def test_the_earliest_dated_account_is_the_first_appearance() -> None:
    """A claim of several accounts has them all, and its words are those of the earliest."""
    (claim,) = [
        n for n in json.loads(schemaorg.encode(exported.small()))["@graph"] if "appearance" in n
    ]
    assert (claim["text"], len(claim["appearance"]), claim["firstAppearance"]["@id"]) == (
        "“the bridge will cost 14 million”",
        2,
        "urn:retold:article:wire#char=67,100",
    )
