"""How fast a run goes, from what its shards tell."""

from __future__ import annotations

from sqlalchemy import func, select

from app.store.database import Database
from app.store.scan_runs import LEASE, PLAN, ShardState
from app.store.scan_tables import SHARDS

WINDOW = 300
"""Seconds that are looked back upon."""


def pace(database: Database, run: int, now: int) -> float | None:
    """Tell how many documents a second were checked lately; none where nothing was.

    A shard that is done still says until when it was on lease, and so when it was taken, or renewed last.

    Args:
        database: of the run.
        run: its number.
        now: seconds since 1970.

    Raises:
        DatabaseError: see there.
    """
    taken_at = SHARDS.c.lease_until - LEASE
    lately = (
        (SHARDS.c.run == run)
        & (SHARDS.c.number != PLAN)
        & (SHARDS.c.state == ShardState.DONE.value)
        & (taken_at >= now - WINDOW)
    )
    with database.reading() as connection:
        chosen = select(func.sum(SHARDS.c.documents), func.min(taken_at)).where(lately)
        documents, first = connection.execute(chosen).one()
    return round(int(documents) / max(1, now - first), 2) if documents else None
