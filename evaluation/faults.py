"""The most instructive errors of a report, worst kind first, in marked text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from evaluation import excerpts, planted
from evaluation.matching import is_same_name
from evaluation.metrics import (
    Case,
    Json,
    Match,
    agree,
    found_differences,
    gold_differences,
    has_right_chain,
    has_right_speaker,
    knows_speaker,
    matched_statements,
)


def worst(cases: Sequence[tuple[str, Case, Sequence[Json]]], *, limit: int) -> list[str]:
    """At most `limit` errors, one of each kind in turn so that no kind hides the others."""
    kinds = [
        [found for name, it, plants in cases for found in kind(name, it, plants)]
        for kind in (
            _wrong_speakers,
            _invented_conflicts,
            _missed_plants,
            _missed_conflicts,
            _wrong_chains,
            _missed_statements,
            _spurious_statements,
        )
    ]
    in_turn = (fault for row in zip_longest(*kinds) for fault in row if fault is not None)
    return [fault for fault, _ in zip(in_turn, range(limit), strict=False)]


def _wrong_speakers(name: str, it: Case, _: Sequence[Json]) -> Iterator[str]:
    wrong = [
        m
        for m in _matches(it)
        if m.attribution
        and m.attribution.get("speaker")
        and knows_speaker(m.gold)
        and not has_right_speaker(it, m)
    ]
    for match in sorted(wrong, key=lambda m: m.gold.get("kind") != "direct"):
        told = it.names.get(match.attribution["speaker"]) if match.attribution else None
        yield _fault(
            f"{name} · wrong speaker: {told!r}, is {match.gold['speaker']!r}", _shown(it, match)
        )


def _invented_conflicts(name: str, it: Case, plants: Sequence[Json]) -> Iterator[str]:
    invented = {id(d) for d in planted.inventions(it, plants)}
    for found in found_differences(it):
        if id(found.source) in invented:
            yield _fault(
                f"{name} · conflict that is not in the gold: {found.facet}",
                *excerpts.difference(it, found),
            )


def _missed_plants(name: str, it: Case, plants: Sequence[Json]) -> Iterator[str]:
    for plant in plants:
        found = planted.is_found(it, plant)
        if found == (plant["is"] == "same"):
            verb = "trap stepped into" if found else f"planted {plant['is']} missed"
            yield _fault(
                f"{name} · {verb}: {plant['what']} ({plant['facet']})",
                *(excerpts.excerpt(it, v["article"], v["text"]) for v in plant["values"]),
            )


def _missed_conflicts(name: str, it: Case, plants: Sequence[Json]) -> Iterator[str]:
    if plants:
        return
    found = found_differences(it)
    for gold in gold_differences(it):
        if gold.kind == "conflict" and not any(agree(p, gold) for p in found):
            note = gold.source.get("note", "")
            yield _fault(
                f"{name} · conflict missed: {gold.facet}: {note}", *excerpts.difference(it, gold)
            )


def _wrong_chains(name: str, it: Case, _: Sequence[Json]) -> Iterator[str]:
    for match in _matches(it):
        if len(match.gold.get("chain") or ()) >= 2 and not has_right_chain(it, match):
            got = [it.names.get(s, s) for s in (match.attribution or {}).get("chain") or ()]
            yield _fault(
                f"{name} · chain {' › '.join(got) or 'none'}, is {' › '.join(match.gold['chain'])}"
                f" ({_lost_at(match, got)})",
                _shown(it, match),
            )


def _lost_at(match: Match, got: Sequence[str]) -> str:
    """Where a chain parts from the gold's."""
    if match.attribution is None:
        return "the statement is not found"
    if not got:
        return "its speaker is not told"
    if not is_same_name(got[-1], match.gold["chain"][-1]):
        return "another speaks"
    return "nobody above" if len(got) == 1 else "another above"


def _missed_statements(name: str, it: Case, _: Sequence[Json]) -> Iterator[str]:
    missed = [m for m in _matches(it) if not m.attribution and not m.gold.get("marginal")]
    for match in sorted(missed, key=lambda m: m.gold.get("kind") != "direct"):
        kind = match.gold.get("kind", "")
        yield _fault(f"{name} · {kind} statement missed", _shown(it, match))


def _spurious_statements(name: str, it: Case, _: Sequence[Json]) -> Iterator[str]:
    spare = sorted(matched_statements(it)[1], key=lambda a: -a.get("score", 0.0))
    for attribution in spare:
        yield _fault(f"{name} · not a statement", excerpts.statement(it, attribution))


def _matches(it: Case) -> tuple[Match, ...]:
    return matched_statements(it)[0]


def _shown(it: Case, match: Match) -> str:
    if match.attribution is not None:
        return excerpts.statement(it, match.attribution)
    return excerpts.excerpt(it, match.gold["article"], match.gold["content"])


def _fault(title: str, *lines: str) -> str:
    return "\n".join([title, *(f"    {line}" for line in lines)])
