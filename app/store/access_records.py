"""What the chain says of who may come in and who is told: keys made and revoked, webhooks added and removed.

Their tables stay as they are for ever, so these records are never purged. Secrets go in as hashes: of random bits, which
nobody can guess. An address is named by its host and a hash, since its path may hold a receiver's own secret.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Table, exists, select

from app.gate.audit import Break
from app.gate.chain import Kind, digest
from app.store.gate_tables import CONTENTS, RECORDS
from app.store.journal import append, now
from app.store.tables import KEYS
from app.store.webhook_tables import ENDPOINTS

Columns = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A table of which the chain tells."""

    table: Table
    begun: Kind
    """What the record of a new row is called."""
    ended: Kind
    end: str
    """The column that says since when a row is no longer in force."""
    said: Callable[[Mapping[str, Any]], Columns]
    """What the record says of a row; none of it changes but the end."""


def _said_of_key(row: Mapping[str, Any]) -> Columns:
    return {name: row.get(name) for name in KEYS.columns.keys() if name != "last_used_on"}  # noqa: SIM118 no mapping


def _said_of_webhook(row: Mapping[str, Any]) -> Columns:
    return {
        "number": row["number"],
        "host": urlsplit(row["url"]).hostname,
        "url_hash": digest(row["url"]),
        # It goes when the webhook is removed.
        "secret_hash": None if row.get("removed_at") else digest(row["secret"]),
        "events": row["events"],
        "created_at": row["created_at"],
        "created_by": row["created_by"],
        "removed_at": row.get("removed_at"),
    }


KEYS_RECORDED = Recorded(KEYS, Kind.KEY_MADE, Kind.KEY_REVOKED, "revoked_at", _said_of_key)
WEBHOOKS_RECORDED = Recorded(
    ENDPOINTS, Kind.WEBHOOK_ADDED, Kind.WEBHOOK_REMOVED, "removed_at", _said_of_webhook
)
NEVER_PURGED = tuple(
    kind.value for one in (KEYS_RECORDED, WEBHOOKS_RECORDED) for kind in (one.begun, one.ended)
)


def record_begun(connection: Connection, kept: Recorded, row: Mapping[str, Any], by: str) -> None:
    """Record a new row, in the transaction of its writer and before it is written.

    Args:
        connection: that of the writer.
        kept: the table.
        row: the row that will be written.
        by: the name of the key with which it was asked for; empty without keys.
    """
    _take_over(connection, kept)
    append(connection, kept.begun, row["created_at"], {"row": kept.said(row), "key": by})


def record_ended(connection: Connection, kept: Recorded, number: int, at: str, by: str) -> None:
    """Record that a row is no longer in force, likewise.

    Args:
        connection: that of the writer.
        kept: the table.
        number: of the row.
        at: since when.
        by: as above.
    """
    _take_over(connection, kept)
    append(connection, kept.ended, at, {"number": number, kept.end: at, "key": by})


def _take_over(connection: Connection, kept: Recorded) -> None:
    """Record what was there before there were records of this kind: once, and never again."""
    if connection.scalar(select(exists().where(RECORDS.c.kind == kept.begun.value))):
        return
    for row in connection.execute(select(kept.table).order_by(kept.table.c.number)).mappings().all():
        append(connection, kept.begun, now(), {"row": kept.said(dict(row)), "key": "", "taken_over": True})


def access_breaks(connection: Connection) -> Iterator[Break]:
    """Find keys and webhooks that are not as the chain says."""
    for kept in (KEYS_RECORDED, WEBHOOKS_RECORDED):
        told = _told(connection, kept)
        if not told:
            # Nothing was made or revoked since there are such records.
            continue
        there = {
            row["number"]: kept.said(dict(row))
            for row in connection.execute(select(kept.table)).mappings().all()
        }
        for number in sorted(told.keys() | there.keys()):
            record, said = told.get(number, (0, None))
            if said != there.get(number):
                yield Break(record, f"数据表 {kept.table.name} 的第 {number} 行与记录不符")


def _told(connection: Connection, kept: Recorded) -> dict[int, tuple[int, Columns]]:
    """Give for each row the last record that tells of it, and what it should be by the chain."""
    told: dict[int, tuple[int, Columns]] = {}
    chosen = (
        select(RECORDS.c.number, RECORDS.c.kind, CONTENTS.c.content)
        .join(CONTENTS, CONTENTS.c.number == RECORDS.c.number)
        .where(RECORDS.c.kind.in_((kept.begun.value, kept.ended.value)))
        .order_by(RECORDS.c.number)
    )
    for record, kind, content in connection.execute(chosen):
        said = json.loads(content)
        if kind == kept.begun.value:
            told[said["row"]["number"]] = record, said["row"]
        else:
            # What was never begun was put there by somebody else: it shows, since nothing of it is known.
            _, row = told.get(said["number"], (0, {}))
            gone = {"secret_hash": None} if "secret_hash" in row else {}
            told[said["number"]] = record, row | gone | {kept.end: said[kept.end]}
    return told
