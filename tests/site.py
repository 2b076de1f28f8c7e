"""A site of pages on 127.0.0.1, which knows what it was asked for and can be changed."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOCAL = frozenset({"127.0.0.1"})
TYPES = {"xml": "application/rss+xml", "txt": "text/plain", "gz": "application/gzip"}


@dataclass
class Site:
    """`pages` by path, `statuses` of those that are not simply there, `asked` in order."""

    address: str
    pages: dict[str, bytes | str] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"{self.address}/{path}"

    def feed(self, path: str, *listed: str) -> str:
        """The address of an RSS feed that lists the pages at these paths."""
        items = "".join(
            f"<item><link>{self.url(each)}</link><title>{each}</title></item>" for each in listed
        )
        self.pages[path] = (
            f"<?xml version='1.0'?><rss version='2.0'><channel><title>The Meridian</title>{items}"
            "</channel></rss>"
        )
        return self.url(path)


@contextmanager
def serving() -> Iterator[Site]:
    """A site while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.lstrip("/")
            site.asked.append(path)
            page = site.pages.get(path, b"")
            body = page.encode() if isinstance(page, str) else page
            etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            status = site.statuses.get(path, 200 if path in site.pages else 404)
            if status == 200 and self.headers["If-None-Match"] == etag:
                site.unchanged.append(path)
                status, body = 304, b""
            self.send_response(status)
            self.send_header("ETag", etag)
            self.send_header("Content-Type", TYPES.get(path.rpartition(".")[2], "text/html"))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    site = Site(address=f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def page(
    title: str, *paragraphs: str, day: str = "2031-05-04", outlet: str = "The Meridian"
) -> str:
    """A page with an article on it."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html><head><title>{title}</title><meta property="og:site_name" '
        f'content="{outlet}"><meta property="article:published_time" content="{day}"></head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )
