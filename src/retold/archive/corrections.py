"""The corrections of an archive: a log that grows, from which nothing is ever taken.

They belong to articles by id and outlast readings: run the machine's part again, and they are laid
over what it finds. Forgetting an article forgets what was corrected in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from retold.archive.store import Archive
from retold.correcting import file, overlay
from retold.correcting.records import Anchor, Correction, Undo, anchors, article_ids
from retold.errors import FormatError, StoreError
from retold.spans import cut


def add(archive: Archive, corrections: Iterable[Correction]) -> int:
    """Keep corrections, all or at an error none; how many of them were new.

    Raises:
        StoreError: an undo of a correction that is not held.
    """
    new = 0
    with archive.writing():
        for correction in overlay.in_order(corrections):
            new += _add(archive, correction)
    return new


def _add(archive: Archive, correction: Correction) -> bool:
    do = archive.database.do
    if archive.database.value("SELECT 1 FROM corrections WHERE id = ?", (correction.id,)):
        return False
    about = article_ids(correction.deed)
    if isinstance(correction.deed, Undo):
        about = frozenset(_about(archive, correction.deed.correction_id))
    do(
        "INSERT INTO corrections (id, at, entry) VALUES (?, ?, ?)",
        (
            correction.id,
            correction.at.isoformat(),
            msgspec.json.encode(file.entry(correction)).decode(),
        ),
    )
    archive.database.do_all(
        "INSERT INTO corrected VALUES (?, ?)", [(correction.id, id) for id in sorted(about)]
    )
    return True


def _about(archive: Archive, id: str) -> list[str]:
    """The articles that a correction of the archive is about."""
    found = archive.database.rows("SELECT article FROM corrected WHERE correction = ?", (id,))
    if not found:
        raise StoreError(
            f"there is no correction {id} to undo.",
            hint="`retold corrections list` shows those that the archive holds.",
        )
    return [row["article"] for row in found]


def held(archive: Archive) -> tuple[Correction, ...]:
    """Every correction, the earliest first."""
    return _decoded(
        row["entry"] for row in archive.database.rows("SELECT entry FROM corrections ORDER BY at")
    )


def mark(archive: Archive) -> str:
    """The same as long as nothing is added to the log, and nothing forgotten."""
    return str(
        archive.database.value(
            "SELECT count(*) || ' ' || coalesce(max(number), 0) FROM corrections"
        )
    )


def about(archive: Archive, articles: Iterable[str]) -> tuple[Correction, ...]:
    """The corrections that are about any of the articles, the earliest first, and their undos."""
    ids = tuple(articles)
    marks = ", ".join("?" * len(ids)) or "NULL"
    found = archive.database.rows(
        "SELECT entry FROM corrections WHERE id IN (SELECT correction FROM corrected"  # noqa: S608
        f" WHERE article IN ({marks})) ORDER BY at",
        ids,
    )
    return _decoded(row["entry"] for row in found)


def faults(archive: Archive) -> Iterator[tuple[str | None, str]]:
    """What is wrong with the log, each with the article that it is about, if it is about one."""
    known: set[str] = set()
    for row in archive.database.rows("SELECT id, entry FROM corrections ORDER BY at, number"):
        try:
            (correction,) = _decoded((row["entry"],))
        except StoreError as error:
            yield None, error.message
            continue
        known.add(correction.id)
        if isinstance(correction.deed, Undo) and correction.deed.correction_id not in known:
            yield None, f"correction {correction.id} undoes one that is not there"
        for anchor in anchors(correction.deed):
            if anchor.article_id in archive and not _stands(archive, anchor):
                yield anchor.article_id, f"correction {correction.id} quotes other words"


def _stands(archive: Archive, anchor: Anchor) -> bool:
    text = archive.reading(anchor.article_id).article.text
    return cut(text, anchor.span) == anchor.words


def _decoded(entries: Iterable[str]) -> tuple[Correction, ...]:
    try:
        return overlay.in_order(file.of_entry(msgspec.json.decode(entry)) for entry in entries)
    except (FormatError, msgspec.DecodeError) as error:
        raise StoreError(
            f"a correction in the archive cannot be read ({error}).",
            hint="Put back a copy made by `retold backup`.",
        ) from error
