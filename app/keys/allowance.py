"""How often something may be done: by a key, and by an address that tries wrong ones."""

from __future__ import annotations

import hashlib
from ipaddress import IPv6Address, ip_address

from app.keys.counters import PLACES, Counters
from app.keys.key import Key

ATTEMPTS = 20
"""Wrong keys a minute from one address, unless a setting says otherwise."""
HALF = PLACES // 2
"""Keys are counted in the first half of the places, addresses in the second."""
NETWORK_BITS = 64
"""Whoever has one IPv6 address has all that begin with the same 64 bits."""


class Allowances:
    """What keys and addresses may still do.

    Addresses that fall on the same place share its allowance. So memory does not grow with them, and
    whoever has many cannot push others out; which share a place depends on the seed of the counters.
    """

    def __init__(self, counters: Counters, attempts: int = ATTEMPTS) -> None:
        """Count with counters that are one's own, or shared with the other workers of the machine.

        Args:
            counters: keep count.
            attempts: wrong keys a minute from one address.
        """
        self._counters = counters
        self._attempts = attempts

    def take_request(self, key: Key, now: float) -> float:
        """Count a request with a key; give 0, or the seconds until the next one is answered."""
        return self._counters.take(key.number % HALF, key.rate, now)

    def take_attempt(self, address: str, now: float) -> float:
        """Count a wrong key from an address; give 0, or the seconds until the next one is looked at."""
        spread = hashlib.blake2b(_network(address).encode(), digest_size=4, key=self._counters.seed).digest()
        return self._counters.take(HALF + int.from_bytes(spread) % HALF, self._attempts, now)


def is_address(name: str) -> bool:
    """Tell whether the name of a host is an address."""
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def is_loopback(address: str) -> bool:
    """Tell whether an address is this machine's own; what is no address is not."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return (mapped or parsed).is_loopback


def _network(address: str) -> str:
    """Give what counts as one address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return f"{int(parsed) >> (128 - NETWORK_BITS):x}"
    return str(parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else parsed)
