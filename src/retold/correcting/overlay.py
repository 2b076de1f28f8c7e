"""Corrections laid over a report: a report that says what the reader says, and where.

The machine's report stays as it is. Corrections are laid in the order in which they were made; the
last word on a thing is the one that holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from retold.correcting import fixes
from retold.correcting.records import Correction, Undo, article_ids
from retold.types import Report


class Standing(StrEnum):
    """Whether a correction holds: it does, its words are not found, or it was undone."""

    HOLDS = "holds"
    LOST = "no longer finds its place"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A correction, whether it holds, and the id of the statement or claim that it changed.

    `target` is empty where it changed neither.
    """

    correction: Correction
    standing: Standing
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A report with the corrections that are about it, in the order in which they were made."""

    report: Report
    laid: tuple[Laid, ...] = ()


def apply(report: Report, corrections: Iterable[Correction]) -> Corrected:
    """`report` as the reader has it. Corrections of other articles are left out, undos counted."""
    machine = report
    present = {article.id for article in report.articles}
    held = tuple(c for c in in_order(corrections) if _is_about(article_ids(c.deed), present))
    undone = cancelled(corrections)
    laid: list[Laid] = []
    for correction in held:
        if correction.id in undone:
            laid.append(Laid(correction=correction, standing=Standing.UNDONE))
            continue
        fixed = fixes.fix(report, correction, machine=machine)
        if fixed is None:
            laid.append(Laid(correction=correction, standing=Standing.LOST))
        else:
            report = fixed.report
            laid.append(Laid(correction=correction, standing=Standing.HOLDS, target=fixed.target))
    return Corrected(report=report, laid=tuple(laid))


def in_order(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Each correction once, the earliest first."""
    return tuple(sorted({c.id: c for c in corrections}.values(), key=lambda c: (c.at, c.id)))


def cancelled(corrections: Iterable[Correction]) -> frozenset[str]:
    """The ids of those that are undone; an undo that is undone itself undoes nothing."""
    out: set[str] = set()
    for correction in reversed(in_order(corrections)):
        if isinstance(correction.deed, Undo) and correction.id not in out:
            out.add(correction.deed.correction_id)
    return frozenset(out)


def _is_about(about: frozenset[str], present: set[str]) -> bool:
    """True if what is between articles has at least two of them here."""
    return len(about & present) >= min(2, max(1, len(about)))


def of_report(report: Report, corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """Those that are about articles of the report, and the undos of these."""
    present = {article.id for article in report.articles}
    kept = {c.id for c in corrections if _is_about(article_ids(c.deed), present)}
    for correction in in_order(corrections):
        if isinstance(correction.deed, Undo) and correction.deed.correction_id in kept:
            kept.add(correction.id)
    return tuple(c for c in in_order(corrections) if c.id in kept)
