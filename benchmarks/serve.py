"""How long a reader waits for the page of a story that has been compared.

python -m benchmarks.serve
python -m benchmarks.serve --articles 10 --requests 200

A server is started on loopback as `retold serve` starts it, articles of the benchmarks are compared
in it, and the page is asked for over one connection after another.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import articles

RETOLD = (sys.executable, "-m", "retold")
WAIT_SECONDS = 600
LISTENS = re.compile(r"http://127\.0\.0\.1:(\d+)")


def main() -> int:
    options = _options()
    with TemporaryDirectory() as folder:
        articles.write_story(Path(folder), count=options.articles)
        texts = [path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.txt"))]
        server, port = _started(Path(folder) / "archive.sqlite")
        try:
            path = _compared(port, texts)
            size = len(_asked(port, path))
            waits = [_waited(port, path) for _ in range(options.requests)]
        finally:
            server.terminate()
            server.wait()
    ranked = sorted(waits)
    print(f"{len(texts)} articles, a page of {size / 1e6:.2f} MB, {len(waits)} requests")
    print(f"median {statistics.median(waits) * 1000:.1f} ms")
    print(f"99th percentile {ranked[int(0.99 * (len(ranked) - 1))] * 1000:.1f} ms")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.serve",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--articles", type=int, default=10, metavar="N")
    parser.add_argument("--requests", type=int, default=200, metavar="N")
    return parser.parse_args()


def _started(archive: Path) -> tuple[subprocess.Popen[str], int]:
    """The server, and the port that it tells."""
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "retold",
            "serve",
            "--port",
            "0",
        ],
        stderr=subprocess.PIPE,
        text=True,
    )
    for line in server.stderr or ():
        if found := LISTENS.search(line):
            return server, int(found[1])
    raise SystemExit("the server did not start")


def _compared(port: int, texts: list[str]) -> str:
    """The address of the story, once the server has compared the texts."""
    sent = {
        "articles": [
            {"text": text, "outlet": f"Outlet {n}"} for n, text in enumerate(texts, start=1)
        ],
        "together": True,
    }
    job = json.loads(_asked(port, "/stories.json", json.dumps(sent).encode()))
    end = time.monotonic() + WAIT_SECONDS
    while job["state"] in ("waiting", "running") and time.monotonic() < end:
        time.sleep(0.5)
        job = json.loads(_asked(port, f"/jobs/{job['id']}.json"))
    if job["state"] != "done":
        raise SystemExit(f"the articles were not compared: {job['error'] or job['state']}")
    return f"/stories/{job['story']}"


def _waited(port: int, path: str) -> float:
    """Seconds from the connection to the last byte of the page."""
    start = time.perf_counter()
    _asked(port, path)
    return time.perf_counter() - start


def _asked(port: int, path: str, body: bytes | None = None) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        method = "POST" if body else "GET"
        connection.request(method, path, body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        held = answer.read()
        if answer.status >= 400:
            raise SystemExit(f"{method} {path}: {answer.status} {held[:200].decode()}")
        return held
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
