"""Scores a report, in its public form, against the gold of its story.

statements   contents matched by their words, one to one; a content in several pieces may match one
             gold statement whole or several by its pieces (the gold splits at "he said"). Gold
             marked "marginal" is neither asked for nor punished. Within others: of those with a
             chain, marginal ones too, how many are found.
speaker      of the matched statements whose speaker the gold knows, how many have that speaker
chains       of the gold's chains, how many are matched and end with the same two names
pairs        pairs of passages of different articles that report the same point
differences  a difference is found when its values touch the gold's in two articles
timeline     dated passages: the same passage, the same date at the gold's precision
not body     of the gold's characters that are not the article, how many no body section holds
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import PurePath
from typing import Any

from evaluation.figures import Figure, Score, Share, Tally, pool
from evaluation.matching import (
    MIN_JACCARD,
    Stretch,
    find,
    is_same_date,
    is_same_name,
    is_same_passage,
    jaccard,
    overlap,
    words,
)
from evaluation.naming import kind_of_source
from retold.showing import voices

Json = Mapping[str, Any]
Passage = tuple[str, Stretch]  # the article's key and the place in it
Pair = tuple[Passage, Passage]

MAX_VALUE_CHARS = 300  # a longer value shows a reader nothing and is not counted


@dataclass(frozen=True, slots=True)
class Case:
    """A report beside the gold of its story; articles go by the stem of their file."""

    report: Json
    gold: Json
    texts: Mapping[str, str]
    keys: Mapping[str, str]
    names: Mapping[str, str]

    def at(self, key: str, excerpt: str) -> Stretch | None:
        return find(self.texts[key], excerpt) if key in self.texts else None


@dataclass(frozen=True, slots=True)
class Match:
    """One gold statement and the attribution that stands for it, None where nothing does."""

    gold: Json
    attribution: Json | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A difference as facet, kind and places by article; `source` is what it was made from."""

    facet: str
    kind: str
    places: Mapping[str, tuple[Stretch, ...]]
    source: Json


def case(report: Json, gold: Json) -> Case:
    """The report and the gold, made ready to be compared."""
    keys = {a["id"]: PurePath(a.get("path") or a["id"]).stem for a in report["articles"]}
    return Case(
        report=report,
        gold=gold,
        texts={keys[a["id"]]: a["text"] for a in report["articles"]},
        keys=keys,
        names={s["id"]: s["name"] for s in report.get("speakers", ())},
    )


def score(report: Json, gold: Json) -> Score:
    """All figures of one story."""
    it = case(report, gold)
    figures = {
        **statement_figures(it),
        **pair_figures(it),
        **difference_figures(it),
        **timeline_figures(it),
        **body_figures(it),
    }
    return Score(figures, tuple(missing(it)))


def missing(it: Case) -> Iterator[str]:
    """The gold excerpts that the report's texts do not hold, those of what is no article aside."""
    asked = [(s["article"], s["content"]) for s in it.gold.get("statements", ())]
    asked += [(t["article"], t["text"]) for t in it.gold.get("timeline", ())]
    for point in it.gold.get("points", ()):
        asked += [(e["article"], e["text"]) for e in point["evidence"]]
        for difference in point.get("differences", ()):
            asked += [(v["article"], v["text"]) for v in difference["values"] if v.get("text")]
    return (f"{key}: {excerpt}" for key, excerpt in asked if it.at(key, excerpt) is None)


# --- statements ----------------------------------------------------------------------------------


def matched_statements(it: Case) -> tuple[tuple[Match, ...], tuple[Json, ...]]:
    """Every gold statement with its attribution, and the attributions that are nobody's."""
    matches: list[Match] = []
    spare: list[Json] = []
    found, asked = _by_article(it)
    for key in sorted({*found, *asked}):
        taken = _assign(it.texts[key], found[key], [stretch for stretch, _ in asked[key]])
        used = set(taken.values())
        for index, (_, gold) in enumerate(asked[key]):
            matches.append(Match(gold, found[key][taken[index]] if index in taken else None))
        spare += [a for index, a in enumerate(found[key]) if index not in used]
    return tuple(matches), tuple(spare)


def statement_figures(it: Case) -> dict[str, Figure]:
    matches, spare = matched_statements(it)
    proper = [m for m in matches if not m.gold.get("marginal")]
    right = {id(m.attribution) for m in proper if m.attribution}
    found = sum(m.attribution is not None for m in proper)
    figures: dict[str, Figure] = {
        "statements": Tally(len(right), len(right) + len(spare), found, len(proper)),
        "speaker": Share(),
        "chains": Share(),
    }
    parts = (
        *(_kind_recall(m) for m in proper),
        *(_speaker(it, m) for m in matches),
        *(_chain(it, m) for m in matches),
    )
    return dict(pool(Score(f) for f in (figures, *parts)).figures)


