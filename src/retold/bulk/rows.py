"""Articles and readings as rows of the tables, and back: nothing is lost on the way."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pyarrow as pa

from retold.bulk.schema import FORMAT, GAP, TABLES, Row, table
from retold.comparing.units import VECTOR_SIZE
from retold.spans import cut
from retold.types import (
    Act,
    Article,
    Attribution,
    Failure,
    Hop,
    Mention,
    MentionKind,
    Passage,
    Place,
    QuotationKind,
    Reading,
    Section,
    SectionKind,
    Span,
    Speaker,
    SpeakerKind,
    TimeExpression,
)

# --- articles -------------------------------------------------------------------------------------


def row_of_article(article: Article) -> Row:
    return {
        "id": article.id,
        "path": article.path,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "published": article.published,
        "language": article.language,
        "text": article.text,
        "sections": [_marked(s.kind, s.span) for s in article.sections],
    }


def article_of_row(row: Row) -> Article:
    return Article(
        id=row["id"],
        path=row["path"],
        url=row["url"],
        outlet=row["outlet"],
        title=row["title"],
        published=row["published"],
        language=row["language"],
        text=row["text"],
        sections=tuple(
            Section(kind=SectionKind(s["kind"]), span=_span(s)) for s in row["sections"]
        ),
    )


def row_of_failure(failure: Failure) -> Row:
    return {name: _whole(getattr(failure, name)) for name in ("source", "message", "hint")}


# --- readings -------------------------------------------------------------------------------------


def tables_of(readings: Sequence[tuple[Row, Reading]]) -> dict[str, pa.Table]:
    """Readings as tables, each beside the row that its article was found as."""
    rows: dict[str, list[Row]] = {name: [] for name in ("articles", "attributions", "speakers")}
    rows["times"] = []
    for found, reading in readings:
        rows["articles"].append(found | _row_of_reading(reading))
        names = {speaker.id: speaker.name for speaker in reading.speakers}
        text, key = reading.article.text, reading.article.id
        rows["attributions"] += [_row_of_attribution(a, text, names) for a in reading.attributions]
        rows["speakers"] += [_row_of_speaker(s, key) for s in reading.speakers]
        rows["times"] += [_row_of_time(t, text) | {"article": key} for t in reading.times]
    out = {name: table(name, held) for name, held in rows.items()}
    return out | {"passages": _passages([reading for _, reading in readings])}


def readings_of(tables: Mapping[str, pa.Table]) -> list[Reading]:
    """The readings that `tables_of` wrote, in the order of the articles."""
    attributions = _by_article(tables["attributions"].to_pylist())
    speakers = _by_article(tables["speakers"].to_pylist())
    times = _by_article(tables["times"].to_pylist())
    passages = _by_article(tables["passages"].drop_columns("vector").to_pylist())
    vectors = _vectors(tables["passages"])
    return [
        Reading(
            article=article_of_row(row),
            model=row["model"],
            attributions=tuple(_attribution(each) for each in attributions[row["id"]]),
            speakers=tuple(_speaker(each) for each in speakers[row["id"]]),
            mentions=tuple(
                Mention(kind=MentionKind(m["kind"]), span=_span(m)) for m in row["mentions"]
            ),
            times=tuple(_time(each) for each in times[row["id"]]),
            passages=tuple(_passage(each) for each in passages[row["id"]]),
            vectors=vectors.get(row["id"], b""),
            notes=tuple(row["notes"]),
        )
        for row in tables["articles"].to_pylist()
    ]


# --- records to rows ------------------------------------------------------------------------------


def _row_of_reading(reading: Reading) -> Row:
    return {
        "model": reading.model,
        "mentions": [_marked(m.kind, m.span) for m in reading.mentions],
        "notes": list(reading.notes),
    }


def _row_of_attribution(held: Attribution, text: str, names: Mapping[str, str]) -> Row:
    said = held.said
    return {
        "id": held.id,
        "article": held.article_id,
        "quotation": held.quotation.value,
        "speaker": names.get(held.speaker_id or ""),
        "chain": [names.get(hop.speaker_id, "") for hop in held.chain],
        "words": GAP.join(cut(text, piece) for piece in held.content),
        "source": _spans(held.source),
        "cue": _spans(held.cue),
        "content": _spans(held.content),
        "speaker_id": held.speaker_id,
        "speaker_score": held.speaker_score,
        "hops": [{"speaker_id": h.speaker_id} | _ends(h.span) for h in held.chain],
        "chain_score": held.chain_score,
        "parent": held.parent,
        "said": said and _ends(said.span) | {"date": said.date, "is_relative": said.is_relative},
        "act": held.act.value,
        "hedged": held.hedged,
        "is_asserted": held.is_asserted,
        "score": held.score,
        "addressee": held.addressee and _ends(held.addressee),
        "venue": held.venue and _ends(held.venue),
    }


def _row_of_speaker(speaker: Speaker, article_id: str) -> Row:
    return {
        "id": speaker.id,
        "article": article_id,
        "name": speaker.name,
        "kind": speaker.kind.value,
        "mentions": _spans(place.span for place in speaker.mentions),
        "roles": _spans(place.span for place in speaker.roles),
        "why": speaker.why,
    }


def _row_of_time(time: TimeExpression, text: str) -> Row:
    told = {"words": cut(text, time.span), "date": time.date, "is_relative": time.is_relative}
    return _ends(time.span) | told


def _passages(readings: Sequence[Reading]) -> pa.Table:
    """The passages with their vectors, which are copied as they lie in memory."""
    schema = TABLES["passages"].with_metadata({"format": FORMAT})
    held = [passage for reading in readings for passage in reading.passages]
    values = np.frombuffer(b"".join(reading.vectors for reading in readings), np.int8)
    columns = [
        pa.array([p.id for p in held], pa.string()),
        pa.array([p.article_id for p in held], pa.string()),
        pa.array([p.span.start for p in held], pa.int32()),
        pa.array([p.span.end for p in held], pa.int32()),
        pa.array([p.attribution_id for p in held], pa.string()),
        pa.FixedSizeListArray.from_arrays(pa.array(values), VECTOR_SIZE),
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def _marked(kind: str, span: Span) -> Row:
    return {"kind": str(kind)} | _ends(span)


def _ends(span: Span | None) -> Row:
    return {"start": span.start, "end": span.end} if span else {"start": None, "end": None}


def _spans(spans: Iterable[Span]) -> list[Row]:
    return [_ends(span) for span in spans]


def _whole(words: str) -> str:
    """The words without bytes of a file's name that are no characters, which no table can hold."""
    return words.encode("utf-8", "backslashreplace").decode("utf-8")


