"""How a server is set up: where it listens, what opens it, how much it takes."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path

from retold.archive.database import Place
from retold.errors import RetoldError
from retold.reviews import Review

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one request may bring and one client may ask for."""

    body_bytes: int = 20 * MEBIBYTE
    articles: int = 60
    addresses: int = 30
    fields: int = 400
    jobs_waiting: int = 20
    job_seconds: float = 900.0
    stories_held: int = 60
    writes_a_minute: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A server's settings.

    `secrets` are the tokens or passwords that open it; without one it is open to whoever reaches
    it, so that it listens on this machine alone. `names` are further host names under which it is
    asked for, behind a proxy for example. `reviews` are laid beside the stories that they
    have to do with.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    secrets: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    archive: Place | None = None
    model: Path | None = None
    reviews: tuple[Review, ...] = ()
    limits: Limits = Limits()

    def __post_init__(self) -> None:
        if not is_loopback(self.host) and not self.secrets:
            raise RetoldError(
                f"{self.host} can be reached from other machines, and nothing would guard it.",
                hint="Give --token or --password, or listen on 127.0.0.1.",
            )
        if any(len(secret) < 8 for secret in self.secrets):
            raise RetoldError("a token or password needs at least 8 characters.")


def is_loopback(host: str) -> bool:
    """True if only this machine reaches the host."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
