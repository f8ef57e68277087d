"""Sends what the outbox holds, signed, until it is received or given up."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from anyio import CapacityLimiter, create_task_group, to_thread
from standardwebhooks import Webhook

from app.store.database import DatabaseError
from app.store.outbox import Due, Outbox
from app.webhooks.event import State
from app.webhooks.networks import Network
from app.webhooks.posting import NotSentError, post

LOG = logging.getLogger("shenjiao")
INTERVAL = 2.0
"""Seconds between two looks into the outbox."""
AT_ONCE = 8
"""Endpoints that are sent to at the same time: one that does not answer holds up its own messages only."""


class Sender:
    """One worker's part in sending; several may send from one outbox."""

    def __init__(
        self,
        outbox: Outbox,
        allowed: Sequence[Network],
        counted: Callable[[str], None] = lambda _: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Send from an outbox.

        Args:
            outbox: holds what is to be sent.
            allowed: networks that may be sent to although they are not on the open internet.
            counted: is told the state of a message after each attempt.
            clock: seconds since 1970.
        """
        self._outbox = outbox
        self._allowed = allowed
        self._counted = counted
        self._clock = clock

    def take(self) -> list[Due]:
        """Take what is due.

        Raises:
            DatabaseError: see there.
        """
        return self._outbox.take(int(self._clock()))

    def post(self, due: Due) -> tuple[int | None, str]:
        """Send one message; give the status of the answer, if there was one, and how it went in words."""
        delivery = due.delivery
        moment = datetime.fromtimestamp(int(self._clock()), UTC)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Shenjiao",
            "webhook-id": delivery.message,
            "webhook-timestamp": str(int(moment.timestamp())),
            "webhook-signature": Webhook(due.endpoint.secret).sign(
                delivery.message, moment, delivery.payload
            ),
        }
        try:
            status = post(due.endpoint.url, headers, delivery.payload.encode(), self._allowed)
        except NotSentError as error:
            return None, str(error)
        return status, f"HTTP {status}"

    def settle(self, due: Due, status: int | None, outcome: str) -> State:
        """Write down how it went; give how far the message has come.

        Raises:
            DatabaseError: it could not be written down; the message will be sent again.
        """
        state = self._outbox.settle(due.delivery, status, outcome, int(self._clock()))
        self._counted("failed" if state is State.PENDING else state.value)
        return state

    async def keep_sending(self) -> None:
        """Send what becomes due, for as long as the service runs."""
        # Threads of its own: those of the routes are not kept waiting by somebody else's slow machine.
        limiter = CapacityLimiter(AT_ONCE)
        while True:
            await asyncio.sleep(INTERVAL)
            try:
                due = await to_thread.run_sync(self.take, limiter=limiter)
            except DatabaseError as error:
                LOG.error("webhooks not sent: %s", error)  # noqa: TRY400 without the driver's words
                continue
            async with create_task_group() as sending:
                for one in due:
                    sending.start_soon(self._send, one, limiter)

    async def _send(self, due: Due, limiter: CapacityLimiter) -> None:
        # A service that ends does not wait for somebody else's machine: the message will be sent again.
        answered = await to_thread.run_sync(self.post, due, limiter=limiter, abandon_on_cancel=True)
        try:
            await to_thread.run_sync(self.settle, due, *answered, limiter=limiter)
        except DatabaseError as error:
            LOG.error("outcome of a webhook not noted: %s", error)  # noqa: TRY400 likewise
