"""Whether a report finds what was planted in an example, and what it invents.

A planted `difference` is found when one difference of the report touches two of its values; an
`omission` when a claim that holds its text is silent in the articles it names; a `chain` when the
statement's chain ends with its last two names; a `telling` when two of its articles stand in one
telling. `same` is the trap: it is stepped into when a conflict of its facet is made of its values
and of nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from evaluation.figures import Figure, Share, pool
from evaluation.figures import Score as Figures
from evaluation.matching import Stretch, is_same_name, overlap
from evaluation.metrics import Case, Json, agree, found_differences, gold_differences, stretches

MIN_TOUCHED = 2


def is_found(it: Case, planted: Json) -> bool:
    """True if the report shows it, by the rule of its kind; for a trap: if it is stepped into."""
    return _RULES[planted["is"]](it, planted)


def inventions(it: Case, planted: Sequence[Json]) -> list[Json]:
    """The differences that are called conflicts and are in neither the gold nor the plants."""
    gold = gold_differences(it)
    places = [_places(it, p) for p in planted if p["is"] == "difference"]
    return [
        found.source
        for found in found_differences(it)
        if found.kind == "conflict"
        and not any(agree(found, g) for g in gold)
        and not any(_touched(it, found.source, place) >= MIN_TOUCHED for place in places)
    ]


def figures(it: Case, planted: Sequence[Json]) -> dict[str, Figure]:
    """What was found of what was planted, in all and by kind, and how much was invented."""
    parts: list[dict[str, Figure]] = [{"planted": Share(), "traps avoided": Share()}]
    for plant in planted:
        found = is_found(it, plant)
        if plant["is"] == "same":
            parts.append({"traps avoided": Share(not found, 1)})
        else:
            share = Share(found, 1)
            parts.append({"planted": share, f"planted: {plant['is']}": share})
    conflicts = [d for d in found_differences(it) if d.kind == "conflict"]
    invented = len(inventions(it, planted))
    parts.append({"conflicts not invented": Share(len(conflicts) - invented, len(conflicts))})
    return dict(pool(Figures(part) for part in parts).figures)


# --- the rules -----------------------------------------------------------------------------------


def _is_difference(it: Case, planted: Json) -> bool:
    places = _places(it, planted)
    return any(_touched(it, d, places) >= MIN_TOUCHED for d in _differences(it))


def _is_trap(it: Case, planted: Json) -> bool:
    places = _places(it, planted)
    return any(
        _touched(it, d, places) >= MIN_TOUCHED
        and all(_touched(it, {"values": [value]}, places) for value in d["values"])
        for d in _differences(it)
        if d.get("kind") == "conflict" and d["facet"] == planted["facet"]
    )


def _is_omission(it: Case, planted: Json) -> bool:
    places = _places(it, planted)
    for claim in it.report.get("claims", ()):
        silent = {it.keys[article] for article in claim.get("silent", ())}
        if silent >= set(planted["silent"]) and _hold(it, claim["passages"], places):
            return True
    return False


def _is_chain(it: Case, planted: Json) -> bool:
    ((key, at),) = _places(it, planted)
    for attribution in it.report.get("attributions", ()):
        is_here = it.keys[attribution["article"]] == key and any(
            2 * overlap(piece, at) >= at[1] - at[0] for piece in stretches(attribution["content"])
        )
        chain = [it.names.get(speaker) for speaker in attribution.get("chain", ())]
        if (
            is_here
            and len(chain) >= 2
            and all(map(is_same_name, chain[-2:], planted["chain"][-2:]))
        ):
            return True
    return False


def _is_telling(it: Case, planted: Json) -> bool:
    named = {value["article"] for value in planted["values"]}
    return any(
        len(named & {it.keys[article] for article in telling["articles"]}) >= MIN_TOUCHED
        for telling in it.report.get("tellings", ())
    )


_RULES: Mapping[str, Callable[[Case, Json], bool]] = {
    "difference": _is_difference,
    "same": _is_trap,
    "omission": _is_omission,
    "chain": _is_chain,
    "telling": _is_telling,
}


def _differences(it: Case) -> list[Json]:
    return [d for claim in it.report.get("claims", ()) for d in claim.get("differences", ())]


def _places(it: Case, planted: Json) -> list[tuple[str, Stretch]]:
    found = ((v["article"], it.at(v["article"], v["text"])) for v in planted["values"])
    return [(key, at) for key, at in found if at]


def _touched(it: Case, difference: Json, places: Sequence[tuple[str, Stretch]]) -> int:
    """How many of the places a value of the difference touches."""
    values = [(it.keys[v["article"]], (v["start"], v["end"])) for v in difference["values"]]
    return sum(any(key == k and overlap(at, v) for k, v in values) for key, at in places)


def _hold(it: Case, passages: Sequence[Json], places: Sequence[tuple[str, Stretch]]) -> bool:
    held = [(it.keys[p["article"]], (p["start"], p["end"])) for p in passages]
    return any(key == k and overlap(at, p) for k, p in held for key, at in places)
