"""`retold add`, `check`, `export`, `backup`, `forget`: what goes into an archive and out of it."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retold.cli.compare import day_of
from retold.cli.mapping import map_option
from retold.cli.output import end, lines, say, whole, writable
from retold.cli.place import archive_option, opened
from retold.cli.verbs import Verb

if TYPE_CHECKING:
    from retold.archive.store import Archive
    from retold.intake import Outcome
    from retold.types import Article, Failure

SHOWN = 3  # edits of an article, unless all are asked for
LOG_SECONDS = 60  # between two lines about a run, where nobody watches it

ADD_EXAMPLES = """\b
Examples:
  retold add monday.html tuesday.txt
  retold add articles/ https://news.example/feed.xml
  zcat articles.jsonl.gz | retold add -
  retold add --retry-failed

\b
Exit codes: 0 done, 1 nothing could be done, 2 wrong usage,
3 done without some sources, which are named on stderr."""


@click.command(cls=Verb, epilog=ADD_EXAMPLES)
@click.argument("sources", nargs=-1, metavar="[SOURCE...]")
@archive_option
@click.option("--jobs", type=click.IntRange(min=1), help="Processes that read. Default: the cores.")
@click.option("--retry-failed", is_flag=True, help="Try again what failed in earlier runs.")
@click.option("--outlet", help="The outlet of the articles that do not say it.")
@click.option("--published", metavar="YYYY-MM-DD", help="The date of those that do not say it.")
@map_option
@click.option("--all", "show_all", is_flag=True, help="Show every change of a new version.")
@click.pass_context
def add(
    ctx: click.Context,
    sources: Sequence[str],
    place: str,
    jobs: int | None,
    retry_failed: bool,
    outlet: str | None,
    published: str | None,
    fields: Mapping[str, str] | None,
    show_all: bool,
) -> None:
    """Read articles and keep them in the archive.

    A SOURCE is anything that `retold compare` takes. An article is read once: the same text from
    the same address is not added again, another text from that address is kept as a new version
    beside the old one. A run that was broken off goes on when it is started again.
    """
    if not sources and not retry_failed:
        raise click.UsageError("Give a SOURCE, or --retry-failed.")
    from retold import intake
    from retold.sources.metadata import Metadata

    settings = intake.Settings(
        known=Metadata(outlet=outlet, published=day_of(published)),
        fields=fields,
        model=ctx.find_root().params["model"],
        jobs=jobs or os.cpu_count() or 1,
    )
    with opened(place, create=True) as archive:
        given = [*sources, *(_failed(archive) if retry_failed else ())]
        run = _Run()
        try:
            with _counting() as count:
                for outcome in intake.add(archive, given, settings=settings):
                    run.meet(outcome, show_all=show_all)
                    count(run.kept.total())
        except KeyboardInterrupt:
            say("Broken off; the same command goes on from here.")
            raise
        finally:  # after an error too: what is counted is kept
            for note in run.notes:
                say(f"note: {note}")
            click.echo("".join(run.changes) + run.summary(archive))
    if run.failures and not run.kept:
        raise click.ClickException(f"nothing could be added.\n{lines(run.failures)}")
    end(ctx, run.failures)


class _Run:
    """What a run of `add` has met so far, to be told at its end."""

    def __init__(self) -> None:
        self.kept: Counter[str] = Counter()
        self.changes: list[str] = []
        self.notes: list[str] = []
        self.failures: list[Failure] = []

    def meet(self, outcome: Outcome, *, show_all: bool) -> None:
        from retold.intake import Taken
        from retold.types import Failure

        if isinstance(outcome, Failure):
            self.failures.append(outcome)
        elif isinstance(outcome, Taken):
            self.kept[outcome.kept] += 1
            if outcome.before:
                self.changes.append(changed(outcome.before, outcome.article, show_all=show_all))
        else:
            self.notes.append(outcome.words)

    def summary(self, archive: Archive) -> str:
        counts = (
            f"{self.kept['new']} new",
            f"{self.kept['version']} changed",
            f"{self.kept['same']} held already",
            f"{len(self.failures)} failed",
        )
        return f"{', '.join(counts)}. The archive holds {len(archive)}: {archive.place}"


def changed(before: Article, after: Article, *, show_all: bool) -> str:
    """What a new version of an article changed, in lines: - for what it was, + for what it is."""
    from retold.archive.versions import edits
    from retold.spans import cut

    found = edits(before, after)
    shown = found if show_all else found[:SHOWN]
    out = [f"changed: {after.url}"]
    for edit in shown:
        if edit.before:
            out.append(f"  - {_line(cut(before.text, edit.before))}")
        if edit.after:
            out.append(f"  + {_line(cut(after.text, edit.after))}")
    if len(found) > len(shown):
        out.append(f"  and {len(found) - len(shown)} more changes; --all shows them")
    return "\n".join(out) + "\n"


@contextmanager
def _counting() -> Iterator[Callable[[int], None]]:
    """The number of articles so far on stderr while the block runs; in a log a line a minute."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield logged(time.monotonic)
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("starting")
        yield lambda count: shown.update(task, description=f"{count} articles")