def _by_article(it: Case) -> tuple[dict[str, list[Json]], dict[str, list[tuple[Stretch, Json]]]]:
    found: dict[str, list[Json]] = defaultdict(list)
    for attribution in it.report.get("attributions", ()):
        found[it.keys[attribution["article"]]].append(attribution)
    asked: dict[str, list[tuple[Stretch, Json]]] = defaultdict(list)
    for gold in it.gold.get("statements", ()):
        stretch = it.at(gold["article"], gold["content"])
        if stretch:
            asked[gold["article"]].append((stretch, gold))
    return found, asked


def _assign(text: str, found: Sequence[Json], asked: Sequence[Stretch]) -> dict[int, int]:
    """Gold index → attribution index, the best pairs first.

    Form 0 of a content is the whole of it, the others are its pieces: an attribution stands for
    one gold statement as a whole, or for several by its pieces, never both.
    """
    golds = [words(text, (stretch,)) for stretch in asked]
    candidates = sorted(
        (
            (jaccard(form, gold), index, number, other)
            for index, attribution in enumerate(found)
            for number, form in enumerate(_forms(text, attribution))
            for other, gold in enumerate(golds)
        ),
        reverse=True,
    )
    used: dict[int, set[int]] = defaultdict(set)
    taken: dict[int, int] = {}
    for similarity, index, number, other in candidates:
        forms = used[index]
        is_free = number not in forms and 0 not in forms and (number > 0 or not forms)
        if similarity >= MIN_JACCARD and other not in taken and is_free:
            forms.add(number)
            taken[other] = index
    return taken


def _forms(text: str, attribution: Json) -> list[frozenset[Stretch]]:
    pieces = stretches(attribution["content"])
    whole = [words(text, pieces)]
    return whole + [words(text, (piece,)) for piece in pieces] if len(pieces) > 1 else whole


def _kind_recall(match: Match) -> dict[str, Figure]:
    kind = match.gold.get("kind", "indirect")
    return {f"statements: {kind}": Share(match.attribution is not None, 1)}


def _speaker(it: Case, match: Match) -> dict[str, Figure]:
    if match.attribution is None or not knows_speaker(match.gold):
        return {}
    right = Share(has_right_speaker(it, match), 1)
    figures = {"speaker": right, f"speaker: {kind_of_source(match.gold)}": right}
    return figures | ({"speaker: perhaps": right} if _is_perhaps(it, match.attribution) else {})


def _is_perhaps(it: Case, attribution: Json) -> bool:
    """True if a reader is told that this is perhaps the speaker."""
    name = it.names.get(attribution.get("speaker") or "")
    text = it.texts[it.keys[attribution["article"]]]
    source = " ".join(text[s["start"] : s["end"]] for s in attribution.get("source", ()))
    return name is not None and voices.is_doubtful(
        attribution.get("speaker_score", 1.0), name=name, source=source
    )


def knows_speaker(gold: Json) -> bool:
    return bool(gold.get("speaker")) and gold["speaker"].casefold() != "unknown"


def has_right_speaker(it: Case, match: Match) -> bool:
    if match.attribution is None:
        return False
    name = it.names.get(match.attribution.get("speaker") or "")
    return is_same_name(name, match.gold["speaker"])


def _chain(it: Case, match: Match) -> dict[str, Figure]:
    asked = match.gold.get("chain") or ()
    if len(asked) < 2:
        return {}
    depth = "2" if len(asked) == 2 else "3 and more"
    right = Share(has_right_chain(it, match), 1)
    return {
        "statements: within others": Share(match.attribution is not None, 1),
        "chains": right,
        f"chains: depth {depth}": right,
    }


def has_right_chain(it: Case, match: Match) -> bool:
    """True if the attribution's chain ends with the gold's last two names, in that order."""
    chain = (match.attribution or {}).get("chain") or ()
    got = [it.names.get(speaker) for speaker in chain]
    asked = match.gold["chain"][-2:]
    return len(got) >= 2 and all(map(is_same_name, got[-2:], asked))


# --- points --------------------------------------------------------------------------------------


def pair_figures(it: Case) -> dict[str, Figure]:
    asked, found = gold_pairs(it), found_pairs(it)
    return {
        "pairs": Tally(
            sum(any(is_same_pair(p, g) for g in asked) for p in found),
            len(found),
            sum(any(is_same_pair(p, g) for p in found) for g in asked),
            len(asked),
        )
    }


def gold_pairs(it: Case) -> list[Pair]:
    groups = (
        [(e["article"], at) for e in p["evidence"] if (at := it.at(e["article"], e["text"]))]
        for p in it.gold.get("points", ())
    )
    return _across(groups)


def found_pairs(it: Case) -> list[Pair]:
    groups = (
        [(it.keys[p["article"]], (p["start"], p["end"])) for p in claim["passages"]]
        for claim in it.report.get("claims", ())
    )
    return _across(groups)


