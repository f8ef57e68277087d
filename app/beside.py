"""What runs beside the requests for as long as the service does, and how it ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager

from anyio import CancelScope


@asynccontextmanager
async def running_beside(*lookers: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Run what never ends by itself; at the end, wait until each has left what it was in.

    One that fails takes nobody with it.
    """
    # A task that is cancelled leaves its thread alone, and with it a connection to the database.
    # A scope of anyio waits for the thread, unless it may be abandoned.
    scopes = [CancelScope() for _ in lookers]
    tasks = [asyncio.create_task(_within(*pair)) for pair in zip(scopes, lookers, strict=True)]
    try:
        yield
    finally:
        for scope in scopes:
            scope.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _within(scope: CancelScope, looker: Coroutine[None, None, None]) -> None:
    with scope:
        await looker
