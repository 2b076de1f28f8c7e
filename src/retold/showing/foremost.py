"""What comes first where there is room for little: the first screen of a page.

Nothing is judged by what it says. What several accounts name is what the story is about, so that
words about its actors go before others; words of a named speaker go before an outlet's own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from retold import spans
from retold.showing import citation, occasions, segments, shared, view
from retold.showing.shared import Shared
from retold.showing.view import Found, Route, View
from retold.types import Attribution, Facet, Passage, SectionKind, Span, Speaker, SpeakerKind

SCREEN_LINES = 31  # of a column on 1280×800, without headlines
HEADLINE_LINES = 1.4  # one of a headline is as high as so many of a column
HEADLINE_CHARS = (110, 110, 58, 38, 28)  # of a line, by how many stand side by side
LINE_CHARS = 44  # of the narrowest column
ROUTE_CHARS = 50  # of a line of the ways
WHEN_LINES = 0.8  # of the occasion of a statement
WORDS_CHARS = 110  # of a statement: two lines or three
ALONE_CHARS = 130  # of what one account alone tells: three lines
TOLD_CHARS = 250
REACH_CHARS = 55
OUTLETS = 6
HEADLINES = 4  # more articles than this, and the rest of their titles is folded
SCRAP_CHARS = 40
MOST_ACTORS = 3
SURELY_ONE = 0.85  # of a claim: under it a third passage is often of something near
# but not where the news itself stands, in the first part of the articles: of 15 claims there that
# three tell 13 were of one thing
MANY_TELLINGS = 3
FEW = 2  # where fewer differences are sure than this, some that are not are shown as such
# of what parts in words one in three is real from here on; of 93 in which one side only says more
# readers took one in four, of 86 others two in five; later, in 48 stories nobody knew, 13 of 64
LIKELY = 0.3
HEAD = 0.12

NAMED = (SpeakerKind.PERSON, SpeakerKind.ORGANISATION, SpeakerKind.PLACE)


@dataclass(frozen=True, slots=True)
class Foremost:
    """What the first screen has room for: differences, some that are less sure where few are sure,
    claims with one passage for each telling, ways by which words came with a statement of each, and
    for each account what it alone tells."""

    found: tuple[Found, ...]
    perhaps: tuple[Found, ...]
    agreed: tuple[Shared, ...]
    routes: tuple[tuple[Route, Attribution], ...]
    lone: Mapping[str, tuple[Passage, ...]]


class Actors:
    """Whom several accounts name, and where."""

    def __init__(self, seen: View) -> None:
        self._seen = seen
        places: dict[str, list[tuple[Span, str]]] = defaultdict(list)
        self._names = {s.id: s.name for s in seen.report.speakers if _is_shared(s)}
        for speaker in filter(_is_shared, seen.report.speakers):
            for mention in speaker.mentions:
                places[mention.article_id].append((mention.span, speaker.id))
        self._near: dict[str, Callable[[Span], list[tuple[Span, str]]]] = {
            article: spans.finder(held, key=lambda place: place[0])
            for article, held in places.items()
        }

    def named(self, article_id: str, span: Span) -> frozenset[str]:
        """The actors that the words name."""
        near = self._near.get(article_id)
        return frozenset(id for _, id in near(span)) if near else frozenset()

    def passages(self, passages: Iterable[Passage]) -> tuple[Passage, ...]:
        """The passages that name most actors first, then those with words of a known speaker, then
        those with figures, then the rest; scraps of a few words last."""
        return tuple(sorted(passages, key=self._rank))

    def statement(self, route: Route) -> Attribution:
        """What shows best what came by this way: what was stated first, then words about others of
        the story, then what is quoted, then the longest."""
        tellers = set(route.speakers)
        return max(
            route.attributions,
            key=lambda a: (
                view.manner(a) is None,
                min(MOST_ACTORS, len(self.named(a.article_id, a.content[0]) - tellers)),
                a.quotation.value == "direct",
                len(a.content[0]),
            ),
        )

    def _rank(self, passage: Passage) -> tuple[bool, int, bool, bool, int]:
        text = self._seen.articles[passage.article_id].text
        words = spans.cut(text, passage.span)
        is_whole = segments.whole_of(text, passage.span) == passage.span
        inside = view.inside(self._seen, passage)
        speaking = {id for a in inside for id in view.speakers_of(a) if id}
        about = self.named(passage.article_id, passage.span) | speaking
        return (
            len(words) < SCRAP_CHARS or not is_whole,
            -min(MOST_ACTORS, sum(map(self.has, about))),
            not any(is_named(self._seen, id) for id in speaking),
            not any(c.isdigit() for c in words),
            passage.span.start,
        )

    def has(self, speaker_id: str | None) -> bool:
        """True if the speaker is one of them."""
        return speaker_id in self._names

    def concerns(self, speaker_id: str | None) -> bool:
        """True if the speaker is one of them, or is called by one ("Ann Ode’s aides")."""
        speaker = self._seen.speakers.get(speaker_id) if speaker_id else None
        return speaker is not None and any(name in speaker.name for name in self._names.values())


def _is_shared(speaker: Speaker) -> bool:
    several = len({mention.article_id for mention in speaker.mentions}) > 1
    return speaker.kind is SpeakerKind.PERSON and several


def is_named(seen: View, speaker_id: str | None) -> bool:
    """True if the speaker is known by a name, not by a noun ("officials") nor not at all."""
    speaker = seen.speakers.get(speaker_id) if speaker_id else None
    return speaker is not None and speaker.kind in NAMED


def of(seen: View, found: Sequence[Found], routes: Sequence[Route]) -> Foremost:
    """What the first screen has room for."""
    actors = Actors(seen)
    room = SCREEN_LINES - _headlines(seen)
    first, left = _differences(seen, found, room)
    likely, left = _fitting(seen, perhaps(found), left)
    accounts = tuple(seen.articles)
    if len(accounts) > OUTLETS:
        accounts = tuple(a for a in accounts if seen.lone[a])[:OUTLETS]
    return Foremost(
        found=first,
        perhaps=likely,
        agreed=_agreed(seen, (*first, *likely), left - 2 - bool(likely)),
        routes=tuple((r, actors.statement(r)) for r in _routes(seen, actors, routes, room)),
        lone={
            article: _lone(seen, actors, article, room / max(1, len(accounts)))
            for article in accounts
        },
    )


def _differences(
    seen: View, found: Sequence[Found], room: float
) -> tuple[tuple[Found, ...], float]:
    """Of the sharp ones, else the sure ones, those for which there is room, one a point; and what
    is left."""
    worthy = [f for f in found if view.is_sharp(f)] or [f for f in found if view.is_sure(f)]
    return _fitting(seen, [point.first for point in view.points(worthy)], room)


def _fitting(seen: View, found: Sequence[Found], room: float) -> tuple[tuple[Found, ...], float]:
    """Those for which there is room, the first in any case; and what is left."""
    out: list[Found] = []
    for at in found:
        lines = 1.4
        for side in view.sides(seen, at.difference):
            lines += max(2, _lines(len(side.given[0].span), 2 * REACH_CHARS))
        if lines <= room or not out:
            room -= lines
            out.append(at)
    return tuple(out), room


def perhaps(found: Sequence[Found]) -> tuple[Found, ...]:
    """Where few differences are sure, the likeliest of the others, one a claim, without those in
    which one only says more."""
    sure = [point for point in view.points(found) if view.is_sure(point.first)]
    told = {point.first.claim.id for point in sure}
    likely = [
        point.first
        for point in view.points([at for at in found if _is_likely(at)])
        if point.first.claim.id not in told
    ]
    return tuple(likely[: max(0, FEW - len(sure))])


def _is_likely(at: Found) -> bool:
    is_answered = at.difference.facet is not Facet.DETAIL
    return is_answered and not view.is_sure(at) and at.difference.score >= LIKELY


def _headlines(seen: View) -> float:
    """The room that stands above the columns: headlines, and which accounts are one telling."""
    titles = [citation.title(a) for a in seen.report.articles[:HEADLINES]]
    beside = min(len(HEADLINE_CHARS) - 1, max(1, len(titles)))
    rows = [titles[n : n + beside] for n in range(0, len(titles), beside)]
    lines = sum(ceil(max(map(len, row)) / HEADLINE_CHARS[beside]) for row in rows)
    copies = sum(len(t.article_ids) > 1 for t in seen.report.tellings)
    return HEADLINE_LINES * lines + len(rows) - 1 + copies


def _agreed(seen: View, first: Sequence[Found], room: float) -> tuple[Shared, ...]:
    """Sure claims that are not among the differences already; titles stand above them."""
    shown = {at.claim.id for at in first}
    out = []
    for one in agreed(seen):
        lines = 0.6 + sum(_lines(len(p.span), 0, most=TOLD_CHARS) for p in one.told)
        is_new = shown.isdisjoint(claim.id for claim in one.claims)
        is_title = any(view.is_title(seen, passage) for passage in one.told)
        if is_new and not is_title and view.is_one(one.claim) and lines <= room:
            room -= lines
            out.append(one)
    return tuple(out)


def agreed(seen: View) -> tuple[Shared, ...]:
    """What several tell: first what is surely one thing, of that what most tell, of that what holds
    no account's words that were read before, in a title too, then what stands early in them."""
    found = sorted(shared.of(seen), key=lambda one: (*_rank_of(seen, one), _place(seen, one)))
    read = {article.id: bytearray(len(article.text)) for article in seen.report.articles}
    for article in seen.report.articles:
        for section in article.sections:
            if section.kind is SectionKind.TITLE:
                _take(read[article.id], section.span)
    again: dict[str, bool] = {}
    for one in found:
        again[one.claim.id] = any(_is_read(read[p.article_id], p.span) for p in one.told)
        for passage in one.told:
            _take(read[passage.article_id], passage.span)
    return tuple(sorted(found, key=lambda one: (*_rank_of(seen, one), again[one.claim.id])))


