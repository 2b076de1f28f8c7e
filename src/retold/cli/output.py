"""What comes out: what was asked for where it was asked for, all else on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from retold.showing.formats import FORMATS, NAMED, Format, Output, by_suffix

if TYPE_CHECKING:
    from retold.showing.formats import Written
    from retold.types import Failure

Command = TypeVar("Command", bound=Callable[..., Any])

SOME_FAILED = 3
WIDTH = 80
FOR_REPORTS = tuple(form for form in FORMATS if form.is_for_reports)
FOR_READINGS = tuple(form for form in FORMATS if form.is_for_readings)


def format_option(forms: Sequence[Format]) -> Callable[[Command], Command]:
    """Gives a command the argument `form`, the name of one of the formats."""
    return click.option(
        "--format",
        "form",
        type=click.Choice([form.name for form in forms]),
        metavar="FORMAT",
        help="Default: by the name of the output file, else text.",
    )


def listed(forms: Sequence[Format]) -> str:
    """The formats with what they are, for the end of a command's help."""
    width = max(len(form.name) for form in forms)
    return "\n".join(["\b", "Formats:", *(f"  {f.name:{width}}  {f.about}" for f in forms)])


def form_of(name: str | None, output: Path | None) -> Format:
    """The format that was asked for, by its name or by the suffix of the file, else text.

    Raises:
        click.UsageError: the format cannot be written there.
    """
    form = NAMED[name or (output and by_suffix(output)) or "text"]
    if output and output.suffix and not name and not by_suffix(output):
        raise click.UsageError(
            f"no format is written as {output.suffix}: name one with --format, "
            "or a file such as report.html or report.txt."
        )
    if output:
        (_new_folder if form.output is Output.FOLDER else writable)(output)
    elif form.output is Output.FOLDER:
        raise click.UsageError(f"{form.name} is several files: add -o FOLDER")
    elif form.output is Output.BYTES:
        raise click.UsageError(f"{form.name} is no text: add -o report{form.suffixes[0]}")
    elif form.output is Output.PAGE and sys.stdout.isatty():
        raise click.UsageError("a page belongs in a file: add -o report.html")
    return form


def writable(output: Path) -> None:
    folder = output.parent
    if output.is_dir():
        raise click.BadParameter(f"{output} is a folder; name a file.", param_hint="--output")
    if not folder.is_dir():
        raise click.BadParameter(f"there is no folder {folder}.", param_hint="--output")
    if not os.access(output if output.exists() else folder, os.W_OK):
        raise click.BadParameter(f"{output} cannot be written.", param_hint="--output")


def _new_folder(output: Path) -> None:
    """Nothing that was corrected by hand is written over."""
    if output.exists() and not output.is_dir():
        raise click.BadParameter(f"{output} is a file; name a folder.", param_hint="--output")
    if output.is_dir() and any(output.iterdir()):
        raise click.BadParameter(
            f"{output} is not empty, and what is in it would be lost; name a new folder.",
            param_hint="--output",
        )
    if not output.is_dir():
        writable(output)


def screen(output: Path | None) -> dict[str, Any]:
    """Width and colour of what is written to: 80 and none, but on a terminal."""
    if output or not sys.stdout.isatty():
        return {"width": WIDTH, "colour": False}
    import shutil

    width = max(40, min(120, shutil.get_terminal_size((WIDTH, 24)).columns))
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return {"width": width, "colour": not plain}


def emit(written: Written, output: Path | None) -> None:
    """Writes to the file or folder, else to stdout, where only text goes."""
    with whole(output):
        _emit(written, output)


@contextmanager
def whole(output: Path | None) -> Iterator[None]:
    """No half of a new file is left where it cannot be written to its end.

    Raises:
        click.ClickException: the disk is full, or it may not be written.
    """
    is_new = output is not None and not output.exists()
    try:
        yield
    except OSError as error:
        if output is None:
            raise
        if is_new and output.is_file():
            output.unlink()
        raise click.ClickException(f"{output} could not be written: {error.strerror}.") from error


def _emit(written: Written, output: Path | None) -> None:
    if isinstance(written, str):
        _emit_text(written, output)
    elif output is None:
        raise click.UsageError("this is no text: add -o FILE")
    elif isinstance(written, bytes):
        output.write_bytes(written)
    else:
        output.mkdir(exist_ok=True)
        for name, text in written.items():
            _emit_text(text, output / name)


def _emit_text(text: str, output: Path | None) -> None:
    if output:
        output.write_text(text, encoding="utf-8", newline="\n")
    elif sys.stdout.isatty():
        click.echo(text, nl=False, color=True)
    else:
        click.echo(text.encode(), nl=False)


def end(ctx: click.Context, failures: Sequence[Failure]) -> None:
    """Names what failed on stderr; the exit code tells that something did."""
    if failures:
        counted = "1 source" if len(failures) == 1 else f"{len(failures)} sources"
        say(f"warning: {counted} could not be read:\n{lines(failures)}")
        ctx.exit(SOME_FAILED)


def lines(failures: Sequence[Failure]) -> str:
    return "\n".join(f"  {line(failure)}" for failure in failures)


def line(failure: Failure) -> str:
    told = f"{failure.message} {failure.hint}".strip()
    return shown(told if failure.source in told else f"{failure.source}: {told}")


def say(words: str) -> None:
    click.echo("\n".join(map(shown, words.split("\n"))), err=True)


def shown(words: str) -> str:
    """The words on one line, without what a terminal would obey: a server may have said them."""
    if words.isprintable():
        return words
    from retold.showing.page import printable  # rich takes 0.05 s

    return printable(words)


@contextmanager
def progress(label: str, total: float | None) -> Iterator[Callable[..., None]]:
    """A bar on stderr while the block runs, on a terminal only; what is yielded moves it on by one,
    or by as much as it is given."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda much=1: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda much=1: bar.advance(task, much)
