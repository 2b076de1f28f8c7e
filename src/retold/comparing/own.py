"""What a side of a difference has of its own: what the other account does not tell there or nearby.

    “{It is in a trust. He has no say},” she said | “{It is in a trust},” she said. “He has no say.”

A quotation that is cut in two, or begins a sentence earlier, is no other quotation; and what is
told two sentences further on is told.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from retold import spans
from retold.comparing import facets, facts, slots
from retold.comparing.facts import Word
from retold.comparing.slots import Sentence, Slot, SlotKind
from retold.types import Span

NEAR = 3  # sentences before and behind
FRAME = (SlotKind.SOURCE, SlotKind.CUE)
TELLING = (SlotKind.NUMBER, SlotKind.DATE, SlotKind.NEGATION, SlotKind.HEDGE)


def near(held: Sequence[Sentence], told: Mapping[str, Sequence[Sentence]]) -> list[Sentence]:
    """The sentences that stand beside those held, and these, of the sentences of each article."""
    out = []
    for every in told.values():
        at = [n for n, one in enumerate(every) if one in held]
        out += [one for n, one in enumerate(every) if any(abs(n - m) <= NEAR for m in at)]
    return out


def part(shown: Sequence[Slot], sentences: Sequence[Sentence]) -> bool:
    """True if a slot has what the sentences of another slot's article have not.

    That is a word of meaning, a number, a date, a negation or a hedge. Who is said to say it and
    the word for saying it do not count: they stand beside the words of one account by chance. Of
    quoted words it is also that they stand in no such order there.
    """
    is_quoted = all(any(w.is_quoted for w in _words(slot, sentences)) for slot in shown)
    return any(
        _has_own(a, b.article_id, sentences)
        or (is_quoted and _is_altered(a, b.article_id, sentences))
        for a, b in itertools.permutations(shown, 2)
        if a.article_id != b.article_id
    )


# --- inside ---------------------------------------------------------------------------------------


def _has_own(slot: Slot, article_id: str, sentences: Sequence[Sentence]) -> bool:
    """True if the slot has something that no sentence of the article has."""
    there = [one for one in sentences if one.article_id == article_id]
    host = facets.host(slot, sentences)
    frame = [one.span for one in host.slots if one.kind in FRAME]
    own = {
        slots.folded(word)
        for word in _words(slot, sentences)
        if word.is_content
        and not _is_of_grammar(word)
        and not any(spans.overlaps(word.span, span) for span in frame)
    }
    told = frozenset().union(*(_marked(one, one.span) for one in there))
    lacking = own - frozenset().union(*(one.stems for one in there))
    return bool(lacking or any(not keys & told for keys in _marks(host, slot.span)))


def _is_altered(slot: Slot, article_id: str, sentences: Sequence[Sentence]) -> bool:
    """True if the quoted words of the slot stand nowhere in the article one after the other, what
    is between two parts of a quotation left out."""
    there = [one for one in sentences if one.article_id == article_id]
    host = facets.host(slot, sentences)
    tokens = [t.form for t in host.quoted if spans.overlaps(t.span, slot.span)]
    words = [w.form for w in _words(slot, sentences) if w.is_quoted]
    return not _is_run(tokens, [t.form for one in there for t in one.quoted]) and not _is_run(
        words, [w.form for one in there for w in one.words]
    )


def _is_run(run: Sequence[str], of: Sequence[str]) -> bool:
    return any(of[at : at + len(run)] == run for at in range(len(of) - len(run) + 1))


def _words(slot: Slot, sentences: Sequence[Sentence]) -> list[Word]:
    host = facets.host(slot, sentences)
    return [word for word in host.words if spans.overlaps(word.span, slot.span)]


def _is_of_grammar(word: Word) -> bool:
    """True for two words of grammar run together: "they're"."""
    first, mark, _ = word.form.partition("'")
    return bool(mark) and first in facts.function_words()


def _marks(sentence: Sentence, span: Span) -> list[frozenset[str]]:
    """Of each number, date, negation and hedge within `span` the forms in which it is compared.

    "Tuesday" is Tuesday, whichever day was reckoned from the date of the article.
    """
    return [
        frozenset((one.form, *one.marks.get(one.kind.name, ())))
        for one in sentence.slots
        if one.kind in TELLING and spans.overlaps(one.span, span) and not _is_undated(one)
    ]


def _is_undated(slot: Slot) -> bool:
    """True for a time that no day could be given to: "that same day"."""
    return slot.kind is SlotKind.DATE and not (slot.time and slot.time.date)


def _marked(sentence: Sentence, span: Span) -> frozenset[str]:
    return frozenset().union(*_marks(sentence, span))
