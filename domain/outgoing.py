"""Addresses on the web that others gave us, and which of them may be called at all."""

from collections.abc import Iterable
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from urllib.parse import urlsplit

from domain.errors import Refused

Network = IPv4Network | IPv6Network

LONGEST = 2000  # characters; the longest push endpoints known have a few hundred
OWN_MACHINE = "127.0.0.1"  # where an emulator needs no TLS; the networks allowed still decide
TRANSLATED = ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address in IPv6's clothes


def checked(url: str) -> str:
    """Return an address that may be kept to be called, or raise Refused.

    Only https, without a name and password in it. Where it leads is known only when it is called:
    see `is_public`.
    """
    url = url.strip()
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        raise Refused("outgoing.unreadable")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused("outgoing.unreadable") from None
    if not parts.hostname or port == 0 or "@" in parts.netloc or "\\" in url or parts.fragment:
        raise Refused("outgoing.unreadable")
    if parts.scheme != "https" and (parts.scheme, parts.hostname) != ("http", OWN_MACHINE):
        raise Refused("outgoing.not_https", host=parts.hostname)
    return url


def origin(url: str) -> str:
    """Return the scheme, host and port of an address (RFC 6454); a usual port is left out."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    port = f":{parts.port}" if parts.port and parts.port != usual else ""
    return f"{parts.scheme}://{host}{port}"


def networks(text: str) -> tuple[Network, ...]:
    """Read networks with commas between, as `10.20.0.0/16,fd00::/8`; raise ValueError."""
    return tuple(ip_network(one.strip()) for one in text.split(",") if one.strip())


def is_public(host: str) -> bool:
    """Say whether an IP address is one of the open network's, in whatever clothes it comes."""
    address = _undressed(ip_address(host.partition("%")[0]))
    is_special = address.is_multicast or address.is_reserved
    is_local = isinstance(address, IPv6Address) and address.is_site_local
    return address.is_global and not is_special and not is_local


def may_be_called(host: str, allowed: Iterable[Network] = ()) -> bool:
    """Say whether an IP address is public, or in a network that the operator allows."""
    address = ip_address(host.partition("%")[0])
    return is_public(host) or any(address in network for network in allowed)


def _undressed(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address within an IPv6 one that only carries it."""
    if isinstance(address, IPv4Address):
        return address
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else address)
