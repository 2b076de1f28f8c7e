"""A page from the web: checked, limited, and nothing sent but the wish to have it."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from urllib.parse import SplitResult, quote, urljoin, urlunsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.util.ssl_match_hostname import CertificateError

from retold import __version__
from retold.errors import SourceError
from retold.sources import guard, unpacking

MAX_REDIRECTS = 5
TIMEOUT_SECONDS = 20.0
MAX_VALIDATOR_CHARS = 500
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_FEEDS = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/xml",
        "text/xml",
        "application/gzip",  # a sitemap may be packed
        "application/x-gzip",
    }
)
_HEADERS = {
    "User-Agent": f"retold/{__version__}",
    "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, "
    "application/xml;q=0.9, text/plain;q=0.8",
    "Accept-Encoding": "gzip",
}
_TYPES = _PAGES | _FEEDS | {"text/plain", ""}
_REASONS = {
    401: "it asks for a password",
    402: "it asks for payment",
    403: "it refuses to show the page",
    404: "there is no such page",
    410: "the page is gone",
    429: "it has had too many requests",
}


class RefusedError(SourceError):
    """The server's own answer that there is no page: `status` as HTTP has it, and after how many
    seconds it may be asked again, if it says so."""

    def __init__(self, message: str, *, hint: str, status: int, wait: float | None) -> None:
        super().__init__(message, hint=hint)
        self.status = status
        self.wait = wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server said by which it will know whether the page at `url` is still the same."""

    url: str
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """What was sent for an address: `url` is where the redirects ended."""

    url: str
    body: bytes
    charset: str | None
    is_html: bool
    validators: Validators | None = None


def get(url: str, *, timeout: float = TIMEOUT_SECONDS, allow: Collection[str] = ()) -> Download:
    """The page, feed or sitemap at `url`, redirects followed.

    Args:
        timeout: seconds for all of it.
        allow: addresses that may be called though they are not public.

    Raises:
        SourceError: whatever keeps it from being had, in the user's words.
    """
    return _download(url, _TYPES, time.monotonic() + timeout, allow)


def get_any(url: str, *, timeout: float = TIMEOUT_SECONDS, allow: Collection[str] = ()) -> Download:
    """The same as `get`, whatever type the server says that it is."""
    return _download(url, None, time.monotonic() + timeout, allow)


def get_changed(
    url: str,
    since: Validators | None,
    *,
    timeout: float = TIMEOUT_SECONDS,
    allow: Collection[str] = (),
) -> Download | None:
    """The same as `get`, but None if the server says that the page is as it was at `since`."""
    deadline = time.monotonic() + timeout
    with _answered(url, since, deadline, allow) as (at, answer):
        if since and answer.status == 304:
            return None
        return _downloaded(at, answer, _TYPES, deadline)


def _download(
    url: str, types: Collection[str] | None, deadline: float, allow: Collection[str]
) -> Download:
    with _answered(url, None, deadline, allow) as (at, answer):
        return _downloaded(at, answer, types, deadline)


@contextmanager
def _answered(
    url: str, since: Validators | None, deadline: float, allow: Collection[str]
) -> Iterator[tuple[str, urllib3.BaseHTTPResponse]]:
    """The answer at the end of the redirects, and the address that gave it."""
    seen: list[str] = []
    at = url
    while at not in seen:
        if len(seen) > MAX_REDIRECTS:
            raise SourceError(
                f"{url}: it redirects more than {MAX_REDIRECTS} times.",
                hint="Open it in a browser and give the address where it ends.",
            )
        seen.append(at)
        parts = guard.split(at)
        # what one server said is sent back to that address, and to no other
        asked = _conditions(since) if since and since.url == at else {}
        with _answer(parts, asked, deadline, allow) as answer:
            target = answer.headers.get("Location")
            if answer.status not in _REDIRECTS or not target:
                yield at, answer
                return
        at = _joined(at, target)
    raise SourceError(
        f"{url}: it redirects in a circle.",
        hint="It may ask for a cookie; save the page from a browser and give the file.",
    )


def _joined(at: str, target: str) -> str:
    """The address that a redirect leads to; its bytes are UTF-8, though HTTP reads them otherwise.

    Raises:
        SourceError: it leads nowhere.
    """
    with suppress(UnicodeError):
        target = target.encode("latin-1").decode("utf-8")
    try:
        return urljoin(at, target)
    except ValueError as error:
        raise SourceError(f"{at}: it redirects to no address ({error}).") from error


def _conditions(since: Validators) -> dict[str, str]:
    told = {"If-None-Match": since.etag, "If-Modified-Since": since.modified}
    return {name: value for name, value in told.items() if value}


