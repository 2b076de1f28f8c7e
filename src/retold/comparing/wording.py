"""Each outlet's words for the main actors: a list to inspect, with no score for anyone.

    {the outgoing US President} Bill Clinton · {A younger Vladimir Putin} · {the Russian dictator}
    mused · Clinton {claimed} · a {reckless} plan

What is listed: what a name is called by or decked with, nominals that resolve to the actor, the
cue verbs of what the actor says, and loaded words, under the actor of whom they are said or under
nobody. Words that stand in quotation marks are somebody else's and say so.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from retold import lexicons, spans
from retold import text as texts
from retold.comparing import facts, loaded
from retold.comparing.facts import Word
from retold.comparing.people import People
from retold.types import Reading, SectionKind, Span, SpeakerKind, Wording

MAX_ACTORS = 10
MIN_MENTIONS = 2
MAX_DECK_WORDS = 6
_DETERMINERS = frozenset(("the", "a", "an"))
# how a word ends that says what its noun is like: "the time period Putin" is no name with its deck
_ADJECTIVE = re.compile(
    r"(?:er|ed|ous|ing|al|ive|ful|less|ic|ant|ent|ary|ian|ist|ese|ish|ible|able|some|y)$|-"
)


@dataclass(frozen=True, slots=True)
class _Page:
    """An article with what is needed to look around a place in it."""

    reading: Reading
    words: tuple[Word, ...]
    starts: tuple[int, ...]
    quoted: Callable[[Span], list[Span]]
    sentences: tuple[Span, ...]

    def is_quoted(self, span: Span) -> bool:
        return bool(self.quoted(span))

    def sentence_at(self, place: int) -> Span | None:
        at = bisect.bisect_right(self.sentences, place, key=lambda s: s.start) - 1
        return self.sentences[at] if at >= 0 and place < self.sentences[at].end else None


def collect(readings: Sequence[Reading], people: People) -> tuple[Wording, ...]:
    """The words for the main actors of a story, in order of article and place; none twice.

    The main actors are those that are named most often, each at least twice.
    """
    actors = _actors(people)
    out: dict[tuple[str, Span], Wording] = {}
    for reading in readings:
        page = _page(reading)
        mentions = sorted(
            (place.span, speaker.id)
            for speaker in people.speakers
            if speaker.id in actors
            for place in speaker.mentions
            if place.article_id == reading.article.id
        )
        roles = [
            (place.span, speaker.id)
            for speaker in people.speakers
            if speaker.id in actors
            for place in speaker.roles
            if place.article_id == reading.article.id
        ]
        found = [*roles, *_decked(page, mentions), *_called(page, people, actors)]
        found += _cues(page, people, actors)
        judged = list(_loaded(page, mentions, found, people, actors))
        found += [(span, about) for span, about in judged if about is not None]
        alone = ((span, None) for span, about in judged if about is None)
        for span, about in (*_widest(found), *alone):
            out.setdefault((reading.article.id, span), _wording(page, span, about))
    return tuple(sorted(out.values(), key=lambda w: (w.article_id, w.span)))


def is_loaded(words: str) -> bool:
    """True if a word or phrase that judges, or a loaded verb of saying, is among the words."""
    return bool(loaded.judging().search(words)) or bool(
        _loaded_cues() & set(re.findall(r"[a-z]+", words.casefold()))
    )


# --- inside ---------------------------------------------------------------------------------------


def _actors(people: People) -> frozenset[str]:
    counts = Counter(
        {s.id: len(s.mentions) for s in people.speakers if s.kind is not SpeakerKind.DOCUMENT}
    )
    ranked = sorted((s for s in counts if counts[s] >= MIN_MENTIONS), key=lambda s: -counts[s])
    return frozenset(ranked[:MAX_ACTORS])


def _page(reading: Reading) -> _Page:
    words = facts.words(reading)
    text = reading.article.text
    return _Page(
        reading=reading,
        words=words,
        starts=tuple(word.span.start for word in words),
        quoted=spans.finder(facts.quoted_parts(reading), key=lambda part: part),
        sentences=tuple(
            sentence
            for section in reading.article.sections
            if section.kind in (SectionKind.TITLE, SectionKind.BODY)
            for sentence in texts.sentences(text, section.span)
        ),
    )


def _wording(page: _Page, span: Span, about: str | None) -> Wording:
    text = page.reading.article.text
    return Wording(
        article_id=page.reading.article.id,
        span=span,
        about=about,
        in_quotation=page.is_quoted(span),
        is_loaded=is_loaded(spans.cut(text, span)),
    )


def _decked(page: _Page, mentions: Iterable[tuple[Span, str]]) -> Iterator[tuple[Span, str]]:
    """A name with the words that lead up to it, as in "a younger Vladimir Putin"."""
    text = page.reading.article.text
    for span, about in mentions:
        if not _ends_here(text, span.end):
            continue
        at = bisect.bisect_left(page.starts, span.start)
        run: list[Word] = []
        end = span.start
        for word in reversed(page.words[max(0, at - MAX_DECK_WORDS) : at]):
            if text[word.span.end : end].strip():
                break
            if word.form in _DETERMINERS:
                if run and _ADJECTIVE.search(run[0].form):
                    yield Span(word.span.start, span.end), about
                break
            if not word.is_content or word.form in lexicons.words("cues"):
                break
            run.append(word)
            end = word.span.start


def _ends_here(text: str, end: int) -> bool:
    """False for a name that leads on to a noun, as in "the illegal NATO war"."""
    return not re.match(
        r"[ -](?!(?:and|or|but|who|has|had|is|was|once)\b)[a-z]+\b(?<!ed)", text[end : end + 24]
    )


def _called(page: _Page, people: People, actors: frozenset[str]) -> Iterator[tuple[Span, str]]:
    """Sources that name an actor by a nominal: no name alone, no pronoun."""
    text = page.reading.article.text
    names = {s.id: _name_words(s.name) for s in people.speakers}
    words_in = spans.finder(page.words, key=lambda word: word.span)
    times_in = spans.finder(page.reading.times, key=lambda time: time.span)
    for attribution in page.reading.attributions:
        about = people.of.get(attribution.speaker_id or "")
        if about not in actors or len(attribution.source) != 1:
            continue
        span = attribution.source[0]
        words = [w for w in words_in(span) if spans.contains(span, w.span)]
        content = [w for w in words if w.is_content]
        own = [w for w in content if w.form not in names[about] and text[w.span.start].islower()]
        is_deck = len(words) <= MAX_DECK_WORDS and "\n" not in spans.cut(text, span)
        if own and is_deck and not times_in(span):
            yield span, about


def _name_words(name: str) -> frozenset[str]:
    return frozenset(word.casefold().strip(".,“”") for word in name.split())


def _cues(page: _Page, people: People, actors: frozenset[str]) -> Iterator[tuple[Span, str]]:
    """The cues of what an actor says, where they are verbs of saying and at most three words."""
    text = page.reading.article.text
    saying = lexicons.words("reporting") | _loaded_cues()
    for attribution in page.reading.attributions:
        about = people.of.get(attribution.speaker_id or "")
        if about not in actors:
            continue
        for cue in attribution.cue:
            words = re.findall(r"[a-z]+", spans.cut(text, cue).casefold())
            if len(words) <= 3 and any(word in saying for word in words):
                yield cue, about


def _loaded(
    page: _Page,
    mentions: Sequence[tuple[Span, str]],
    listed: Iterable[tuple[Span, str]],
    people: People,
    actors: frozenset[str],
) -> Iterator[tuple[Span, str | None]]:
    """The loaded words that are not part of what is listed, each with the actor of whom it is said,
    None where that is nobody; a word of a cue is said of who speaks."""
    article = page.reading.article
    titles = [s.span for s in article.sections if s.kind is SectionKind.TITLE]
    held = spans.finder((span for span, _ in listed), key=lambda span: span)
    cued = spans.finder(
        (
            (cue, people.of.get(said.speaker_id or ""))
            for said in page.reading.attributions
            for cue in said.cue
        ),
        key=lambda row: row[0],
    )
    for span, about in loaded.find(article.text, page.sentences, mentions, titles):
        if any(spans.contains(other, span) for other in held(span)):
            continue
        who = next((who for _, who in cued(span)), about)
        yield span, who if who in actors else None


def _widest(found: Iterable[tuple[Span, str]]) -> Iterator[tuple[Span, str]]:
    """The spans without those that lie within another of the same actor."""
    held = sorted(set(found), key=lambda row: (row[0].start, -row[0].end, row[1]))
    last: dict[str, int] = {}
    for span, about in held:
        if span.end > last.get(about, -1):
            last[about] = span.end
            yield span, about


@cache
def _loaded_cues() -> frozenset[str]:
    return lexicons.words("loaded_cues")
