"""`retold mcp`: the tools of retold for a language model, over standard input and output."""

from __future__ import annotations

from pathlib import Path

import click

from retold.cli.place import archive_option
from retold.cli.verbs import Verb
from retold.errors import RetoldError

EXAMPLES = """\b
Examples:
  retold mcp
  retold mcp --archive news.sqlite --allow ~/articles"""


@click.command(cls=Verb, epilog=EXAMPLES)
@click.option(
    "--allow",
    "folders",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Files in this folder may be read. May be given several times; without it, none.",
)
@archive_option
@click.pass_context
def mcp(ctx: click.Context, folders: tuple[Path, ...], place: str) -> None:
    """Serve compare, read, search, quote and speaker to a language model (MCP over stdio).

    Nothing is written and nothing is fetched. Only texts that are handed in, the archive, and files
    in folders that are allowed can be read. Without an archive there are compare and read alone.
    """
    try:
        from retold.mcp import server
    except ModuleNotFoundError as error:
        raise RetoldError(
            f"this needs a library that is not installed ({error.name}).",
            hint="pip install 'retold[mcp]'",
        ) from error
    from retold.archive.database import placed
    from retold.mcp.given import Access

    archive = placed(place)
    is_there = not isinstance(archive, Path) or archive.is_file()
    model = ctx.find_root().params["model"]
    access = Access(archive=archive if is_there else None, folders=folders, model=model)
    server.build(access).run("stdio")
