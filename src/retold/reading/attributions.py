"""From the states of an article to triples: source, cue and content, linked and nested.

1. the best legal sequence of labels gives stretches of tokens with a role;
2. each stretch becomes a span, its ends at whole words and its quotation marks in pairs;
3. each content chooses its cue, each cue its source, or none;
4. quotations that the layout alone credits are taken from the layout;
5. contents are read again as texts of their own: somebody else may speak in them.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from retold import spans, text
from retold.reading import confidence, credited, linking, nesting
from retold.reading.encoder import Encoder, Floats, States
from retold.reading.linking import Stretch
from retold.types import Article, Mention, MentionKind, Span, Triple

# a partner further off than this is none: more than 99 % of the links that the annotators of
# PolNeAR drew are nearer (training/polnear.py), and far candidates are what the head knows least
MAX_GAP_TOKENS = 64
READABLE = frozenset({"en", "und"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of tokens with one role, its span, and the mean log-probability of its labels.

    `sentence` counts the sentences of the text up to the one in which it begins.
    """

    role: str
    stretch: Stretch
    span: Span
    log: float
    sentence: int
    is_quoted: bool = False


# --- labels to stretches -------------------------------------------------------------------------


def decode(emissions: Floats, transitions: Floats) -> npt.NDArray[np.int64]:
    """The best sequence of labels (Viterbi)."""
    length, labels = emissions.shape
    path = np.zeros(length, dtype=np.int64)
    if not length:
        return path
    back = np.zeros((length, labels), dtype=np.int64)
    score = emissions[0]
    for place in range(1, length):
        total = score[:, None] + transitions
        back[place] = total.argmax(axis=0)
        score = total.max(axis=0) + emissions[place]
    path[-1] = score.argmax()
    for place in range(length - 1, 0, -1):
        path[place - 1] = back[place, path[place]]
    return path


def stretches(path: npt.NDArray[np.int64], names: Sequence[str]) -> list[tuple[str, Stretch]]:
    """The labelled stretches of a path with their roles, in order."""
    out: list[tuple[str, Stretch]] = []
    start, role = 0, ""
    for place in range(len(path) + 1):
        name = names[path[place]] if place < len(path) else "O"
        goes_on = name.startswith("I-") and name[2:] == role
        if role and not goes_on:
            out.append((role, (start, place)))
            role = ""
        if name != "O" and not goes_on:
            start, role = place, name[2:]
    return out


def _log_softmax(scores: Floats) -> Floats:
    shifted: Floats = scores - scores.max(axis=1, keepdims=True)
    out: Floats = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return out


def _at_words(source: str, span: Span) -> Span | None:
    """`span` grown to whole words and freed of blanks at its ends."""
    start, end = span.start, span.end
    while start > 0 and source[start - 1].isalnum() and source[start].isalnum():
        start -= 1
    while end < len(source) and source[end - 1].isalnum() and source[end].isalnum():
        end += 1
    return spans.snap(source, Span(start, end))


def _runs(source: str, states: States, encoder: Encoder, bounds: Sequence[Span]) -> list[Run]:
    """All stretches of an article with their roles, at whole words."""
    begins = [sentence.start for b in bounds for sentence in text.sentences(source, b)]
    emissions = states.labels
    path = decode(emissions, np.array(encoder.config["transitions"], dtype=np.float32))
    sure = _log_softmax(emissions)[np.arange(len(path)), path] if len(path) else path
    out = []
    for role, (first, last) in stretches(path, encoder.config["labels"]):
        ends = states.tokens.starts[first], states.tokens.ends[last - 1]
        if ends[0] >= ends[1]:
            continue
        span = _at_words(source, Span(int(ends[0]), int(ends[1])))
        if span is not None:
            log = float(sure[first:last].mean())
            sentence = bisect.bisect_right(begins, span.start)
            out.append(Run(role=role, stretch=(first, last), span=span, log=log, sentence=sentence))
    return out


# --- ends of contents ----------------------------------------------------------------------------


def _with_marks(source: str, span: Span, quotations: Sequence[text.Quotation]) -> Span:
    """`span` with the quotation marks that belong to it: both or neither of each pair.

    The annotators' rule: the marks and everything between them belong to the content.
    """
    for quotation in quotations:
        if not quotation.is_closed or not spans.overlaps(span, quotation.span):
            continue
        if 2 * spans.shared(span, quotation.inner) >= len(quotation.inner):
            span = spans.hull((span, quotation.span))
    return span


