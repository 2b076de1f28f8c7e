"""The command line: reads the options, runs the verbs, prints. The only place that prints.

Exit codes: 0 all done · 1 nothing could be done · 2 the command line is wrong · 3 done, but some
sources could not be read (each named on stderr). Only `click` is imported before a verb runs.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from retold import __version__
from retold.errors import RetoldError

if TYPE_CHECKING:
    from retold.reading.encoder import Encoder
    from retold.sources import Loaded
    from retold.types import Article, Failure, Reading, Report, Story

SOME_FAILED = 3
WIDTH = 80
NAMED = 3  # of the articles that are left out
SUFFIXES = {".html": "html", ".htm": "html", ".json": "json", ".txt": "text", ".marked": "marked"}


class Verb(click.Command):
    """A command whose errors are one line and a hint, unless `--debug` asks for the traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except RetoldError as error:
            if ctx.find_root().params["debug"]:
                raise
            raise click.ClickException(str(error)) from error
        except Exception as error:
            if ctx.find_root().params["debug"]:
                raise
            raise click.ClickException(
                f"retold itself failed ({type(error).__name__}: {error}). "
                "This is a bug; `retold --debug …` shows where."
            ) from error


class Verbs(click.Group):
    command_class = Verb


EXAMPLES = """\b
Examples:
  retold demo
  retold compare monday.html tuesday.txt
  retold compare articles/ -o report.html
  retold read monday.html"""


@click.group(cls=Verbs, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="retold %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.option(
    "--model",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A model folder in place of the one that ships with retold.",
)
def main(debug: bool, model: Path | None) -> None:
    """Who said what, according to whom, and what changed in the retelling.

    Give retold several articles about the same event. It shows where they differ, what all of them
    tell, what only one tells, and through whom the words came. It never says who is right.
    """


COMPARE_EXAMPLES = """\b
Examples:
  retold compare monday.html tuesday.txt
  retold compare articles/ -o report.html
  retold compare wire.txt --outlet "Northern Wire" --published 2031-05-05 post.html
  retold compare articles.jsonl --format json | jq '.claims[].differences'

\b
Exit codes: 0 done, 1 nothing could be done, 2 wrong usage,
3 done without some sources, which are named on stderr."""


@main.command(epilog=COMPARE_EXAMPLES)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    help="Default: by the name of the output file, else text.",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--outlet", help="The outlet of the articles that do not say it.")
@click.option("--published", metavar="YYYY-MM-DD", help="The date of those that do not say it.")
@click.option("--together", is_flag=True, help="Compare all, even if they seem several stories.")
@click.option("--all", "show_all", is_flag=True, help="Show everything, not the first of each.")
@click.pass_context
def compare(
    ctx: click.Context,
    sources: Sequence[str],
    form: str | None,
    output: Path | None,
    outlet: str | None,
    published: str | None,
    together: bool,
    show_all: bool,
) -> None:
    """Compare several accounts of one event.

    A SOURCE is a text file, an HTML file, a JSON or JSON-lines file of articles, a URL, or a
    folder, in which articles.json may name each file's outlet, title, date and URL;
    - reads from standard input.
    """
    form = _form(form, output)
    loaded = _load(sources, outlet=outlet, published=published)
    articles = loaded.articles
    if len(articles) < 2:
        raise click.ClickException(_too_few(articles, loaded.failures))
    report = _compared(_read(articles, _encoder(ctx)), together=together)
    _emit(_shown(report, form, output, show_all), output)
    _end(ctx, loaded.failures)


READ_EXAMPLES = """\b
Examples:
  retold read monday.html
  retold read monday.txt --published 2031-05-05 --format json
  retold read monday.txt --format marked"""


@main.command(epilog=READ_EXAMPLES)
@click.argument("source")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "marked"]),
    help="marked: the text with {q content}, {s source} and {c cue} in line.",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--outlet", help="The outlet, if the article does not say it.")
