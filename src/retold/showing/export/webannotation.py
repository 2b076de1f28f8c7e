"""A report as Web Annotations (W3C, JSON-LD): one collection with all that was found.

The first annotations hold the captured texts. Every other points into one of them by position, in
code points as the standard has it, and by the words with what stands around them; its state names
the captured text that the position counts in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from retold import spans
from retold.showing import view as views
from retold.showing.export import iris
from retold.showing.view import View
from retold.types import Article, Attribution, Claim, Difference, Report, Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND_CHARS = 32

Node = dict[str, Any]


def encode(report: Report) -> str:
    """The collection as one JSON document."""
    view = views.of(report)
    items = [*_captures(view), *_statements(view), *_shared(view)]
    name = iris.of_report(report)
    collection = {
        "@context": CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": "; ".join(view.labels.values()),
        "total": len(items),
        "first": {
            "id": f"{name}:page:1",
            "type": "AnnotationPage",
            "partOf": name,
            "startIndex": 0,
            "items": items,
        },
    }
    return json.dumps(collection, ensure_ascii=False, indent=1) + "\n"


def _captures(view: View) -> Iterator[Node]:
    """An annotation for each article: this text was captured from that page."""
    for article in view.report.articles:
        text = {
            "id": iris.of_article(article),
            "type": "TextualBody",
            "value": article.text,
            "format": "text/plain",
            "language": article.language,
        }
        name = f"{iris.of_article(article)}:capture"
        yield _annotation(name, "describing", [text], [{"id": _page(article), "type": "Text"}])


def _statements(view: View) -> Iterator[Node]:
    """An annotation for each statement: its words are the target, who said them how the body."""
    for said in view.report.attributions:
        article = view.articles[said.article_id]
        yield _annotation(
            iris.within(view.report, "statement", said.id),
            "identifying",
            [*_who(view, said), *_evidence(article, said)],
            _pointers(article, said.content),
        )


def _who(view: View, said: Attribution) -> Iterator[Node]:
    if said.speaker_id:
        yield _text(views.name(view, said.speaker_id), "identifying")
    yield _text(" › ".join(views.chain(view, said.article_id, said)), "describing")
    yield _text(said.quotation, "classifying")
    yield _text(said.act, "classifying")


def _evidence(article: Article, said: Attribution) -> Iterator[Node]:
    """The words of the article that name the source and show that something is said."""
    for span in (*said.source, *said.cue):
        yield {**_pointer(article, span), "purpose": "linking"}


def _shared(view: View) -> Iterator[Node]:
    """An annotation for each claim, over its passages, and one for each of its differences."""
    for claim in view.report.claims:
        yield _claim(view, claim)
        for number, difference in enumerate(claim.differences, start=1):
            name = iris.within(view.report, "difference", f"{claim.id}.{number}")
            yield _difference(view, name, difference)


def _claim(view: View, claim: Claim) -> Node:
    targets = [_pointer(view.articles[p.article_id], p.span) for p in claim.passages]
    return _annotation(iris.within(view.report, "claim", claim.id), "linking", [], targets)


def _difference(view: View, name: str, difference: Difference) -> Node:
    values = [_text(side.value, "describing") for side in views.sides(view, difference)]
    return _annotation(
        name,
        "linking",
        [
            _text(difference.facet, "tagging"),
            _text(difference.kind, "classifying"),
            *values,
        ],
        [_pointer(view.articles[v.article_id], v.span) for v in difference.values],
    )


# --- the parts of an annotation ------------------------------------------------------------------


def _annotation(name: str, motivation: str, bodies: list[Node], targets: list[Node]) -> Node:
    return {
        "id": name,
        "type": "Annotation",
        "motivation": motivation,
        **({"body": bodies} if bodies else {}),
        "target": targets,
    }


def _text(value: str, purpose: str) -> Node:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def _pointers(article: Article, pieces: Iterable[Span]) -> list[Node]:
    return [_pointer(article, piece) for piece in pieces]


def _pointer(article: Article, span: Span) -> Node:
    """The stretch of the page, by position in the captured text and by its words."""
    text = article.text
    return {
        "type": "SpecificResource",
        "source": _page(article),
        "state": {"type": "TimeState", "cached": iris.of_article(article)},
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": spans.cut(text, span),
                "prefix": text[max(0, span.start - AROUND_CHARS) : span.start],
                "suffix": text[span.end : span.end + AROUND_CHARS],
            },
        ],
    }


def _page(article: Article) -> str:
    """Where the text was captured; the captured text itself where no address is known."""
    return iris.address(article) or iris.of_article(article)