def logged(clock: Callable[[], float]) -> Callable[[int], None]:
    """Tells how many articles there are so far, once a minute."""
    told = clock()

    def count(articles: int) -> None:
        nonlocal told
        if (now := clock()) - told >= LOG_SECONDS:
            told = now
            say(f"{articles:,} articles so far")

    return count


def _line(text: str) -> str:
    return " ".join(text.split())


def _failed(archive: Archive) -> list[str]:
    """The sources in which something failed, each once; standard input cannot be had again."""
    return list(dict.fromkeys(given for given, _ in archive.failures() if given != "-"))


@click.command(cls=Verb)
@archive_option
def check(place: str) -> None:
    """Look whether the archive is whole.

    Every span must hold its text, every id resolve, every column say what its reading says, and
    the indexes of words be in step. What is wrong is listed, and the exit code is 1.
    """
    from retold.archive.check import check as faults_of

    faults = 0
    with opened(place) as archive:
        for fault in faults_of(archive):
            faults += 1
            where = f"{fault.article_id}: " if fault.article_id else ""
            click.echo(where + fault.message)
        if not faults:
            click.echo(f"The archive is whole: {len(archive)} articles in {archive.place}")
            return
    raise click.ClickException(
        f"{faults} {'fault' if faults == 1 else 'faults'}. Put back a copy made by "
        "`retold backup`, or forget the articles named and add them again."
    )


@click.command(cls=Verb)
@click.argument("copy")
@archive_option
def backup(copy: str, place: str) -> None:
    """Write a copy of the archive, as it is at this moment, to COPY.

    COPY is a new file, or postgresql://… of a database without an archive. Others may read and
    write meanwhile. The copy is there when it is whole, and not before.
    """
    from retold.archive.database import placed

    with opened(place) as archive:
        archive.backup(copy)
        click.echo(f"{len(archive)} articles in {placed(copy)}")


@click.command(cls=Verb)
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@archive_option
def forget(articles: Sequence[str], place: str) -> None:
    """Remove articles and all that was found in them.

    An ARTICLE is an id, or an address, with which all versions go. No trace stays in the file;
    copies made by `retold backup` are yours to remove.
    """
    with opened(place) as archive:
        ids = dict.fromkeys(id for name in articles for id in archive.named(name))
        archive.forget(*ids)
    click.echo(f"forgotten: {', '.join(ids)}")


@click.command(cls=Verb)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--articles", is_flag=True, help="The articles alone, as `retold add` takes them.")
@archive_option
def export(output: Path | None, articles: bool, place: str) -> None:
    """Write all readings as JSON lines, in the order in which they were added.

    Each line is what `retold read --format json` writes.
    """
    from retold.showing.export import json

    if output:
        writable(output)
    with opened(place) as archive, _stream(output) as write:
        for reading in archive.readings():
            write(_article(reading.article) if articles else json.line(reading))


@contextmanager
def _stream(output: Path | None) -> Iterator[Callable[[str], object]]:
    """Where lines go: a file, or standard output, in UTF-8 in both cases."""
    if output is None:
        yield lambda line: click.echo(line.encode())
        return
    with whole(output), output.open("w", encoding="utf-8", newline="\n") as file:
        yield lambda line: file.write(f"{line}\n")


def _article(article: Article) -> str:
    """An article as a row of a JSON-lines file of articles."""
    row = {
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "published": article.published and article.published.isoformat(),
        "text": article.text,
    }
    return dumps({name: value for name, value in row.items() if value}, ensure_ascii=False)
