"""Addresses: which are called, and what becomes of a bad answer. Servers are on 127.0.0.1 only."""

from __future__ import annotations

import gzip
import ssl
import subprocess
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from retold.errors import SourceError
from retold.sources import fetch, guard, unpacking

LOCAL = frozenset({"127.0.0.1"})
PAGE = "<!DOCTYPE html><html><body><p>Köln’s bridge is closed.</p></body></html>"
BOMB = gzip.compress(b" " * 40_000_000)


class Server(BaseHTTPRequestHandler):
    """Answers by the path that is asked for."""

    def do_GET(self) -> None:
        getattr(self, "get_" + self.path.strip("/").split("?")[0].split("/")[0])()

    def answer(self, body: bytes, *, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content_Type": "text/html; charset=utf-8"} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def get_page(self) -> None:
        self.answer(PAGE.encode())

    def get_latin(self) -> None:
        self.answer(PAGE.encode("cp1252"), Content_Type="text/html; charset=iso-8859-1")

    def get_gzip(self) -> None:
        self.answer(gzip.compress(PAGE.encode()), Content_Encoding="gzip")

    def get_echo(self) -> None:
        sent = (self.headers[name] for name in ("Host", "Authorization", "Cookie"))
        seen = " ".join(map(str, (self.path, *sent)))
        self.answer(seen.encode())

    def get_once(self) -> None:
        self.answer(b"", status=302, Location="/page?from=once")

    def get_circle(self) -> None:
        self.answer(b"", status=302, Location="/circle")

    def get_forever(self) -> None:
        self.answer(b"", status=301, Location=f"{self.path}/on")

    def get_inward(self) -> None:
        self.answer(b"", status=302, Location="http://169.254.169.254/latest/meta-data/")

    def get_away(self) -> None:
        self.answer(b"", status=302, Location="file:///etc/passwd")

    def get_none(self) -> None:
        self.answer(b"gone", status=404)

    def get_picture(self) -> None:
        self.answer(b"\x89PNG", Content_Type="image/png")

    def get_large(self) -> None:
        self.answer(b"x" * (unpacking.MAX_BYTES + 1))

    def get_bomb(self) -> None:
        self.answer(BOMB, Content_Encoding="gzip")

    def get_damaged(self) -> None:
        self.answer(b"\x1f\x8b\x08not gzip at all", Content_Encoding="gzip")

    def get_unasked(self) -> None:
        self.answer(zlib.compress(PAGE.encode()), Content_Encoding="br")

    def get_silent(self) -> None:
        released.wait(10)

    def get_dripping(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        while not released.wait(0.05):
            self.wfile.write(b"drip")

    def get_dripping_head(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not released.wait(0.05):
            self.wfile.write(b"drip")

    def get_cut(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"<p>not all")

    def get_nowhere(self) -> None:
        self.answer(b"", status=302, Location="http://[::1/")

    def get_letters(self) -> None:
        self.answer(b"", status=302, Location="/page?name=Br\u00c3\u00bccke of us")

    def get_many_headers(self) -> None:
        self.answer(PAGE.encode(), **{f"X-{n}": "x" for n in range(500)})

    def get_long_header(self) -> None:
        self.answer(PAGE.encode(), Long="x" * 100_000)

    def get_not_http(self) -> None:
        self.wfile.write(b"SSH-2.0-OpenSSH\r\n")

    def get_cookie(self) -> None:
        self.answer(b"", status=302, Location="/echo", Set_Cookie="who=ann")

    def get_members(self) -> None:
        page = PAGE.encode()
        body = gzip.compress(page[:20]) + gzip.compress(page[20:])
        self.answer(body, Content_Encoding="gzip")

    def get_cut_gzip(self) -> None:
        self.answer(gzip.compress(PAGE.encode())[:-9], Content_Encoding="gzip")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged."""


released = threading.Event()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a server that runs while these tests do."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    released.clear()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    released.set()
    server.shutdown()
    thread.join()
    server.server_close()


def error_of(url: str, **options: object) -> str:
    """The message of what `url` raises."""
    with pytest.raises(SourceError) as caught:
        fetch.get(url, **({"allow": LOCAL} | options))  # type: ignore[arg-type]
    return caught.value.message


def test_a_page_comes_with_its_charset(site: str) -> None:
    """The bytes of a page, what its server says of them, and its address."""
    assert fetch.get(f"{site}/page", allow=LOCAL) == fetch.Download(
        url=f"{site}/page", body=PAGE.encode(), charset="utf-8", is_html=True
    )
    assert fetch.get(f"{site}/latin", allow=LOCAL).charset == "iso-8859-1"


def test_a_packed_page_is_unpacked(site: str) -> None:
    """gzip is undone."""
    assert fetch.get(f"{site}/gzip", allow=LOCAL).body == PAGE.encode()
    assert fetch.get(f"{site}/members", allow=LOCAL).body == PAGE.encode()


def test_a_redirect_is_followed_and_named(site: str) -> None:
    """The address of a page is where the redirects ended."""
    assert fetch.get(f"{site}/once", allow=LOCAL).url == f"{site}/page?from=once"


def test_only_path_and_query_are_sent(site: str) -> None:
    """The server is told the name that was asked for and nothing else of the address."""
    host = site.removeprefix("http://")
    sent = fetch.get(f"{site}/echo?a=1#part", allow=LOCAL).body
    assert sent == f"/echo?a=1 {host} None None".encode()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("circle", "it redirects in a circle."),
        ("forever", "it redirects more than 5 times."),
        ("none", "the server answers 404: there is no such page."),
        ("picture", "this is image/png, not a page."),
        ("large", "it is larger than 10 MB."),
        ("bomb", "it is larger than 10 MB."),
        ("damaged", "its content is damaged"),
        ("unasked", "it is packed as br, which was not asked for."),
        ("cut_gzip", "its content is damaged (it is cut short)"),
        ("nowhere", "it redirects to no address"),
    ],
)
def test_a_bad_answer_is_told_in_a_line(site: str, path: str, said: str) -> None:
    """Each bad answer has words of its own, with the address before them."""
    assert error_of(f"{site}/{path}").startswith(f"{site}/{path}: {said}")


@pytest.mark.parametrize("path", ["silent", "dripping", "dripping_head"])
def test_a_slow_server_is_left(site: str, path: str) -> None:
    """No answer in time is an error, also when the server keeps sending a little."""
    assert error_of(f"{site}/{path}", timeout=0.3).endswith("no answer in time.")


def test_a_redirect_inward_is_not_followed(site: str) -> None:
    """Every address on the way is checked, not the first alone."""
    assert error_of(f"{site}/inward") == (
        "169.254.169.254: its address 169.254.169.254 is not public, and is not fetched."
    )
    assert "only http and https" in error_of(f"{site}/away")


@pytest.mark.parametrize("path", ["cut", "many_headers", "long_header", "not_http"])
def test_a_server_that_breaks_the_rules_is_a_failed_connection(site: str, path: str) -> None:
    """Half a page, headers without end, no HTTP at all: an error in words, and no page."""
    assert "127.0.0.1: the connection failed (" in error_of(f"{site}/{path}")


def test_a_redirect_may_have_any_letters(site: str) -> None:
    """Letters and blanks are escaped, as browsers do."""
    assert fetch.get(f"{site}/letters", allow=LOCAL).url == f"{site}/page?name=Brücke of us"


def test_no_cookie_is_sent_on(site: str) -> None:
    """What a server sets is forgotten at once."""
    host = site.removeprefix("http://")
    assert fetch.get(f"{site}/cookie", allow=LOCAL).body == f"/echo {host} None None".encode()


def test_a_certificate_must_be_trusted(tmp_path: Path) -> None:
    """A server that signed for itself is not believed, whatever it sends."""
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj",  # noqa: S607
         "/CN=127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip("openssl, which makes the certificate, is not here")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    message = error_of(f"https://127.0.0.1:{server.server_port}/page")
    server.shutdown()
    thread.join()
    server.server_close()
    assert message.startswith("127.0.0.1: its certificate cannot be trusted")


def test_a_closed_port_is_told() -> None:
    """A server that does not listen is a failed connection."""
    assert "the connection failed" in error_of("http://127.0.0.1:9/")


def test_without_leave_a_local_server_is_not_called(site: str) -> None:
    """Loopback is refused unless the caller allows that very address."""
    assert "is not public" in error_of(f"{site}/page", allow=frozenset())


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://10.1.2.3/",
        "http://192.168.0.1/",
        "http://172.16.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://127.1/",
        "http://[::ffff:10.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://[ff02::1]/",
        "http://[fec0::1]/",
        "http://[::127.0.0.1]/",
        "http://192.0.0.8/",
    ],
)
def test_addresses_that_are_not_public_are_refused(url: str) -> None:
    """However it is written, an address that is not of the public internet is not called."""
    said = error_of(url, allow=frozenset())
    assert "is not public" in said or "cannot be found" in said


def test_a_host_is_called_by_its_ascii_name() -> None:
    """Names in other letters are written as name servers know them; a port stays."""
    assert guard.split("http://köln.example:8080/brücke").netloc == "xn--kln-sna.example:8080"
    assert guard.split("http://[::1]:8080/").netloc == "[::1]:8080"


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses_are_public(address: str) -> None:
    """Addresses of the internet may be called."""
    assert guard.is_public(address)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://example.org/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("http:///a", "has no host"),
        (f"http://{'a' * 70}.example/", "no valid name"),
        ("http://example.org:99999/", "this is no address"),
        ("http://[::1/", "this is no address"),
        ("https://ann:secret@example.org/", "holds a user name"),
    ],
)
def test_what_is_no_address_of_a_page_is_told(url: str, said: str) -> None:
    """A wrong address is refused before anything is looked up."""
    message = error_of(url)
    assert said in message
    assert "secret" not in message