def _contents(source: str, runs: Sequence[Run], bounds: Sequence[Span]) -> list[Run]:
    """The contents with their quotation marks; none runs into a source or cue beside it."""
    quotations = (q for b in bounds for q in text.quotations(source, b) if q.depth == 0)
    quoted_at = spans.finder(quotations, key=lambda quotation: quotation.span)
    taken_at = spans.finder((r for r in runs if r.role != "content"), key=lambda run: run.span)
    out = []
    for run in runs:
        if run.role != "content":
            continue
        near = quoted_at(run.span)
        span = _with_marks(source, run.span, near)
        if taken_at(span):
            span = run.span
        is_quoted = any(spans.contains(q.span, span) or q.span.start == span.start for q in near)
        out.append(replace(run, span=span, is_quoted=is_quoted))
    return out


def labelled(
    source: str, states: States, encoder: Encoder, bounds: Sequence[Span]
) -> list[tuple[str, Span]]:
    """Every stretch that has a role, linked or not: what the labels alone say."""
    runs = _runs(source, states, encoder, bounds)
    kept = [run for run in runs if run.role != "content"] + _contents(source, runs, bounds)
    return [(run.role, run.span) for run in kept]


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
        log = _log_softmax(np.array([[*scores, none]], dtype=np.float32))[0]
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


def linked(source: str, states: States, encoder: Encoder, bounds: Sequence[Span]) -> list[Linked]:
    """The stretches of one text, linked: each content is in one, each cue in one at most."""
    runs = _runs(source, states, encoder, bounds)
    contents = _contents(source, runs, bounds)
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


def _triples(source: str, states: States, encoder: Encoder, bounds: Sequence[Span]) -> list[Triple]:
    """The triples of one text that are sure enough, in text order."""
    weights = encoder.config["confidence"]
    out = [
        Triple(
            source=(each.source.span,) if each.source else (),
            cue=(each.cue.span,) if each.cue else (),
            content=spans.merge(piece.span for piece in each.contents),
            score=round(confidence.score(each.features, weights), 4),
        )
        for each in linked(source, states, encoder, bounds)
    ]
    sure = (triple for triple in out if triple.score >= encoder.config["min_confidence"])
    return sorted(sure, key=lambda triple: (triple.content[0], triple.cue, triple.source))


# --- nesting -------------------------------------------------------------------------------------


def _nested(source: str, parents: Sequence[tuple[int, Triple]], encoder: Encoder) -> list[Triple]:
    """What is found in the contents of numbered triples when they are read again."""
    asked = [
        (index, nesting.inner(source, piece))
        for index, triple in parents
        for piece in triple.content
        if len(piece) >= nesting.MIN_CHARS
    ]
    read = encoder.encode_pieces(source, [piece for _, piece in asked]) if asked else []
    return [
        replace(child, parent=index)
        for (index, piece), states in zip(asked, read, strict=True)
        for child in nesting.children(source, piece, _triples(source, states, encoder, (piece,)))
    ]


def extract(article: Article, states: States, encoder: Encoder) -> tuple[Triple, ...]:
    """Who says what in the article: first what it reports itself, then what is said within.

    A child stands after its parent, to which its `parent` points. Empty for a text in a language
    that the model does not read.
    """
    if article.language not in READABLE or not len(states.tokens):
        return ()
    bounds = text.paragraphs_of(article)
    found = _triples(article.text, states, encoder, bounds)
    out = credited.preferred(found, list(credited.found(article.text, bounds)))
    first = 0
    for _ in range(nesting.MAX_DEPTH):
        parents = list(enumerate(out))[first:]
        first = len(out)
        out += _nested(article.text, parents, encoder)
    return tuple(out)


def mentions(article: Article, states: States, encoder: Encoder) -> tuple[Mention, ...]:
    """The names of persons, organisations, places and groups in the article, in text order."""
    if article.language not in READABLE or not len(states.tokens):
        return ()
    names = encoder.config["mention_labels"]
    out = []
    for role, (first, last) in stretches(states.mentions.argmax(axis=1), names):
        start, end = int(states.tokens.starts[first]), int(states.tokens.ends[last - 1])
        if start < end and (span := _at_words(article.text, Span(start, end))):
            out.append(Mention(kind=MentionKind(role), span=span))
    return tuple(out)


def notes(article: Article) -> tuple[str, ...]:
    """What could not be read, in plain words."""
    if article.language in READABLE:
        return ()
    return (f"language “{article.language}”: retold reads English; no statements were looked for.",)
