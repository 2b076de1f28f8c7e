"""From the states of an article to triples: source, cue and content, linked and nested.

1. the labels give stretches with a role (stretches.py);
2. each content chooses its cue, each cue its source, or none;
3. quotations that the layout alone credits are taken from the layout, those that their own comma
   hands to the words after them from the cue of a paragraph above;
4. contents are read again as texts of their own: somebody else may speak in them.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from retold import spans, text
from retold.reading import confidence, credited, denied, handed, linking, nesting, stretches
from retold.reading.encoder import Encoder, Floats, States
from retold.reading.stretches import Run
from retold.types import Article, Mention, MentionKind, Span, Triple

# a partner further off than this is none: more than 99 % of the links that the annotators of
# PolNeAR drew are nearer (training/polnear.py), and far candidates are what the head knows least
MAX_GAP_TOKENS = 64
# so much higher scores, on a second look at a content, what begins a stretch; with it the labels
# find 174 of 241 statements within statements of the stories to learn from, without it 144
SECOND_SIGHT = 1.5
_SENTENCE_END = re.compile(r"[.!?]\s")
READABLE = frozenset({"en", "und"})


# --- links ---------------------------------------------------------------------------------------


def _cost(relation: int, left: Run, right: Run, states: States) -> float:
    """What it costs to link across the end of a sentence or a paragraph."""
    place = states.tokens.paragraph
    paragraphs = int(place[right.stretch[0]]) - int(place[left.stretch[0]])
    sentences = right.sentence - left.sentence
    if relation:
        return linking.cue_to_source(paragraphs=paragraphs, sentences=sentences)
    return linking.content_to_cue(
        paragraphs=paragraphs, sentences=sentences, is_quoted=left.is_quoted
    )


def _link(
    relation: int, left: Sequence[Run], right: Sequence[Run], states: States, encoder: Encoder
) -> tuple[list[int | None], list[float]]:
    """For each of `left` its partner's index in `right`, or None, and the log-probability.

    Both are in text order and do not overlap. Partners lie within MAX_GAP_TOKENS.
    """
    size = int(encoder.config["link_size"])
    distance = encoder.config["link_distance"][relation]
    between = encoder.config["link_between"][relation]
    none = float(encoder.config["link_none"][relation])
    place = states.tokens.paragraph
    total = np.zeros((len(states.tokens) + 1, states.links.shape[1]), dtype=np.float32)
    np.cumsum(states.links, axis=0, out=total[1:])

    def means(runs: Sequence[Run], side: int) -> Floats:
        held = total[:, side * size : (side + 1) * size]
        rows = [(held[b] - held[a]) / (b - a) for a, b in (run.stretch for run in runs)]
        return np.array(rows, dtype=np.float32).reshape(len(runs), size)

    ours, theirs = means(left, 2 * relation), means(right, 2 * relation + 1)
    starts, ends = ([run.stretch[i] for run in right] for i in (0, 1))
    partners: list[int | None] = []
    logs: list[float] = []
    for row, run in zip(ours, left, strict=True):
        first = bisect.bisect_left(ends, run.stretch[0] - MAX_GAP_TOKENS)
        last = bisect.bisect_right(starts, run.stretch[1] + MAX_GAP_TOKENS)
        scores = [
            float(row @ theirs[j]) / size**0.5
            + distance[linking.distance(run.stretch, right[j].stretch)]
            + between[linking.between(int(place[run.stretch[0]]), int(place[right[j].stretch[0]]))]
            - _cost(relation, run, right[j], states)
            for j in range(first, last)
        ]
        log = stretches.log_softmax(np.array([[*scores, none]], dtype=np.float32))[0]
        best = int(log.argmax())
        partners.append(first + best if best < len(scores) else None)
        logs.append(float(log[best]))
    return partners, logs


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Stretches that belong together, and what `confidence` judges them by."""

    source: Run | None
    cue: Run | None
    contents: tuple[Run, ...]
    features: tuple[float, ...]


