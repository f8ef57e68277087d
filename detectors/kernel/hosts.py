"""Where the address of a link leads: which host, and whether the public can reach it."""

from __future__ import annotations

import ipaddress
from enum import Enum
from urllib.parse import urlsplit

import regex

OWN_NAME = regex.compile(r"(?:^|\.)localhost$", regex.ASCII)
INTERNAL_NAME = regex.compile(r"\.(?:local|localdomain|internal|lan)$", regex.ASCII)
"""Names that are never given in public (RFC 6762, and the reserved names of IANA and ICANN)."""


class Reach(Enum):
    """Who can open what lies on a host."""

    OWN_MACHINE = "own machine"
    INTERNAL = "internal network"
    PUBLIC = "public"


def host_of(address: str) -> str:
    """Give the host of a web address in small letters; of an address that leads nowhere outside, nothing."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return (parts.hostname or "").rstrip(".") if parts.scheme in ("http", "https", "") else ""


def reach_of(host: str) -> Reach:
    """Tell who can reach a host, by its name alone."""
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        if OWN_NAME.search(host):
            return Reach.OWN_MACHINE
        return Reach.INTERNAL if INTERNAL_NAME.search(host) else Reach.PUBLIC
    if number.is_loopback or number.is_unspecified:
        return Reach.OWN_MACHINE
    return Reach.INTERNAL if number.is_private else Reach.PUBLIC
