"""The text of an article: normalised once, then cut into paragraphs, sentences and quotations.

Every piece is a span of the normalised text; nothing is rewritten.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import sentencex

from retold import spans
from retold.types import Article, SectionKind, Span

# --- normalising ---------------------------------------------------------------------------------

_HALF = re.compile("[\ud800-\udfff]")


def normalise(text: str) -> str:
    """`text` in NFC with `\\n` line ends, without a byte order mark; otherwise as it was.

    Half of a character (a lone surrogate), which no file can hold, is U+FFFD.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = _HALF.sub("\ufffd", text)
    return unicodedata.normalize("NFC", text)


# --- paragraphs and sentences --------------------------------------------------------------------

_BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_LINE = re.compile(r"[^\n]+")
_ENDS_SENTENCE = re.compile(r"[.!?:…][\"'”’»)\]]*\s*$")


def _is_hard_wrapped(lines: list[str]) -> bool:
    """True for a block whose lines were broken at a column rather than at a paragraph's end."""
    full = lines[:-1]
    return (
        len(full) >= 2
        and all(45 <= len(line.rstrip()) <= 100 for line in full)
        and sum(bool(_ENDS_SENTENCE.search(line)) for line in full) * 2 < len(full)
    )


def paragraphs(text: str, bounds: Span) -> tuple[Span, ...]:
    """The non-blank paragraphs within `bounds`, without the blanks at their ends.

    A line is a paragraph, unless its block is hard-wrapped: then the block is one.
    """
    out: list[Span] = []
    for block in _BLOCK.finditer(text, bounds.start, bounds.end):
        lines = [Span(*m.span()) for m in _LINE.finditer(text, *block.span())]
        if _is_hard_wrapped([spans.cut(text, line) for line in lines]):
            lines = [Span(*block.span())]
        out += [kept for line in lines if (kept := spans.snap(text, line))]
    return tuple(out)


def paragraphs_of(
    article: Article,
    kinds: Collection[SectionKind] = (SectionKind.TITLE, SectionKind.BODY),
) -> tuple[Span, ...]:
    """The paragraphs of the sections of `kinds`, in text order."""
    return tuple(
        paragraph
        for section in article.sections
        if section.kind in kinds
        for paragraph in paragraphs(article.text, section.span)
    )


MAX_HEADING_CHARS = 200
ENDS_STATEMENT = re.compile(r"[.!…:;,][\"'”’»)\]]*$")


def is_heading(paragraph: str) -> bool:
    """True for a short paragraph that ends as titles do: with a letter or a question mark."""
    return (
        len(paragraph) <= MAX_HEADING_CHARS
        and ENDS_STATEMENT.search(paragraph) is None
        and not paragraph[0].islower()
    )


# what sentencex takes for the end of a sentence and is none, by what stands before and after it:
# a title before a name, a state cut in two ("D-N.Y."), an hour before its day, what goes on small
_TITLE_LAST = re.compile(
    r"(?<!\w)(?:M[rs]|Messrs|Mmes|Sens?|Reps?|Govs?|Atty|Spc|Ft|(?<!a )J\.D)\.$"
)
_LETTER_LAST = re.compile(r"(?<!\w)[^\W\d_]\.$")
_HOUR_LAST = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
_SHORT_LAST = re.compile(r"(?:\b[A-Z][\w-]{0,8}\.|\b(?:pct|approx)\.|[!?.…][\"”’»])$")
_DAY_FIRST = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[ECMP][SD]?T|GMT|UTC|BST|"
    r"(?:Eastern|Central|Mountain|Pacific|local)(?= (?:Standard |Daylight )?[Tt]ime))\b"
)
_GOES_ON_FIRST = re.compile(r"[,;:)]|(?!https?:|www\.|pic\.)[a-z]")
_OPENER_LAST = re.compile(r"(?:^|\s)[“\"]$")
ENDING = 40  # characters of a sentence that tell whether it is over


def _goes_on(before: str, after: str, *, is_apart: bool) -> bool:
    """True where the sentence `before` is not over and `after` goes on with it."""
    return bool(
        _TITLE_LAST.search(before)
        or (not is_apart and _LETTER_LAST.search(before) and after[0].isalpha())
        or (_HOUR_LAST.search(before) and _DAY_FIRST.match(after))
        or (_SHORT_LAST.search(before) and _GOES_ON_FIRST.match(after))
    )


def _found(text: str, paragraph: Span) -> Iterator[Span]:
    """The sentences of one paragraph as sentencex has them, without the blanks at their ends."""
    # sentencex counts a line break as a boundary of its own: a wrapped paragraph has none left
    flat = spans.cut(text, paragraph).replace("\n", " ")
    for found in sentencex.get_sentence_boundaries("en", flat):
        start, end = paragraph.start + found["start_index"], paragraph.start + found["end_index"]
        if start < end and (kept := spans.snap(text, Span(start, end))):
            yield kept


def _paragraph_sentences(text: str, paragraph: Span) -> list[Span]:
    """The sentences of one paragraph, each whole."""
    out: list[Span] = []
    for found in _found(text, paragraph):
        if not out:
            out.append(found)
            continue
        last = out[-1]
        before = text[max(last.start, last.end - ENDING) : last.end]
        is_apart = last.end < found.start
        opener = None if is_apart else _OPENER_LAST.search(before)
        if opener:
            out.pop()
            mark = last.end - 1
            if kept := spans.snap(text, Span(last.start, mark)):
                out.append(kept)
            out.append(Span(mark, found.end))
        elif _goes_on(before, text[found.start : found.start + ENDING], is_apart=is_apart):
            out[-1] = Span(last.start, found.end)
        else:
            out.append(found)
    return out