# --- rows to records ------------------------------------------------------------------------------


def _by_article(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    out: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        out[row["article"]].append(row)
    return out


def _vectors(passages: pa.Table) -> dict[str, bytes]:
    """The vectors of each article's passages, which stand together."""
    column = passages["vector"].combine_chunks()
    rows = column.flatten().to_numpy(zero_copy_only=False).reshape(-1, VECTOR_SIZE)
    keys = passages["article"].to_numpy(zero_copy_only=False)
    edges = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1], [True]]))
    return {
        keys[start]: rows[start:end].tobytes()
        for start, end in itertools.pairwise(edges)
        if start < len(keys)
    }


def _attribution(row: Row) -> Attribution:
    return Attribution(
        id=row["id"],
        article_id=row["article"],
        quotation=QuotationKind(row["quotation"]),
        source=tuple(map(_span, row["source"])),
        cue=tuple(map(_span, row["cue"])),
        content=tuple(map(_span, row["content"])),
        speaker_id=row["speaker_id"],
        speaker_score=row["speaker_score"],
        chain=tuple(
            Hop(speaker_id=hop["speaker_id"], span=_span_or_none(hop)) for hop in row["hops"]
        ),
        parent=row["parent"],
        said=row["said"] and _time(row["said"]),
        act=Act(row["act"]),
        hedged=row["hedged"],
        is_asserted=row["is_asserted"],
        score=row["score"],
        addressee=_span_or_none(row["addressee"]),
        venue=_span_or_none(row["venue"]),
        chain_score=row["chain_score"],
    )


def _speaker(row: Row) -> Speaker:
    return Speaker(
        id=row["id"],
        name=row["name"],
        kind=SpeakerKind(row["kind"]),
        mentions=tuple(Place(row["article"], _span(span)) for span in row["mentions"]),
        roles=tuple(Place(row["article"], _span(span)) for span in row["roles"]),
        why=row["why"],
    )


def _time(row: Row) -> TimeExpression:
    return TimeExpression(span=_span(row), date=row["date"], is_relative=row["is_relative"])


def _passage(row: Row) -> Passage:
    return Passage(
        id=row["id"],
        article_id=row["article"],
        span=_span(row),
        attribution_id=row["attribution"],
    )


def _span(row: Row) -> Span:
    return Span(row["start"], row["end"])


def _span_or_none(row: Row | None) -> Span | None:
    return _span(row) if row and row["start"] is not None else None
