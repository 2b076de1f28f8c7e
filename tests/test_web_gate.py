"""Who gets in, what gets through, and what every answer carries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import desk, stories

from retold.errors import RetoldError  # isort: skip
from retold.web.gate import HEADERS, Pace  # isort: skip
from retold.web.keys import Keys  # isort: skip
from retold.web.settings import Limits, Settings  # isort: skip

REPORT = stories.bridge()
STORY = desk.address(REPORT)
SECRET = "correct horse battery"  # noqa: S105 of the tests
SAME = {"sec-fetch-site": "same-origin"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with desk.client(settings=Settings(limits=Limits(writes_a_minute=10_000))) as opened:
        yield opened


@pytest.fixture
def shut() -> Iterator[Any]:
    with desk.client(settings=Settings(secrets=(SECRET, "another one"))) as opened:
        yield opened


# --- where it listens ----------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org"])  # noqa: S104
def test_no_other_machine_without_a_key(host: str) -> None:
    """On an address that others reach, settings without a token or password are refused."""
    with pytest.raises(RetoldError, match="--token or --password"):
        Settings(host=host)
    assert Settings(host=host, secrets=(SECRET,)).host == host


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.9.9.9"])
def test_this_machine_needs_no_key(host: str) -> None:
    """What only this machine reaches is open to it."""
    assert Settings(host=host).secrets == ()


def test_it_listens_on_this_machine_unless_told_otherwise() -> None:
    """The default is loopback."""
    assert Settings().host == "127.0.0.1"


def test_a_short_key_is_refused() -> None:
    """What can be guessed is no key."""
    with pytest.raises(RetoldError, match="8 characters"):
        Settings(secrets=("short",))


# --- keys ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/", "/stories", STORY, f"{STORY}/correct/claims/c1", "/jobs/x", "/nowhere"]
)
def test_a_page_without_a_key_leads_to_the_door(shut: Any, path: str) -> None:
    """Nothing is told, not even whether the page is there."""
    answer = shut.get(path, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")


@pytest.mark.parametrize("path", ["/stories.json", f"{STORY}.json", "/corrections.json", "/x.json"])
def test_a_program_without_a_key_is_refused(shut: Any, path: str) -> None:
    """It is told that it needs one."""
    answer = shut.get(path)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize(
    "given",
    ["", "Bearer", "Bearer ", "Bearer wrong", f"Basic {SECRET}", f"Bearer {SECRET}x", "Bearer é"],
)
def test_a_wrong_token_is_refused(shut: Any, given: str) -> None:
    """Only the whole token opens, and only as one."""
    answer = shut.get("/stories.json", headers={"authorization": given.encode()})
    assert answer.status_code == 401


@pytest.mark.parametrize("secret", [SECRET, "another one"])
def test_a_token_opens(shut: Any, secret: str) -> None:
    """Token or password, either opens."""
    answer = shut.get("/stories.json", headers={"authorization": f"Bearer {secret}"})
    assert answer.status_code == 200


def test_a_password_opens_a_session(shut: Any) -> None:
    """Once logged in a browser is let in, until it logs out."""
    answer = desk.send(shut, "/login", {"secret": SECRET})
    cookie = answer.headers["set-cookie"]
    assert (answer.status_code, "HttpOnly" in cookie, "SameSite=strict" in cookie) == (
        303,
        True,
        True,
    )
    inside = shut.get("/stories").status_code
    desk.send(shut, "/logout", desk.fields(shut.get("/stories").text))
    assert (inside, shut.get("/stories.json").status_code) == (200, 401)


def test_a_wrong_password_opens_nothing(shut: Any) -> None:
    """The page says so, and gives no session."""
    answer = desk.send(shut, "/login", {"secret": "wrong"})
    assert (answer.status_code, "retold-session" in answer.headers.get("set-cookie", "")) == (
        403,
        False,
    )


def test_guessing_is_slow() -> None:
    """After a number of tries a client has to wait."""
    settings = Settings(secrets=(SECRET,), limits=Limits(writes_a_minute=3))
    with desk.client(settings=settings) as browser:
        codes = [desk.send(browser, "/login", {"secret": f"{n}"}).status_code for n in range(5)]
    assert codes == [403, 403, 403, 429, 429]


def test_guessing_a_token_is_slow() -> None:
    """So it is where no form is sent; the right one is let in all the while."""
    settings = Settings(secrets=(SECRET,), limits=Limits(writes_a_minute=2))
    with desk.client(settings=settings) as browser:
        codes = [
            browser.get("/stories.json", headers={"authorization": f"Bearer {guess}"}).status_code
            for guess in ("a", "b", "c", SECRET)
        ]
    assert codes == [401, 401, 429, 200]


@given(st.text())
def test_no_cookie_is_a_session_by_chance(value: str) -> None:
    """Only what the server signed is one, whatever else is sent."""
    assert not Keys((SECRET,)).is_session(value)


def test_a_session_ends() -> None:
    """After a week it opens nothing; of another server, nothing at all."""
    now = [1000.0]
    keys = Keys((SECRET,), clock=lambda: now[0])
    session = keys.session()
    fresh, foreign = keys.is_session(session), Keys((SECRET,)).is_session(session)
    now[0] += 8 * 24 * 3600
    assert (fresh, keys.is_session(session), foreign) == (True, False, False)


@given(st.text(), st.text())
def test_a_form_belongs_to_a_browser(one: str, other: str) -> None:
    """The token of one cookie is none of another's, and without a cookie there is none."""
    keys = Keys(())
    token = keys.form_token(one)
    assert keys.is_form(one, token) is bool(one)
    assert keys.is_form(other, token) is (bool(one) and one == other)


