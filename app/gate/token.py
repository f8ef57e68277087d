"""The token of a review: signed, bound to one text and one review, and good for some days."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import asdict, dataclass

MARK = "sjr1"
"""Kind and version of the token."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What a token says."""

    review: str
    text: str
    """SHA-256 of the text as it was handed in."""
    lexicon: str
    site_lexicon: int
    expires: int
    """Seconds since 1970."""


def text_hash(text: str) -> str:
    """Give the SHA-256 of a text in UTF-8, as `sha256sum` would."""
    return hashlib.sha256(text.encode()).hexdigest()


def sign(bound: Bound, secret: bytes) -> str:
    """Write a token."""
    payload = json.dumps(asdict(bound), separators=(",", ":"), sort_keys=True).encode()
    said = f"{MARK}.{base64.urlsafe_b64encode(payload).decode()}"
    return f"{said}.{_signature(said, secret)}"


def read(token: str, secret: bytes) -> Bound | None:
    """Read a token; nothing if it was not signed with this secret."""
    said, _, signature = token.rpartition(".")
    # Compared as written: so no two spellings of one signature are good.
    if not hmac.compare_digest(signature.encode(), _signature(said, secret).encode()):
        return None
    return Bound(**json.loads(base64.urlsafe_b64decode(said.removeprefix(f"{MARK}."))))


def _signature(said: str, secret: bytes) -> str:
    return hmac.new(secret, said.encode(), hashlib.sha256).hexdigest()
