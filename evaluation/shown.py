"""Scores what a report says of a story without being asked to find it all.

silences         of the accounts called silent on a claim that is a point of the gold, how many the
                 gold does not have among that point's evidence either
hearsay, sure    of the statements that came through somebody and are shown as sure, how many are
                 the gold's, with the same last two names
"""

from __future__ import annotations

from collections.abc import Iterator

from evaluation.figures import Figure, Share
from evaluation.matching import is_same_passage
from evaluation.metrics import Case, Json, has_right_chain, matched_statements

SURE = 0.5  # as the page shows it


def figures(it: Case) -> dict[str, Figure]:
    """Both, for one story."""
    right = list(_silences(it))
    return {"silences": Share(sum(right), len(right)), "hearsay, sure": _hearsay(it)}


def _silences(it: Case) -> Iterator[bool]:
    """For each account called silent on a point of the gold, whether it is."""
    for claim in it.report.get("claims", ()):
        points = [point for point in it.gold.get("points", ()) if _tells(it, claim, point)]
        told_by = {e["article"] for point in points for e in point["evidence"]}
        if points:
            yield from (it.keys[article] not in told_by for article in claim["silent"])


def _tells(it: Case, claim: Json, point: Json) -> bool:
    """True if passages of two accounts of the claim are evidence of the point."""
    met = {
        e["article"]
        for e in point["evidence"]
        if (at := it.at(e["article"], e["text"]))
        and any(
            it.keys[p["article"]] == e["article"] and is_same_passage((p["start"], p["end"]), at)
            for p in claim["passages"]
        )
    }
    return len(met) > 1


def _hearsay(it: Case) -> Share:
    through = [
        a
        for a in it.report.get("attributions", ())
        if len(a["chain"]) > 1 and a["chain_score"] >= SURE
    ]
    matched, _ = matched_statements(it)
    right = {
        id(match.attribution)
        for match in matched
        if len(match.gold.get("chain") or ()) > 1 and has_right_chain(it, match)
    }
    return Share(sum(id(a) in right for a in through), len(through))