def _near(joined: Sequence[int], contents: Sequence[Run], cue: Run) -> list[int]:
    """The contents of a cue without those of earlier sentences, where its own sentence has one and
    no quotation marks are about: "he had no such goal" reports what stands beside it."""
    here = [n for n in joined if contents[n].sentence >= cue.sentence]
    if not here or any(contents[n].is_quoted for n in joined):
        return list(joined)
    return here


def _is_out_of_reach(source: str, pieces: Sequence[Run], cue: Run) -> bool:
    """True for sentences without quotation marks that a verb of a later one would report: "It sank.
    He had no such goal" tells of nothing said. A dash may."""
    last = max(piece.span.end for piece in pieces)
    return (
        not any(piece.is_quoted for piece in pieces)
        and all(piece.sentence < cue.sentence for piece in pieces)
        and any(char.isalpha() for char in spans.cut(source, cue.span))
        and _SENTENCE_END.search(source, last, max(last, cue.span.start)) is not None
    )


def linked(source: str, states: States, encoder: Encoder, bounds: Sequence[Span]) -> list[Linked]:
    """The stretches of one text, linked: each content is in one, each cue in one at most."""
    runs = stretches.runs(source, states, encoder, bounds)
    contents = stretches.contents(source, runs, bounds)
    cues = [run for run in runs if run.role == "cue"]
    sources = [run for run in runs if run.role == "source"]
    cue_of, cue_log = _link(0, contents, cues, states, encoder)
    source_of, source_log = _link(1, cues, sources, states, encoder)
    held: dict[int, list[int]] = {}
    for number, partner in enumerate(cue_of):
        # a content without a cue is an attribution of its own
        held.setdefault(-1 - number if partner is None else partner, []).append(number)
    out = []
    for index, joined in held.items():
        numbers = joined if index < 0 else _near(joined, contents, cues[index])
        pieces = tuple(contents[n] for n in numbers)
        if index >= 0 and _is_out_of_reach(source, pieces, cues[index]):
            continue
        logs = {
            "content": min(piece.log for piece in pieces),
            "content to cue": min(cue_log[n] for n in numbers),
        }
        cue, speaker = (cues[index], source_of[index]) if index >= 0 else (None, None)
        if cue is not None:
            logs |= {"cue": cue.log, "cue to source": source_log[index]}
        if speaker is not None:
            logs["source"] = sources[speaker].log
        judged = confidence.features(
            content=[spans.cut(source, piece.span) for piece in pieces],
            cue=spans.cut(source, cue.span) if cue else None,
            logs=logs,
        )
        out.append(
            Linked(
                source=None if speaker is None else sources[speaker],
                cue=cue,
                contents=pieces,
                features=tuple(judged),
            )
        )
    return out


def _triple(each: Linked, score: float) -> Triple:
    return Triple(
        source=(each.source.span,) if each.source else (),
        cue=(each.cue.span,) if each.cue else (),
        content=spans.merge(piece.span for piece in each.contents),
        score=round(score, 4),
    )


def _triples(source: str, states: States, encoder: Encoder, bounds: Sequence[Span]) -> list[Triple]:
    """The triples of one text that are sure enough, in text order."""
    weights = encoder.config["confidence"]
    out = [
        _triple(each, confidence.score(each.features, weights))
        for each in linked(source, states, encoder, bounds)
    ]
    sure = (triple for triple in out if triple.score >= encoder.config["min_confidence"])
    return sorted(sure, key=lambda triple: (triple.content[0], triple.cue, triple.source))


# --- nesting -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """What may be said within a content, and what its confidence is judged by."""

    triple: Triple
    features: tuple[float, ...]


def within(
    source: str, piece: Span, states: States, encoder: Encoder, *, around: float
) -> list[Within]:
    """What may be said within a content: by the best labels, then what more a second look finds.

    `around` is the score of the statement whose content it is.
    """
    looks = []
    for is_second in (False, True):
        begins = [name.startswith("B-") for name in encoder.config["labels"]]
        raised = SECOND_SIGHT * np.array(begins, dtype=np.float32) if is_second else 0.0
        seen = replace(states, labels=states.labels + raised)
        looks += [(each, is_second) for each in linked(source, seen, encoder, (piece,))]
    first: dict[tuple[Span, ...], Within] = {}
    for each, is_second in looks:
        triple = _triple(each, 0.0)
        if triple.content not in first:
            inside = _inside(source, piece, each, triple, around=around, is_second=is_second)
            features = (*each.features, *confidence.within(inside))
            first[triple.content] = Within(triple=triple, features=features)
    return list(first.values())