@contextmanager
def _answer(
    parts: SplitResult, asked: dict[str, str], deadline: float, allow: Collection[str]
) -> Iterator[urllib3.BaseHTTPResponse]:
    """The server's answer, headers read and body not.

    The connection goes to the address that was checked, not to the name, which a hostile name
    server could resolve to another address the second time.
    """
    address, port = guard.resolve(parts, allow=allow)
    host = parts.hostname or ""
    connection = _connection(parts, address, port, timeout=_left(deadline, host))
    # time-outs count for each read, and a server that drips would keep them all
    end = threading.Timer(_left(deadline, host), _cut, (connection,))
    end.daemon = True
    end.start()
    try:
        connection.request(
            "GET",
            _escaped(urlunsplit(("", "", parts.path or "/", parts.query, ""))),
            headers={**_HEADERS, "Host": parts.netloc, **asked},
            preload_content=False,
            decode_content=False,
        )
        with closing(connection.getresponse()) as answer:
            yield answer
        _left(deadline, host)
    except (ssl.SSLCertVerificationError, CertificateError) as error:
        raise SourceError(
            f"{host}: its certificate cannot be trusted ({error}).",
            hint="Save the page from a browser if you trust it, and give the file.",
        ) from error
    except (OSError, HTTPException, HTTPError) as error:
        _left(deadline, host)
        if isinstance(error, TimeoutError | urllib3.exceptions.TimeoutError) and not isinstance(
            error,
            urllib3.exceptions.NewConnectionError,  # a refused connection, among its time-outs
        ):
            raise _late(host) from error
        raise SourceError(
            f"{host}: the connection failed ({type(error).__name__}).",
            hint="Check the address and your connection.",
        ) from error
    finally:
        end.cancel()
        connection.close()


def _connection(parts: SplitResult, address: str, port: int, *, timeout: float) -> HTTPConnection:
    if parts.scheme.lower() == "http":
        return HTTPConnection(address, port, timeout=timeout)
    host = parts.hostname
    return HTTPSConnection(
        address, port, timeout=timeout, server_hostname=host, assert_hostname=host
    )


def _cut(connection: HTTPConnection) -> None:
    """End whatever the connection waits for."""
    if connection.sock:
        with suppress(OSError):  # it has just ended by itself
            connection.sock.shutdown(socket.SHUT_RDWR)


def _escaped(target: str) -> str:
    """The path and query as they may stand in a request; what is escaped already stays."""
    return quote(target, safe="/?%:;=@&+$,!*'()~[]", errors="replace")


def _downloaded(
    url: str, answer: urllib3.BaseHTTPResponse, types: Collection[str] | None, deadline: float
) -> Download:
    """The body of the answer, if it is a page and not too large."""
    if answer.status != 200:
        raise _refusal(url, answer)
    header = Message()
    header["Content-Type"] = answer.headers.get("Content-Type", "")
    content_type = header.get_content_type() if header["Content-Type"] else ""
    if types is not None and content_type not in types:
        raise SourceError(
            f"{url}: this is {content_type}, not a page.",
            hint="Give the address of the article's page.",
        )
    coding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip", ""):
        raise SourceError(f"{url}: it is packed as {coding}, which was not asked for.")
    chunks = _chunks(answer, deadline, url)
    return Download(
        url=url,
        body=unpacking.limited(unpacking.unpacked(chunks, coding, url), url),
        charset=header.get_content_charset() if content_type else None,
        is_html=content_type in _PAGES,
        validators=_validators(url, answer),
    )


def _validators(url: str, answer: urllib3.BaseHTTPResponse) -> Validators | None:
    etag = _short(answer.headers.get("ETag"))
    modified = _short(answer.headers.get("Last-Modified"))
    return Validators(url=url, etag=etag, modified=modified) if etag or modified else None


def _refusal(url: str, answer: urllib3.BaseHTTPResponse) -> RefusedError:
    reason = _REASONS.get(answer.status, answer.reason or "no page came")
    wait = answer.headers.get("Retry-After", "").strip()
    return RefusedError(
        f"{url}: the server answers {answer.status}: {reason}.",
        hint="Open it in a browser; if you see it there, save it and give the file.",
        status=answer.status,
        wait=float(wait) if wait.isascii() and wait.isdecimal() and len(wait) < 8 else None,
    )


def _short(value: str | None) -> str | None:
    """`value` if it can be kept and sent back."""
    is_kept = (
        value and len(value) <= MAX_VALIDATOR_CHARS and value.isascii() and value.isprintable()
    )
    return value if is_kept else None


def _chunks(answer: urllib3.BaseHTTPResponse, deadline: float, url: str) -> Iterator[bytes]:
    # read1 takes what is there: a server that drips would keep read(n) busy past the deadline
    while chunk := answer.read1(unpacking.CHUNK_BYTES, decode_content=False):
        _left(deadline, url)
        yield chunk


def _left(deadline: float, name: str) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise _late(name)
    return left


def _late(name: str) -> SourceError:
    return SourceError(
        f"{name}: no answer in time.", hint="Try again, or save the page and give the file."
    )
