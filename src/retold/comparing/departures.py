"""Who left of his own will here, and was sent away there.

    Weiss, who {was fired} after eleven days | Weiss {resigned} in July after eleven days

Both words are told of whoever is named beside them, in passages that surely tell the same; an
account that has both says itself how they go together.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from retold.comparing import facts, partings
from retold.comparing.alignment import Judged
from retold.comparing.partings import Parting
from retold.comparing.slots import Sentence
from retold.types import Difference, DifferenceKind, Facet, Place, Reading, Span, Value

SENT = frozenset({"fired", "sacked", "ousted"})
WENT = frozenset({"resigned", "quit", "stepped"})
STEPPED_WHERE = frozenset({"down", "aside"})
PASSIVE = frozenset({"was", "were", "been", "got"})
NOT_DONE = frozenset({"not", "never", "to", "will", "would", "should", "must", "could", "may"})
NEAR_WORDS = 3  # so far before a verb stands what says that it is not done, or who was sent
NAMED_WORDS = 8  # so far after it stands who is sent: "fired his finance chief, Karl Weiss"
MIN_JUDGED = 0.7  # above it all of four in 535 stories were of one departure; under it one of three
SCORE = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Words for it in a sentence, and the names of whom they may be told."""

    article_id: str
    span: Span
    form: str
    names: frozenset[str]
    is_sent: bool


def find(
    readings: Sequence[Reading], sentences: Mapping[str, Sequence[Sentence]], judged: Judged
) -> tuple[Parting, ...]:
    """The departures that part, two of a person, in order of article and place."""
    texts = {r.article.id: r for r in readings}
    held = [d for r in readings for s in sentences.get(r.article.id, ()) for d in _departures(s)]
    told: dict[str, dict[str, list[Departure]]] = defaultdict(lambda: defaultdict(list))
    for one in held:
        for name in one.names:
            told[name][one.article_id].append(one)
    out: dict[tuple[Span, Span], Parting] = {}
    for name in sorted(told):
        alone = [ways for ways in told[name].values() if len({one.is_sent for one in ways}) == 1]
        pairs = [
            (_judged(a, b, judged), a, b)
            for first, second in itertools.combinations(alone, 2)
            for a, b in itertools.product(first, second)
            if a.is_sent is not b.is_sent
        ]
        score, a, b = max(pairs, key=lambda pair: pair[0], default=(0.0, None, None))
        if a and b and score >= MIN_JUDGED and (shown := _parting(a, b, texts)):
            out.setdefault((a.span, b.span), shown)
    return tuple(out.values())


# --- inside ---------------------------------------------------------------------------------------


def _departures(sentence: Sentence) -> Iterator[Departure]:
    """Those that the sentence tells as done: who is sent is named beside it, who goes before it."""
    words = sentence.words
    for at, word in enumerate(words):
        last = at + (word.form == "stepped")
        if last == len(words) or words[last].form not in SENT | WENT | STEPPED_WHERE:
            continue
        before = [one.form for one in words[max(0, at - NEAR_WORDS) : at]]
        if word.form not in SENT | WENT or NOT_DONE & set(before):
            continue
        is_sent = word.form in SENT
        names = _sent(words, at) if is_sent else [one for one in words[:at] if one.is_name]
        span = Span(word.span.start, words[last].span.end)
        yield Departure(
            article_id=sentence.article_id,
            span=span,
            form=sentence.form_at(span),
            names=frozenset(one.stem for one in names),
            is_sent=is_sent,
        )


def _sent(words: Sequence[facts.Word], at: int) -> Sequence[facts.Word]:
    """The last name before "was fired", the last of the first names after "fired"."""
    before = words[max(0, at - NEAR_WORDS - 1) : at]
    if any(one.form in PASSIVE for one in before):
        return [one for one in before if one.is_name][-1:]
    after = itertools.dropwhile(lambda one: not one.is_name, words[at + 1 : at + 1 + NAMED_WORDS])
    return list(itertools.takewhile(lambda one: one.is_name, after))[-1:]


def _judged(a: Departure, b: Departure, judged: Judged) -> float:
    """How surely the passages around both tell the same thing."""
    return judged.likeliest(Place(a.article_id, a.span), Place(b.article_id, b.span))


def _parting(a: Departure, b: Departure, texts: Mapping[str, Reading]) -> Parting | None:
    found = [partings.widest(texts[one.article_id], one.span) for one in (a, b)]
    passages = tuple(passage for passage in found if passage)
    if len(passages) < len(found):
        return None
    values = [Value(article_id=d.article_id, span=d.span, value=d.form) for d in (a, b)]
    difference = Difference(
        facet=Facet.WORDING,
        kind=DifferenceKind.VARIATION,
        values=tuple(sorted(values, key=lambda value: (value.article_id, value.span))),
        score=SCORE,
    )
    return Parting(passages=passages, difference=difference)
