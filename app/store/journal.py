"""The chain of records, written: inside the transaction of whoever does what they tell of."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from app.gate.chain import BEGINNING, Kind, canonical, digest, link, seal
from app.store.gate_tables import CONTENTS, HEAD, RECORDS, SECRETS

SALT = "salt"


@dataclass(frozen=True, slots=True)
class Head:
    """The last record."""

    number: int
    hash: str


def now() -> str:
    """Give the time as records write it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def secret_in(connection: Connection) -> bytes | None:
    """Give what tokens and the head are signed with, if it was made."""
    kept = connection.scalar(select(SECRETS.c.secret).order_by(SECRETS.c.number.desc()).limit(1))
    return None if kept is None else bytes.fromhex(kept)


def made_secret(connection: Connection) -> bytes:
    """Give what tokens and the head are signed with; the writer makes it at its first use."""
    kept = secret_in(connection)
    if kept is None:
        kept = secrets.token_bytes(32)
        connection.execute(insert(SECRETS), {"number": 1, "secret": kept.hex(), "made_at": now()})
    return kept


def head_in(connection: Connection) -> Head:
    """Give the last record."""
    row = connection.execute(select(HEAD.c.number, HEAD.c.hash)).one_or_none()
    return Head(0, BEGINNING) if row is None else Head(row.number, row.hash)


def append(connection: Connection, kind: Kind, at: str, content: Mapping[str, Any], through: int = 0) -> int:
    """Add a record to the chain in the transaction of a writer; give its number.

    Args:
        connection: of a writer: it alone adds records.
        kind: what the record tells of.
        at: when.
        content: what can be written as JSON.
        through: of a purge, the number of the last record whose contents go.
    """
    head = head_in(connection)
    written = canonical({**content, SALT: secrets.token_hex(16)})
    number, content_hash = head.number + 1, digest(written)
    row: dict[str, Any] = {
        "number": number,
        "at": at,
        "kind": kind.value,
        "through": through,
        "content_hash": content_hash,
        "previous": head.hash,
    }
    hashed = link(row)
    connection.execute(insert(RECORDS), {**row, "hash": hashed})
    connection.execute(insert(CONTENTS), {"number": number, "content": written})
    new_head = {"number": number, "hash": hashed, "seal": seal(number, hashed, made_secret(connection))}
    if head.number:
        connection.execute(update(HEAD).values(new_head))
    else:
        connection.execute(insert(HEAD), {"one": 1, **new_head})
    return number
