"""Annotations made or corrected in brat: a text and the `.ann` file beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from retold import standoff
from retold.errors import FormatError, SourceError
from retold.types import Triple

TEXT, LINES = ".txt", ".ann"


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """A text with the attributions that somebody marked in it."""

    name: str
    text: str
    triples: tuple[Triple, ...]


def read(path: Path) -> Annotated:
    """The text and the attributions of `NAME.ann`, or of the `NAME.txt` beside it.

    The characters are those of the file: brat counts in them.

    Raises:
        SourceError: one of the two is missing or is not UTF-8.
        FormatError: the lines are damaged or do not fit the text.
    """
    text, lines = (_content(path.with_suffix(suffix)) for suffix in (TEXT, LINES))
    try:
        return Annotated(name=path.stem, text=text, triples=standoff.parse(text, lines))
    except FormatError as error:
        raise FormatError(f"{path.with_suffix(LINES)}, {error.message}", hint=error.hint) from error


def read_all(folder: Path) -> tuple[Annotated, ...]:
    """Every annotated text of a folder, by name."""
    found = sorted(folder.glob(f"*{LINES}"))
    if not found:
        raise SourceError(f"{folder}: no {LINES} file in it.", hint="Give the folder of the texts.")
    return tuple(map(read, found))


def by_text(folder: Path) -> Mapping[str, tuple[Triple, ...]]:
    """The attributions of every annotated text of a folder, by the text itself."""
    return {one.text: one.triples for one in read_all(folder)}


def _content(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise SourceError(
            f"{path}: it cannot be read ({error.strerror}).",
            hint=f"brat keeps {TEXT} and {LINES} of one name beside each other.",
        ) from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: it is not UTF-8.", hint="Save it as UTF-8.") from error
