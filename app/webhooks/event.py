"""What is told, and to whom."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

import regex

from app.site.acceptance import Fault, RefusedError

LONGEST_URL = 500
SECRET_PREFIX = "whsec_"
SECRET_BYTES = 32
ID = regex.compile(r"W(\d{4,9})", regex.ASCII)
PRINTABLE = regex.compile(r"[\x21-\x7e]+", regex.ASCII)


class EventKind(StrEnum):
    """What may be told."""

    BLOCKED = "review.blocked"
    OVERDUE = "review.overdue"
    DECIDED = "review.decided"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened."""

    message: str
    """Its name, the same however often it is told: by it a receiver knows what came twice."""
    kind: EventKind
    at: str
    """ISO 8601, UTC, to the second."""
    data: Mapping[str, object]
    """Ids, counts and days. Never words of a draft: who receives them is not ours to say."""

    @property
    def payload(self) -> str:
        """The body that is sent."""
        content = {"type": self.kind.value, "timestamp": self.at, "data": dict(self.data)}
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Somebody who asked to be told."""

    number: int
    url: str
    events: tuple[EventKind, ...]
    created_at: str
    created_by: str
    secret: str = field(repr=False)
    """Kept as it is: whoever signs needs it."""
    removed_at: str | None = None

    @property
    def id(self) -> str:
        """How administrators name it: W0001."""
        return f"W{self.number:04}"


class State(StrEnum):
    """How far a message has come."""

    PENDING = "pending"
    SENT = "sent"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message on its way to one endpoint."""

    number: int
    message: str
    kind: EventKind
    payload: str = field(repr=False)
    created_at: str
    state: State
    attempts: int
    last_outcome: str | None
    """The status that the receiver answered, or why there was no answer."""
    settled_at: str | None


def number_of(endpoint_id: str) -> int | None:
    """Read the number out of an id; None if it is none."""
    match = ID.fullmatch(endpoint_id)
    return int(match[1]) if match else None


def new_signing_secret() -> str:
    """Draw a secret as Standard Webhooks writes it."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def require_sound_url(url: str) -> None:
    """See to it that something could be sent to an address.

    Raises:
        RefusedError: it is no plain address of HTTP.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _refused("写法有误") from None
    if len(url) > LONGEST_URL or not PRINTABLE.fullmatch(url):
        raise _refused(f"应是至多 {LONGEST_URL} 个可见的 ASCII 字符；中文域名请用 xn-- 的写法")
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise _refused("应以 http:// 或 https:// 开头，并写明主机")
    if "@" in parts.netloc or "#" in url:
        raise _refused("不能含有用户名、密码和 #")


def _refused(reason: str) -> RefusedError:
    return RefusedError([Fault("url", reason)])
