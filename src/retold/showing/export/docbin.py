"""A report as spaCy documents, one for each article, in one DocBin.

A document's text is the article's, character for character. Sources, cues and contents are its span
groups; a token that a record cuts is taken whole there, so the exact characters are those of the
records, which `doc._.retold` gives back.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, SpanGroup
from spacy.tokens import Span as TokenSpan

from retold.showing.export import json
from retold.types import Attribution, Report, Span, Speaker

HELD = "retold"  # the key under which a document carries its records
GROUPS = ("source", "cue", "content")


def encode(report: Report) -> bytes:
    """The bytes of the DocBin; `spacy.tokens.DocBin().from_disk(FILE)` reads them."""
    language = spacy.blank("en")
    held: bytes = DocBin(docs=documents(report, language), store_user_data=True).to_bytes()
    return held


def documents(report: Report, language: Language) -> Iterator[Doc]:
    """A document for each article, tokenised by `language`, with its records."""
    for article in report.articles:
        yield attach(language.make_doc(article.text), of_article(report, article.id))


def attach(doc: Doc, report: Report) -> Doc:
    """The document with the records of the one article whose text it has."""
    register()
    doc.user_data[HELD] = json.encode(report)
    for role in GROUPS:
        held = [
            span for said in report.attributions for span in _tokens(doc, getattr(said, role), said)
        ]
        doc.spans[role] = SpanGroup(doc, name=role, spans=held)
    return doc


def register() -> None:
    """Makes `doc._.retold`, `doc._.attributions` and `doc._.speakers` known to spaCy."""
    for name, getter in (
        ("retold", records),
        ("attributions", attributions),
        ("speakers", speakers),
    ):
        Doc.set_extension(name, getter=getter, force=True)


def records(doc: Doc) -> Report | None:
    """All that was found in the document, None where retold has not read it."""
    held = doc.user_data.get(HELD)
    return json.decode(held) if held else None


def attributions(doc: Doc) -> tuple[Attribution, ...]:
    found = records(doc)
    return found.attributions if found else ()


def speakers(doc: Doc) -> tuple[Speaker, ...]:
    found = records(doc)
    return found.speakers if found else ()


def of_article(report: Report, article_id: str) -> Report:
    """What the report says of one article; what it says across articles is left out."""
    said = tuple(a for a in report.attributions if a.article_id == article_id)
    words = tuple(w for w in report.wording if w.article_id == article_id)
    named = {hop.speaker_id for a in said for hop in a.chain} | {a.speaker_id for a in said}
    named |= {w.about for w in words}
    return Report(
        articles=tuple(a for a in report.articles if a.id == article_id),
        speakers=tuple(
            dataclasses.replace(
                speaker,
                mentions=tuple(p for p in speaker.mentions if p.article_id == article_id),
                roles=tuple(p for p in speaker.roles if p.article_id == article_id),
            )
            for speaker in report.speakers
            if speaker.id in named
        ),
        attributions=said,
        passages=tuple(p for p in report.passages if p.article_id == article_id),
        claims=(),
        timeline=tuple(e for e in report.timeline if e.article_id == article_id),
        wording=words,
        tellings=(),
    )


def _tokens(doc: Doc, pieces: Iterable[Span], said: Attribution) -> Iterator[TokenSpan]:
    for piece in pieces:
        span = doc.char_span(
            piece.start, piece.end, label=said.quotation, span_id=said.id, alignment_mode="expand"
        )
        if span is not None:
            yield span