def sentences(text: str, bounds: Span) -> tuple[Span, ...]:
    """The sentences within `bounds`; none crosses a paragraph or ends within quotation marks."""
    return tuple(s for p in paragraphs(text, bounds) for s in _paragraph_sentences(text, p))


# --- quotation marks -----------------------------------------------------------------------------

# a curly mark is often closed by a straight one and the other way round, where two hands typed
CLOSERS = {
    "“": '”"',
    "„": "“”",
    "«": "»",
    "»": "«",
    "‹": "›",
    '"': '"”',
    "``": "''",
    "‘": "’",
    "'": "'",
}
MARKS = frozenset("“”„‟«»‹›\"‘’'`")
_SINGLE = frozenset("‘'")
_MARK = re.compile(r"``|''|[“”„«»‹›\"‘’']")
# what an apostrophe that opens a word may stand for: 'em, '90s, 'tis
_ELISION = re.compile(r"['‘’](?:\d\ds?|em|til|tis|twas|cause|bout|n)\b", re.IGNORECASE)
MAX_DEPTH = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words in quotation marks: `span` with the marks, `inner` without.

    `depth` is 0 for the outermost. An unclosed one ends with its paragraph.
    """

    span: Span
    inner: Span
    depth: int
    is_closed: bool
    mark: str


def _opens(text: str, at: int, end: int, first: int, last: int) -> bool:
    """True if a mark at `[at, end)` may open: a blank or bracket before it, a word after."""
    before = text[at - 1] if at > first else " "
    after = text[end] if end < last else " "
    return (before.isspace() or before in "([{—–-/" or before in MARKS) and not after.isspace()


def _closes(text: str, at: int, end: int, first: int, last: int) -> bool:
    """True if a mark at `[at, end)` may close: something before it, no letter or digit after."""
    before = text[at - 1] if at > first else " "
    after = text[end] if end < last else " "
    return not before.isspace() and not after.isalnum()


def _inches(text: str, at: int, opener: str) -> bool:
    """True for the mark of 6'2" within curly ones, which close what they opened themselves."""
    return opener == "“" and text[at] == '"' and text[at - 1].isdigit()


def _possessive(text: str, at: int, last: int) -> bool:
    """True for the mark of "the officials’ plan" when another may still close the quotation."""
    rest = text[at + 1 : min(last, at + 400)]
    if not (text[at - 1] in "sS" and re.match(r" [a-z]", rest)):
        return False
    return re.search(r"(?<=[\w.,!?…])’(?!\w)", rest.split("‘")[0]) is not None


def _paragraph_quotations(text: str, bounds: Span) -> list[Quotation]:
    """The quotations of one paragraph, in the order in which they open."""
    first, last = bounds.start, bounds.end
    out: list[Quotation] = []
    stack: list[tuple[str, int, int]] = []  # mark, start, end of the mark

    def close(index: int, at: int, end: int, *, is_closed: bool) -> None:
        """Close the open mark `index`; what opened inside it and never closed was an apostrophe."""
        mark, start, inner = stack[index]
        del stack[index:]
        if inner < at:
            out.append(
                Quotation(
                    span=Span(start, end),
                    inner=Span(inner, at),
                    depth=index,
                    is_closed=is_closed,
                    mark=mark,
                )
            )

    for found in _MARK.finditer(text, first, last):
        mark, at, end = found.group(), found.start(), found.end()
        opener = next(
            (i for i in reversed(range(len(stack))) if mark in CLOSERS[stack[i][0]]), None
        )
        may_open = mark in CLOSERS and (mark in "“«" or _opens(text, at, end, first, last))
        may_close = opener is not None and (
            mark in "”»«›"
            or mark == "''"
            or (_closes(text, at, end, first, last) and not _inches(text, at, stack[opener][0]))
        )
        if mark in "‘'’" and _ELISION.match(text, at) and not may_close:
            continue
        if may_close and mark == "’" and _possessive(text, at, last):
            continue
        if may_close and opener is not None and not (mark == "“" and stack[opener][0] != "„"):
            close(opener, at, end, is_closed=True)
        elif may_open and len(stack) < MAX_DEPTH:
            if mark in CLOSERS and any(mark == held[0] for held in stack):
                # the same mark opens twice: the first was never closed
                index = next(i for i, held in enumerate(stack) if held[0] == mark)
                if mark in _SINGLE:
                    del stack[index:]
                else:
                    close(index, at, at, is_closed=False)
            stack.append((mark, at, end))
    while stack:  # unclosed: to the paragraph's end; a lone single mark was an apostrophe
        if stack[0][0] in _SINGLE:
            del stack[0]
        else:
            close(0, last, last, is_closed=False)
    return sorted(out, key=lambda q: (q.span.start, -q.span.end))


def quotations(text: str, bounds: Span) -> tuple[Quotation, ...]:
    """The quotations within `bounds`, outer before inner; each is confined to its paragraph."""
    return tuple(
        quotation
        for paragraph in paragraphs(text, bounds)
        for quotation in _paragraph_quotations(text, paragraph)
    )
