"""What can be compared in a passage: its words, names, numbers, times and quoted words.

    article ──words──▶ Word, Word, …  ──of──▶ Facts, one for each passage

Every fact keeps its span in the article, so what is found to differ can be shown as it stands.
Nothing here knows another article but `rarity`, which counts over a story.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from retold import lexicons
from retold import text as texts
from retold.comparing import numbers
from retold.comparing.numbers import Number
from retold.reading import excerpts, hidden
from retold.spans import clip, contains, finder
from retold.types import Passage, Reading, Section, SectionKind, Span, TimeExpression

LINK = r"\b(?:https?://|www\.|pic\.twitter\.com/|t\.co/)\S+"
"""What no word is read from: an address of the web."""
WORD = re.compile(LINK + r"|(\w+(?:[.’'&\-]\w+)*)|" + excerpts.POSTED.pattern)
"""The first group holds a word: neither an address nor whoever signs a post is one."""
_POSSESSIVE = re.compile(r"[’']s?$")
_SENTENCE_END = re.compile(r"[.!?:;“”\"\n]\W*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of an article. `form` is case-folded and has no possessive; `stem` has no ending.

    `is_content` is False for words of grammar; `is_name` is True for a capitalised word that does
    not owe its capital to the beginning of a sentence; `is_quoted` for a word in quotation marks.
    """

    span: Span
    form: str
    stem: str
    is_content: bool
    is_name: bool
    is_quoted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """Words that name someone or something; `key` is their case-folded form, single-spaced."""

    span: Span
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What can be compared in one passage, each in text order.

    `words` are all its words, `names` runs of capitalised words, `numbers` in words and figures,
    `times` its time expressions, `quoted` the parts of it that stand in quotation marks. `tells` is
    False where it holds nothing but who speaks and when: "Mayor Ann Ode said on Monday".
    """

    passage: Passage
    words: tuple[Word, ...]
    names: tuple[Name, ...]
    numbers: tuple[Number, ...]
    times: tuple[TimeExpression, ...]
    quoted: tuple[Span, ...]
    is_title: bool
    tells: bool

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems of the words that carry meaning, in text order."""
        return tuple(w.stem for w in self.words if w.is_content)


def of(reading: Reading) -> tuple[Facts, ...]:
    """The facts of every passage of a reading, in the order of its passages."""
    text = reading.article.text
    titles = [s.span for s in reading.article.sections if s.kind is SectionKind.TITLE]
    found = words(reading)
    starts = [w.span.start for w in found]
    quoted = finder(quoted_parts(reading), key=lambda part: part)
    figures = finder(_numbers(reading), key=lambda number: number.span)
    times = finder(reading.times, key=lambda time: time.span)
    telling = _telling(reading, found)
    out = []
    for passage in reading.passages:
        span = passage.span
        is_title = any(contains(t, span) for t in titles)
        low, high = bisect.bisect_left(starts, span.start), bisect.bisect_left(starts, span.end)
        held = tuple(w for w in found[low:high] if w.span.end <= span.end)
        out.append(
            Facts(
                passage=passage,
                words=held,
                names=names(text, held),
                numbers=tuple(n for n in figures(span) if contains(span, n.span)),
                times=tuple(t for t in times(span) if contains(span, t.span)),
                quoted=_clip(quoted(span), span),
                is_title=is_title,
                tells=is_title or any(w.span in telling for w in held),
            )
        )
    return tuple(out)


def words(reading: Reading) -> tuple[Word, ...]:
    """The words of the title and body of an article, in text order, but for what a page hides."""
    text = reading.article.text
    quoted = quoted_parts(reading)
    quotes = [q.start for q in quoted]
    mentioned = {at for m in reading.mentions for at in range(m.span.start, m.span.end)}
    matches = [
        (match, section.kind is SectionKind.TITLE)
        for section in _told(reading)
        for unseen in [[*hidden.within(text, section.span)]]
        for match in WORD.finditer(text, section.span.start, section.span.end)
        if match[1] and not any(held.start <= match.start() < held.end for held in unseen)
    ]
    sure, plain = _capitals(text, matches)
    out = []
    for match, _ in matches:
        form = _form(match.group())
        at = bisect.bisect_right(quotes, match.start()) - 1
        is_capital = match.group()[0].isupper()
        is_content = form not in function_words() and form not in _LETTERS
        out.append(
            Word(
                span=Span(*match.span()),
                form=form,
                stem=stem(form),
                is_content=is_content,
                is_name=is_capital
                and is_content
                and (form in sure or (match.start() in mentioned and form not in plain)),
                is_quoted=at >= 0 and match.start() < quoted[at].end,
            )
        )
    return tuple(out)


