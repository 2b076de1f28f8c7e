"""The command line: reads the options, runs the verbs, prints. The only place that prints.

Exit codes: 0 all done · 1 nothing could be done · 2 the command line is wrong · 3 done, but some
sources could not be read (each named on stderr). Only `click` is imported before a verb runs.
"""

from __future__ import annotations

from pathlib import Path

import click

from retold import __version__
from retold.cli.archive import add, backup, check, export, forget
from retold.cli.asking import quote, search, speaker, stories
from retold.cli.bulk import bulk
from retold.cli.compare import compare, demo, read
from retold.cli.corrections import corrections
from retold.cli.mcp import mcp
from retold.cli.serve import serve
from retold.cli.verbs import Verbs
from retold.cli.watch import versions, watch

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


for command in (
    compare,
    read,
    demo,
    add,
    check,
    export,
    backup,
    forget,
    search,
    quote,
    speaker,
    stories,
    watch,
    versions,
    serve,
    corrections,
    mcp,
    bulk,
):
    main.add_command(command)
