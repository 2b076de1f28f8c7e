"""On whose word a claim stands: on one source's here and on another's there, or on nobody's.

    it cost $1.5 billion, according to {Hale Research} | the strike, which cost {$1.5 billion}
    she {reportedly wrote} on her page | she {wrote} on her page

Passages that tell the same thing mostly come from other mouths because other people were asked.
Where they give the very same figure it is the same thing that is known from another, and where
they have the very same verb it is the same deed.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from retold import lexicons, spans
from retold.comparing import conflicts, credits, facts, slots
from retold.comparing.numbers import Bound, NumberKind
from retold.comparing.slots import Sentence, Slot, SlotKind
from retold.types import (
    Act,
    Attribution,
    Difference,
    DifferenceKind,
    Facet,
    Reading,
    Span,
    Speaker,
    Value,
)

SCORE = 0.5  # a rule without a measure of its own: no surer than even
# of a figure that one gives flatly: of seven such that readers judged none was more than trivial
FLAT = 0.2
MIN_SURE = 0.4  # of who says it: that another does, or nobody, says less than what is said
LEAST = 2.0
NEAREST = 10  # words of meaning on each side of a verb
COUNTED = (NumberKind.COUNT, NumberKind.MONEY, NumberKind.PERCENT)
PAPER = "a paper"
TOLD_OF = (SlotKind.HEDGE, SlotKind.SOURCE, SlotKind.CUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """The statements of a story at hand: by article those near a span; by speaker the words of the
    name; all sentences by article."""

    near: Mapping[str, Callable[[Span], list[tuple[Span, Attribution]]]]
    texts: Mapping[str, str]
    names: Mapping[str, frozenset[str]]
    sentences: Mapping[str, Sequence[Sentence]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """On whose word an article gives a figure. `shown` is the source, or the figure where it is
    given in the outlet's own voice; then `voices` is empty: ids of speakers and words for them."""

    shown: Value
    voices: frozenset[str]


def prepare(
    readings: Sequence[Reading],
    attributions: Mapping[str, Attribution],
    speakers: Iterable[Speaker],
    sentences: Mapping[str, Sequence[Sentence]],
) -> Statements:
    """The statements of the readings, with the speakers of the report."""
    return Statements(
        near={
            r.article.id: spans.finder(
                [(piece, attributions[a.id]) for a in r.attributions for piece in a.content],
                key=lambda held: held[0],
            )
            for r in readings
        },
        texts={r.article.id: r.article.text for r in readings},
        names={speaker.id: _words(speaker.name) for speaker in speakers},
        sentences=sentences,
    )


def find(held: Sequence[Sentence], statements: Statements) -> tuple[Difference, ...]:
    """Where the sentences of a claim give a figure or a deed on another's word: figures first, each
    in the order of the sentences."""
    told = [sentence for sentence in held if not sentence.is_title]
    return (*_figures(told, statements), *_deeds(told, statements))


# --- inside ---------------------------------------------------------------------------------------

_OF_A_CHARGE = frozenset(
    ("accus", "accusation", "alleg", "allegation", "charg", "indict", "indictment", "suspect")
)  # what somebody is charged with is told flatly, and not said to be so


def _figures(held: Sequence[Sentence], statements: Statements) -> Iterator[Difference]:
    """The figures that articles give on the word of others, one of them perhaps on nobody's.

    What is said of one figure of some sentences is said of all that stand in the same.
    """
    given: dict[tuple[object, ...], list[tuple[Sentence, Slot]]] = defaultdict(list)
    for sentence in held:
        for figure in _counted(sentence, statements):
            given[_key(figure)].append((sentence, figure))
    seen: set[tuple[str, Span]] = set()
    for places in given.values():
        if len({sentence.article_id for sentence, _ in places}) < 2:
            continue
        apart: list[Backing] = []
        for sentence, figure in places:
            backing = _backing(sentence, figure, statements)
            if backing and all(_part(backing, other) for other in apart):
                apart.append(backing)
        sentences = {(sentence.article_id, sentence.span) for sentence, _ in places}
        if len(apart) > 1 and not sentences <= seen:
            seen |= sentences
            are_two = sum(bool(backing.voices) for backing in apart) > 1
            shown = [backing.shown for backing in apart]
            yield _difference(Facet.ATTRIBUTION, shown, score=SCORE if are_two else FLAT)


def _part(one: Backing, other: Backing) -> bool:
    """True for two articles, of which one or both have a source, and not the same."""
    return (
        one.shown.article_id != other.shown.article_id
        and bool(one.voices | other.voices)
        and not one.voices & other.voices
    )


def _counted(sentence: Sentence, statements: Statements) -> Iterator[Slot]:
    """The figures that say how many or how much; not the number in a name ("SA-15")."""
    text = statements.texts[sentence.article_id]
    for slot in sentence.slots:
        number = slot.number
        if (
            number
            and slot.kind is SlotKind.NUMBER
            and number.kind in COUNTED
            and number.bound is not Bound.VAGUE
            and number.low == number.high >= LEAST
            and text[max(0, number.digits.start - 1)] not in "-–"
        ):
            yield slot


def _key(slot: Slot) -> tuple[object, ...]:
    number = slot.number
    return (number.kind, number.unit, number.low) if number else ()


