"""Where things stand in the drawings of a page: the timeline and the graph of hearsay."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from retold.reading import calendar
from retold.showing import view
from retold.showing.view import View

WIDTH = 960
LEFT, RIGHT = 150, 20
STEP, BAR, LANE_GAP = 13, 10, 18
MAX_STEPS = 8  # bars of one lane that overlap stand below each other, this many at most
AXIS = 34
ROW, TOP, NODE_WIDTH = 34, 12, 200

Ear = tuple[int, str]  # a column and who stands in it


@dataclass(frozen=True, slots=True)
class Bar:
    """An event on the lane of its article; as wide as its date is vague."""

    number: int
    x: float
    y: float
    width: float
    date: str
    is_statement: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A year on the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Lane:
    """The line of one article; `published` is where its own date stands, if it has one."""

    top: float
    height: float
    label: str
    published: float | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars on lanes over an axis."""

    height: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]


def timeline(seen: View) -> Timeline | None:
    """The dated passages by article, None where no date can be drawn."""
    events = [
        (n, e, days) for n, e in enumerate(view.dated(seen)) if (days := calendar.days(e.date))
    ]
    if not events:
        return None
    published = [a.published for a in seen.report.articles if a.published]
    first = min([days[0] for _, _, days in events] + published)
    last = max([days[1] for _, _, days in events] + published)
    scale = _Scale(first.toordinal(), max(last.toordinal(), first.toordinal() + 1))
    bars: list[Bar] = []
    lanes: list[Lane] = []
    top = 0.0
    for article in seen.report.articles:
        own = [(n, e, days) for n, e, days in events if e.article_id == article.id]
        steps = _steps([(scale.x(days[0]), scale.width(days)) for _, _, days in own])
        for (n, event, days), step in zip(own, steps, strict=True):
            bars.append(
                Bar(
                    number=n,
                    x=scale.x(days[0]),
                    y=top + LANE_GAP / 2 + step * STEP,
                    width=scale.width(days),
                    date=event.date,
                    is_statement=event.attribution_id is not None,
                )
            )
        height = LANE_GAP + STEP * (1 + max(steps, default=0))
        lanes.append(
            Lane(
                top=top,
                height=height,
                label=_cut(seen.labels[article.id], 22),
                published=scale.x(article.published) if article.published else None,
            )
        )
        top += height
    return Timeline(top + AXIS, tuple(bars), _ticks(scale, first, last), tuple(lanes))


def _steps(bars: list[tuple[float, float]]) -> list[int]:
    """For each bar, in order of its beginning, the first row in which it touches no other."""
    ends: list[float] = []
    out = []
    for x, width in bars:
        free = next((row for row, end in enumerate(ends) if end <= x), len(ends))
        row = min(free, MAX_STEPS - 1)
        if row == len(ends):
            ends.append(0.0)
        ends[row] = x + width
        out.append(row)
    return out


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    last: int

    def x(self, day: dt.date) -> float:
        share = (day.toordinal() - self.first) / (self.last - self.first)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def width(self, days: tuple[dt.date, dt.date]) -> float:
        """How wide the days are, never too narrow to be seen."""
        return round(max(6.0, self.x(days[1]) - self.x(days[0])), 1)


def _ticks(scale: _Scale, first: dt.date, last: dt.date) -> tuple[Tick, ...]:
    """At most a dozen round years or, within two years, months."""
    years = last.year - first.year
    if years < 2:
        months = [dt.date(first.year + m // 12, m % 12 + 1, 1) for m in range(12 * (years + 1))]
        inside = [m for m in months if first <= m <= last]
        step = len(inside) // 12 + 1
        return tuple(Tick(scale.x(m), m.strftime("%Y-%m")) for m in inside[::step])
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 500, 10_000) if years / s <= 12)
    begin = first.year + (-first.year % step)
    return tuple(
        Tick(scale.x(dt.date(year, 1, 1)), str(year))
        for year in range(begin, last.year + 1, step)
        if dt.date(year, 1, 1) >= first
    )


@dataclass(frozen=True, slots=True)
class Node:
    """An outlet or a speaker; `column` 0 is the outlets."""

    x: float
    y: float
    name: str
    label: str
    column: int


@dataclass(frozen=True, slots=True)
class Edge:
    """Who passes on whose words, and how often."""

    path: str
    count: int
    thickness: float


@dataclass(frozen=True, slots=True)
class Graph:
    """Outlets on the left, those they name next, those whom these quote further right."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def hearsay(seen: View, *, most: int = 24) -> Graph | None:
    """Who reports whom, the `most` frequent speakers in each column."""
    counts: Counter[tuple[Ear, Ear]] = Counter()
    for route in view.routes(seen):
        names = [seen.labels[route.article_id]]
        names += [view.name(seen, id) for id in route.speakers if id in seen.speakers]
        for depth in range(len(names) - 1):
            edge = ((depth, names[depth]), (depth + 1, names[depth + 1]))
            counts[edge] += len(route.attributions)
    if not counts:
        return None
    weights: Counter[Ear] = Counter()
    for (_, heard), n in counts.items():
        weights[heard] += n
    columns: list[list[str]] = [list(seen.labels.values())]
    for depth in range(1, 1 + max(depth for depth, _ in weights)):
        column = [(n, name) for (d, name), n in weights.items() if d == depth]
        kept = [name for _, name in sorted(column, key=lambda c: (-c[0], c[1]))[:most]]
        height = {name: n / len(columns[-1]) for n, name in enumerate(columns[-1])}
        columns.append(sorted(kept, key=lambda name: _pull(counts, (depth, name), height)))
    return _laid_out(columns, counts)


def _pull(counts: Counter[tuple[Ear, Ear]], heard: Ear, height: dict[str, float]) -> float:
    """How far down those stand who report this speaker, on average: fewer lines cross so."""
    tellers = [(height.get(a[1], 0.0), n) for (a, b), n in counts.items() if b == heard]
    return sum(y * n for y, n in tellers) / sum(n for _, n in tellers)


def _laid_out(columns: list[list[str]], counts: Counter[tuple[Ear, Ear]]) -> Graph:
    tallest = max(map(len, columns))
    gap = (WIDTH - NODE_WIDTH) / max(1, len(columns) - 1)
    nodes = {}
    for depth, column in enumerate(columns):
        spread = tallest / len(column) if column else 1
        for n, name in enumerate(column):
            y = TOP + (n + 0.5) * spread * ROW
            nodes[depth, name] = Node(
                round(depth * gap, 1), round(y, 1), name, _cut(name, 26), depth
            )
    heaviest = max(counts.values())
    edges = []
    for (teller, heard), n in counts.items():
        if teller not in nodes or heard not in nodes:
            continue
        a, b = nodes[teller], nodes[heard]
        x1, x2 = a.x + NODE_WIDTH, b.x
        middle = round((x1 + x2) / 2, 1)
        path = f"M{x1} {a.y} C{middle} {a.y} {middle} {b.y} {x2} {b.y}"
        edges.append(Edge(path, n, round(1 + 4 * n / heaviest, 1)))
    return Graph(WIDTH, TOP + tallest * ROW + 10, tuple(nodes.values()), tuple(edges))


def _cut(words: str, length: int) -> str:
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"
