"""How well points and differences are told of stories of the AllSides corpus.

    python -m evaluation.pointed                 the stories to develop on
    python -m evaluation.pointed --held-out      those from which nothing is learned
    python -m evaluation.pointed --kept FOLDER   readings are kept there, and read again from there

A reader put together what the accounts of each story tell in common, and noted where they part
(`training/pointed.jsonl`, places alone). Pairs, differences and conflicts are counted as for the
stories with gold; then how many of the differences noted are in the report at all, and how many of
them are shown unasked.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation import metrics, table
from evaluation.figures import Figure, Score, Share, pool
from evaluation.metrics import Case
from evaluation.speakers import is_kept_apart
from evaluation.stories import REPOSITORY
from retold import compare
from retold.showing import foremost, view
from retold.showing.export import json as export
from retold.types import Difference, Report
from training import allsides, judged

POINTED = REPOSITORY / "training" / "pointed.jsonl"


@dataclass(frozen=True, slots=True)
class Placed(Case):
    """A report beside gold that gives places, not excerpts."""

    def at(self, key: str, excerpt: Any) -> metrics.Stretch | None:
        """The place itself."""
        return excerpt  # type: ignore[no-any-return]


def cases(*, held_out: bool, kept: Path | None) -> Iterator[tuple[Report, Placed]]:
    """The reports of the stories of either part, beside what their readers noted."""
    told = {one["story"]: one for one in map(json.loads, POINTED.read_text("utf8").splitlines())}
    names = {name for name in told if is_kept_apart(name) is held_out}
    for name, articles in allsides.stories(names):
        report = compare(judged.readings(name, articles, kept))
        yield report, placed(report, [a.id for a in articles], told[name]["points"])


def placed(report: Report, order: Sequence[str], points: Sequence[Any]) -> Placed:
    """The report beside `points`, whose places count the articles as in `order`."""
    return Placed(
        report=json.loads(export.encode(report)),
        gold={"points": [_point(order, point) for point in points]},
        texts={article.id: article.text for article in report.articles},
        keys={article.id: article.id for article in report.articles},
        names={},
    )


def score(report: Report, it: Placed) -> Score:
    """All figures of one story."""
    figures: dict[str, Figure] = {**metrics.pair_figures(it), **metrics.difference_figures(it)}
    noted = metrics.gold_differences(it)
    for name, shown in _shown(report).items():
        values = {tuple((v.article_id, v.span.start, v.span.end) for v in d.values) for d in shown}
        found = [d for d in metrics.found_differences(it) if _values(d.source) in values]
        hits = sum(any(metrics.agree(f, n) for f in found) for n in noted)
        figures[f"noted, {name}"] = Share(hits, len(noted))
    return Score(figures)


# --- inside ---------------------------------------------------------------------------------------


def _point(order: Sequence[str], point: Any) -> Any:
    return {
        "evidence": [_side(order, place) for place in point["passages"]],
        "differences": [
            {
                "facet": one["facet"],
                "kind": one["kind"],
                "values": [_side(order, place) for place in one["sides"]],
            }
            for one in point.get("differences", ())
        ],
    }


def _side(order: Sequence[str], place: Sequence[int]) -> Any:
    article, start, end = place
    return {"article": order[article], "text": (start, end)}


def _shown(report: Report) -> dict[str, Sequence[Difference]]:
    """The differences of the report, those that are shown unasked, and the sure ones."""
    found = view.differences(view.of(report))
    sure = [at.difference for at in found if view.is_sure(at)]
    return {
        "in the report": [d for claim in report.claims for d in claim.differences],
        "shown unasked": sure + [at.difference for at in foremost.perhaps(found)],
        "sure": sure,
    }


def _values(difference: Any) -> tuple[tuple[str, int, int], ...]:
    return tuple((v["article"], v["start"], v["end"]) for v in difference["values"])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--kept", type=Path)
    options = parser.parse_args()
    scores = [score(*one) for one in cases(held_out=options.held_out, kept=options.kept)]
    if not scores:
        parser.exit(1, "no research data beside the repository\n")
    part = "held out" if options.held_out else "to develop on"
    print(table.render({f"{part} ({len(scores)})": pool(scores)}), end="")


if __name__ == "__main__":
    main()
