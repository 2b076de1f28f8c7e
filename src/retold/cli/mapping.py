"""`--map title=headline`: where the rows of JSON files have what retold calls otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click

from retold.errors import FormatError

Command = TypeVar("Command", bound=Callable[..., Any])


def map_option(command: Command) -> Command:
    """Gives a command the argument `fields`, None where nothing is mapped."""
    option = click.option(
        "--map",
        "fields",
        multiple=True,
        metavar="FIELD=NAME",
        callback=_fields,
        help="Where the rows of JSON files have a field: --map title=headline.main. Repeatable.",
    )
    return option(command)


def _fields(
    ctx: click.Context, param: click.Parameter, pairs: Sequence[str]
) -> Mapping[str, str] | None:
    if not pairs:
        return None
    from retold.sources import rows

    try:
        return rows.fields_of(pairs)
    except FormatError as error:
        raise click.BadParameter(str(error), ctx=ctx, param=param) from error
