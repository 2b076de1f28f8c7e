"""`retold bulk read` and `retold bulk compare`: archives of millions, to tables of Parquet."""

from __future__ import annotations

import atexit
import datetime as dt
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from retold.cli.mapping import map_option
from retold.cli.output import SOME_FAILED, say
from retold.cli.verbs import Verb, Verbs
from retold.errors import RetoldError

if TYPE_CHECKING:
    from retold.bulk.engine import Engine
    from retold.bulk.progress import Progress
    from retold.reading.encoder import Device

Command = TypeVar("Command", bound=Callable[..., Any])

LOG_SECONDS = 60  # between two lines about a stage, where nobody watches a bar

READ_EXAMPLES = """\b
Examples:
  retold bulk read 'archive/*.jsonl.gz' readings/
  retold bulk read crawl.warc.gz more.parquet readings/ --jobs 8
  retold bulk read archive/ /shared/readings/ --ray ray://head:10001 --jobs 80
  retold bulk read 's3://archive/2024/*.parquet' s3://readings/2024 --memory 12GB

\b
Exit codes: 0 done, 1 nothing could be done, 2 wrong usage,
3 done without some records, which stand in OUT/failures."""

COMPARE_EXAMPLES = """\b
Examples:
  retold bulk compare readings/
  retold bulk compare s3://readings/2024 --jobs 8 --memory 12GB
  duckdb -c "select * from 'readings/stories/*.parquet' order by size desc limit 10\""""


@click.group(cls=Verbs)
def bulk() -> None:
    """Read and compare archives of millions of articles, on this machine or a cluster.

    What comes out are tables of Parquet files, which DuckDB, pandas, polars and R read. A job that
    was broken off goes on when the same command is given again.
    """


def _bytes(ctx: click.Context, option: click.Parameter, given: str | None) -> int | None:
    """How many bytes `800MB` or `12 GB` are."""
    if given is None:
        return None
    size = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([MGT])B?", given.strip(), re.IGNORECASE)
    if size is None:
        raise click.BadParameter("write it as 800MB, 12GB or 1.5TB.", ctx, option)
    return int(float(size[1]) * {"M": 10**6, "G": 10**9, "T": 10**12}[size[2].upper()])


def _engine_options(command: Command) -> Command:
    for option in (
        click.option(
            "--ray",
            metavar="ADDRESS",
            help="The Ray cluster to run on, or “local” for one that is started here.",
        ),
        click.option(
            "--jobs", type=click.IntRange(min=1), help="Processes. Default: the cores here."
        ),
        click.option(
            "--memory",
            metavar="SIZE",
            callback=_bytes,
            help="What all processes together may hold, such as 12GB: there are fewer if need be.",
        ),
    ):
        command = option(command)
    return command


class Job(Verb):
    """A command that ends as others do when it is broken off."""

    def invoke(self, ctx: click.Context) -> Any:
        broken_off = threading.Event()
        # Daft's threads outlive Python and end it with SIGABRT; what is asked for first comes last,
        # after temporary files are gone
        atexit.register(lambda: broken_off.is_set() and os._exit(1))
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            broken_off.set()
            raise


