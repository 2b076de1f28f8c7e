"""`retold corrections`: what readers corrected, listed, taken out and put in by itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from retold.cli.output import emit, say, writable
from retold.cli.place import archive_option, opened
from retold.cli.verbs import Verb, Verbs
from retold.errors import FormatError

if TYPE_CHECKING:
    from retold.correcting.overlay import Corrected
    from retold.correcting.records import Correction
    from retold.types import Report

EXAMPLES = """\b
Examples:
  retold corrections list
  retold corrections export -o corrections.json
  retold corrections import corrections.json
  retold compare articles/ --corrections corrections.json -o report.html"""


@click.group(cls=Verbs, epilog=EXAMPLES)
def corrections() -> None:
    """What readers corrected: records of their own, laid over what retold finds.

    They are made in the pages of `retold serve`.
    """


@corrections.command("list", cls=Verb)
@archive_option
def list_corrections(place: str) -> None:
    """Show the corrections of an archive, the earliest first."""
    from retold.archive import corrections as log
    from retold.correcting import overlay
    from retold.correcting.overlay import Laid, Standing
    from retold.showing.corrections import told

    with opened(place) as archive:
        held = log.held(archive)
    undone = overlay.cancelled(held)
    if not held:
        say("The archive has no corrections.")
    for correction in held:
        standing = Standing.UNDONE if correction.id in undone else Standing.HOLDS
        (each,) = told((Laid(correction=correction, standing=standing),))
        change = f"{each.was} → {each.now}" if each.was else each.now
        state = "" if each.holds else f" [{standing.value}]"
        click.echo(f"{each.id}  {each.day}  {each.who}: {each.what}{state}  {_line(change)}")


@corrections.command("export", cls=Verb)
@archive_option
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
def export_corrections(place: str, output: Path | None) -> None:
    """Write the corrections of an archive as one JSON file."""
    from retold.archive import corrections as log
    from retold.correcting import file

    if output:
        writable(output)
    with opened(place) as archive:
        emit(file.encode(log.held(archive)), output)


@corrections.command("import", cls=Verb)
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@archive_option
def import_corrections(source: Path, place: str) -> None:
    """Add the corrections of a file to an archive; those that it has already are left alone."""
    from retold.archive import corrections as log

    made = of_file(source)
    with opened(place) as archive:
        new = log.add(archive, made)
    say(f"{new} of {len(made)} corrections are new.")


def of_file(path: Path) -> tuple[Correction, ...]:
    """The corrections in a file that was exported.

    Raises:
        FormatError: it is none.
    """
    from retold.correcting import file

    try:
        return file.decode(path.read_bytes())
    except FormatError as error:
        raise FormatError(f"{path}: {error.message}", hint=error.hint) from error


def corrected(report: Report, made: tuple[Correction, ...]) -> Corrected:
    """The report with the corrections laid over it; says which find no place any longer."""
    from retold.correcting import overlay
    from retold.correcting.overlay import Standing

    found = overlay.apply(report, made)
    lost = [laid.correction.id for laid in found.laid if laid.standing is Standing.LOST]
    if lost:
        say(
            f"note: {len(lost)} of {len(found.laid)} corrections no longer find their place: "
            f"{', '.join(lost)}."
        )
    return found


def _line(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 100 else f"{flat[:99]}…"
