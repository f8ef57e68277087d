"""What is still to be told: written in the transaction of what happened, so that neither is without the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from app.store.database import Database
from app.store.endpoint_store import endpoint_of
from app.store.webhook_tables import DELIVERIES, ENDPOINTS
from app.webhooks.event import Delivery, Endpoint, Event, EventKind, State

RETRIES = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds until the next attempt after each one that failed, as Standard Webhooks has it: three days in all."""
LEASE = 120
"""Seconds in which whoever has taken a message must have settled it; then another one may try."""
KEPT = timedelta(days=30)
"""For how long one can look up what was sent, or given up."""
GONE = 410
"""The status by which a receiver says that it wants to hear no more."""


@dataclass(frozen=True, slots=True)
class Due:
    """A message that is to be sent now."""

    endpoint: Endpoint
    delivery: Delivery


def tell(connection: Connection, event: Event) -> None:
    """Have an event told to all who asked for its kind; to nobody twice.

    Args:
        connection: that of the transaction in which it happened.
        event: what happened.
    """
    told = set(connection.scalars(select(DELIVERIES.c.endpoint).where(DELIVERIES.c.message == event.message)))
    asked = connection.execute(select(ENDPOINTS).where(ENDPOINTS.c.removed_at.is_(None)))
    fresh = [one for one in map(endpoint_of, asked) if event.kind in one.events and one.number not in told]
    if not fresh:
        return
    first = (connection.scalar(select(func.max(DELIVERIES.c.number))) or 0) + 1
    connection.execute(
        insert(DELIVERIES),
        [
            {
                "number": number,
                "endpoint": endpoint.number,
                "message": event.message,
                "kind": event.kind.value,
                "payload": event.payload,
                "created_at": event.at,
                "state": State.PENDING.value,
                "attempts": 0,
                "next_at": 0,
            }
            for number, endpoint in enumerate(fresh, first)
        ],
    )


class Outbox:
    """The messages that are to be sent, in one database."""

    def __init__(self, database: Database) -> None:
        """Use a database; what does not exist yet has nothing to tell."""
        self.database = database

    def take(self, now: int) -> list[Due]:
        """Take what is due, one message for each endpoint; whoever takes it must `settle` it.

        Args:
            now: seconds since 1970.
        """
        due = (DELIVERIES.c.state == State.PENDING.value) & (DELIVERIES.c.next_at <= now)
        first = select(func.min(DELIVERIES.c.number)).where(due).group_by(DELIVERIES.c.endpoint)
        if not self.database.exists:
            return []
        # Looking is cheap, and mostly all there is to do; writing would stop other writers.
        with self.database.reading() as connection:
            if not connection.execute(first.limit(1)).first():
                return []
        with self.database.writing() as connection:
            numbers = list(connection.scalars(first))
            taken = update(DELIVERIES).where(DELIVERIES.c.number.in_(numbers))
            connection.execute(taken.values(next_at=now + LEASE, attempts=DELIVERIES.c.attempts + 1))
            _forget(connection, now)
            chosen = select(ENDPOINTS, DELIVERIES).join(DELIVERIES).where(DELIVERIES.c.number.in_(numbers))
            rows = connection.execute(chosen.order_by(DELIVERIES.c.number)).all()
            width = len(ENDPOINTS.columns)
            return [Due(endpoint_of(row[:width]), delivery_of(row[width:])) for row in rows]

    def settle(self, delivery: Delivery, status: int | None, outcome: str, now: int) -> State:
        """Write down how an attempt went; give how far the message has come.

        Args:
            delivery: as it was taken.
            status: what the receiver answered, if it did.
            outcome: the same in words.
            now: seconds since 1970.
        """
        state = State.PENDING
        next_at = now
        if status is not None and 200 <= status < 300:
            state = State.SENT
        elif status == GONE or delivery.attempts > len(RETRIES):
            state = State.GIVEN_UP
        else:
            next_at += RETRIES[delivery.attempts - 1]
        settled_at = None if state is State.PENDING else _moment(now)
        # Not what was given up meanwhile because its endpoint was removed.
        pending = (DELIVERIES.c.number == delivery.number) & (DELIVERIES.c.state == State.PENDING.value)
        with self.database.writing() as connection:
            settled = update(DELIVERIES).where(pending)
            connection.execute(
                settled.values(
                    state=state.value, next_at=next_at, last_outcome=outcome, settled_at=settled_at
                )
            )
        return state

    def listed(self, endpoint: int, limit: int, before: int | None = None) -> list[Delivery]:
        """List the messages to an endpoint, the last one first.

        Args:
            endpoint: its number.
            limit: how many at most.
            before: only those of lower numbers, for the next page.
        """
        if not self.database.exists:
            return []
        chosen = select(DELIVERIES).where(DELIVERIES.c.endpoint == endpoint)
        if before is not None:
            chosen = chosen.where(DELIVERIES.c.number < before)
        with self.database.reading() as connection:
            rows = connection.execute(chosen.order_by(DELIVERIES.c.number.desc()).limit(limit))
            return [delivery_of(row) for row in rows]


def delivery_of(row: Row[Any] | Sequence[Any]) -> Delivery:
    """Read a row of the table of deliveries; its columns come in the order of the table."""
    number, _, message, kind, payload, created_at, state, attempts, _, last_outcome, settled_at = tuple(row)
    return Delivery(
        number,
        message,
        EventKind(kind),
        payload,
        created_at,
        State(state),
        attempts,
        last_outcome,
        settled_at,
    )


def _forget(connection: Connection, now: int) -> None:
    long_ago = _moment(now - int(KEPT.total_seconds()))
    connection.execute(delete(DELIVERIES).where(DELIVERIES.c.settled_at < long_ago))


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
