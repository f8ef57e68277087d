"""Which addresses may be sent to: those of the open internet, and what a setting names besides.

A webhook makes the service speak to an address that somebody wrote down. Behind a name there may stand this very machine,
a neighbour that trusts it, or the place where a cloud hands out its secrets; and a name may mean another address each time
it is looked up. So addresses are judged, not names, and each time anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Network = IPv4Network | IPv6Network
UNICAST = IPv6Network("2000::/3")
"""All that is given out of IPv6; the rest is local, or reserved."""
TRANSLATED = IPv6Network("64:ff9b::/96")
"""RFC 6052: the last 32 bits are an IPv4 address, to which a gateway passes on."""
TUNNELS = (IPv6Network("2001::/32"), IPv6Network("2002::/16"))
"""Teredo and 6to4, which also hold IPv4 addresses, and which nobody runs any more."""
NOT_GIVEN_OUT = (
    IPv4Network("168.63.129.16/32"),
    IPv4Network("192.0.0.0/24"),
    IPv4Network("192.88.99.0/24"),
)
"""The host agent of Azure, which has a public address and is none; protocols' own, one of them Oracle's; relays of 6to4."""


def may_be_sent_to(address: str, allowed: Sequence[Network]) -> bool:
    """Tell whether an address may be sent to; what is no address may not.

    Args:
        address: as a resolver gave it.
        allowed: networks that may be sent to whatever they are.
    """
    try:
        parsed = _meant(ip_address(address))
    except ValueError:
        return False
    if _within(parsed, allowed):
        return True
    if not parsed.is_global or parsed.is_multicast:
        return False
    if isinstance(parsed, IPv4Address):
        return not _within(parsed, NOT_GIVEN_OUT)
    return parsed in UNICAST and not _within(parsed, TUNNELS)


def _meant(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Give the address to which packets go in the end."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    # The zone says by which interface, not to whom.
    return IPv6Address(int(address))


def _within(address: IPv4Address | IPv6Address, networks: Iterable[Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)
