"""What every request passes and every answer carries, whatever page it is for.

The host that is asked for must be ours (a hostile name that leads to this machine is not), a write
must come from our own pages, a body and the number of writes have a bound, and whoever has no key
is asked for one.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from retold.web import answers
from retold.web.keys import Keys
from retold.web.settings import Settings, is_loopback

SESSION = "retold-session"
LOGIN = "/login"
STATIC = "/static/"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # without any, a browser hides where its forms come from
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
CLIENTS = 10_000  # whose pace is remembered


class Gate:
    """Stands before the application."""

    def __init__(self, app: ASGIApp, *, settings: Settings, keys: Keys) -> None:
        self._app, self._keys = app, keys
        self._limit = settings.limits.body_bytes
        self._names = {settings.host.strip("[]").lower(), *map(str.lower, settings.names)}
        self._is_loopback = is_loopback(settings.host)
        self._is_anywhere = settings.host in ("0.0.0.0", "::")  # noqa: S104 compared, not bound
        self._pace = Pace(settings.limits.writes_a_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = self._refused(Request(scope))
        handle = refused or self._app
        await handle(scope, _limited(receive, self._limit), _with_headers(send))

    def _refused(self, request: Request) -> Response | None:
        """The answer to a request that goes no further."""
        if not self._is_ours(request.headers.get("host", "")):
            return answers.problem(request, 421, "This server does not go by that name.")
        length = request.headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._limit:
            return answers.problem(request, 413, _too_large(self._limit))
        is_write = request.method not in ("GET", "HEAD", "OPTIONS")
        if (is_write and not _is_same_origin(request.headers)) or _is_drawn_in(request.headers):
            return answers.problem(request, 403, "This did not come from a page of ours.")
        may_enter = self._may_enter(request)
        is_guess = not may_enter and "authorization" in request.headers
        if (is_write or is_guess) and (wait := self._pace.wait(_client(request))):
            refusal = answers.problem(request, 429, "Too many requests. Wait a minute.")
            refusal.headers["Retry-After"] = str(wait)
            return refusal
        return None if may_enter else self._shut(request)

    def _is_ours(self, host: str) -> bool:
        """True for a name of this server. A page of another site, whose name was made to lead
        here, would else be taken for one of our own."""
        try:
            name = (urlsplit(f"//{host}").hostname or "").lower()
        except ValueError:
            return False
        if self._is_loopback or is_loopback(name):
            return is_loopback(name) or name in self._names
        return self._is_anywhere or name in self._names

    def _may_enter(self, request: Request) -> bool:
        path = request.url.path
        if self._keys.is_open or path == LOGIN or path.startswith(STATIC):
            return True
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._keys.opens(token.strip()):
            return True
        return self._keys.is_session(request.cookies.get(SESSION, ""))

    def _shut(self, request: Request) -> Response:
        if request.method == "GET" and not answers.wants_json(request):
            return RedirectResponse(LOGIN, status_code=303)
        refusal = answers.problem(request, 401, "A token or password is needed.")
        refusal.headers["WWW-Authenticate"] = "Bearer"
        return refusal


class Pace:
    """How often a client may write: so many at once, and as many a minute."""

    def __init__(self, a_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = a_minute, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, client: str) -> int:
        """0, and one of them is spent; or the seconds until there is one again."""
        with self._lock:
            now = self._clock()
            left, since = self._left.get(client, (float(self._most), now))
            left = min(self._most, left + (now - since) * self._most / 60)
            is_free = left >= 1
            self._left[client] = (left - is_free, now)
            self._left.move_to_end(client)
            if len(self._left) > CLIENTS:
                self._left.popitem(last=False)
            return 0 if is_free else math.ceil((1 - left) * 60 / self._most)


def _is_same_origin(headers: Mapping[str, str]) -> bool:
    """False if a browser says that another site sent this. Only browsers say anything."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2] == headers.get("host")


def _is_drawn_in(headers: Mapping[str, str]) -> bool:
    """True if a page of another site asks for this as a part of its own: it wants our time."""
    is_foreign = headers.get("sec-fetch-site", "none") == "cross-site"
    return is_foreign and headers.get("sec-fetch-mode") != "navigate"


def _client(request: Request) -> str:
    return request.client.host if request.client else ""


def _limited(receive: Receive, limit: int) -> Receive:
    """The body as it comes, up to the limit, whatever its length was said to be."""
    size = 0

    async def read() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > limit:
            raise HTTPException(413, _too_large(limit))
        return message

    return read


def _too_large(limit: int) -> str:
    return f"This is more than {limit >> 20} MB. Send less at once."


def _with_headers(send: Send) -> Send:
    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return answer
