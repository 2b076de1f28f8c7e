"""`retold quote`, `search`, `speaker`, `stories`: what is asked of an archive."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from retold.cli.compare import day_of, encoder_of
from retold.cli.output import emit, progress, say, screen
from retold.cli.place import archive_option, opened
from retold.cli.verbs import Verb

if TYPE_CHECKING:
    from retold.archive.meaning import Found
    from retold.archive.people import Person
    from retold.archive.said import Filters
    from retold.archive.store import Archive

NOTHING = 1  # the exit code where nothing was found, as grep has it
MOST_NAMES = 5

Command = TypeVar("Command", bound=Callable[..., Any])


def answer_options(command: Command) -> Command:
    """Gives a command `limit` and `form`."""
    form = click.option(
        "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
    )
    limit = click.option(
        "--limit", type=click.IntRange(min=1, max=1000), default=20, show_default=True
    )
    return limit(form(command))


QUOTE_EXAMPLES = """\b
Examples:
  retold quote "we will never surrender"
  retold quote "no evil partner … here" --speaker Robertson
  retold quote - < speech.txt

\b
Exit codes: 0 found, 1 not found or nothing could be done, 2 wrong usage."""


@click.command(cls=Verb, epilog=QUOTE_EXAMPLES)
@click.argument("wording")
@click.option("--speaker", metavar="NAME", help="Who is said to have said it: those come first.")
@answer_options
@archive_option
@click.pass_context
def quote(
    ctx: click.Context, wording: str, speaker: str | None, limit: int, form: str, place: str
) -> None:
    """Check a quotation: who gives it in the archive, in which words, credited to whom.

    WORDING is four words or four hundred, with or without quotation marks, an ellipsis where words
    were left out; - reads it from standard input. Each account is exact, truncated or altered, with
    every change; where there is none, the nearest is shown.
    """
    from retold.archive import quotations
    from retold.showing import terminal_archive
    from retold.showing.export import answers

    asked = sys.stdin.read() if wording == "-" else wording
    with opened(place) as archive:
        _not_empty(archive)
        found = quotations.check(archive, asked, speaker=speaker, most=limit)
    emit(
        answers.check(found) if form == "json" else terminal_archive.check(found, **screen(None)),
        None,
    )
    if speaker and found.accounts and not any(quotations.is_of(a, speaker) for a in found.accounts):
        say(f"note: no account credits {speaker} with these words.")
    if not found.accounts:
        ctx.exit(NOTHING)


SEARCH_EXAMPLES = """\b
Examples:
  retold search bridge
  retold search '"northern bridge" vot*' --from 2031-05-01
  retold search NATO --speaker Robertson
  retold search "an alliance that keeps its promises" --meaning
  retold search --speaker Robertson --about NATO --format json

