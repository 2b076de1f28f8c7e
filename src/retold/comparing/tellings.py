"""Which accounts are not independent: the same text, the same interview, the same first report.

A copy is no confirmation, so it is better to leave two accounts apart than to join them on a hunch:
articles are put together only where their own words name the same origin, or are the same words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from retold import lexicons
from retold import text as texts
from retold.spans import cut, overlaps
from retold.types import Passage, Place, Reading, SectionKind, Span, Telling

SHINGLE_WORDS = 6
SAME_TEXT = 0.5  # of the shorter account's runs of six words outside quotation marks
MIN_SHINGLES = 12
MIN_LAST_WORD = 5
LEADING_PARAGRAPHS = 6  # an account rests on what it names here
MAX_ARTICLES_OF_A_SHINGLE = 50

_NAME = r"(?:[A-Z][\w’'.-]*\.?\s){0,3}[A-Z][\w’'-]+"
_INTERVIEW = re.compile(
    rf"(?:interviews?|conversation|sit-down)\s(?:\w+\s){{0,4}}?(?:with|by|for|to)\s"
    rf"(?:the\s)?(?:[\w’'.-]+\s){{0,5}}?(?P<name>{_NAME})|"
    rf"(?P<host>{_NAME})(?:’s|'s|,?\swhose)?\sinterview(?:s|ed)?\s(?:with|of)?"
)
_REPORT = re.compile(
    rf"(?:first\sreported\s(?:\w+\s)?by|according\sto\sa\s(?:new\s)?report\s(?:by|in|from)|"
    rf"(?:as|was|were)\sreported\s(?:\w+\s)?by)\s(?:the\s)?(?P<name>(?:The\s)?{_NAME})|"
    rf"(?P<outlet>(?:The\s)?{_NAME})\s(?:first|exclusively)\sreported"
)
_TOLD = re.compile(r"\btold\s(?:the\s)?(?P<name>[A-Z][\w’'.-]*(?:\s[A-Z][\w’'.-]*){0,4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprint:
    """An article that prints another's text again: its passage for each of the first print's."""

    article_id: str
    passages: Mapping[str, Passage]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Origin:
    """Where an account says that it has its story from: of what kind, of whom, and the words."""

    kind: str
    name: str
    place: Place


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

    outlets = _outlets(readings)
    origins = {r.article.id: _origins(r, outlets) for r in readings}
    for one, other in _copies(readings):
        join(one, other, "same text", ())
    for a, b in _same_origin(readings, origins):
        join(a.place.article_id, b.place.article_id, f"same {a.kind}: {a.name}", (a.place, b.place))
    groups: dict[str, list[str]] = defaultdict(list)
    for reading in readings:
        groups[root(reading.article.id)].append(reading.article.id)
    out = []
    for number, (key, members) in enumerate(groups.items(), start=1):
        why, evidence = reasons.get(key, ("", ()))
        own = origins[members[0]]
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


def _origins(reading: Reading, outlets: Mapping[str, str]) -> tuple[_Origin, ...]:
    """What an account says at its head that it rests on; interviews first, then reports."""
    text = reading.article.text
    found = []
    for paragraph in _body(reading)[:LEADING_PARAGRAPHS]:
        for kind, pattern in (("interview", _INTERVIEW), ("report", _REPORT), ("interview", _TOLD)):
            for match in pattern.finditer(text, paragraph.start, paragraph.end):
                group = next(g for g, value in match.groupdict().items() if value)
                span = Span(*match.span(group))
                name = cut(text, span).strip().removeprefix("The ")
                if pattern is not _INTERVIEW and _folded(name) not in outlets:
                    continue
                place = Place(article_id=reading.article.id, span=span)
                name = outlets.get(_folded(name), name)
                found.append(_Origin(kind=kind, name=name, place=place))
    return tuple(sorted(found, key=lambda o: (o.kind, o.place)))


def _same_origin(
    readings: Sequence[Reading], origins: Mapping[str, Sequence[_Origin]]
) -> list[tuple[_Origin, _Origin]]:
    """Pairs of accounts that name the same origin at their head, for the words of the same person.

    The sentences that name it must share a name beside it: two people may both talk to one outlet.
    """
    named: dict[tuple[str, str], list[_Origin]] = defaultdict(list)
    around = {r.article.id: _names_beside(r, origins[r.article.id]) for r in readings}
    out = []
    for reading in readings:
        for origin in origins[reading.article.id]:
            key = origin.kind, _folded(origin.name)
            mine = around[reading.article.id][origin.place.span]
            first = next(
                (
                    other
                    for other in named[key]
                    if other.place.article_id != reading.article.id
                    and mine & around[other.place.article_id][other.place.span]
                ),
                None,
            )
            if first is not None:
                out.append((first, origin))
            named[key].append(origin)
    return out


def _names_beside(reading: Reading, origins: Iterable[_Origin]) -> dict[Span, frozenset[str]]:
    """The names in the sentence that names each origin, and of who speaks in it, without the
    origin's own."""
    text = reading.article.text
    name = {s.id: s.name for s in reading.speakers}
    sentences = [s for p in _body(reading)[:LEADING_PARAGRAPHS] for s in texts.sentences(text, p)]
    out = {}
    for origin in origins:
        home = next((s for s in sentences if overlaps(s, origin.place.span)), origin.place.span)
        words = re.findall(r"(?<!^)\b[A-Z][\w’'-]{2,}", cut(text, home))
        for said in reading.attributions:
            if any(overlaps(home, part) for part in (*said.source, *said.cue)):
                words += name.get(said.speaker_id or "", "").split()
        own = set(_folded(origin.name).split())
        out[origin.place.span] = frozenset(w for w in map(_folded, words) if w not in own)
    return out


def _outlets(readings: Sequence[Reading]) -> dict[str, str]:
    """The folded names by which outlets are known, with their names: those of the story may go by
    the last word alone ("told the Courier")."""
    known = {_folded(name): name for name in lexicons.entries("outlets")}
    own = {r.article.outlet for r in readings if r.article.outlet}
    last = Counter(_folded(name).split()[-1] for name in own)
    for name in sorted(own):
        known[_folded(name)] = name
        word = _folded(name).split()[-1]
        if last[word] == 1 and len(word) >= MIN_LAST_WORD:
            known.setdefault(word, name)
    return known


def _folded(name: str) -> str:
    return re.sub(r"[’']s?$", "", name.casefold().removeprefix("the ").strip())


def _body(reading: Reading) -> tuple[Span, ...]:
    return texts.paragraphs_of(reading.article, (SectionKind.TITLE, SectionKind.BODY))
