"""A report as tables: one row for each thing found, nothing cut, nothing counted together.

Every row says where it stands: the article with its outlet, title, address and day, and the code
points of its words. Where words come in pieces, ` … ` stands between them and the offsets name
each (`12-30 44-61`); `start` and `end` are then the ends of the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from retold import spans
from retold.showing import view as views
from retold.showing.view import View
from retold.types import Change, Claim, Report, Span, Variant, Witness

Cell = str | int | float | bool | None
Row = Mapping[str, Cell]

BETWEEN_PIECES = " … "
BETWEEN_SPEAKERS = " › "
PLACE = ("article", "outlet", "title", "url", "published")
WORDS = ("words", "start", "end")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under named columns; every row has a cell for each."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def names() -> tuple[str, ...]:
    """What the tables are called, in their order."""
    return tuple(_TABLES)


def of(report: Report, name: str) -> Table:
    """One table of the report.

    Raises:
        KeyError: there is no table of that name.
    """
    columns, rows = _TABLES[name]
    held = tuple(tuple(row[column] for column in columns) for row in rows(views.of(report)))
    return Table(name=name, columns=columns, rows=held)


def all_of(report: Report) -> tuple[Table, ...]:
    """Every table of the report, in the order of `names`."""
    return tuple(of(report, name) for name in names())


# --- the rows ------------------------------------------------------------------------------------


def _statements(view: View) -> Iterator[Row]:
    claims = _claims_of(view.report.claims)
    for said in view.report.attributions:
        speaker = view.speakers.get(said.speaker_id or "")
        yield {
            **_place(view, said.article_id),
            "statement": said.id,
            "speaker": speaker.name if speaker else None,
            "speaker_kind": speaker.kind if speaker else None,
            "chain": BETWEEN_SPEAKERS.join(views.name(view, s) for s in views.speakers_of(said)),
            "act": said.act,
            "quotation": said.quotation,
            "source": _joined(view, said.article_id, said.source),
            "cue": _joined(view, said.article_id, said.cue),
            "content": _joined(view, said.article_id, said.content),
            "source_offsets": _offsets(said.source),
            "cue_offsets": _offsets(said.cue),
            "content_offsets": _offsets(said.content),
            "start": said.content[0].start,
            "end": said.content[-1].end,
            "said": said.said.date if said.said else None,
            "hedged": said.hedged,
            "asserted": said.is_asserted,
            "within": said.parent,
            "claims": " ".join(claims(said.article_id, said.content)) or None,
            "score": said.score,
            "speaker_score": said.speaker_score,
            "chain_score": said.chain_score,
        }


def _differences(view: View) -> Iterator[Row]:
    for claim in view.report.claims:
        for number, difference in enumerate(claim.differences, start=1):
            for value in difference.values:
                said = views.statement_of(view, value.article_id, value.span)
                yield {
                    "claim": claim.id,
                    "difference": f"{claim.id}.{number}",
                    "facet": difference.facet,
                    "kind": difference.kind,
                    "score": difference.score,
                    "value": value.value,
                    "value_score": value.score,
                    **_words(view, value.article_id, value.span),
                    "statement": said.id if said else None,
                    **_place(view, value.article_id),
                }


def _claims(view: View) -> Iterator[Row]:
    for claim in view.report.claims:
        told: Row = {"claim": claim.id, "tellings": len(claim.tellings), "score": claim.score}
        for passage in claim.passages:
            yield {
                **told,
                "stance": "tells",
                **_words(view, passage.article_id, passage.span),
                "statement": passage.attribution_id,
                **_place(view, passage.article_id),
            }
        for article_id in claim.silent:
            nothing: Row = dict.fromkeys((*WORDS, "statement"))
            yield {**told, "stance": "silent", **nothing, **_place(view, article_id)}


def _timeline(view: View) -> Iterator[Row]:
    for event in view.report.timeline:
        yield {
            "date": event.date,
            **_words(view, event.article_id, event.span),
            "claim": event.claim_id,
            "statement": event.attribution_id,
            **_place(view, event.article_id),
        }


def _variants(view: View) -> Iterator[Row]:
    for number, (variant, claims) in enumerate(_held_by(view.report.claims), start=1):
        for at, witness in enumerate(variant.witnesses):
            changes = tuple(c for c in variant.changes if c.witness == at)
            for change in changes or (None,):
                yield {
                    "quotation": f"q{number}",
                    "claims": " ".join(claims),
                    "wording": at + 1,
                    "date": witness.date,
                    "words": _joined(view, witness.article_id, witness.pieces),
                    "offsets": _offsets(witness.pieces),
                    **_change(view, variant.witnesses[0], witness, change),
                    "statement": witness.attribution_id,
                    **_place(view, witness.article_id),
                }


def _change(view: View, base: Witness, witness: Witness, change: Change | None) -> Row:
    """The cells of one change from the first wording; empty ones where nothing changed."""
    if change is None:
        return dict.fromkeys(("change", "substantive", "before", "after", "start", "end"))
    before, after = change.base, change.other
    return {
        "change": change.kind,
        "substantive": change.is_substantive,
        "before": _cut(view, base.article_id, before) if before else None,
        "after": _cut(view, witness.article_id, after) if after else None,
        "start": after.start if after else None,
        "end": after.end if after else None,
    }


def _wording(view: View) -> Iterator[Row]:
    for words in view.report.wording:
        yield {
            "about": views.name(view, words.about, unknown=""),
            **_words(view, words.article_id, words.span),
            "quoted": words.in_quotation,
            "loaded": words.is_loaded,
            **_place(view, words.article_id),
        }


_TABLES: Mapping[str, tuple[tuple[str, ...], Callable[[View], Iterable[Row]]]] = {
    "statements": (
        (
            *PLACE,
            *("statement", "speaker", "speaker_kind", "chain", "act", "quotation"),
            *("source", "cue", "content", "source_offsets", "cue_offsets", "content_offsets"),
            *("start", "end", "said", "hedged", "asserted", "within", "claims"),
            *("score", "speaker_score", "chain_score"),
        ),
        _statements,
    ),
    "differences": (
        (
            *("claim", "difference", "facet", "kind", "score", "value", "value_score"),
            *(*WORDS, "statement"),
            *PLACE,
        ),
        _differences,
    ),
    "claims": (
        ("claim", "tellings", "score", "stance", *WORDS, "statement", *PLACE),
        _claims,
    ),
    "timeline": (("date", *WORDS, "claim", "statement", *PLACE), _timeline),
    "variants": (
        (
            *("quotation", "claims", "wording", "date", "words", "offsets"),
            *("change", "substantive", "before", "after", "start", "end", "statement"),
            *PLACE,
        ),
        _variants,
    ),
    "wording": (("about", *WORDS, "quoted", "loaded", *PLACE), _wording),
}


# --- cells ---------------------------------------------------------------------------------------


def _place(view: View, article_id: str) -> Row:
    article = view.articles[article_id]
    return {
        "article": article.id,
        "outlet": article.outlet,
        "title": article.title,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
    }


def _words(view: View, article_id: str, span: Span) -> Row:
    return {"words": _cut(view, article_id, span), "start": span.start, "end": span.end}


def _cut(view: View, article_id: str, span: Span) -> str:
    return spans.cut(view.articles[article_id].text, span)


def _joined(view: View, article_id: str, pieces: Iterable[Span]) -> str | None:
    return BETWEEN_PIECES.join(_cut(view, article_id, piece) for piece in pieces) or None


def _offsets(pieces: Iterable[Span]) -> str | None:
    return " ".join(f"{piece.start}-{piece.end}" for piece in pieces) or None


def _claims_of(claims: Iterable[Claim]) -> Callable[[str, Sequence[Span]], list[str]]:
    """A function that gives the claims whose words share a character with any of the pieces."""
    told: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for claim in claims:
        for passage in claim.passages:
            told[passage.article_id].append((passage.span, claim.id))
    near = {
        article_id: spans.finder(held, key=lambda one: one[0]) for article_id, held in told.items()
    }

    def of_pieces(article_id: str, pieces: Sequence[Span]) -> list[str]:
        if article_id not in near:
            return []
        found = (claim for piece in pieces for _, claim in near[article_id](piece))
        return list(dict.fromkeys(found))

    return of_pieces


def _held_by(claims: Iterable[Claim]) -> list[tuple[Variant, list[str]]]:
    """Each quotation once, with the claims that hold it."""
    held: dict[Variant, list[str]] = defaultdict(list)
    for claim in claims:
        for variant in claim.variants:
            held[variant].append(claim.id)
    return list(held.items())
