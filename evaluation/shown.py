"""Scores what a report says of a story without being asked to find it all.

silences         of the accounts called silent on a claim that is a point of the gold, how many the
                 gold does not have among that point's evidence either
told by one      of the passages shown as told by one account only, how many the gold has in no
                 point that another account is evidence of too
hearsay, sure    of the statements that came through somebody and are shown as sure, how many are
                 the gold's, with the same last two names
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import msgspec

from evaluation.figures import Figure, Share
from evaluation.matching import Stretch, is_same_passage, overlap
from evaluation.metrics import Case, Json, has_right_chain, matched_statements
from retold.showing import alone
from retold.showing.export import json as public

SURE = 0.5  # as the page shows it


def figures(it: Case) -> dict[str, Figure]:
    """All, for one story."""
    silent, alone = list(_silences(it)), list(_alone(it))
    return {
        "silences": Share(sum(silent), len(silent)),
        "told by one": Share(sum(alone), len(alone)),
        "hearsay, sure": _hearsay(it),
    }


def _silences(it: Case) -> Iterator[bool]:
    """For each account called silent on a point of the gold, whether it is."""
    for claim in it.report.get("claims", ()):
        points = [point for point in it.gold.get("points", ()) if _tells(it, claim, point)]
        told_by = {e["article"] for point in points for e in point["evidence"]}
        if points:
            yield from (it.keys[article] not in told_by for article in claim["silent"])


def _alone(it: Case) -> Iterator[bool]:
    """For each passage that one account alone is said to tell, whether that is so."""
    if "passages" not in it.report:
        return  # another program's
    report = public.decode(msgspec.json.encode(it.report))
    told: dict[str, list[Stretch]] = defaultdict(list)
    for point in it.gold.get("points", ()):
        if len({e["article"] for e in point["evidence"]}) > 1:
            for e in point["evidence"]:
                if at := it.at(e["article"], e["text"]):
                    told[e["article"]].append(at)
    for article in report.articles:
        for passage in alone.told(report, article.id).surely:
            here = passage.span.start, passage.span.end
            yield not any(
                is_same_passage(here, at) or 2 * overlap(here, at) >= len(passage.span)
                for at in told[it.keys[article.id]]
            )


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
