"""The two kinds of figure that every measure comes in, and how they pool over stories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tally:
    """Precision and recall, each counted on its own side."""

    right: int = 0
    predicted: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.right + other.right,
            self.predicted + other.predicted,
            self.found + other.found,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def value(self) -> float:
        return self.f1


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    hits: int = 0
    of: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.hits + other.hits, self.of + other.of)

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else 0.0


Figure = Tally | Share


@dataclass(frozen=True, slots=True)
class Score:
    """Figures by name, and the gold excerpts that the report's text does not hold."""

    figures: Mapping[str, Figure] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


def pool(scores: Iterable[Score]) -> Score:
    """One score over all stories: counts are added, never averages."""
    figures: dict[str, Figure] = {}
    missing: list[str] = []
    for score in scores:
        missing += score.missing
        for name, figure in score.figures.items():
            figures[name] = figures[name] + figure if name in figures else figure  # type: ignore[operator]
    return Score(figures, tuple(missing))


def as_json(score: Score) -> dict[str, object]:
    """The figures as plain values, rounded to three places."""
    out: dict[str, object] = {}
    for name, figure in score.figures.items():
        if isinstance(figure, Tally):
            out[name] = {
                "p": round(figure.precision, 3),
                "r": round(figure.recall, 3),
                "f1": round(figure.f1, 3),
                "predicted": figure.predicted,
                "gold": figure.gold,
            }
        else:
            out[name] = {"share": round(figure.value, 3) if figure.of else None, "of": figure.of}
    if score.missing:
        out["excerpts not in the text"] = len(score.missing)
    return out
