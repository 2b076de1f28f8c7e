"""Scraped plain text: its characters kept, its paragraphs told apart.

A line is told by its own words (`furniture`) and by where it stands: before the first paragraph of
prose, after the last one, or beyond the point where readers' comments begin. Where neither speaks
against it, a line is the article's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from retold import spans
from retold.sources import furniture
from retold.sources.furniture import Furniture
from retold.text import ENDS_STATEMENT, MAX_HEADING_CHARS, is_heading, paragraphs
from retold.types import Section, SectionKind, Span

MAX_NAME_CHARS = 40
MAX_HEAD_LINES = 8
MAX_LINKS = 10
# A repeated paragraph has at least these words and at most these characters, and is looked for in
# texts up to this length.
MIN_REPEAT_WORDS = 6
MAX_REPEATED_CHARS = 400
MAX_REPEAT_CHARS = 100_000
MIN_SHOUTED_WORDS = 4
# How far, in lines, one sign of readers' comments may stand from the next.
COMMENT_REACH = 6

_MONTHS = (
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august"
    r"|september|october|november|december)\.?"
)
_TIME = r"(?:,? ?(?:at |@ |[|•·–-] ?)?\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?(?: [a-z]{2,4})?)"
_DATE_LINE = re.compile(
    rf"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
    rf"(?:{_MONTHS} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? {_MONTHS},? \d{{4}}"
    rf"|\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}){_TIME}?(?:[tz ].{{0,12}})?"
    rf"|(?:about |over )?(?:\d+|an?) (?:second|minute|hour|day|week|month|year)s? ago",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\s+([(\[](?:related|(?:also )?read(?: more| also)?|see also|watch|more): [^()\[\]\n]+[)\]])$",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d[:.]\d\d(?!\d)|ago$")
_ENDS_SENTENCE = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_OPENING, _CLOSING = "“‘\"'", "”’\"'"
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,4}")
_LETTER = re.compile(r"[^\W\d_]")
_HANDLE = re.compile(r"[\w.'’-]{2,30}(?: [\w.'’-]{1,20}){0,3}")
_SIGN = frozenset({Furniture.AREA, Furniture.COMMENT})
_SECTION_OF = {
    Furniture.BOILERPLATE: SectionKind.BOILERPLATE,
    Furniture.LINK_LIST: SectionKind.BOILERPLATE,
    Furniture.CAPTION: SectionKind.CAPTION,
    Furniture.BYLINE: SectionKind.BYLINE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A paragraph with what its own words say about it."""

    span: Span
    text: str
    furniture: frozenset[Furniture]
    is_date: bool

    @property
    def is_prose(self) -> bool:
        """True for what reads as a paragraph of an article, wherever it stands."""
        return not self.furniture - {Furniture.AUTHOR} and _reads_as_prose(self.text)

    @property
    def is_heading(self) -> bool:
        """True for a short line that ends as titles do: with a letter or a question mark."""
        return is_heading(self.text)

    @property
    def is_comment_sign(self) -> bool:
        """True for what stands at the head or foot of a reader's comment and nowhere else."""
        return self.is_date or (
            bool(self.furniture & _SIGN) and Furniture.BOILERPLATE not in self.furniture
        )


def sections(
    text: str, *, bounds: Span | None = None, title: str | None = None
) -> tuple[Section, ...]:
    """The sections of `text` within `bounds`, in order, holding every non-blank character.

    Args:
        title: what the article is called, where that is known from elsewhere.
    """
    if not text.strip():
        return ()
    whole = paragraphs(text, bounds or Span(0, len(text)))
    lines = tuple(_line(text, part) for span in whole for part in _parted(text, span))
    area = _comments_start(lines)
    kinds = [_own_kind(line) for line in lines[:area]]
    _mark_head(lines[:area], kinds, title)
    _mark_links(lines[:area], kinds)
    _mark_shouted(lines[:area], kinds)
    _mark_repeats(lines[:area], kinds)
    _mark_tail(lines[:area], kinds, has_comments=area < len(lines))
    kinds += _comment_kinds(lines[area:])
    return merged(
        Section(kind=kind, span=line.span) for line, kind in zip(lines, kinds, strict=True)
    )