# --- writes --------------------------------------------------------------------------------------

WRITES = ["/stories", f"{STORY}/correct/claims/c1", f"{STORY}/corrections/x/undo", "/login"]
JSON_WRITES = ["/stories.json", f"{STORY}/corrections.json"]


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize("token", [None, "", "0" * 64, "é"])
def test_a_form_that_is_not_ours_is_refused(browser: Any, path: str, token: str | None) -> None:
    """Without the token of this browser nothing is written."""
    browser.get("/")
    data = {"do": "note", "note": "x", "text-0": "x"} | ({"token": token} if token else {})
    assert browser.post(path, data=data).status_code == 403


@pytest.mark.parametrize("path", WRITES + JSON_WRITES)
@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:8766"},
    ],
)
def test_another_site_writes_nothing(browser: Any, path: str, headers: dict[str, str]) -> None:
    """What a browser says comes from elsewhere is refused, with a token too."""
    token = desk.fields(browser.get("/").text)
    assert browser.post(path, data=token, headers=headers).status_code == 403


def test_another_site_draws_nothing_in(browser: Any) -> None:
    """A page elsewhere may lead here, but not make this machine work for it."""
    foreign = {"sec-fetch-site": "cross-site"}
    drawn = browser.get(STORY, headers=foreign | {"sec-fetch-mode": "no-cors"})
    led = browser.get(STORY, headers=foreign | {"sec-fetch-mode": "navigate"})
    assert (drawn.status_code, led.status_code) == (403, 200)


@pytest.mark.parametrize("headers", [SAME, {"origin": desk.ADDRESS}, SAME | {"origin": "null"}])
def test_our_own_pages_write(browser: Any, headers: dict[str, str]) -> None:
    """A form of ours is taken, however much of where it comes from the browser tells."""
    data = {"do": "note", "note": "Ask."}
    answer = desk.send(browser, f"{STORY}/correct/claims/c1", data, headers=headers)
    assert answer.status_code == 303


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "", "[::1", "10.0.0.1", "a@b"],
)
def test_a_name_that_is_not_ours_is_refused(browser: Any, host: str) -> None:
    """A hostile name that was made to lead to this machine opens nothing."""
    assert browser.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765", "LOCALHOST"])
def test_names_of_this_machine_are_ours(browser: Any, host: str) -> None:
    """Whoever sits at it may call it as they like."""
    assert browser.get("/", headers={"host": host}).status_code == 200


def test_a_proxy_has_a_name() -> None:
    """A name that was given when the server was started is ours."""
    with desk.client(settings=Settings(names=("reader.example.org",))) as browser:
        assert browser.get("/", headers={"host": "Reader.example.org"}).status_code == 200


# --- bounds --------------------------------------------------------------------------------------

SMALL = Settings(limits=Limits(body_bytes=20_000, articles=3, fields=20))


