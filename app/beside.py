"""What runs beside the requests for as long as the service does, and how it ends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager

from anyio import CancelScope

from app.unforeseen import kind_and_place

LOG = logging.getLogger("shenjiao")
PAUSE = 10.0
"""Seconds from a failure to the next try."""

Looker = Callable[[], Coroutine[None, None, None]]


@asynccontextmanager
async def running_beside(*lookers: Looker, pause: float = PAUSE) -> AsyncIterator[None]:
    """Run what never ends by itself; at the end, wait until each has left what it was in.

    One that fails takes nobody with it: its failure is logged, and after a pause it is begun anew.
    """
    # A task that is cancelled leaves its thread alone, and with it a connection to the database.
    # A scope of anyio waits for the thread, unless it may be abandoned.
    scopes = [CancelScope() for _ in lookers]
    tasks = [asyncio.create_task(_within(*pair, pause)) for pair in zip(scopes, lookers, strict=True)]
    try:
        yield
    finally:
        for scope in scopes:
            scope.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _within(scope: CancelScope, looker: Looker, pause: float) -> None:
    with scope:
        while True:
            try:
                await looker()
            except Exception as error:  # noqa: BLE001 whatever nobody foresaw
                # Not LOG.exception: that would write the message and the frames.
                LOG.error("unforeseen %s", kind_and_place(error))  # noqa: TRY400
                await asyncio.sleep(pause)
            else:
                return