def _rank_of(seen: View, one: Shared) -> tuple[bool, bool, int]:
    tellings = len(one.told if one.claim.doubtful else one.claim.tellings)
    is_news = tellings >= MANY_TELLINGS and _place(seen, one) <= HEAD
    is_sure = is_news or one.claim.score >= SURELY_ONE
    return not view.is_one(one.claim), not is_sure, -tellings


def _place(seen: View, one: Shared) -> float:
    """How far into the articles it stands, from 0 to 1."""
    places = [p.span.start / len(seen.articles[p.article_id].text) for p in one.told]
    return sum(places) / len(places)


def _take(read: bytearray, span: Span) -> None:
    read[span.start : span.end] = b"\1" * len(span)


def _is_read(read: bytearray, span: Span) -> bool:
    return 2 * sum(read[span.start : span.end]) > len(span)


def _routes(seen: View, actors: Actors, routes: Sequence[Route], room: float) -> tuple[Route, ...]:
    """For each account the first way from an actor of the story through people with names, then
    each way through such people and each speaker's first, the actors' before others'; one who is no
    more than a noun only where somebody else tells of him. What is merely thought or wished, or
    no more than a word or two, comes after what was told."""
    heard: Counter[tuple[str | None, ...]] = Counter()
    begun: set[str] = set()
    ranked = []
    for number, route in enumerate(route for route in routes if route.is_sure):
        speaker = route.speakers[-1]
        is_told = any(a.act not in view.UNTOLD for a in route.attributions)
        are_named = all(is_named(seen, id) for id in route.speakers)
        who = route.speakers if are_named else (speaker,)
        is_scrap = max(len(a.content[0]) for a in route.attributions) < SCRAP_CHARS // 2
        is_slight = is_scrap or not is_told
        is_fresh = actors.has(speaker) and route.article_id not in begun
        is_first = is_fresh and are_named and not is_slight
        is_about = any(map(actors.concerns, route.speakers))
        is_known = is_named(seen, speaker) or (
            _is_group(seen, speaker) and (route.is_through or is_about)
        )
        rank = (not is_first, not is_known, is_slight, heard[who], not is_about, number)
        ranked.append((rank, route))
        heard.update({who, (speaker,)})
        begun |= {route.article_id} if is_first else set()
    kept: list[Route] = []
    for _, route in sorted(ranked, key=lambda held: held[0]):
        names = [seen.labels[route.article_id], *(view.name(seen, id) for id in route.speakers)]
        longest = max(len(a.content[0]) for a in route.attributions)
        room -= ceil(sum(len(name) + 3 for name in names) / ROUTE_CHARS) + 0.4
        room -= ceil(min(longest, WORDS_CHARS) / ROUTE_CHARS)
        room -= WHEN_LINES * len(occasions.of(seen, actors.statement(route)))
        if room < 0 and kept:
            break
        kept.append(route)
    return tuple(kept)


def _is_group(seen: View, speaker_id: str | None) -> bool:
    speaker = seen.speakers.get(speaker_id) if speaker_id else None
    return speaker is not None and speaker.kind is SpeakerKind.GROUP


def _lone(seen: View, actors: Actors, article_id: str, room: float) -> tuple[Passage, ...]:
    """The first to read, in the order of the text."""
    room -= 1.8
    out: list[Passage] = []
    told = (p for p in seen.lone[article_id] if not view.is_title(seen, p))
    for passage in actors.passages(told):
        room -= _lines(len(passage.span), 0, most=ALONE_CHARS) + 0.3
        if room < 0 and out:
            break
        out.append(passage)
    return tuple(sorted(out, key=lambda p: p.span))


def _lines(chars: int, around: int, *, most: int = TOLD_CHARS) -> int:
    return ceil(min(most, chars + around) / LINE_CHARS)
