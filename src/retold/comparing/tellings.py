"""Which accounts are not independent: the same text, the same interview, the same first report.

A copy is no confirmation, so it is better to leave two accounts apart than to join them on a hunch:
articles are put together only where their own words name the same origin, or are the same words.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from retold import text as texts
from retold.comparing import facts, newsrooms, origins
from retold.comparing.newsrooms import Newsrooms
from retold.reading import calendar
from retold.spans import contains, cut, hull, overlaps
from retold.types import Passage, Place, Reading, SectionKind, Span, Telling

SHINGLE_WORDS = 6
SAME_TEXT = 0.5  # of the shorter account's runs of six words outside quotation marks
MIN_SHINGLES = 12
MIN_LAST_WORD = 5
LEADING_PARAGRAPHS = 6  # an account rests on what it names here
FIRST_PARAGRAPHS = 3  # and its main news is what it tells here, in the words of its title
MIN_OF_TITLE = 2
MIN_OF_HEAD = 4
MAX_ARTICLES_OF_A_SHINGLE = 50

_NAME = r"(?:[A-Z][\w.-]*\s){1,3}[A-Z][\w-]+"
_NAMED = re.compile(r"(?<!^)\b[A-Z][\w’'-]{2,}")
_CALENDAR = frozenset(
    form for name in (*calendar.MONTHS, *calendar.WEEKDAYS) for form in (name, name[:3], name[:4])
)
_INTERVIEW = re.compile(
    rf"(?:interviews?|conversation|sit-down)\s(?:\w+\s){{0,4}}?(?:with|by|for|to)\s"
    rf"(?:the\s)?(?:[\w’'.-]+\s){{0,5}}?(?P<name>{_NAME})|"
    rf"(?P<host>{_NAME})(?:’s|'s|,?\swhose)?\sinterview(?:s|ed)?\s(?:with|of)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprint:
    """An article that prints another's text again: its passage for each of the first print's."""

    article_id: str
    passages: Mapping[str, Passage]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Origin:
    """Where an account says that it has its story from: of what kind, of whom, and the words;
    `is_early` where they stand in its first paragraphs, `is_main` where with what its title or its
    very first paragraph tells."""

    kind: str
    name: str
    place: Place
    home: Span
    is_early: bool
    is_main: bool


# an origin, the names beside it, the stems of its sentence
_Named = tuple[_Origin, frozenset[str], frozenset[str]]


def find(readings: Sequence[Reading]) -> tuple[Telling, ...]:
    """The independent origins of a story's accounts, in the order of their first article.

    Every article is in one. `why` is "same text", or says on what all of its articles rest ("same
    interview: Tucker Carlson"), or for one article alone on what it says that it rests
    ("interview: …"), or is empty.
    """
    parent = {r.article.id: r.article.id for r in readings}
    reasons: dict[str, tuple[str, tuple[Place, ...]]] = {}

    def root(key: str) -> str:
        while parent[key] != key:
            key = parent[key]
        return key

    def join(one: str, other: str, why: str, evidence: tuple[Place, ...]) -> None:
        a, b = root(one), root(other)
        if a == b:
            return
        held = [*(reasons.pop(key, ("", ())) for key in (a, b)), (why, evidence)]
        parent[b] = a
        whys = [w for w, _ in held if w]
        reasons[a] = (
            "; ".join(dict.fromkeys(whys)),
            tuple(dict.fromkeys(p for _, e in held for p in e)),
        )

    rooms = newsrooms.of(readings)
    named = {r.article.id: _origins(r, rooms) for r in readings}
    for one, other in _copies(readings):
        join(one, other, "same text", ())
    for a, b, why in _same_origin(readings, named, rooms):
        join(a.article_id, b.article_id, why, (a, b))
    groups: dict[str, list[str]] = defaultdict(list)
    for reading in readings:
        groups[root(reading.article.id)].append(reading.article.id)
    out = []
    for number, (key, members) in enumerate(groups.items(), start=1):
        why, evidence = reasons.get(key, ("", ()))
        own = named[members[0]]
        if not why and own:
            why, evidence = f"{own[0].kind}: {own[0].name}", (own[0].place,)
        out.append(Telling(id=f"t{number}", article_ids=tuple(members), why=why, evidence=evidence))
    return tuple(out)


def among(tellings: Iterable[Telling], article_ids: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The articles named, grouped by origin."""
    wanted = set(article_ids)
    groups = (tuple(a for a in t.article_ids if a in wanted) for t in tellings)
    return tuple(group for group in groups if group)


def reprints(readings: Sequence[Reading]) -> tuple[Reprint, ...]:
    """The articles whose every passage is that of an earlier one, word for word."""
    first: dict[tuple[str, ...], Reading] = {}
    out = []
    for reading in readings:
        printed = tuple(cut(reading.article.text, p.span) for p in reading.passages)
        original = first.setdefault(printed, reading)
        if original is not reading and printed:
            pairs = zip(original.passages, reading.passages, strict=True)
            passages = {before.id: again for before, again in pairs}
            out.append(Reprint(article_id=reading.article.id, passages=passages))
    return tuple(out)


# --- the same text --------------------------------------------------------------------------------


def _copies(readings: Sequence[Reading]) -> list[tuple[str, str]]:
    """Pairs of articles of which one has most of the other's own words, run for run."""
    held = {r.article.id: _shingles(r) for r in readings}
    having: dict[int, list[str]] = defaultdict(list)
    for key, shingles in held.items():
        for shingle in shingles:
            having[shingle].append(key)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for keys in having.values():
        few = keys[:MAX_ARTICLES_OF_A_SHINGLE]  # of very many copies, those in a chain will do
        for at, one in enumerate(few):
            for other in few[at + 1 :]:
                shared[one, other] += 1
    return [
        (one, other)
        for (one, other), count in sorted(shared.items())
        if min(len(held[one]), len(held[other])) >= MIN_SHINGLES
        and count >= SAME_TEXT * min(len(held[one]), len(held[other]))
    ]


def _shingles(reading: Reading) -> set[int]:
    """The runs of words outside quotation marks, each as a number."""
    text = reading.article.text
    out: set[int] = set()
    for paragraph in _body(reading):
        quoted = [q.span for q in texts.quotations(text, paragraph)]
        held: list[str] = []
        for match in re.finditer(r"\w+", text[paragraph.start : paragraph.end].casefold()):
            at = Span(paragraph.start + match.start(), paragraph.start + match.end())
            if any(overlaps(q, at) for q in quoted):
                held = []
                continue
            held.append(match.group())
            if len(held) >= SHINGLE_WORDS:
                out.add(hash(tuple(held[-SHINGLE_WORDS:])))
    return out


# --- the same origin ------------------------------------------------------------------------------


def _origins(reading: Reading, rooms: Newsrooms) -> tuple[_Origin, ...]:
    """What an account says at its head that it rests on, other than its own newsroom; interviews
    first, then reports."""
    text = reading.article.text
    key = reading.article.id
    paragraphs = _body(reading)[:LEADING_PARAGRAPHS]
    sentences = [s for p in paragraphs for s in texts.sentences(text, p)]
    told = texts.paragraphs_of(reading.article, (SectionKind.BODY,))
    title = _stems(reading.article.title or "")

    def origin(kind: str, name: str, span: Span) -> _Origin:
        home = next((s for s in sentences if overlaps(s, span)), span)
        is_early = any(contains(p, span) for p in told[:FIRST_PARAGRAPHS])
        of_title = len(title & _stems(cut(text, home))) >= MIN_OF_TITLE
        return _Origin(
            kind=kind,
            name=name,
            place=Place(article_id=key, span=span),
            home=home,
            is_early=is_early,
            is_main=(is_early and of_title) or any(contains(p, span) for p in told[:1]),
        )

    found = [
        origin(credit.kind, credit.name, credit.place.span)
        for credit in origins.find(reading, rooms)
        if credit.name
        and credit.name not in rooms.own[key]
        and any(contains(p, credit.place.span) for p in paragraphs)
    ]
    for paragraph in paragraphs:
        for match in _INTERVIEW.finditer(text, paragraph.start, paragraph.end):
            group = next(g for g, value in match.groupdict().items() if value)
            span = Span(*match.span(group))
            name = cut(text, span).strip()
            is_own = _folded(name) in map(_folded, rooms.own[key])
            if not is_own and not any(overlaps(span, held.place.span) for held in found):
                found.append(origin("interview", name, span))
    return tuple(sorted(found, key=lambda o: (o.kind, o.place)))


def _same_origin(
    readings: Sequence[Reading], named: Mapping[str, Sequence[_Origin]], rooms: Newsrooms
) -> Iterator[tuple[Place, Place, str]]:
    """The words of two accounts that name the same origin for their main news, or of one that
    names the newsroom of the other, and on what both rest.

    The sentences must share a name beside it: two people may both talk to one outlet.
    """
    held: dict[str, list[_Named]] = defaultdict(list)
    for reading in readings:
        for origin in named[reading.article.id]:
            if origin.is_early or origin.is_main:
                told = _stems(cut(reading.article.text, origin.home))
                held[_folded(origin.name)].append((origin, _beside(reading, origin), told))
    for origins_of_one in held.values():
        for (a, names, _), (b, others, _) in itertools.combinations(origins_of_one, 2):
            are_main = a.is_main and b.is_main
            if are_main and a.place.article_id != b.place.article_id and names & others:
                kind = a.kind if a.kind == b.kind else "report"
                yield a.place, b.place, f"same {kind}: {a.name}"
    for reading in readings:
        for name in sorted(rooms.own[reading.article.id]):
            yield from _of_newsroom(reading, held.get(_folded(name), ()))


def _of_newsroom(reading: Reading, held: Iterable[_Named]) -> Iterator[tuple[Place, Place, str]]:
    """The words of accounts that name the newsroom of an article for what its head tells, and the
    first sentence of that."""
    article = reading.article
    paragraphs = texts.paragraphs_of(article, (SectionKind.BODY,))[:FIRST_PARAGRAPHS]
    if not paragraphs:
        return
    head = hull(paragraphs)
    words = cut(article.text, head)
    told = _stems(f"{article.title or ''} {words}")
    names = frozenset(map(_folded, _names(words)))
    place = Place(article_id=article.id, span=texts.sentences(article.text, head)[0])
    for origin, beside, home in held:
        if len(home & told) >= MIN_OF_HEAD and beside & names:
            yield origin.place, place, f"same {origin.kind}: {origin.name}"


def _stems(words: str) -> frozenset[str]:
    """The stems of the words that carry meaning."""
    held = re.findall(r"\w+", words.casefold())
    return frozenset(facts.stem(w) for w in held if w not in facts.function_words())


def _beside(reading: Reading, origin: _Origin) -> frozenset[str]:
    """The names in the sentence that names an origin, and of who speaks in it, without its own."""
    name = {s.id: s.name for s in reading.speakers}
    words = _names(cut(reading.article.text, origin.home))
    for said in reading.attributions:
        if any(overlaps(origin.home, part) for part in (*said.source, *said.cue)):
            words += name.get(said.speaker_id or "", "").split()
    own = set(_folded(origin.name).split())
    return frozenset(w for w in map(_folded, words) if w not in own)


def _names(words: str) -> list[str]:
    """The capitalised words, without days and months."""
    return [name for name in _NAMED.findall(words) if _folded(name) not in _CALENDAR]


def _folded(name: str) -> str:
    return re.sub(r"[’']s?$", "", name.casefold().removeprefix("the ").strip())


def _body(reading: Reading) -> tuple[Span, ...]:
    return texts.paragraphs_of(reading.article, (SectionKind.TITLE, SectionKind.BODY))
