"""A page from the web: checked, limited, and nothing sent but the wish to have it."""

from __future__ import annotations

import time
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from urllib.parse import SplitResult, urljoin, urlunsplit

import urllib3

from retold import __version__
from retold.errors import SourceError
from retold.sources import guard

MAX_BYTES = 10_000_000
MAX_REDIRECTS = 5
TIMEOUT_SECONDS = 20.0
CHUNK_BYTES = 65_536
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", ""})
_REASONS = {
    401: "it asks for a password",
    402: "it asks for payment",
    403: "it refuses to show the page",
    404: "there is no such page",
    410: "the page is gone",
    429: "it has had too many requests",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """What was sent for an address: `url` is where the redirects ended."""

    url: str
    body: bytes
    charset: str | None
    is_html: bool


def get(url: str, *, timeout: float = TIMEOUT_SECONDS, allow: Collection[str] = ()) -> Download:
    """The page at `url`, redirects followed.

    Args:
        timeout: seconds for all of it.
        allow: addresses that may be called though they are not public.

    Raises:
        SourceError: whatever keeps it from being had, in the user's words.
    """
    deadline = time.monotonic() + timeout
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
        with _answer(parts, deadline, allow) as answer:
            target = answer.headers.get("Location")
            if answer.status not in _REDIRECTS or not target:
                return _download(at, answer, deadline)
        at = urljoin(at, target)
    raise SourceError(
        f"{url}: it redirects in a circle.",
        hint="It may ask for a cookie; save the page from a browser and give the file.",
    )


@contextmanager
def _answer(
    parts: SplitResult, deadline: float, allow: Collection[str]
) -> Iterator[urllib3.BaseHTTPResponse]:
    """The server's answer, headers read and body not.

    The connection goes to the address that was checked, not to the name, which a hostile name
    server could resolve to another address the second time.
    """
    address, port = guard.resolve(parts, allow=allow)
    host = parts.hostname or ""
    timeout = urllib3.Timeout(total=_left(deadline, host))
    pool: urllib3.HTTPConnectionPool
    if parts.scheme.lower() == "https":
        pool = urllib3.HTTPSConnectionPool(
            address, port, timeout=timeout, server_hostname=host, assert_hostname=host
        )
    else:
        pool = urllib3.HTTPConnectionPool(address, port, timeout=timeout)
    answer: urllib3.BaseHTTPResponse | None = None
    try:
        answer = pool.request(
            "GET",
            urlunsplit(("", "", parts.path or "/", parts.query, "")),
            headers={
                "Host": parts.netloc,
                "User-Agent": f"retold/{__version__}",
                "Accept": "text/html, application/xhtml+xml, text/plain;q=0.8",
                "Accept-Encoding": "gzip",
            },
            retries=False,
            redirect=False,
            preload_content=False,
            decode_content=False,
        )
        yield answer
    except urllib3.exceptions.SSLError as error:
        raise SourceError(
            f"{host}: its certificate cannot be trusted ({error}).",
            hint="Save the page from a browser if you trust it, and give the file.",
        ) from error
    except urllib3.exceptions.HTTPError as error:
        # urllib3 counts a refused connection among its time-outs
        is_refused = isinstance(error, urllib3.exceptions.NewConnectionError)
        if isinstance(error, urllib3.exceptions.TimeoutError) and not is_refused:
            raise _late(host) from error
        raise SourceError(
            f"{host}: the connection failed ({type(error).__name__}).",
            hint="Check the address and your connection.",
        ) from error
    finally:
        if answer is not None:
            answer.close()
        pool.close()


def _download(url: str, answer: urllib3.BaseHTTPResponse, deadline: float) -> Download:
    """The body of the answer, if it is a page and not too large."""
    if answer.status != 200:
        reason = _REASONS.get(answer.status, answer.reason or "no page came")
        raise SourceError(
            f"{url}: the server answers {answer.status}: {reason}.",
            hint="Open it in a browser; if you see it there, save it and give the file.",
        )
    header = Message()
    header["Content-Type"] = answer.headers.get("Content-Type", "")
    content_type = header.get_content_type() if header["Content-Type"] else ""
    if content_type not in _TYPES:
        raise SourceError(
            f"{url}: this is {content_type}, not a page.",
            hint="Give the address of the article's page.",
        )
    body = b"".join(_limited(_unpacked(_chunks(answer, deadline, url), answer, url), url))
    charset = header.get_content_charset() if content_type else None
    return Download(
        url=url, body=body, charset=charset, is_html=content_type not in ("text/plain", "")
    )


def _chunks(answer: urllib3.BaseHTTPResponse, deadline: float, url: str) -> Iterator[bytes]:
    # read1 takes what is there: a server that drips would keep read(n) busy past the deadline
    while chunk := answer.read1(CHUNK_BYTES, decode_content=False):
        _left(deadline, url)
        yield chunk


def _unpacked(
    chunks: Iterator[bytes], answer: urllib3.BaseHTTPResponse, url: str
) -> Iterator[bytes]:
    """The chunks unpacked little by little: a small answer may hold a page without an end."""
    coding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if coding in ("identity", ""):
        yield from chunks
        return
    if coding not in ("gzip", "x-gzip"):
        raise SourceError(f"{url}: it is packed as {coding}, which was not asked for.")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        for chunk in chunks:
            packed = chunk
            while packed:
                yield unpacker.decompress(packed, CHUNK_BYTES)
                packed = unpacker.unconsumed_tail
        yield unpacker.flush()
    except zlib.error as error:
        raise SourceError(f"{url}: its content is damaged ({error}).") from error


def _limited(chunks: Iterator[bytes], url: str) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > MAX_BYTES:
            raise SourceError(
                f"{url}: it is larger than {MAX_BYTES // 1_000_000} MB.",
                hint="Save the article's text to a file and give that.",
            )
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
