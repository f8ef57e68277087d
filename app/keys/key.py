"""A key: a random secret that is shown once, and what is kept of it."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from enum import StrEnum

import regex

from app.site.acceptance import Fault, RefusedError, line_fault

PREFIX = "sj_"
"""So that a key that got into a file or a chat is known for what it is."""
SECRET_BYTES = 32
LONGEST_NAME = 50
USUAL_RATE = 3000
"""Requests a minute: fifty editors who write at the same time."""
HIGHEST_RATE = 1_000_000
BY_COMMAND = "命令行"
ID = regex.compile(r"K(\d{4,9})", regex.ASCII)


class Role(StrEnum):
    """What a key may do; each role includes those before it."""

    CHECK = "check"
    REVIEW = "review"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        """The name that administrators know it by."""
        return LABELS[self]

    def includes(self, needed: Role) -> bool:
        """Tell whether whoever has this role may do what needs the other."""
        return RANKS[self] >= RANKS[needed]


RANKS = {role: rank for rank, role in enumerate(Role)}
LABELS = {Role.CHECK: "检查", Role.REVIEW: "审核", Role.ADMIN: "管理"}


@dataclass(frozen=True, slots=True)
class Key:
    """What is kept of a key."""

    number: int
    name: str
    role: Role
    digest: str
    """See `digest_of`."""
    rate: int
    """Requests a minute."""
    created_at: str
    """ISO 8601, UTC, to the second."""
    created_by: str
    """Name of the key with which it was made, or BY_COMMAND."""
    revoked_at: str | None = None
    last_used_on: str | None = None
    """ISO day."""

    @property
    def id(self) -> str:
        """How administrators name it: K0001."""
        return f"K{self.number:04}"


@dataclass(frozen=True, slots=True)
class KeyDraft:
    """A key as it is asked for."""

    name: str
    role: Role
    rate: int = USUAL_RATE

    def require_sound(self) -> None:
        """See to it that the key can be kept.

        Raises:
            RefusedError: it cannot; the faults are Chinese.
        """
        faults = []
        if reason := line_fault(self.name, LONGEST_NAME):
            faults.append(Fault("name", reason))
        if not 1 <= self.rate <= HIGHEST_RATE:
            faults.append(Fault("rate", f"应在 1 与 {HIGHEST_RATE} 之间"))
        if faults:
            raise RefusedError(faults)


def number_of(key_id: str) -> int | None:
    """Read the number out of an id; None if it is none."""
    match = ID.fullmatch(key_id)
    return int(match[1]) if match else None


def new_secret() -> str:
    """Draw a secret of 256 random bits."""
    return PREFIX + secrets.token_urlsafe(SECRET_BYTES)


def digest_of(secret: bytes) -> str:
    """Give what is kept of a secret, and what it is known by.

    A plain SHA-256, neither salted nor slow: those are for passwords, which people choose and others
    guess. Of 256 random bits there is nothing to guess, a table of them cannot be made, and every
    request has to be answered quickly.
    """
    return hashlib.sha256(secret).hexdigest()