def is_same_pair(found: Pair, gold: Pair) -> bool:
    return any(
        p[0] == g[0]
        and q[0] == h[0]
        and is_same_passage(p[1], g[1])
        and is_same_passage(q[1], h[1])
        for (p, q), (g, h) in ((found, gold), (found, gold[::-1]))
    )


def _across(groups: Iterable[Sequence[Passage]]) -> list[Pair]:
    return [(a, b) for group in groups for a, b in combinations(group, 2) if a[0] != b[0]]


# --- differences ---------------------------------------------------------------------------------


def difference_figures(it: Case) -> dict[str, Figure]:
    asked, found = gold_differences(it), found_differences(it)
    conflicts = [g for g in asked if g.kind == "conflict"]
    figures: dict[str, Figure] = {
        "differences": _agreement(found, asked),
        "differences, same facet": _agreement(found, asked, strict=True),
        "conflicts found": Share(
            sum(any(agree(p, g) for p in found) for g in conflicts), len(conflicts)
        ),
    }
    for facet in sorted({d.facet for d in (*asked, *found)}):
        of_facet = _agreement([p for p in found if p.facet == facet], asked)
        to_find = _agreement(found, [g for g in asked if g.facet == facet])
        figures[f"differences: {facet}"] = Tally(
            of_facet.right, of_facet.predicted, to_find.found, to_find.gold
        )
    return figures


def gold_differences(it: Case) -> list[Disagreement]:
    """Those with a place in two articles or more."""
    out = []
    for point in it.gold.get("points", ()):
        for difference in point.get("differences", ()):
            values = (
                (v["article"], at)
                for v in difference["values"]
                if v.get("text") and (at := it.at(v["article"], v["text"]))
            )
            out.append(_disagreement(difference, values))
    return [d for d in out if len(d.places) >= 2]


def found_differences(it: Case) -> list[Disagreement]:
    """Those with a value short enough to show in two articles or more."""
    out = []
    for claim in it.report.get("claims", ()):
        for difference in claim.get("differences", ()):
            values = (
                (it.keys[v["article"]], (v["start"], v["end"]))
                for v in difference["values"]
                if v["end"] - v["start"] <= MAX_VALUE_CHARS
            )
            out.append(_disagreement(difference, values))
    return [d for d in out if len(d.places) >= 2]


def agree(found: Disagreement, gold: Disagreement) -> bool:
    """True if their values touch in at least two articles."""
    touching = (
        any(overlap(x, y) for x in found.places[key] for y in gold.places[key])
        for key in found.places.keys() & gold.places.keys()
    )
    return sum(touching) >= 2


def _disagreement(difference: Json, values: Iterable[Passage]) -> Disagreement:
    places: dict[str, list[Stretch]] = defaultdict(list)
    for key, stretch in values:
        places[key].append(stretch)
    return Disagreement(
        facet=difference["facet"],
        kind=difference.get("kind", ""),
        places={key: tuple(found) for key, found in places.items()},
        source=difference,
    )


def _agreement(
    found: Sequence[Disagreement], asked: Sequence[Disagreement], *, strict: bool = False
) -> Tally:
    def hit(p: Disagreement, g: Disagreement) -> bool:
        return agree(p, g) and (not strict or p.facet == g.facet)

    return Tally(
        sum(any(hit(p, g) for g in asked) for p in found),
        len(found),
        sum(any(hit(p, g) for p in found) for g in asked),
        len(asked),
    )


# --- timeline and body ---------------------------------------------------------------------------


def timeline_figures(it: Case) -> dict[str, Figure]:
    asked = [
        (t["article"], at, t["date"])
        for t in it.gold.get("timeline", ())
        if (at := it.at(t["article"], t["text"]))
    ]
    found = [
        (it.keys[t["article"]], (t["start"], t["end"]), t["date"])
        for t in it.report.get("timeline", ())
    ]

    def hit(p: tuple[str, Stretch, str], g: tuple[str, Stretch, str]) -> bool:
        return p[0] == g[0] and overlap(p[1], g[1]) > 0 and is_same_date(p[2], g[2])

    return {
        "timeline": Tally(
            sum(any(hit(p, g) for g in asked) for p in found),
            len(found),
            sum(any(hit(p, g) for p in found) for g in asked),
            len(asked),
        )
    }


def body_figures(it: Case) -> dict[str, Figure]:
    bodies = {
        it.keys[a["id"]]: [
            (s["start"], s["end"]) for s in a["sections"] if s["kind"] in ("body", "title")
        ]
        for a in it.report["articles"]
    }
    out = Share()
    for excerpt in it.gold.get("not_body", ()):
        key = excerpt["article"]
        if at := it.at(key, excerpt["text"]):
            held = sum(overlap(at, body) for body in bodies[key])
            out += Share(at[1] - at[0] - held, at[1] - at[0])
    return {"not body": out}


def stretches(spots: Iterable[Json]) -> list[Stretch]:
    return [(spot["start"], spot["end"]) for spot in spots]