def _inside(
    source: str, piece: Span, each: Linked, triple: Triple, *, around: float, is_second: bool
) -> confidence.Inside:
    """What the confidence goes by within a content and not elsewhere."""
    head = triple.content[0].start
    at = triple.cue[0].start if triple.cue else head
    return confidence.Inside(
        source=spans.cut(source, triple.source[0]) if triple.source else "",
        cue=spans.cut(source, triple.cue[0]) if triple.cue else "",
        content=spans.cut(source, triple.content[0]),
        lead=source[max(piece.start, at - confidence.LEAD_CHARS) : at],
        margins=(
            each.cue.margin if each.cue else 0.0,
            each.source.margin if each.source else 0.0,
        ),
        share=sum(map(len, triple.content)) / len(piece),
        around=around,
        is_second=is_second,
        is_first=head - piece.start < 3,
        is_quoted=source[piece.start - 1 : piece.start] in ('"', "“"),
    )


def _nested(source: str, parents: Sequence[tuple[int, Triple]], encoder: Encoder) -> list[Triple]:
    """What is found in the contents of numbered triples when they are read again."""
    asked = [
        (index, nesting.inner(source, piece))
        for index, triple in parents
        for piece in triple.content
        if len(piece) >= nesting.MIN_CHARS
    ]
    read = encoder.encode_pieces(source, [piece for _, piece in asked]) if asked else []
    weights = encoder.config["confidence_within"]
    around = {index: triple.score for index, triple in parents}
    out = []
    for (index, piece), states in zip(asked, read, strict=True):
        found = [
            replace(each.triple, score=round(confidence.score(each.features, weights), 4))
            for each in within(source, piece, states, encoder, around=around[index])
        ]
        sure = [child for child in found if child.score >= encoder.config["min_within"]]
        out += [replace(child, parent=index) for child in nesting.children(source, piece, sure)]
    return out


def extract(article: Article, states: States, encoder: Encoder) -> tuple[Triple, ...]:
    """Who says what in the article: first what it reports itself, then what is said within.

    A child stands after its parent, to which its `parent` points.
    """
    if not len(states.tokens):
        return ()
    bounds = text.paragraphs_of(article)
    found = _triples(article.text, states, encoder, bounds)
    out = credited.preferred(article.text, found, list(credited.found(article.text, bounds)))
    out = handed.over(article.text, [*out, *denied.found(article.text, bounds, out)])
    out = credited.within(article.text, out)
    first = 0
    for _ in range(nesting.MAX_DEPTH):
        parents = list(enumerate(out))[first:]
        first = len(out)
        out += nesting.unknown(_nested(article.text, parents, encoder), out)
    return tuple(out)


def mentions(article: Article, states: States, encoder: Encoder) -> tuple[Mention, ...]:
    """The names of persons, organisations, places and groups in the article, in text order."""
    if not can_read(article) or not len(states.tokens):
        return ()
    names = encoder.config["mention_labels"]
    out = []
    for role, (first, last) in stretches.of_path(states.mentions.argmax(axis=1), names):
        start, end = int(states.tokens.starts[first]), int(states.tokens.ends[last - 1])
        if start < end and (span := stretches.at_words(article.text, Span(start, end))):
            out.append(Mention(kind=MentionKind(role), span=span))
    return tuple(out)


def can_read(article: Article) -> bool:
    """True for English, and for what is too short to tell its language."""
    return article.language in READABLE


def notes(article: Article) -> tuple[str, ...]:
    """What could not be read, in plain words."""
    if can_read(article):
        return ()
    return (f"language “{article.language}”: retold reads English; nothing was looked for.",)
