"""Signs of life of a run: who has shards of it on lease, and when somebody last took or renewed one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from app.store.database import Database
from app.store.scan_runs import LEASE, ShardState
from app.store.scan_tables import SHARDS


@dataclass(frozen=True, slots=True)
class Signs:
    """Times are seconds since 1970."""

    last: int | None
    """When somebody last took a shard, or renewed a lease; None if nobody has yet."""
    owners: Mapping[str, int]
    """Who has shards, and when each last renewed its lease."""


def signs_of(database: Database, run: int) -> Signs:
    """Look for signs of life."""
    last = func.max(SHARDS.c.lease_until)
    of_run = SHARDS.c.run == run
    taken = select(SHARDS.c.owner, last).where(of_run, SHARDS.c.state == ShardState.TAKEN.value)
    with database.reading() as connection:
        # What is done or given back keeps the time until which it was on lease.
        until = connection.scalar(select(last).where(of_run))
        owners = {owner: held - LEASE for owner, held in connection.execute(taken.group_by(SHARDS.c.owner))}
    return Signs(until - LEASE if until else None, owners)
