"""How well speakers are told on the news of GUM, whose entities are resolved by hand.

    python -m evaluation.speakers_gum            the share told right, beside the plain rule
    python -m evaluation.speakers_gum --errors 20

A case is a verb of reporting with its subject, or "according to" with what it governs, as the
corpus's trees have them, where that names an entity; the rest of the sentence is the content.
Nothing is trained or tuned on it.
"""

from __future__ import annotations

import argparse
import re
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evaluation import reporting, stories
from evaluation.reporting import Document
from retold import lexicons
from retold.text import normalise
from retold.types import Article, Section, SectionKind, Span, Triple

PRONOUN, NAME = "PRP", "NNP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word of a tree: `head` is the index of its governor in the sentence, None at the root."""

    span: Span
    form: str
    tag: str
    head: int | None
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    tokens: tuple[Token, ...]

    @property
    def span(self) -> Span:
        return Span(self.tokens[0].span.start, self.tokens[-1].span.end)

    def under(self, head: int) -> Span:
        """The span of all that token `head` governs, itself included."""
        held, size = {head}, 0
        while len(held) > size:
            size = len(held)
            held |= {i for i, token in enumerate(self.tokens) if token.head in held}
        return Span(
            min(self.tokens[i].span.start for i in held), max(self.tokens[i].span.end for i in held)
        )


def documents() -> Iterator[Document]:
    """The articles of the corpus that have a case; none where the corpus is absent."""
    data = stories.research_data()
    packed = data / "data" / "corpora" / "gum_news.tar.gz" if data else None
    if packed is None or not packed.exists():
        return
    with tarfile.open(packed) as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            file = archive.extractfile(member) if member.name.endswith(".conllu") else None
            if file and (found := document(file.read().decode("utf-8"))):
                yield found


def document(conllu: str) -> Document | None:
    """One file of the corpus, None if nobody in it reports anything."""
    text, sentences, entities = _read(conllu)
    rows = [row for sentence in sentences for row in _cases(sentence, entities)]
    if not rows:
        return None
    name = re.search(r"^# newdoc id = (\S+)", conllu, re.MULTILINE)
    body = Section(kind=SectionKind.BODY, span=Span(0, len(text)))
    return Document(
        article=Article(id=name[1] if name else "gum", text=text, sections=(body,)),
        triples=tuple(triple for triple, _, _ in rows),
        names=tuple(_names(text, sentences, mentions) for _, mentions, _ in rows),
        kinds=tuple(kind for _, _, kind in rows),
    )


# --- the trees ------------------------------------------------------------------------------------

Entities = Mapping[str, Sequence[Span]]


def _read(conllu: str) -> tuple[str, list[Sentence], Entities]:
    """The text, its trees, and the places that name each entity."""
    text, sentences = "", []
    entities: dict[str, list[Span]] = {}
    opened: list[tuple[str, int]] = []
    for block in re.split(r"\n\s*\n", conllu.strip()):
        if text and not text.endswith("\n"):
            text += "\n\n" if "# newpar" in block else " "
        tokens = []
        rows = [line.split("\t") for line in block.splitlines() if not line.startswith("#")]
        for row in rows:
            if not row[0].isdigit():
                continue
            start = len(text)
            text += normalise(row[1])
            span = Span(start, len(text))
            text += "" if "SpaceAfter=No" in row[9] else " "
            head = int(row[6]) - 1 if row[6] != "0" else None
            tokens.append(Token(span=span, form=row[1], tag=row[4], head=head, relation=row[7]))
            _brackets(row[9], span, opened, entities)
        text = text.rstrip(" ")
        if tokens:
            sentences.append(Sentence(tokens=tuple(tokens)))
    return text, sentences, entities


def _brackets(
    remarks: str, span: Span, opened: list[tuple[str, int]], entities: dict[str, list[Span]]
) -> None:
    """Entities that open or close at a token: `(3-organization-…`, `3)`, and `)` for the last."""
    told = next((r[7:] for r in remarks.split("|") if r.startswith("Entity=")), "")
    for mark in re.finditer(r"\((\d+)-|(?<![-\w])(\d+)\)|\)", told):
        if mark[1]:
            opened.append((mark[1], span.start))
            continue
        fitting = [i for i, (number, _) in enumerate(opened) if mark[2] in (None, number)]
        if fitting:
            number, start = opened.pop(fitting[-1])
            entities.setdefault(number, []).append(Span(start, span.end))


# --- the cases ------------------------------------------------------------------------------------


def _cases(sentence: Sentence, entities: Entities) -> Iterator[tuple[Triple, Sequence[Span], str]]:
    """Each reporting event of a sentence with the mentions of who reports."""
    for cue, number in _reporting(sentence):
        head, source = sentence.tokens[number], sentence.under(number)
        if source.start < cue.end and cue.start < source.end:  # "according to" hangs on its noun
            source = Span(_after_to(sentence, cue), max(source.end, cue.end + 1))
        mentions = _who(head.span, source, entities)
        content = reporting.content(sentence.span, source, cue)
        if mentions and content and head.tag not in ("WP", "WDT"):
            kind = {PRONOUN: "pronoun", NAME: "name"}.get(head.tag, "nominal")
            triple = Triple(source=(source,), cue=(cue,), content=(content,), score=1.0)
            yield triple, mentions, kind


def _reporting(sentence: Sentence) -> Iterator[tuple[Span, int]]:
    """The cue of each reporting event, and the number of its source's head word."""
    for number, token in enumerate(sentence.tokens):
        if token.head is None:
            continue
        governor = sentence.tokens[token.head]
        if token.relation == "nsubj" and _is_of_saying(governor.form.lower()):
            yield governor.span, number
        if token.relation == "case" and token.form.lower() == "according":
            yield token.span, token.head


def _is_of_saying(verb: str) -> bool:
    """True for a verb of saying; those of thinking report nothing that was said."""
    return lexicons.table("speech_verbs").get(verb, "thinks") != "thinks"


def _after_to(sentence: Sentence, cue: Span) -> int:
    """Where the words after "according to" start."""
    after = [t for t in sentence.tokens if t.span.start >= cue.end]
    return after[1].span.start if len(after) > 1 else cue.end


def _who(head: Span, source: Span, entities: Entities) -> Sequence[Span]:
    """All mentions of the entity that the source names: the widest that holds its noun."""
    fitting = [
        (len(span), number)
        for number, mentions in entities.items()
        for span in mentions
        if span.start <= head.start and head.end <= span.end and span.start >= source.start
    ]
    return entities[max(fitting)[1]] if fitting else ()


def _names(text: str, sentences: Sequence[Sentence], mentions: Sequence[Span]) -> tuple[str, ...]:
    """What the text calls an entity, names before descriptions; pronouns are left out."""
    tags = {t.span.start: t.tag for s in sentences for t in s.tokens}
    spans = [m for m in mentions if tags.get(m.start) not in (PRONOUN, "PRP$")]
    has_name = [
        m for m in spans if any(m.start <= at < m.end and tag == NAME for at, tag in tags.items())
    ]
    return tuple(dict.fromkeys(text[m.start : m.end] for m in has_name or spans))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    table, errors = reporting.figures(d for d in documents() if all(d.names))
    print(table)
    for line in errors[: options.errors]:
        print("-", line)


if __name__ == "__main__":
    main()