def test_a_huge_body_is_refused_unread() -> None:
    """Its length alone is enough."""
    with desk.client(settings=SMALL) as browser:
        answer = browser.post("/stories", content=b"x" * 20_001)
        assert answer.status_code == 413


@pytest.mark.parametrize("path", ["/stories", "/stories.json"])
def test_a_body_that_hides_its_length_is_refused_when_it_is_too_long(path: str) -> None:
    """What is sent in pieces is counted as it comes."""

    def pieces() -> Iterator[bytes]:
        for _ in range(100):
            yield b"x" * 1000

    kind = "application/json" if path.endswith(".json") else "application/x-www-form-urlencoded"
    with desk.client(settings=SMALL) as browser:
        answer = browser.post(path, content=pieces(), headers={"content-type": kind})
        assert answer.status_code == 413


@pytest.mark.parametrize("length", ["-1", "x", "1e9"])
def test_a_length_that_is_none_is_refused(browser: Any, length: str) -> None:
    """No number, no reading."""
    answer = browser.post("/stories", content=b"", headers={"content-length": length})
    assert answer.status_code == 413


def test_a_form_of_a_thousand_files_is_refused() -> None:
    """So is one of a thousand fields."""
    with desk.client(settings=SMALL) as browser:
        token = desk.fields(browser.get("/").text)
        files = [("files", (f"{n}.txt", b"x", "text/plain")) for n in range(10)]
        many = browser.post("/stories", data=token, files=files)
        fields = browser.post(
            "/stories", data={**token, **{f"f{n}": "x" for n in range(100)}}, files=files[:1]
        )
        assert (many.status_code, fields.status_code) == (400, 400)


def test_a_packed_body_stays_packed(browser: Any) -> None:
    """Nothing is unpacked that a client packed, so that no bomb goes off."""
    import gzip

    packed = gzip.compress(b'{"articles": [{"text": "' + b"x" * 1_000_000 + b'"}]}')
    headers = {"content-encoding": "gzip", "content-type": "application/json"}
    assert browser.post("/stories.json", content=packed, headers=headers).status_code == 400


def test_a_client_writes_at_a_pace() -> None:
    """So many at once, then as many a minute; another client is not concerned."""
    now = [0.0]
    pace = Pace(2, clock=lambda: now[0])
    first = [pace.wait("a"), pace.wait("a"), pace.wait("a"), pace.wait("b")]
    now[0] += 30
    assert (first, pace.wait("a"), pace.wait("a")) == ([0, 0, 30, 0], 0, 30)


# --- what every answer carries -------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["/", "/stories", STORY, f"{STORY}.json", "/nowhere", "/static/web.css", "/openapi.json"],
)
def test_every_answer_carries_its_headers(browser: Any, path: str) -> None:
    """Pages, data, errors and styles alike."""
    answer = browser.get(path)
    assert {name.lower() for name in HEADERS} <= answer.headers.keys()


def test_nothing_may_run_or_load_but_our_own(browser: Any) -> None:
    """No policy allows inline scripts, other sites, or frames around the pages."""
    for path in ("/", STORY):
        policy = browser.get(path).headers["content-security-policy"]
        assert policy.startswith("default-src 'none';")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy


def test_no_header_is_made_of_what_was_sent(browser: Any) -> None:
    """A line end in an address or a name ends no header."""
    answer = browser.get("/stories/x%0d%0aSet-Cookie:%20a=b")
    token = desk.fields(browser.get("/").text)
    named = browser.post(
        f"{STORY}/correct/claims/c1",
        data={**token, "do": "note", "note": "x", "who": "a\r\nSet-Cookie: a=b"},
        follow_redirects=False,
    )
    assert "a=b" not in str(answer.headers)
    assert "\n" not in str(named.headers.get("set-cookie", ""))


def test_errors_have_one_shape(browser: Any) -> None:
    """Every error of an address with .json says what, and what to do."""
    for answer in (
        browser.get("/stories/none.json"),
        browser.post("/stories.json", json={"articles": "x"}),
        browser.post("/stories.json", json={}),
        browser.get("/x.json", headers={"host": "evil.example"}),
    ):
        assert answer.json().keys() == {"error", "hint"}


def test_the_server_tells_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that asks for reports of requests to be sent elsewhere gets none."""
    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    with desk.client() as browser:
        assert not browser.app._native_telemetry.enabled()
