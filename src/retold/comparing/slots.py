"""The slots of a sentence: the stretches in which two accounts of one thing can part.

    {phrase He} told {name Fox News} {phrase on {date Friday}} that {number 48 pages} were …

Slots may nest. Each knows what stands beside it, so that two slots are compared for being in the
same place of the same statement and not for being of the same kind.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from retold import lexicons, spans
from retold import text as texts
from retold.comparing import facts, numbers, quoted
from retold.comparing.facts import Word
from retold.comparing.numbers import Number
from retold.comparing.quoted import Token
from retold.types import Reading, SectionKind, Span, TimeExpression

MAX_PHRASE_WORDS = 7
MAX_CLAUSE_CHARS = 110


class SlotKind(IntEnum):
    PHRASE = 0
    NAME = 1
    NUMBER = 2
    DATE = 3
    SOURCE = 4
    CUE = 5
    HEDGE = 6
    NEGATION = 7
    CLAUSE = 8
    TURN = 9


Typed = tuple[SlotKind, Span, object]
"""A stretch that is of a kind, with its number, its time, or the id of its speaker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A stretch of a sentence.

    `form` is it in small letters, `stems` are of its words that carry meaning, `left` and `right`
    those of the phrases beside it, `governor` is the word of grammar right before it ("in"),
    `head` the stem of what it is said of ("president of Russia in 2000": the president), `marks`
    what of each kind stands within it.
    """

    article_id: str
    kind: SlotKind
    span: Span
    form: str
    stems: frozenset[str]
    left: frozenset[str]
    right: frozenset[str]
    governor: str
    marks: Mapping[str, frozenset[str]]
    is_quoted: bool
    position: float
    number: Number | None = None
    time: TimeExpression | None = None
    speaker_id: str | None = None
    head: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence with its slots in order; `text` is the whole article's."""

    article_id: str
    text: str
    span: Span
    stems: frozenset[str]
    slots: tuple[Slot, ...]
    words: tuple[Word, ...]
    quoted: tuple[Token, ...]
    form: str
    is_title: bool

    def form_at(self, span: Span) -> str:
        """The words of `span` as they are compared."""
        return self.form[span.start - self.span.start : span.end - self.span.start]

    def words_at(self, span: Span) -> frozenset[str]:
        """The folded words of meaning that share a character with `span`."""
        held = (word for word in self.words if word.is_content and spans.overlaps(word.span, span))
        return frozenset(map(folded, held))


def of(reading: Reading, people: Mapping[str, str]) -> tuple[Sentence, ...]:
    """The sentences of title and body with their slots, in text order.

    Args:
        people: the speaker of the report for each speaker of the reading.
    """
    article = reading.article
    words = facts.words(reading)
    parts = spans.finder(facts.quoted_parts(reading), key=lambda part: part)
    marked = spans.finder(_marked(reading, people), key=lambda row: row[1])
    starts = [word.span.start for word in words]
    out = []
    for section in article.sections:
        if section.kind not in (SectionKind.TITLE, SectionKind.BODY):
            continue
        for span in texts.sentences(article.text, section.span):
            low = bisect.bisect_left(starts, span.start)
            held = words[low : bisect.bisect_left(starts, span.end)]
            if held:
                rows = [row for row in marked(span) if spans.contains(span, row[1])]
                out.append(_sentence(reading, span, held, rows, parts(span), section.kind))
    return tuple(out)


# --- inside ---------------------------------------------------------------------------------------

_PUNCTUATION = re.compile(r"[,;:()–—“”\"]|--|\s-\s")
_IN_A_FIGURE = re.compile(r"\d,\d{3}")


@cache
def hedges() -> Mapping[str, str]:
    """Words that keep a statement from being flat, and in which way."""
    return lexicons.table("modality")


@cache
def negations() -> frozenset[str]:
    """Words that turn a statement into its opposite."""
    return lexicons.words("negations")


