"""What comparing a story came to, in numbers, kept until there is something else to compare.

Who compares articles of an archive keeps what it came to, so that a list of stories shows it
without comparing again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from retold import __version__
from retold.archive import corrections
from retold.archive.store import Archive
from retold.correcting import overlay
from retold.errors import StoreError
from retold.types import DifferenceKind, Report

SURE_SCORE = 0.5  # from here on a difference is rather one than not

KEPT = """INSERT INTO counts VALUES (?, ?, ?, ?, ?) ON CONFLICT (article) DO UPDATE SET
state = excluded.state, tellings = excluded.tellings, differences = excluded.differences,
conflicts = excluded.conflicts"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a comparison of a story's articles finds, with the corrections of the archive laid over
    it: independent tellings, and the differences that are rather such than not, conflicts counted
    among them."""

    tellings: int
    differences: int
    conflicts: int


def known(archive: Archive, article_ids: Iterable[str]) -> Counts | None:
    """What the comparison of these articles came to; None if they have not been compared as they
    are now."""
    ids = sorted(article_ids)
    found = archive.database.rows("SELECT * FROM counts WHERE article = ?", (ids[0],))
    if not found or found[0]["state"] != _state(archive, ids):
        return None
    (row,) = found
    return Counts(
        tellings=row["tellings"], differences=row["differences"], conflicts=row["conflicts"]
    )


def keep(archive: Archive, report: Report) -> Counts:
    """What a report on articles of the archive comes to, kept if the archive may be written.

    Args:
        report: as retold makes it; the corrections are laid over it here.
    """
    ids = sorted(article.id for article in report.articles)
    made = corrections.about(archive, ids)
    counts = _counted(overlay.apply(report, made).report)
    if all(id in archive for id in ids):
        values = (counts.tellings, counts.differences, counts.conflicts)
        with suppress(StoreError), archive.writing():
            archive.database.do(KEPT, (ids[0], _state(archive, ids), *values))
    return counts


def _counted(report: Report) -> Counts:
    sure = [d for claim in report.claims for d in claim.differences if d.score >= SURE_SCORE]
    return Counts(
        tellings=len(report.tellings),
        differences=len(sure),
        conflicts=sum(d.kind is DifferenceKind.CONFLICT for d in sure),
    )


def _state(archive: Archive, ids: list[str]) -> str:
    """The same as long as comparing the articles would come to the same."""
    marks = ", ".join("?" * len(ids))
    sql = f"SELECT id, model FROM articles WHERE id IN ({marks}) ORDER BY id"  # noqa: S608
    held = [f"{row['id']} {row['model']}" for row in archive.database.rows(sql, ids)]
    made = [correction.id for correction in corrections.about(archive, ids)]
    return hashlib.sha256("\n".join((__version__, *held, *made)).encode()).hexdigest()
