"""Which addresses may be reached: public http(s) only, whatever a redirect or a name server says."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

#: Host and port that tests may reach although they are not public.
HostPort = tuple[str, int]

_PORTS = {"http": 80, "https": 443}
#: Not public although some Python versions call them global (IANA special-purpose registries, RFC 6890).
_SPECIAL_V4 = tuple(
    IPv4Network(text) for text in ("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15")
)
#: Local-use NAT64 (RFC 8215), discard-only (RFC 6666), documentation (RFC 9637), segment routing (RFC 9602), site-local.
_SPECIAL_V6 = tuple(
    IPv6Network(text) for text in ("64:ff9b:1::/48", "100::/64", "3fff::/20", "5f00::/16", "fec0::/10", "::/96")
)
#: Well-known prefix under which an IPv4 address is reached through a translator (RFC 6052, 2.1).
_NAT64 = IPv6Network("64:ff9b::/96")
#: Names that never leave a machine or a site (RFC 6761, RFC 6762, RFC 8375, ICANN's reserved "internal").
_LOCAL_NAMES = ("localhost", "local", "internal", "home.arpa", "lan", "intranet", "onion")


def is_public(address: str) -> bool:
    """Whether ``address`` (an IPv4 or IPv6 literal, with or without scope) is reached over the public internet.

    An IPv6 address that carries an IPv4 one (mapped, 6to4, Teredo, NAT64) is as public as that one.
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv4Address):
        return _public(ip) and not any(ip in network for network in _SPECIAL_V4)
    inner = list(_carried(ip))
    if inner:
        return all(is_public(str(item)) for item in inner)
    return _public(ip) and not any(ip in network for network in _SPECIAL_V6)


def _public(ip: IPv4Address | IPv6Address) -> bool:
    hidden = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved
    return ip.is_global and not hidden and not ip.is_unspecified


def _carried(ip: IPv6Address) -> Iterable[IPv4Address]:
    if ip.ipv4_mapped is not None:
        yield ip.ipv4_mapped
    if ip.sixtofour is not None:
        yield ip.sixtofour
    if ip.teredo is not None:
        yield from ip.teredo
    if ip in _NAT64:
        yield IPv4Address(int(ip) & 0xFFFFFFFF)


def host_and_port(url: str) -> HostPort | None:
    """Host (lower case, without brackets) and port of an http(s) address; nothing for any other text."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in _PORTS or not parts.hostname:
        return None
    return parts.hostname.lower().rstrip("."), port or _PORTS[parts.scheme.lower()]


def may_ask(url: str, allowance: frozenset[HostPort]) -> bool:
    """Whether the spelling of ``url`` is acceptable, before any name is resolved.

    User names in an address are refused: they hide where it leads.
    """
    place = host_and_port(url)
    if place is None or "@" in urlsplit(url).netloc:
        return False
    if place in allowance:
        return True
    host = place[0]
    if _is_literal(host):
        return is_public(host)
    labels = host.split(".")
    return len(labels) > 1 and not any(host == name or host.endswith(f".{name}") for name in _LOCAL_NAMES)


def may_reach(address: str, port: int, allowance: frozenset[HostPort]) -> bool:
    """Whether a resolved or connected peer is acceptable."""
    return (address, port) in allowance or is_public(address)


def _is_literal(host: str) -> bool:
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
