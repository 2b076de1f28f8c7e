"""Visits to sites that nobody asked for one by one: slowly, and where robots.txt allows them."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection

from retold.errors import SourceError
from retold.sources import fetch, guard, robots
from retold.sources.fetch import Download, RefusedError, Validators
from retold.sources.robots import Rules

SECONDS_BETWEEN = 1.0
# What a site asks for beyond a minute is taken for a minute.
MAX_SECONDS_BETWEEN = 60.0
ROBOTS_SECONDS = 24 * 3600.0


class Visitor:
    """Fetches from each site at its pace, and remembers what its robots.txt asks for."""

    def __init__(
        self,
        *,
        between: float = SECONDS_BETWEEN,
        allow: Collection[str] = (),
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """`between` are the seconds between two visits to a site; `allow` the addresses that may be
        called though they are not public."""
        self._between = between
        self._allow = allow
        self._sleep = sleep
        self._free_at: dict[str, float] = {}
        self._rules: dict[str, tuple[float, Rules]] = {}

    def get(self, url: str) -> Download:
        """The page at `url`.

        Raises:
            SourceError: it cannot be had, or the site asks not to fetch it.
        """
        self._prepare(url)
        return fetch.get(url, allow=self._allow)

    def get_changed(self, url: str, since: Validators | None) -> Download | None:
        """The page at `url`, None if it is as it was at `since`.

        Raises:
            SourceError: it cannot be had, or the site asks not to fetch it.
        """
        self._prepare(url)
        return fetch.get_changed(url, since, allow=self._allow)

    def _prepare(self, url: str) -> None:
        """Wait for the turn of the site of `url`, if it may be visited at all."""
        parts = guard.split(url)
        site = f"{parts.scheme.lower()}://{parts.netloc.lower()}"
        rules = self._rules_of(site)
        if not rules.allow(url):
            raise SourceError(
                f"{url}: the site asks in its robots.txt not to fetch this page.",
                hint="Save the page from your browser and give the file.",
            )
        self._wait(site, rules.delay)

    def _wait(self, site: str, delay: float) -> None:
        now = time.monotonic()
        if (free_at := self._free_at.get(site, now)) > now:
            self._sleep(free_at - now)
        between = max(self._between, min(delay, MAX_SECONDS_BETWEEN))
        self._free_at[site] = max(now, free_at) + between

    def _rules_of(self, site: str) -> Rules:
        """What the site asks for, looked up once a day.

        A site without such a file asks for nothing; one that cannot say is not visited now.
        """
        known = self._rules.get(site)
        if known and time.monotonic() - known[0] < ROBOTS_SECONDS:
            return known[1]
        self._wait(site, 0.0)
        try:
            rules = robots.parse(fetch.get_any(f"{site}/robots.txt", allow=self._allow).body)
        except RefusedError as refusal:
            if refusal.status == 429 or refusal.status >= 500:
                raise
            rules = robots.NONE
        self._rules[site] = time.monotonic(), rules
        return rules
