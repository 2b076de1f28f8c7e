"""What the words shown of a difference part in: a number, a date, a person, the wording …

    slots of a difference ──measure──▶ what each side has of its own ──trees, settle──▶ facet

What counts is less what the words are than what of them the other accounts lack: a day that only
one side gives, a name, a "not", quoted words. The trees were trained on differences which careful
readers noted; what the words do not bear out they cannot say.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from retold import lexicons, spans
from retold.comparing import agreements, conflicts, kinds, slots, trees, units
from retold.comparing.contrast import Floats
from retold.comparing.facts import Word
from retold.comparing.slots import Sentence, Slot, SlotKind
from retold.types import Facet, Span

MODEL = "facets"
FACETS = tuple(Facet)
BORNE_OUT = {
    Facet.POLARITY: ("NEGATION",),
    Facet.MODALITY: ("HEDGE", "NEGATION", "CUE", "REPORTING", "SOURCE"),
    Facet.PERSON: ("NAME", "PERSON", "SOURCE"),
}
TYPED = {Facet.NUMBER: SlotKind.NUMBER, Facet.DATE: SlotKind.DATE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The words that a difference shows of one article, in their sentence."""

    span: Span
    host: Sentence


def of(shown: Sequence[Slot], sentences: Sequence[Sentence]) -> tuple[Facet, tuple[Slot, ...]]:
    """The facet of the difference between the slots, and the slots that show it."""
    return settle(shown, odds([side(slot, sentences) for slot in shown]), sentences)


def odds(sides: Sequence[Side]) -> Floats:
    """For each facet, in the order of `FACETS`, how likely it is that of the difference."""
    row = measure(sides)[None, :]
    return np.concatenate([trees.load(MODEL, facet.value).judge(row) for facet in FACETS])


def measure(sides: Sequence[Side]) -> Floats:
    """What the sides have, have of their own, and have in common: the columns of `NAMES`."""
    held = [_held(side, _others(side, sides)) for side in sides]
    each = np.array([_row(one) for one in held], np.float32)
    both = np.array([_pair(a, b) for a, b in itertools.combinations(held, 2)], np.float32)
    return np.concatenate(
        [each.min(axis=0), each.max(axis=0), both.max(axis=0), both.mean(axis=0), [len(sides)]]
    ).astype(np.float32)


def settle(
    shown: Sequence[Slot], odds: Floats, sentences: Sequence[Sentence]
) -> tuple[Facet, tuple[Slot, ...]]:
    """The facet that is likeliest by `odds`, one a facet, and the slots that show it.

    Where that is the number or the date, the numbers or dates themselves are shown, and the slots
    of the sides that have none; where none part, it is another facet. So it is where the words hold
    nothing of what a facet is about: no hedge, no negation, nobody. Of a wording, who said it is
    not shown.
    """
    kinds = {slot.kind for slot in shown}
    # two bare numbers or dates part in nothing else
    bare = next((f for f, kind in TYPED.items() if kinds == {kind}), None)
    for at in np.argsort(-odds, kind="stable").tolist():
        facet = FACETS[at]
        if facet in TYPED:
            if found := _typed(shown, TYPED[facet], sentences):
                return facet, found
            if _is_given(facet, shown) and (own := _narrowed(shown, TYPED[facet], sentences)):
                return facet, own
        elif facet is Facet.WORDING and not bare:
            return facet, tuple(_unframed(slot, host(slot, sentences)) for slot in shown)
        elif _is_borne_out(facet, shown):
            return (bare or facet), tuple(shown)
    return Facet.DETAIL, tuple(shown)


def side(slot: Slot, sentences: Sequence[Sentence]) -> Side:
    """The slot in its sentence."""
    return Side(span=slot.span, host=host(slot, sentences))


def host(slot: Slot, sentences: Sequence[Sentence]) -> Sentence:
    """The sentence in which the slot begins: a word such as "D-N.Y." may reach into the next."""
    return next(
        one
        for one in sentences
        if one.article_id == slot.article_id and one.span.start <= slot.span.start < one.span.end
    )


