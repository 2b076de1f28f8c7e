"""`retold compare`, `retold read`, `retold demo`: the verbs on what is given, nothing kept."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from retold.cli.corrections import corrected, of_file
from retold.cli.mapping import map_option
from retold.cli.output import (
    FOR_READINGS,
    FOR_REPORTS,
    emit,
    end,
    form_of,
    format_option,
    lines,
    listed,
    progress,
    say,
    screen,
    writable,
)
from retold.cli.place import archive_option, opened
from retold.cli.reviews import reviews_in, reviews_option
from retold.cli.verbs import Verb
from retold.reviews import about
from retold.showing import formats

if TYPE_CHECKING:
    from retold.correcting.records import Correction
    from retold.reading.encoder import Encoder
    from retold.reviews import Review
    from retold.showing.formats import Format, Written
    from retold.sources import Loaded
    from retold.types import Article, Failure, Reading, Report, Story

MODELS_PART = 0.6  # of the time that an article takes
NAMED = 3  # of the articles that are left out

annotations_option = click.option(
    "--annotations",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Statements as marked in brat, in place of the model's.",
)

COMPARE_EXAMPLES = """\b
Examples:
  retold compare monday.html tuesday.txt
  retold compare articles/ -o report.html
  retold compare --story 89692fcce80c
  retold compare wire.txt --outlet "Northern Wire" --published 2031-05-05 post.html
  retold compare articles.jsonl --format json | jq '.claims[].differences'
  retold compare articles/ --format csv --table differences -o differences.csv