\b
Exit codes: 0 found, 1 nothing found or nothing could be done, 2 wrong usage."""


@click.command(cls=Verb, epilog=SEARCH_EXAMPLES)
@click.argument("words", nargs=-1)
@click.option("--speaker", metavar="NAME", help="Only what they are reported to have said.")
@click.option("--about", metavar="WORDS", help="Only in articles that have these words too.")
@click.option("--outlet", help="Only in this outlet.")
@click.option("--meaning", is_flag=True, help="Also passages that say much the same otherwise.")
@click.option("--from", "since", metavar="YYYY-MM-DD", help="Published on that day or later.")
@click.option("--to", "until", metavar="YYYY-MM-DD", help="Published on that day or before.")
@answer_options
@archive_option
@click.pass_context
def search(
    ctx: click.Context,
    words: tuple[str, ...],
    speaker: str | None,
    about: str | None,
    outlet: str | None,
    meaning: bool,
    since: str | None,
    until: str | None,
    limit: int,
    form: str,
    place: str,
) -> None:
    """Find statements and articles by their words.

    All WORDS must be there, in any form: vote finds voted. "A phrase" must stand as it is, elect*
    finds all that begins so. With --speaker no words are needed. --meaning adds what says much the
    same in other words.
    """
    from retold.archive import search as searching
    from retold.showing import terminal_archive
    from retold.showing.export import answers

    asked = " ".join(words)
    if not asked and not speaker:
        raise click.UsageError("Give WORDS, or --speaker.")
    with opened(place) as archive:
        _not_empty(archive)
        days = day_of(since, "--from"), day_of(until, "--to")
        filters = _filters(archive, speaker, about, outlet, *days)
        found = searching.find(archive, asked, filters=filters, most=limit)
        meant = _meaning(ctx, archive, asked, filters, limit) if meaning and asked else None
    alike = meant.alike if meant else ()
    is_empty = not (found.statements or found.articles or alike)
    if form == "json":
        emit(answers.results(found, meant), None)
    elif not is_empty:
        emit(terminal_archive.results(found, alike, **screen(None)), None)
    if is_empty:
        say(_nothing(asked, filters))
        ctx.exit(NOTHING)


SPEAKER_EXAMPLES = """\b
Examples:
  retold speaker Robertson
  retold speaker "George Robertson" --format json

\b
Exit codes: 0 found, 1 nobody of that name or nothing could be done, 2 wrong usage."""


@click.command(cls=Verb, epilog=SPEAKER_EXAMPLES)
@click.argument("name")
@click.option(
    "--apart",
    type=click.IntRange(min=1),
    default=30,
    show_default=True,
    metavar="DAYS",
    help="How far apart two accounts are for a change between them to be shown.",
)
@click.option(
    "--all", "show_all", is_flag=True, help="Also what they told again with no sure change."
)
@answer_options
@archive_option
def speaker(name: str, apart: int, show_all: bool, limit: int, form: str, place: str) -> None:
    """Show what somebody is reported to have said, in time, and where it changed.

    NAME is a whole name or a last name, in any case, with or without accents. Reports come in the
    order in which they were published, each with the outlet and all through whom it came; then
    what the same person told otherwise at another time.
    """
    from retold.archive import accounts
    from retold.showing import terminal_archive
    from retold.showing.export import answers

    with opened(place) as archive:
        _not_empty(archive)
        people = _meant(archive, name)
        forms = [form for person in people for form in person.forms]
        said = accounts.statements(archive, forms, most=limit)
        with progress("comparing", None):
            changed = [
                each
                for person in people
                for each in accounts.changed(archive, person.forms, apart=apart, show_all=show_all)
            ]
    if form == "json":
        emit(answers.speaker([person.name for person in people], said, changed), None)
    else:
        emit(terminal_archive.speaker(said, changed, show_all=show_all, **screen(None)), None)
    if len(said) == limit:
        say(f"note: of the statements the latest are shown ({limit}); --limit shows more.")
    if not changed and not show_all:
        say(
            f"note: nothing that they surely told otherwise {apart} days apart or more; --all shows"
            " what they told again."
        )


STORIES_EXAMPLES = """\b
Examples:
  retold stories
  retold stories --since 2031-05-01 --quick
  retold compare --story 89692fcce80c