# --- what the sides have --------------------------------------------------------------------------

EACH = (
    "words", "letters", "words of meaning", "own words", "share of own words", "quoted",
    "own quoted", "dates", "own dates", "numbers", "own numbers", "names", "own names",
    "own persons", "own places", "own venues", "own groups", "own documents", "hedges",
    "own hedges", "negations", "own negations", "words of time", "own words of time", "cues",
    "own words of saying", "sources", "opens with the source", "own loaded", "other own words",
    "first persons", "place", "title", "sentence", *(f"near a {kind}" for kind in kinds.NAMES),
)  # fmt: skip
BOTH = (
    "dates", "numbers", "letters", "own letters", "own meanings", "words", "longest run",
    "longest quoted run", "sources", "speakers", "both quoted", "one quoted", "sentences",
    "sets of words",
)  # fmt: skip
NAMES = (
    *(f"least {name}" for name in EACH),
    *(f"most {name}" for name in EACH),
    *(f"most alike in {name}" for name in BOTH),
    *(f"alike in {name}" for name in BOTH),
    "sides",
)
"""What the columns of the measures are called, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """What stands within a side: its words, those that another account has not, and its slots."""

    side: Side
    words: tuple[Word, ...]
    own: tuple[Word, ...]
    own_forms: tuple[str, ...]
    slots: Mapping[SlotKind, tuple[Slot, ...]]
    own_dates: int
    own_numbers: int

    @property
    def content(self) -> frozenset[str]:
        return frozenset(slots.folded(word) for word in self.words if word.is_content)

    @property
    def plain(self) -> tuple[Word, ...]:
        """The own words that are neither names nor within a number or a date."""
        typed = (*self.slots[SlotKind.NUMBER], *self.slots[SlotKind.DATE])
        return tuple(
            word
            for word in self.own
            if not word.is_name and not any(spans.overlaps(word.span, s.span) for s in typed)
        )


def _others(one: Side, sides: Sequence[Side]) -> list[Sentence]:
    return [s.host for s in sides if s.host.article_id != one.host.article_id]


def _held(one: Side, others: Sequence[Sentence]) -> _Held:
    words = tuple(word for word in one.host.words if spans.overlaps(word.span, one.span))
    forms = {word.form for other in others for word in other.words}
    within = {
        kind: tuple(
            s for s in one.host.slots if s.kind is kind and spans.overlaps(s.span, one.span)
        )
        for kind in SlotKind
    }
    return _Held(
        side=one,
        words=words,
        own=tuple(
            word
            for word in words
            if word.is_content and any(slots.folded(word) not in other.stems for other in others)
        ),
        own_forms=tuple(word.form for word in words if word.form not in forms),
        slots=within,
        own_dates=_count_own(within[SlotKind.DATE], others),
        own_numbers=_count_own(within[SlotKind.NUMBER], others),
    )


def _count_own(held: Sequence[Slot], others: Sequence[Sentence]) -> int:
    """How many of the numbers or dates no other sentence gives."""
    told = [slot for other in others for slot in other.slots]
    return sum(
        not any(_is_same(one, slot) for slot in told if slot.kind is one.kind) for one in held
    )


def _row(held: _Held) -> list[float]:
    """The columns of `EACH`."""
    words, own, span = held.words, held.own, held.side.span
    sources = held.slots[SlotKind.SOURCE]
    forms = [word.form for word in words]
    meaning = sum(word.is_content for word in words)
    return [
        len(words),
        len(span),
        meaning,
        len(own),
        len(own) / max(1, meaning),
        _share_quoted(words),
        _share_quoted(own),
        len(held.slots[SlotKind.DATE]),
        held.own_dates,
        len(held.slots[SlotKind.NUMBER]),
        held.own_numbers,
        sum(word.is_name for word in words),
        sum(word.is_name for word in own),
        sum(bool({word.form, word.form.removesuffix("s")} & slots.people()) for word in own),
        _count(own, slots.places()),
        _count(own, lexicons.words("venues")),
        _count(own, lexicons.words("group_nouns") | lexicons.words("organisation_nouns")),
        _count(own, lexicons.words("document_nouns")),
        sum(form in slots.hedges() for form in forms),
        sum(form in slots.hedges() for form in held.own_forms),
        sum(form in slots.negations() for form in forms),
        sum(form in slots.negations() for form in held.own_forms),
        sum(form in lexicons.table("tense") for form in forms),
        sum(form in lexicons.table("tense") for form in held.own_forms),
        len(held.slots[SlotKind.CUE]),
        _count(own, lexicons.words("speech_verbs")),
        len(sources),
        any(source.span.start <= span.start + 2 for source in sources),
        _count(own, lexicons.words("loaded")),
        len(held.plain),
        sum(form in lexicons.words("first_persons") for form in forms),
        (span.start - held.side.host.span.start) / len(held.side.host.span),
        held.side.host.is_title,
        len(held.side.host.words),
        *kinds.near(own).tolist(),
    ]


def _share_quoted(words: Sequence[Word]) -> float:
    return sum(word.is_quoted for word in words) / max(1, len(words))


def _count(words: Sequence[Word], of: frozenset[str]) -> int:
    return sum(word.form in of for word in words)


def _pair(a: _Held, b: _Held) -> list[float]:
    """The columns of `BOTH`."""
    forms = [[word.form for word in one.words] for one in (a, b)]
    quoted = [[word.form for word in one.words if word.is_quoted] for one in (a, b)]
    own = [" ".join(word.form for word in one.own) for one in (a, b)]
    meanings = [{s.form for s in one.slots[SlotKind.SOURCE]} for one in (a, b)]
    speakers = [{s.speaker_id for s in one.side.host.slots if s.speaker_id} for one in (a, b)]
    stems = a.side.host.stems, b.side.host.stems
    return [
        _apart(a, b, SlotKind.DATE),
        _apart(a, b, SlotKind.NUMBER),
        fuzz.ratio(" ".join(forms[0]), " ".join(forms[1])),
        fuzz.ratio(own[0], own[1]),
        _alike(a.plain, b.plain),
        len(a.content & b.content) / max(1, min(len(a.content), len(b.content))),
        _longest_run(*forms),
        _longest_run(*quoted),
        len(meanings[0] & meanings[1]),
        (1.0 if speakers[0] & speakers[1] else -1.0) if all(speakers) else 0.0,
        all(quoted),
        bool(quoted[0]) != bool(quoted[1]),
        len(stems[0] & stems[1]) / max(1, len(stems[0] | stems[1])),
        fuzz.token_set_ratio(" ".join(forms[0]), " ".join(forms[1])),
    ]


def _apart(a: _Held, b: _Held, kind: SlotKind) -> float:
    """How far the numbers or dates go apart at most; below 0 where a side has none."""
    of = agreements.dates_apart if kind is SlotKind.DATE else agreements.numbers_apart
    found = [of(x, y) for x, y in itertools.product(a.slots[kind], b.slots[kind])]
    return max(found, default=-0.5 if a.slots[kind] or b.slots[kind] else -1.0)


def _alike(a: Sequence[Word], b: Sequence[Word]) -> float:
    """How alike in meaning the words are, -1 where nothing is known of one of them."""
    known = units.lexicon()
    rows = [
        [known.rows[stem] for word in words if (stem := slots.folded(word)) in known.rows]
        for words in (a, b)
    ]
    if not all(rows):
        return -1.0
    x, y = ((known.vectors[row] * known.idf[row][:, None]).sum(axis=0) for row in rows)
    return float(x @ y / max(1e-9, float(np.linalg.norm(x) * np.linalg.norm(y))))


def _longest_run(a: Sequence[str], b: Sequence[str]) -> int:
    """The words of the longest run that both have."""
    best, before = 0, [0] * (len(b) + 1)
    for word in a:
        row = [0] * (len(b) + 1)
        for at, other in enumerate(b, start=1):
            if word == other:
                row[at] = before[at - 1] + 1
        best, before = max(best, *row), row
    return best


# --- what bears a facet out -----------------------------------------------------------------------


def _is_borne_out(facet: Facet, shown: Sequence[Slot]) -> bool:
    """True if the slots differ in one of the marks that the facet asks for, if it asks for any."""
    asked = BORNE_OUT.get(facet, ())
    return not asked or any(_differ_in(shown, mark) for mark in asked)


def _is_given(facet: Facet, shown: Sequence[Slot]) -> bool:
    """False for a number that one side lacks: what it counts is told there without a count."""
    return facet is not Facet.NUMBER or all("NUMBER" in slot.marks for slot in shown)


def _differ_in(shown: Sequence[Slot], mark: str) -> bool:
    return len({slot.marks.get(mark, frozenset()) for slot in shown}) > 1


def _typed(
    shown: Sequence[Slot], kind: SlotKind, sentences: Sequence[Sentence]
) -> tuple[Slot, ...]:
    """The numbers or dates in the slots, where they part: one of each side; none where a side has
    none, has several, or has the other's too."""
    sides = [_within(slot, kind, sentences) for slot in shown]
    if any(len({conflicts.compared(one) for one in side}) != 1 for side in sides):
        return ()
    if any(_tell_the_same(a[0], b[0]) for a, b in itertools.combinations(sides, 2)):
        return ()
    return tuple(side[0] for side in sides)