\b
Exit codes: 0 done, 1 nothing could be done, 2 wrong usage,
3 done without some sources, which are named on stderr."""


@click.command(cls=Verb, epilog=f"{listed(FOR_REPORTS)}\n\n{COMPARE_EXAMPLES}")
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--story", metavar="ID", help="A story of the archive, by the id of an article.")
@archive_option
@format_option(FOR_REPORTS)
@click.option("--table", type=click.Choice(formats.TABLES), help="Which, for csv: statements.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--outlet", help="The outlet of the articles that do not say it.")
@click.option("--published", metavar="YYYY-MM-DD", help="The date of those that do not say it.")
@map_option
@annotations_option
@click.option("--together", is_flag=True, help="Compare all, even if they seem several stories.")
@click.option("--all", "show_all", is_flag=True, help="Show everything, not the first of each.")
@click.option(
    "--corrections",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Corrections to lay over it; with --story those of the archive are.",
)
@reviews_option
@click.pass_context
def compare(
    ctx: click.Context,
    sources: Sequence[str],
    story: str | None,
    place: str,
    form: str | None,
    table: str | None,
    output: Path | None,
    outlet: str | None,
    published: str | None,
    fields: Mapping[str, str] | None,
    annotations: Path | None,
    together: bool,
    show_all: bool,
    corrections: Path | None,
    reviews: tuple[Path, ...],
) -> None:
    """Compare several accounts of one event.

    A SOURCE is a text file, an HTML file, a JSON, JSON-lines or CSV file of articles, a feed, a
    WARC or WACZ file, the URL of a page, a feed or a sitemap, or a folder, in which articles.json
    may name each file's outlet, title, date and URL; - reads from standard input.
    """
    chosen = form_of(form, output)
    options = options_of(chosen, output, table=table, show_all=show_all)
    if bool(story) == bool(sources):
        raise click.UsageError("Give a SOURCE, or the --story of an archive; not both.")
    if story and annotations:
        raise click.UsageError("--annotations goes with a SOURCE; an archive is not read again.")
    made = of_file(corrections) if corrections else ()
    checked = reviews_in(reviews)
    if story:
        report = compared(_told(place, story), together=True)
        made += _log(place, report)
        options |= _beside(chosen, about(checked, report.articles))
        _show(_written(report, chosen, made, options), chosen, output)
        return
    loaded = load(sources, outlet=outlet, published=published, fields=fields)
    articles = loaded.articles
    if len(articles) < 2:
        raise click.ClickException(_too_few(articles, loaded.failures))
    readings = read_all(articles, encoder_of(ctx), annotations)
    report = compared(readings, together=together)
    options |= _beside(chosen, (*loaded.reviews, *about(checked, report.articles)))
    _show(_written(report, chosen, made, options), chosen, output)
    end(ctx, loaded.failures)


READ_EXAMPLES = """\b
Examples:
  retold read monday.html
  retold read monday.txt --published 2031-05-05 --format json
  retold read monday.txt --format marked"""


@click.command(cls=Verb, epilog=f"{listed(FOR_READINGS)}\n\n{READ_EXAMPLES}")
@click.argument("source")
@format_option(FOR_READINGS)
@click.option("--table", type=click.Choice(formats.TABLES), help="Which, for csv: statements.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--outlet", help="The outlet, if the article does not say it.")
@click.option("--published", metavar="YYYY-MM-DD", help="The date, if the article does not say it.")
@map_option
@annotations_option
@click.option("--all", "show_all", is_flag=True, help="Show every statement, speaker and date.")
@click.pass_context
def read(
    ctx: click.Context,
    source: str,
    form: str | None,
    table: str | None,
    output: Path | None,
    outlet: str | None,
    published: str | None,
    fields: Mapping[str, str] | None,
    annotations: Path | None,
    show_all: bool,
) -> None:
    """Show what one article says: its statements, who made them, and its dates."""
    chosen = form_of(form, output)
    if not chosen.is_for_readings:
        raise click.UsageError(f"`read` writes no {chosen.name}: that needs `compare`.")
    options = options_of(chosen, output, table=table, show_all=show_all)
    loaded = load([source], outlet=outlet, published=published, fields=fields)
    if not loaded.articles:
        raise click.ClickException(lines(loaded.failures).strip())
    if len(loaded.articles) > 1:
        raise click.ClickException(
            f"{source} holds {len(loaded.articles)} articles and `read` takes one. "
            "Give the file of one article, or use `retold compare`."
        )
    (reading,) = read_all(loaded.articles, encoder_of(ctx), annotations)
    emit(formats.write(reading, chosen, **options), output)
    _tell(loaded.reviews)
    end(ctx, loaded.failures)


@click.command(cls=Verb)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("retold-demo.html"),
    show_default=True,
    metavar="FILE",
    help="Where the page goes.",
)
@click.option("--all", "show_all", is_flag=True, help="Show everything, not the first of each.")
@click.pass_context
def demo(ctx: click.Context, output: Path, show_all: bool) -> None:
    """Compare a story that ships with retold, and write its page.

    The story, its outlets and its people are invented.
    """
    from importlib import resources

    writable(output)
    with resources.as_file(resources.files("retold") / "demo") as folder:
        loaded = load([str(folder)], outlet=None, published=None)
        readings = read_all(loaded.articles, encoder_of(ctx))
    report = compared(readings, together=True)
    emit(formats.write(report, formats.NAMED["text"], all=show_all, **screen(None)), None)
    emit(formats.write(report, formats.NAMED["html"]), output)
    say(f"\nThe same as a page: {output}\nOpen it in a browser: {output.resolve().as_uri()}")
    end(ctx, loaded.failures)


# --- the verbs, with their progress --------------------------------------------------------------


def load(
    sources: Sequence[str],
    *,
    outlet: str | None,
    published: str | None,
    fields: Mapping[str, str] | None = None,
) -> Loaded:
    from retold import sources as reading_of

    day = day_of(published)
    with progress("loading", None):
        loaded = reading_of.load(sources, outlet=outlet, published=day, fields=fields)
    for note in loaded.notes:
        say(f"note: {note}")
    return loaded


def day_of(day: str | None, option: str = "--published") -> dt.date | None:
    if day is None:
        return None
    try:
        return dt.date.fromisoformat(day)
    except ValueError:
        raise click.BadParameter(
            f"{day!r} is not a day such as 2031-05-05.", param_hint=option
        ) from None


def encoder_of(ctx: click.Context) -> Encoder:
    from retold.reading.encoder import Encoder

    return Encoder.of(ctx.find_root().params["model"])


def read_all(
    articles: Sequence[Article], encoder: Encoder, annotations: Path | None = None
) -> tuple[Reading, ...]:
    """A reading for each article; where the folder has annotations of its text, from these."""
    from retold import pipeline
    from retold.sources import brat

    marked = brat.by_text(annotations) if annotations else {}
    readings = []
    with progress("reading", sum(len(article.text) for article in articles)) as advance:
        for article in articles:
            size = len(article.text)
            watched = encoder.watched(partial(_move, advance, size * MODELS_PART))
            triples = marked.get(article.text)
            readings.append(pipeline.read(article, encoder=watched, triples=triples))
            advance(size * (1 - MODELS_PART))
    left = [article for article in articles if annotations and article.text not in marked]
    if left:
        say(f"note: {annotations} has no annotations of {_several(left)}; the model read it.")
    return tuple(readings)


def _move(advance: Callable[[float], None], much: float, share: float) -> None:
    advance(much * share)


def compared(readings: tuple[Reading, ...], *, together: bool) -> Report:
    """The report of the largest story, or of all articles where no two are of one story."""
    from retold import pipeline

    with progress("comparing", None):
        stories = () if together else pipeline.group(readings)
        if stories and not _largest(stories):  # an event may be told again after years
            stories = pipeline.group(readings, dated=False)
        story = _largest(stories)
        report = pipeline.compare(story or readings)
    if story and len(stories) > 1:
        left = [r.article for s in stories if s is not story for r in s.readings]
        say(
            f"note: {len(stories)} stories found; compared the largest, "
            f"{len(story.readings)} of {len(readings)} articles. Left out: "
            f"{_several(left)}. Use --together to compare all."
        )
    elif stories and not story:
        say("note: no two articles seem to tell the same event; compared all the same.")
    return report


def _largest(stories: Sequence[Story]) -> Story | None:
    several = [story for story in stories if len(story.readings) > 1]
    return max(several, key=lambda story: len(story.readings), default=None)


def _told(place: str, story: str) -> tuple[Reading, ...]:
    """The accounts of a story in an archive, read when they were added."""
    from retold.archive import stories

    with opened(place) as archive, progress("grouping", None):
        held = stories.readings(archive, stories.around(archive, story))
    if len(held) < 2:
        raise click.ClickException(
            f"{story}: the archive has no other account of this event. "
            "`retold stories` lists those with several."
        )
    return held


def _log(place: str, report: Report) -> tuple[Correction, ...]:
    """What the archive holds of corrections of the articles; it keeps what comparing came to."""
    from retold.archive import corrections, counts

    with opened(place) as archive:
        counts.keep(archive, report)
        return corrections.about(archive, (article.id for article in report.articles))


def _written(
    report: Report, form: Format, made: tuple[Correction, ...], options: dict[str, Any]
) -> Written:
    """The report with its corrections; a page marks them as the reader's."""
    if not made:
        return formats.write(report, form, **options)
    found = corrected(report, made)
    marks = {"laid": found.laid} if form.name == "html" else {}
    return formats.write(found.report, form, **options, **marks)