\b
Exit codes: 0 found, 1 no story or nothing could be done, 2 wrong usage."""


@click.command(cls=Verb, epilog=STORIES_EXAMPLES)
@click.option("--since", metavar="YYYY-MM-DD", help="Default: a week before the newest article.")
@click.option("--until", metavar="YYYY-MM-DD", help="Default: the day of the newest article.")
@click.option("--quick", is_flag=True, help="Compare nothing; show what was counted.")
@answer_options
@archive_option
@click.pass_context
def stories(
    ctx: click.Context,
    since: str | None,
    until: str | None,
    quick: bool,
    limit: int,
    form: str,
    place: str,
) -> None:
    """List the stories that the archive holds, the newest first.

    A story is what two articles or more tell of one event. One that has not been compared as it is
    now is compared, to count independent tellings and differences, unless --quick is given.
    """
    from retold import pipeline
    from retold.archive import counts
    from retold.archive import stories as held
    from retold.showing import terminal_archive
    from retold.showing.export import answers

    with opened(place) as archive:
        _not_empty(archive)
        with progress("grouping", None):
            days = day_of(since, "--since"), day_of(until, "--until")
            found = held.find(archive, since=days[0], until=days[1])
        shown = []
        with progress("comparing", len(found[:limit])) as advance:
            for story in found[:limit]:
                counted = counts.known(archive, (entry.id for entry in story.articles))
                if counted is None and not quick:
                    report = pipeline.compare(held.readings(archive, story))
                    counted = counts.keep(archive, report)
                shown.append((story, counted))
                advance()
    if form == "json":
        emit(answers.stories(shown), None)
    elif shown:
        emit(terminal_archive.stories(shown, **screen(None)), None)
    if len(found) > limit:
        say(f"note: {len(found) - limit} more stories; --limit shows them.")
    if not found:
        say("no event is told by two articles in these days. Try an earlier --since.")
        ctx.exit(NOTHING)


# --- inside ---------------------------------------------------------------------------------------


def _meaning(
    ctx: click.Context, archive: Archive, words: str, filters: Filters, most: int
) -> Found:
    """What is near to the words in meaning, by the model that reads."""
    from retold.archive import meaning

    with progress("comparing meanings", None):
        found = meaning.ask(archive, words, encoder_of(ctx), filters=filters, most=most)
    if found.left_out:
        say(
            f"note: {found.left_out} of the articles were read by another model and are not "
            "searched by meaning; forget them and add them again."
        )
    return found


# --- what several of them do ----------------------------------------------------------------------


def _filters(
    archive: Archive,
    speaker: str | None,
    about: str | None,
    outlet: str | None,
    since: dt.date | None,
    until: dt.date | None,
) -> Filters:
    from retold.archive import search as searching
    from retold.archive.said import Filters

    people = _meant(archive, speaker) if speaker else ()
    return Filters(
        forms=tuple(form for person in people for form in person.forms) if speaker else None,
        about=searching.terms(about) if about else None,
        outlet=outlet,
        since=since,
        until=until,
    )


def _meant(archive: Archive, name: str) -> tuple[Person, ...]:
    """All whom a name may mean; a note says so where they are several.

    Raises:
        click.ClickException: nobody of that name speaks in the archive.
    """
    from retold.archive import people

    found = people.find(archive, name)
    if not found:
        raise click.ClickException(
            f"nobody called {name} speaks in the archive. "
            f"Try the last name alone, or see where the name stands: retold search '{name}'"
        )
    if len(found) > 1:
        say(f"note: {name} may be {_several(found)}; all are shown. The full name parts them.")
    if others := people.by_last_name_alone(archive, name):
        say(
            f"note: {others.name} alone, who may be somebody else, speaks in {others.articles} more"
            f" articles: give {others.name} to see all."
        )
    return found


def _several(people: tuple[Person, ...]) -> str:
    named = [f"{person.name} ({person.articles})" for person in people[:MOST_NAMES]]
    more = len(people) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")


def _not_empty(archive: Archive) -> None:
    if not len(archive):
        raise click.ClickException(
            f"{archive.place}: the archive is empty. Put articles into it with `retold add`."
        )


def _nothing(asked: str, filters: Filters) -> str:
    narrowed = [
        option
        for option, value in (
            ("--speaker", filters.forms),
            ("--about", filters.about),
            ("--outlet", filters.outlet),
            ("--from", filters.since),
            ("--to", filters.until),
        )
        if value
    ]
    tries = ["fewer words", "a beginning with *"] if asked else []
    if narrowed:
        tries.append(f"it without {' or '.join(narrowed)}")
    return f"nothing found. Try {', or '.join(tries)}."
