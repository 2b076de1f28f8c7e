"""Reviews of claims to lay beside what is compared: the option, and the files that it names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retold.errors import SourceError

if TYPE_CHECKING:
    from retold.reviews import Review

reviews_option = click.option(
    "--reviews",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="FILE",
    help="Reviews of claims (ClaimReview) to lay beside it: those that have to do with the "
    "articles are shown. May be given again.",
)


def reviews_in(files: Sequence[Path]) -> tuple[Review, ...]:
    """The reviews that the files hold.

    Raises:
        SourceError: there is none in one of them.
    """
    from retold import sources

    out: list[Review] = []
    for file in files:
        found = sources.load(file)
        if not found.reviews:
            raise SourceError(
                f"{file}: there is no review of a claim in it.",
                hint="What is read is schema.org's ClaimReview, as JSON or in a page.",
            )
        out += found.reviews
    return tuple(out)