def quoted_parts(reading: Reading) -> tuple[Span, ...]:
    """What stands in quotation marks in the title and body, without the marks, outermost only."""
    return tuple(
        q.inner
        for section in _told(reading)
        for q in texts.quotations(reading.article.text, section.span)
        if q.depth == 0
    )


def names(text: str, held: Sequence[Word]) -> tuple[Name, ...]:
    """The names among `held`: each run of name words with nothing but a blank between."""
    out: list[Name] = []
    for word in held:
        if not word.is_name:
            continue
        between = text[out[-1].span.end : word.span.start] if out else None
        if between is not None and between in (" ", "\u00a0", ". ", " de ", " of ", " the "):
            last = out.pop()
            out.append(
                Name(span=Span(last.span.start, word.span.end), key=f"{last.key} {word.form}")
            )
        else:
            out.append(Name(span=word.span, key=word.form))
    return tuple(out)


def rarity(found: Iterable[Sequence[Facts]]) -> Mapping[str, float]:
    """How telling each stem is within a story: the idf over its passages, 0..1.

    Args:
        found: the facts of each article of the story.
    """
    counts: Counter[str] = Counter()
    total = 0
    for facts in itertools.chain.from_iterable(found):
        counts.update(set(facts.stems))
        total += 1
    most = math.log(1 + total)
    held = sorted(counts.items())  # the order of a set differs from run to run
    return {key: math.log((1 + total) / (1 + count)) / most for key, count in held}


@functools.cache
def function_words() -> frozenset[str]:
    """The words that carry grammar and no news."""
    return frozenset(lexicons.entries("function_words"))


def stem(form: str) -> str:
    """`form` without the endings of number, person and tense; a rough cut, the same for all.

    "votes", "voted" and "voting" give one stem; "Democrats" and "Democratic" do not.
    """
    for ending, rest in _ENDINGS:
        if form.endswith(ending) and len(form) - len(ending) >= 3:
            kept = form[: -len(ending)] + rest
            if not rest and len(kept) > 3 and kept[-1] == kept[-2] and kept[-1] not in "lsz":
                kept = kept[:-1]
            return kept.removesuffix("e") if len(kept) > 3 else kept
    return form.removesuffix("e") if len(form) > 3 else form


# --- inside ---------------------------------------------------------------------------------------

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_ENDINGS = (
    ("ies", "y"),
    ("ied", "y"),
    ("sses", "ss"),
    ("ing", ""),
    ("ed", ""),
    ("es", ""),
    ("ss", "ss"),
    ("us", "us"),
    ("is", "is"),
    ("s", ""),
)


def _told(reading: Reading) -> list[Section]:
    """The sections that are the article."""
    kinds = (SectionKind.TITLE, SectionKind.BODY)
    return [section for section in reading.article.sections if section.kind in kinds]


def _telling(reading: Reading, found: Iterable[Word]) -> frozenset[Span]:
    """The words that carry meaning and say neither who speaks nor when."""
    spoken = (span for said in reading.attributions for span in (*said.source, *said.cue))
    near = finder([*spoken, *(time.span for time in reading.times)], key=lambda span: span)
    return frozenset(w.span for w in found if w.is_content and not near(w.span))


def _form(word: str) -> str:
    """The case-folded form, without a possessive and with one kind of apostrophe."""
    return _POSSESSIVE.sub("", word.casefold()).replace("’", "'") or word.casefold()


def _capitals(
    text: str, matches: Iterable[tuple[re.Match[str], bool]]
) -> tuple[frozenset[str], frozenset[str]]:
    """The forms that are capitalised of themselves, and those also seen without a capital."""
    sure, plain = set(), set()
    for match, is_title in matches:
        word, form = match.group(), _form(match.group())
        if word[0].islower():
            plain.add(form)
        elif word[0].isupper() and not is_title:
            before = text[max(0, match.start() - 4) : match.start()]
            if not (_SENTENCE_END.search(before) or not before):
                sure.add(form)
    return frozenset(sure - plain), frozenset(plain)


def _numbers(reading: Reading) -> tuple[Number, ...]:
    """The numbers of the title and body."""
    return tuple(
        number
        for section in _told(reading)
        for number in numbers.find(reading.article.text, section.span)
    )


def _clip(parts: Sequence[Span], bounds: Span) -> tuple[Span, ...]:
    """What of `parts` lies within `bounds`."""
    return tuple(kept for part in parts if (kept := clip(part, bounds)))
