"""Reporting events of corpora whose entities are resolved by hand, and how many are told right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from evaluation.matching import is_same_name
from retold.reading import roster, speakers
from retold.types import Article, Span, SpeakerKind, Triple


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article with one triple a reporting event; for each the names by which the corpus knows
    who reports, and the kind of words that stand there."""

    article: Article
    triples: tuple[Triple, ...]
    names: tuple[tuple[str, ...], ...]
    kinds: tuple[str, ...]


def content(sentence: Span, source: Span, cue: Span) -> Span | None:
    """The longer part of the sentence before or after source and cue."""
    first, last = min(source.start, cue.start), max(source.end, cue.end)
    before, after = first - sentence.start, sentence.end - last
    if max(before, after) < 2:
        return None
    return Span(sentence.start, first) if before > after else Span(last, sentence.end)


def figures(documents: Iterable[Document]) -> tuple[str, list[str]]:
    """The share told right by kind of source, beside the person named nearest before, as a table;
    and the errors, the source in brackets."""
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    errors: list[str] = []
    for document in documents:
        cast = speakers.resolve(document.article, document.triples, ())
        named = {s.id: s.name for s in cast.speakers}
        nearest = _nearest(document)
        for n, found in enumerate(cast.resolutions):
            names, kind = document.names[n], document.kinds[n]
            told = named.get(found.speaker_id or "")
            is_right = _is_one_of(told, names)
            asked[kind] += 1
            right[kind] += is_right
            plain[kind] += _is_one_of(nearest[n], names)
            if not is_right:
                errors.append(_marked(document, n, told))
    lines = [f"{'source':10}{'asked':>7}{'right':>8}{'nearest':>9}"]
    for kind in [*sorted(asked), "all"]:
        total, r, p = (sum(c.values()) if kind == "all" else c[kind] for c in (asked, right, plain))
        lines.append(f"{kind:10}{total:7}{r / max(total, 1):8.3f}{p / max(total, 1):9.3f}")
    return "\n".join(lines), errors


def _is_one_of(told: str | None, names: tuple[str, ...]) -> bool:
    return any(is_same_name(told, name) for name in names)


def _nearest(document: Document) -> list[str | None]:
    """The plain rule: the person named last before each source, or in it."""
    found = roster.find(document.article, ())
    persons = [
        (place.start, found.figures[i].name)
        for place, i in found.places
        if found.figures[i].kind is SpeakerKind.PERSON
    ]
    ends = [triple.source[0].end for triple in document.triples]
    return [next((n for at, n in reversed(persons) if at < end), None) for end in ends]


def _marked(document: Document, number: int, told: str | None) -> str:
    text, source = document.article.text, document.triples[number].source[0]
    before, after = text[max(0, source.start - 120) : source.start], text[source.end :][:60]
    line = f"…{before}[{text[source.start : source.end]}]{after}…".replace("\n", " ")
    return f"{document.article.id}: {told} for {document.names[number][0]}: {line}"
