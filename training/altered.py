"""Copies of stories in which a fact that accounts share is altered in one of them.

Careful readers noted few values that cannot both be right; of what two accounts tell in common they
noted thousands. Where two accounts give the same number, day or place there, a copy has another in
one of them, wherever it stood. What else the accounts give, as different, is of different things:
so much the copies teach too.
"""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import pickle
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from retold import lexicons, read, spans
from retold.comparing import numbers
from retold.comparing.numbers import Number, NumberKind
from retold.reading import calendar
from retold.types import Article, Facet, Reading, Section, Span

SEEDS = (21, 22, 23)  # a copy each
SHARE = {Facet.NUMBER: 1.0, Facet.DATE: 0.45, Facet.PLACE: 0.45}  # of the facts to be altered
MAX_STANDING = 3  # what an article gives more often is what its story is about
MAX_TRIES = 20
_DAYS = tuple(day.title() for day in calendar.WEEKDAYS)
_SHORT_MONTHS = ("Jan.", "Feb.", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_MONTHS = (*(month.title() for month in calendar.MONTHS), *_SHORT_MONTHS)
_A_MONTH = "|".join(map(re.escape, _MONTHS))
_DATES = (
    re.compile(rf"\b(?:{'|'.join(_DAYS)})\b"),
    re.compile(rf"\b(?:{_A_MONTH}) \d{{1,2}}\b(?!,\d)"),
    re.compile(r"(?<![\w.,$-])(?:19|20)\d\d(?![\w,.]\d|\w)"),
)
_NO_DAY = r"(?<![\w.,])" + "".join(rf"(?<!{re.escape(month)} )" for month in _MONTHS)
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_NAME = re.compile(r"\b[A-Z][a-z]+\b")
_SMALL = tuple(
    word
    for word, value, role in lexicons.rows("number_words")
    if role == "unit" and 2 <= float(value) <= 12
)

Points = Sequence[Sequence[tuple[int, Span]]]
"""What is told in common: the places that tell it, each by the number of the article."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What an account gives: its words, and the expressions for what must stand before and after
    them."""

    facet: Facet
    words: str
    before: str
    after: str

    @property
    def pattern(self) -> str:
        """What finds it where it stands."""
        return self.finding(self.words)

    def finding(self, words: str) -> str:
        """What finds others in its place."""
        return f"{self.before}(?i:{re.escape(words)}){self.after}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """A fact that the article of this number gives as `new` in the copy; `points` are those in
    which it stands."""

    article: int
    fact: Fact
    new: str
    points: tuple[int, ...]

    def pattern(self, article: int) -> str:
        """What finds the value in an article of the copy."""
        return self.fact.finding(self.new if article == self.article else self.fact.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The articles and points of an altered story."""

    articles: tuple[Article, ...]
    points: Points
    altered: tuple[Altered, ...]


def facts(text: str) -> set[Fact]:
    """The facts of an excerpt that can be altered."""
    found = {_of_number(text, one) for one in numbers.find(text, Span(0, len(text)))}
    found |= {_of_words(Facet.DATE, w) for expression in _DATES for w in expression.findall(text)}
    found |= {_of_words(Facet.PLACE, w) for w in _NAME.findall(text) if w in _places()}
    return {fact for fact in found if fact}


def copy(articles: Sequence[Article], points: Points, rng: random.Random) -> Copy:
    """The story with some of the facts altered that its points share; as it was where none is."""
    chosen = _chosen(articles, points, rng)
    changed = list(articles)
    moved: dict[int, list[tuple[Span, int]]] = {}
    for number, article in enumerate(articles):
        edits = _edits(article.text, [one for one in chosen if one.article == number])
        moved[number] = [(span, len(new) - len(span)) for span, new in edits]
        changed[number] = _edited(article, edits, moved[number])
    return Copy(
        articles=tuple(changed),
        points=[[(n, _moved(span, moved[n])) for n, span in point] for point in points],
        altered=tuple(chosen),
    )


def copies(
    story: str, readings: Sequence[Reading], points: Points, kept: Path | None
) -> Iterator[tuple[Copy, list[Reading]]]:
    """The altered copies of a story with their readings; what was read is kept in the folder."""
    for seed in SEEDS:
        chance = random.Random(f"{seed} {story}")  # noqa: S311 - to be the same again
        made = copy([r.article for r in readings], points, chance)
        if made.altered:
            again = [
                old if old.article.text == new.text else _read(new, kept)
                for old, new in zip(readings, made.articles, strict=True)
            ]
            yield made, again


# --- inside ---------------------------------------------------------------------------------------


def _places() -> Mapping[str, str]:
    """Places of one word, and of what size they are."""
    sizes = lexicons.table("place_kinds")
    return {place: size for place, size in sizes.items() if " " not in place}


def _of_words(facet: Facet, words: str) -> Fact:
    return Fact(facet, words, r"(?<![\w-])", r"(?!\w)")


def _of_number(text: str, number: Number) -> Fact | None:
    """A figure, or a small number in words with what it counts; None where it is neither."""
    if number.kind is NumberKind.ORDINAL or number.low != number.high:
        return None
    written = spans.cut(text, number.digits)
    figure = _FIGURE.match(written)
    words = figure.group() if figure else written.casefold()
    if figure and len(words) > 1:
        return Fact(Facet.NUMBER, words, _NO_DAY, r"(?![\w,.]?\d)(?!\w)")
    beside = re.match(r"[\s-]*(?:[A-Za-z]{3,}|%)", text[number.digits.start + len(words) :])
    if not beside or not (figure or words in _SMALL):
        return None
    ahead = re.sub(r"\\[ -]", r"[\\s-]", re.escape(beside.group()))
    return Fact(Facet.NUMBER, words, r"(?<![\w.,])", rf"(?={ahead})")


def _chosen(articles: Sequence[Article], points: Points, rng: random.Random) -> list[Altered]:
    everything = "\n".join(article.text for article in articles)
    out: list[Altered] = []
    for fact, held in sorted(_shared(articles, points).items(), key=lambda row: repr(row[0])):
        holders = sorted(
            number
            for number in {number for numbers_of in held.values() for number in numbers_of}
            if 0 < len(re.findall(fact.pattern, articles[number].text)) <= MAX_STANDING
        )
        if not holders or rng.random() > SHARE[fact.facet]:
            continue
        if any(fact.words in one.fact.words or one.fact.words in fact.words for one in out):
            continue
        tried = (_other(fact, rng) for _ in range(MAX_TRIES))
        taken = {one.new for one in out}
        new = next((one for one in tried if one not in everything and one not in taken), None)
        if new:
            article = rng.choice(holders)
            out.append(Altered(article=article, fact=fact, new=new, points=tuple(held)))
    return out


def _shared(articles: Sequence[Article], points: Points) -> dict[Fact, dict[int, set[int]]]:
    """The facts that two articles give in one point: the points, with the articles of each."""
    out: dict[Fact, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for number, point in enumerate(points):
        told = [(n, facts(spans.cut(articles[n].text, span))) for n, span in point]
        for (a, of_a), (b, of_b) in itertools.combinations(told, 2):
            for fact in of_a & of_b if a != b else ():
                out[fact][number] |= {a, b}
    return out


def _other(fact: Fact, rng: random.Random) -> str:
    """Something of the same kind in its place."""
    if fact.facet is Facet.PLACE:
        size = _places()[fact.words]
        return rng.choice(sorted(p for p, other in _places().items() if other == size))
    if fact.words in _DAYS:
        return rng.choice(_DAYS)
    if fact.words in _SMALL:
        return rng.choice(_SMALL)
    if fact.facet is Facet.DATE and " " in fact.words:
        month, _, _ = fact.words.rpartition(" ")
        return f"{month} {rng.randint(1, 28)}"
    if fact.facet is Facet.DATE:
        return str(int(fact.words) + rng.choice((-3, -2, -1, 1, 2, 3)))
    return _figure(fact.words, rng)


def _figure(words: str, rng: random.Random) -> str:
    """Another figure with as many places behind the point: near, or far."""
    places = len(words.partition(".")[2])
    value, step = float(words.replace(",", "")), 10.0**-places
    if rng.random() < 0.5:
        value += step * rng.choice((-3, -2, -1, 1, 2, 3))
    else:
        value *= rng.choice((0.3, 0.5, 0.7, 0.8, 0.9, 1.1, 1.3, 1.5, 2.0, 3.0))
    return f"{max(step, value):{',' if ',' in words else ''}.{places}f}"


def _edits(text: str, chosen: Sequence[Altered]) -> list[tuple[Span, str]]:
    """The stretches that are replaced, in order, none overlapping another."""
    found = sorted(
        (Span(*m.span()), one.new) for one in chosen for m in re.finditer(one.fact.pattern, text)
    )
    out: list[tuple[Span, str]] = []
    for span, new in found:
        if not out or span.start >= out[-1][0].end:
            out.append((span, new))
    return out


def _edited(
    article: Article, edits: Sequence[tuple[Span, str]], moved: Sequence[tuple[Span, int]]
) -> Article:
    pieces, at = [], 0
    for span, new in edits:
        pieces += [article.text[at : span.start], new]
        at = span.end
    return dataclasses.replace(
        article,
        text="".join((*pieces, article.text[at:])),
        sections=tuple(
            Section(kind=one.kind, span=_moved(one.span, moved)) for one in article.sections
        ),
    )


def _moved(span: Span, moved: Sequence[tuple[Span, int]]) -> Span:
    """Where the stretch stands once what lies before it or in it has grown or shrunk."""
    start = span.start + sum(by for edit, by in moved if edit.end <= span.start)
    end = span.end + sum(by for edit, by in moved if edit.end <= span.end)
    return Span(start, end)


def _read(article: Article, kept: Path | None) -> Reading:
    """The reading of an altered article, from `kept` where it lies there."""
    name = hashlib.sha256(f"{article.id} {article.text}".encode()).hexdigest()[:24]
    path = kept / "altered" / f"{name}.pkl" if kept else None
    if path and path.exists():
        return pickle.loads(path.read_bytes())  # type: ignore[no-any-return]  # noqa: S301
    found = read(article)
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(found))
    return found
