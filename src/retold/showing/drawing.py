"""Where things stand in the drawings of a page: the timeline and the graph of hearsay."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import log1p

from retold.reading import calendar
from retold.showing import dates, view
from retold.showing.view import View

WIDTH = 960
LEFT, RIGHT = 150, 20
STEP, BAR, LANE_GAP = 13, 10, 18
TICK_GAP = 74
MAX_STEPS = 8  # bars of one lane that overlap stand below each other, this many at most
AXIS = 34
ROW, TOP, NODE_WIDTH, NODE_HEIGHT = 30, 12, 210, 24
MOST_NODES = 20  # of a column; the list below the drawing has all

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
    """A date on the axis, its label below it; near the right edge the label ends there."""

    x: float
    label: str

    @property
    def is_last(self) -> bool:
        """True if there is no room for half of the label to the right."""
        return self.x > WIDTH - TICK_GAP / 2

    @property
    def middle(self) -> float:
        """Where the middle of the label stands."""
        return self.x - TICK_GAP / 2 if self.is_last else self.x


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
    """The dated passages by article, None where no date can be drawn.

    Near dates get room and far ones little: a story of a week that remembers a year long ago would
    else be one stroke.
    """
    dated = [(n, e, d) for n, e in enumerate(view.dated(seen)) if (d := calendar.days(e.date))]
    published = [a.published for a in seen.report.articles if a.published]
    known = sorted({*published, *(day for _, _, d in dated for day in d if _is_known(day))})
    if not dated or not known:
        return None
    events = [(n, e, _within(days, known)) for n, e, days in dated]
    scale = _Scale(known)
    bars: list[Bar] = []
    lanes: list[Lane] = []
    top = 0.0
    for article in seen.report.articles:
        own = [(n, e, days) for n, e, days in events if e.article_id == article.id]
        own.sort(key=lambda held: held[2])
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
    labels = {days[0]: _start(e.date) for _, e, days in reversed(events) if days[0] in known}
    ticks = _ticks(
        scale,
        {day.isoformat(): day for day in published}
        | {label: day for day, label in labels.items() if label},
    )
    return Timeline(top + AXIS, tuple(bars), ticks, tuple(lanes))


def _start(date: str) -> str:
    """The first day, month, season or year of a date, as the axis names it."""
    return dates.words(date.split("/")[0].rstrip("~?%"))


def _is_known(day: dt.date) -> bool:
    """False for the end of a time that is open."""
    return day not in (dt.date.min, dt.date.max)


def _within(days: tuple[dt.date, dt.date], known: list[dt.date]) -> tuple[dt.date, dt.date]:
    return max(days[0], known[0]), min(days[1], known[-1])


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


class _Scale:
    """Where a day stands: days apart are as far as the logarithm of their number."""

    def __init__(self, days: list[dt.date]) -> None:
        self._days = [day.toordinal() for day in days]
        gaps = [0.0, *(log1p(b - a) for a, b in pairwise(self._days))]
        whole = sum(gaps) or 1.0
        room = WIDTH - LEFT - RIGHT
        self._places = [LEFT + room * share / whole for share in accumulate(gaps)]

    def x(self, day: dt.date) -> float:
        """The place of one of the days that the scale was made of."""
        return round(self._places[bisect_left(self._days, day.toordinal())], 1)

    def width(self, days: tuple[dt.date, dt.date]) -> float:
        """How wide the days are, never too narrow to be seen."""
        return round(max(6.0, self.x(days[1]) - self.x(days[0])), 1)


def _ticks(scale: _Scale, days: dict[str, dt.date]) -> tuple[Tick, ...]:
    """The dates that have room for their label, the earliest first."""
    out: list[Tick] = []
    for label, day in sorted(days.items(), key=lambda held: (held[1], len(held[0]))):
        x = scale.x(day)
        tick = Tick(x, label)
        if not out or tick.middle - out[-1].middle >= TICK_GAP:
            out.append(tick)
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Node:
    """An outlet or a speaker; `column` 0 is the outlets. `heard` counts statements."""

    x: float
    y: float
    name: str
    label: str
    column: int
    heard: int


@dataclass(frozen=True, slots=True)
class Edge:
    """Who passes on whose words, and how often."""

    path: str
    names: str
    count: int
    thickness: float


@dataclass(frozen=True, slots=True)
class Graph:
    """Outlets on the left, those they name next, those whom these quote further right; `left_out`
    counts the less heard, for whom there was no room."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int