def lacks(text: str, sections: Iterable[Section], title: str) -> bool:
    """True if `title` is a headline that stands nowhere in `text`, not even on one line with its
    first words."""
    kinds = {section.kind for section in sections}
    words, first = (re.findall(r"\w+", t.casefold()) for t in (title, text[: 2 * len(title)]))
    is_furniture = furniture.kinds_of(title) - {Furniture.AUTHOR} or _DATE_LINE.fullmatch(title)
    is_headline = sum(map(str.isalpha, words)) > 1 and len(title) <= MAX_HEADING_CHARS
    is_there = SectionKind.TITLE in kinds or first[: len(words)] == words
    return is_headline and not is_furniture and not is_there and SectionKind.BODY in kinds


def is_prose(paragraph: str) -> bool:
    """True for what reads as a paragraph of an article and is no known furniture."""
    return _reads_as_prose(paragraph) and not furniture.kinds_of(paragraph)


def _reads_as_prose(paragraph: str) -> bool:
    return len(paragraph) >= 120 or (
        len(paragraph) >= 40 and _ENDS_SENTENCE.search(paragraph) is not None
    )


def _parted(text: str, span: Span) -> tuple[Span, ...]:
    """The paragraph, and apart from it a link to another story in brackets at its end."""
    link = _LINK.search(text, max(span.start, span.end - MAX_HEADING_CHARS), span.end)
    if link is None or link.start() == span.start:
        return (span,)
    return Span(span.start, link.start()), Span(link.start(1), span.end)


def _line(text: str, span: Span) -> _Line:
    own = spans.cut(text, span)
    flat = " ".join(own.split()) if len(own) <= furniture.MAX_FURNITURE_CHARS else own
    return _Line(
        span=span,
        text=flat,
        furniture=furniture.kinds_of(own),
        is_date=len(flat) <= 60 and _DATE_LINE.fullmatch(flat) is not None,
    )


def _own_kind(line: _Line) -> SectionKind:
    """The section that a line of the article makes by its words alone."""
    for kind, section in _SECTION_OF.items():
        if kind in line.furniture:
            return section
    if Furniture.AREA in line.furniture or not any(c.isalnum() for c in line.text):
        return SectionKind.BOILERPLATE
    return SectionKind.BODY


# --- before the article ---------------------------------------------------------------------------


def _mark_head(lines: Sequence[_Line], kinds: list[SectionKind], title: str | None) -> None:
    """Marks title and bylines among the lines before the first prose."""
    first = _first_prose(lines)
    at = _title_at(lines[: min(first + 1, MAX_HEAD_LINES)], title)
    if at is not None:
        kinds[at] = SectionKind.TITLE
        for i in range(at):
            if kinds[i] == SectionKind.BODY:
                kinds[i] = SectionKind.BOILERPLATE
    head = range(0 if at is None else at + 1, min(first, MAX_HEAD_LINES))
    for i in head:
        if lines[i].is_date:
            kinds[i] = SectionKind.BYLINE
    for i in head:
        beside = kinds[max(0, i - 1) : i] + kinds[i + 1 : i + 2]
        is_signed = SectionKind.BYLINE in beside
        if kinds[i] == SectionKind.BODY and is_signed and _is_name(lines[i].text):
            kinds[i] = SectionKind.BYLINE


def _first_prose(lines: Sequence[_Line]) -> int:
    return next((i for i, line in enumerate(lines) if line.is_prose), len(lines))


def _title_at(head: Sequence[_Line], title: str | None) -> int | None:
    """Which of the first lines is the title: the one that says it, else a first line like one."""
    if title:
        for i, line in enumerate(head):
            if len(line.text) <= 2 * MAX_HEADING_CHARS and _says(line.text, title):
                return i
        return None
    for i, line in enumerate(head[:-1]):
        if line.furniture or line.is_date or not _LETTER.search(line.text):
            continue
        return i if line.is_heading and not line.is_prose and len(line.text) >= 4 else None
    return None


