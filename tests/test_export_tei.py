"""The TEI document of a report: valid by TEI's own schema, its pointers right, nothing left out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from retold.showing.export import tei
from tests import exported, stories

# the schema of TEI, cut down to the elements that are written
SCHEMA = Path(__file__).parent / "vendor" / "tei" / "tei_written.rng"
NAMES = {"t": tei.NAMESPACE}
ID = "{http://www.w3.org/XML/1998/namespace}id"
POINTER = re.compile(r"#string-range\((\w+\.text),(\d+),(\d+)\)")
REPORTS = {"bridge": stories.bridge, "hostile": exported.hostile, "alone": stories.bare}
each_report = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS.keys())


def parsed(report: Any) -> Any:
    return etree.fromstring(tei.encode(report).encode())


def held(text: str) -> str:
    """The text as XML can hold it, character for character."""
    allowed = {"\t", "\n", "\r"}
    return "".join(
        c if c in allowed or (c >= " " and c not in "\ufffe\uffff") else "\ufffd" for c in text
    )


@pytest.fixture(scope="module")
def schema() -> Any:
    return etree.RelaxNG(etree.parse(SCHEMA))


@each_report
def test_the_document_is_valid(report: Any, schema: Any) -> None:
    """TEI's own schema accepts it, whatever the report holds."""
    schema.validate(parsed(report()))
    assert [str(error) for error in schema.error_log] == []


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        (".//t:app", "verdict", "true"),
        (".//t:date", "when", "yesterday"),
        (".//t:person", ID, "two words"),
        (".//t:annotation", "motivation", "not a name!"),
    ],
)
def test_the_schema_refuses_what_is_wrong(path: str, name: str, value: str, schema: Any) -> None:
    """What is cut down to our elements still holds them to TEI's rules."""
    root = parsed(stories.bridge())
    root.find(path, NAMES).set(name, value)
    assert not schema.validate(root)


@each_report
def test_the_text_is_the_article(report: Any) -> None:
    """Each article is there, one character for each of its own."""
    blocks = parsed(report()).xpath("//t:ab/text()", namespaces=NAMES)
    assert [str(block) for block in blocks] == [held(a.text) for a in report().articles]


@each_report
def test_pointers_of_statements_lead_to_their_words(report: Any) -> None:
    """Target, source and cue of a statement are those of its record."""
    root = parsed(report())
    texts = {block.get(ID): block.text for block in root.iterfind(".//t:ab", NAMES)}

    def cut(pointers: str | None) -> list[str]:
        found = POINTER.findall(pointers or "")
        return [texts[i][int(start) : int(start) + int(length)] for i, start, length in found]

    by_id = {a.id: a.text for a in report().articles}
    expected = [
        [held(by_id[a.article_id][s.start : s.end]) for s in (*a.content, *a.source, *a.cue)]
        for a in report().attributions
    ]
    assert [
        [
            *cut(annotation.get("target")),
            *(w for p in annotation.iterfind("t:ptr", NAMES)
              if p.get("type") != "within" for w in cut(p.get("target"))),
        ]
        for annotation in root.iterfind(".//t:annotation", NAMES)
    ] == expected  # fmt: skip


@each_report
def test_readings_lead_to_their_words(report: Any) -> None:
    """The words of a reading in the apparatus stand where its pointer leads."""
    root = parsed(report())
    texts = {block.get(ID): block.text for block in root.iterfind(".//t:ab", NAMES)}
    for reading in root.iterfind(".//t:rdg", NAMES):
        places = POINTER.findall(reading.get("corresp", ""))
        words = [texts[i][int(start) : int(start) + int(length)] for i, start, length in places]
        assert " … ".join(words) == (reading.text or "")


@each_report
def test_every_pointer_within_the_document_has_its_goal(report: Any) -> None:
    """No id is pointed to that is not there, and none is there twice."""
    root = parsed(report())
    ids = root.xpath("//@xml:id")
    pointed = {
        name
        for value in root.xpath("//@target | //@corresp | //@wit")
        for name in re.findall(r"#(?:string-range\()?([\w.]+)", str(value))
        if not str(value).startswith("http")
    }
    assert len(ids) == len(set(ids))
    assert pointed <= set(ids)


@each_report
def test_every_article_is_a_witness(report: Any) -> None:
    """A witness for each article, whatever else is found."""
    witnesses = parsed(report()).xpath("//t:listWit/t:witness/@xml:id", namespaces=NAMES)
    assert len(witnesses) == len(report().articles)


def test_no_wording_is_the_right_one() -> None:
    """The apparatus has readings and no lemma."""
    root = parsed(stories.bridge())
    assert root.xpath("count(//t:lem)", namespaces=NAMES) == 0
    changed = root.xpath("//t:app[@type='substitution']/t:rdg/text()", namespaces=NAMES)
    assert [str(words) for words in changed] == ["new", "good"]


def test_a_chain_is_told_hop_by_hop() -> None:
    """The minister first, then the mayor, each with the words that show it."""
    annotation = parsed(stories.bridge()).xpath(
        "//t:annotation[t:ptr/@type='within']", namespaces=NAMES
    )[0]
    hops = annotation.xpath("t:ref[@type='speaker']", namespaces=NAMES)
    assert [(hop.get("n"), hop.text) for hop in hops] == [("1", "Jon Aske"), ("2", "Orsolya Tarn")]
