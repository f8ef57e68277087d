"""By when findings are to be settled, as it is kept: what a new revision takes over, what is late, what is told of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, Connection, exists, func, select

from app.gate.events import overdue, overdue_message
from app.gate.review import Action, Found
from app.store.database import Database
from app.store.gate_tables import DECISIONS, FINDINGS, REVIEWS
from app.store.journal import now
from app.store.outbox import tell
from app.store.review_reading import SUPERSEDED
from app.store.webhook_tables import DELIVERIES, ENDPOINTS
from app.webhooks.event import EventKind

SETTLED = tuple(action.value for action in Action if action is not Action.ACCEPTED)
"""Whoever accepts a finding says that it will be mended; that it was, is seen in the next revision."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """A review with findings that were not settled in time."""

    review: str
    document_id: str
    revision: str
    channel: str
    due_on: date
    """The day on which the first of them was due."""
    findings: int


def with_former_deadlines(
    connection: Connection, document_id: str, findings: Iterable[Found]
) -> tuple[Found, ...]:
    """Give findings the deadlines that they had in the last review of the document.

    Else whoever hands in a revision would have all the time anew. What was gone in between begins anew.
    """
    last = select(func.max(REVIEWS.c.number)).where(REVIEWS.c.document_id == document_id).scalar_subquery()
    chosen = select(FINDINGS.c.fingerprint, FINDINGS.c.due_on).where(FINDINGS.c.review == last)
    former = {name: date.fromisoformat(day) for name, day in connection.execute(chosen) if day}
    return tuple(
        replace(found, due_on=min(found.due_on, former.get(found.fingerprint, found.due_on)))
        if found.due_on
        else found
        for found in findings
    )


def is_late(day: date) -> ColumnElement[bool]:
    """Tell of a review whether on a day one of its findings is overdue."""
    return exists().where(FINDINGS.c.review == REVIEWS.c.number, _finding_is_late(day))


def listed_overdue(database: Database, day: date) -> list[Overdue]:
    """List the newest reviews of their documents that are overdue, the first due first."""
    if not database.exists:
        return []
    with database.reading() as connection:
        return _overdue(connection, day)


def tell_overdue(database: Database, day: date) -> int:
    """Have it told once of each review that it is overdue; give of how many.

    Raises:
        DatabaseError: see there.
    """
    if not database.exists:
        return 0
    with database.reading() as connection:
        if not _untold(connection, day):
            return 0
    with database.writing() as connection:
        late = _untold(connection, day)
        for one in late:
            document = {"document_id": one.document_id, "revision": one.revision, "channel": one.channel}
            tell(connection, overdue(one.review, document, one.due_on, one.findings, now()))
        return len(late)


def _untold(connection: Connection, day: date) -> list[Overdue]:
    events = connection.scalars(select(ENDPOINTS.c.events).where(ENDPOINTS.c.removed_at.is_(None)))
    if not any(EventKind.OVERDUE.value in kinds.split() for kinds in events):
        return []
    told = set(connection.scalars(select(DELIVERIES.c.message).where(DELIVERIES.c.kind == EventKind.OVERDUE)))
    return [one for one in _overdue(connection, day) if overdue_message(one.review) not in told]


def _overdue(connection: Connection, day: date) -> list[Overdue]:
    first = func.min(FINDINGS.c.due_on)
    chosen = (
        select(
            REVIEWS.c.id, REVIEWS.c.document_id, REVIEWS.c.revision, REVIEWS.c.channel, first, func.count()
        )
        .join(FINDINGS, FINDINGS.c.review == REVIEWS.c.number)
        .where(~SUPERSEDED, _finding_is_late(day))
        .group_by(
            REVIEWS.c.number, REVIEWS.c.id, REVIEWS.c.document_id, REVIEWS.c.revision, REVIEWS.c.channel
        )
        .order_by(first, REVIEWS.c.number)
    )
    return [
        Overdue(review, document_id, revision, channel, date.fromisoformat(due_on), findings)
        for review, document_id, revision, channel, due_on, findings in connection.execute(chosen)
    ]


def _finding_is_late(day: date) -> ColumnElement[bool]:
    last = (
        select(func.max(DECISIONS.c.record))
        .where(DECISIONS.c.review == FINDINGS.c.review, DECISIONS.c.finding == FINDINGS.c.fingerprint)
        .correlate(FINDINGS)
        .scalar_subquery()
    )
    settled = exists().where(
        DECISIONS.c.review == FINDINGS.c.review,
        DECISIONS.c.finding == FINDINGS.c.fingerprint,
        DECISIONS.c.record == last,
        DECISIONS.c.action.in_(SETTLED),
    )
    return (FINDINGS.c.due_on < day.isoformat()) & ~settled
