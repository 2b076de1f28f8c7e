"""Answers: pages from templates, JSON, and one shape for everything that went wrong."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from retold import __version__
from retold.showing import html

FORM_COOKIE = "retold-form"
WHO_COOKIE = "retold-who"


def page(request: Request, template: str, status: int = 200, **shown: Any) -> Response:
    """The page of a template. Its forms carry a token for this browser."""
    desk = request.app.state.desk
    cookie = request.cookies.get(FORM_COOKIE, "") or desk.keys.form_cookie()
    body = (
        _environment()
        .get_template(template)
        .render(
            version=__version__,
            path=request.url.path,
            token=desk.keys.form_token(cookie),
            has_archive=desk.settings.archive is not None,
            has_session=not desk.keys.is_open,
            **shown,
        )
    )
    answer = HTMLResponse(body, status)
    if FORM_COOKIE not in request.cookies:
        set_cookie(request, answer, FORM_COOKIE, cookie)
    return answer


def set_cookie(
    request: Request, answer: Response, name: str, value: str, *, seconds: int | None = None
) -> None:
    """A cookie that no script reads and no other site sends."""
    asked_by = request.headers.get("x-forwarded-proto", request.url.scheme)
    answer.set_cookie(
        name, value, max_age=seconds, httponly=True, samesite="strict", secure=asked_by == "https"
    )


def problem(request: Request, status: int, message: str, hint: str = "") -> Response:
    """What went wrong and what to do, as a page or as JSON."""
    if wants_json(request):
        return JSONResponse({"error": message, "hint": hint}, status)
    return page(request, "problem.html", status, code=status, message=message, hint=hint)


def wants_json(request: Request) -> bool:
    """True for an address that ends in `.json`, and for who asks for nothing else."""
    accepted = request.headers.get("accept", "")
    return request.url.path.endswith(".json") or (
        "application/json" in accepted and "text/html" not in accepted
    )


def static(name: str) -> str | None:
    """The style or the script of the pages; None for any other name."""
    if name == "page.css":
        return html.style()
    if name not in ("web.css", "web.js"):
        return None
    return _file(name)


@cache
def _file(name: str) -> str:
    return (resources.files("retold.web") / "static" / name).read_text(encoding="utf-8")


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("retold.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