@bulk.command(cls=Job, epilog=READ_EXAMPLES)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.argument("out")
@_engine_options
@click.option(
    "--partitions",
    type=click.IntRange(min=1),
    help="Files of each table. Default: one for 500 articles, four for a process.",
)
@click.option(
    "--device",
    type=click.Choice(["auto", "cpu", "cuda"]),
    default="auto",
    help="What the model runs on. Default: auto, a GPU if onnxruntime finds one.",
)
@map_option
@click.pass_context
def read(
    ctx: click.Context,
    inputs: Sequence[str],
    out: str,
    ray: str | None,
    jobs: int | None,
    memory: int | None,
    partitions: int | None,
    device: Device,
    fields: Mapping[str, str] | None,
) -> None:
    """Read every article of the INPUT into the tables of the folder OUT.

    An INPUT is a Parquet, JSON-lines, WARC or WACZ file or anything else that `retold read` takes
    from a disk, a folder of these, or a glob in quotation marks. The articles, what they attribute
    to whom, speakers, times and passages with their vectors become a table each; records that are
    broken stand in `failures` with the reason.

    INPUT and OUT may be addresses of an object store: s3://, gs:// or abfs://.
    """
    engine = _engine(jobs, ray, memory)
    from retold.bulk import reading

    settings = reading.Settings(
        fields=fields,
        model=ctx.find_root().params["model"],
        device=device,
        partitions=partitions,
    )
    follow(reading.read(inputs, out, engine=engine, settings=settings))
    _tell(ctx, out, ("articles", "attributions", "duplicates", "failures"))


@bulk.command(cls=Job, epilog=COMPARE_EXAMPLES)
@click.argument("out")
@_engine_options
@click.pass_context
def compare(
    ctx: click.Context, out: str, ray: str | None, jobs: int | None, memory: int | None
) -> None:
    """Compare what was read into the folder OUT: its stories, and every quotation in it.

    Adds the tables `stories`, `claims`, `differences`, `story_variants`, `quotations` and
    `variants`.
    """
    engine = _engine(jobs, ray, memory)
    from retold.bulk import comparing

    follow(comparing.compare(out, engine=engine))
    _tell(ctx, out, ("stories", "claims", "differences", "quotations", "variants"))


def _engine(jobs: int | None, ray: str | None, memory: int | None) -> Engine:
    try:
        from retold.bulk.engine import Engine
    except ModuleNotFoundError as error:
        raise RetoldError(
            f"this needs a library that is not installed ({error.name}).",
            hint="pip install 'retold[bulk]'",
        ) from error
    return Engine(jobs=jobs or os.cpu_count() or 1, ray=ray, memory=memory)


def follow(steps: Iterable[Progress]) -> None:
    """How far it has come; what is finished is kept when it is broken off."""
    try:
        _show(steps)
    except KeyboardInterrupt:
        say("Broken off; the same command goes on from here.")
        raise


def _show(steps: Iterable[Progress]) -> None:
    """A bar for each stage with its rate and the time left; in a log lines that tell the same."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        log(steps, time.monotonic)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[counted]}, {task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), speed_estimate_period=600) as shown:
        bars: dict[str, Any] = {}
        for step in steps:
            if step.stage not in bars:
                bars[step.stage] = shown.add_task(
                    step.stage,
                    total=step.total,
                    completed=step.done,
                    counted=step.counted,
                    rate="…",
                )
                continue
            bar = bars[step.stage]
            shown.update(bar, completed=step.done)
            speed = shown.tasks[bar].speed
            shown.update(bar, rate=f"{speed:.1f} a second" if speed else "…")


def log(steps: Iterable[Progress], clock: Callable[[], float]) -> None:
    """How far a stage that takes long has come, once a minute."""
    stage, began, first, told = "", 0.0, 0, 0.0
    for step in steps:
        now = clock()
        if step.stage != stage:
            stage, began, first, told = step.stage, now, step.done, now
        elif now - told >= LOG_SECONDS and step.done > first:
            told = now
            rate = (step.done - first) / (now - began)
            left = dt.timedelta(seconds=round((step.total - step.done) / rate))
            so_far = f"{step.done:,} of {step.total:,} {step.counted}"
            say(f"{stage}: {so_far}, {rate:.1f} a second, {left} left")


def _tell(ctx: click.Context, out: str, tables: Sequence[str]) -> None:
    from retold.bulk.place import Place

    place = Place.at(out)
    counted = {table: place.rows(table) for table in tables}
    say(
        f"{place.folder}: "
        + ", ".join(f"{count:,} {table}" for table, count in counted.items())
        + "."
    )
    if counted.get("failures"):
        ctx.exit(SOME_FAILED)
