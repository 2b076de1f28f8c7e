"""What every command has in common: an error is one line and a hint."""

from __future__ import annotations

from typing import Any

import click

from retold.errors import RetoldError


class Verb(click.Command):
    """A command whose errors are one line and a hint, unless `--debug` asks for the traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except RetoldError as error:
            if ctx.find_root().params["debug"]:
                raise
            raise click.ClickException(str(error)) from error
        except Exception as error:
            if ctx.find_root().params["debug"]:
                raise
            raise click.ClickException(
                f"retold itself failed ({type(error).__name__}: {error}). "
                "This is a bug; `retold --debug …` shows where."
            ) from error


class Verbs(click.Group):
    command_class = Verb
