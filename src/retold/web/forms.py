"""What a form brought, read within bounds and only if the form was ours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote, unquote

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from retold.errors import FormatError
from retold.sources.metadata import Metadata
from retold.web.answers import FORM_COOKIE, WHO_COOKIE
from retold.web.received import Address, Pasted, Received, Uploaded
from retold.web.settings import MEBIBYTE, Limits

MAX_NAME_CHARS = 120
READER = "a reader"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The fields of a form, each with all its values, and its files."""

    fields: Mapping[str, tuple[str, ...]]
    files: tuple[Uploaded, ...] = ()

    def one(self, name: str) -> str:
        """The field's first value, empty if it has none."""
        return next(iter(self.fields.get(name, ())), "")

    def all(self, name: str) -> tuple[str, ...]:
        return self.fields.get(name, ())


async def _read(request: Request) -> Form:
    desk = request.app.state.desk
    limits = desk.settings.limits
    fields: dict[str, tuple[str, ...]] = {}
    files: list[Uploaded] = []
    async with request.form(
        max_files=limits.articles, max_fields=limits.fields, max_part_size=16 * MEBIBYTE
    ) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                if value.filename:
                    data = await value.read()
                    files.append(Uploaded(name=_bare(value.filename), data=data))
            else:
                fields[name] = (*fields.get(name, ()), value)
    read = Form(fields=fields, files=tuple(files))
    if not desk.keys.is_form(request.cookies.get(FORM_COOKIE, ""), read.one("token")):
        raise HTTPException(
            403, "This form is too old, or was not ours. Open the page again and send it once more."
        )
    return read


FormOf = Annotated[Form, Depends(_read)]
"""The form of a request, for whoever answers it."""


def received(form: Form, limits: Limits) -> tuple[Received, ...]:
    """The articles that the form brings: pasted ones first, then files, then addresses.

    Raises:
        FormatError: nothing, too much, or a date that is none.
    """
    pasted = [
        Pasted(text=text, known=_known(form, number))
        for number in range(limits.articles)
        if (text := form.one(f"text-{number}")).strip()
    ]
    urls = [line.strip() for line in form.one("addresses").splitlines() if line.strip()]
    if len(urls) > limits.addresses:
        raise FormatError(f"at most {limits.addresses} addresses at once.", hint="Give fewer.")
    out: tuple[Received, ...] = (*pasted, *form.files, *(Address(url=url) for url in urls))
    if not out:
        raise FormatError(
            "there is nothing to compare.",
            hint="Paste two articles, choose files, or give addresses.",
        )
    return out


def _known(form: Form, number: int) -> Metadata:
    return known(
        outlet=form.one(f"outlet-{number}"),
        url=form.one(f"url-{number}"),
        published=form.one(f"published-{number}"),
    )


def known(*, outlet: str, url: str, published: str, title: str = "") -> Metadata:
    """What is said of an article, blanks as nothing.

    Raises:
        FormatError: a date that is none.
    """
    try:
        day = dt.date.fromisoformat(published.strip()) if published.strip() else None
    except ValueError:
        raise FormatError(f"{published!r} is not a day such as 2031-05-05.") from None
    return Metadata(outlet=_line(outlet), url=_line(url), title=_line(title), published=day)


def _line(text: str) -> str | None:
    """The text on one line, None if it is blank."""
    return " ".join(text.split()) or None


def _bare(name: str) -> str:
    """The name of a file without folders, as a label: no file of this machine goes by it."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in last if c.isprintable()).strip()
    return shown[-MAX_NAME_CHARS:] or "a file"


# --- who writes ----------------------------------------------------------------------------------


def who(request: Request) -> str:
    """The name that the reader gave last, empty if none."""
    return unquote(request.cookies.get(WHO_COOKIE, ""))


def who_cookie(name: str) -> str:
    """The name as a cookie holds it: nothing in it ends a header."""
    return quote(name, safe="")


def signed(form: Form) -> str:
    """The name under which a correction is made."""
    return _line(form.one("who")) or READER
