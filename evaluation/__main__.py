"""The command line: what to measure, and how to show it.

python -m evaluation                       everything there is data for, in one table
python -m evaluation --only examples       the invented stories alone
python -m evaluation --only kept-stories   of those to learn from, what the encoder never saw
python -m evaluation --errors 20           the most instructive errors too
python -m evaluation --against HEAD~5      what was gained and lost since
python -m evaluation --gate                fails below a floor; needs nothing outside
python -m evaluation --raise-floors        pins what was reached
python -m evaluation --lower-floor pairs --because "the gold of westmere was corrected"
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Iterable, Sequence

from evaluation import (
    changes,
    faults,
    floors,
    planted,
    polnear,
    polnear_causes,
    polnear_changes,
    polnear_gold,
    polnear_parts,
    reports,
    shown,
    stories,
    table,
)
from evaluation.figures import Score, as_json, pool
from evaluation.metrics import Case, case, score
from evaluation.polnear_gold import Scored
from evaluation.stories import Told
from training.stories import KEPT_OUT

PARTS = ("examples", "stories", "train-stories", "kept-stories", "polnear")
FOLDERS = {"stories": "gold", "train-stories": "gold_train", "kept-stories": "gold_train"}


def main() -> int:
    options = _options()
    if options.gate or options.raise_floors or options.lower_floor:
        return _floors(options)
    wanted = options.only or ("examples", "stories", "polnear")
    told = {part: _told(part) for part in wanted if part != "polnear"}
    cases = {part: _cases(found) for part, found in told.items() if found}
    columns = {f"{part} ({len(cases[part])})": _score(cases[part], told[part]) for part in cases}
    skipped = [part for part, found in told.items() if not found]
    data = stories.research_data()
    exact: dict[str, dict[str, float]] = {}
    dev: list[Scored] = []
    if "polnear" in wanted:
        if data and (texts := data / polnear.TEXTS).is_dir():
            rows = list(polnear.predictions(texts))
            columns["polnear dev"], exact = polnear.score(data, rows)
            dev = list(polnear_gold.scored(data, rows))
        else:
            skipped.append("polnear")
    if options.json:
        shown = {title: as_json(column) for title, column in columns.items()}
        print(json.dumps({**shown, "polnear, exact F1": exact}, indent=1))
    else:
        print(table.render(columns), end="")
        _show_polnear(exact, dev)
    for part in skipped:
        print(f"skipped {part}: no research data beside the repository", file=sys.stderr)
    every = [(t, it) for part in cases for t, it in zip(told[part], cases[part], strict=True)]
    if options.errors:
        listed = [(t.name, it, t.read_planted()) for t, it in every]
        errors = faults.worst(listed, limit=options.errors)
        errors += polnear_causes.shown(polnear_causes.faults(dev), limit=options.errors)
        print("\n" + "\n\n".join(errors))
    if options.against:
        print(f"\nagainst {options.against}")
        _set_against(options.against, every, dev)
    return 0


def _show_polnear(exact: dict[str, dict[str, float]], dev: Sequence[Scored]) -> None:
    """The exact ends, the parts and the causes; nothing where the corpus was not read."""
    for name, figures in exact.items():
        held = " · ".join(f"{role} {figure}" for role, figure in figures.items())
        print(f"polnear dev, exact F1, {name}: {held}")
    if dev:
        print("\n" + polnear_parts.render(dev))
        print(polnear_causes.render(polnear_causes.faults(dev)), end="")


def _set_against(ref: str, every: Sequence[tuple[Told, Case]], dev: Sequence[Scored]) -> None:
    """Gains and losses of what was measured, by the retold of a git ref."""
    if every:
        old = changes.reports_of(ref, [t.folder for t, _ in every])
        before = [case(report, t.read_gold()) for report, (t, _) in zip(old, every, strict=True)]
        print(changes.render(before, [it for _, it in every]), end="")
    data = stories.research_data()
    if dev and data:
        was = polnear_changes.rows_of(ref, data / polnear.TEXTS)
        print(polnear_changes.render(list(polnear_gold.scored(data, was)), dev), end="")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", choices=PARTS, action="append", help="may be given again")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    parser.add_argument("--errors", type=int, metavar="N", help="list N errors in marked text")
    parser.add_argument("--against", metavar="REF", help="gains and losses against a git ref")
    parser.add_argument("--gate", action="store_true", help="exit 1 below a floor")
    parser.add_argument("--raise-floors", action="store_true", help="pin what was reached")
    parser.add_argument("--lower-floor", metavar="NAME", help="with --because, and only so")
    parser.add_argument("--because", default="", metavar="REASON")
    return parser.parse_args()


def _told(part: str) -> tuple[Told, ...]:
    if part == "examples":
        return stories.examples()
    found = stories.scored(FOLDERS[part])
    # of the stories to learn from, those that the encoder learned nothing from
    return found[::KEPT_OUT] if part == "kept-stories" else found


def _cases(told: Sequence[Told]) -> list[Case]:
    made = reports.make(t.folder for t in told)
    return [case(report, t.read_gold()) for report, t in zip(made, told, strict=True)]


def _score(cases: Iterable[Case], told: Sequence[Told]) -> Score:
    parts = []
    for it, t in zip(cases, told, strict=True):
        parts += [score(it.report, it.gold), Score(shown.figures(it))]
        if plants := t.read_planted():
            parts.append(Score(planted.figures(it, plants)))
    return pool(parts)


def _floors(options: argparse.Namespace) -> int:
    """The gate, and the two ways to move a floor; all on the examples alone."""
    told = stories.examples()
    score = _score(_cases(told), told)
    measured, seen = floors.values(score), floors.fingerprint(told)
    held = floors.load()
    print(table.render({f"examples ({len(told)})": score}), end="")
    if options.gate:
        fallen = floors.failures(held, measured, seen)
        print("\n".join(fallen) or f"all {len(held.floors)} figures stand above their floors")
        return 1 if fallen else 0
    try:
        if options.lower_floor:
            today = dt.date.today().isoformat()
            held = floors.lowered(
                held, options.lower_floor, measured, because=options.because, on=today
            )
        else:
            held = floors.raised(held, measured, seen)
    except ValueError as refused:
        print(f"floors unchanged: {refused}", file=sys.stderr)
        return 1
    floors.save(held)
    print(f"floors written: {', '.join(f'{n} {v:.3f}' for n, v in held.floors.items())}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