def hearsay(seen: View, *, most: int = MOST_NODES) -> Graph | None:
    """Who reports whom, the `most` frequent speakers in each column."""
    counts: Counter[tuple[Ear, Ear]] = Counter()
    for route in filter(lambda route: route.is_sure, view.routes(seen)):
        names = [seen.labels[route.article_id]]
        names += [view.name(seen, id) for id in route.speakers if id in seen.speakers]
        for depth in range(len(names) - 1):
            edge = ((depth, names[depth]), (depth + 1, names[depth + 1]))
            counts[edge] += len(route.attributions)
    if not counts:
        return None
    heard: Counter[Ear] = Counter()
    for (_, ear), n in counts.items():
        heard[ear] += n
    columns: list[list[str]] = [list(seen.labels.values())]
    for depth in range(1, 1 + max(depth for depth, _ in heard)):
        column = [(n, name) for (d, name), n in heard.items() if d == depth]
        kept = [name for _, name in sorted(column, key=lambda c: (-c[0], c[1]))[:most]]
        height = {name: n / len(columns[-1]) for n, name in enumerate(columns[-1])}
        columns.append(sorted(kept, key=lambda name: _pull(counts, (depth, name), height)))
    return _laid_out(columns, counts, heard)


def _pull(counts: Counter[tuple[Ear, Ear]], heard: Ear, height: dict[str, float]) -> float:
    """How far down those stand who report this speaker, on average: fewer lines cross so."""
    tellers = [(height.get(a[1], 0.0), n) for (a, b), n in counts.items() if b == heard]
    return sum(y * n for y, n in tellers) / sum(n for _, n in tellers)


def _laid_out(
    columns: list[list[str]], counts: Counter[tuple[Ear, Ear]], heard: Counter[Ear]
) -> Graph:
    tallest = max(map(len, columns))
    gap = (WIDTH - NODE_WIDTH) / max(1, len(columns) - 1)
    nodes: dict[Ear, Node] = {}
    for depth, column in enumerate(columns):
        spread = tallest / len(column) if column else 1
        for n, name in enumerate(column):
            y = round(TOP + (n + 0.5) * spread * ROW, 1)
            x = round(depth * gap, 1)
            nodes[depth, name] = Node(
                x, y, name, _cut(name, 26 if depth else 22), depth, heard[depth, name]
            )
    shown = [edge for edge in counts if edge[0] in nodes and edge[1] in nodes]
    leaving = _ports({edge: (edge[0], nodes[edge[1]].y) for edge in shown})
    coming = _ports({edge: (edge[1], nodes[edge[0]].y) for edge in shown})
    heaviest = max(counts.values())
    edges = []
    for edge in shown:
        a, b = nodes[edge[0]], nodes[edge[1]]
        x1, x2 = a.x + NODE_WIDTH, b.x
        y1, y2 = round(a.y + leaving[edge], 1), round(b.y + coming[edge], 1)
        middle = round((x1 + x2) / 2, 1)
        path = f"M{x1} {y1} C{middle} {y1} {middle} {y2} {x2} {y2}"
        thickness = round(1 + 4 * counts[edge] / heaviest, 1)
        edges.append(Edge(path, f"{a.name} › {b.name}", counts[edge], thickness))
    height = TOP + tallest * ROW + 10
    return Graph(WIDTH, height, tuple(nodes.values()), tuple(edges), len(heard.keys() - nodes))


def _ports(edges: dict[tuple[Ear, Ear], tuple[Ear, float]]) -> dict[tuple[Ear, Ear], float]:
    """How far from the middle of its node each edge ends, so that lines leave side by side, in the
    order of where they go."""
    by_node: dict[Ear, list[tuple[float, tuple[Ear, Ear]]]] = defaultdict(list)
    for edge, (node, far) in edges.items():
        by_node[node].append((far, edge))
    out = {}
    for held in by_node.values():
        step = min(4.0, (NODE_HEIGHT - 6) / len(held))
        for n, (_, edge) in enumerate(sorted(held)):
            out[edge] = (n - (len(held) - 1) / 2) * step
    return out


def _cut(words: str, length: int) -> str:
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"
