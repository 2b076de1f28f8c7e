"""What comes out: text where it was asked for, all else on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from retold.types import Failure

SOME_FAILED = 3
WIDTH = 80
SUFFIXES = {".html": "html", ".htm": "html", ".json": "json", ".txt": "text", ".marked": "marked"}


def form_of(form: str | None, output: Path | None) -> str:
    if output:
        writable(output)
    chosen = form or (SUFFIXES.get(output.suffix.lower(), "text") if output else "text")
    if chosen == "html" and output is None and sys.stdout.isatty():
        raise click.UsageError("a page belongs in a file: add -o report.html")
    return chosen


def writable(output: Path) -> None:
    folder = output.parent
    if not folder.is_dir():
        raise click.BadParameter(f"there is no folder {folder}.", param_hint="--output")
    if not os.access(output if output.exists() else folder, os.W_OK):
        raise click.BadParameter(f"{output} cannot be written.", param_hint="--output")


def screen(output: Path | None) -> dict[str, Any]:
    """Width and colour of what is written to: 80 and none, but on a terminal."""
    if output or not sys.stdout.isatty():
        return {"width": WIDTH, "colour": False}
    import shutil

    width = max(40, min(120, shutil.get_terminal_size((WIDTH, 24)).columns))
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return {"width": width, "colour": not plain}


def emit(text: str, output: Path | None) -> None:
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
    return told if failure.source in told else f"{failure.source}: {told}"


def say(words: str) -> None:
    click.echo(words, err=True)


@contextmanager
def progress(label: str, total: int | None) -> Iterator[Callable[[], None]]:
    """A bar on stderr while the block runs, on a terminal only."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda: bar.advance(task)
