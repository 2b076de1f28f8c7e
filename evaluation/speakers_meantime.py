"""How well speakers are told on MEANTIME, news whose entities are resolved by hand.

    python -m evaluation.speakers_meantime            the share told right, beside the plain rule
    python -m evaluation.speakers_meantime --errors 20

A case is a reporting event with its agent (an SLINK whose source has an Arg0 that refers to an
entity): the agent's mention is the source, the event the cue, the rest of the sentence the content.
Nothing is trained or tuned on it.
"""

from __future__ import annotations

import argparse
import re
import tarfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

from evaluation import reporting, stories
from evaluation.reporting import Document
from retold.text import normalise
from retold.types import Article, Section, SectionKind, Span, Triple

KINDS = {"NAM": "name", "PRO": "pronoun", "NOM": "nominal", "APP": "name"}


def documents() -> Iterator[Document]:
    """The articles of the corpus that have a reporting event; none where the corpus is absent."""
    data = stories.research_data()
    packed = data / "data" / "corpora" / "meantime.tar.gz" if data else None
    if packed is None or not packed.exists():
        return
    with tarfile.open(packed) as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            if not member.name.endswith(".xml") or "cross-doc" not in member.name:
                continue
            file = archive.extractfile(member)
            if file and (found := _document(ElementTree.fromstring(file.read()))):  # noqa: S314
                yield found


def _text(root: ElementTree.Element) -> tuple[str, dict[str, Span], dict[str, Span]]:
    """The text, the place of each token, and the sentence that holds it."""
    out, places, sentences = "", {}, {}
    begun: dict[str, int] = {}
    held: dict[str, list[str]] = {}
    for token in root.iter("token"):
        word, sentence = normalise(token.text or ""), token.get("sentence", "0")
        if sentence not in begun:
            out += "\n\n" if int(sentence) < 3 and out else (" " if out else "")
            begun[sentence] = len(out)
        elif not re.match(r"[.,;:!?’')\]%]|n't", word) and not out.endswith(("(", "$", "“")):
            out += " "
        places[token.get("t_id", "")] = Span(len(out), len(out) + max(1, len(word)))
        held.setdefault(sentence, []).append(token.get("t_id", ""))
        out += word or "·"
    for ids in held.values():
        whole = Span(places[ids[0]].start, places[ids[-1]].end)
        sentences.update(dict.fromkeys(ids, whole))
    return out, places, sentences


def _document(root: ElementTree.Element) -> Document | None:
    text, places, sentences = _text(root)
    anchors = {
        element.get("m_id", ""): [a.get("t_id", "") for a in element.findall("token_anchor")]
        for element in root.iter()
        if element.tag in ("ENTITY_MENTION", "EVENT_MENTION")
    }
    kinds = {e.get("m_id", ""): e.get("syntactic_type", "") for e in root.iter("ENTITY_MENTION")}
    names = {e.get("m_id", ""): e.get("TAG_DESCRIPTOR", "") for e in root.iter("ENTITY")}
    refers, agents = {}, {}
    for link in root.iter("REFERS_TO"):
        for source in link.findall("source"):
            refers[source.get("m_id", "")] = _target(link)
    for link in root.iter("HAS_PARTICIPANT"):
        if link.get("sem_role") == "Arg0":
            agents.setdefault(_source(link), _target(link))
    rows = []
    for event in dict.fromkeys(_source(link) for link in root.iter("SLINK")):
        agent = agents.get(event, "")
        name = names.get(refers.get(agent, ""), "")
        if name and anchors.get(agent) and anchors.get(event):
            source, cue = _span(places, anchors[agent]), _span(places, anchors[event])
            sentence = sentences[anchors[event][0]]
            if content := reporting.content(sentence, source, cue):
                rows.append((source, cue, content, name, KINDS.get(kinds[agent], "other")))
    if not rows:
        return None
    body = Section(kind=SectionKind.BODY, span=Span(0, len(text)))
    return Document(
        article=Article(id=root.get("doc_id", ""), text=text, sections=(body,)),
        triples=tuple(
            Triple(source=(s,), cue=(c,), content=(q,), score=1.0) for s, c, q, _, _ in rows
        ),
        names=tuple((re.sub(r"\s*\(.*?\)|\s+-\s.*", "", name),) for *_, name, _ in rows),
        kinds=tuple(kind for *_, kind in rows),
    )


def _source(link: ElementTree.Element) -> str:
    found = link.find("source")
    return found.get("m_id", "") if found is not None else ""


def _target(link: ElementTree.Element) -> str:
    found = link.find("target")
    return found.get("m_id", "") if found is not None else ""


def _span(places: dict[str, Span], ids: list[str]) -> Span:
    held = [places[i] for i in ids]
    return Span(min(p.start for p in held), max(p.end for p in held))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    table, errors = reporting.figures(documents())
    print(table)
    for line in errors[: options.errors]:
        print("-", line)


if __name__ == "__main__":
    main()