def _narrowed(
    shown: Sequence[Slot], kind: SlotKind, sentences: Sequence[Sentence]
) -> tuple[Slot, ...]:
    """The slots, one that holds just one number or date of its own narrowed to it; none where no
    slot holds any that the sentences of the others have not, of numbers where but one does: it says
    more than the others, and none is another."""
    hosts = [host(slot, sentences) for slot in shown]
    own = []
    for slot, its in zip(shown, hosts, strict=True):
        told = [one for other in hosts if other != its for one in other.slots if one.kind is kind]
        held = _within(slot, kind, sentences)
        own.append([one for one in held if not any(_tell_the_same(one, other) for other in told)])
    if sum(map(bool, own)) < (2 if kind is SlotKind.NUMBER else 1):
        return ()
    return tuple(held[0] if len(held) == 1 else slot for slot, held in zip(shown, own, strict=True))


def _within(slot: Slot, kind: SlotKind, sentences: Sequence[Sentence]) -> list[Slot]:
    """What of the kind shares a character with the slot."""
    here = host(slot, sentences).slots
    return [one for one in here if one.kind is kind and spans.overlaps(one.span, slot.span)]


def _unframed(slot: Slot, host: Sentence) -> Slot:
    """The slot without what stands before and after its quoted words, where that says who speaks:
    {“No such call was made},” he said in a statement."""
    frame = [one.span for one in host.slots if one.kind in (SlotKind.SOURCE, SlotKind.CUE)]
    words = [word for word in host.words if spans.overlaps(word.span, slot.span)]
    quoted = [at for at, word in enumerate(words) if word.is_quoted]
    if not quoted:
        return slot
    first, last = quoted[0], quoted[-1]
    start = words[first].span.start if _holds(words[:first], frame) else slot.span.start
    end = words[last].span.end if _holds(words[last + 1 :], frame) else slot.span.end
    return dataclasses.replace(slot, span=Span(start, end), form=host.form_at(Span(start, end)))


def _holds(words: Sequence[Word], frame: Sequence[Span]) -> bool:
    return any(spans.overlaps(word.span, span) for word in words for span in frame)


def _is_same(a: Slot, b: Slot) -> bool:
    return a.form == b.form or conflicts.compared(a) == conflicts.compared(b)


def _tell_the_same(a: Slot, b: Slot) -> bool:
    """True too for one number of whatever it is said to count: "11 people", "eleven others"."""
    x, y = a.number, b.number
    return _is_same(a, b) or bool(x and y and (x.low, x.high, x.bound) == (y.low, y.high, y.bound))
