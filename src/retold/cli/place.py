"""Which archive a command works on: `--archive`, else RETOLD_ARCHIVE, else the user's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from retold.archive.store import Archive

Command = TypeVar("Command", bound=Callable[..., Any])


def default_place() -> str:
    """`archive.sqlite` in the folder that the platform keeps for the data of programs."""
    return str(Path(click.get_app_dir("retold")) / "archive.sqlite")


def archive_option(command: Command) -> Command:
    """Gives a command the argument `place`, where its archive is."""
    option = click.option(
        "--archive",
        "place",
        envvar="RETOLD_ARCHIVE",
        default=default_place,
        metavar="PLACE",
        help="The archive: a file, or postgresql://user@host/database. "
        f"Default: $RETOLD_ARCHIVE, else {default_place()}.",
    )
    return option(command)


def opened(place: str, *, create: bool = False) -> Archive:
    """The archive at `place`; with `create` it is made if it is not there, its folder too if it is
    the default one."""
    from retold.archive.store import Archive

    if create and place == default_place():
        _make_folder(Path(place).parent)
    return Archive.open(place, create=create)


def _make_folder(folder: Path) -> None:
    from retold.errors import StoreError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"{folder}: this folder cannot be made ({error.strerror}).",
            hint="Give another place with --archive.",
        ) from error