@click.option("--published", metavar="YYYY-MM-DD", help="The date, if the article does not say it.")
@click.option("--all", "show_all", is_flag=True, help="Show every speaker and date.")
@click.pass_context
def read(
    ctx: click.Context,
    source: str,
    form: str | None,
    output: Path | None,
    outlet: str | None,
    published: str | None,
    show_all: bool,
) -> None:
    """Show what one article says: its statements, who made them, and its dates."""
    form = _form(form, output)
    if form == "html":
        raise click.UsageError("`read` writes text, json or marked; a page needs `compare`.")
    loaded = _load([source], outlet=outlet, published=published)
    if not loaded.articles:
        raise click.ClickException(_lines(loaded.failures).strip())
    if len(loaded.articles) > 1:
        raise click.ClickException(
            f"{source} holds {len(loaded.articles)} articles and `read` takes one. "
            "Give the file of one article, or use `retold compare`."
        )
    (reading,) = _read(loaded.articles, _encoder(ctx))
    _emit(_shown_reading(reading, form, output, show_all), output)
    _end(ctx, loaded.failures)


@main.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("retold-demo.html"),
    show_default=True,
    metavar="FILE",
    help="Where the page goes.",
)
@click.pass_context
def demo(ctx: click.Context, output: Path) -> None:
    """Compare a story that ships with retold, and write its page.

    The story, its outlets and its people are invented.
    """
    from importlib import resources

    _writable(output)
    with resources.as_file(resources.files("retold") / "demo") as folder:
        loaded = _load([str(folder)], outlet=None, published=None)
        readings = _read(loaded.articles, _encoder(ctx))
    report = _compared(readings, together=True)
    _emit(_shown(report, "text", None, False), None)
    _emit(_shown(report, "html", output, False), output)
    _say(f"\nThe same as a page: {output}\nOpen it in a browser: {output.resolve().as_uri()}")
    _end(ctx, loaded.failures)


# --- the verbs, with their progress --------------------------------------------------------------


def _load(sources: Sequence[str], *, outlet: str | None, published: str | None) -> Loaded:
    from retold import sources as reading_of

    day = _day(published)
    with _progress("loading", None):
        loaded = reading_of.load(sources, outlet=outlet, published=day)
    for note in loaded.notes:
        _say(f"note: {note}")
    return loaded


def _day(published: str | None) -> dt.date | None:
    if published is None:
        return None
    try:
        return dt.date.fromisoformat(published)
    except ValueError:
        raise click.BadParameter(
            f"{published!r} is not a day such as 2031-05-05.", param_hint="--published"
        ) from None


def _encoder(ctx: click.Context) -> Encoder:
    from retold.reading.encoder import Encoder

    folder = ctx.find_root().params["model"]
    return Encoder(folder) if folder else Encoder.default()


def _read(articles: Sequence[Article], encoder: Encoder) -> tuple[Reading, ...]:
    from retold import pipeline

    readings = []
    with _progress("reading", len(articles)) as advance:
        for reading in pipeline.read_all(articles, encoder=encoder):
            readings.append(reading)
            advance()
    return tuple(readings)


def _compared(readings: tuple[Reading, ...], *, together: bool) -> Report:
    """The report of the largest story, or of all articles where no two are of one story."""
    from retold import pipeline

    with _progress("comparing", None):
        stories = () if together else pipeline.group(readings)
        story = _largest(stories)
        report = pipeline.compare(story or readings)
    if story and len(stories) > 1:
        left = [r.article for s in stories if s is not story for r in s.readings]
        _say(
            f"note: {len(stories)} stories found; compared the largest, "
            f"{len(story.readings)} of {len(readings)} articles. Left out: "
            f"{_several(left)}. Use --together to compare all."
        )
    elif stories and not story:
        _say("note: no two articles seem to tell the same event; compared all the same.")
    return report


def _largest(stories: Sequence[Story]) -> Story | None:
    several = [story for story in stories if len(story.readings) > 1]
    return max(several, key=lambda story: len(story.readings), default=None)


