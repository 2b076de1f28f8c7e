"""Which addresses retold may call: public ones only, each looked up once and then called as such.

A page's address is somebody else's input. Without this, a link or a redirect could make retold
read a router, a cloud's metadata service or another private machine and show it as an article.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from urllib.parse import SplitResult, urlsplit

from retold.errors import SourceError

SCHEMES = {"http": 80, "https": 443}
# 64:ff9b::/96 and 2002::/16 carry an IPv4 address that a gateway would call
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# site-local, protocol assignments, documentation: Python does not count all of them as private
_OTHERS = tuple(map(ipaddress.ip_network, ("fec0::/10", "192.0.0.0/24", "3fff::/20")))


def split(url: str) -> SplitResult:
    """`url` in its parts, if it is one that may be called.

    Raises:
        SourceError: not http(s), no host, a port that is none, or a user name in it.
    """
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise SourceError(f"{url}: this is no address ({error}).", hint="Check it.") from error
    if parts.scheme.lower() not in SCHEMES:
        raise SourceError(
            f"{url}: only http and https addresses are fetched.", hint="Save the page to a file."
        )
    if parts.username is not None or parts.password is not None:
        raise SourceError(
            f"{parts.hostname}: this address holds a user name, which is not sent.",
            hint="Save the page from your browser and give the file.",
        )
    if not parts.hostname:
        raise SourceError(f"{url}: this address has no host.", hint="Check it.")
    try:
        return parts._replace(netloc=parts.netloc.encode("idna").decode("ascii"))
    except UnicodeError as error:
        raise SourceError(f"{url}: this host has no valid name.", hint="Check it.") from error


def resolve(parts: SplitResult, *, allow: Collection[str] = ()) -> tuple[str, int]:
    """The IP address and port to call: the first that the host has, all of them being public.

    Args:
        allow: addresses that may be called though they are not public.

    Raises:
        SourceError: the host is unknown, or one of its addresses is not public.
    """
    host = parts.hostname or ""
    port = parts.port or SCHEMES[parts.scheme.lower()]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceError(
            f"{host}: this host cannot be found.", hint="Check the address and your connection."
        ) from error
    addresses = [str(sockaddr[0]) for *_, sockaddr in found]
    for address in addresses:
        if address not in allow and not is_public(address):
            raise SourceError(
                f"{host}: its address {address} is not public, and is not fetched.",
                hint="If the page is yours, save it to a file and give that.",
            )
    return addresses[0], port


def is_public(address: str) -> bool:
    """True for an address of the public internet: not private, loopback, link-local, reserved."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    if any(ip in network for network in _OTHERS):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)
