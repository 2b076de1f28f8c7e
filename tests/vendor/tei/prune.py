"""Cuts the schema of all of TEI down to the elements that retold writes.

    python tests/vendor/tei/prune.py tei_all.rng > tests/vendor/tei/tei_written.rng

Every other element becomes `notAllowed`, and definitions that nothing leads to go. So what the
result accepts, `tei_all.rng` accepts; it is read at once, the whole in half a minute.
"""

from __future__ import annotations

import sys
from typing import Any

from lxml import etree

RNG = "{http://relaxng.org/ns/structure/1.0}"
WRITTEN = {
    "TEI", "ab", "annotation", "app", "bibl", "body", "date", "editorialDecl",
    "encodingDesc", "fileDesc", "group", "listAnnotation", "listApp", "listOrg",
    "listPerson", "listWit", "note", "org", "orgName", "p", "persName", "person", "ptr",
    "publicationStmt", "publisher", "rdg", "ref", "sourceDesc", "standOff", "teiHeader",
    "text", "title", "titleStmt", "variantEncoding", "witness",
}  # fmt: skip

Element = Any  # lxml has no types of its own


def cut_down(grammar: Element) -> None:
    """Leaves the elements that are written, and the definitions that lead to them."""
    for element in list(grammar.iter(f"{RNG}element")):
        if element.get("name") not in WRITTEN:
            element.getparent().replace(element, etree.Element(f"{RNG}notAllowed"))
    for foreign in [e for e in grammar.iter(etree.Element) if not e.tag.startswith(RNG)]:
        if foreign.getparent() is not None:  # documentation and Schematron
            foreign.getparent().remove(foreign)
    for comment in list(grammar.iter(etree.Comment)):
        if comment.getparent() is not grammar:  # the first two say version and licence
            comment.getparent().remove(comment)
    while idle := _unreached(grammar):
        for define in idle:
            grammar.remove(define)


def _unreached(grammar: Element) -> list[Element]:
    reached = {ref.get("name") for ref in grammar.iter(f"{RNG}ref")}
    return [d for d in grammar.findall(f"{RNG}define") if d.get("name") not in reached]


if __name__ == "__main__":
    tree = etree.parse(sys.argv[1], etree.XMLParser(remove_blank_text=True))
    cut_down(tree.getroot())
    sys.stdout.buffer.write(etree.tostring(tree, pretty_print=True, encoding="utf-8"))
