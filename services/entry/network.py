"""From which network a request comes: what tells apart those who have not said yet who they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, Final, TypeAlias

from litestar import Request

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

HOUSEHOLD: Final = 64
"""Bits of an IPv6 address that stay the same for one connection to the internet: its owner may choose all the others."""
WITH_PORT: Final = re.compile(r"\[([^\]]{1,64})\](?::\d{1,5})?|([\d.]{1,15}):\d{1,5}")
NOBODY: Final = ip_network("::/128")
"""Where a server does not say who asks, as over a local socket: all of them together."""


def network_of(request: Request[Any, Any, Any], proxies: Sequence[Network]) -> Network:
    """Of whoever asked the first of our own proxies; what those before them say of somebody else proves nothing.

    Where a proxy of ours names nobody that can be read, it is the proxy: what stands before that is anybody's word.
    """
    passed = [part.strip() for line in request.headers.getall("x-forwarded-for", []) for part in line.split(",")]
    address = parsed(request.client.host if request.client else "")
    while address is not None and passed and any(address in proxy for proxy in proxies):
        if (named := parsed(without_port(passed.pop()))) is None:
            break
        address = named
    return NOBODY if address is None else whole(address)


def without_port(text: str) -> str:
    """Some proxies name the port, too: `203.0.113.9:52110`, `[2001:db8::7]:52110`."""
    match = WITH_PORT.fullmatch(text)
    return (match[1] or match[2]) if match else text


def parsed(text: str) -> Address | None:
    """None of what is no address. An IPv4 address in the clothes of an IPv6 one is told as what it is."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def whole(address: Address) -> Network:
    return ip_network((address, HOUSEHOLD if isinstance(address, IPv6Address) else address.max_prefixlen), strict=False)
