"""How often something may be done: by a key, and by an address that tries wrong ones."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

MINUTE = 60.0
ATTEMPTS = 20
"""Wrong keys a minute from one address."""
PLACES = 4096
"""Addresses told apart; see `Attempts`."""
NETWORK_BITS = 64
"""Whoever has one IPv6 address has all that begin with the same 64 bits."""


class TokenBucket:
    """A minute's allowance in stock; what is used grows back evenly."""

    __slots__ = ("_full", "_left", "_seen")

    def __init__(self, per_minute: int, now: float) -> None:
        """Begin full. Times are seconds of a clock that only goes forward."""
        self._full = float(per_minute)
        self._left = self._full
        self._seen = now

    def take(self, now: float) -> float:
        """Use one; give 0, or the seconds until there will be one if there is none."""
        grown = (now - self._seen) * self._full / MINUTE
        self._left = min(self._full, self._left + grown)
        self._seen = now
        if self._left >= 1:
            self._left -= 1
            return 0.0
        return (1 - self._left) * MINUTE / self._full


class Attempts:
    """Counts wrong keys by address, in a fixed number of places.

    Addresses that fall on the same place share its allowance. So memory does not grow with them, and
    whoever has many cannot push others out; which share a place is different in every process.
    """

    def __init__(self) -> None:
        """Begin with no attempt."""
        self._buckets: list[TokenBucket | None] = [None] * PLACES

    def take(self, address: str, now: float) -> float:
        """Count an attempt; give 0, or the seconds until the next one is looked at."""
        place = hash(_network(address)) % PLACES
        bucket = self._buckets[place]
        if bucket is None:
            bucket = self._buckets[place] = TokenBucket(ATTEMPTS, now)
        return bucket.take(now)


def is_loopback(address: str) -> bool:
    """Tell whether an address is this machine's own; what is no address is not."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return (mapped or parsed).is_loopback


def _network(address: str) -> str:
    """Give what counts as one address. A string: only strings are hashed differently in every process."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return f"{int(parsed) >> (128 - NETWORK_BITS):x}"
    return str(parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else parsed)