def _says(line: str, title: str) -> bool:
    """True if `line` is `title`, give or take punctuation, a suffix, or some of its words."""
    ours, theirs = (re.findall(r"\w+", s.casefold()) for s in (line, title))
    if not ours or not theirs:
        return False
    shared = set(ours) & set(theirs)
    return 2 * len(shared) >= max(len(set(ours)), len(set(theirs))) and (
        ours == theirs or ENDS_STATEMENT.search(line) is None
    )


def _is_name(line: str) -> bool:
    """True for a line that may be the name of a person or an outlet."""
    words = line.split()
    return (
        len(line) <= MAX_NAME_CHARS
        and _ENDS_SENTENCE.search(line) is None
        and _NAME.fullmatch(line) is not None
        and sum(w[0].isupper() for w in words) * 2 >= len(words)
    )


# --- within the article ---------------------------------------------------------------------------


def _mark_repeats(lines: Sequence[_Line], kinds: list[SectionKind]) -> None:
    """Marks the paragraphs that only repeat words of another: pull-quotes and doublets."""
    body = [i for i, kind in enumerate(kinds) if kind == SectionKind.BODY]
    if sum(len(lines[i].text) for i in body) > MAX_REPEAT_CHARS:
        return
    words = {i: " ".join(re.findall(r"\w+", lines[i].text.casefold())) for i in body}
    for i in reversed(body):
        if words[i].count(" ") + 1 < MIN_REPEAT_WORDS or len(words[i]) > MAX_REPEATED_CHARS:
            continue
        own = f" {words[i]} "
        if any(own in f" {words[j]} " for j in words if j != i):
            kinds[i] = SectionKind.BOILERPLATE
            del words[i]


def _mark_shouted(lines: Sequence[_Line], kinds: list[SectionKind]) -> None:
    """Marks the headings all in capitals among prose that is not: links to other stories mostly."""
    for i in range(_first_prose(lines) + 1, len(lines)):
        text = lines[i].text
        is_long = len(text.split()) >= MIN_SHOUTED_WORDS and text.isupper()
        is_quoted = text[0] in _OPENING and text[-1] in _CLOSING
        if kinds[i] == SectionKind.BODY and is_long and lines[i].is_heading and not is_quoted:
            kinds[i] = SectionKind.BOILERPLATE


# --- after the article ----------------------------------------------------------------------------


def _mark_links(lines: Sequence[_Line], kinds: list[SectionKind]) -> None:
    """Marks the headings that follow "Related:" or "Read more" as links to other stories."""
    for i, line in enumerate(lines):
        if Furniture.LINK_LIST not in line.furniture or not _opens_list(line.text):
            continue
        for j in range(i + 1, min(i + 1 + MAX_LINKS, len(lines))):
            if kinds[j] != SectionKind.BODY or not lines[j].is_heading or lines[j].is_prose:
                break
            kinds[j] = SectionKind.BOILERPLATE


def _opens_list(line: str) -> bool:
    return len(line.split()) <= 4 or line.endswith((":", "…", "..."))


def _mark_tail(lines: Sequence[_Line], kinds: list[SectionKind], *, has_comments: bool) -> None:
    """Marks what follows the last prose: lines about the author, and headings after furniture."""
    _mark_author(lines, kinds)
    last = max((i for i, k in enumerate(kinds) if k == SectionKind.BODY and lines[i].is_prose),
               default=len(lines))  # fmt: skip
    tail = range(last + 1, len(lines))
    has_furniture = False
    for i in tail:
        if kinds[i] != SectionKind.BODY:
            has_furniture = True
        elif has_furniture and lines[i].is_heading:
            kinds[i] = SectionKind.BOILERPLATE
    run = [i for i in tail if kinds[i] == SectionKind.BODY]
    if len(run) >= 2 and not has_comments and all(_is_teaser(lines[i].text) for i in run):
        for i in run:
            kinds[i] = SectionKind.BOILERPLATE


