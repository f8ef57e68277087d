"""Records that hold each other: each carries the hash of the one before and of its own contents.

The contents carry a random salt. So when they are purged their hash stays, and tells nothing of them.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

BEGINNING = "0" * 64
"""What stands for the hash before the first record."""

LINKED = ("number", "at", "kind", "through", "content_hash", "previous")
"""What of a record its hash is made of."""


class Kind(StrEnum):
    """What a record tells of."""

    REVIEW = "review"
    DECISION = "decision"
    STAGE = "stage"
    REFUSAL = "refusal"
    PURGE = "purge"
    KEY_MADE = "key_made"
    KEY_REVOKED = "key_revoked"
    WEBHOOK_ADDED = "webhook_added"
    WEBHOOK_REMOVED = "webhook_removed"

    @property
    def label(self) -> str:
        """The name that auditors read."""
        return KIND_LABELS[self]


KIND_LABELS = {
    Kind.REVIEW: "审校",
    Kind.DECISION: "处理",
    Kind.STAGE: "三审",
    Kind.REFUSAL: "核对未通过",
    Kind.PURGE: "清除",
    Kind.KEY_MADE: "制作密钥",
    Kind.KEY_REVOKED: "撤销密钥",
    Kind.WEBHOOK_ADDED: "添加接收地址",
    Kind.WEBHOOK_REMOVED: "移除接收地址",
}


@dataclass(frozen=True, slots=True)
class Record:
    """One link of the chain."""

    number: int
    """From 1, without gaps."""
    at: str
    kind: str
    through: int
    """Of a purge: the number of the last record whose contents went; else 0."""
    content_hash: str
    previous: str
    hash: str
    content: str | None = field(repr=False)
    """Canonical JSON, or nothing where it was purged."""


def canonical(content: Mapping[str, Any]) -> str:
    """Write contents in the one way in which they are hashed."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def digest(text: str) -> str:
    """Hash contents as they are written."""
    return hashlib.sha256(text.encode()).hexdigest()


def link(said: Mapping[str, Any]) -> str:
    """Give the hash of a record: of all that it says besides, which includes the hash of the one before."""
    return digest(canonical({name: said[name] for name in LINKED}))


def seal(number: int, last: str, secret: bytes) -> str:
    """Sign the head of the chain, so that a cut-off end shows."""
    return hmac.new(secret, f"{number}:{last}".encode(), hashlib.sha256).hexdigest()
