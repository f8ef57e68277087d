"""Taking the contents of old records away: their hashes stay, and a record says what went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Table, delete, func, select

from app.gate.chain import Kind
from app.store.access_records import NEVER_PURGED
from app.store.database import Database
from app.store.gate_tables import ANSWERS, CONTENTS, DECISIONS, FINDINGS, RECORDS, REVIEWS, STAGES
from app.store.journal import append, now


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge took."""

    through: int
    """The number of the last record whose contents went."""
    contents: int
    reviews: int


def purge(database: Database, days: int) -> Purged | None:
    """Take the contents of all records that are older than so many days, in one transaction.

    With a review goes all that was decided about it. Who had a key or was told stays. Nothing happens where nothing is that old.
    """
    if not database.exists:
        return None
    limit = (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with database.writing() as connection:
        through = connection.scalar(select(func.max(RECORDS.c.number)).where(RECORDS.c.at < limit)) or 0

        def old(table: Table) -> int:
            column = table.c.number if table is REVIEWS else table.c.review
            return connection.scalar(select(func.count()).select_from(table).where(column <= through)) or 0

        kept = select(RECORDS.c.number).where(RECORDS.c.kind.in_(NEVER_PURGED))
        going = (CONTENTS.c.number <= through) & CONTENTS.c.number.not_in(kept)
        contents = connection.scalar(select(func.count()).select_from(CONTENTS).where(going)) or 0
        reviews = old(REVIEWS)
        if not contents:
            return None
        said = {
            "older_than_days": days,
            "contents": contents,
            "reviews": reviews,
            "findings": old(FINDINGS),
            "decisions": old(DECISIONS),
            "stages": old(STAGES),
        }
        # First the announcement: without it the trigger lets nothing go.
        append(connection, Kind.PURGE, now(), said, through)
        connection.execute(delete(CONTENTS).where(going))
        for table in (STAGES, DECISIONS, FINDINGS):
            connection.execute(delete(table).where(table.c.review <= through))
        connection.execute(delete(REVIEWS).where(REVIEWS.c.number <= through))
        connection.execute(delete(ANSWERS))
        return Purged(through, contents, reviews)