def negates(form: str) -> bool:
    """True for a word that turns what is told into its opposite, "hasn't" too."""
    return form in negations() or form.endswith("n't")


@cache
def _equivalents() -> Mapping[str, str]:
    """The stem that a word is compared by, for words that have more than one form."""
    states = {
        short.rstrip(".").casefold(): facts.stem(name.casefold())
        for short, name in lexicons.rows("states")
    }
    return states | {w: facts.stem(form) for w, form in lexicons.rows("equivalents")}


@cache
def places() -> frozenset[str]:
    """Names of places, and the short forms of states, in small letters."""
    states = frozenset(short.rstrip(".").casefold() for short in lexicons.words("states"))
    return states | frozenset(place.casefold() for place in lexicons.words("places"))


@cache
def people() -> frozenset[str]:
    """Nouns for a person, titles among them."""
    return lexicons.words("person_nouns") | lexicons.words("titles")


def folded(word: Word) -> str:
    """The stem by which the word is compared: "Rep." is "representative", "Tex." is "Texas"."""
    return _equivalents().get(word.form, word.stem)


def _marks(
    reading: Reading, held: Sequence[Word], typed: Sequence[Typed], span: Span
) -> Mapping[str, frozenset[str]]:
    """What a slot holds of each kind, in the form in which two slots are compared for it."""
    out: dict[str, set[str]] = {}
    for kind, inner, value in typed:
        if spans.contains(span, inner):
            out.setdefault(kind.name, set()).add(_key(reading.article.text, kind, inner, value))
    forms = {word.form for word in held}
    singular = {form.removesuffix("s") for form in forms}
    out["PLACE"] = forms & places()
    out["PERSON"] = (forms | singular) & people()
    out["REPORTING"] = forms & lexicons.words("cues")
    return {mark: frozenset(keys) for mark, keys in out.items() if keys}


def _key(text: str, kind: SlotKind, span: Span, value: object) -> str:
    form = _form(text, span)
    if isinstance(value, Number):
        return f"{value.low:g}-{value.high:g}"
    if isinstance(value, TimeExpression):
        return value.date or form
    if isinstance(value, str):
        return value
    return hedges().get(form, form) if kind is SlotKind.HEDGE else form


def _sentence(
    reading: Reading,
    span: Span,
    words: Sequence[Word],
    marked: Sequence[Typed],
    parts: Sequence[Span],
    section: SectionKind,
) -> Sentence:
    text = reading.article.text
    phrases = _phrases(text, words)
    found: list[Typed] = [(SlotKind.PHRASE, p, None) for p in phrases]
    found += [
        (SlotKind.CLAUSE, Span(a.start, b.end), None)
        for count in (2, 3)
        for a, b in zip(phrases, phrases[count - 1 :], strict=False)
        if b.end - a.start <= MAX_CLAUSE_CHARS
    ]
    found += [(SlotKind.NAME, name.span, None) for name in facts.names(text, words)]
    found += [(SlotKind.NUMBER, n.span, n) for n in numbers.find(text, span)]
    found += marked
    for word in words:
        if word.form in hedges():
            found.append((SlotKind.HEDGE, word.span, None))
        elif word.form in negations() or word.form.endswith("n't"):
            found.append((SlotKind.NEGATION, word.span, None))
    typed = [row for row in found if row[0] not in (SlotKind.PHRASE, SlotKind.CLAUSE)]
    inside = {p: [w for w in words if w.is_content and spans.contains(p, w.span)] for p in phrases}
    slots = [_slot(reading, span, words, inside, typed, *row) for row in sorted(found, key=_order)]
    return Sentence(
        article_id=reading.article.id,
        text=text,
        span=span,
        stems=frozenset(map(folded, (word for word in words if word.is_content))),
        slots=tuple(slots),
        words=tuple(words),
        form=_form(text, span),
        quoted=quoted.tokenise(text, [p for q in parts if (p := spans.clip(q, span))]),
        is_title=section is SectionKind.TITLE,
    )


