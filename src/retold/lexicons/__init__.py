"""Word lists, one entry a line, each with its origin and licence on top.

A line starting with `#` is a remark. Columns are parted by tabs.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def entries(name: str) -> tuple[str, ...]:
    """The entries of the list `name`, in order."""
    lines = files(__package__).joinpath(f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The entries of the list `name`, in order, each as its columns."""
    return tuple(tuple(entry.split("\t")) for entry in entries(name))


@cache
def words(name: str) -> frozenset[str]:
    """The first column of the list `name`."""
    return frozenset(row[0] for row in rows(name))


@cache
def table(name: str) -> dict[str, str]:
    """The list `name` as a table from its first column to its second."""
    return {row[0]: row[1] for row in rows(name)}
