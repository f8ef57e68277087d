"""Looks now and then for reviews that have become overdue, so that it is told of them."""

from __future__ import annotations

import asyncio
import logging

from anyio import CapacityLimiter, to_thread

from app.store.database import Database, DatabaseError
from app.store.due import tell_overdue
from app.working_days import today

LOG = logging.getLogger("shenjiao")
INTERVAL = 600.0
"""Seconds between two looks; deadlines are days."""


async def keep_watching(database: Database) -> None:
    """Look at once and then every ten minutes, for as long as the service runs."""
    limiter = CapacityLimiter(1)
    while True:
        try:
            await to_thread.run_sync(tell_overdue, database, today(), limiter=limiter)
        except DatabaseError as error:
            LOG.error("overdue reviews not looked for: %s", error)  # noqa: TRY400 without the driver's words
        await asyncio.sleep(INTERVAL)
