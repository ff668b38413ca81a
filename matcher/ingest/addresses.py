"""Web addresses: which sources are one, how one is written, and which machines may be reached at all."""

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from matcher.errors import FetchError

Network = IPv4Network | IPv6Network

EVERYWHERE: tuple[Network, ...] = (ip_network("0.0.0.0/0"), ip_network("::/0"))
"""Every address there is: what ``--allow-private`` opens."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)
_PORTS = {"http": 80, "https": 443}
_UNICAST = IPv6Network("2000::/3")
"""The IPv6 addresses given out for use on the public internet (IANA, IPv6 global unicast assignments)."""

_NAT64 = IPv6Network("64:ff9b::/96")
"""IPv6 addresses that carry an IPv4 one in their last 32 bits (RFC 6052)."""

_SPECIAL = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))
"""Special-purpose blocks of the IANA registries that older Pythons take for public ones."""


def is_address(source: str) -> bool:
    """Whether a source is a web address and no file."""
    return _SCHEME.match(source) is not None


def normal(address: str) -> str:
    """An address in the one form under which it is known: no fragment, no default port, lower-case host.

    Raises:
        FetchError: not http or https, no host, a user name or password in it, or no address at all.
    """
    try:
        parts = urlsplit(address.strip())
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(f"no usable address ({error})") from None
    if scheme not in _PORTS:
        raise FetchError(f"only http and https are read, not {scheme or 'an address without either'}")
    if not host:
        raise FetchError("no usable address (it names no host)")
    if parts.username is not None or parts.password is not None:
        raise FetchError("an address with a user name or password in it is not read")
    place = f"[{host}]" if ":" in host else host
    if port is not None and port != _PORTS[scheme]:
        place = f"{place}:{port}"
    return urlunsplit((scheme, place, _quoted(parts.path) or "/", _quoted(parts.query), ""))


def _quoted(text: str) -> str:
    """Text of an address with what may not stand there percent-encoded, and what is encoded left as it is."""
    return quote(text, safe="!#$%&'()*+,/:;=?@[]~")


def joined(address: str, to: str) -> str:
    """Where a redirect of an address leads.

    Raises:
        FetchError: no usable address.
    """
    try:
        return urljoin(address, to)
    except ValueError as error:
        raise FetchError(f"redirected to no usable address ({error})") from None


def host_of(address: str) -> str:
    """The host of an address; empty when it names none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def origin_of(address: str) -> str:
    """Scheme, host and port of a normal address: what one robots.txt speaks for."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def may_reach(ip: str, private: Sequence[Network] = ()) -> bool:
    """Whether a machine may be connected to: its address is public, or in one of the networks given.

    An IPv6 address that stands for an IPv4 one (mapped, 6to4, Teredo, NAT64) is judged by that.
    """
    reached = _behind(ip_address(ip.partition("%")[0]))
    return _is_public(reached) or any(reached in network for network in private)


def _behind(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else ip)


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    if not ip.is_global or ip.is_multicast or any(ip in network for network in _SPECIAL):
        return False
    return isinstance(ip, IPv4Address) or ip in _UNICAST
