"""Who may come in, and whether a form was ours: signed values that only this server can make."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable

SESSION_SECONDS = 7 * 24 * 3600


class Keys:
    """The secrets that open the server, and a key of its own that lives as long as it does."""

    def __init__(
        self, accepted: tuple[str, ...], *, clock: Callable[[], float] = time.time
    ) -> None:
        self._accepted = tuple(_digest(secret) for secret in accepted)
        self._own = secrets.token_bytes(32)
        self._clock = clock

    @property
    def is_open(self) -> bool:
        """True if nothing is asked for."""
        return not self._accepted

    def opens(self, secret: str) -> bool:
        """True if the secret is one that opens the server; it takes as long for any other."""
        given = _digest(secret)
        found = [hmac.compare_digest(given, known) for known in self._accepted]
        return any(found)

    # --- sessions --------------------------------------------------------------------------------

    def session(self) -> str:
        """A value for a cookie that opens the server for a week."""
        until = str(int(self._clock()) + SESSION_SECONDS)
        return f"{until}.{self._signed('session', until)}"

    def is_session(self, value: str) -> bool:
        """True for a value of `session` whose time is not over."""
        until, _, signature = value.partition(".")
        ours = self._signed("session", until).encode()
        is_ours = hmac.compare_digest(ours, signature.encode("utf-8", "replace"))
        return is_ours and until.isdecimal() and int(until) > self._clock()

    # --- forms -----------------------------------------------------------------------------------

    def form_cookie(self) -> str:
        """A new value for the cookie that belongs to a browser's forms."""
        return secrets.token_urlsafe(18)

    def form_token(self, cookie: str) -> str:
        """What a form of the browser with that cookie carries."""
        return self._signed("form", cookie)

    def is_form(self, cookie: str, token: str) -> bool:
        """True if the form was made by this server for the browser with that cookie."""
        ours = self._signed("form", cookie).encode()
        return bool(cookie) and hmac.compare_digest(ours, token.encode("utf-8", "replace"))

    def _signed(self, purpose: str, value: str) -> str:
        told = f"{purpose}\0{value}".encode("utf-8", "replace")
        return hmac.new(self._own, told, hashlib.sha256).hexdigest()


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