def _backing(sentence: Sentence, figure: Slot, statements: Statements) -> Backing | None:
    """On whose word the figure stands there, None if that is not clear."""
    article = sentence.article_id
    said = _said(article, figure.span, statements)
    if not said:
        is_flat = _is_flat(sentence, statements) and not _is_said_elsewhere(figure, statements)
        value = conflicts.values((figure,))[0]
        return Backing(shown=value, voices=frozenset()) if is_flat else None
    text = statements.texts[article]
    clear = [
        one
        for one in said
        if one.act is Act.STATED
        and _gives_evidence(one, text)
        and credits.is_clear(one, text, at_least=MIN_SURE)
    ]
    if not clear:
        return None
    inmost = min(clear, key=lambda one: sum(map(len, one.content)))
    source = spans.hull(inmost.source)
    return Backing(
        shown=Value(article_id=article, span=source, value=spans.cut(text, source)),
        voices=frozenset().union(*(_voices(one, text, statements) for one in said)),
    )


def _gives_evidence(one: Attribution, text: str) -> bool:
    """True for "according to", "reported", "showed": words for where it is known from, and not for
    what somebody had to say."""
    cue = " ".join(spans.cut(text, span) for span in one.cue).casefold()
    return any(word in lexicons.words("evidence_cues") for word in cue.split())


def _said(article_id: str, span: Span, statements: Statements) -> list[Attribution]:
    """The statements that have words of the span in their content, each once."""
    near = statements.near[article_id](span)
    return list({one.id: one for _, one in near}.values())


def _voices(one: Attribution, text: str, statements: Statements) -> frozenset[str]:
    """Whoever it came through, by id and by the words that name and describe them.

    All papers are one: "the report" may be "a study in the Journal".
    """
    ids = {hop.speaker_id for hop in one.chain} | ({one.speaker_id} if one.speaker_id else set())
    named = (statements.names.get(speaker, frozenset()) for speaker in ids)
    sources = [_words(spans.cut(text, source)) for source in one.source]
    is_paper = any(words & _papers() for words in sources)
    return frozenset(ids).union(*named, *sources, [PAPER] if is_paper else [])


def _words(name: str) -> frozenset[str]:
    """The stems of the words of a name that carry meaning."""
    forms = (word.strip(".,“”\"'’").removesuffix("’s").removesuffix("'s") for word in name.split())
    return frozenset(facts.stem(form.casefold()) for form in forms if form) - _function_stems()


@cache
def _papers() -> frozenset[str]:
    return frozenset(map(facts.stem, lexicons.words("document_nouns")))


@cache
def _function_stems() -> frozenset[str]:
    return frozenset(map(facts.stem, facts.function_words()))


def _is_flat(sentence: Sentence, statements: Statements) -> bool:
    """True if all of the sentence is told in the outlet's own voice, and as a fact."""
    return not (
        sentence.quoted
        or any(slot.kind in TOLD_OF for slot in sentence.slots)
        or _said(sentence.article_id, sentence.span, statements)
    )


def _is_said_elsewhere(figure: Slot, statements: Statements) -> bool:
    """True if the article gives the same figure on somebody's word in another sentence."""
    return any(
        slot.number and _key(slot) == _key(figure) and _said(slot.article_id, slot.span, statements)
        for sentence in statements.sentences.get(figure.article_id, ())
        for slot in sentence.slots
    )


def _deeds(held: Sequence[Sentence], statements: Statements) -> Iterator[Difference]:
    """The verbs after a "reportedly" that another article has as they are: of all those the one
    with most of the same words nearest."""
    facts_told = [sentence for sentence in held if _is_fact(sentence)]
    for hedged in held:
        for at, (adverb, verb) in enumerate(itertools.pairwise(hedged.words), start=1):
            if adverb.form not in _hearsay() or not verb.is_content:
                continue
            flat = [
                (_nearness(_beside(hedged, at), _beside(other, n)), other, word)
                for other in facts_told
                if other.article_id != hedged.article_id
                for n, word in enumerate(other.words)
                if word.form == verb.form and not _said(other.article_id, word.span, statements)
            ]
            near, other, word = max(flat, key=lambda one: one[0], default=(0.0, hedged, verb))
            if near > 0:
                reported = _shown(hedged, Span(adverb.span.start, verb.span.end))
                yield _difference(Facet.MODALITY, [reported, _shown(other, word.span)])


def _is_fact(sentence: Sentence) -> bool:
    """True if nothing in the sentence is denied, hedged or a charge."""
    return not sentence.stems & _OF_A_CHARGE and not any(
        slot.kind in (SlotKind.HEDGE, SlotKind.NEGATION) for slot in sentence.slots
    )


def _beside(sentence: Sentence, at: int) -> Mapping[str, int]:
    """The words of meaning near a word of the sentence, by stem, and how far each is from it."""
    before = [word for word in reversed(sentence.words[:at]) if word.is_content][:NEAREST]
    after = [word for word in sentence.words[at + 1 :] if word.is_content][:NEAREST]
    out: dict[str, int] = {}
    for side in (before, after):
        for distance, word in enumerate(side, start=1):
            stem = slots.folded(word)
            out[stem] = min(distance, out.get(stem, distance))
    return out


def _nearness(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """How near the words are that stand beside both; 0 for fewer than two of them."""
    shared = one.keys() & other.keys()
    return sum(1 / (one[stem] + other[stem]) for stem in shared) if len(shared) > 1 else 0.0


@cache
def _hearsay() -> frozenset[str]:
    """The adverbs by which an outlet leaves it to others: "allegedly", "reportedly"."""
    return frozenset(
        word
        for word, way in lexicons.rows("modality")
        if way in ("alleged", "reported") and word.endswith("ly")
    )


def _shown(sentence: Sentence, span: Span) -> Value:
    return Value(article_id=sentence.article_id, span=span, value=sentence.form_at(span))


def _difference(facet: Facet, shown: Iterable[Value], *, score: float = SCORE) -> Difference:
    return Difference(
        facet=facet,
        kind=DifferenceKind.VARIATION,
        values=tuple(sorted(shown, key=lambda value: (value.article_id, value.span))),
        score=score,
    )
