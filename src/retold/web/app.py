"""The application: pages and the same addresses with `.json`, behind one gate."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from retold import __version__
from retold.errors import RetoldError
from retold.web import answers, api, asking, correcting, desk, pages
from retold.web.desk import Run
from retold.web.gate import Gate
from retold.web.jobs import BusyError
from retold.web.settings import Settings

DESCRIPTION = """Compares accounts of one event, article by article, passage by passage.

Send articles to `POST /stories.json`, follow the job, and take the report, whose format is
`retold-report/1`. Corrections are records of their own, laid over the report."""

# FastAPI can be told by the environment to report each request elsewhere; this server reports none
SILENT: dict[str, Any] = {
    "telemetry": dict.fromkeys(
        ("tracing", "metrics", "logs", "operation_spans", "auto_configure"), False
    )
}


def create_app(settings: Settings, *, run: Run | None = None) -> FastAPI:
    """The server's application.

    Args:
        run: does the tasks in place of the process that the server starts for them.
    """
    own = desk.furnished(settings, run=run)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        own.close()

    app = FastAPI(
        title="retold",
        version=__version__,
        description=DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,  # its pages come from elsewhere, and this server's come from itself
        redoc_url=None,
        **SILENT,
    )
    app.state.desk = own
    app.add_middleware(Gate, settings=settings, keys=own.keys)
    app.include_router(api.router)
    app.include_router(pages.router)
    app.include_router(correcting.router)
    app.include_router(asking.router, responses=api.PROBLEMS)
    app.add_exception_handler(RetoldError, _told)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _failed)
    return app


def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, RetoldError)  # noqa: S101 it is registered for these
    status = 503 if isinstance(error, BusyError) else 400
    answer = answers.problem(request, status, error.message, error.hint)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Retry-After"] = "60"
    return answer


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 it is registered for these
    answer = answers.problem(request, error.status_code, error.detail)
    answer.headers.update(error.headers or {})
    return answer


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 it is registered for these
    first = error.errors()[0]
    place = ".".join(map(str, first["loc"]))
    return answers.problem(request, 422, f"{place}: {first['msg']}.")


def _failed(request: Request, error: Exception) -> Response:
    return answers.problem(request, 500, "retold itself failed.", "The server's log says where.")
