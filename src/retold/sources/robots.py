"""What a site's robots.txt asks of those who come unasked, as RFC 9309 says it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes, urlsplit

MAX_BYTES = 512_000
AGENT = "retold"
_LINE = re.compile(r"\s*([\w-]+)\s*:\s*([^#]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Addresses that begin with `path` may be fetched, or may not; * stands for anything, and $ at
    the end for the end."""

    path: str
    is_allowed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What is asked of retold at one site; `delay` in seconds between two visits."""

    rules: tuple[Rule, ...] = ()
    delay: float = 0.0

    def allow(self, url: str) -> bool:
        """True if the page may be fetched: of the rules that fit it, the longest counts."""
        parts = urlsplit(url)
        path = _plain(parts.path or "/") + (f"?{_plain(parts.query)}" if parts.query else "")
        fits = [rule for rule in self.rules if _fits(rule.path, path)]
        return max(((len(r.path), r.is_allowed) for r in fits), default=(0, True))[1]


NONE = Rules()


def parse(data: bytes) -> Rules:
    """The rules for retold, else those for all; what cannot be understood is passed over."""
    text = data[:MAX_BYTES].decode("utf-8-sig", "replace")
    own: list[tuple[str, str]] = []
    general: list[tuple[str, str]] = []
    is_ours = False
    for agents, lines in _groups(text):
        if AGENT in agents:
            is_ours = True
            own += lines
        elif "*" in agents:
            general += lines
    return _rules(own if is_ours else general)


def _groups(text: str) -> Iterator[tuple[set[str], list[tuple[str, str]]]]:
    """The agents of each group, in small letters, and its lines."""
    agents: set[str] = set()
    lines: list[tuple[str, str]] = []
    is_open = False
    for line in text.splitlines():
        found = _LINE.match(line)
        if not found:
            continue
        key, value = found[1].lower(), found[2].strip()
        if key == "user-agent":
            if not is_open:
                yield agents, lines
                agents, lines = set(), []
            is_open = True
            agents.add(value.lower().split("/")[0])
        elif key in ("allow", "disallow", "crawl-delay"):
            is_open = False
            lines.append((key, value))
    yield agents, lines


def _rules(lines: list[tuple[str, str]]) -> Rules:
    delays = [
        float(v) for k, v in lines if k == "crawl-delay" and re.fullmatch(r"\d{1,6}(\.\d+)?", v)
    ]
    return Rules(
        rules=tuple(
            Rule(path=_plain(value), is_allowed=key == "allow")
            for key, value in lines
            if key != "crawl-delay" and value
        ),
        delay=max(delays, default=0.0),
    )


def _fits(pattern: str, path: str) -> bool:
    """True if `path` begins as the pattern says. Its parts are sought one after the other, each as
    early as it can stand, so that no pattern takes long."""
    is_whole = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    last = rest.pop() if rest and is_whole else None
    for part in rest:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if last is not None:
        return path.endswith(last) and len(path) - len(last) >= at
    return at == len(path) if is_whole else True


def _plain(path: str) -> str:
    """`path` with its letters escaped in one way: /%7eann and /~ann are the same."""
    return quote(unquote_to_bytes(path), safe="/*$~!&'()+,;=:@?-._%")
