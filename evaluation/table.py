"""Scores as one table of plain text: a row a figure, a column a set of stories."""

from __future__ import annotations

from collections.abc import Mapping

from evaluation.figures import Figure, Score, Share

WHOLE = (
    "statements",
    "speaker",
    "chains",
    "hearsay, sure",
    "pairs",
    "differences",
    "differences, same facet",
    "conflicts found",
    "silences",
    "told by one",
    "timeline",
    "not body",
    "planted",
    "traps avoided",
    "conflicts not invented",
)
LABEL = 30
COLUMN = 25


def render(columns: Mapping[str, Score]) -> str:
    """The whole figures first, each with its parts below it."""
    lines = [
        " " * LABEL + "".join(f"{title:>{COLUMN}}" for title in columns),
        " " * LABEL + f"{'P    R    F1  of':>{COLUMN}}" * len(columns),
    ]
    for name in _order(columns):
        label = f"  {name.split(': ', 1)[1]}" if ": " in name else name
        cells = (cell(score.figures.get(name)) for score in columns.values())
        lines.append(f"{label:<{LABEL}}" + "".join(f"{c:>{COLUMN}}" for c in cells))
    for title, score in columns.items():
        if score.missing:
            lines.append(f"{title}: {len(score.missing)} gold excerpts are not in the text")
    return "\n".join(lines) + "\n"


def cell(figure: Figure | None) -> str:
    """`.81 .76 .78  120` for precision, recall and F1 of so many; `.88  54` for a share."""
    if figure is None or (isinstance(figure, Share) and not figure.of):
        return "–"
    if isinstance(figure, Share):
        return f"{_short(figure.value)} {figure.of:>4}"
    if not figure.gold:
        return f"{_short(figure.precision)}    –    – {figure.predicted:>4}"
    return (
        f"{_short(figure.precision)} {_short(figure.recall)} {_short(figure.f1)} {figure.gold:>4}"
    )


def _order(columns: Mapping[str, Score]) -> list[str]:
    names = {name for score in columns.values() for name in score.figures}

    def place(name: str) -> tuple[int, str]:
        whole = name.split(": ")[0]
        return (WHOLE.index(whole) if whole in WHOLE else len(WHOLE), name)

    return sorted(names, key=place)


def _short(value: float) -> str:
    text = f"{value:.2f}"
    return text[1:] if text.startswith("0") else "1.0"