def _form(text: str, span: Span) -> str:
    """The characters in small letters with one kind of apostrophe, each still in its place."""
    written = spans.cut(text, span)
    lower = written.lower()
    return (lower if len(lower) == len(written) else written).replace("’", "'")


def _order(row: Typed) -> tuple[Span, int]:
    return row[1], int(row[0])


def _marked(reading: Reading, people: Mapping[str, str]) -> tuple[Typed, ...]:
    """The dates, sources and cues of an article, none twice."""
    out: list[Typed] = [(SlotKind.DATE, t.span, t) for t in reading.times]
    for attribution in reading.attributions:
        speaker = people.get(attribution.speaker_id or "", attribution.speaker_id)
        out += [(SlotKind.SOURCE, s, speaker) for s in attribution.source]
        out += [(SlotKind.CUE, c, None) for c in attribution.cue]
    return tuple(dict.fromkeys(out))


def _phrases(text: str, words: Sequence[Word]) -> list[Span]:
    """The words cut at punctuation and at words of grammar that open a part."""
    openers = lexicons.words("phrase_openers")
    runs: list[list[Word]] = [[]]
    for before, word in zip((None, *words), words, strict=False):
        between = slice(before.span.end, word.span.start) if before else slice(0, 0)
        is_cut = _PUNCTUATION.search(text[between]) and not _IN_A_FIGURE.match(
            text, between.start - 1
        )
        if is_cut or word.form in openers:
            runs.append([])
        if word.form not in openers:
            if len(runs[-1]) >= MAX_PHRASE_WORDS:
                runs.append([])
            runs[-1].append(word)
    return [
        Span(run[0].span.start, run[-1].span.end)
        for run in runs
        if any(word.is_content for word in run)
    ]


def _slot(
    reading: Reading,
    sentence: Span,
    words: Sequence[Word],
    phrases: Mapping[Span, Sequence[Word]],
    typed: Sequence[Typed],
    kind: SlotKind,
    span: Span,
    value: object,
) -> Slot:
    held = [word for word in words if spans.overlaps(word.span, span)]
    ahead = [word for word in words if word.span.end <= span.start]
    before = ahead[-1:]
    beside = [phrase for phrase in phrases if not spans.overlaps(phrase, span)]
    left = [phrase for phrase in beside if phrase.end <= span.start][-1:]
    right = [phrase for phrase in beside if phrase.start >= span.end][:1]
    host = [p for p in phrases if spans.contains(p, span) and p != span]
    return Slot(
        article_id=reading.article.id,
        kind=kind,
        span=span,
        form=_form(reading.article.text, span),
        stems=frozenset(map(folded, (word for word in held if word.is_content))),
        left=_stems(phrases, left + host, span),
        right=_stems(phrases, right + host, span),
        governor=before[0].form if before and not before[0].is_content else "",
        marks=_marks(reading, held, typed, span),
        is_quoted=any(word.is_quoted for word in held),
        position=(span.start - sentence.start) / len(sentence),
        number=value if isinstance(value, Number) else None,
        time=value if isinstance(value, TimeExpression) else None,
        speaker_id=value if isinstance(value, str) else None,
        head=_head(ahead) if kind is SlotKind.DATE else "",
    )


def _head(before: Sequence[Word]) -> str:
    """The stem of the last word of meaning, or of the one that it hangs on by "of"."""
    telling = [at for at, word in enumerate(before) if word.is_content]
    while len(telling) > 1 and any(w.form == "of" for w in before[telling[-2] : telling[-1]]):
        telling.pop()
    return folded(before[telling[-1]]) if telling else ""


def _stems(
    phrases: Mapping[Span, Sequence[Word]], wanted: Sequence[Span], slot: Span
) -> frozenset[str]:
    """The stems of meaning in the wanted phrases, the slot's own left out."""
    return frozenset(
        folded(word)
        for phrase in wanted
        for word in phrases[phrase]
        if not spans.overlaps(word.span, slot)
    )
