"""Who is told of what happens to reviews."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from app.store.access_records import WEBHOOKS_RECORDED, record_begun, record_ended
from app.store.database import Database
from app.store.journal import now
from app.store.webhook_tables import DELIVERIES, ENDPOINTS
from app.store.writing import UnknownError
from app.webhooks.event import Endpoint, EventKind, State, new_signing_secret, require_sound_url

REMOVED = "已移除"


class EndpointStore:
    """The endpoints in one database."""

    def __init__(self, database: Database) -> None:
        """Use a database; what does not exist yet holds none."""
        self.database = database

    def listed(self) -> list[tuple[Endpoint, dict[State, int]]]:
        """Give the endpoints by number, each with how many of its messages are in which state."""
        if not self.database.exists:
            return []
        present = ENDPOINTS.c.removed_at.is_(None)
        counted = select(DELIVERIES.c.endpoint, DELIVERIES.c.state, func.count())
        grouped = counted.group_by(DELIVERIES.c.endpoint, DELIVERIES.c.state)
        with self.database.reading() as connection:
            counts: dict[int, dict[State, int]] = {}
            for number, state, count in connection.execute(grouped):
                counts.setdefault(number, {})[State(state)] = count
            rows = connection.execute(select(ENDPOINTS).where(present).order_by(ENDPOINTS.c.number))
            return [(endpoint_of(row), counts.get(row.number, {})) for row in rows]

    def get(self, number: int) -> Endpoint:
        """Give one endpoint.

        Raises:
            UnknownError: there is none of that number, or it was removed.
        """
        if not self.database.exists:
            raise UnknownError
        chosen = select(ENDPOINTS).where(ENDPOINTS.c.number == number, ENDPOINTS.c.removed_at.is_(None))
        with self.database.reading() as connection:
            row = connection.execute(chosen).one_or_none()
        if row is None:
            raise UnknownError
        return endpoint_of(row)

    def add(self, url: str, events: Collection[EventKind], created_by: str) -> Endpoint:
        """Add an endpoint, with a secret of its own.

        Raises:
            RefusedError: nothing could be sent there.
        """
        require_sound_url(url)
        with self.database.writing() as connection:
            endpoint = Endpoint(
                number=(connection.scalar(select(func.max(ENDPOINTS.c.number))) or 0) + 1,
                url=url,
                events=tuple(sorted(set(events))),
                created_at=now(),
                created_by=created_by,
                secret=new_signing_secret(),
            )
            row = {
                "number": endpoint.number,
                "url": url,
                "events": " ".join(endpoint.events),
                "secret": endpoint.secret,
                "created_at": endpoint.created_at,
                "created_by": created_by,
            }
            record_begun(connection, WEBHOOKS_RECORDED, row, created_by)
            connection.execute(insert(ENDPOINTS), row)
        return endpoint

    def remove(self, number: int, removed_by: str) -> None:
        """Remove an endpoint; what was still to be sent there is given up.

        Args:
            number: of the endpoint.
            removed_by: name of the key with which it is removed; empty without keys.

        Raises:
            UnknownError: there is none of that number, or it was removed.
        """
        if not self.database.exists:
            raise UnknownError
        at = now()
        present = (ENDPOINTS.c.number == number) & ENDPOINTS.c.removed_at.is_(None)
        pending = (DELIVERIES.c.endpoint == number) & (DELIVERIES.c.state == State.PENDING.value)
        with self.database.writing() as connection:
            if connection.scalar(select(ENDPOINTS.c.number).where(present)) is None:
                raise UnknownError
            record_ended(connection, WEBHOOKS_RECORDED, number, at, removed_by)
            # The secret is of no use any more.
            connection.execute(update(ENDPOINTS).where(present).values(removed_at=at, secret=""))
            given_up = {"state": State.GIVEN_UP.value, "last_outcome": REMOVED, "settled_at": at}
            connection.execute(update(DELIVERIES).where(pending).values(given_up))


def endpoint_of(row: Row[Any] | Sequence[Any]) -> Endpoint:
    """Read a row of the table of endpoints; its columns come in the order of the table."""
    number, url, events, secret, created_at, created_by, removed_at = tuple(row)
    kinds = tuple(map(EventKind, events.split()))
    return Endpoint(number, url, kinds, created_at, created_by, secret, removed_at)
