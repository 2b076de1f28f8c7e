"""`retold serve`: the pages in a browser, on this machine or, behind a key, for a desk."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retold.cli.output import say
from retold.cli.place import default_place
from retold.cli.reviews import reviews_in, reviews_option
from retold.cli.verbs import Verb
from retold.errors import RetoldError

if TYPE_CHECKING:
    from retold.archive.database import Place

EXAMPLES = """\b
Examples:
  retold serve --open
  retold serve --archive newsroom.sqlite
  RETOLD_PASSWORD=... retold serve --host 0.0.0.0 --name reader.example.org"""
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 shown, not bound


@click.command(cls=Verb, epilog=EXAMPLES)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    help="0 takes one that is free.",
)
@click.option(
    "--archive",
    "place",
    envvar="RETOLD_ARCHIVE",
    metavar="PLACE",
    help="Keep what is read in this archive, made if it is not there. Default: $RETOLD_ARCHIVE, "
    "else the user's own if there is one; without one stories are held until the server ends.",
)
@click.option(
    "--token", envvar="RETOLD_TOKEN", metavar="TEXT", help="Lets programs in; or $RETOLD_TOKEN."
)
@click.option(
    "--password",
    envvar="RETOLD_PASSWORD",
    metavar="TEXT",
    help="Lets readers in; or $RETOLD_PASSWORD.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="HOST",
    help="Another name of the server, such as a proxy's; may be given again.",
)
@reviews_option
@click.option("--open", "opens", is_flag=True, help="Open a browser.")
@click.pass_context
def serve(
    ctx: click.Context,
    host: str,
    port: int,
    place: str | None,
    token: str | None,
    password: str | None,
    names: tuple[str, ...],
    reviews: tuple[Path, ...],
    opens: bool,
) -> None:
    """Compare articles in a browser: paste them, upload them, or give addresses.

    The server answers this machine alone. On any other address it asks for a token or password, and
    does not start without one.
    """
    try:
        import uvicorn

        from retold.web.app import create_app
        from retold.web.settings import Settings
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f"{error.name} is not installed. Install what the server needs: "
            "pip install 'retold[web]'"
        ) from error

    settings = Settings(
        host=host,
        port=port,
        secrets=tuple(filter(None, (token, password))),
        names=names,
        archive=_archive(place),
        model=ctx.find_root().params["model"],
        reviews=reviews_in(reviews),
    )
    with _listening(host, port) as taken:
        address = _address(host, taken.getsockname()[1])
        say(f"retold listens on {address}  (Ctrl-C ends it)")
        say(f"archive: {settings.archive or 'none; what is compared is held until the end'}")
        if opens:
            click.launch(address)
        config = uvicorn.Config(
            create_app(settings),
            ws="none",
            log_level="warning",
            server_header=False,
            proxy_headers=False,  # who asks is who connects, whatever a header says
            timeout_graceful_shutdown=3,
            limit_concurrency=200,
        )
        with suppress(KeyboardInterrupt):  # which is how it ends
            uvicorn.Server(config).run(sockets=[taken])


def _archive(place: str | None) -> Place | None:
    from retold.archive.database import placed

    own = Path(default_place())
    return placed(place) if place else own if own.exists() else None


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens, so that the address holds before it is told."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host.strip("[]"), port), family=family, backlog=256)
    except OSError as error:
        raise RetoldError(
            f"{host}:{port}: it cannot be listened on ({error.strerror or error}).",
            hint="Give another --port, or --port 0 for any that is free.",
        ) from error


def _address(host: str, port: int) -> str:
    shown = ANYWHERE.get(host, host).strip("[]")
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
