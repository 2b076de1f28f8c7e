"""Where things stand in an article: paragraphs, sentences, quotation marks, and who is named.

Made once an article; answers by bisection, so that a thousand questions cost little.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from retold import lexicons, spans
from retold import text as texts
from retold.reading.roster import Roster
from retold.types import Article, Span, SpeakerKind

_FIRST_WORD = re.compile(r"\w+")
_ARTICLE = re.compile(r"\b(?:[Tt]he|[Aa]n?) $")
_AFTER = re.compile(r" (?P<word>[a-z]+)")


@dataclass(frozen=True)
class Scene:
    """An article with its roster, and the places of both; `offices` are places that name a figure
    by what he is ("the mayor")."""

    article: Article
    roster: Roster
    offices: tuple[tuple[Span, int], ...] = ()

    @property
    def text(self) -> str:
        return self.article.text

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        return texts.paragraphs_of(self.article)

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [p.start for p in self.paragraphs]

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        return tuple(s for p in self.paragraphs for s in texts.sentences(self.article.text, p))

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    @cached_property
    def quotations(self) -> tuple[texts.Quotation, ...]:
        return tuple(q for p in self.paragraphs for q in texts.quotations(self.article.text, p))

    @cached_property
    def _quotation_starts(self) -> list[int]:
        return [q.span.start for q in self.quotations]

    def quotations_in(self, span: Span) -> tuple[texts.Quotation, ...]:
        """The quotations of the paragraphs that `span` touches, in order; each lies in one."""
        if not self.paragraphs:
            return ()
        first = self.paragraphs[self.paragraph(span.start)].start
        low = bisect_left(self._quotation_starts, first)
        return self.quotations[low : bisect_left(self._quotation_starts, span.end)]

    @cached_property
    def _outer(self) -> tuple[texts.Quotation, ...]:
        return tuple(q for q in self.quotations if q.depth == 0)

    @cached_property
    def _outer_starts(self) -> list[int]:
        return [q.span.start for q in self._outer]

    def paragraph(self, at: int) -> int:
        """The index of the paragraph that holds `at`, or of the last one before it."""
        return max(0, bisect_right(self._paragraph_starts, at) - 1)

    def sentence(self, at: int) -> int:
        """The index of the sentence that holds `at`, or of the last one before it."""
        return max(0, bisect_right(self._sentence_starts, at) - 1)

    def sentence_at(self, at: int) -> Span:
        """The sentence that holds `at`, or the last before it; all the text if there is none."""
        if not self.sentences:
            return Span(0, max(1, len(self.text)))
        return self.sentences[self.sentence(at)]

    def quotation(self, at: int) -> texts.Quotation | None:
        """The outermost quotation that holds `at`."""
        i = bisect_right(self._outer_starts, at) - 1
        if i >= 0 and self._outer[i].span.end > at:
            return self._outer[i]
        return None

    def is_owned(self, mention: Span) -> bool:
        """True for "Putin’s", "Holt-backed" and "the Holt affair", which name somebody but say
        nothing of what he does."""
        after = self.text[mention.end : mention.end + 2]
        is_compound = after[:1] == "-" and after[1:].islower()
        return after in ("’s", "'s") or is_compound or mention in self.attributive

    @cached_property
    def attributive(self) -> frozenset[Span]:
        """The places that name a person between an article and a noun."""
        figures = (f for f in self.roster.figures if f.kind is SpeakerKind.PERSON)
        persons = {figure.index for figure in figures if figure.is_certain}
        return frozenset(
            place
            for place, index in self.roster.places
            if index in persons
            and _ARTICLE.search(self.text, max(0, place.start - 6), place.start)
            and (after := _AFTER.match(self.text, place.end))
            and after["word"] not in lexicons.words("function_words")
        )

    def is_oblique(self, mention: Span) -> bool:
        """True after a preposition, where a subject does not stand."""
        before = self.text[max(0, mention.start - 30) : mention.start].split()
        while before and (before[-1][:1].isupper() or before[-1] in ("the", "a", "former", "then")):
            before.pop()
        return bool(before) and before[-1].lower() in lexicons.words("prepositions")

    @cached_property
    def _roles_at(self) -> Callable[[Span], list[Span]]:
        spoken = [role.span for figure in self.roster.figures for role in figure.roles]
        return spans.finder(spoken, key=lambda span: span)

    def _is_in_role(self, mention: Span) -> bool:
        """True for the "Tea Party" of "Tea Party activist Anna Holt": it says who she is."""
        return any(spans.contains(role, mention) for role in self._roles_at(mention))

    @cached_property
    def _places(self) -> list[tuple[Span, int]]:
        return sorted((*self.roster.places, *self.offices))

    def _within(self, start: int, end: int, *, by_office: bool) -> Sequence[tuple[Span, int]]:
        """The places from `start` up to `end` that name a figure, or tell one by his office."""
        held = self._places if by_office else self.roster.places
        low, high = (bisect_left(held, at, key=lambda one: one[0].start) for at in (start, end))
        return held[low:high]

    def subject(self, sentence: int, *, by_office: bool = True) -> int | None:
        """The figure that is the first of `sentence` to stand free, neither owner nor after a
        preposition, outside quotation marks; in "When Amy left, {Bob} said" the one at the comma.
        """
        if not 0 <= sentence < len(self.sentences):
            return None
        span = self.sentences[sentence]
        free = [
            (place, index)
            for place, index in self._within(span.start, span.end, by_office=by_office)
            if self.quotation(place.start) is None
            and not self.is_owned(place)
            and not self.is_oblique(place)
            and not self._is_in_role(place)
        ]
        if not free:
            return None
        first = _FIRST_WORD.match(self.text, span.start)
        if first and first.group().lower() in lexicons.words("lead_ins"):
            after = [i for place, i in free if self.text[place.start - 2 : place.start] == ", "]
            return after[0] if after else free[0][1]
        return free[0][1]

    def last_free(self, sentence: int, end: int) -> int | None:
        """The person of `sentence` who stands free last before `end`, as a subject does."""
        if not 0 <= sentence < len(self.sentences):
            return None
        start = self.sentences[sentence].start
        for place, index in reversed(self._within(start, end, by_office=True)):
            figure = self.roster.figures[index]
            if (
                figure.kind is SpeakerKind.PERSON
                and figure.is_certain
                and self.quotation(place.start) is None
                and not self.is_owned(place)
                and not self.is_oblique(place)
            ):
                return index
        return None