def _mark_author(lines: Sequence[_Line], kinds: list[SectionKind]) -> None:
    """Marks the last lines that are about somebody whom the article does not name: its author."""
    body = [i for i, kind in enumerate(kinds) if kind == SectionKind.BODY]
    last = [i for i in body if not lines[i].is_heading][-3:]
    for i in reversed(last):
        if Furniture.AUTHOR not in lines[i].furniture:
            return
        name = " ".join(re.findall(r"[^\W\d_][\w.'’-]*", lines[i].text)[:2])
        if any(name in lines[j].text for j in body if j < i):
            return
        kinds[i] = SectionKind.BOILERPLATE


def _is_teaser(line: str) -> bool:
    """True for a line that is set like another story's title."""
    words = re.findall(r"[^\W\d_]{4,}", line)
    return (
        len(words) >= 2
        and len(line.split()) >= 3
        and ENDS_STATEMENT.search(line) is None
        and (line.endswith("?") or sum(w[0].isupper() for w in words) * 3 >= len(words) * 2)
    )


# --- readers' comments ----------------------------------------------------------------------------


def _comments_start(lines: Sequence[_Line]) -> int:
    """The line at which readers' comments or their forms begin; past the last line if nowhere.

    One sign alone may stand anywhere ("Leave a comment", a name over a date). Comments begin where,
    after some prose, signs follow each other closely, or where a form has no prose behind it.
    """
    first = _first_prose(lines)
    heads = _comment_heads(lines)
    signs = [i for i, line in enumerate(lines) if line.furniture & _SIGN or i in heads]
    prose = [i for i, line in enumerate(lines) if line.is_prose]
    for at, i in enumerate(signs):
        if i <= first or Furniture.BOILERPLATE in lines[i].furniture:
            continue
        needed = 2 if i not in heads or _CLOCK.search(lines[i].text) else 3
        is_form = Furniture.AREA in lines[i].furniture
        if _run(signs[at:]) >= needed or (is_form and prose[-1] < i):
            return i - 1 if i in heads else i
    return len(lines)


def _run(signs: Sequence[int]) -> int:
    """How many of the signs, from the first on, follow each other closely."""
    gaps = (after - before for before, after in pairwise(signs))
    return 1 + sum(1 for _ in takewhile(lambda gap: gap <= COMMENT_REACH, gaps))


def _comment_heads(lines: Sequence[_Line]) -> frozenset[int]:
    """The dates that stand between a name and what may be a comment.

    A bare date is a weaker sign than one with a time of day: transcripts and chronologies set
    names over dates too.
    """
    return frozenset(
        i
        for i in range(1, len(lines) - 1)
        if lines[i].is_date
        and _HANDLE.fullmatch(lines[i - 1].text)
        and not lines[i - 1].furniture
        and not lines[i + 1].is_date
    )


def _comment_kinds(area: Sequence[_Line]) -> list[SectionKind]:
    """The kinds of the lines from where readers' comments begin: none of them is the article."""
    kinds = [
        SectionKind.BOILERPLATE if _is_machinery(line) else SectionKind.COMMENT for line in area
    ]
    # headings behind the last comment are links to other stories
    for i in range(len(area) - 1, 0, -1):
        if kinds[i] == SectionKind.BOILERPLATE:
            continue
        if not area[i].is_heading or area[i].is_comment_sign or area[i - 1].is_comment_sign:
            break
        kinds[i] = SectionKind.BOILERPLATE
    return kinds


def _is_machinery(line: _Line) -> bool:
    """True for a form, a button or a plea among comments, not for the head or foot of a comment."""
    if line.is_comment_sign:
        return Furniture.AREA in line.furniture
    if Furniture.LINK_LIST in line.furniture:
        return _opens_list(line.text)  # else a long comment, cut short: "… Read more »"
    return bool(line.furniture & {Furniture.BOILERPLATE, Furniture.CAPTION})


def merged(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections, in order, with neighbours of one kind made one."""
    out: list[Section] = []
    for section in sections:
        if out and out[-1].kind == section.kind:
            out[-1] = Section(kind=section.kind, span=Span(out[-1].span.start, section.span.end))
        else:
            out.append(section)
    return tuple(out)