def _show(written: Written, form: Format, output: Path | None) -> None:
    emit(written, output)
    if output and form.output is formats.Output.PAGE:
        say(f"Open it in a browser: {output.resolve().as_uri()}")


def _beside(form: Format, reviews: tuple[Review, ...]) -> dict[str, Any]:
    """The reviews of claims that go with the articles, for a form that people read."""
    if form.name in ("text", "html"):
        return {"reviews": reviews}
    _tell(reviews)
    return {}


def _tell(reviews: Sequence[Review]) -> None:
    for review in reviews:
        say(f"note: a claim was checked: {review}")


def _too_few(articles: Sequence[Article], failures: Sequence[Failure]) -> str:
    if not articles:
        return f"no article could be read.\n{lines(failures)}"
    source = articles[0].path or articles[0].url  # a headline is none
    again = f": retold read {shlex.quote(source)}" if source else " with `retold read`."
    failed = f"\n{lines(failures)}" if failures else ""
    return (
        f"one article ({_named(articles[0])}) and nothing to compare it with. "
        f"Give a second one, or see what this one says{again}{failed}"
    )


def _several(articles: Sequence[Article]) -> str:
    names = ", ".join(map(_named, articles[:NAMED]))
    return names if len(articles) <= NAMED else f"{names} and {len(articles) - NAMED} more"


def _named(article: Article) -> str:
    """The file where it holds this article alone, else the address or the title."""
    own = article.path and Path(article.path).suffix in (".txt", ".text", ".html", ".htm", ".xhtml")
    return (own and article.path) or article.url or article.title or article.path or article.id


# --- what is shown -------------------------------------------------------------------------------


def options_of(
    form: Format, output: Path | None, *, table: str | None, show_all: bool
) -> dict[str, Any]:
    """What the writer of the format takes from the command line."""
    if table and form.name != "csv":
        raise click.UsageError(f"--table goes with --format csv, not with {form.name}.")
    if form.name == "csv":
        return {"table": table or formats.TABLES[0]}
    return {"all": show_all, **screen(output)} if form.name == "text" else {}