def _too_few(articles: Sequence[Article], failures: Sequence[Failure]) -> str:
    if not articles:
        return f"no article could be read.\n{_lines(failures)}"
    only = _named(articles[0])
    failed = f"\n{_lines(failures)}" if failures else ""
    return (
        f"one article ({only}) and nothing to compare it with. "
        f"Give a second one, or see what this one says: retold read {only}{failed}"
    )


def _several(articles: Sequence[Article]) -> str:
    names = ", ".join(map(_named, articles[:NAMED]))
    return names if len(articles) <= NAMED else f"{names} and {len(articles) - NAMED} more"


def _named(article: Article) -> str:
    """The file where it holds this article alone, else the address or the title."""
    own = article.path and Path(article.path).suffix not in (".json", ".jsonl", ".ndjson")
    return (own and article.path) or article.url or article.title or article.path or article.id


# --- what comes out ------------------------------------------------------------------------------


def _form(form: str | None, output: Path | None) -> str:
    if output:
        _writable(output)
    chosen = form or (SUFFIXES.get(output.suffix.lower(), "text") if output else "text")
    if chosen == "html" and output is None and sys.stdout.isatty():
        raise click.UsageError("a page belongs in a file: add -o report.html")
    return chosen


def _writable(output: Path) -> None:
    folder = output.parent
    if not folder.is_dir():
        raise click.BadParameter(f"there is no folder {folder}.", param_hint="--output")
    if not os.access(output if output.exists() else folder, os.W_OK):
        raise click.BadParameter(f"{output} cannot be written.", param_hint="--output")


def _shown(report: Report, form: str, output: Path | None, show_all: bool) -> str:
    if form == "json":
        from retold.showing.export import json

        return json.encode(report)
    if form == "html":
        from retold.showing import html

        return html.render(report)
    from retold.showing import terminal

    return terminal.render(report, all=show_all, **_screen(output))


def _shown_reading(reading: Reading, form: str, output: Path | None, show_all: bool) -> str:
    if form == "json":
        from retold.showing.export import json

        return json.encode(reading)
    if form == "marked":
        from retold import marked

        return marked.mark(reading.article.text, reading.attributions).rstrip("\n") + "\n"
    from retold.showing import terminal_reading

    return terminal_reading.render(reading, all=show_all, **_screen(output))


def _screen(output: Path | None) -> dict[str, Any]:
    """Width and colour of what is written to: 80 and none, but on a terminal."""
    if output or not sys.stdout.isatty():
        return {"width": WIDTH, "colour": False}
    import shutil

    width = max(40, min(120, shutil.get_terminal_size((WIDTH, 24)).columns))
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return {"width": width, "colour": not plain}


def _emit(text: str, output: Path | None) -> None:
    if output:
        output.write_text(text, encoding="utf-8", newline="\n")
    elif sys.stdout.isatty():
        click.echo(text, nl=False, color=True)
    else:
        click.echo(text.encode(), nl=False)


def _end(ctx: click.Context, failures: Sequence[Failure]) -> None:
    """Names what failed on stderr; the exit code tells that something did."""
    if failures:
        counted = "1 source" if len(failures) == 1 else f"{len(failures)} sources"
        _say(f"warning: {counted} could not be read:\n{_lines(failures)}")
        ctx.exit(SOME_FAILED)


def _lines(failures: Sequence[Failure]) -> str:
    return "\n".join(f"  {_line(failure)}" for failure in failures)


def _line(failure: Failure) -> str:
    told = f"{failure.message} {failure.hint}".strip()
    return told if failure.source in told else f"{failure.source}: {told}"


def _say(words: str) -> None:
    click.echo(words, err=True)


@contextmanager
def _progress(label: str, total: int | None) -> Iterator[Callable[[], None]]:
    """A bar on stderr while the block runs, on a terminal only."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda: bar.advance(task)
