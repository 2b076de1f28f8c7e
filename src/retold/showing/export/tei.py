"""A report as one TEI P5 document: the articles as they are, all that was found standing off.

Each article is a text of one block. Statements are annotations that point into it by
`string-range(ID, offset, length)`, in code points from 0; the people stand in lists. The wordings
of a quotation are a critical apparatus without a lemma: no wording is called the right one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from retold import spans
from retold.showing import view as views
from retold.showing.export import iris
from retold.showing.view import View
from retold.types import Attribution, Change, Report, Span, SpeakerKind, Variant, Witness

NAMESPACE = "http://www.tei-c.org/ns/1.0"
XML = "{http://www.w3.org/XML/1998/namespace}"
REPLACEMENT = "\ufffd"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

ENCODING = (
    "Pointers count Unicode characters of the block they name, from 0. Characters that XML cannot "
    "hold stand as U+FFFD, one for one. Statements, speakers and readings were found by program."
)

Element = Any  # lxml has no types of its own


@dataclass(frozen=True, slots=True)
class Names:
    """The xml:ids of what is pointed to, by the ids of the records."""

    witnesses: Mapping[str, str]
    speakers: Mapping[str, str]
    statements: Mapping[str, str]


def encode(report: Report) -> str:
    """The document, with its XML declaration, for UTF-8."""
    view = views.of(report)
    names = Names(
        witnesses={a.id: f"w{n}" for n, a in enumerate(report.articles, start=1)},
        speakers={s.id: f"s{n}" for n, s in enumerate(report.speakers, start=1)},
        statements={a.id: f"a{n}" for n, a in enumerate(report.attributions, start=1)},
    )
    root = etree.Element(f"{{{NAMESPACE}}}TEI", nsmap={None: NAMESPACE})
    _head(root, view, names)
    if report.speakers or report.attributions:
        stand_off = _add(root, "standOff")
        _people(stand_off, view, names)
        _statements(stand_off, view, names)
        _apparatus(stand_off, view, names)
    group = _add(_add(root, "text"), "group")
    for article in report.articles:
        body = _add(_add(group, "text", n=article.id), "body")
        block = _add(body, "ab", article.text, id=f"{names.witnesses[article.id]}.text")
        block.set(f"{XML}space", "preserve")
    etree.indent(root, " ")
    document: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return document.decode() + "\n"


# --- the header ----------------------------------------------------------------------------------


def _head(root: Element, view: View, names: Names) -> None:
    head = _add(root, "teiHeader")
    about = _add(head, "fileDesc")
    _add(_add(about, "titleStmt"), "title", "; ".join(view.labels.values()))
    _add(_add(about, "publicationStmt"), "p", "A comparison of the articles that are listed below.")
    witnesses = _add(_add(about, "sourceDesc"), "listWit")
    for article in view.report.articles:
        witness = _add(witnesses, "witness", id=names.witnesses[article.id])
        bibl = _add(witness, "bibl")
        if article.title:
            _add(bibl, "title", article.title)
        _add(bibl, "publisher", view.labels[article.id])
        if article.published:
            _add(bibl, "date", when=article.published.isoformat())
        if address := iris.address(article):
            _add(bibl, "ptr", target=address)
    encoding = _add(head, "encodingDesc")
    _add(_add(encoding, "editorialDecl"), "p", ENCODING)
    _add(encoding, "variantEncoding", method="location-referenced", location="external")


# --- who says what -------------------------------------------------------------------------------


def _people(parent: Element, view: View, names: Names) -> None:
    """Persons and those of whom nothing is known but what they are called; all others apart."""
    is_person = (SpeakerKind.PERSON, SpeakerKind.UNNAMED)
    for tag, name, wanted in (("person", "persName", True), ("org", "orgName", False)):
        held = [s for s in view.report.speakers if (s.kind in is_person) is wanted]
        if held:
            listed = _add(parent, "listPerson" if wanted else "listOrg")
            for speaker in held:
                one = _add(listed, tag, id=names.speakers[speaker.id], role=speaker.kind)
                _add(one, name, speaker.name)


def _statements(parent: Element, view: View, names: Names) -> None:
    if view.report.attributions:
        listed = _add(parent, "listAnnotation", type="statements")
        for said in view.report.attributions:
            _statement(listed, view, names, said)


def _statement(parent: Element, view: View, names: Names, said: Attribution) -> None:
    """The words that were said are the target, the score how certain it is; source, cue and every
    hop of the chain point to the words that show them."""
    at = names.witnesses[said.article_id]
    annotation = _add(
        parent,
        "annotation",
        id=names.statements[said.id],
        motivation="identifying",
        cert=f"{said.score:.4g}",
        target=_pointers(at, said.content),
    )
    for kind, pieces in (("source", said.source), ("cue", said.cue)):
        if pieces:
            _add(annotation, "ptr", type=kind, target=_pointers(at, pieces))
    for number, hop in enumerate(said.chain, start=1):
        if hop.speaker_id in names.speakers:
            who = views.name(view, hop.speaker_id)
            shown = {"corresp": _pointers(at, [hop.span])} if hop.span else {}
            target = f"#{names.speakers[hop.speaker_id]}"
            _add(annotation, "ref", who, type="speaker", n=str(number), target=target, **shown)
    if said.parent and said.parent in names.statements:
        _add(annotation, "ptr", type="within", target=f"#{names.statements[said.parent]}")
    _add(annotation, "note", said.quotation, type="quotation")
    _add(annotation, "note", said.act, type="act")


# --- the wordings of a quotation -----------------------------------------------------------------


def _apparatus(parent: Element, view: View, names: Names) -> None:
    """A list of entries for each quotation: all its wordings first, then each place where one parts
    from the earliest, those of substance apart from case, marks and ellipses."""
    variants = dict.fromkeys(v for claim in view.report.claims for v in claim.variants)
    for number, variant in enumerate(variants, start=1):
        listed = _add(parent, "listApp", type="quotation", id=f"q{number}")
        whole = _add(listed, "app", type="wordings")
        for witness in variant.witnesses:
            _reading(whole, view, names, witness, witness.pieces)
        for kind, is_wanted in (("substantive", True), ("accidental", False)):
            changes = [c for c in variant.changes if c.is_substantive is is_wanted]
            if changes:
                parted = _add(listed, "listApp", type=kind)
                for change in changes:
                    _change(parted, view, names, variant, change)


def _change(parent: Element, view: View, names: Names, variant: Variant, change: Change) -> None:
    """Two readings; the empty one is of the witness that has nothing there."""
    entry = _add(parent, "app", type=change.kind.replace(" ", "-"))
    sides = ((variant.witnesses[0], change.base), (variant.witnesses[change.witness], change.other))
    for witness, span in sides:
        _reading(entry, view, names, witness, (span,) if span else ())


def _reading(
    parent: Element, view: View, names: Names, witness: Witness, pieces: tuple[Span, ...]
) -> None:
    at = names.witnesses[witness.article_id]
    text = view.articles[witness.article_id].text
    words = " … ".join(spans.cut(text, piece) for piece in pieces)
    shown = {"corresp": _pointers(at, pieces)} if pieces else {}
    _add(parent, "rdg", words, wit=f"#{at}", **shown)


# --- elements ------------------------------------------------------------------------------------


def _pointers(witness: str, pieces: Iterable[Span]) -> str:
    return " ".join(f"#string-range({witness}.text,{p.start},{len(p)})" for p in pieces)


def _add(
    parent: Element, tag: str, words: str = "", *, id: str | None = None, **attributes: str
) -> Element:
    """A new child with its text and attributes, every character one that XML can hold."""
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    if id is not None:
        child.set(f"{XML}id", id)
    for name, value in attributes.items():
        child.set(name, _NOT_XML.sub(REPLACEMENT, value))
    if words:
        child.text = _NOT_XML.sub(REPLACEMENT, words)
    return child
